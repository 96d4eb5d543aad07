"""Word documents to blocks by python-docx: headings by style, numbering, tables with merged cells expanded."""

import io
import re
from itertools import islice
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from walkdown.documents import BlockKind, ParsedDocument
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.readers.base import damaged, empty
from walkdown_ingestion.readers.charts import append_chart
from walkdown_ingestion.readers.docx_charts import chart_of, charts_in
from walkdown_ingestion.readers.docx_equations import write_equations
from walkdown_ingestion.readers.docx_inserted import CHUNK, append_chunk, diagrams_in, objects_told
from walkdown_ingestion.readers.docx_notes import comment_count, write_notes
from walkdown_ingestion.readers.docx_numbering import Numbering, markers
from walkdown_ingestion.readers.docx_runs import apply_character_styles
from walkdown_ingestion.readers.docx_sections import ends_section, later_headers, margin_lines
from walkdown_ingestion.readers.docx_tables import Cut, joined, lays_out, passed_over
from walkdown_ingestion.readers.docx_tables import opened as opened_table
from walkdown_ingestion.readers.docx_tabs import may_be_row, tabbed_rows
from walkdown_ingestion.readers.docx_xml import (
    Styles,
    body_parts,
    box_parts,
    deleted_characters,
    follows,
    is_deleted,
    paragraph_text,
    struck_characters,
    unseen_characters,
)
from walkdown_ingestion.readers.strict import opened

KIND = "a Word document"
_CAPTION_STYLE = re.compile(r"caption|캡션|题注|図表番号", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"title|제목|标题|表題", re.IGNORECASE)
_REPORTED = 12
_MAX_SECTIONS = 20
_PROPERTIES = ("title", "subject", "author", "keywords", "category", "comments")


class _Builder:
    """Turns the parts of one document into blocks, in order."""

    def __init__(self, document: Document) -> None:
        self.blocks = BlockBuilder()
        self._styles = Styles(document)
        self._markers = markers(document.element.body, Numbering(document, self._styles))
        self._below_title = 0
        self._cut: Cut | None = None
        self._held: list[Any] = []
        self._tables: list[Any] = []
        self._ahead = ""
        self._tabbed: list[str] = []
        self._document = document
        self.told: list[str] = []

    def add(self, element: Any) -> None:
        """A paragraph or a table. A table is kept back until it is known that no other one goes on with it."""
        if element.tag == CHUNK:
            self.end()
            self.told += append_chunk(element, self._document, self.blocks)
        elif element.tag != qn("w:p"):
            self.table(element)
        elif self._cut is None:
            self.paragraph(element)
        elif not charts_in(element) and (cut := passed_over(self._cut, element, paragraph_text(element))) is not None:
            self._cut = cut
            self._held.append(element)
        else:
            self.end()
            self.paragraph(element)

    def end(self) -> None:
        """Write what was kept back: lines with tabs, a table, then the paragraphs behind it that are of none."""
        self._end_tabbed()
        if self._cut is not None:
            self.blocks.table(self._cut.rows, self._cut.header)
            for table in self._tables:
                self._charts(table)
        held, self._cut, self._held, self._tables = self._held, None, [], []
        for element in held:
            self.paragraph(element)
        self._end_tabbed()

    def _end_tabbed(self) -> None:
        lines, self._tabbed = self._tabbed, []
        if (rows := tabbed_rows(lines)) is not None:
            self.blocks.table(rows, 1)
            return
        for line in lines:
            self.blocks.paragraph(line)

    def paragraph(self, element: Any) -> None:
        """A paragraph, and the charts that stand in it."""
        self._text(element)
        self._charts(element)

    def _charts(self, element: Any) -> None:
        for chart in charts_in(element):
            self._end_tabbed()
            if (root := chart_of(chart, self._document, KIND)) is not None:
                append_chart(root, self.blocks)
        for text in diagrams_in(element, self._document, KIND):
            self._end_tabbed()
            self.blocks.item("-", text)

    def _text(self, element: Any) -> None:
        text = self._ahead + paragraph_text(element)
        self._ahead = ""
        marker, depth = self._markers.get(element, ("", 0))
        if not text.strip():
            return
        if is_deleted(element) and follows(element):
            # Its end was deleted under tracked changes: the next paragraph goes on with it.
            self._ahead = text
            return
        style = self._styles.name(element)
        level = self._styles.heading_level(element)
        if not (level or marker or _CAPTION_STYLE.search(style) or _TITLE_STYLE.fullmatch(style)) and may_be_row(text):
            self._tabbed.append(text)
            return
        self._end_tabbed()
        if _TITLE_STYLE.fullmatch(style) and not any(b.kind is BlockKind.HEADING for b in self.blocks.blocks):
            # The headings proper stand below the title.
            self.blocks.heading(text, 1)
            self._below_title = 1
            return
        if level:
            self.blocks.heading(f"{marker} {text}" if marker not in ("", "-") else text, level + self._below_title)
        elif _CAPTION_STYLE.search(style):
            self.blocks.caption(text)
        elif marker:
            self.blocks.item(marker, text, depth)
        else:
            self.blocks.paragraph(text)

    def table(self, element: Any) -> None:
        """A table, or what only draws a box around a warning or sets other tables side by side."""
        cut = joined(self._cut, element, self._markers) if self._cut is not None else None
        if cut is not None:
            self._cut, self._held = cut, []
            self._tables.append(element)
            return
        self.end()
        cut = opened_table(element, self._markers)
        if len({cell for row in cut.rows for cell in row if cell}) > 1 and not lays_out(element):
            self._cut, self._tables = cut, [element]
            return
        for part in box_parts(element):
            self.add(part)
        self.end()


def _properties(document: Document) -> dict[str, str]:
    """Core properties as `property.*`; Word's own `revision` counts saves and says nothing, so it is left out."""
    core = document.core_properties
    found = {f"property.{key}": clean_line(str(getattr(core, key) or "")) for key in _PROPERTIES}
    # python-docx writes this comment into every file it makes.
    return {key: value for key, value in found.items() if value and value != "generated by python-docx"}


def _margins(document: Document) -> str:
    """Text of headers and footers, where document number and revision often stand: a cover sheet has none of them."""
    lines: list[str] = []
    for section in islice(document.sections, _MAX_SECTIONS):
        for part in (section.first_page_header, section.header, section.first_page_footer, section.footer):
            lines += margin_lines(part)
    return "\n".join(dict.fromkeys(lines))


def read(data: bytes, name: str) -> ParsedDocument:
    """Read a Word document. Raises DocumentError when it is damaged, protected, a bomb or empty."""
    data, _ = opened(data, name, KIND)
    try:
        document = docx.Document(io.BytesIO(data))
        apply_character_styles(document)
        write_equations(document.element.body)
        write_notes(document, KIND)
        comments = comment_count(document)
        builder = _Builder(document)
        later = later_headers(document, _MAX_SECTIONS)
        for part in body_parts(document.element.body):
            builder.add(part)
            if ends_section(part) and (own := next(later, [])):
                builder.end()
                builder.blocks.paragraph("\n".join(own))
        builder.end()
        metadata = {**_properties(document), "margins": _margins(document)}
        hidden, struck = unseen_characters(document.element.body), struck_characters(document.element.body)
        deleted = deleted_characters(document.element.body)
        around = [*builder.told, *objects_told(document.element.body)]
    except Exception as error:
        raise damaged(name, KIND, error) from error
    blocks = builder.blocks.blocks
    if not blocks:
        raise empty(name)
    told = [f"{hidden} characters that no reader of the page can see were left out"] if hidden >= _REPORTED else []
    told += [f"{struck} characters that are struck through were left out"] if struck else []
    told += [f"{deleted} characters that tracked changes delete were left out"] if deleted else []
    told += [f"{comments} comments in the margin were left out"] if comments else []
    told += around
    heading = next((b.text for b in blocks if b.kind is BlockKind.HEADING and b.level == 1), "")
    return ParsedDocument(
        title=heading or metadata.get("property.title", ""),
        blocks=tuple(blocks),
        warnings=tuple(told),
        metadata={key: value for key, value in metadata.items() if value},
    )
