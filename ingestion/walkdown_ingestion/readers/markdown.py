"""Markdown to blocks by the tokens of markdown-it-py: headings, paragraphs, lists, tables, front matter, HTML."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from walkdown.documents import BlockKind, ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_line, superscript
from walkdown_ingestion.decoding import decode
from walkdown_ingestion.readers.base import TOO_DEEP, empty, join_wrapped
from walkdown_ingestion.readers.html import append_html
from walkdown_ingestion.readers.markdown_front import cells_beyond, fields_of
from walkdown_ingestion.readers.markdown_notes import has_notes, placed
from walkdown_ingestion.stated_fields import checked_fields

_LINE_END = re.compile(r"\r\n?|\n")
_DEEPEST = 120
"""Levels of lists and quotes that are read, two for each list; the preset drops what stands below 20 without a word."""


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    return parser.use(front_matter_plugin)


_PARSER = _parser()
_WITH_NOTES = _parser().use(footnote_plugin)


class _List(NamedTuple):
    ordered: bool
    depth: int


def inline_text(token: Token) -> str:
    """The text of an inline token without its markup; images give their description, line breaks are kept.

    What is struck through no longer holds and is left out.
    """
    parts: list[str] = []
    raised = False
    struck = 0
    for child in token.children or ():
        struck += child.nesting if child.type in ("s_open", "s_close") else 0
        if struck and child.type != "softbreak":
            continue
        if child.type in ("text", "code_inline"):
            parts.append(superscript(child.content) if raised else child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n" if child.type == "softbreak" else "\n\n")
        elif child.type == "image":
            parts.append(inline_text(child))
        elif child.type == "html_inline":
            tag = child.content.lower()
            raised = tag.startswith("<sup") or (raised and not tag.startswith("</sup"))
            parts.append("\n\n" if tag.startswith("<br") else "")
    return "".join(parts)


def _struck_characters(token: Token) -> int:
    """How many characters of an inline token are struck through."""
    struck = count = 0
    for child in token.children or ():
        struck += child.nesting if child.type in ("s_open", "s_close") else 0
        count += len(child.content) if struck and child.type in ("text", "code_inline") else 0
    return count


def _paragraph_text(token: Token) -> str:
    """Text of a paragraph: hard breaks stay, soft breaks only where the author meant a new line."""
    return "\n".join(join_wrapped(part.split("\n")) for part in inline_text(token).split("\n\n"))


class _Walker:
    """Turns the token stream into blocks."""

    def __init__(self, lines: Sequence[str] = ()) -> None:
        self.builder = BlockBuilder()
        self._lines = lines
        self._line: int | None = None
        self.front: dict[str, str] = {}
        self.told: list[str] = []
        self._lists: list[_List] = []
        self._marker = ""
        self._rows: list[list[str]] = []
        self._header_rows = 0

    def walk(self, tokens: Iterator[Token]) -> None:
        for token in tokens:
            handler = getattr(self, f"_on_{token.type}", None)
            if handler is not None:
                handler(token, tokens)

    def _on_front_matter(self, token: Token, _: Iterator[Token]) -> None:
        self.front, told = checked_fields(front_matter(token.content))
        self.told += told

    def _on_heading_open(self, token: Token, tokens: Iterator[Token]) -> None:
        self.builder.heading(inline_text(next(tokens)), int(token.tag[1:]))

    def _on_paragraph_open(self, _: Token, tokens: Iterator[Token]) -> None:
        self._text(_paragraph_text(next(tokens)))

    def _on_fence(self, token: Token, _: Iterator[Token]) -> None:
        self._text(token.content)

    _on_code_block = _on_fence

    def _on_html_block(self, token: Token, _: Iterator[Token]) -> None:
        self.told += append_html(token.content, self.builder)

    def _text(self, text: str) -> None:
        """A paragraph, or an item when it is the first text of one; later paragraphs of an item continue it."""
        if not self._lists:
            self.builder.paragraph(text)
        elif self._marker:
            self.builder.item(self._marker, text, len(self._lists) - 1)
            self._marker = ""
        else:
            self.builder.continue_item(text, len(self._lists) - 1)

    def _on_bullet_list_open(self, _: Token, __: Iterator[Token]) -> None:
        self._lists.append(_List(ordered=False, depth=len(self._lists)))

    def _on_ordered_list_open(self, _: Token, __: Iterator[Token]) -> None:
        self._lists.append(_List(ordered=True, depth=len(self._lists)))

    def _on_bullet_list_close(self, _: Token, __: Iterator[Token]) -> None:
        self._lists.pop()

    _on_ordered_list_close = _on_bullet_list_close

    def _on_list_item_open(self, token: Token, _: Iterator[Token]) -> None:
        marker = f"{token.info}{token.markup}" if self._lists[-1].ordered else "-"
        # "2021. 5. 3." at the start of a line nests lists without text of their own: keep the outer marker.
        self._marker = f"{self._marker} {marker}".strip()

    def _on_list_item_close(self, _: Token, __: Iterator[Token]) -> None:
        if self._marker:
            self.builder.item(self._marker, "", len(self._lists) - 1)
        self._marker = ""

    def _on_table_open(self, _: Token, __: Iterator[Token]) -> None:
        self._rows, self._header_rows = [], 0

    def _on_tr_open(self, token: Token, _: Iterator[Token]) -> None:
        self._rows.append([])
        self._line = token.map[0] if token.map else None

    def _on_tr_close(self, _: Token, __: Iterator[Token]) -> None:
        """Cells beyond those of the header are no cells to the parser, but they stand there."""
        if self._line is None or len(self._rows) < 2:
            return
        if beyond := cells_beyond(self._lines[self._line], len(self._rows[0])):
            self._rows[-1] += beyond
            self.told.append(f"line {self._line + 1}: a row has more cells than the header of its table")

    def _on_th_open(self, _: Token, tokens: Iterator[Token]) -> None:
        self._header_rows = 1
        self._rows[-1].append(inline_text(next(tokens)))

    def _on_td_open(self, _: Token, tokens: Iterator[Token]) -> None:
        self._rows[-1].append(inline_text(next(tokens)))

    def _on_table_close(self, _: Token, __: Iterator[Token]) -> None:
        self.builder.table(self._rows, self._header_rows)


def front_matter(content: str) -> dict[str, str]:
    """The scalar entries of YAML front matter as text; lists are joined by commas."""
    try:
        data = yaml.safe_load(content)
    except ValueError as error:
        raise DocumentError(
            f"The front matter between the --- lines holds a date that does not exist ({error}).",
            "Correct the date (YYYY-MM-DD) in the front matter, then ingest the file again.",
        ) from error
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        line = f" in line {place.line + 2}" if place is not None else ""
        raise DocumentError(
            f"The front matter between the --- lines is not valid YAML{line}.",
            "Put values that hold a colon, a quote or a leading bracket in quotes.",
        ) from error
    if not isinstance(data, Mapping):
        return {}
    # As written: YAML takes revision 1.10 for 1.1, number 0012 for 10 and 12:30 for 750.
    written = yaml.load(content, Loader=yaml.BaseLoader)  # noqa: S506 - this loader makes nothing but text
    return {
        clean_line(str(key)): clean_line(", ".join(map(str, value)) if isinstance(value, list) else str(value))
        for key, value in written.items()
        if data.get(key, value) is not None and not isinstance(value, Mapping)
    }


def parse_markdown(text: str, *, title: str = "") -> ParsedDocument:
    """Blocks of a Markdown text; the title is the front matter's, else `title`, else the first heading."""
    walker = _Walker(_LINE_END.split(text))
    tokens = _WITH_NOTES.parse(text) if has_notes(text) else _PARSER.parse(text)
    if any(token.level >= _DEEPEST - 2 for token in tokens):
        raise DocumentError(f"Its lists and quotes cannot be read: {TOO_DEEP}.", "Write them less deep.")
    walker.walk(iter(placed(tokens, inline_text) if has_notes(text) else tokens))
    blocks = walker.builder.blocks
    first = next((b.text for b in blocks if b.kind is BlockKind.HEADING), "")
    struck = sum(map(_struck_characters, tokens))
    told = [*walker.told, *([f"{struck} characters that are struck through were left out"] if struck else [])]
    return ParsedDocument(
        title=walker.front.get("title") or title or first,
        blocks=tuple(blocks),
        warnings=tuple(dict.fromkeys(told)),
        metadata={**fields_of(walker.front), **walker.front},
    )


def read(data: bytes, name: str) -> ParsedDocument:
    """Read a Markdown file in any text encoding."""
    decoded = decode(data, name)
    try:
        document = parse_markdown(decoded.text)
    except DocumentError as error:
        raise DocumentError(f"{name}: {error.cause}", error.remedy) from error
    if not document.blocks:
        raise empty(name)
    return document.model_copy(update={"warnings": (*decoded.told, *document.warnings)})
