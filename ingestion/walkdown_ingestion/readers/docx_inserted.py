"""What stands in a Word document as a part of its own: diagrams, pages of other formats, objects of other programs."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.readers.diagrams import DATA, DIAGRAM, diagram_texts
from walkdown_ingestion.readers.docx_xml import FALLBACK, above
from walkdown_ingestion.readers.embedded import told_objects
from walkdown_ingestion.readers.html import append_html, decoded
from walkdown_ingestion.readers.package import parse_xml

CHUNK = qn("w:altChunk")
"""Another file whose text Word takes in when it opens the document."""
_DOCUMENTS = tuple(
    f"application/vnd.{kind}"
    for kind in (
        "openxmlformats-officedocument.wordprocessingml.document",
        "ms-word.document.macroEnabled",
        "ms-word.document.macroEnabled.12",
    )
)
_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_PAGES = ("text/html", "application/xhtml+xml")
_GONE = frozenset({qn("w:del"), qn("w:moveFrom"), FALLBACK})


def _part(document: Document, name: str | None) -> Any:
    relation = document.part.rels.get(name or "")
    return None if relation is None or relation.is_external else relation.target_part


def diagrams_in(element: Any, document: Document, kind: str) -> Iterator[str]:
    """The texts of the diagrams in a paragraph or table; those of text boxes stand in the paragraphs of these."""
    inner = qn("w:txbxContent") if element.tag == qn("w:p") else ""
    for place in element.iter(DIAGRAM):
        if any(e.tag in _GONE or e.tag == inner for e in above(place, element)):
            continue
        if (part := _part(document, place.get(DATA))) is not None:
            yield from diagram_texts(parse_xml(part.blob, str(part.partname), kind))


def append_chunk(chunk: Any, document: Document, builder: BlockBuilder) -> list[str]:
    """Append the text of a file that is taken in; what to tell where it cannot be read."""
    part = _part(document, chunk.get(qn("r:id")))
    kind = part.content_type if part is not None else "missing"
    if kind in _PAGES:
        return append_html(decoded(part.blob, str(part.partname)), builder)
    if kind == "text/plain":
        builder.paragraph(decoded(part.blob, str(part.partname)))
        return []
    if kind in _DOCUMENTS:
        from walkdown_ingestion.readers import docx as word

        inner = word.read(part.blob, str(part.partname))
        builder.blocks.extend(inner.blocks)
        return list(inner.warnings)
    return [f"a part that is taken in from another file ({kind}) was left out; open and save it in Word"]


def objects_told(body: Any) -> list[str]:
    """What to tell of objects of other programs, of which the page shows a picture only."""
    kinds = Counter(found.get("ProgID") or "unknown" for found in body.iter(_OBJECT))
    return told_objects(kinds)
