"""Narrow columns set to both edges: lines of few words with wide gaps are lines, not cells."""

import io

from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from walkdown_ingestion.joining import Known, join_lines, korean_words
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.readers.pdf.justified import with_justified_joined
from walkdown_ingestion.readers.pdf.page import Segment, Word

LEFT = [
    "1.1 This instruction covers start-up and operation",
    "and shut-down of the feedwater pumps. They",
    "start in turns.",
    "",
    "The suction pressure must not fall below 0.35",
    "MPaG; the NPSH margin is then 1.2 m. Minimum",
    "flow is 45 t/h per pump.",
    "",
    "1.2 Check the lube oil level.",
]
RIGHT = [
    "1.3 Top up with ISO VG 46 where it is below the",
    "lower mark.",
    "",
    "1.4 Warm up for at least 30 min; the casing",
    "difference shall be below 15 K.",
    "",
    "Each start is entered in form F-4101-03 with date,",
    "time, pump and the initials of the operator in",
    "charge of the shift.",
]


def column(canvas: Canvas, lines: list[str], x: float, y: float) -> None:
    """Lines set to both edges, but for the last of each paragraph."""
    for n, line in enumerate(lines):
        words = line.split()
        last = n + 1 == len(lines) or not lines[n + 1]
        widths = [canvas.stringWidth(word, "Helvetica", 10) for word in words]
        space = 2.8 if last or len(words) < 2 else (236 - sum(widths)) / (len(words) - 1)
        at = x
        for word, width in zip(words, widths, strict=True):
            canvas.drawString(at, y - 12 * n, word)
            at += width + space


def test_justified_columns_are_read_one_after_the_other() -> None:
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.setFont("Helvetica", 10)
    column(canvas, LEFT, 49, 700)
    column(canvas, RIGHT, 312, 717)
    canvas.save()
    read = [block.text for block in read_bytes(held.getvalue(), "a.pdf").blocks]
    assert read == [part.replace("|", " ") for part in "|".join([*LEFT, "", *RIGHT]).split("||")]


def segment(text: str, x0: float, x1: float, y: float = 100.0) -> Segment:
    """Words of equal width from edge to edge."""
    words = text.split()
    step = (x1 - x0) / len(words)
    return Segment(
        tuple(Word(w, x0 + i * step, y, x0 + (i + 1) * step, y + 10) for i, w in enumerate(words)), 10.0, False
    )


def test_a_row_of_cells_is_not_joined() -> None:
    full = [[segment("a line of five words", 0, 300, y)] for y in (10.0, 25.0, 40.0)]
    words = [segment("Check", 0, 90), segment("the valve", 100, 195), segment("XV-101", 205, 300)]
    assert [s.text for s in with_justified_joined([*full, words])][3:] == ["Check the valve XV-101"]
    unequal = [segment("Check", 0, 90), segment("the valve", 105, 195), segment("XV-101", 200, 300)]
    below = [segment("P-1", 0, 40, 112.0), segment("of pumps", 100, 150, 112.0)]
    for lines in ([*full, unequal], [*full, words, below], [full[0], words]):
        assert words[0] in with_justified_joined(lines) or unequal[0] in with_justified_joined(lines)


def test_what_stands_beside_the_number_of_a_single_page_is_no_text_of_it() -> None:
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.drawString(60, 700, "The drum is drained before the manhole is opened.")
    canvas.drawString(60, 30, "Uncontrolled when printed")
    canvas.drawString(460, 30, "Page 1 of 1")
    canvas.save()
    parsed = read_bytes(held.getvalue(), "a.pdf")
    assert [b.text for b in parsed.blocks] == ["The drum is drained before the manhole is opened."]
    assert parsed.metadata["margins"] == "Uncontrolled when printed\nPage 1 of 1"


def test_a_block_of_cells_at_the_head_of_a_single_page_stays() -> None:
    held = io.BytesIO()
    canvas = Canvas(held)
    table = Table([["Valve list", "OP-301", "Page 1 of 1"]], style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    table.wrapOn(canvas, 500, 100)
    table.drawOn(canvas, 60, 790)
    canvas.drawString(60, 700, "The drum is drained before the manhole is opened.")
    canvas.save()
    assert "Valve list" in " ".join(b.text for b in read_bytes(held.getvalue(), "a.pdf").blocks)


def test_a_legend_in_larger_letters_is_no_heading() -> None:
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.setFont("Helvetica", 9)
    for n in range(6):
        canvas.drawString(60, 700 - 14 * n, f"The valve XV-{n} is closed when the level is below {n} %.")
    canvas.setFont("Helvetica", 12)
    canvas.drawString(60, 580, "C = close, O = open, S = stop")
    canvas.save()
    assert [b.kind.value for b in read_bytes(held.getvalue(), "a.pdf").blocks] == ["paragraph", "paragraph"]


def test_a_clause_with_the_mark_of_a_note_behind_its_end_is_no_heading() -> None:
    held = io.BytesIO()
    canvas = Canvas(held)
    for n, line in enumerate(("1.1 Oil system", "1.1.1 Start the oil pump.", "1.1.2 Check the pressure.")):
        canvas.drawString(60, 700 - 40 * n, line)
    canvas.setFont("Helvetica", 7)
    canvas.drawString(60 + canvas.stringWidth("1.1.2 Check the pressure.", "Helvetica", 12), 625, "1)")
    canvas.save()
    last = read_bytes(held.getvalue(), "a.pdf").blocks[-1]
    assert (last.kind.value, last.text) == ("list_item", "1.1.2 Check the pressure.¹⁾")


def test_a_korean_word_that_a_line_end_cuts_in_two_is_one_where_it_stands_whole_elsewhere() -> None:
    words = frozenset(korean_words("토출압이 높으면 예비기로 전환하고, 5분 이내에 (대하여 확인한다"))
    assert {"전환하고", "대하여"} < words
    assert "토출압이" not in words, "the first word of a line may be a half"
    assert join_lines(["예비기로 전", "환하고, 기다린다."], Known(words)) == "예비기로 전환하고, 기다린다."
    assert join_lines(["이에 대", "하여 정한다."], Known(words)) == "이에 대하여 정한다."
    # A word of its own, one that is not known, and a word that stands alone as well.
    assert join_lines(["예비기로 전", "환기한다."], Known(words)) == "예비기로 전 환기한다."
    assert join_lines(["운전 전", "환하고"], Known(words | {"전"})) == "운전 전 환하고"
    assert join_lines(["P-101A전", "환하고"], Known(words)) == "P-101A전 환하고"
