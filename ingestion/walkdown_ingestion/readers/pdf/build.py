"""The elements of all pages to blocks: tables and paragraphs that go over a page end joined, headings levelled."""

import re
from collections.abc import Sequence
from itertools import pairwise

from walkdown.documents import Block, Box
from walkdown_ingestion.anew import parts_of, told_header
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.form_sections import Section, sections
from walkdown_ingestion.forms import apart, unfolded
from walkdown_ingestion.joining import join_pair
from walkdown_ingestion.names_below import names_stand_below
from walkdown_ingestion.readers.pdf.headings import body_style, heading_levels
from walkdown_ingestion.readers.pdf.page import Page
from walkdown_ingestion.readers.pdf.paging import Placed, join_tables, joined_over_columns, place
from walkdown_ingestion.readers.pdf.ruled import Grid
from walkdown_ingestion.readers.pdf.text import Element
from walkdown_ingestion.table_headers import header_height
from walkdown_ingestion.tables import make_table, square

_OPEN_END = re.compile(r"[\w,\-–/(가-힣]$")
_KOREAN_END = re.compile(r"(?:다|요|음|함|임|됨|것|등)$")
_ITEM_STEP = 6.0


def _join_texts(above: Placed, below: Placed) -> Placed | None:
    """A paragraph or item that goes on at the top of the next page."""
    one, other = above.part, below.part
    if not isinstance(one, Element) or not isinstance(other, Element) or other.kind != "text":
        return None
    if one.kind == "caption" or one.bold != other.bold or abs(one.size - other.size) > 0.3:
        return None
    opens = bool(_OPEN_END.search(one.text)) and not _KOREAN_END.search(one.text)
    goes_on = other.text[:1].islower() or (len(one.lines) > 1 and "가" <= other.text[:1] <= "힣")
    if not opens or not goes_on or len(one.text) < 30:
        return None
    text = join_pair(one.text, other.text)
    return Placed(one._replace(text=text, lines=(*one.lines, *other.lines)), (*above.boxes, *below.boxes))


def _flow(pages: Sequence[tuple[Page, Sequence[Element | Grid]]]) -> list[Placed]:
    """The parts of all pages, joined over page ends."""
    out: list[Placed] = []
    for page, parts in pages:
        placed = joined_over_columns([place(part, page) for part in parts])
        if out and placed and not join_tables(out, placed):
            joined = _join_texts(out[-1], placed[0])
            if joined is not None:
                out[-1] = joined
                placed = placed[1:]
        out += placed
    return out


class _Depths:
    """Depth of list items by how far they are indented against the items above."""

    def __init__(self) -> None:
        self._edges: list[float] = []

    def depth(self, x0: float) -> int:
        """Depth of the next item."""
        while self._edges and x0 < self._edges[-1] - _ITEM_STEP:
            self._edges.pop()
        if not self._edges or x0 > self._edges[-1] + _ITEM_STEP:
            self._edges.append(x0)
        return len(self._edges) - 1

    def end(self) -> None:
        """The list is over."""
        self._edges = []


def _add_table(grid: Grid, boxes: tuple[Box, ...], builder: BlockBuilder) -> None:
    """A table with one box for each row that holds text."""
    if cuts := apart(grid.rows, grid.header_rows):
        for begin, end in pairwise((0, *cuts, len(grid.rows))):
            marked = None if begin and grid.header_rows else grid.header_rows
            _add_table(grid._replace(rows=grid.rows[begin:end], header_rows=marked), boxes[begin:end], builder)
        return
    if len(found := sections(grid.rows)) > 1:
        _add_sections(grid, found, boxes, builder)
        return
    parts = parts_of(grid.rows, grid.header_rows)
    if len(parts) == 1 and len(parts[0].rows) == len(grid.rows):
        _add_rows(grid, boxes, builder)
        return
    for part in parts:
        cut = grid._replace(rows=[grid.rows[i] for i in part.rows], header_rows=part.header)
        _add_table(cut, tuple(boxes[i] for i in part.rows), builder)


def _add_sections(grid: Grid, found: Sequence[Section], boxes: tuple[Box, ...], builder: BlockBuilder) -> None:
    for one in found:
        own = tuple(boxes[n] for n in one.rows)
        if one.pairs is None:
            marked = None if 0 not in one.rows else grid.header_rows
            _add_table(grid._replace(rows=[grid.rows[n] for n in one.rows], header_rows=marked), own, builder)
        elif (table := make_table(one.pairs, 0)) is not None:
            builder.add_table(table, own)


def _add_rows(grid: Grid, boxes: tuple[Box, ...], builder: BlockBuilder) -> None:
    """A table that is one."""
    kept = [i for i, row in enumerate(grid.rows) if any(cell.strip() for cell in row)]
    given = [grid.rows[i] for i in kept]
    marked = told_header(given, grid.header_rows)
    if not marked and names_stand_below(given):
        kept = [kept[-1], *kept[:-1]]
        given, marked = [grid.rows[i] for i in kept], 1
    if (form := unfolded(given, marked)) is not None:
        kept = [kept[i] for i in form.sources]
        given, marked = form.rows, form.header
    rows = square(given)
    height = header_height(rows) if marked is None else marked
    table = make_table(rows, height) if rows else None
    if table is None:
        return
    if len(rows[0]) == 1:
        builder.paragraph("\n".join(row[0] for row in rows), [boxes[i] for i in kept])
    else:
        builder.add_table(table, [boxes[i] for i in kept])


def build(pages: Sequence[tuple[Page, Sequence[Element | Grid]]]) -> list[Block]:
    """Blocks of the whole document in reading order."""
    flow = _flow(pages)
    levels = heading_levels([placed.part for placed in flow], body_style(page for page, _ in pages))
    builder = BlockBuilder()
    depths = _Depths()
    for i, (part, boxes) in enumerate(flow):
        if isinstance(part, Element) and part.kind == "item" and i not in levels:
            builder.item(part.marker, part.text, depths.depth(part.x0), boxes)
            continue
        depths.end()
        if isinstance(part, Grid):
            _add_table(part, boxes, builder)
        elif i in levels:
            builder.heading(f"{part.marker} {part.text}".strip(), levels[i], boxes)
        elif part.kind == "caption":
            builder.caption(part.text, boxes)
        else:
            builder.paragraph(part.text, boxes)
    return builder.blocks
