"""Stamps across the text of a PDF, fields of forms, text typed on a page, marks of reviewers; headers over columns."""

import io
from collections.abc import Callable, Sequence

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from walkdown.documents import ParsedDocument
from walkdown_ingestion.metadata import FileFacts, identify
from walkdown_ingestion.readers import read_bytes

LINES = [f"Line {i} of the procedure: the trip of pump P-{i} is set at {i}.5 bar and nowhere else." for i in range(12)]


def drawn(draw: Callable[[Canvas], None]) -> ParsedDocument:
    held = io.BytesIO()
    canvas = Canvas(held)
    draw(canvas)
    canvas.save()
    return read_bytes(held.getvalue(), "a.pdf")


def text_of(parsed: ParsedDocument) -> str:
    return "\n".join(block.text for block in parsed.blocks)


def lines(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 11)
    canvas.setFillGray(0)
    for i, line in enumerate(LINES):
        canvas.drawString(72, 780 - 24 * i, line)


def stamp(canvas: Canvas, text: str, size: float, angle: float = 0, gray: float = 0.85) -> None:
    canvas.saveState()
    canvas.setFont("Helvetica-Bold", size)
    canvas.setFillGray(gray)
    canvas.translate(300, 606)
    canvas.rotate(angle)
    canvas.drawCentredString(0, 0, text)
    canvas.restoreState()


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize(("size", "gray"), [(48, 0.85), (30, 0.85), (16, 0.5), (48, 0)])
def test_a_stamp_over_lines_takes_none_of_them_away(size: float, gray: float, above: bool) -> None:
    def draw(canvas: Canvas) -> None:
        for part in (lines, lambda c: stamp(c, "UNCONTROLLED COPY", size, gray=gray))[:: 1 if above else -1]:
            part(canvas)

    parsed = drawn(draw)
    assert [line for line in LINES if line not in text_of(parsed)] == []
    assert "UNCONTROLLED" not in text_of(parsed) + parsed.title
    assert parsed.warnings == ("page 1: stamped across the text: UNCONTROLLED COPY",)
    assert parsed.metadata["margins"] == "UNCONTROLLED COPY"


@pytest.mark.parametrize("angle", [0, 45])
def test_a_document_stamped_as_superseded_says_so(angle: float) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas)
        stamp(canvas, "SUPERSEDED", 40, angle)
        stamp(canvas, "Copy 7", 30, -angle)

    file = FileFacts("a.pdf", "a.pdf", "0" * 64, "application/pdf")
    assert identify(drawn(draw), file, "power").metadata["status"] == "superseded"
    assert "status" not in identify(drawn(lines), file, "power").metadata


def test_a_title_with_a_small_mark_behind_it_is_no_stamp() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas)
        canvas.setFont("Helvetica-Bold", 30)
        canvas.drawString(72, 300, "Pump manual")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72 + canvas.stringWidth("Pump manual", "Helvetica-Bold", 30) - 2, 312, "TMC")

    assert "Pump manual" in text_of(drawn(draw)) and drawn(draw).warnings == ()


def test_boxes_and_fields_of_a_form() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for y, label in ((750, "Set pressure:"), (720, "Isolated:"), (690, "Drained:"), (660, "Medium:")):
            canvas.drawString(72, y, label)
        form = canvas.acroForm
        form.textfield(name="set", value="12.5 barg", x=160, y=742, width=120, height=20)
        form.checkbox(name="isolated", checked=True, x=160, y=715, size=16)
        form.checkbox(name="drained", checked=False, x=160, y=685, size=16)
        form.choice(name="medium", value="Steam", options=["Steam", "Water"], x=160, y=652, width=120, height=20)

    assert text_of(drawn(draw)).splitlines() == [
        "Set pressure: 12.5 barg",
        "Isolated: ☑",
        "Drained: ☐",
        "Medium: Steam",
    ]


def note(kind: str, contents: str, *place: float, **more: object) -> PDFDictionary:
    held = {
        "Type": PDFName("Annot"),
        "Subtype": PDFName(kind),
        "Contents": PDFString(contents),
        "Rect": PDFArray(place),
    }
    return PDFDictionary({**held, **more})


def test_what_is_typed_or_struck_on_a_page_and_notes_in_the_margin() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 780, "The trip of PT-101 is 45 bar in all modes of operation, the alarm is 40 bar.")
        start = 72 + canvas.stringWidth("The trip of PT-101 is ", "Helvetica", 11)
        end = start + canvas.stringWidth("45 bar", "Helvetica", 11)
        quad = PDFArray([start, 791, end, 791, start, 777, end, 777])
        for one in (
            note("StrikeOut", "", start, 777, end, 791, QuadPoints=quad),
            note("FreeText", "Trip is 48 bar since May", 72, 700, 300, 720, DA=PDFString("/Helv 10 Tf 0 g")),
            note("Text", "who says so?", 400, 700, 420, 720),
            note("Stamp", "SUPERSEDED", 300, 500, 420, 520),
        ):
            canvas._addAnnotation(one)

    parsed = drawn(draw)
    assert text_of(parsed).splitlines() == [
        "The trip of PT-101 is in all modes of operation, the alarm is 40 bar.",
        "Trip is 48 bar since May",
    ]
    assert parsed.metadata["margins"] == "SUPERSEDED"
    assert parsed.warnings == (
        "page 1: 5 characters that are struck through were left out",
        "page 1: 1 notes of reviewers were left out",
        "page 1: stamped across the text: SUPERSEDED",
    )


HEADED = [
    ["Tag", "Alarm", "", "Unit"],
    ["", "Low", "High", ""],
    ["PT-101", "-1.5", "12.5", "barg"],
    ["TT-102", "5", "95", "°C"],
    ["FT-103", "", "65", "t/h"],
]
CENTRED = [("SPAN", (1, 0), (2, 0)), ("ALIGN", (1, 0), (2, 0), "CENTER")]
THREE_RULES = [
    ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
    ("LINEBELOW", (0, 1), (-1, 1), 0.5, colors.black),
    ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
]


def table(rows: Sequence[Sequence[object]], *styles: tuple[object, ...], widths: list[int] | None = None) -> list[str]:
    held = io.BytesIO()
    SimpleDocTemplate(held).build([Table([list(row) for row in rows], style=list(styles), colWidths=widths)])
    return text_of(read_bytes(held.getvalue(), "a.pdf")).splitlines()


@pytest.mark.parametrize("rules", [THREE_RULES, []])
@pytest.mark.parametrize("widths", [None, [80] * 4, [60, 120, 50, 70]])
def test_a_name_over_several_columns_without_rules_between_them(
    rules: list[tuple[object, ...]], widths: list[int] | None
) -> None:
    assert table(HEADED, *CENTRED, *rules, widths=widths) == [
        "Tag: PT-101 | Alarm / Low: -1.5 | Alarm / High: 12.5 | Unit: barg",
        "Tag: TT-102 | Alarm / Low: 5 | Alarm / High: 95 | Unit: °C",
        "Tag: FT-103 | Alarm / High: 65 | Unit: t/h",
    ]


@pytest.mark.parametrize("aligned", ["TOP", "MIDDLE", "BOTTOM"])
def test_names_of_several_lines_above_columns_without_rules(aligned: str) -> None:
    normal = getSampleStyleSheet()["Normal"]
    names = [
        Paragraph(n, normal) for n in ("Tag<br/>number", "Design<br/>pressure<br/>(barg)", "Design<br/>temp.<br/>(°C)")
    ]
    rows = [[*names, "Fluid"], *([f"V-{i}", f"{10.5 * i}", f"{100 + i}", "Steam"] for i in range(1, 5))]
    found = table(rows, ("VALIGN", (0, 0), (-1, -1), aligned))
    assert found[0] == "Tag number: V-1 | Design pressure (barg): 10.5 | Design temp. (°C): 101 | Fluid: Steam"
    assert len(found) == 4


def test_a_name_of_more_lines_than_the_others_keeps_its_first() -> None:
    normal = getSampleStyleSheet()["Normal"]
    rows = [
        ["Tag", Paragraph("Design<br/>pressure<br/>(barg)", normal), Paragraph("Temp.<br/>(°C)", normal), "Fluid"],
        *([f"V-{i}", f"{10.5 * i}", f"{100 + i}", "Steam"] for i in range(1, 5)),
    ]
    found = table(rows, ("VALIGN", (0, 0), (-1, -1), "BOTTOM"))
    assert found[0] == "Tag: V-1 | Design pressure (barg): 10.5 | Temp. (°C): 101 | Fluid: Steam"
    assert len(found) == 4


def beside(canvas: Canvas, *parts: tuple[str, float, float]) -> list[float]:
    """Texts that touch each other, each with its size and height above the line; where they begin and the last ends."""
    at = [72.0]
    for text, size, rise in parts:
        canvas.setFont("Helvetica", size)
        canvas.drawString(at[-1], 700 + rise, text)
        at.append(at[-1] + canvas.stringWidth(text, "Helvetica", size))
    return at


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        # As a browser sets them: raised and lowered figures at five sixths of the size.
        ((("rate 10", 9, 0), ("5", 7.5, 3.5), (" Pa and more", 9, 0)), "rate 10⁵ Pa and more"),
        ((("ratio log", 9, 0), ("10", 7.5, -2), ("5 of it", 9, 0)), "ratio log₁₀5 of it"),
        ((("ratio log", 11, 0), ("10", 6.4, -1.5), ("5 of it", 11, 0)), "ratio log₁₀5 of it"),
        ((("gas H", 11, 0), ("2", 6.4, -1.5), ("S 10 ppm", 11, 0)), "gas H2S 10 ppm"),
        # A sign of another font is taller than the figures behind it.
        ((("share ", 9, 0), ("=", 9, -2), ("97", 7.5, 0), (" % or more", 9, 0)), "share =97 % or more"),
        ((("price 12", 11, 0), ("50", 6.4, 0), (" won a litre", 11, 0)), "price 1250 won a litre"),
    ],
)
def test_raised_and_lowered_figures_run_into_no_number(parts: Sequence[tuple[str, float, float]], shown: str) -> None:
    def draw(canvas: Canvas) -> None:
        beside(canvas, *parts)

    assert text_of(drawn(draw)) == shown


def test_a_change_kept_to_be_seen_runs_into_no_number() -> None:
    def draw(canvas: Canvas) -> None:
        at = beside(canvas, ("Wait for ", 11, 0), ("30", 11, 0), ("45", 11, 0), (" s after the start.", 11, 0))
        canvas.line(at[1], 703.5, at[2], 703.5)
        canvas.line(at[2], 698.5, at[3], 698.5)

    parsed = drawn(draw)
    assert text_of(parsed) == "Wait for 45 s after the start."
    assert parsed.warnings == ("page 1: 2 characters that are struck through were left out",)
