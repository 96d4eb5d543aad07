"""Blocks as pieces to pack: atomic runs of text with their boxes, each small enough to stand in one passage."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from walkdown.documents import Block, BlockKind, Box, Figure, Table
from walkdown_ingestion.chunking.estimate import MAX_CHARS, MAX_TOKENS, TARGET_TOKENS, estimate_tokens, fits
from walkdown_ingestion.chunking.sentences import split_spans
from walkdown_ingestion.tables import column_names, header_title, row_cells, row_lines

_UNIT_LINE = re.compile(r"[(\[（]?\s*(?:단위|unit|units|単位|单位|unidad)\s*[:：)]", re.IGNORECASE)
_LEAD_IN_TOKENS = 120
_CARRIED_TOKENS = 80


class Piece(NamedTuple):
    """A stretch of one block. `tight` pieces follow the one before on the next line, without an empty line.

    `cells` is the table row that it renders, with the names of its columns.
    """

    text: str
    boxes: tuple[Box, ...]
    kind: BlockKind
    tight: bool = False
    cells: Table | None = None
    confidence: float | None = None
    figures: tuple[Figure, ...] = ()

    @property
    def tokens(self) -> float:
        """Estimated tokens."""
        return estimate_tokens(self.text)


class Group(NamedTuple):
    """Pieces to keep together where they fit: a list with its lead-in, a table with its caption.

    `carried` is repeated at the head of each passage when the group must be cut (a caption, a unit line).
    """

    pieces: tuple[Piece, ...]
    carried: tuple[Piece, ...] = ()

    @property
    def tokens(self) -> float:
        """Estimated tokens of all pieces."""
        return sum(piece.tokens for piece in self.pieces)

    @property
    def chars(self) -> int:
        """Characters of all pieces joined."""
        return sum(len(piece.text) + 2 for piece in self.pieces)


def union(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """One box for each page and run of lines that stand below each other in one column."""
    merged: list[Box] = []
    for box in boxes:
        last = merged[-1] if merged else None
        if last is not None and _continues(last, box):
            merged[-1] = Box(
                page=box.page,
                x0=min(last.x0, box.x0),
                y0=min(last.y0, box.y0),
                x1=max(last.x1, box.x1),
                y1=max(last.y1, box.y1),
            )
        else:
            merged.append(box)
    return tuple(merged)


def _continues(above: Box, below: Box) -> bool:
    """True when `below` is the next line of the same column: overlapping sideways, no gap of two lines."""
    overlap = min(above.x1, below.x1) - max(above.x0, below.x0)
    line = max(below.y1 - below.y0, 8.0)
    return above.page == below.page and overlap > 0 and -1.5 * line <= below.y0 - above.y1 <= 1.5 * line


def boxes_of_span(boxes: Sequence[Box], length: int, start: int, end: int) -> tuple[Box, ...]:
    """The line boxes that the characters `start:end` of a text of `length` stand on, judged by the lines' widths."""
    total = sum(box.x1 - box.x0 for box in boxes)
    if len(boxes) < 2 or total <= 0 or length <= 0:
        return tuple(boxes)
    low, high = start / length * total, end / length * total
    out, position = [], 0.0
    for box in boxes:
        width = box.x1 - box.x0
        slack = 0.02 * width
        if position + slack < high and position + width - slack > low:
            out.append(box)
        position += width
    return tuple(out) or (boxes[-1],)


def figures_on(figures: Sequence[Figure], boxes: Sequence[Box]) -> tuple[Figure, ...]:
    """The figures whose middle lies in one of some boxes."""

    def lies_in(figure: Figure, box: Box) -> bool:
        x, y = (figure.box.x0 + figure.box.x1) / 2, (figure.box.y0 + figure.box.y1) / 2
        return figure.box.page == box.page and box.x0 - 1 <= x <= box.x1 + 1 and box.y0 - 1 <= y <= box.y1 + 1

    return tuple(figure for figure in figures if any(lies_in(figure, box) for box in boxes))


def _text_pieces(block: Block) -> list[Piece]:
    """The block whole, or cut at lines and sentences when it is too long for one passage."""
    tight = block.kind is BlockKind.LIST_ITEM
    indent = "  " * min(block.level, 4) if tight else ""
    if fits(indent + block.text):
        return [
            Piece(
                indent + block.text, block.boxes, block.kind, tight, confidence=block.confidence, figures=block.figures
            )
        ]
    spans = split_spans(block.text, TARGET_TOKENS)
    return [
        Piece(
            block.text[a:b],
            boxes := boxes_of_span(block.boxes, len(block.text), a, b),
            block.kind,
            tight,
            confidence=block.confidence,
            figures=figures_on(block.figures, boxes),
        )
        for a, b in spans
    ]


def _long_row(names: tuple[str, ...], row: tuple[str, ...]) -> list[str]:
    """A row that is too long for one passage, in parts that each begin with the row's first cell."""
    cells = row_cells(names, row)
    label = cells[0] if len(cells) > 1 and estimate_tokens(cells[0]) < TARGET_TOKENS / 4 else ""
    budget = TARGET_TOKENS - estimate_tokens(label)
    parts: list[str] = []
    for cell in cells[1:] if label else cells:
        name = cell.partition(": ")[0] if ": " in cell[:60] else ""
        for i, (a, b) in enumerate(split_spans(cell, budget - estimate_tokens(name))):
            text = f"{name}: {cell[a:b]}" if i and name else cell[a:b]
            parts.append(f"{label} | {text}" if label else text)
    return parts


def table_pieces(block: Block, table: Table) -> list[Piece]:
    """One piece for each row, readable on its own; a row too long for a passage becomes several."""
    names = column_names(table)
    height = len(table.header)
    by_row = block.boxes if len(block.boxes) == height + len(table.rows) else None
    pieces = []
    title = header_title(table)
    if title:
        pieces.append(
            Piece(title, by_row[:1] if by_row else block.boxes, BlockKind.TABLE, True, None, block.confidence)
        )
    for i, (row, line) in enumerate(zip(table.rows, row_lines(table), strict=True)):
        boxes = (by_row[height + i],) if by_row else block.boxes
        lines = [line] if fits(line) else _long_row(names, row)
        cells = Table(header=(names,) if names else (), rows=(row,))
        held = figures_on(block.figures, boxes)
        pieces += [Piece(text, boxes, BlockKind.TABLE, True, cells, block.confidence, held) for text in lines if text]
    return pieces


def _is_lead_in(block: Block, following: Block | None) -> bool:
    """True when a paragraph belongs to what follows: it opens a list or table, ends in a colon, or is a caption."""
    if following is None or block.kind not in (BlockKind.PARAGRAPH, BlockKind.CAPTION):
        return False
    opens = following.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE) or block.text.endswith((":", "："))
    return opens and estimate_tokens(block.text) <= _LEAD_IN_TOKENS


def _is_carried(block: Block, following: Block | None) -> bool:
    """True when each part of what follows needs it to be understood: captions, unit lines, the opening of a list."""
    if block.kind is BlockKind.CAPTION or _UNIT_LINE.match(block.text):
        return True
    listed = following is not None and following.kind is BlockKind.LIST_ITEM
    return listed and estimate_tokens(block.text) <= _CARRIED_TOKENS


def groups(blocks: Sequence[Block]) -> Iterator[Group]:
    """The blocks of one section's own text as groups, in order."""
    pending: list[Piece] = []
    carried: list[Piece] = []
    i = 0
    while i < len(blocks):
        block = blocks[i]
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        if _is_lead_in(block, following):
            pieces = _text_pieces(block)
            pending += pieces
            carried += pieces if _is_carried(block, following) else []
            i += 1
            continue
        if block.kind is BlockKind.LIST_ITEM:
            while i < len(blocks) and blocks[i].kind is BlockKind.LIST_ITEM:
                pending += _text_pieces(blocks[i])
                i += 1
        else:
            pending += table_pieces(block, block.table) if block.table else _text_pieces(block)
            i += 1
            if block.table and i < len(blocks) and blocks[i].kind is BlockKind.CAPTION:
                pending += _text_pieces(blocks[i])
                i += 1
        yield Group(tuple(pending), tuple(carried) if len(carried) < len(pending) else ())
        pending, carried = [], []
    if pending:
        yield Group(tuple(pending))


def too_big(tokens: float, chars: int) -> bool:
    """True when no passage may be that big."""
    return tokens > MAX_TOKENS or chars > MAX_CHARS
