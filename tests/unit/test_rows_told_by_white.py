"""Tables without lines between rows whose cells have one middle, tables with captions, boards of boxes."""

import io
from collections.abc import Sequence

from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.readers import read_bytes

Lines = list[list[str]]
_LINE = 13.0


def page(draw: Sequence[tuple[str, float, float]], boxes: tuple[tuple[float, float, float, float], ...] = ()) -> str:
    """The text of a page with texts at places, given from the top left, and boxes."""
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.setFont("Helvetica", 10)
    for text, x, y in draw:
        canvas.drawString(x, 800 - y, text)
    for x, y, width, height in boxes:
        canvas.rect(x, 800 - y - height, width, height)
    canvas.save()
    return read_bytes(held.getvalue(), "a.pdf").text


def centred(rows: list[Lines], columns: list[float]) -> str:
    """The text of a table whose cells of one to three lines are aligned at their middle, without any line."""
    draw = []
    y = 40.0
    for row in rows:
        height = _LINE * max(map(len, row))
        for cell, x in zip(row, columns, strict=True):
            top = y + (height - _LINE * len(cell)) / 2
            draw += [(line, x, top + _LINE * n) for n, line in enumerate(cell)]
        y += height + 6
    return page(draw)


def test_cells_of_two_and_three_lines_below_names_of_two_rows() -> None:
    """Each row is told by the white around it, though the first begins with the first line of its last cell."""
    read = centred(
        [
            [["Pipe"], ["Carries"], ["Built for"], [], ["Lagging"]],
            [[], [], ["bar"], ["°C"], []],
            [["L-31"], ["Steam"], ["6.5"], ["185"], ["60 mm, with", "sheet on its", "north side"]],
            [["L-32"], ["Brine from both", "coolers of hall 4"], ["8.0"], ["-12"], ["none"]],
            [["SX-", "3303"], ["Air"], ["10"], ["60"], ["none"]],
        ],
        [60, 120, 230, 290, 350],
    )
    assert [line.split(" | ")[1:3] for line in read.split("\n")] == [
        ["Carries: Steam", "Built for (bar): 6.5"],
        ["Carries: Brine from both coolers of hall 4", "Built for (bar): 8.0"],
        ["Carries: Air", "Built for (bar): 10"],
    ]
    assert "Pipe: SX-3303" in read
    assert "Lagging: 60 mm, with sheet on its north side" in read


def test_two_amounts_side_by_side_are_no_clause() -> None:
    """Level with no label, `24.5` in front of `12 months` is no number of a clause."""
    read = centred(
        [
            [["Valve"], ["Where"], ["Opens at"], ["Tested"]],
            [["RV-", "81"], ["Top of the nitrogen", "receiver"], ["31.5"], ["9 months"]],
            [["RV-", "82"], ["Roof of the boiler", "house"], ["17.2"], ["6 months"]],
            [["RV-", "83"], ["Ammonia arm of", "the jetty"], ["19.0"], ["3 years"]],
        ],
        [60, 110, 250, 330],
    )
    assert "Valve: RV-82 | Where: Roof of the boiler house | Opens at: 17.2 | Tested: 6 months" in read


def test_values_below_each_other_are_rows_of_their_own() -> None:
    """Groups of rows with white between them stay rows: no cell takes two values."""
    rows = []
    for n, name in enumerate(("Kiln", "Mill", "Dryer")):
        rows.append([[name], [f"T-{n}1", f"T-{n}2"], [str(40 + n), str(60 + n)], ["°C", "°C"]])
    read = centred([[["Unit"], ["Point"], ["Limit"], ["In"]], *rows], [60, 130, 210, 290])
    assert "40 60" not in read
    assert "40; 60" not in read


def test_the_last_tag_of_a_table_broken_at_its_hyphen() -> None:
    """The second half of the tag in the last row, alone on its line, belongs to the row."""
    draw = [(name, x, 40.0) for name, x in (("Tag", 60), ("Place", 140), ("Set", 260), ("Unit", 330))]
    for n, (tag, place, value) in enumerate([("PX-3301", "Hall", "4.5"), ("PX-3302", "Roof", "6.2")]):
        draw += [(text, x, 58.0 + 18 * n) for text, x in ((tag, 60), (place, 140), (value, 260), ("bar", 330))]
    draw += [(text, x, 94.0) for text, x in (("PX-", 60), ("Yard", 140), ("7.7", 260), ("bar", 330))]
    draw.append(("3303", 60, 105.5))
    assert page(draw).split("\n")[-1] == "Tag: PX-3303 | Place: Yard | Set: 7.7 | Unit: bar"


def test_rows_below_the_line_under_names_of_two_rows() -> None:
    """White tells the rows where the only lines are those around the names."""
    cells = [
        ["Pipe", "Carries", "Built for", "", "Run at", "", "Lagging"],
        ["", "", "P\nbar", "T\n°C", "P\nbar", "T\n°C", ""],
        ["L-31", "Steam", "6.5", "185", "4", "152", "H, 60 mm, with\nsheet on its north side"],
        ["L-32", "Brine from\nboth coolers of\nhall 4", "8.0", "-12", "3", "-8", "none"],
        ["L-33", "Air", "10", "60", "7", "amb.", "none"],
    ]
    style = [
        ("SPAN", (0, 0), (0, 1)),
        ("SPAN", (1, 0), (1, 1)),
        ("SPAN", (2, 0), (3, 0)),
        ("SPAN", (4, 0), (5, 0)),
        ("SPAN", (6, 0), (6, 1)),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LINEBELOW", (0, 1), (-1, 1), 1, colors.black),
    ]
    held = io.BytesIO()
    canvas = Canvas(held)
    table = Table(cells, colWidths=[50, 90, 50, 50, 50, 50, 120], style=style)
    table.wrapOn(canvas, 500, 500)
    table.drawOn(canvas, 60, 600)
    canvas.save()
    read = read_bytes(held.getvalue(), "a.pdf").text.split("\n")
    assert read[0].startswith("Pipe: L-31 | Carries: Steam | Built for / P (bar): 6.5 | Built for / T (°C): 185")
    assert read[1].startswith("Pipe: L-32 | Carries: Brine from both coolers of hall 4 | Built for / P (bar): 8.0")


def test_rows_of_a_table_with_lines_between_columns_only() -> None:
    """Where only columns are parted by lines, each row keeps its own values."""
    cells = [
        ["Pipe", "Carries", "Most bar", "Lagging"],
        ["L-91", "Warm brine from the\nsecond cooler", "7.5", "none"],
        ["L-92", "Air", "9", "30 mm, under\nsheet"],
        ["L-93", "Steam", "16", "60 mm"],
    ]
    style = [
        ("BOX", (0, 0), (-1, -1), 1, colors.black),
        ("LINEBEFORE", (1, 0), (-1, -1), 0.5, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    held = io.BytesIO()
    canvas = Canvas(held)
    table = Table(cells, colWidths=[60, 130, 70, 90], style=style)
    table.wrapOn(canvas, 500, 500)
    table.drawOn(canvas, 60, 600)
    canvas.save()
    assert read_bytes(held.getvalue(), "a.pdf").text.split("\n") == [
        "Pipe: L-91 | Carries: Warm brine from the second cooler | Most bar: 7.5 | Lagging: none",
        "Pipe: L-92 | Carries: Air | Most bar: 9 | Lagging: 30 mm, under sheet",
        "Pipe: L-93 | Carries: Steam | Most bar: 16 | Lagging: 60 mm",
    ]


def test_tables_side_by_side_under_captions_set_apart() -> None:
    """Captions further above the names than the rows are apart head a table each."""
    draw = [("Motors", 60.0, 40.0), ("Gears", 260.0, 40.0)]
    for n, row in enumerate([("Spot", "Warn K", "Stop K"), ("A", "31", "44"), ("B", "27", "39"), ("C", "22", "36")]):
        draw += [(cell, 60.0 + 60 * c, 70.0 + 17 * n) for c, cell in enumerate(row)]
    for n, row in enumerate(
        [("Oil", "Least", "Most"), ("68", "1.4", "2.9"), ("100", "1.1", "2.2"), ("46", "1.8", "3.3")]
    ):
        draw += [(cell, 260.0 + 60 * c, 70.0 + 17 * n) for c, cell in enumerate(row)]
    read = page(draw)
    assert "Spot: B | Warn K: 27 | Stop K: 39" in read
    assert "Oil: 100 | Least: 1.1 | Most: 2.2" in read
    assert read.index("Spot: C") < read.index("Gears") < read.index("Oil: 68")


def test_a_board_of_boxes_is_read_box_by_box() -> None:
    """A name, its value and its limit in a drawn box stay together, in front of what is below."""
    draw, boxes = [], []
    for row in range(2):
        for column in range(3):
            x, y = 60.0 + 160 * column, 60.0 + 80 * row
            boxes.append((x, y, 140.0, 60.0))
            lines = (f"Zone {'ABC'[column]}{row}", f"{300 + 10 * column + row} °C", f"most {400 + column}")
            draw += [(line, x + 8, y + 16 + 15 * n) for n, line in enumerate(lines)]
    draw.append(("All zones are read each hour.", 60, 250))
    read = page(draw, tuple(boxes))
    assert "Zone B1\n311 °C\nmost 401" in read
    assert read.split("\n")[-1] == "All zones are read each hour."


def test_a_table_without_rows_is_none() -> None:
    """Readers hand over tables without a cell, as layouts of mails have them."""
    builder = BlockBuilder()
    builder.table([])
    builder.table([["", ""]])
    assert not builder.blocks
