"""Stamps printed across the text of a PDF page: `UNCONTROLLED COPY` in large letters over the lines of a procedure.

The parser of the words takes lines that a stamp lies on for a second print of it and drops them: whole lines would be
lost without a word. So stamps are taken out first. What they say is kept apart: `SUPERSEDED` matters.
"""

import ctypes
import math
from collections.abc import Iterator, Mapping
from statistics import median
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.readers.pdf.covered import Place, object_text, place_of
from walkdown_ingestion.readers.pdf.rewriting import rewritten

_MAX_OBJECTS = 20_000
_LARGER = 1.2
_LEAST_LETTERS = 3
_LEAST_LINES = 3
_UPRIGHT = 2.0
"""Degrees by which upright text may be turned."""
_DIAGONAL = 10.0
_MUCH_LARGER = 1.5
_SHARED = 0.5
"""Of the width of the shorter of two texts, how much they must have in common; a mark behind a title has little."""


class _Text(NamedTuple):
    """A piece of text: the object to take out, its place, its size, the way it runs, and what it says."""

    held: pdfium.FPDF_PAGEOBJECT
    place: Place
    size: float
    angle: float
    text: str


def without_stamps(data: bytes) -> tuple[bytes, Mapping[int, tuple[str, ...]]]:
    """The PDF without large text that lies over other text, and what the stamps of each page say."""
    said: dict[int, tuple[str, ...]] = {}
    counted = 0

    def clean(page: pypdfium2.PdfPage) -> int:
        nonlocal counted
        counted += 1
        crossing, diagonal = _stamps(page)
        if words := [clean_line(one.text) for one in (*crossing, *diagonal)]:
            said[counted] = tuple(dict.fromkeys(words))
        for one in crossing:
            pdfium.FPDFPage_RemoveObject(page, one.held)
            pdfium.FPDFPageObj_Destroy(one.held)
        if crossing:
            page.gen_content()
        return len(crossing)

    return rewritten(data, clean)[0], said


def _stamps(page: pypdfium2.PdfPage) -> tuple[list[_Text], list[_Text]]:
    """The large texts of a page that lie over other text, and those that run across it from corner to corner."""
    if not 0 < pdfium.FPDFPage_CountObjects(page) <= _MAX_OBJECTS:
        return [], []
    textpage = page.get_textpage()
    texts = list(_texts(page, textpage))
    textpage.close()
    upright = [one for one in texts if one.angle <= _UPRIGHT]
    if len(upright) < _LEAST_LINES:
        return [], []
    body = median(one.size for one in upright)
    worded = [one for one in texts if sum(c.isalnum() for c in one.text) >= _LEAST_LETTERS]
    lines = [one for one in worded if one.angle <= _UPRIGHT]
    crossing = [
        one
        for one in lines
        if one.size >= _LARGER * body
        and any(other.size * _LARGER <= one.size and _lies_on(one.place, other.place) for other in lines)
    ]
    diagonal = [one for one in worded if one.angle > _DIAGONAL and one.size >= _MUCH_LARGER * body]
    return crossing, diagonal


def _lies_on(stamp: Place, line: Place) -> bool:
    """True when the middle line of a text runs through the letters of a larger one."""
    middle = (line.bottom + line.top) / 2
    shared = min(stamp.right, line.right) - max(stamp.left, line.left)
    return stamp.bottom < middle < stamp.top and shared > _SHARED * min(
        stamp.right - stamp.left, line.right - line.left
    )


def _texts(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> Iterator[_Text]:
    """The pieces of text of a page; a stamp is often a drawing of its own with nothing else in it."""
    for order in range(pdfium.FPDFPage_CountObjects(page)):
        held = pdfium.FPDFPage_GetObject(page, order)
        kind = pdfium.FPDFPageObj_GetType(held)
        place = place_of(held)
        if place is None:
            continue
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield _Text(held, place, *_set(held), object_text(held, textpage))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            count = pdfium.FPDFFormObj_CountObjects(held)
            inner = [pdfium.FPDFFormObj_GetObject(held, i) for i in range(count)] if 0 < count <= _LEAST_LINES else []
            if inner and all(pdfium.FPDFPageObj_GetType(one) == pdfium.FPDF_PAGEOBJ_TEXT for one in inner):
                size, angle = _set(inner[0], held)
                yield _Text(held, place, size, angle, " ".join(object_text(one, textpage) for one in inner))


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
