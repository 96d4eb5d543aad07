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

_FIGURE = re.compile(r"[^\s\ufffe]*\d[^\s\ufffe]*")
"""Where a line ends in a hyphen, PDFium joins it and the next with U+FFFE: `PT-` and `3101A` are no word."""
_IN_LINE = 3.0
_LIGHT = 0xF0
_AGREED, _FEW = 0.95, 3


def left_out(native: Any, glyphs: PageGlyphs, found: list[Segment]) -> list[Segment]:
    """The words to put back; none where there are many, as the two then see different parts of the page."""
    put = list(_left_out(native, glyphs, found))
    return put if len(put) <= _FEW else []


def _left_out(native: Any, glyphs: PageGlyphs, found: list[Segment]) -> Iterator[Segment]:
    """Words with digits that stand on a line of others (`found`), where the parser has no word of the page."""
    known = Counter(_FIGURE.findall(" ".join(item.text for item in native.text_items)))
    missing = Counter(_FIGURE.findall(glyphs.text)) - known
    if not missing or not _agree(native, glyphs, known):
        return
    for match in _FIGURE.finditer(glyphs.text):
        if match[0] not in missing:
            continue
        left, bottom, right, top = _around(glyphs, match.start(), match.end())
        y = glyphs.height - (bottom + top) / 2
        inside = left > 0 and right < native.width and right - left > 1
        if not inside or _is_held(native, (left + right) / 2, y) or not _is_seen(glyphs, match.start()):
            continue
        line = next((s for s in found if abs(s.middle - y) < _IN_LINE), None)
        if line is not None:
            yield Segment((Word(clean_line(match[0]), left, line.y0, right, line.y1, line.bold),), line.size, line.bold)


def _agree(native: Any, glyphs: PageGlyphs, known: Counter[str]) -> bool:
    """True when both have the figures of a page at the same places: what one has where the other has none is left out.

    Pages that are cut or scaled are seen otherwise by the two.
    """
    places = [_around(glyphs, m.start(), m.end()) for m in _FIGURE.finditer(glyphs.text) if m[0] in known]
    held = sum(_is_held(native, (a + c) / 2, glyphs.height - (b + d) / 2) for a, b, c, d in places)
    return held >= _AGREED * len(places) > 0


def _around(glyphs: PageGlyphs, begin: int, end: int) -> tuple[float, float, float, float]:
    boxes = [glyphs.charbox(i) for i in range(begin, end)]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _is_held(native: Any, x: float, y: float) -> bool:
    return any(_holds(item, x, y) for item in native.text_items)


def _holds(item: Any, x: float, y: float) -> bool:
    return bool(item.x - 1 <= x <= item.x + item.width + 1 and item.y - 1 <= y <= item.y + item.height + 1)


def _is_seen(glyphs: PageGlyphs, index: int) -> bool:
    """False for a glyph that is transparent or nearly white."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    found = pdfium.FPDFText_GetFillColor(glyphs.textpage, index, red, green, blue, alpha)
    return bool(found) and alpha.value > 0 and min(red.value, green.value, blue.value) < _LIGHT
