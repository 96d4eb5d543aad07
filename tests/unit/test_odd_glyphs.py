"""Glyphs that printers place in ways of their own: one by one, thin dashes, hyphens at line ends, taller boxes."""

import io
from types import SimpleNamespace

import pytest
from reportlab.pdfgen.canvas import Canvas

from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.readers.pdf.glyphs import Glyphs
from walkdown_ingestion.readers.pdf.left_out import left_out
from walkdown_ingestion.readers.pdf.native import _is_hidden, _words
from walkdown_ingestion.readers.pdf.page import Segment, Word
from walkdown_ingestion.readers.pdf.rows import Row, rows_of
from walkdown_ingestion.readers.pdf.singly import is_set_singly


def item(text: str, *words: tuple[str, float, float], height: float = 12.0) -> SimpleNamespace:
    """A piece of text as the parser gives it; each word with its left edge and width."""
    parts = [SimpleNamespace(text=t, x=x, y=50.0, width=width, height=height) for t, x, width in words]
    right = max(x + width for _, x, width in words)
    own = {"x": words[0][1], "y": 50.0, "width": right - words[0][1], "height": height}
    return SimpleNamespace(
        text=text, words=parts, rotation=0.0, font_height=12.0, font_size=12.0, fill_color="ff000000", **own
    )


def test_touching_glyphs_are_words_where_a_page_is_set_glyph_by_glyph() -> None:
    singly = item("밸 브 를 닫 는 다", *((c, 50 + 11 * i + 4 * (i > 2), 11.0) for i, c in enumerate("밸브를닫는다")))
    assert is_set_singly(SimpleNamespace(text_items=[singly] * 5))
    assert [word.text for word in _words(singly, True)] == ["밸브를", "닫는다"]
    plain = item("close V-1 now", ("close", 50.0, 30.0), ("V-1", 83.0, 18.0), ("now", 104.0, 20.0))
    assert not is_set_singly(SimpleNamespace(text_items=[plain] * 30)), "words with spaces between them"
    cells = item("704 3960", ("704", 50.0, 18.0), ("3960", 68.0, 24.0))
    assert [word.text for word in _words(cells, False)] == ["704", "3960"], "cells that touch on other pages"


def test_a_dash_as_thin_as_its_stroke_is_seen() -> None:
    page = SimpleNamespace(width=600.0, height=800.0)
    assert not _is_hidden(item("-", ("-", 50.0, 4.0), height=0.7), page, [], False)
    assert _is_hidden(item("not", ("not", 50.0, 4.0), height=0.7), page, [], False)
    (word,) = _words(item("–", ("–", 50.0, 4.0), height=0.7), False)
    assert word.y1 - word.y0 > 10, "beside the figures of its range"


def test_what_a_hyphen_at_a_line_end_joins_is_not_put_back() -> None:
    """The word that PDFium makes of two lines stands between them, level with the cell beside it."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 842))
    given = ((60, 707, "TK-"), (60, 693, "4410B"), (160, 700, "12 bar"), (260, 700, "read in each shift"))
    for x, y, text in given:
        canvas.drawString(x, y, text)
    canvas.save()
    items = [SimpleNamespace(text=t, x=x, y=832.0 - y, width=6.0 * len(t), height=10.0) for x, y, t in given]
    segments = [Segment((Word(i.text, i.x, i.y, i.x + i.width, i.y + i.height),), 12.0, False) for i in items]
    with Glyphs(held.getvalue()) as glyphs:
        shown = glyphs.page(1)
        assert shown is not None and "TK\ufffe4410B" in shown.text
        assert left_out(SimpleNamespace(text_items=items, width=595.0), shown, segments) == []


def segment(text: str, x: float, middle: float, height: float) -> Segment:
    return Segment((Word(text, x, middle - height / 2, x + 10.0 * len(text), middle + height / 2),), 12.0, False)


def test_a_tall_box_to_tick_is_on_its_own_line() -> None:
    """Its font is taller than that of the text; it stands between the lines of the cell beside it."""
    parts = [segment("first line", 100, 35.6, 12), segment("☑", 300, 42.6, 16), segment("7", 50, 43.1, 12)]
    rows = [row for row in rows_of([*parts, segment("second", 100, 49.9, 12)]) if isinstance(row, Row)]
    assert [row.text for row in rows] == ["first line", "7 ☑", "second"]
    level = [segment("valve", 100, 41.0, 12), segment("☑", 300, 42.6, 16)]
    assert len(rows_of(level)) == 1


@pytest.mark.parametrize("mark", ["*", "**"])
def test_a_mark_broken_off_a_cell_stays_in_it(mark: str) -> None:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 842))
    rows = [("Drum level", "LT-11", "1,600", "1,250"), ("Drum pressure", "PT-12", "13.2", "13.9")]
    rows.append(("Draught", "PT-13", "30", "75"))
    for n, row in enumerate((("Quantity", "Tag", "Alarm", "Trip"), *rows)):
        for x, cell in zip((60, 200, 300, 400), row, strict=True):
            canvas.drawString(x, 700 - 34 * n, cell)
    canvas.drawString(400, 700 - 34 - 13, mark)
    canvas.save()
    (table,) = [block for block in read_bytes(held.getvalue(), "a.pdf").blocks if block.table]
    assert table.text.splitlines()[0].endswith(f"Alarm: 1,600 | Trip: 1,250 {mark}")
    assert len(table.text.splitlines()) == 3
