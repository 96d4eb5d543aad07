"""Stamps printed across the text of a PDF page: `UNCONTROLLED COPY` in large letters over the lines of a procedure.

The parser of the words takes lines that a stamp lies on for a second print of it and drops them: whole lines would be
lost without a word. So stamps are taken out first. What they say is kept apart: `SUPERSEDED` matters.
"""

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.readers.pdf.covered import Place, object_text, place_of

_MAX_OBJECTS = 20_000
_LARGER = 1.2
_LEAST_LETTERS = 3
_WIDE = re.compile("[가-힣一-鿿ぁ-ヿ]")
_LEAST_LINES = 3
_UPRIGHT = 2.0
"""Degrees by which upright text may be turned."""
_DIAGONAL = 10.0
_MUCH_LARGER = 1.5
_ALIKE, _REACH = 0.05, 2.0
_SHARED = 0.5
"""Of the width of the shorter of two texts, how much they must have in common; a mark behind a title has little."""


class _Text(NamedTuple):
    """A piece of text: the object to take out, its place, its size, the way it runs, and the objects that say it."""

    held: pdfium.FPDF_PAGEOBJECT
    place: Place
    size: float
    angle: float
    inner: Sequence[pdfium.FPDF_PAGEOBJECT]

    def said(self, textpage: pypdfium2.PdfTextPage) -> str:
        """What it says; asked of the few that may be stamps or lie under one, since each costs a call."""
        parts = [object_text(one, textpage) for one in self.inner]
        # Browsers draw each letter by itself.
        return "".join(part or " " for part in parts) if all(len(part) <= 1 for part in parts) else " ".join(parts)


def take_stamps(page: pypdfium2.PdfPage) -> tuple[int, tuple[str, ...]]:
    """Take large text that lies over other text out of a page; how many pieces those were, and what all stamps say."""
    if not 0 < pdfium.FPDFPage_CountObjects(page) <= _MAX_OBJECTS:
        return 0, ()
    textpage = page.get_textpage()
    crossing, diagonal = _stamps(list(_texts(page)), textpage)
    said = dict.fromkeys(clean_line(one.said(textpage)) for one in (*crossing, *diagonal))
    textpage.close()
    for one in crossing:
        pdfium.FPDFPage_RemoveObject(page, one.held)
        pdfium.FPDFPageObj_Destroy(one.held)
    if crossing:
        page.gen_content()
    return len(crossing), tuple(said)


def _stamps(texts: Sequence[_Text], textpage: pypdfium2.PdfTextPage) -> tuple[list[_Text], list[_Text]]:
    """The large texts of a page that lie over other text, and those that run across it from corner to corner."""
    upright = [one for one in texts if one.angle <= _UPRIGHT]
    if len(upright) < _LEAST_LINES:
        return [], []
    body = median(one.size for one in upright)

    def is_worded(one: _Text) -> bool:
        said = one.said(textpage)
        # `폐기` and `作废` are whole words.
        return sum(map(str.isalnum, said)) + len(_WIDE.findall(said)) // 2 >= _LEAST_LETTERS

    large = [one for one in upright if one.size >= _LARGER * body and is_worded(one)]
    crossing = [
        one
        for one in large
        if any(
            other.size * _LARGER <= one.size and _lies_on(one.place, other.place) and is_worded(other)
            for other in upright
        )
    ]
    leaning = [one for one in texts if one.angle > _DIAGONAL and one.size >= _MUCH_LARGER * body]
    diagonal = [one for one in _letters_joined(leaning) if is_worded(one)]
    return crossing, diagonal


def _letters_joined(texts: Sequence[_Text]) -> list[_Text]:
    """Pieces of text that follow each other in one size and direction as one."""
    out: list[_Text] = []
    for one in texts:
        last = out[-1] if out else None
        alike = last is not None and abs(last.angle - one.angle) < 1 and abs(last.size - one.size) < _ALIKE * one.size
        if last is not None and alike and _near(last.place, one.place, one.size):
            out[-1] = last._replace(inner=(*last.inner, *one.inner), place=one.place)
        else:
            out.append(one)
    return out


def _near(one: Place, other: Place, size: float) -> bool:
    """True for letters that may be neighbours, also with a space between them."""
    across = (one.left + one.right - other.left - other.right) / 2
    return math.hypot(across, (one.bottom + one.top - other.bottom - other.top) / 2) < _REACH * size


def _lies_on(stamp: Place, line: Place) -> bool:
    """True when the middle line of a text runs through the letters of a larger one."""
    middle = (line.bottom + line.top) / 2
    shared = min(stamp.right, line.right) - max(stamp.left, line.left)
    return stamp.bottom < middle < stamp.top and shared > _SHARED * min(
        stamp.right - stamp.left, line.right - line.left
    )


def _texts(page: pypdfium2.PdfPage) -> Iterator[_Text]:
    """The pieces of text of a page; a stamp is often a drawing of its own with nothing else in it."""
    for order in range(pdfium.FPDFPage_CountObjects(page)):
        held = pdfium.FPDFPage_GetObject(page, order)
        kind = pdfium.FPDFPageObj_GetType(held)
        place = place_of(held)
        if place is None:
            continue
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield _Text(held, place, *_set(held), (held,))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            count = pdfium.FPDFFormObj_CountObjects(held)
            inner = [pdfium.FPDFFormObj_GetObject(held, i) for i in range(count)] if 0 < count <= _LEAST_LINES else []
            if inner and all(pdfium.FPDFPageObj_GetType(one) == pdfium.FPDF_PAGEOBJ_TEXT for one in inner):
                size, angle = _set(inner[0], held)
                yield _Text(held, place, size, angle, inner)


def _set(text: pdfium.FPDF_PAGEOBJECT, inside: pdfium.FPDF_PAGEOBJECT | None = None) -> tuple[float, float]:
    """The size of a text as shown, and by how many degrees it is off the nearest quarter turn."""
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(text, size)
    along, up = 1.0, 0.0
    scale = 1.0
    for one in (text, inside) if inside is not None else (text,):
        matrix = pdfium.FS_MATRIX()
        if pdfium.FPDFPageObj_GetMatrix(one, matrix):
            scale *= math.hypot(matrix.c, matrix.d)
            along, up = along * matrix.a + up * matrix.c, along * matrix.b + up * matrix.d
    angle = math.degrees(math.atan2(up, along)) % 90
    return size.value * scale, min(angle, 90 - angle)
