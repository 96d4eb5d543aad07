"""Figures that the parser of a page's words leaves out, as it does with some between two cells, are put back."""

import io
from types import SimpleNamespace

from reportlab.pdfgen.canvas import Canvas

from walkdown_ingestion.readers.pdf.glyphs import Glyphs
from walkdown_ingestion.readers.pdf.left_out import left_out
from walkdown_ingestion.readers.pdf.page import Segment, Word

ROW = [(60, "Bearing (C)"), (160, "85"), (260, "62"), (360, "good")]


def page() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    for x, text in ROW:
        canvas.drawString(x, 700, text)
    canvas.setFillGray(1)
    canvas.drawString(460, 700, "99")
    canvas.setFillGray(0)
    canvas.drawString(60, 500, "47")
    canvas.save()
    return file.getvalue()


def found(*without: str) -> list[Segment]:
    """What is put back of a page of whose words the parser gave out but some."""
    given = [(x, text) for x, text in ROW if text not in without]
    items = [SimpleNamespace(text=text, x=x, y=132.0, width=6.0 * len(text), height=14.0) for x, text in given]
    segments = [Segment((Word(i.text, i.x, i.y, i.x + i.width, i.y + i.height),), 12.0, False) for i in items]
    with Glyphs(page()) as glyphs:
        shown = glyphs.page(1)
        assert shown is not None
        return left_out(SimpleNamespace(text_items=items, width=595.0), shown, segments)


def test_a_figure_on_a_line_of_others_is_put_back_where_it_stands() -> None:
    assert found() == []
    (put,) = found("62")
    assert put.text == "62" and 259 < put.x0 < 261 < put.x1 < 280 and put.size == 12.0
    # Words without digits, figures that cannot be seen and figures on a line of their own are not.
    assert found("good") == []
