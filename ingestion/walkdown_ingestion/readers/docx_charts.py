"""The charts that stand in the paragraphs of a Word document; their numbers are in parts of their own."""

from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from walkdown_ingestion.readers.charts import CHART
from walkdown_ingestion.readers.docx_xml import FALLBACK, above
from walkdown_ingestion.readers.package import parse_xml

_PART = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_GONE = frozenset({qn("w:del"), qn("w:moveFrom"), FALLBACK})


def charts_in(element: Any) -> list[Any]:
    """Where charts stand in a paragraph or a table; those of text boxes stand in the paragraphs of these."""
    inner = qn("w:txbxContent") if element.tag == qn("w:p") else ""
    return [
        chart
        for chart in element.iter(CHART)
        if not any(e.tag in _GONE or e.tag == inner for e in above(chart, element))
    ]


def chart_of(place: Any, document: Document, kind: str) -> Any:
    """The chart that is shown at a place, None where its part is missing. Raises DocumentError when it is faulty."""
    relation = document.part.rels.get(place.get(_PART))
    if relation is None or relation.is_external:
        return None
    return parse_xml(relation.target_part.blob, str(relation.target_part.partname), kind)
