"""Footnotes and endnotes of a Word document, which stand in parts of their own: written where they are called.

A limit whose footnote is lost ("85 °C¹", and below "only up to 30 barg") is a wrong limit.
"""

from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.readers.docx_xml import above, paragraph_text
from walkdown_ingestion.readers.package import parse_xml

_GONE = (qn("w:del"), qn("w:moveFrom"))
_KINDS = ("footnote", "endnote")
_MARKS = ("separator", "continuationSeparator", "continuationNotice")


def write_notes(document: Document, kind: str) -> None:
    """Put the text of each note in brackets at the end of the paragraph that calls it.

    Not behind its mark, which often stands between a number and its unit. A note called by deleted text goes with it.
    """
    for one in _KINDS:
        notes = _notes(document, one, kind)
        for reference in list(document.element.body.iter(qn(f"w:{one}Reference"))) if notes else ():
            text = notes.get(reference.get(qn("w:id"), ""), "")
            over = list(above(reference, document.element.body))
            paragraph = next((e for e in over if e.tag == qn("w:p")), None)
            if text and paragraph is not None and not any(e.tag in _GONE for e in over):
                run: Any = OxmlElement("w:r")
                run.append(OxmlElement("w:t"))
                run[0].text = f" [{text}]"
                paragraph.append(run)


def _notes(document: Document, name: str, kind: str) -> dict[str, str]:
    """The texts of the notes of one kind by their ids."""
    found: dict[str, str] = {}
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(f"/{name}s"):
            continue
        part = relation.target_part
        for note in parse_xml(part.blob, str(part.partname), kind).iter(qn(f"w:{name}")):
            if note.get(qn("w:type")) not in _MARKS:
                text = " ".join(paragraph_text(p) for p in note.iter(qn("w:p")))
                found[note.get(qn("w:id"), "")] = clean_line(text)
    return found


def comment_count(document: Document) -> int:
    """How many comments of reviewers stand in the margin."""
    return sum(1 for _ in document.element.body.iter(qn("w:commentReference")))
