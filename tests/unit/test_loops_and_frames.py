"""Files that refer to themselves: bookmarks of a PDF in a circle, drawings that draw themselves; pages in frames."""

import pypdfium2
import pytest

from walkdown.text.heads import head_unit
from walkdown_ingestion.readers import read_bytes, text_tables
from walkdown_ingestion.readers.pdf.outline import without_circles

SAID = "The pump P-101 trips at 12 bar and restarts."


def pdf(more: bytes = b"", content: bytes = b"", xobjects: bytes = b"", extra: tuple[bytes, ...] = ()) -> bytes:
    """A PDF of one page; objects 6 and on are `extra`."""
    text = b"BT /F1 12 Tf 60 700 Td (" + SAID.encode() + b") Tj ET" + content
    objects = (
        b"<</Type/Catalog/Pages 2 0 R" + more + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>"
        + xobjects
        + b">>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *extra,
    )
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def marks(first: bytes, second: bytes) -> bytes:
    outlines = b"<</Type/Outlines/First 7 0 R/Last 8 0 R/Count 2>>"
    entries = (
        b"<</Title(A)/Parent 6 0 R/Dest[3 0 R/Fit]" + first + b">>",
        b"<</Title(B)/Parent 6 0 R" + second + b">>",
    )
    return pdf(b"/Outlines 6 0 R", extra=(outlines, *entries))


@pytest.mark.parametrize(
    ("first", "second"),
    [(b"/Next 8 0 R", b"/Next 7 0 R"), (b"/First 7 0 R/Last 7 0 R", b""), (b"/Next 8 0 R", b"/First 8 0 R/Last 8 0 R")],
)
def test_bookmarks_in_a_circle_are_left_out_and_the_text_is_read(first: bytes, second: bytes) -> None:
    data = marks(first, second)
    assert without_circles(data) != data
    assert SAID in read_bytes(data, "a.pdf").text


def test_other_bookmarks_stay() -> None:
    data = marks(b"/Next 8 0 R", b"/Prev 7 0 R")
    assert without_circles(data) == data
    assert [mark.get_title() for mark in pypdfium2.PdfDocument(data).get_toc()] == ["A", "B"]


def test_a_drawing_that_draws_itself_is_drawn_once() -> None:
    own = b"/Resources<</XObject<</X 6 0 R>>>>"
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 6" + own + b">>\nstream\n/X Do \nendstream"
    assert SAID in read_bytes(pdf(content=b" /X Do", xobjects=b"/XObject<</X 6 0 R>>", extra=(form,)), "a.pdf").text


def page(frame: str) -> str:
    return read_bytes(f"<html><body><p>Before.</p>{frame}after<p>End.</p></body></html>".encode(), "a.html").text


def test_the_page_in_a_frame_is_read_where_it_stands() -> None:
    table = "<table border=1><tr><th>Tag</th><th>Trip (bar)</th></tr><tr><td>P-101</td><td>12.5</td></tr></table>"
    text = page(f'<iframe srcdoc="<h2>Limits</h2>{table}"></iframe>')
    assert "Tag: P-101 | Trip (bar): 12.5" in text
    assert text.index("Before.") < text.index("Limits") < text.index("12.5") < text.index("after") < text.index("End.")


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe style="display:none" srcdoc="<p>secret</p>"></iframe>',
        '<iframe width=0 srcdoc="<p>secret</p>"></iframe>',
        '<iframe srcdoc="<script>secret</script>"></iframe>', '<iframe src="https://secret.example/"></iframe>',
        '<iframe srcdoc=""></iframe>',
    ],
)  # fmt: skip
def test_what_a_frame_hides_or_fetches_is_not_read(frame: str) -> None:
    assert "secret" not in page(frame) and "after" in page(frame)


def test_one_long_line_is_not_looked_at_letter_by_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its words against all others of it would take the square of its length."""
    looked: list[int] = []
    monkeypatch.setattr(text_tables, "_placed", lambda line: looked.append(len(line)))
    line = "밸브를 연다 " * 1000
    assert line.strip() in read_bytes(line.encode(), "a.txt").text
    assert line.strip() in read_bytes(f"{line}\n{line}\n{line}".encode(), "a.txt").text
    assert looked == []


def test_the_unit_at_the_end_of_an_endless_heading() -> None:
    assert head_unit("x" * 500 + " (bar)") == "bar" and head_unit("x" * 500) == ""
