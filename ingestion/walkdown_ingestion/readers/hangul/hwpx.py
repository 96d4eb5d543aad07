"""HWPX (OWPML, KS X 6101) to blocks, from its section XML: outline numbers, tables with spans, notes, text boxes."""

from pathlib import PurePath
from typing import Any

from walkdown.documents import ParsedDocument
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_cell
from walkdown_ingestion.readers.base import damaged, empty
from walkdown_ingestion.readers.counting import numbered
from walkdown_ingestion.readers.hangul.equations import equation_text
from walkdown_ingestion.readers.hangul.flow import ChartPart, Para, Part, Placed, TablePart, grid, write
from walkdown_ingestion.readers.hangul.hwpx_header import Char, Head, Header, local, whole
from walkdown_ingestion.readers.hangul.hwpx_parts import art, cells, chart_of, chosen, field, ruby, shifted, title_of
from walkdown_ingestion.readers.package import Package, protected
from walkdown_ingestion.tables import inline_table

KIND = "HWPX"
_SHAPES = frozenset("rect ellipse arc polygon curve line connectLine container drawText textart".split())
_MARGINS = frozenset({"header", "footer"})
_COUNTED = frozenset({"TABLE", "PICTURE", "FIGURE", "EQUATION"})
_NOTES = frozenset({"footNote", "endNote"})
_SPACES = {"tab": "\t", "lineBreak": "\n", "nbSpace": " ", "fwSpace": " ", "hyphen": "-", "titleMark": ""}
_FIELDS = frozenset({"checkBtn", "radioBtn", "edit", "comboBox", "listBox"})


class _Section:
    """Turns one section into parts."""

    def __init__(self, header: Header, package: Package) -> None:
        self._header, self._package = header, package
        self._outline = ""
        self.parts: list[Part] = []
        self.margins: list[str] = []
        self.hidden = self.struck = self.deleted = self.memos = 0
        self._deleting = False
        self._notes: list[str] = []

    def walk(self, element: Any, *, boxed: bool = False) -> None:
        """The paragraphs below an element."""
        for child in element:
            if local(child) == "p":
                self._paragraph(child, boxed=boxed)

    def _paragraph(self, paragraph: Any, *, boxed: bool) -> None:
        outer, self._notes, self._deleting = self._notes, [], False
        weights: dict[Char, int] = {}
        text: list[str] = []
        later: list[Any] = []
        for run in paragraph:
            if local(run) != "run":
                continue
            char = self._header.chars.get(run.get("charPrIDRef", ""), Char())
            for child in run:
                if local(child) == "secPr":
                    self._outline = child.get("outlineShapeIDRef", self._outline)
                found = self._inline(child, later)
                if char.struck:
                    self.struck += len(found.strip())
                    continue
                found = shifted(found, char) if local(child) == "t" else found
                if char.hidden or (char.white and not boxed):
                    self.hidden += len(found.strip())
                    continue
                weights[char] = weights.get(char, 0) + len(found)
                text.append(found)
        # A note stands at the end: its mark often stands between a number and its unit.
        text, self._notes = [*text, *self._notes], outer
        self._emit(paragraph, "".join(text), max(weights, key=weights.__getitem__, default=Char()))
        for element in later:
            self._object(element)

    def _emit(self, paragraph: Any, text: str, char: Char) -> None:
        if not text.strip():
            return
        level, marker, depth = self._number(paragraph)
        self.parts.append(Para(text, level, marker, depth, char.size, char.bold))

    def _number(self, paragraph: Any) -> tuple[int, str, int]:
        """The outline level of a paragraph with text, the number or bullet before it, and its depth."""
        head = self._header.heads.get(paragraph.get("paraPrIDRef", ""), Head())
        level, marker, depth = self._header.outlines.get(paragraph.get("styleIDRef", ""), 0), "", head.level
        if head.kind == "OUTLINE":
            level = head.level + 1
            numbering = self._header.numberings.get(self._outline)
            marker = numbering.next(level) if numbering is not None else ""
        elif head.kind == "NUMBER" and (numbering := self._header.numberings.get(head.number)) is not None:
            marker = numbering.next(head.level + 1)
        elif head.kind == "BULLET":
            marker = self._header.bullets.get(head.number, "-").strip() or "-"
        return level, marker, depth

    def _inline(self, element: Any, later: list[Any]) -> str:
        """The text an element of a run gives; tables and shapes are put off until the paragraph is written."""
        name = local(element)
        if name == "t":
            return self._text(element)
        if name == "switch":
            return "".join(self._inline(child, later) for child in chosen(element))
        if name == "ctrl":
            return "".join(self._control(child) for child in element)
        if name == "tbl" or name in _SHAPES or name in ("pic", "ole", "video", "chart"):
            later.append(element)
        elif name == "equation":
            return equation_text(" ".join(e.text or "" for e in element.iter() if local(e) == "script"))
        elif name == "dutmal":
            return ruby(element)
        elif name == "compose":
            return str(element.get("composeText", ""))
        elif name in _FIELDS:
            return field(element)
        return ""

    def _text(self, element: Any) -> str:
        """Text without what tracked changes delete, which may go on in the next runs of the paragraph."""
        parts = [self._kept(element.text)]
        for child in element:
            name = local(child)
            self._deleting = (self._deleting or name == "deleteBegin") and name != "deleteEnd"
            parts += [self._kept(_SPACES.get(name)), self._kept(child.tail)]
        return "".join(parts)

    def _kept(self, text: str | None) -> str:
        self.deleted += len(text or "") if self._deleting else 0
        return "" if self._deleting else text or ""

    def _control(self, element: Any) -> str:
        name = local(element)
        if name in _MARGINS:
            self.margins.append(self._cell_text(element))
        elif name == "hiddenComment" or (name == "fieldBegin" and element.get("type") == "MEMO"):
            self.memos += 1
        elif name in _NOTES:
            self._notes.append(f" [{self._cell_text(element)}]")
        elif name == "autoNum" and element.get("numType", "") in _COUNTED:
            # The number of a table or figure in its caption.
            return str(element.get("num", ""))
        return ""

    def _cell_text(self, element: Any) -> str:
        """All text below an element in one line; a table in it row by row under its own header."""
        lines = [art(element)] if local(element) == "textart" else []
        for child in element:
            if local(child) == "p":
                lines.append(self._line(child))
            elif local(child) in ("subList", "caption", *_SHAPES):
                lines.append(self._cell_text(child))
        return clean_cell("\n".join(line for line in lines if line.strip()))

    def _line(self, paragraph: Any) -> str:
        """The text of a paragraph in a cell, what is anchored in it behind it."""
        outer, self._notes, self._deleting = self._notes, [], False
        parts: list[str] = []
        later: list[Any] = []
        for run in paragraph:
            char = self._header.chars.get(run.get("charPrIDRef", ""), Char())
            for child in run if local(run) == "run" else ():
                text = self._inline(child, later)
                self.struck += len(text.strip()) if char.struck else 0
                text = shifted(text, char) if local(child) == "t" else text
                parts.append("" if char.struck else text)
        parts, self._notes = [*parts, *self._notes], outer
        if (text := "".join(parts)).strip():
            parts = [numbered(self._number(paragraph)[1], text)]
        for element in later:
            inside = cells(element)
            inner = self._table_part(inside) if len(inside) > 1 else None
            text = inline_table(inner.rows, inner.header) if inner is not None else ""
            parts.append(f"\n{text or self._cell_text(inside[0] if inside else element)}")
        return "".join(parts)

    def _object(self, element: Any) -> None:
        """A table, or a shape with text in it; a table that only draws a box is read as what stands in it."""
        caption = next((e for e in element if local(e) == "caption"), None)
        above = caption is not None and caption.get("side", "TOP") in ("TOP", "LEFT")
        if caption is not None and above:
            self._caption(caption)
        if local(element) == "tbl":
            self._table(element)
        else:
            self._drawn(element)
            for child in element:
                if local(child) in ("drawText", "subList", *_SHAPES):
                    self._shape(child)
        if caption is not None and not above:
            self._caption(caption)

    def _drawn(self, element: Any) -> None:
        """Letters drawn as a shape (글맵시), and the numbers of a chart."""
        if local(element) == "textart":
            self.parts.append(Para(art(element)))
        elif (chart := chart_of(element, self._package)) is not None:
            self.parts.append(ChartPart(chart))

    def _caption(self, caption: Any) -> None:
        self.parts.append(Para(self._cell_text(caption), caption=True))

    def _shape(self, element: Any) -> None:
        if local(element) == "subList":
            self.walk(element, boxed=True)
        elif local(element) == "drawText":
            for child in element:
                self._shape(child)
        else:
            self._object(element)

    def _table(self, table: Any) -> None:
        inside = cells(table)
        if len(inside) == 1:
            for child in inside[0]:
                if local(child) == "subList":
                    self.walk(child, boxed=True)
            return
        self.parts.append(self._table_part(inside))

    def _table_part(self, inside: list[Any]) -> TablePart:
        """The cells of a table as a table."""
        placed = []
        for cell in inside:
            address = next((e for e in cell if local(e) == "cellAddr"), None)
            span = next((e for e in cell if local(e) == "cellSpan"), None)
            row, column = (
                (whole(address.get("rowAddr")), whole(address.get("colAddr"))) if address is not None else (0, 0)
            )
            rows, columns = (
                (whole(span.get("rowSpan"), 1), whole(span.get("colSpan"), 1)) if span is not None else (1, 1)
            )
            placed.append(
                Placed(row, column, max(rows, 1), max(columns, 1), self._cell_text(cell), cell.get("header") == "1")
            )
        return grid(placed)


def _sections(package: Package) -> list[str]:
    """The section parts in the order of their numbers."""
    found = [n for n in package.names() if n.lower().startswith("contents/section") and n.lower().endswith(".xml")]
    return sorted(found, key=lambda n: (len(n), n))


def read(data: bytes, name: str) -> ParsedDocument:
    """Read an HWPX document. Raises DocumentError when it is damaged, encrypted, a bomb or empty."""
    package = Package(data, name, KIND)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise protected(name)
    sections = _sections(package)
    if not sections:
        raise damaged(name, KIND, "it has no section")
    header = Header(package.xml("Contents/header.xml") if "Contents/header.xml" in package else None)
    walker = _Section(header, package)
    for part in sections:
        walker.walk(package.xml(part))
    builder = BlockBuilder()
    write(walker.parts, builder)
    if not builder.blocks:
        # All that is said stands in the header or footer.
        write([Para(text) for text in walker.margins], builder)
    if not builder.blocks:
        raise empty(name)
    title = title_of(package)
    first = next((b.text for b in builder.blocks if b.level and not b.heading_path), "")
    metadata = {"property.title": title, "margins": "\n".join(dict.fromkeys(filter(None, walker.margins)))}
    told = [f"{walker.hidden} characters that no reader of the page can see were left out"] if walker.hidden else []
    told += [f"{walker.struck} characters that are struck through were left out"] if walker.struck else []
    told += [f"{walker.memos} memos were left out"] if walker.memos else []
    told += [f"{walker.deleted} characters that tracked changes delete were left out"] if walker.deleted else []
    return ParsedDocument(
        title=first or title or PurePath(name).stem,
        blocks=tuple(builder.blocks),
        warnings=tuple(told),
        metadata={key: value for key, value in metadata.items() if value},
    )
