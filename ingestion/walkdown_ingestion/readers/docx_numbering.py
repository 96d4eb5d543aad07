"""The numbers that Word shows but does not store in the text: computed from numbering.xml while reading in order."""

from collections import defaultdict
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from walkdown_ingestion.readers.counting import format_number
from walkdown_ingestion.readers.docx_xml import FALLBACK, Markers, Styles, above, is_deleted, paragraph_text


class _Level:
    def __init__(self, element: Any) -> None:
        def value(tag: str, default: str) -> str:
            found = element.find(qn(tag))
            return default if found is None else str(found.get(qn("w:val"), default))

        self.start = int(value("w:start", "1"))
        self.format = value("w:numFmt", "decimal")
        self.text = value("w:lvlText", "")


class Numbering:
    """Follows the numbered paragraphs of one document; call `marker` on each paragraph in order."""

    def __init__(self, document: Document, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for abstract in root.iter(qn("w:abstractNum")):
            levels = {int(e.get(qn("w:ilvl"))): _Level(e) for e in abstract.iter(qn("w:lvl"))}
            self._levels[abstract.get(qn("w:abstractNumId"))] = levels
        for number in root.iter(qn("w:num")):
            reference = number.find(qn("w:abstractNumId"))
            if reference is None:
                continue
            number_id = number.get(qn("w:numId"))
            self._abstract[number_id] = reference.get(qn("w:val"))
            for override in number.iter(qn("w:startOverride")):
                level = int(override.getparent().get(qn("w:ilvl")))
                self._counts[number_id][level] = int(override.get(qn("w:val"))) - 1

    def marker(self, paragraph: Any) -> tuple[str, int]:
        """The number or bullet shown before a paragraph ("" when there is none) and its depth from 0."""
        number_id, depth = self._reference(paragraph)
        abstract = self._abstract.get(number_id, "")
        levels = self._levels.get(abstract, {})
        level = levels.get(depth)
        if not number_id or number_id == "0" or level is None:
            return _by_style(self._styles.name(paragraph))
        if level.format == "none":
            return "", depth
        if level.format == "bullet":
            return "-", depth
        # Lists that share an abstract definition go on counting, unless they override the start.
        counts = self._counts[number_id if number_id in self._counts else f"abstract {abstract}"]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        text = level.text or f"%{depth + 1}."
        for i in range(depth + 1):
            upper = levels.get(i)
            if upper is not None:
                shown = format_number(counts.get(i, upper.start), upper.format)
                text = text.replace(f"%{i + 1}", shown)
        return text.strip(), depth

    def _reference(self, paragraph: Any) -> tuple[str, int]:
        """The numbering id and depth of a paragraph: its own, else its style's."""
        for properties in self._styles.properties(paragraph):
            numbering = properties.find(qn("w:numPr"))
            number = numbering.find(qn("w:numId")) if numbering is not None else None
            if number is not None:
                depth = numbering.find(qn("w:ilvl"))
                return str(number.get(qn("w:val"))), int(depth.get(qn("w:val"), "0")) if depth is not None else 0
        return "", 0


def markers(body: Any, numbering: Numbering) -> Markers:
    """The number or bullet of each paragraph and its depth, also of those in tables: they are counted with the others.

    The number is taken even when the paragraph is empty: Word counts it, unless it was deleted.
    """
    found: dict[Any, tuple[str, int]] = {}
    for paragraph in body.iter(qn("w:p")):
        if any(e.tag == FALLBACK for e in above(paragraph, body)):
            continue
        if not is_deleted(paragraph) or paragraph_text(paragraph).strip():
            found[paragraph] = numbering.marker(paragraph)
    return found


def _by_style(name: str) -> tuple[str, int]:
    """A bullet for paragraphs in a list style that carries no numbering of its own."""
    if name.lower().startswith("list bullet"):
        return "-", int(name[-1]) - 1 if name[-1].isdigit() else 0
    return "", 0
