"""The section tree of a document and how its text is packed into passages.

A passage stays inside one section: it never crosses a heading of the same or a higher level than the section it
belongs to. Sections too small to be read alone are joined with their neighbours under the heading above them, with
their own headings in the text; the top-level sections of a document are never joined.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from walkdown.documents import Block, BlockKind
from walkdown_ingestion.chunking.estimate import MAX_CHARS, TARGET_TOKENS, TINY_TOKENS
from walkdown_ingestion.chunking.pieces import Group, Piece, groups, too_big


@dataclass
class Section:
    """A heading with what stands under it; the root has no heading."""

    heading: Block | None
    path: tuple[str, ...]
    blocks: list[Block] = field(default_factory=list)
    children: list["Section"] = field(default_factory=list)

    @property
    def level(self) -> int:
        """Level of the heading; the root is above all."""
        return self.heading.level if self.heading else 0


class Draft(NamedTuple):
    """A passage in the making: where it stands and its pieces."""

    path: tuple[str, ...]
    pieces: tuple[Piece, ...]


def section_tree(blocks: Sequence[Block]) -> Section:
    """Nest the sections by the levels of their headings."""
    root = Section(None, ())
    stack = [root]
    for block in blocks:
        if block.kind is not BlockKind.HEADING:
            stack[-1].blocks.append(block)
            continue
        while stack[-1].level >= block.level and len(stack) > 1:
            stack.pop()
        section = Section(block, (*stack[-1].path, block.text))
        stack[-1].children.append(section)
        stack.append(section)
    return root


def title_section(root: Section) -> Section:
    """The section that holds the whole document: the only top-level heading when it comes first, else the root."""
    return root.children[0] if len(root.children) == 1 and not root.blocks else root


class _Packer:
    """Fills passages of one section greedily up to the target size."""

    def __init__(self, path: tuple[str, ...]) -> None:
        self.path = path
        self.drafts: list[Draft] = []
        self._open: list[Piece] = []

    def _size(self, more: Sequence[Piece] = ()) -> tuple[float, int]:
        pieces = [*self._open, *more]
        return sum(p.tokens for p in pieces), sum(len(p.text) + 2 for p in pieces)

    def takes(self, group: Group) -> bool:
        """True when a group goes into the open passage: within the target, or within the limit when it is tiny."""
        tokens, chars = self._size(group.pieces)
        if not self._open or too_big(tokens, chars):
            return False
        small = min(self._size()[0], group.tokens) < TINY_TOKENS
        return tokens <= TARGET_TOKENS or small

    def flush(self) -> None:
        if self._open:
            self.drafts.append(Draft(self.path, tuple(self._open)))
        self._open = []

    def add(self, group: Group) -> None:
        """Keep the group together where it fits one passage, else fill passages with its pieces."""
        if self.takes(group):
            self._open += group.pieces
            return
        if not too_big(group.tokens, group.chars):
            self.flush()
            self._open = list(group.pieces)
            return
        self._add_in_parts(group)

    def _add_in_parts(self, group: Group) -> None:
        """Cut between pieces into parts of about equal size; each part of a table begins with its caption."""
        if self._size()[0] >= TINY_TOKENS:
            self.flush()
        budget = 1.1 * group.tokens / _part_count(group.pieces)
        for piece in group.pieces:
            tokens, chars = self._size((piece,))
            if self._open and (tokens > budget or chars > MAX_CHARS):
                self.flush()
                self._open = [] if piece in group.carried else _carried(group)
                if too_big(*self._size((piece,))):
                    self._open = []
            self._open.append(piece)


def _part_count(pieces: Sequence[Piece]) -> int:
    """How many passages the pieces fill when each is filled up to the target."""
    count, tokens = 1, 0.0
    for piece in pieces:
        if tokens and tokens + piece.tokens > TARGET_TOKENS:
            count, tokens = count + 1, 0.0
        tokens += piece.tokens
    return count


def _carried(group: Group) -> list[Piece]:
    """What a later part of a group begins with; dots mark the list items left out between."""
    if group.carried and group.pieces[-1].kind is BlockKind.LIST_ITEM:
        return [*group.carried, Piece("…", (), BlockKind.LIST_ITEM, tight=True)]
    return list(group.carried)


def _heading_piece(section: Section) -> Piece:
    heading = section.heading
    return Piece(heading.text, heading.boxes, BlockKind.HEADING) if heading else Piece("", (), BlockKind.HEADING)


def _flat(section: Section, *, with_heading: bool) -> list[Piece]:
    """All pieces of a section in order, sub-headings as text."""
    pieces = [_heading_piece(section)] if with_heading else []
    for group in groups(section.blocks):
        pieces += group.pieces
    for child in section.children:
        pieces += _flat(child, with_heading=True)
    return pieces


def _tokens(section: Section) -> float:
    return sum(piece.tokens for piece in _flat(section, with_heading=False))


def pack(section: Section, *, top: bool) -> Iterator[Draft]:
    """The passages of a section in reading order. Under a `top` section no children are joined."""
    packer = _Packer(section.path)
    for group in groups(section.blocks):
        packer.add(group)
    if not section.blocks and not section.children and section.heading:
        yield Draft(section.path[:-1], (_heading_piece(section),))
        return
    run: list[Section] = []
    for child in section.children:
        if not top and _tokens(child) < TINY_TOKENS:
            run.append(child)
            continue
        yield from _pack_run(packer, run)
        run = []
        packer.flush()
        yield from _drain(packer)
        yield from pack(child, top=False)
    yield from _pack_run(packer, run)
    packer.flush()
    yield from _drain(packer)


def _drain(packer: _Packer) -> Iterator[Draft]:
    yield from packer.drafts
    packer.drafts = []


def _pack_run(packer: _Packer, run: Sequence[Section]) -> Iterator[Draft]:
    """Neighbouring tiny sections: joined under the section above, or alone under their own heading."""
    for i, child in enumerate(run):
        group = Group(tuple(_flat(child, with_heading=True)))
        alone = len(run) == 1 and not packer.takes(group)
        last = i == len(run) - 1
        if alone or (last and i and not packer.takes(group)):
            packer.flush()
            yield from _drain(packer)
            yield from pack(child, top=False)
        else:
            packer.add(group)
