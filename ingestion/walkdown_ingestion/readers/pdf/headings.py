"""Which elements are headings, and at which level: by number, by size and weight against the body text."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from walkdown_ingestion.readers.pdf.page import Page
from walkdown_ingestion.readers.pdf.ruled import Grid
from walkdown_ingestion.readers.pdf.text import Element

Style = tuple[float, bool]

_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?")
_CHAPTER = re.compile(
    r"제\s?\d+\s?([편장절조])|(?:chapter|section|part|annex|appendix|article|부록|별표|별지)\s*[\dIVXA-Z]",
    re.IGNORECASE,
)
_KOREAN = {"편": 1, "장": 1, "절": 2, "조": 3}
_SIGNAL = re.compile(
    r"(?:warning|caution|danger|note|notice|important|경고|주의|위험|참고|비고"
    r"|version|rev(?:ision)?|page|date|issue date|print(?:ing)? date|개정|시행일)\b",
    re.IGNORECASE,
)
_END = re.compile(r"[.,;!?。]$|(?:(?<!바)(?<!소)다|(?<![개수소필중주])요|십시오|시오)$")
_LEGEND = re.compile(r"\S\s*=\s*\S.*[,;/]\s*\S{1,8}\s*=\s*\S")
"""What signs stand for: `C = close, O = open`."""
_MARKS = re.compile(r"[\s⁰¹²³⁴-⁹⁽⁾]+$|\s*\[[^\]]{1,4}\]$")
"""Marks of notes behind the end of a sentence."""
_NOMINAL = re.compile(r"(?:것|함|음)$")
"""How Korean steps end that are no sentences, and headings just as well: `유압 낮음`, `조치 없음`, `알아 둘 것`."""
_MAX_CHARS, _NUMBERED_CHARS, _MAX_LINES = 140, 60, 3
_LARGER, _MUCH_LARGER = 1.12, 1.5
_ALL_BOLD = 0.85
_LETTERED = re.compile(r"[IVX]{1,4}\.|[A-Z]\.|[가-하]\.")
_LABEL_VALUE = re.compile(r"[:：]\s*\S")


def body_style(pages: Iterable[Page]) -> Style:
    """Size of most characters, and whether nearly all of them are bold.

    A line that begins in bold counts as bold as a whole, so a document with bold labels looks bolder than it is.
    """
    sizes: Counter[float] = Counter()
    bold = 0
    for segment in (s for page in pages for s in page.segments):
        length = sum(len(word.text) for word in segment.words)
        sizes[round(segment.size * 2) / 2] += length
        bold += length * segment.bold
    return (sizes.most_common(1)[0][0], bold > _ALL_BOLD * sum(sizes.values())) if sizes else (10.0, False)


def _style(element: Element) -> Style:
    return round(element.size * 2) / 2, element.bold


def depth_of(element: Element) -> int:
    """Depth of the clause number an element begins with: 1 for `3.`, 2 for `3.1`; 0 without."""
    if element.marker and (match := _DECIMAL.fullmatch(element.marker)) is not None:
        return match[1].count(".") + 1
    if (match := _CHAPTER.match(f"{element.marker} {element.text}".strip())) is not None:
        return _KOREAN.get(match[1] or "", 1)
    return 0


def _may_be_heading(element: Element, body: Style, following: Element | Grid | None) -> bool:
    """False for what no heading looks like: sentences, labels with values, long texts, captions, odd list markers."""
    text = _MARKS.sub("", element.text)
    if not re.search(r"[^\W\d_]{2}", text) or element.kind == "caption" or "\n" in text:
        return False
    if len(text) > _MAX_CHARS or len(element.lines) > _MAX_LINES or _SIGNAL.match(text):
        return False
    if _END.search(text) and not (element.size >= _MUCH_LARGER * body[0] and len(text) < _NUMBERED_CHARS):
        return False
    if _LEGEND.search(text):
        return False
    if _NOMINAL.search(text) and element.size < _LARGER * body[0]:
        return False
    if element.marker and not depth_of(element) and not _LETTERED.fullmatch(element.marker):
        return False
    # What goes on in small letters is the beginning of a sentence.
    return not (isinstance(following, Element) and following.text[:1].islower() and not following.marker)


def _is_heading(element: Element, body: Style, following: Element | Grid | None) -> bool:
    if not _may_be_heading(element, body, following):
        return False
    size, bold = body
    if element.size >= _LARGER * size:
        return True
    if element.size < 0.95 * size:
        return False
    # A line that begins in bold and runs to the edge is the beginning of a paragraph.
    weighs = element.bold and not bold and not _LABEL_VALUE.search(element.text)
    return (weighs and (element.alone or not element.full)) or _is_numbered_heading(element, following)


def _is_numbered_heading(element: Element, following: Element | Grid | None) -> bool:
    """True for a short numbered line in the body's own style that is not one of a list."""
    text, depth = element.text, depth_of(element)
    if not depth or len(text) > _NUMBERED_CHARS:
        return False
    if _CHAPTER.match(f"{element.marker} {text}".strip()):
        return True
    capitals = sum(c.isupper() for c in text) > 0.7 * sum(c.isalpha() and c.isascii() for c in text) > 0
    sibling = isinstance(following, Element) and following.marker != "" and depth_of(following) == depth
    return (capitals or element.alone or "." in element.marker.rstrip(".")) and not sibling


def _ranks(headings: Sequence[Element]) -> dict[Style, int]:
    """Level of each style of unnumbered headings: the larger, the higher."""
    styles = sorted({_style(h) for h in headings}, key=lambda s: (-s[0], not s[1]))
    return {style: rank for rank, style in enumerate(styles, 1)}


def heading_levels(elements: Sequence[Element | Grid], body: Style) -> dict[int, int]:
    """Level of each heading by its index.

    Numbered headings stand below an unnumbered title by the depth of their number; an unnumbered heading has the
    level of its style, and is below the numbered heading it follows when that is set in larger or equal type.
    """
    found: dict[int, Element] = {}
    for i, element in enumerate(elements):
        following = elements[i + 1] if i + 1 < len(elements) else None
        if isinstance(element, Element) and _is_heading(element, body, following):
            found[i] = element
    ranks = _ranks(list(found.values()))
    numbered = [h for h in found.values() if depth_of(h)]
    first_numbered = min((ranks[_style(h)] for h in numbered if depth_of(h) == 1), default=None)
    above = [r for s, r in ranks.items() if first_numbered is not None and r < first_numbered]
    base = min(len(above), 1)
    levels: dict[int, int] = {}
    last_numbered, last_rank = 0, 0
    for i, heading in found.items():
        depth, rank = depth_of(heading), ranks[_style(heading)]
        if depth:
            levels[i] = base + depth
            last_numbered, last_rank = levels[i], rank
        elif first_numbered is None:
            levels[i] = min(rank, 6)
        elif rank < first_numbered:
            levels[i] = 1
            last_numbered, last_rank = 1, rank
        else:
            levels[i] = (
                last_numbered + 1 + max(0, rank - max(last_rank, first_numbered) - 1) if last_numbered else base + 1
            )
    return levels
