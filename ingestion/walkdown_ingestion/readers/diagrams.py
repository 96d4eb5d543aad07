"""SmartArt diagrams of Word, slides and sheets: the texts of their nodes; the frame in the document only names them."""

from typing import Any

from walkdown_ingestion.clean import clean_paragraph

DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def diagram_texts(root: Any) -> list[str]:
    """The texts of a diagram, in the order in which they were written."""
    texts = ("".join(t.text or "" for t in p.iter(f"{_A}t")) for p in root.iter(f"{_A}p"))
    return [text for text in texts if clean_paragraph(text)]
