"""What a page repeats and no document says: running headers, footers, page numbers.

A line is furniture when the same text, numbers aside, stands at the same place on most pages; a number alone only when
it grows by one from page to page; and `Page 3 of 7` at the edge of a page always.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from walkdown_ingestion.readers.pdf.page import Page, Segment

_BAND = 0.16
_GRID = 4.0
_SHARE = 0.6
_NUMBER_ALONE = re.compile(r"[-–—(\[]?\s*\d{1,4}\s*[-–—)\]]?")
_HAS_WORD = re.compile(r"[^\W\d_]")
_PAGE_OF = re.compile(r".{0,40}\bpage\s*:?\s*\d{1,4}\s*(?:of|/)\s*\d{1,4}", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")

Key = tuple[str, int, int]


def _in_band(segment: Segment, page: Page) -> bool:
    return segment.y1 < _BAND * page.height or segment.y0 > (1 - _BAND) * page.height


def _keys(segment: Segment) -> list[Key]:
    """The line without its numbers at its place, and at the neighbouring places, as layout may shift by a point."""
    text = _DIGITS.sub("#", segment.text)
    x, y = round(segment.x0 / _GRID), round(segment.middle / _GRID)
    # A centred or right-aligned page number moves sideways with its width.
    return [(text, -1 if "#" in text else x + dx, y + dy) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]


def _repeated(pages: Sequence[Page]) -> set[Key]:
    """Keys that occur on most pages, or on most odd or most even ones."""
    found: dict[Key, set[int]] = defaultdict(set)
    for index, page in enumerate(pages):
        for segment in page.segments:
            if _in_band(segment, page):
                for key in set(_keys(segment)):
                    found[key].add(index)
    halves = [set(range(start, len(pages), 2)) for start in (0, 1)] if len(pages) >= 6 else []
    wanted = [set(range(len(pages))), *halves]
    return {
        key
        for key, on in found.items()
        if any(len(on & part) >= max(2, _SHARE * len(part)) for part in wanted)
        # A number alone is furniture only when it counts with the pages: it may be a value or a clause number.
        and (_HAS_WORD.search(key[0]) or (_NUMBER_ALONE.fullmatch(key[0].replace("#", "1")) and _counts(pages, key)))
    }


def _counts(pages: Sequence[Page], key: Key) -> bool:
    """True when the number at a place grows by one from page to page."""
    numbers = {
        index: int(digits[0])
        for index, page in enumerate(pages)
        for segment in page.segments
        if key in _keys(segment) and (digits := _DIGITS.findall(segment.text))
    }
    steps = Counter(number - index for index, number in numbers.items())
    return bool(steps) and steps.most_common(1)[0][1] >= max(2, _SHARE * len(numbers))


def strip_furniture(pages: Sequence[Page]) -> tuple[list[Page], str]:
    """The pages without what they repeat, and the text of it as it stands on the first page that has it."""
    repeated = _repeated(pages) if len(pages) > 1 else set()
    margins: dict[str, str] = {}
    out: list[Page] = []
    for page in pages:
        kept: list[Segment] = []
        for segment in page.segments:
            repeats = _in_band(segment, page) and not repeated.isdisjoint(_keys(segment))
            if repeats or (_in_band(segment, page) and _PAGE_OF.fullmatch(segment.text)):
                margins.setdefault(_DIGITS.sub("#", segment.text), segment.text)
            else:
                kept.append(segment)
        out.append(page._replace(segments=tuple(kept)))
    return out, "\n".join(margins.values())
