"""The numbers that Word shows but does not store in the text: computed from numbering.xml while reading in order."""

from collections import defaultdict
from typing import Any, NamedTuple

from docx.document import Document
from docx.oxml.ns import qn

from walkdown_ingestion.readers.counting import format_number
from walkdown_ingestion.readers.docx_xml import FALLBACK, Markers, Styles, above, is_deleted, paragraph_text


class _Level(NamedTuple):
    """How one level of a list counts. `restart`: the level whose items begin it anew, 0 for none."""

    start: int
    format: str
    text: str
    style: str
    plain: bool
    restart: int
    width: int

    @classmethod
    def of(cls, element: Any) -> "_Level":
        """The level that an element defines."""

        def value(tag: str, default: str) -> str:
            found = next(element.iter(qn(tag)), None)
            return default if found is None else str(found.get(qn("w:val"), default))

        depth = _whole(element.get(qn("w:ilvl")), 0)
        # A format of its own (`001, 002, ...`) stands beside a plain one for older programs.
        own = next((e.get(qn("w:format"), "") for e in element.iter(qn("w:numFmt")) if e.get(qn("w:format"))), "")
        first = own.split(",")[0].strip()
        return cls(
            start=_whole(value("w:start", "1"), 1),
            format="decimal" if own else value("w:numFmt", "decimal"),
            text=value("w:lvlText", ""),
            style=value("w:pStyle", ""),
            plain=element.find(qn("w:isLgl")) is not None,
            restart=_whole(value("w:lvlRestart", ""), depth),
            width=len(first) if first.isdigit() else 0,
        )

    def shown(self, number: int, *, plain: bool = False) -> str:
        """A number of this level as it is printed; `plain` in figures whatever its format."""
        return format_number(number, "decimal" if plain else self.format).zfill(self.width)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 7 else default


def _levels(element: Any) -> dict[int, _Level]:
    return {_whole(e.get(qn("w:ilvl")), 0): _Level.of(e) for e in element.iter(qn("w:lvl"))}


class Numbering:
    """Follows the numbered paragraphs of one document; call `marker` on each paragraph in order."""

    def __init__(self, document: Document, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._own: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._starts: dict[str, dict[int, int]] = defaultdict(dict)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        linked: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for abstract in root.iter(qn("w:abstractNum")):
            own = str(abstract.get(qn("w:abstractNumId")))
            self._levels[own] = _levels(abstract)
            for tag, held in (("w:numStyleLink", linked), ("w:styleLink", by_style)):
                if (found := abstract.find(qn(tag))) is not None:
                    name = str(found.get(qn("w:val")))
                    held.update({own: name} if held is linked else {name: own})
        for number in root.iter(qn("w:num")):
            reference = number.find(qn("w:abstractNumId"))
            if reference is None:
                continue
            number_id, abstract_id = number.get(qn("w:numId")), str(reference.get(qn("w:val")))
            # A list may rest on the list style that another one defines.
            self._abstract[number_id] = by_style.get(linked.get(abstract_id, ""), abstract_id)
            self._own[number_id] = _levels(number)
            for override in number.iter(qn("w:startOverride")):
                level = _whole(override.getparent().get(qn("w:ilvl")), 0)
                self._starts[number_id][level] = _whole(override.get(qn("w:val")), 1)

    def marker(self, paragraph: Any) -> tuple[str, int]:
        """The number or bullet shown before a paragraph ("" when there is none) and its depth from 0."""
        number_id, depth = self._reference(paragraph)
        abstract = self._abstract.get(number_id, "")
        levels = {**self._levels.get(abstract, {}), **self._own.get(number_id, {})}
        level = levels.get(depth)
        if not number_id or number_id == "0" or level is None:
            return _by_style(self._styles.name(paragraph))
        if level.format == "none":
            return "", depth
        if level.format == "bullet":
            return "-", depth
        # Lists that share an abstract definition go on counting; one that overrides the start does so once.
        counts = self._counts[abstract]
        if (start := self._starts[number_id].pop(depth, None)) is not None:
            counts[depth] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth and (d not in levels or depth < levels[d].restart)]:
            del counts[deeper]
        text = level.text or f"%{depth + 1}."
        for i in range(depth + 1):
            upper = levels.get(i)
            if upper is not None:
                text = text.replace(f"%{i + 1}", upper.shown(counts.get(i, upper.start), plain=level.plain))
        return text.strip(), depth

    def _reference(self, paragraph: Any) -> tuple[str, int]:
        """The numbering id and depth of a paragraph: its own, else its style's."""
        for properties in self._styles.properties(paragraph):
            numbering = properties.find(qn("w:numPr"))
            number = numbering.find(qn("w:numId")) if numbering is not None else None
            if number is not None:
                depth, number_id = numbering.find(qn("w:ilvl")), str(number.get(qn("w:val")))
                told = depth.get(qn("w:val"), "0") if depth is not None else None
                return number_id, self._depth_of(paragraph, number_id) if told is None else _whole(told, 0)
        return "", 0

    def _depth_of(self, paragraph: Any, number_id: str) -> int:
        """The level that a style of the paragraph is linked to, 0 where none is."""
        levels = self._levels.get(self._abstract.get(number_id, ""), {})
        names = {style.style_id for style in self._styles.chain(paragraph)}
        return next((depth for depth, level in levels.items() if level.style in names), 0)


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
