"""Figures of a scan: how surely each was read, and what a second reading of it at another scale gives.

A misread digit often is as sure as any other (2,140 was read as 22140), so confidence alone does not find it. Two
readings that differ do not tell which is right either: both are kept, and the page must be looked at.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image

from walkdown_ingestion.readers.pdf.page import Extent
from walkdown_ingestion.readers.scan import tesseract
from walkdown_ingestion.readers.scan.reading import is_in, stacked
from walkdown_ingestion.readers.scan.tesseract import Read

_DIGIT = re.compile(r"\d")
_NO_DIGITS = re.compile(r"\D")
_SCALE = 1.5
_MARGIN = 8
_MOST = 800
"""Figures of one page that are read again."""


class Reading(NamedTuple):
    """A word with digits; `other` is the second reading where its digits differ, and "-" where it found none."""

    word: Read
    other: str = ""


def digits_of(text: str) -> str:
    """The digits alone."""
    return _NO_DIGITS.sub("", text)


def figures(picture: Image.Image, words: Sequence[Read], wanted: Sequence[str]) -> list[Reading]:
    """The words that hold digits, each with a second reading where that differs. `picture` is without rules."""
    held = [word for word in words if _DIGIT.search(word.text)]
    again = _second(picture, held[:_MOST], wanted)
    found = []
    for i, word in enumerate(held):
        other = again.get(i, "")
        differs = i in again and digits_of(other) != digits_of(word.text)
        found.append(Reading(word, (other or "-") if differs else ""))
    return found


def _second(picture: Image.Image, words: Sequence[Read], wanted: Sequence[str]) -> dict[int, str]:
    areas = [Extent(w.x0 - _MARGIN, w.y0 - _MARGIN, w.x1 + _MARGIN, w.y1 + _MARGIN) for w in words]
    tall, crops = stacked(picture, areas)
    if tall is None:
        return {}
    larger = tall.resize((round(tall.width * _SCALE), round(tall.height * _SCALE)), Image.Resampling.LANCZOS)
    larger.info["dpi"] = (picture.info.get("dpi", (300, 300))[0] * _SCALE,) * 2
    read = [
        w._replace(y0=w.y0 / _SCALE, y1=w.y1 / _SCALE) for w in tesseract.recognise(larger, wanted, tesseract.BLOCK)
    ]
    places = {tuple(int(v) for v in area): i for i, area in enumerate(areas)}
    return {
        places[tuple(int(v) for v in crop.area)]: "".join(
            w.text for w in sorted((w for w in read if is_in(w, crop)), key=lambda w: w.x0)
        )
        for crop in crops
    }
