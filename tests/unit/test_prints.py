"""What browsers and office programs print: raised figures, numbers in pieces, names over wide columns, cut rows."""

from collections.abc import Mapping

import pytest
from drawn_pages import page

from walkdown_ingestion.continued import mended, with_labels_whole
from walkdown_ingestion.readers.pdf.glyphs import PageGlyphs, Raised
from walkdown_ingestion.readers.pdf.page import Segment, Word
from walkdown_ingestion.readers.pdf.raised import apply_raised
from walkdown_ingestion.readers.pdf.touching import numbers_joined


def _segment(text: str, x0: float, x1: float, size: float = 10.0, y0: float = 100.0) -> Segment:
    return Segment((Word(text, x0, y0, x1, y0 + size),), size, bold=False)


class _Drawn(PageGlyphs):
    """Glyphs at given places: each with the line it is written on, the bottom and top of its box."""

    def __init__(self, text: str, boxes: Mapping[str, tuple[float, float, float]], usual: tuple[float, ...]) -> None:
        self.text, self.height, self._rotation = text, 800.0, 0
        self._places = [boxes.get(c, usual) for c in text]

    def charbox(self, index: int) -> tuple[float, float, float, float]:
        _, bottom, top = self._places[index]
        return 5.0 * index, bottom, 5.0 * index + 5, top

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
