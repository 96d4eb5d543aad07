"""The Markdown of a source as blocks that the writers of PDF and DOCX lay out: headings, paragraphs, lists, tables."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
_IGNORED = {"paragraph_close", "heading_close", "list_item_close", "bullet_list_close", "hr"}


class Run(NamedTuple):
    """A piece of text in one weight."""

    text: str
    bold: bool = False


Runs = tuple[Run, ...]


class Block(NamedTuple):
    """One block. `level` is that of a heading; `number` that of a numbered item; a table has rows, header first."""

    kind: Literal["heading", "paragraph", "warning", "bullet", "number", "table"]
    runs: Runs = ()
    level: int = 0
    number: int = 0
    rows: tuple[tuple[Runs, ...], ...] = ()


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


def parse(body: str) -> list[Block]:
    """Blocks of a Markdown text in order. Raises UnsupportedMarkdownError for nested lists, images, code and HTML."""
    blocks: list[Block] = []
    kind: Literal["paragraph", "warning", "bullet", "number"] = "paragraph"
    number = 0
    tokens = iter(_PARSER.parse(body))
    for token in tokens:
        if token.level > 4:
            raise UnsupportedMarkdownError("a list inside a list")
        if token.type == "heading_open":
            blocks.append(Block("heading", _runs(next(tokens)), level=int(token.tag[1:])))
        elif token.type == "table_open":
            blocks.append(_table(tokens))
        elif token.type == "inline":
            blocks.append(Block(kind, _runs(token), number=number if kind == "number" else 0))
        elif token.type in ("bullet_list_open", "ordered_list_open", "blockquote_open"):
            kind = {"b": "bullet", "o": "number"}.get(token.type[0], "paragraph")  # type: ignore[assignment]  # literals
            kind = "warning" if token.type == "blockquote_open" else kind
        elif token.type == "list_item_open":
            number = int(token.info or 0)
        elif token.type in ("ordered_list_close", "blockquote_close", "bullet_list_close"):
            kind = "paragraph"
        elif token.type not in _IGNORED and token.type != "paragraph_open":
            raise UnsupportedMarkdownError(token.type)
    return blocks
