"""Tables without rules whose cells stand at their middle, and the last column of a page with a few lines only."""

import io
from collections.abc import Sequence

import pytest
from drawn_pages import at, page
from reportlab.lib import colors
from reportlab.platypus import SimpleDocTemplate, Table

from walkdown_ingestion.readers import pdf

MIDDLE = ("VALIGN", (0, 0), (-1, -1), "MIDDLE")


def lines(rows: Sequence[Sequence[str]], *spans: tuple[int, int, int]) -> list[str]:
    """The lines of a printed table; each span is a column with its first and last row."""
    held = io.BytesIO()
    style = [MIDDLE, *(("SPAN", (c, first), (c, last)) for c, first, last in spans)]
    SimpleDocTemplate(held).build([Table([list(row) for row in rows], style=style)])
    return [line for block in pdf.read(held.getvalue(), "a.pdf").blocks for line in block.text.splitlines()]


HEAD = ("Equipment", "Tag", "Service", "Trip")
ROWS = [
    ("Pump P-1", "PT-1", "Suction", "1.5 bar"),
    ("", "TT-2", "Bearing", "95 °C"),
    ("", "VT-3", "Vibration", "7.1 mm/s"),
    ("Fan K-2", "TT-4", "Bearing", "90 °C"),
    ("", "IT-5", "Current", "120 A"),
    ("Mill M-3", "FT-6", "Oil", "9 L/min"),
]
NAMED = ["Pump P-1", "Pump P-1", "Pump P-1", "Fan K-2", "Fan K-2", "Mill M-3"]


def told(labels: Sequence[str]) -> list[str]:
    return [
        f"{f'Equipment: {label} | ' if label else ''}Tag: {row[1]} | Service: {row[2]} | Trip: {row[3]}"
        for label, row in zip(labels, ROWS, strict=True)
    ]


def test_a_label_in_the_middle_of_its_rows_is_on_each_of_them() -> None:
    assert lines([HEAD, *ROWS], (0, 1, 3), (0, 4, 5)) == told(NAMED)


def test_a_label_in_the_middle_below_names_of_two_rows() -> None:
    """Names merged over columns stand in none of them."""
    head = [("Unit", "Tag", "Alarm", "", "Trip", ""), ("", "", "Low", "High", "Low", "High")]
    rows = [
        (f"Unit {i // 3}" if i % 3 == 0 else "", f"TI-{i}", f"{i}", f"{i + 100}", "-", f"{i + 120}") for i in range(6)
    ]
    held = io.BytesIO()
    spans = [((0, 0), (0, 1)), ((1, 0), (1, 1)), ((2, 0), (3, 0)), ((4, 0), (5, 0)), ((0, 2), (0, 4)), ((0, 5), (0, 7))]
    style = [MIDDLE, ("ALIGN", (0, 0), (-1, -1), "CENTER"), *(("SPAN", *span) for span in spans)]
    SimpleDocTemplate(held).build([Table([list(row) for row in (*head, *rows)], style=style)])
    told = [line for block in pdf.read(held.getvalue(), "a.pdf").blocks for line in block.text.splitlines()]
    assert told == [
        f"Unit: Unit {i // 3} | Tag: TI-{i} | Alarm / Low: {i} | Alarm / High: {i + 100} | Trip / Low: - | "
        f"Trip / High: {i + 120}"
        for i in range(6)
    ]


def test_labels_at_the_top_of_their_rows_are_not_taken_for_labels_in_the_middle() -> None:
    """On the first of three rows, then on the first of two: the second also stands in the middle of three."""
    rows = [row for row in ROWS if row[0] != "Mill M-3"]
    labels = ["Pump P-1", "", "", "Fan K-2", ""]
    assert lines([HEAD, *rows]) == told([*labels, ""])[:5]
    # One label over all rows may as well be of the middle one.
    alone = [("", *row[1:]) for row in ROWS[:1]] + [("Pump P-1", *ROWS[1][1:]), ("", *ROWS[2][1:])]
    assert lines([HEAD, *alone]) == told(["", "Pump P-1", "", "", "", ""])[:3]


def test_labels_inside_labels() -> None:
    rows = [("Area", "Line", "Point", "Limit"), ("Filling", "L1", "P-1", "1 CFU"), ("", "", "P-2", "3 CFU")]
    rows += [("", "L2", "P-3", "5 CFU"), ("", "", "P-4", "6 CFU"), ("Mixing", "M1", "P-5", "10 CFU")]
    assert lines(rows, (0, 1, 4), (1, 1, 2), (1, 3, 4)) == [
        "Area: Filling | Line: L1 | Point: P-1 | Limit: 1 CFU",
        "Area: Filling | Line: L1 | Point: P-2 | Limit: 3 CFU",
        "Area: Filling | Line: L2 | Point: P-3 | Limit: 5 CFU",
        "Area: Filling | Line: L2 | Point: P-4 | Limit: 6 CFU",
        "Area: Mixing | Line: M1 | Point: P-5 | Limit: 10 CFU",
    ]


@pytest.mark.parametrize("backwards", [False, True])
def test_lines_nearly_as_close_as_the_rows_belong_to_the_row_in_whose_middle_they_stand(backwards: bool) -> None:
    """The gap between two rows is hardly wider than that between the lines of a cell."""
    texts = [
        *at(50, 98, ["Step"], bold=True), *at(90, 98, ["What to do"], bold=True),
        *at(250, 98, ["Limit"], bold=True),
        *at(90, 113, ["read the level in the glass", "on both sides and", "compare them"]), *at(50, 126, ["1"]),
        *at(250, 126, ["25 mm"]), *at(330, 126, ["daily"]),
        *at(330, 154, ["never longer, as", "the level falls", "too low"]),
        *at(50, 167, ["2"]), *at(90, 167, ["open the drain"]), *at(250, 167, ["30 s"]),
        *at(90, 195, ["read the pressure", "at the strainer"]), *at(50, 201.5, ["3"]), *at(250, 201.5, ["0.35 bar"]),
        *at(330, 201.5, ["weekly"]), *at(330, 98, ["Remark"], bold=True),
    ]  # fmt: skip
    assert page(texts[::-1] if backwards else texts) == [
        "Step: 1 | What to do: read the level in the glass on both sides and"
        " compare them | Limit: 25 mm | Remark: daily\n"
        "Step: 2 | What to do: open the drain | Limit: 30 s | Remark: never longer, as the level falls too low\n"
        "Step: 3 | What to do: read the pressure at the strainer | Limit: 0.35 bar | Remark: weekly"
    ]


PADDED = [("BOTTOMPADDING", (0, 0), (-1, -1), 7), ("TOPPADDING", (0, 0), (-1, -1), 7)]


@pytest.mark.parametrize("lined", [False, True])
def test_the_first_line_of_a_long_cell_right_below_the_names_belongs_to_its_row(lined: bool) -> None:
    """A line below the names, or below each row, sets it further from them."""
    long = "Feed isolation valve V-1\nof the reactor with\nits bypass"
    rows = [
        ("Tag", "Service", "State", "Value"),
        ("XV-1", long, "Closed", "0.8 barg"),
        ("PT-2", "Drum", "High", "9 barg"),
    ]
    rows += [("TT-3", "Catalyst bed of\nthe reactor", "High", "385 °C"), ("XV-4", long, "Open", "1.2 barg")]
    held = io.BytesIO()
    line = ("LINEBELOW", (0, 0), (-1, -1), 1, colors.grey)
    style = [MIDDLE, ("FONTSIZE", (0, 0), (-1, -1), 9), *PADDED]
    SimpleDocTemplate(held).build([Table([list(row) for row in rows], style=[*style, *([line] if lined else [])])])
    told = [line for block in pdf.read(held.getvalue(), "a.pdf").blocks for line in block.text.splitlines()]
    assert told == [
        f"Tag: {tag} | Service: {service.replace(chr(10), ' ')} | State: {state} | Value: {value}"
        for tag, service, state, value in rows[1:]
    ]


def test_the_last_column_of_a_page_may_have_two_lines() -> None:
    text = [
        "The feed pump is started when", "the level is above 1,200 mm and", "the suction valve is open. Its",
        "valve opens below 145 t/h and", "closes above 160 t/h after 5 s.", "At 85 °C the alarm comes and at",
        "95 °C the pump is stopped soon,", "and at 105 °C it trips by itself.",
    ]  # fmt: skip
    columns = [
        *at(50, 100, text),
        *at(230, 100, text),
        *at(410, 100, ["auxiliary pump starts; below 0.8", "bar it trips."]),
    ]
    assert page(columns)[-1].endswith("auxiliary pump starts; below 0.8 bar it trips.")
    assert " ".join(page(columns)).count(" ".join(text[:5])) == 2


TIGHT = [
    *at(
        50, 100, ["Parameter", "Drum", "pressure", "Feed pressure", "at the inlet", "Flue gas", "", "Furnace", "draft"]
    ),
    *at(150, 100, ["Tag", "PT-1", "", "PT-2", "", "TT-4", "", "PT-5"]),
    *at(230, 100, ["Normal, max", "14.0", "16.5", "95", "110", "180", "220", "0.5"]),
    *at(350, 100, ["High", "17.2", "", "120", "", "240", "", "2.0"]),
]


def test_lines_as_close_as_the_rows_go_on_with_the_row_whose_tag_stands_above() -> None:
    lines = [line for line in TIGHT if line[2]]
    assert page(lines) == [
        "Parameter: Drum pressure | Tag: PT-1 | Normal, max: 14.0; 16.5 | High: 17.2\n"
        "Parameter: Feed pressure at the inlet | Tag: PT-2 | Normal, max: 95; 110 | High: 120\n"
        "Parameter: Flue gas | Tag: TT-4 | Normal, max: 180; 220 | High: 240\n"
        "Parameter: Furnace draft | Tag: PT-5 | Normal, max: 0.5 | High: 2.0"
    ]
    # A label in capitals begins a row of its own, though it has no tag.
    other = [(x, y, "Pressure" if text == "pressure" else text, bold) for x, y, text, bold in lines]
    assert "Parameter: Pressure | Normal, max: 16.5" in page(other)[0].splitlines()


def test_lines_at_the_top_of_their_rows_are_not_shared_out_with_the_next() -> None:
    lines = [
        *at(50, 100, ["a)"]), *at(50, 126, ["b)"]), *at(50, 139, ["c)"]), *at(80, 100, ["Appearance"]),
        *at(80, 126, ["Odour"]), *at(80, 139, ["Odour threshold"]),
        *at(250, 100, ["Form: powder", "Colour: white", "No data available", "No data available"]),
    ]  # fmt: skip
    assert page(lines)[0].splitlines()[1:] == [
        "b) | Odour | No data available",
        "c) | Odour threshold | No data available",
    ]
