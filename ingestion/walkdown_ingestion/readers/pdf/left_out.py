"""Figures of a page that the parser of its words left out: `62` between two cells, put back where it stands."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.readers.pdf.glyphs import PageGlyphs
from walkdown_ingestion.readers.pdf.page import Segment, Word

_FIGURE = re.compile(r"\S*\d\S*")
_IN_LINE = 3.0
_LIGHT = 0xF0


def left_out(native: Any, glyphs: PageGlyphs, found: list[Segment]) -> Iterator[Segment]:
    """Words with digits that stand on a line of others (`found`), where the parser has no word of the page."""
    known = Counter(_FIGURE.findall(" ".join(item.text for item in native.text_items)))
    missing = Counter(_FIGURE.findall(glyphs.text)) - known
    for match in _FIGURE.finditer(glyphs.text) if missing else ():
        if match[0] not in missing:
            continue
        left, bottom, right, top = _around(glyphs, match.start(), match.end())
        x, y = (left + right) / 2, glyphs.height - (bottom + top) / 2
        if (
            right - left < 1
            or any(_holds(item, x, y) for item in native.text_items)
            or not _is_seen(glyphs, match.start())
        ):
            continue
        line = next((s for s in found if abs(s.middle - y) < _IN_LINE), None)
        if line is not None:
            yield Segment((Word(clean_line(match[0]), left, line.y0, right, line.y1, line.bold),), line.size, line.bold)


def _around(glyphs: PageGlyphs, begin: int, end: int) -> tuple[float, float, float, float]:
    boxes = [glyphs.charbox(i) for i in range(begin, end)]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _holds(item: Any, x: float, y: float) -> bool:
    return bool(item.x - 1 <= x <= item.x + item.width + 1 and item.y - 1 <= y <= item.y + item.height + 1)


def _is_seen(glyphs: PageGlyphs, index: int) -> bool:
    """False for a glyph that is transparent or nearly white."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    found = pdfium.FPDFText_GetFillColor(glyphs.textpage, index, red, green, blue, alpha)
    return bool(found) and alpha.value > 0 and min(red.value, green.value, blue.value) < _LIGHT
