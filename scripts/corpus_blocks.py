"""The Markdown of a source as blocks that the writers lay out: headings, paragraphs, lists, tables, figures."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from walkdown.packs.figures import Figure, read_figure

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
_IGNORED = {"paragraph_open", "paragraph_close", "heading_close", "list_item_close", "hr"}
_Inline = Literal["paragraph", "warning", "bullet", "number"]
_OPENED: dict[str, _Inline] = {
    "bullet_list_open": "bullet",
    "ordered_list_open": "number",
    "blockquote_open": "warning",
    "bullet_list_close": "paragraph",
    "ordered_list_close": "paragraph",
    "blockquote_close": "paragraph",
}
"""What the text after a token is."""


class Run(NamedTuple):
    """A piece of text in one weight."""

    text: str
    bold: bool = False


Runs = tuple[Run, ...]


class Block(NamedTuple):
    """One block. `level` is that of a heading; `number` that of a numbered item; a table has rows, header first."""

    kind: Literal["heading", "paragraph", "warning", "bullet", "number", "table", "figure"]
    runs: Runs = ()
    level: int = 0
    number: int = 0
    rows: tuple[tuple[Runs, ...], ...] = ()
    figure: Figure | None = None


class Section(NamedTuple):
    """A heading and the blocks under it; the blocks before the first heading have the heading ""."""

    heading: str
    blocks: tuple[Block, ...]


class UnsupportedMarkdownError(Exception):
    """A source uses Markdown that the writers do not lay out."""


def plain(runs: Runs) -> str:
    """The text of runs without weight."""
    return "".join(run.text for run in runs)


def _runs(token: Token) -> Runs:
    runs: list[Run] = []
    bold = False
    for child in token.children or ():
        if child.type in ("strong_open", "strong_close"):
            bold = child.type == "strong_open"
        elif child.type in ("text", "code_inline"):
            runs.append(Run(child.content, bold))
        elif child.type == "softbreak":
            runs.append(Run(" ", bold))
        else:
            raise UnsupportedMarkdownError(f"{child.type} in {token.content[:60]!r}")
    return tuple(runs)


def _table(tokens: Iterator[Token]) -> Block:
    rows: list[list[Runs]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_runs(token))
    return Block("table", rows=tuple(map(tuple, rows)))


def table_rows(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[Runs, ...], ...]:
    """Rows of plain text as rows of runs."""
    return tuple(tuple((Run(cell),) for cell in row) for row in rows)


def sections(blocks: list[Block], level: int) -> list[Section]:
    """Blocks cut before every heading of `level` or higher (a smaller number)."""
    found: list[tuple[str, list[Block]]] = [("", [])]
    for block in blocks:
        if block.kind == "heading" and block.level <= level:
            found.append((plain(block.runs), []))
        else:
            found[-1][1].append(block)
    return [Section(heading, tuple(content)) for heading, content in found if heading or content]


def _figure(token: Token) -> Block:
    figure = read_figure(token.content, "", []) if token.info.strip() == "figure" else None
    if figure is None:
        raise UnsupportedMarkdownError(f"a fenced block {token.info.strip()!r}")
    return Block("figure", figure=figure)


def parse(body: str) -> list[Block]:
    """Blocks of a Markdown text in order. Raises UnsupportedMarkdownError for nested lists, images, code and HTML."""
    blocks: list[Block] = []
    kind: _Inline = "paragraph"
    number = 0
    tokens = iter(_PARSER.parse(body))
    for token in tokens:
        if token.level > 4:
            raise UnsupportedMarkdownError("a list inside a list")
        if token.type == "heading_open":
            blocks.append(Block("heading", _runs(next(tokens)), level=int(token.tag[1:])))
        elif token.type == "table_open":
            blocks.append(_table(tokens))
        elif token.type == "fence":
            blocks.append(_figure(token))
        elif token.type == "inline":
            blocks.append(Block(kind, _runs(token), number=number if kind == "number" else 0))
        elif token.type in _OPENED:
            kind = _OPENED[token.type]
        elif token.type == "list_item_open":
            number = int(token.info or 0)
        elif token.type not in _IGNORED:
            raise UnsupportedMarkdownError(token.type)
    return blocks
