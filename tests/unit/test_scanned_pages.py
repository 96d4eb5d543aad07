"""Recognition of scanned pages: straightening, rules, word spacing, mended tags, and whole documents by tesseract."""

import io
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from walkdown.documents import BlockKind, Box, SourceDocument
from walkdown.errors import DocumentError
from walkdown_ingestion import readers
from walkdown_ingestion.beat import listen
from walkdown_ingestion.chunking import chunk_document
from walkdown_ingestion.readers.scan import tesseract
from walkdown_ingestion.readers.scan.pages import _marked, mended
from walkdown_ingestion.readers.scan.picture import ink, paper, rules, skew, straighten, without
from walkdown_ingestion.readers.scan.reading import merged
from walkdown_ingestion.readers.scan.spacing import respaced
from walkdown_ingestion.readers.scan.tesseract import Read

needs_tesseract = pytest.mark.skipif(not tesseract.is_installed(), reason="tesseract is not installed")
FONT = next((p for p in map(Path, ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",)) if p.exists()), None)
needs_font = pytest.mark.skipif(FONT is None, reason="no font to draw with")
ROWS = (("Tag", "Alarm", "Trip"), ("PAH-3101", "0.85 barg", "1.80 barg"), ("PI-3102", "65 kPa", "95 kPa"))


def sheet(rows: tuple[tuple[str, ...], ...] = ROWS) -> Image.Image:
    """A page at 300 dpi with a heading, a sentence and a ruled table."""
    page = Image.new("L", (2480, 1700), 255)
    draw = ImageDraw.Draw(page)
    assert FONT is not None
    font = ImageFont.truetype(str(FONT), 44)
    draw.text((200, 150), "3. Limits of column T-301", font=font, fill=20)
    draw.text((200, 260), "The column is tripped when one of these limits is reached.", font=font, fill=20)
    for r in range(len(rows) + 1):
        draw.line((200, 400 + 110 * r, 200 + 600 * len(rows[0]), 400 + 110 * r), fill=30, width=4)
    for c in range(len(rows[0]) + 1):
        draw.line((200 + 600 * c, 400, 200 + 600 * c, 400 + 110 * len(rows)), fill=30, width=4)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            draw.text((230 + 600 * c, 425 + 110 * r), text, font=font, fill=20)
    page.info["dpi"] = (300, 300)
    return page


def as_pdf(picture: Image.Image, turn: int = 0) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(picture.width * 0.24, picture.height * 0.24), invariant=1)
    canvas.drawImage(ImageReader(picture), 0, 0, picture.width * 0.24, picture.height * 0.24)
    if turn:
        canvas.setPageRotation(turn)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def noisy(picture: Image.Image, angle: float) -> Image.Image:
    turned = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    values = np.asarray(turned, dtype=np.float32) + np.random.default_rng(1).normal(0, 8, (turned.height, turned.width))
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


@needs_font
@pytest.mark.parametrize("angle", [-2.5, -0.7, 0.0, 1.2])
def test_skew_is_found(angle: float) -> None:
    assert skew(sheet().rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)) == pytest.approx(-angle, abs=0.25)


@needs_font
def test_the_paper_is_what_nine_of_ten_pixels_are_no_lighter_than() -> None:
    values = np.random.default_rng(1).integers(0, 256, (70, 90), dtype=np.uint8)
    assert paper(Image.fromarray(values)) == int(np.percentile(values, 90))
    assert paper(Image.new("L", (20, 20), 240)) == 240


def test_the_rules_of_a_table_are_found_and_no_line_of_text_is_one() -> None:
    found = rules(sheet())
    assert sorted(round(line.y0) for line in found if line.y0 == line.y1) == pytest.approx([400, 510, 620, 730], abs=4)
    assert sorted(round(line.x0) for line in found if line.x0 == line.x1) == pytest.approx(
        [200, 800, 1400, 2000], abs=4
    )
    assert rules(without(sheet(), found)) == []


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_places_are_found_again_on_the_page_as_it_was(quarter: int) -> None:
    page = Image.new("L", (600, 400), 255)
    ImageDraw.Draw(page).rectangle((100, 50, 110, 60), fill=0)
    page.info["dpi"] = (72, 72)
    turned = straighten(page, quarter)
    y, x = np.argwhere(ink(turned.picture)).mean(axis=0)
    assert turned.origin(float(x), float(y)) == pytest.approx((105, 55), abs=2)


def word(text: str, x0: float, x1: float, confidence: float = 0.9) -> Read:
    return Read(text, (1, 1, 1), x0, 0.0, x1, 20.0, confidence)


def test_korean_syllables_join_where_the_white_between_them_is_narrow() -> None:
    dark = np.zeros((20, 200), dtype=np.bool_)
    for start in (0, 22, 44, 80, 102):
        dark[:, start : start + 20] = True
    words = [word("설", 0, 20), word("정", 22, 42), word("값", 44, 64), word("변", 80, 100), word("경", 102, 122)]
    assert [w.text for w in respaced(words, dark)] == ["설정값", "변경"]


def test_the_surer_reading_is_taken_but_a_number_is_never_replaced() -> None:
    first = [
        word("01%", 0, 40, 0.5),
        word("14", 50, 70, 0.6),
        word("압력", 80, 120, 0.9),
        word("『-104", 130, 180, 0.6),
    ]
    second = [
        word("vol%", 0, 40, 0.9),
        word("142", 50, 70, 0.95),
        word("SIS", 80, 120, 0.95),
        word("P-104", 130, 180, 0.9),
    ]
    # Mutation: without the rule on numbers, 14 becomes 142.
    assert [w.text for w in merged(first, second)] == ["vol%", "14", "압력", "P-104"]


def test_a_letter_like_a_digit_is_mended_after_the_other_tags() -> None:
    tags = ["10BBA07", "10BBA11", "10BBB13", "10BBBO5", "10BBBOS"]
    assert [w.text for w in mended([word(t, 0, 10) for t in tags])][-2:] == ["10BBB05", "10BBB05"]
    assert [w.text for w in mended([word("10BBBO5", 0, 10), word("P-101A", 0, 10)])] == ["10BBBO5", "P-101A"]


@needs_tesseract
@needs_font
@pytest.mark.parametrize(("angle", "turn"), [(0.0, 0), (1.3, 0), (0.0, 90), (0.0, 180)])
def test_a_scanned_table_comes_back_as_cells(angle: float, turn: int) -> None:
    picture = noisy(sheet(), angle).rotate(turn, expand=True)
    document = readers.read_bytes(as_pdf(picture), "scan.pdf")
    (table,) = [block.table for block in document.blocks if block.table]
    assert table.header == (ROWS[0],)
    assert [[cell.replace(" ", "") for cell in row] for row in table.rows] == [
        [cell.replace(" ", "") for cell in row] for row in ROWS[1:]
    ]
    (heading,) = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    assert heading.text == "3. Limits of column T-301"
    assert heading.confidence is not None
    assert heading.confidence > 0.8
    assert "text recognition" in document.warnings[0]


def test_a_figure_that_was_read_with_little_confidence_is_marked() -> None:
    # Mutation: without the mark, a misread limit is quoted as if it stood there.
    assert _marked(word("35", 0, 10, 0.4)).text == "35(?)"
    assert _marked(word("35", 0, 10, 0.9)).text == "35"
    assert _marked(word("barg", 0, 10, 0.4)).text == "barg"


@needs_tesseract
@needs_font
def test_boxes_of_a_turned_scan_lie_on_the_page_as_it_is_filed() -> None:
    upright = readers.read_bytes(as_pdf(sheet()), "a.pdf").blocks[0].boxes[0]
    turned = readers.read_bytes(as_pdf(sheet().rotate(90, expand=True)), "b.pdf").blocks[0].boxes[0]
    width = 2480 * 0.24
    expected = Box(page=1, x0=upright.y0, y0=width - upright.x1, x1=upright.y1, y1=width - upright.x0)
    for side in ("x0", "y0", "x1", "y1"):
        assert getattr(turned, side) == pytest.approx(getattr(expected, side), abs=6)


@needs_tesseract
@needs_font
def test_a_passage_of_a_scan_says_how_sure_it_is_and_each_page_is_a_sign_of_life() -> None:
    beats: list[int] = []
    listen(lambda: beats.append(1))
    file = io.BytesIO()
    sheet().save(file, "TIFF", dpi=(300, 300), save_all=True, append_images=[sheet()])
    document = readers.read_bytes(file.getvalue(), "scan.tif")
    listen(lambda: None)
    assert document.page_count == len(beats) == 2
    source = SourceDocument(
        id="D", pack="p", title="T", language="en", sha256="0" * 64, media_type="image/tiff", file_name="f", source="s"
    )
    chunks = chunk_document(document, source, ())
    assert all(chunk.confidence is not None and 0.5 < chunk.confidence <= 1 for chunk in chunks)


@needs_font
def test_without_tesseract_the_file_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    tesseract.languages.cache_clear()
    file = io.BytesIO()
    sheet().save(file, "PNG")
    for data, name in ((as_pdf(sheet()), "scan.pdf"), (file.getvalue(), "scan.png")):
        with pytest.raises(DocumentError, match="tesseract") as error:
            readers.read_bytes(data, name)
        assert "apt-get install tesseract-ocr" in error.value.remedy
    tesseract.languages.cache_clear()
