"""What a page repeats and no document says: running headers, footers, page numbers.

From the edge of the page inwards, a line is furniture when the same text stands at the same place on most pages, or
the same text with a number that grows with the pages. The first line that does neither ends the search, and a table
that reaches into the page is never furniture: rows of a long table also repeat, at the same place and numbered.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from walkdown_ingestion.readers.pdf.column_heads import names_of_columns
from walkdown_ingestion.readers.pdf.page import Extent, Page, Segment
from walkdown_ingestion.readers.pdf.ruled import ruled_areas

_BAND = 0.16
_GRID = 4.0
_SHARE = 0.6
_NEAR, _ALIGNED, _INNER, _TIGHT = 8.0, 1.5, 20.0, 0.4
_PAGE_NUMBER = re.compile(
    r".{0,40}\bpage\s*:?\s*\d{1,4}(?:\s*(?:of|/|von|de)\s*\d{1,4})?|[-–—(\[]?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*(?:쪽|페이지|页|頁)?"
    r"\s*[-–—)\]]?|\(?cont(?:inue)?d\.?\s+(?:on|of|from)\s+(?:next\s+)?page\s*\d*\)?",
    re.IGNORECASE,
)
_PAGE_OF = re.compile(
    r".{0,40}\bpage\s*:?\s*\d{1,4}\s*(?:of|/)\s*\d{1,4}|\(?cont(?:inue)?d\.?\s+(?:on|of|from)\s+(?:next\s+)?page\s*\d*\)?",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_DIGITS = re.compile(r"\d+")

Key = tuple[str, int, int]


def _exact_keys(segment: Segment) -> list[Key]:
    """The line at its place, and at the places beside it, as layout may shift by a point."""
    x, y = round(segment.x0 / _GRID), round(segment.middle / _GRID)
    return [(segment.text, x + dx, y + dy) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]


def _numbered_keys(segment: Segment) -> list[Key]:
    """The line without its numbers at its height: a page number moves sideways with its width."""
    text = _DIGITS.sub("#", segment.text)
    return [(text, -1, round(segment.middle / _GRID) + dy) for dy in (-1, 0, 1)] if "#" in text else []


def _lines(page: Page) -> Iterator[list[list[Segment]]]:
    """Lines at the top of a page from the edge inwards, then at its foot, without tables that reach inside."""
    top, bottom = _BAND * page.height, (1 - _BAND) * page.height
    inner = [area for area in ruled_areas(page) if area.y1 > top and area.y0 < bottom]
    free = [s for s in page.segments if not _in_any(s, inner)]
    for edge, band in ((0.0, [s for s in free if s.y1 < top]), (page.height, [s for s in free if s.y0 > bottom])):
        order = sorted(band, key=lambda s: abs(s.middle - edge))
        yield [list(line) for _, line in groupby(order, key=lambda s: round(s.middle / _GRID))]


def _in_any(segment: Segment, areas: Sequence[Extent]) -> bool:
    return any(area.holds((segment.x0 + segment.x1) / 2, segment.middle) for area in areas)


class _Repetition:
    """Which lines repeat over the pages of a document."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._exact: dict[Key, set[int]] = defaultdict(set)
        self._numbers: dict[Key, dict[int, list[int]]] = defaultdict(dict)
        self.bands = [list(_lines(page)) for page in pages]
        for index, bands in enumerate(self.bands):
            for segment in (s for lines in bands for line in lines for s in line):
                for key in _exact_keys(segment):
                    self._exact[key].add(index)
                for key in _numbered_keys(segment):
                    self._numbers[key][index] = [int(n) for n in _DIGITS.findall(segment.text)]
        count = len(pages)
        # Left and right pages may differ.
        halves = [set(range(start, count, 2)) for start in (0, 1)] if count >= 6 else []
        self._wanted = [set(range(count)), *halves]

    def _on_most(self, pages: set[int]) -> bool:
        return any(len(pages & part) >= max(2, _SHARE * len(part)) for part in self._wanted)

    def _counts(self, key: Key, text: str) -> bool:
        """True when a number in a line grows by one from page to page."""
        on = self._numbers[key]
        # A clause number may happen to grow as well: without words, only what looks like a page number counts.
        worded = len(on) > 2 and _LETTER.search(text)
        if not self._on_most(set(on)) or not (worded or _PAGE_NUMBER.fullmatch(text)):
            return False
        steps = (
            Counter(numbers[i] - index for index, numbers in on.items()) for i in range(min(map(len, on.values())))
        )
        return any(step.most_common(1)[0][1] >= max(2, _SHARE * len(on)) for step in steps)

    def holds(self, segment: Segment) -> bool:
        """True for a line that repeats."""
        return any(self._on_most(self._exact[key]) for key in _exact_keys(segment)) or any(
            self._counts(key, segment.text) for key in _numbered_keys(segment)
        )


def _is_row(line: Sequence[Segment], page: Page) -> bool:
    """True when several cells of a line stand above or below others of the page: a row, some of whose cells repeat."""
    near = [s for s in page.segments if s not in line and abs(s.middle - line[0].middle) < _NEAR * s.size]
    aligned = {s.x0 for s in line if any(min(abs(s.x0 - o.x0), abs(s.x1 - o.x1)) < _ALIGNED for o in near)}
    return len(aligned) > 1 and len(line) > 2


def _furniture(
    page: Page, bands: Sequence[Sequence[Sequence[Segment]]], repetition: _Repetition | None
) -> list[Segment]:
    """The repeated segments of one page, from its edges inwards."""
    found: list[Segment] = []
    ruled = ruled_areas(page) if repetition is None else []
    for lines in bands:
        for line in lines:
            repeated = [
                s for s in line if _PAGE_OF.fullmatch(s.text) or (repetition is not None and repetition.holds(s))
            ]
            if repetition is None and repeated and not any(_in_any(s, ruled) for s in line):
                # Nothing can repeat on a single page, but what stands beside the number of the page does elsewhere.
                repeated = list(line)
            if not repeated or (len(repeated) < len(line) and _is_row(line, page)):
                break
            found += repeated
    found = [s for s in found if s not in names_of_columns(page, found)]
    while rest := [s for s in found if _goes_on(s, page, found)]:
        found = [s for s in found if s not in rest]
    return found


def _goes_on(segment: Segment, page: Page, found: Sequence[Segment]) -> bool:
    """True for a line that goes on with text of the page, away from its left edge: a cell whose text others repeat."""
    if segment.x0 < min(s.x0 for s in page.segments) + _INNER or _PAGE_NUMBER.fullmatch(segment.text):
        return False
    if any(abs(s.middle - segment.middle) < _TIGHT * s.size for s in found if s is not segment):
        return False
    return any(
        abs(s.x0 - segment.x0) < _ALIGNED
        and (s.size, s.bold) == (segment.size, segment.bold)
        and max(s.y0 - segment.y1, segment.y0 - s.y1) < _TIGHT * s.size
        for s in page.segments
        if s is not segment and s not in found
    )


def strip_furniture(pages: Sequence[Page]) -> tuple[list[Page], str]:
    """The pages without what they repeat, and the text of it as it stands on the first page that has it."""
    repetition = _Repetition(pages) if len(pages) > 1 else None
    margins: dict[str, str] = {}
    out: list[Page] = []
    for index, page in enumerate(pages):
        bands = repetition.bands[index] if repetition is not None else list(_lines(page))
        gone = set(_furniture(page, bands, repetition))
        for segment in page.segments:
            if segment in gone:
                margins.setdefault(_DIGITS.sub("#", segment.text), segment.text)
        out.append(page._replace(segments=tuple(s for s in page.segments if s not in gone)))
    return out, "\n".join(margins.values())
