"""Writes a source as slides by python-pptx: a title slide, then one or more for each section."""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any, NamedTuple

from corpus_blocks import Block, Runs, Section, parse, plain, sections
from corpus_drawing import to_png
from corpus_title import title_block
from corpus_zip import fixed
from pptx import Presentation
from pptx.util import Mm, Pt

from walkdown.packs.figures import Figure
from walkdown.packs.sources import Source

_WIDTH, _HEIGHT = Mm(254), Mm(143)
_MARGIN = Mm(12)
_TEXT_LINES = 11
_LINE_CHARS = 62
_TABLE_ROWS = 9
_TITLE_ONLY, _TITLE_SLIDE = 5, 0


class _Slide(NamedTuple):
    """What stands under the title of one slide: lines of text, or one table, or one figure."""

    text: tuple[Block, ...] = ()
    rows: tuple[tuple[Runs, ...], ...] = ()
    figure: Figure | None = None


def _lines(block: Block) -> int:
    """Lines that a block takes; a Korean letter is about twice as wide as a Latin one."""
    return -(-sum(2 if ord(c) > 0x1100 else 1 for c in plain(block.runs)) // (2 * _LINE_CHARS // 2)) or 1


def _slides(section: Section) -> Iterator[_Slide]:
    text: list[Block] = []
    for block in section.blocks:
        if block.kind in ("table", "figure"):
            if text:
                yield _Slide(tuple(text))
                text = []
            if block.figure is not None:
                yield _Slide(figure=block.figure)
            head, body = block.rows[:1], block.rows[1:]
            for start in range(0, len(body), _TABLE_ROWS):
                yield _Slide(rows=(*head, *body[start : start + _TABLE_ROWS]))
            continue
        if text and sum(map(_lines, text)) + _lines(block) > _TEXT_LINES:
            yield _Slide(tuple(text))
            text = []
        text.append(block)
    if text or not section.blocks:
        yield _Slide(tuple(text))


def _write_runs(paragraph: Any, runs: Runs, size: int, *, bold: bool = False) -> None:
    for run in runs:
        added = paragraph.add_run()
        added.text, added.font.size = run.text, Pt(size)
        added.font.bold = True if bold or run.bold else None


def _add_text(slide: Any, blocks: tuple[Block, ...]) -> None:
    box = slide.shapes.add_textbox(_MARGIN, Mm(32), _WIDTH - 2 * _MARGIN, _HEIGHT - Mm(48))
    box.text_frame.word_wrap = True
    for position, block in enumerate(blocks):
        paragraph = box.text_frame.paragraphs[0] if position == 0 else box.text_frame.add_paragraph()
        mark = {"number": f"{block.number}. ", "bullet": "• "}.get(block.kind, "")
        if mark:
            paragraph.add_run().text = mark
            paragraph.runs[0].font.size = Pt(13)
        _write_runs(paragraph, block.runs, 13, bold=block.kind in ("warning", "heading"))
        paragraph.space_after = Pt(4)


def _add_table(slide: Any, rows: tuple[tuple[Runs, ...], ...]) -> None:
    width = _WIDTH - 2 * _MARGIN
    frame = slide.shapes.add_table(len(rows), len(rows[0]), _MARGIN, Mm(32), width, Mm(8) * len(rows))
    for row, cells in zip(frame.table.rows, rows, strict=True):
        for cell, runs in zip(row.cells, cells, strict=True):
            _write_runs(cell.text_frame.paragraphs[0], runs, 11)


def _add_figure(slide: Any, figure: Figure) -> None:
    picture = slide.shapes.add_picture(io.BytesIO(to_png(figure)), _MARGIN, Mm(32), width=Mm(170))
    picture._element.nvPicPr.cNvPr.set("descr", figure.caption)  # noqa: SLF001  # the description has no API
    box = slide.shapes.add_textbox(_MARGIN, Mm(32) + picture.height + Mm(2), _WIDTH - 2 * _MARGIN, Mm(8))
    box.text_frame.text = figure.caption


def _add_slide(deck: Any, heading: str, content: _Slide, footer: str) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = _MARGIN, Mm(8), _WIDTH - 2 * _MARGIN, Mm(20)
    title.text_frame.text = heading
    title.text_frame.paragraphs[0].font.size = Pt(22)
    if content.rows:
        _add_table(slide, content.rows)
    elif content.figure is not None:
        _add_figure(slide, content.figure)
    elif content.text:
        _add_text(slide, content.text)
    foot = slide.shapes.add_textbox(_MARGIN, _HEIGHT - Mm(11), _WIDTH - 2 * _MARGIN, Mm(7))
    foot.text_frame.text = footer
    foot.text_frame.paragraphs[0].font.size = Pt(9)


def _set_properties(deck: Any, source: Source) -> None:
    header, core = source.header, deck.core_properties
    core.created = core.modified = core.last_printed = dt.datetime.combine(header.effective_date, dt.time())
    core.title, core.subject, core.identifier, core.version = header.title, header.id, header.id, header.revision
    core.author = core.last_modified_by = title_block(header).sample


def to_pptx(source: Source) -> bytes:
    """The slides of a source; the same source gives the same bytes."""
    title = title_block(source.header)
    deck = Presentation()
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
    _set_properties(deck, source)
    first = deck.slides.add_slide(deck.slide_layouts[_TITLE_SLIDE])
    first.shapes.title.text_frame.text = source.header.title
    first.placeholders[1].text_frame.text = "\n".join(title.lines)
    for shape, top in ((first.shapes.title, Mm(35)), (first.placeholders[1], Mm(75))):
        shape.left, shape.top, shape.width, shape.height = _MARGIN, top, _WIDTH - 2 * _MARGIN, Mm(36)
    for paragraph in first.placeholders[1].text_frame.paragraphs:
        paragraph.font.size = Pt(14)
    for section in sections(parse(source.body), 3):
        for content in _slides(section):
            _add_slide(deck, section.heading or source.header.title, content, title.header)
    out = io.BytesIO()
    deck.save(out)
    return fixed(out.getvalue())
