"""What stands on a PDF page beside its text: fields of a form, text typed onto it, and marks of reviewers.

Boxes to tick and text typed onto the page are part of it; what a reviewer struck through is deleted text; notes in the
margin are left out and counted, as comments of other documents are.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.readers.pdf.page import Extent, Segment, Word

_BOXES = ("checkbox", "radiobutton", "radio")
_TYPED = ("text", "combobox", "listbox")
_SIZE = 10.0
_COMMENTS = frozenset("text highlight underline squiggly caret strikeout popup".split())


class Notes(NamedTuple):
    """The text of a page with what is typed onto it; how many letters were struck, how many notes were left out."""

    segments: list[Segment]
    struck: int
    comments: int
    stamps: list[str]


def with_notes(native: Any, segments: Sequence[Segment]) -> Notes:
    """The text of a page as the page shows it with its fields and marks."""
    kept, struck = _without_struck(native, segments)
    marks = list(native.annotations or ())
    comments = sum(bool(_said(mark)) for mark in marks if mark.subtype in _COMMENTS)
    stamps = [text for mark in marks if mark.subtype == "stamp" and (text := _said(mark))]
    boxes = [_extent(field.rect) for field in native.form_fields or () if field.type in _BOXES]
    if boxes:
        # A tick may be drawn as a letter of a font of signs, which reads as a digit.
        kept = [one for s in kept if (one := _without(s, boxes)) is not None]
    return Notes([*kept, *_typed(native, kept)], struck, comments, stamps)


def _said(mark: Any) -> str:
    return clean_line(mark.contents or "")


def _extent(rect: Any) -> Extent:
    return Extent(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height)


def _without_struck(native: Any, segments: Sequence[Segment]) -> tuple[list[Segment], int]:
    """The text without what reviewers struck through, and how many letters that was."""
    lines = [
        _extent(rect)
        for mark in native.annotations or ()
        if mark.subtype == "strikeout"
        for rect in (mark.quadpoint_rects or [mark.rect])
    ]
    if not lines:
        return list(segments), 0
    kept = [one for s in segments if (one := _without(s, lines)) is not None]
    return kept, _letters(segments) - _letters(kept)


def _letters(segments: Sequence[Segment]) -> int:
    return sum(len(word.text) for segment in segments for word in segment.words)


def _without(segment: Segment, areas: Sequence[Extent]) -> Segment | None:
    """A segment without the words in some areas; None when none is left."""
    words = tuple(w for w in segment.words if not any(area.holds(*w.middle, slack=0.0) for area in areas))
    return segment if len(words) == len(segment.words) else segment._replace(words=words) if words else None


def _typed(native: Any, segments: Sequence[Segment]) -> Iterator[Segment]:
    """What fields and boxes of text show, where the page's own text does not hold it."""
    for field in native.form_fields or ():
        area = _extent(field.rect)
        if field.type in _BOXES:
            yield _line("☑" if field.checked else "☐", area)
        elif field.type in _TYPED and not _holds_text(area, segments):
            yield from _lines(field.value or "", area)
    for mark in native.annotations or ():
        if mark.subtype == "freetext" and not _holds_text(_extent(mark.rect), segments):
            yield from _lines(mark.contents or "", _extent(mark.rect))


def _holds_text(area: Extent, segments: Sequence[Segment]) -> bool:
    return any(area.holds(*word.middle, slack=0.0) for segment in segments for word in segment.words)


def _lines(text: str, area: Extent) -> Iterator[Segment]:
    lines = [line for part in text.replace("\r", "\n").split("\n") if (line := clean_line(part))]
    height = (area.y1 - area.y0) / max(len(lines), 1)
    for i, line in enumerate(lines):
        top = area.y0 + i * height
        yield _line(line, Extent(area.x0, top, area.x1, top + height))


def _line(text: str, area: Extent) -> Segment:
    """A line of text in the middle of an area."""
    size = min(_SIZE, max(area.y1 - area.y0, 1.0))
    middle = (area.y0 + area.y1) / 2
    right = min(area.x1, area.x0 + size * len(text))
    return Segment(
        (Word(text, area.x0, middle - size / 2, max(right, area.x0 + 1), middle + size / 2),), size, bold=False
    )
