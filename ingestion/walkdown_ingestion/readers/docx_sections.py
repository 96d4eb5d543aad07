"""Sections of a Word document: what the head of the pages says from one of them on, such as the unit it is about."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.label_dates import find_date
from walkdown_ingestion.label_revisions import find_revision
from walkdown_ingestion.labels import find_number
from walkdown_ingestion.readers.docx_xml import body_parts, paragraph_text, table_rows

_PAGE = re.compile(r"[-–—\s]*(?:page|쪽|페이지|p\.)?\s*\d*\s*(?:(?:of|/)\s*\d*)?[-–—\s]*", re.IGNORECASE)


def margin_lines(part: Any) -> list[str]:
    """The lines of a header or footer, each row of a table in one."""
    lines: list[str] = []
    for element in body_parts(part.part.element):
        if element.tag == qn("w:tbl"):
            lines += [" | ".join(dict.fromkeys(row)) for row in table_rows(element, {})[0]]
        else:
            # A revision is often a field (`DOCPROPERTY Revision`), which is no plain run.
            # A watermark (`SUPERSEDED`) is anchored in one of them and no part of its line.
            lines += paragraph_text(element).split("\n")
    return [clean_line(line) for line in lines if line.strip()]


def ends_section(element: Any) -> bool:
    """True for the last paragraph of a section."""
    return element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None


def later_headers(document: Document, most: int) -> Iterator[list[str]]:
    """For each section but the first, the lines at the head of its pages that no section before it had.

    Numbers of pages are left out, and the number, revision and day of a document, which belong to its margins.
    """
    known: set[str] = set()
    for n, section in enumerate(islice(document.sections, most)):
        parts = () if n and section.header.is_linked_to_previous else (section.first_page_header, section.header)
        lines = [line for part in parts for line in margin_lines(part)]
        new = [line for line in dict.fromkeys(lines) if line not in known and not _PAGE.fullmatch(line)]
        known.update(lines)
        if n:
            yield [line for line in new if not (find_number(line) or find_revision(line) or find_date(line))]
