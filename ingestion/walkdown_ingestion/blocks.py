"""Collects the blocks of a document in reading order and gives each the headings it stands under."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from walkdown.documents import Block, BlockKind, Box, Table
from walkdown_ingestion.anew import parts_of
from walkdown_ingestion.clean import clean_line, clean_paragraph, set_close
from walkdown_ingestion.form_sections import sections
from walkdown_ingestion.forms import apart
from walkdown_ingestion.group_labels import with_group_labels
from walkdown_ingestion.names_below import names_stand_below
from walkdown_ingestion.tables import make_table, table_text


class BlockBuilder:
    """Appends blocks; empty ones are left out.

    A heading's own `heading_path` holds the headings above it, every other block's all it stands under.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._headings: list[tuple[int, str]] = []

    def _path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._headings)

    def heading(self, text: str, level: int, boxes: Iterable[Box] = ()) -> None:
        """A heading of level 1 (highest) or more."""
        text = clean_line(set_close(text))
        if not text:
            return
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        self.blocks.append(
            Block(kind=BlockKind.HEADING, text=text, level=level, boxes=tuple(boxes), heading_path=self._path())
        )
        self._headings.append((level, text))

    def _add(self, kind: BlockKind, text: str, boxes: Iterable[Box], level: int = 0) -> None:
        text = clean_paragraph(set_close(text))
        if text:
            self.blocks.append(Block(kind=kind, text=text, boxes=tuple(boxes), level=level, heading_path=self._path()))

    def paragraph(self, text: str, boxes: Iterable[Box] = ()) -> None:
        """A paragraph; line breaks in it are kept."""
        self._add(BlockKind.PARAGRAPH, text, boxes)

    def caption(self, text: str, boxes: Iterable[Box] = ()) -> None:
        """The caption of the table or figure next to it."""
        self._add(BlockKind.CAPTION, text, boxes)

    def item(self, marker: str, text: str, depth: int = 0, boxes: Iterable[Box] = ()) -> None:
        """A list item with its marker as written (`3.`, `가.`, `-`); `depth` counts from 0."""
        self._add(BlockKind.LIST_ITEM, f"{marker} {text}", boxes, depth)

    def continue_item(self, text: str, depth: int) -> None:
        """A further paragraph of the list item before it; a paragraph of its own where there is none."""
        last = self.blocks[-1] if self.blocks else None
        text = clean_paragraph(text)
        if last is None or last.kind is not BlockKind.LIST_ITEM:
            self.paragraph(text)
        elif last.level > depth:
            self._add(BlockKind.LIST_ITEM, text, (), depth)
        elif text:
            self.blocks[-1] = last.model_copy(update={"text": f"{last.text}\n{text}"})

    def table(self, rows: Iterable[Sequence[str]], header_rows: int | None = None, boxes: Iterable[Box] = ()) -> None:
        """A table from its cells. `boxes` holds one box for each row given, or boxes of the whole."""
        given, boxes = list(rows), tuple(boxes)
        by_row = len(boxes) == len(given)
        if not header_rows and names_stand_below(given):
            given, header_rows = [given[-1], *given[:-1]], 1
            boxes = (boxes[-1], *boxes[:-1]) if by_row else boxes
        for begin, end in pairwise((0, *apart(given, header_rows), len(given))):
            header = None if begin and header_rows else header_rows
            for section in sections(given[begin:end]):
                at = [begin + n for n in section.rows]
                if section.pairs is not None:
                    self._add_rows(section.pairs, 0, [boxes[n] for n in at] if by_row else boxes)
                    continue
                for part in parts_of([given[n] for n in at], None if 0 not in section.rows else header):
                    own = [at[n] for n in part.rows]
                    self._add_rows([given[n] for n in own], part.header, [boxes[n] for n in own] if by_row else boxes)

    def _add_rows(self, rows: Sequence[Sequence[str]], header: int | None, boxes: Sequence[Box]) -> None:
        table = make_table(rows, header)
        if table is not None:
            self.add_table(with_group_labels(table), boxes)

    def add_table(self, table: Table, boxes: Iterable[Box] = ()) -> None:
        """A table as it is."""
        self.blocks.append(
            Block(
                kind=BlockKind.TABLE,
                text=table_text(table),
                boxes=tuple(boxes),
                heading_path=self._path(),
                table=table,
            )
        )
