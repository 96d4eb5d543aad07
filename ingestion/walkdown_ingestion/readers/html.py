"""HTML to blocks by lxml: what a browser would show, without scripts and hidden parts; tables with spans expanded."""

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree, html

from walkdown.documents import BlockKind, ParsedDocument
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.decoding import Decoded, decode, decode_as
from walkdown_ingestion.readers.base import damaged, empty
from walkdown_ingestion.readers.html_boxes import show_boxes
from walkdown_ingestion.readers.html_fields import CHECKED, FIELDS, UNCHECKED, field_text, shifted
from walkdown_ingestion.readers.html_frames import open_frames
from walkdown_ingestion.readers.html_hidden import Visibility
from walkdown_ingestion.readers.html_lists import first_number, marker, number_in, step, tell_numerals
from walkdown_ingestion.readers.html_source import plain_source
from walkdown_ingestion.readers.html_tables import Grid, is_layout, table_grid

_HIDDEN_REPORTED = 12
_SAYS_NOTHING = ("", CHECKED, UNCHECKED)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul"
    " caption".split()
)
_CHARSET = re.compile(
    rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w-]+)""", re.IGNORECASE
)
_TOO_DEEP = "Excessive depth"


class _Walker:
    """Collects inline text until a block begins or ends, then writes it as the kind the open elements say."""

    def __init__(self, builder: BlockBuilder) -> None:
        self.builder = builder
        self._text: list[str] = []
        self._counters: list[int | None] = []
        self._marker = ""
        self._heading = 0
        self._caption = False
        self._is_term = False
        self._terms: list[str] = []
        self._described: list[str] = []
        self._is_further = False

    def flush(self) -> None:
        text = "\n".join(clean_line(line) for line in "".join(self._text).split("\0"))
        self._text = []
        if text.strip() in _SAYS_NOTHING:
            return
        if self._is_term:
            self._described = []
            self._terms.append(text.strip().rstrip(":："))
            return
        text = self._with_terms(text)
        if self._heading:
            numbered = bool(self._counters) and any(map(str.isalnum, self._marker))
            self.builder.heading(f"{self._marker} {text}" if numbered else text, self._heading)
            self._marker = "" if numbered else self._marker
        elif self._caption:
            self.builder.caption(text)
        elif self._counters and self._marker:
            self.builder.item(self._marker, text, len(self._counters) - 1)
            self._marker = ""
        elif self._counters:
            self.builder.continue_item(text, len(self._counters) - 1)
        else:
            self.builder.paragraph(text)

    def _with_terms(self, text: str) -> str:
        """A text behind the terms that it describes; they are written before what is no plain text."""
        if self._is_further and not self._terms:
            # The term that was described before has another description: each is read by itself.
            self._terms = self._described
        self._is_further = False
        self._described = self._terms or self._described
        terms, self._terms = ", ".join(self._terms), []
        if terms and text and not (self._heading or self._caption or self._counters):
            return f"{terms}: {text}"
        self.builder.paragraph(terms)
        return text

    def end_terms(self) -> None:
        """Write terms that no text describes."""
        self.flush()
        self._described, self._is_further = [], False
        self._with_terms("")

    def start(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in _BLOCKS:
            self.flush()
        if tag == "dl":
            self.end_terms()
        self._is_term = self._is_term or tag == "dt"
        self._is_further = tag == "dd" or self._is_further
        if tag in ("ol", "ul"):
            self._counters.append(first_number(element) if tag == "ol" else None)
        elif tag == "li":
            self._marker = self._next_marker(element)
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._heading = int(tag[1])
        elif tag in ("figcaption", "caption"):
            self._caption = True
        elif tag == "br":
            self._text.append("\0")
        elif tag == "img":
            self._text.append(f" {element.get('alt') or ''} ")
        self._add(element.text, element)

    def end(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in _BLOCKS:
            self.flush()
        if tag in ("dt", "dl"):
            self._is_term = False
        if tag == "dl":
            self.end_terms()
        if tag in ("ol", "ul"):
            self._counters.pop()
        elif tag == "li":
            self._marker = ""
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._heading = 0
        elif tag in ("figcaption", "caption"):
            self._caption = False

    def field(self, element: etree._Element) -> None:
        """What a field of a form shows."""
        self._text.append(field_text(element))

    def tail(self, element: etree._Element) -> None:
        self._add(element.tail, element.getparent())

    def _add(self, text: str | None, inside: etree._Element | None) -> None:
        if text:
            text = shifted(text, inside) if inside is not None else text
            pre = inside is not None and any(e.tag == "pre" for e in (inside, *inside.iterancestors()))
            self._text.append(text.replace("\n", "\0") if pre else text)

    def _next_marker(self, element: etree._Element) -> str:
        listed = next(element.iterancestors("ol"), None)
        if listed is None or not self._counters or self._counters[-1] is None:
            return "-"
        number = number_in(element.get("value"), self._counters[-1])
        self._counters[-1] = number + step(listed)
        return marker(listed, number)


def _events(root: etree._Element, seen: Visibility) -> Iterator[tuple[str, etree._Element]]:
    """Start and end of visible elements; data tables come as one event, hidden ones only with their tail."""
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event in ("comment", "pi"):
            yield "tail", element
        elif event == "start" and seen.is_hidden(element):
            seen.count(element)
            walker.skip_subtree()
            yield "hidden", element
        elif event == "start" and element.tag == "table" and not is_layout(element):
            walker.skip_subtree()
            yield "table", element
        elif event == "start" and element.tag in FIELDS:
            walker.skip_subtree()
            yield "field", element
        else:
            yield event, element


def walk_page(root: etree._Element, builder: BlockBuilder) -> list[str]:
    """Append the blocks of a page; what to tell of characters that were left out."""
    open_frames(root)
    show_boxes(root)
    tell_numerals(root)
    seen = Visibility(root)
    walker = _Walker(builder)
    whole: set[etree._Element] = set()
    for event, element in _events(root, seen):
        if event == "start":
            walker.start(element)
        elif event == "table":
            walker.end_terms()
            whole.add(element)
            _append_table(table_grid(element, seen.leave_out_struck), builder)
        elif event == "field":
            whole.add(element)
            walker.field(element)
        elif event == "hidden":
            whole.add(element)
        elif event == "tail":
            walker.tail(element)
        elif event == "end":
            if element not in whole:
                walker.end(element)
            if element is not root:
                walker.tail(element)
    walker.end_terms()
    told = [f"{seen.left_out} characters that no reader of the page can see were left out"]
    struck = [f"{seen.struck} characters that are struck through were left out"] if seen.struck else []
    return (told if seen.left_out >= _HIDDEN_REPORTED else []) + struck


def _append_table(grid: Grid, builder: BlockBuilder) -> None:
    if grid.caption:
        builder.caption(grid.caption)
    # Rows of names that follow each other belong to one table.
    cuts = [at for at in grid.again if at - 1 not in grid.again]
    for begin, end in pairwise((0, *cuts, len(grid.rows))):
        height = next((n for n in range(end - begin) if begin + n not in grid.again), 0)
        builder.table(grid.rows[begin:end], height if begin else grid.header_rows)


def append_html(fragment: str, builder: BlockBuilder) -> list[str]:
    """Append the blocks of an HTML fragment, as it stands inside a Markdown text; what to tell of what was left out."""
    parser = html.HTMLParser(huge_tree=True)
    root = html.fragment_fromstring(fragment, create_parent="div", parser=parser) if fragment.strip() else None
    return walk_page(root, builder) if root is not None else []


def decoded(data: bytes, name: str) -> str:
    """The text of a page in the encoding it declares, else in the one it seems to be in."""
    return _decoded(data, name).text


def _decoded(data: bytes, name: str) -> Decoded:
    declared = _CHARSET.search(data[:4096])
    if declared:
        return decode_as(data, name, (declared[1] or declared[2]).decode("ascii", "replace"))
    return decode(data, name)


def page_of(text: str, name: str) -> etree._Element:
    """The root element of a page. Raises DocumentError when it is damaged or holds nothing."""
    if not text.strip():
        raise empty(name)
    # The plain parser drops all that stands more than 256 deep, and says so only here; this one goes to 2,048.
    parser = html.HTMLParser(huge_tree=True)
    try:
        root = html.document_fromstring(plain_source(text), parser=parser)
        if any(_TOO_DEEP in entry.message for entry in parser.error_log):
            raise ValueError(_TOO_DEEP)
        return root
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name, "HTML", error) from error


def read(data: bytes, name: str) -> ParsedDocument:
    """Read an HTML page. The title is its first heading, else the <title>."""
    text, _, faults = _decoded(data, name)
    root = page_of(text, name)
    builder = BlockBuilder()
    warnings = (*faults, *walk_page(root, builder))
    if not builder.blocks:
        raise empty(name)
    title = clean_line(root.findtext(".//title") or "")
    heading = next((b.text for b in builder.blocks if b.kind is BlockKind.HEADING and b.level == 1), "")
    metadata = {
        clean_line(meta.get("name")): clean_line(meta.get("content"))
        for meta in root.iter("meta")
        if meta.get("name") and meta.get("content") and meta.get("name") not in ("viewport", "robots", "generator")
    }
    return ParsedDocument(title=heading or title, blocks=tuple(builder.blocks), warnings=warnings, metadata=metadata)
