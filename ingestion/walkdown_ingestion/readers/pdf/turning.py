"""Pages whose text runs upwards, downwards or upside down, turned so that it runs from left to right.

Wide tables are often set sideways on an upright page. Read as it is filed, such a page has no lines and no columns.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

import pypdfium2
import pypdfium2.raw as pdfium

from walkdown_ingestion.readers.pdf.rewriting import rewritten

_SAMPLED = 600
_LEAST_LETTERS = 25
_SHARE = 0.8


def turned_upright(data: bytes, numbers: Iterable[int]) -> tuple[bytes, Mapping[int, int]]:
    """The PDF with some pages turned, and the quarter turns clockwise made for each of those that were turned."""
    return rewritten(data, lambda page, _: _turn(page), numbers)


def _turn(page: pypdfium2.PdfPage) -> int:
    """Turn a page upright; the quarter turns clockwise that it took, 0 for none."""
    wanted, filed = _rotation_of(page), page.get_rotation()
    if wanted is None or wanted == filed:
        return 0
    page.set_rotation(wanted)
    return int((wanted - filed) // 90 % 4)


def _rotation_of(page: pypdfium2.PdfPage) -> int | None:
    """The rotation of the page under which nearly all of its text stands upright; None where it runs in many ways."""
    text = page.get_textpage()
    count = text.count_chars()
    step = max(count // _SAMPLED, 1)
    angles = Counter(
        round(math.degrees(pdfium.FPDFText_GetCharAngle(text, i)) / 90) * 90 % 360
        for i in range(0, count, step)
        if not chr(pdfium.FPDFText_GetUnicode(text, i)).isspace()
    )
    if count < _LEAST_LETTERS or not angles:
        return None
    angle, most = angles.most_common(1)[0]
    return (360 - angle) % 360 if most >= _SHARE * sum(angles.values()) else None


def filed_place(x: float, y: float, quarter: int, width: float, height: float) -> tuple[float, float]:
    """A place of a turned page of that size on the page as it is filed."""
    if quarter == 1:
        return y, width - x
    if quarter == 2:
        return width - x, height - y
    if quarter == 3:
        return height - y, x
    return x, y
