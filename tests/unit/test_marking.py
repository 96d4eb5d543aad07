"""The line that carries a statement is found on its page, within its passage."""

import io
import time
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from walkdown.documents import Box
from walkdown.errors import UsageError
from walkdown_server.marking import find_line
from walkdown_server.rendering import page_of_lines, render_page
from walkdown_server.routers.pages import parse_highlight

_HEIGHT = 400
_PASSAGE = Box(page=1, x0=40, y0=80, x1=360, y1=200)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "pump.pdf"
    canvas = Canvas(str(path), pagesize=(400, _HEIGHT))
    rows = [("Rated flow", "172 t/h", 100), ("Minimum flow", "72 t/h", 120), ("Minimum flow, warm", "72 t/h", 140)]
    for name, value, y in rows:
        canvas.drawString(50, _HEIGHT - y, name)
        canvas.drawString(250, _HEIGHT - y, value)
    canvas.drawString(50, _HEIGHT - 170, "Below it the pump trips")
    canvas.drawString(50, _HEIGHT - 185, "after 30 seconds.")
    canvas.drawString(50, _HEIGHT - 300, "Minimum flow")
    canvas.drawString(250, _HEIGHT - 300, "72 t/h")
    canvas.save()
    return path


def found(file: Path, line: str) -> list[Box]:
    document = pypdfium2.PdfDocument(file)
    try:
        return find_line(document[0], 1, line, [_PASSAGE])
    finally:
        document.close()


def test_the_cells_of_a_row_are_marked_on_one_height_and_not_those_of_another_row(file: Path) -> None:
    name, value = found(file, "Item: Minimum flow | Value: 72 t/h")
    assert name.x0 == pytest.approx(50, abs=2) and value.x0 == pytest.approx(250, abs=2)
    assert all(108 < box.y0 < box.y1 < 124 for box in (name, value))


def test_a_number_within_a_larger_one_is_not_taken_for_it(file: Path) -> None:
    assert found(file, "Item: Rated flow | Value: 172 t/h")
    (only,) = found(file, "72 t/h")[:1]
    assert only.y0 > 108


def test_a_sentence_over_two_lines_is_marked_on_both(file: Path) -> None:
    first, second = found(file, "Below it the pump trips after 30 seconds.")
    assert first.y1 < second.y1
    assert second.x1 < first.x1


@pytest.mark.parametrize("line", ["Item: Minimum flow | Value: 73 t/h", "Nothing of the kind.", "", " | "])
def test_what_does_not_stand_there_is_not_marked(file: Path, line: str) -> None:
    assert found(file, line) == []


def test_a_line_changes_the_picture_and_keeps_the_ink(file: Path) -> None:
    plain = render_page(file, 1, dpi=72, boxes=[_PASSAGE])
    marked = render_page(file, 1, dpi=72, boxes=[_PASSAGE], lines=["Item: Minimum flow | Value: 72 t/h"])
    before, after = (np.asarray(Image.open(io.BytesIO(png)).convert("L")) for png in (plain, marked))
    ink = before < 60
    assert plain != marked and ink.any()
    assert (after[ink] <= before[ink]).all()
    assert render_page(file, 1, dpi=72, boxes=[_PASSAGE], lines=["absent"]) == plain


def test_of_a_passage_over_two_pages_the_one_with_the_line_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "pump.pdf"
    canvas = Canvas(str(path), pagesize=(400, _HEIGHT))
    for text in ("Rated flow 172 t/h", "Minimum flow 72 t/h"):
        canvas.drawString(50, _HEIGHT - 100, text)
        canvas.showPage()
    canvas.save()
    boxes = [_PASSAGE, _PASSAGE.model_copy(update={"page": 2})]
    assert page_of_lines(path, boxes, ["Minimum flow 72 t/h"]) == 2
    assert page_of_lines(path, boxes, ["Rated flow 172 t/h"]) == 1
    assert page_of_lines(path, boxes, ["absent"]) == page_of_lines(path, boxes, []) == 1


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_line_is_marked_on_a_page_that_its_file_turns(file: Path, tmp_path: Path, turn: int) -> None:
    # As such pages are made: the text is drawn on its side, and the page is turned for it to be read upright.
    path = tmp_path / "turned.pdf"
    canvas = Canvas(str(path), pagesize=(_HEIGHT, 400) if turn != 180 else (400, _HEIGHT))
    canvas.translate(*{90: (_HEIGHT, 0), 180: (400, _HEIGHT), 270: (0, 400)}[turn])
    canvas.rotate({90: 90, 180: 180, 270: -90}[turn])
    canvas.drawString(50, _HEIGHT - 120, "Minimum flow")
    canvas.drawString(250, _HEIGHT - 120, "72 t/h")
    canvas.save()
    document = pypdfium2.PdfDocument(path)
    document[0].set_rotation(turn)
    document.save(tmp_path / "as-read.pdf")
    document.close()
    upright = found(file, "Item: Minimum flow | Value: 72 t/h")
    turned = found(tmp_path / "as-read.pdf", "Item: Minimum flow | Value: 72 t/h")
    assert len(turned) == len(upright) == 2
    for one, other in zip(turned, upright, strict=True):
        got, wanted = (one.x0, one.y0, one.x1, one.y1), (other.x0, other.y0, other.x1, other.y1)
        assert got == pytest.approx(wanted, abs=1)


@pytest.mark.parametrize("corners", ["1,2,3,4e9", "-4e9,-4e9,4e9,4e9", "1e300,1e300,1e301,1e301", "300,300,20,20"])
def test_a_box_far_beyond_the_page_is_drawn_at_once(file: Path, corners: str) -> None:
    begin = time.monotonic()
    try:
        boxes = parse_highlight(corners, 1)
    except UsageError:
        return
    render_page(file, 1, dpi=72, boxes=boxes)
    assert time.monotonic() - begin < 2
