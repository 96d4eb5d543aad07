"""What browsers and office programs print: raised figures, numbers in pieces, names over wide columns, cut rows."""

import io
from collections.abc import Mapping

import pytest
from drawn_pages import page
from reportlab.lib import colors
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table as PdfTable

from walkdown_ingestion.continued import mended, with_labels_whole
from walkdown_ingestion.joining import join_lines
from walkdown_ingestion.readers import pdf
from walkdown_ingestion.readers.pdf.glyphs import PageGlyphs, Raised
from walkdown_ingestion.readers.pdf.lowered import with_lowered_in_place
from walkdown_ingestion.readers.pdf.page import Segment, Word
from walkdown_ingestion.readers.pdf.raised import apply_raised, glued
from walkdown_ingestion.readers.pdf.touching import numbers_joined


def _segment(text: str, x0: float, x1: float, size: float = 10.0, y0: float = 100.0) -> Segment:
    return Segment((Word(text, x0, y0, x1, y0 + size),), size, bold=False)


class _Drawn(PageGlyphs):
    """Glyphs at given places: each with the line it is written on, the bottom and top of its box."""

    def __init__(self, text: str, boxes: Mapping[str, tuple[float, float, float]], usual: tuple[float, ...]) -> None:
        self.text, self.height, self._rotation, self._glyphs = text, 800.0, 0, {}
        self._places = [boxes.get(c, usual) for c in text]

    def charbox(self, index: int) -> tuple[float, float, float, float]:
        _, bottom, top = self._places[index]
        x = 5.0 * len(self.text[:index].replace("\r\n", ""))
        return x, bottom, x + 5, top

    def _line(self, index: int) -> float:
        return self._places[index][0]


def test_a_raised_figure_is_not_looked_for_where_another_one_of_its_kind_stands() -> None:
    """Red without the place in `_part`: the first 3 was raised, `³.2×10 3`."""
    segments = [_segment("3.2×10", 200.6, 228.8), _segment("3", 228.8, 233.0, 8.3, 97.0)]
    placed, _ = apply_raised(segments, [Raised("3", "³", 230.9, 101.0)])
    assert [s.text for s in placed] == ["3.2×10", "³"]


def test_each_raised_figure_of_a_word_is_written() -> None:
    """Red where only the first part of a word is put in: `W·m⁻¹·K-1`."""
    raised = [Raised("W·m-1", "W·m⁻¹", 376.0, 105.0), Raised("·K-1", "·K⁻¹", 401.0, 105.0)]
    placed, missing = apply_raised([_segment("W·m-1·K-1", 374.0, 420.0)], raised)
    assert placed[0].text == "W·m⁻¹·K⁻¹" and missing == 0


@pytest.mark.parametrize(("text", "low"), [("(20 °C)", "()"), ("settings", "g")])
def test_what_stands_on_the_line_is_not_raised_beside_a_letter_that_reaches_below_it(text: str, low: str) -> None:
    """Red without `stands_above`: boxes that end with the ink made `(²⁰ °C)` and `settingˢ` of these."""
    glyphs = _Drawn(text, dict.fromkeys(low, (100.0, 97.5, 107.5)), (100.0, 100.0, 107.0))
    assert list(glyphs.raised()) == []


def test_a_figure_raised_behind_a_lowered_letter_is_raised() -> None:
    """Red without `_tops`: the square of n with a lowered index read as an index of two, `neff2`."""
    boxes = {"n": (100.0, 98.0, 108.0), "e": (97.0, 96.0, 102.0), "f": (97.0, 96.0, 102.0), "2": (104.0, 103.0, 109.0)}
    (found,) = _Drawn("neff2", boxes, ()).raised()
    assert found.printed == "neff²"


def test_a_number_that_comes_in_pieces_is_one() -> None:
    """Red without `touching`: 1,250 in a cell of letters printed one by one read `1, 250`."""
    assert [s.text for s in numbers_joined([_segment("1,", 368.1, 376.5), _segment("250", 376.5, 393.1)])] == ["1,250"]
    apart = [_segment("1,", 368.1, 376.5), _segment("250", 379.5, 396.1)]
    assert numbers_joined(apart) == apart
    cells = [_segment("3960", 368.1, 376.5), _segment("704", 376.5, 393.1)]
    assert numbers_joined(cells) == cells


def test_names_of_three_rows_centred_over_wide_columns_are_those_of_the_cells_at_the_left() -> None:
    """Red without `with_names_beside`: `A | 110 | Summer: 240 | Flow (t/h): 95 | Winter: 210 | Note: all day`."""
    lines: list[tuple[float, float, str]] = [(285, 111.5, "Flow (t/h)")]
    lines += [(86, 131, "Line"), (204, 131, "Summer"), (371, 131, "Winter"), (500, 131, "Note")]
    lines += [(x, 150.5, text) for x, text in zip((174, 252, 328, 414), ("Min", "Max", "Min", "Max"), strict=True)]
    for y, row in ((170, "A 110 240 95 210 all"), (189, "B 85.5 190 70 165.5 spare")):
        lines += [(x, y, t) for x, t in zip((52, 147, 227, 303, 380, 475), row.split(), strict=True)]
    text = "\n".join(page([(x, y, t, False) for x, y, t in lines]))
    assert (
        "Line: A | Flow (t/h) / Summer / Min: 110 | Flow (t/h) / Summer / Max: 240 | Flow (t/h) / Winter / Min: 95"
        " | Flow (t/h) / Winter / Max: 210 | Note: all" in text
    )
    assert "Flow (t/h) / Winter / Max: 165.5 | Note: spare" in text


def test_a_name_over_columns_of_which_the_print_joins_two_cells_names_both() -> None:
    """Red where `_spans_names` takes the rows as printed: `Setting` was a heading of its own."""
    lines: list[tuple[float, float, str, bool]] = [(110, 87.5, "Setting", True), (70, 96, "Tag", True)]
    lines += [(158, 96, "Delay", True), (104, 105, "Low", True), (131, 105, "High", True)]
    rows = ("PSL-101 1.5 - 3", "PSH-102 - 18.5 0.5", "TSH-103 -10 145 5", "LSL-104 12 88 10")
    for i, row in enumerate(rows):
        lines += [(x, 121 + 17 * i, t, False) for x, t in zip((58, 103.5, 130, 158), row.split(), strict=True)]
    text = "\n".join(page(lines))
    assert "Setting / Low: 12 | Setting / High: 88" in text


def test_the_number_at_the_end_of_a_name_goes_over_a_page_end() -> None:
    """Red without `_ends_names`: `20` alone was a row, and the stage had no number."""
    above = [["Area 7", str(i), f"PI-{i}", f"Pressure of stage {i}", "1.79", "Trip the pump"] for i in (17, 18, 19)]
    above.append(["Area 7", "20", "PI-20", "Pressure of stage", "1.79", "Call the shift leader and check"])
    body, rest = mended(above, [["", "", "", "20", "", "strainer"], ["", "21", "PI-21", "Pressure", "0.04", "Close"]])
    assert rest
    assert body[0] == [
        "Area 7",
        "20",
        "PI-20",
        "Pressure of stage 20",
        "1.79",
        "Call the shift leader and check strainer",
    ]
    assert body[1][0] == "Area 7"


def test_a_value_alone_in_a_row_ends_no_name() -> None:
    above = [["P-1", "1", "PI-1", "normal", "65", "Trip"], ["P-2", "2", "PI-2", "continuous", "70", "Trip"]]
    _, rest = mended(above, [["", "", "", "72", "", ""]])
    assert not rest


def test_a_label_that_a_page_end_breaks_is_whole_on_each_of_its_rows() -> None:
    """Red without `with_labels_whole`: the rows of the next page were of an area called `pumps`."""
    above = [["Area 19", "57", "x"], ["Area 20 drum and its", "58", "x"], ["Area 20 drum and its", "59", "x"]]
    first, second = with_labels_whole(above, [["pumps", "60", "x"], ["pumps", "61", "x"], ["Area 21", "62", "x"]])
    body, rest = mended(first, second)
    assert [row[0] for row in first] == [
        "Area 19",
        "Area 20 drum and its pumps",
        "Area 20 drum and its pumps",
    ]
    assert not rest
    assert [row[0] for row in body] == ["Area 20 drum and its pumps", "Area 20 drum and its pumps", "Area 21"]


@pytest.mark.parametrize("beside", ["%", "("])
def test_a_figure_alone_beside_a_taller_sign_is_not_raised(beside: str) -> None:
    """Red without `stands_above` for whole words: `load up ⁵ %/min`, and `개정 ⁵` before an upright line."""
    glyphs = _Drawn(
        f"up 5 {beside}/min", {beside: (100.0, 97.0, 110.0), "p": (100.0, 97.0, 106.0)}, (100.0, 100.0, 107.0)
    )
    assert list(glyphs.raised()) == []


def _pages(title: str, at: float, font: str = "Helvetica") -> bytes:
    """A table over two pages, the second below a line at a height of its own; a label stands on the first page only."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    for number, rows in enumerate(
        (
            [("Area", "Tag", "Limit"), ("North", "E-1", "40"), ("", "E-2", "45")],
            [("Area", "Tag", "Limit"), ("", "E-3", "52")],
        )
    ):
        cells = [("", *row[1:]) if number and i else row for i, row in enumerate(rows)]
        table = PdfTable(cells, colWidths=[90, 90, 90], rowHeights=[20] * len(cells))
        merged = [("SPAN", (0, 1), (0, 2))] if not number else []
        table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), *merged])
        table.wrapOn(canvas, 400, 400)
        table.drawOn(canvas, 60, 742 - 20 * len(cells) if number else 80)
        if number:
            canvas.setFont(font, 12)
            canvas.drawString(60, 842 - at, title)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_a_running_header_that_stands_once_does_not_part_a_table() -> None:
    """Red without `_is_above_text`: headers of odd and even pages differ, and the rows below had no area."""
    tables = [b.table for b in pdf.read(_pages("Cleaning of exchangers", 45), "a.pdf").blocks if b.table]
    assert [row for table in tables for row in table.rows][-1] == ("North", "E-3", "52")
    for title in (_pages("Unit 2", 85), _pages("Unit 2", 45, "Helvetica-Bold")):
        apart = [b.table for b in pdf.read(title, "a.pdf").blocks if b.table]
        assert apart[-1].rows == (("", "E-3", "52"),)


def test_a_raised_figure_behind_a_word_is_not_in_it() -> None:
    """Red without the sides of the word in `_part`: 4.1×10¹⁰ read `4.1×¹⁰10`."""
    segments = [_segment("4.1×10", 365.0, 392.0), _segment("10", 392.0, 400.0, 8.3, 97.0)]
    placed, _ = apply_raised(segments, [Raised("10", "¹⁰", 394.0, 101.0)])
    assert [s.text for s in placed] == ["4.1×10", "¹⁰"]


def test_a_raised_figure_of_letters_printed_one_by_one_is_told() -> None:
    """Red where only one character is looked back: `1×10-6`, `4.1×1010`."""
    up, line = (103.0, 102.0, 106.0), (100.0, 99.0, 107.0)
    glyphs = _Drawn("1\r\n0\r\n-\r\n6", {"-": up, "6": up}, line)
    assert ("10-6", "10⁻⁶") in [(found.text, found.printed) for found in glyphs.raised()]


def test_a_unit_goes_on_behind_a_raised_figure() -> None:
    """Red without `_DIVIDES`: `Pa·m³ /s`, of which the second part is no unit."""
    assert [s.text for s in glued([_segment("Pa·m³", 100, 130), _segment("/s", 130, 137)])] == ["Pa·m³/s"]
    assert len(glued([_segment("Pa·m³", 100, 130), _segment("1/2", 130, 140)])) == 2


def _numbers_at(x: float, y: float, text: str, *, right: bool) -> tuple[float, float, str, bool]:
    return (x - stringWidth(text, "Helvetica", 10) if right else x, y, text, False)


@pytest.mark.parametrize("right", [True, False])
def test_names_of_groups_are_over_their_own_columns_where_numbers_stand_at_the_right_or_left(right: bool) -> None:
    """Red where cells are always taken to begin at their text: `Trip / H: 8.0`, and `LL` without its `Trip`."""
    edges = [145.0, 225.0, 305.0, 385.0, 465.0]
    lines = [(50.0, 130.0, "Tag", False)]
    for begin, end, name in ((1, 2, "Alarm"), (3, 4, "Trip")):
        middle = (edges[begin - 1] + edges[end]) / 2
        lines.append((middle - stringWidth(name, "Helvetica", 10) / 2, 110.0, name, False))
    lines += [
        (edges[i] + 40 - stringWidth(name, "Helvetica", 10) / 2, 130.0, name, False)
        for i, name in enumerate(("L", "H", "LL", "HH"))
    ]
    rows = (
        ("PIT-101", "2.5", "8.0", "1.8", "19.5"),
        ("TIT-102", "140", "85", "30", "95"),
        ("LIT-103", "15", "80", "5", "92"),
    )
    for i, (tag, *row) in enumerate(rows):
        lines.append((50.0, 150.0 + 19 * i, tag, False))
        lines += [_numbers_at(edges[k + right] - 4 * right, 150.0 + 19 * i, t, right=right) for k, t in enumerate(row)]
    text = "\n".join(page(lines))
    assert "Tag: PIT-101 | Alarm / L: 2.5 | Alarm / H: 8.0 | Trip / LL: 1.8 | Trip / HH: 19.5" in text


def test_lines_of_chinese_and_japanese_are_joined_without_a_space() -> None:
    """Red without `_UNSPACED`; Korean keeps its spaces, and so does a figure."""
    assert join_lines(["超过时降负荷并检查", "润滑油，若不下降则停机"]) == "超过时降负荷并检查润滑油，若不下降则停机"
    assert join_lines(["医", "師に連絡する。", "その後"]) == "医師に連絡する。その後"
    assert join_lines(["밸브를 닫고", "압력을"]) == "밸브를 닫고 압력을"
    assert join_lines(["压力为", "0.45 MPa"]) == "压力为 0.45 MPa"


def test_the_last_column_is_taken_as_wide_as_the_one_before_it() -> None:
    """Red where it ends with its text: `Least` without its `Trip`, which is centred over both cells."""
    lines = [(95, 122, "Tag"), (185, 122, "Unit"), (285, 113, "Alarm"), (447, 113, "Trip")]
    lines += [(253, 131, "Low"), (321, 131, "High"), (396, 131, "Least"), (488, 131, "Most")]
    rows = ("PIT-101 bar 2.5 8.0 1.8 9.5", "TIT-102 K 40 85 30 95", "LIT-103 % 15 80 5 92", "FIT-104 t/h 12 20 8 25")
    for i, row in enumerate(rows):
        lines += [(x, 150 + 19 * i, t) for x, t in zip((52, 164, 232, 300, 368, 460), row.split(), strict=True)]
    text = "\n".join(page([(x, y, t, False) for x, y, t in lines]))
    assert "Alarm / High: 8.0 | Trip / Least: 1.8 | Trip / Most: 9.5" in text


def _stacked(lower: list[tuple[str, ...]], width: float) -> bytes:
    """Two drawn tables of which the second touches the first; the first row of each is in bold."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    top = 780.0
    for rows, last in (([("Valve", "State"), ("V-1", "open"), ("V-2", "shut"), ("V-3", "30 %")], 60.0), (lower, width)):
        table = PdfTable(rows, colWidths=[60, last], rowHeights=[20] * len(rows))
        bold = ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")
        table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), bold])
        table.wrapOn(canvas, 400, 400)
        top -= 20 * len(rows)
        table.drawOn(canvas, 60, top)
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize("width", [85.0, 42.0])
def test_two_tables_that_touch_have_names_of_their_own(width: float) -> None:
    """Red without `parted_at_sides`: `Valve: P-1 | State: 42.5`."""
    made = _stacked([("Pump", "Amps"), ("P-1", "42.5"), ("P-2", "39.8"), ("P-3", "40.1")], width)
    text = "\n".join(block.text for block in pdf.read(made, "a.pdf").blocks)
    assert "Valve: V-3 | State: 30 %" in text
    assert "Pump: P-1 | Amps: 42.5" in text


def test_a_line_of_totals_that_is_wider_than_the_table_is_no_table() -> None:
    made = _stacked([("Total", "12.5"), ("Mean", "4.2")], 85.0)
    assert sum(block.table is not None for block in pdf.read(made, "a.pdf").blocks) == 1


def test_the_first_line_of_a_cell_that_stands_above_its_row_opens_it() -> None:
    """Red without `goes_on`: the last row was text, `Oil at 1.1 bar 15:10 C-301 stopped Spare started`."""
    lines: list[tuple[float, float, str]] = [(50, 100, "Time"), (150, 100, "Event"), (320, 100, "Action")]
    lines += [(50, 129, "06:20"), (150, 122, "P-101A discharge low"), (150, 136, "(7.8 to 6.9 bar)")]
    lines += [(320, 122, "Strainer changed"), (320, 136, "Pressure 7.7 bar again")]
    lines += [(50, 162, "09:05"), (150, 162, "TT-205 reads wrong"), (320, 162, "On hand at 185 C")]
    lines += [(50, 188, "10:15"), (150, 188, "E-204 cleaned"), (320, 188, "In service at 60 C")]
    lines += [
        (320, 214, "Oil at 1.1 bar"),
        (50, 228, "15:10"),
        (150, 228, "C-301 stopped"),
        (320, 228, "Spare started"),
    ]
    lines += [(320, 242, "15:22 normal")]
    text = "\n".join(page([(x, y, t, False) for x, y, t in lines]))
    assert "Time: 15:10 | Event: C-301 stopped | Action: Oil at 1.1 bar Spare started 15:22 normal" in text
    assert "Time: 10:15 | Event: E-204 cleaned | Action: In service at 60 C" in text


class _Placed(_Drawn):
    """Glyphs each at a place of its own."""

    def __init__(self, text: str, places: tuple[float, ...]) -> None:
        super().__init__(text, {}, (100.0, 100.0, 107.0))
        self._xs = places

    def charbox(self, index: int) -> tuple[float, float, float, float]:
        return self._xs[index], 100.0, self._xs[index] + 4, 107.0


def test_a_lowered_figure_that_is_drawn_last_stands_where_it_is_seen() -> None:
    """Red without `lowered`: `H S₂` for H₂S, where ₂ comes from another font."""
    words = tuple(Word(t, a, 693.0, b, 700.0) for t, a, b in (("H", 59.8, 67.1), ("S₂", 67.1, 77.0), ("CO₂", 90, 105)))
    glyphs = _Placed("H S₂ CO₂", (59.8, 66.0, 71.0, 67.1, 80.0, 90.0, 95.0, 100.0))
    (segment,) = with_lowered_in_place([Segment(words, 10.0, bold=False)], glyphs)
    assert segment.text == "H₂S CO₂"
    pieces = [_segment("H", 59.8, 67.1), _segment("7", 89.3, 94.0), _segment("₂O", 67.1, 78.5)]
    assert [s.text for s in with_lowered_in_place(pieces, glyphs)] == ["H₂O", "7"]
