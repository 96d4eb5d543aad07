"""Text of a PDF that is not seen: under a filled rectangle, in the colour of the one beneath it, drawn invisibly.

An old value is often painted over in white and the new one written beside it; an attacker hides text in the same way.
Only what is certain is taken out: whole pieces of text under opaque rectangles of the page itself, not clipped or
blended (a highlighter covers nothing). Pages without such shapes cost a walk over their objects.
"""

import ctypes
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

_MAX_OBJECTS = 20_000
_MAX_SHAPES = 2_000
_SLACK = 1.5
_NEAR = 10
"""Difference of a colour's parts, of 255, up to which letters cannot be told from their ground."""
_RECTANGLE = 6
_OPAQUE = 255
_LEAST = 3.0


class Place(NamedTuple):
    """A rectangle of a page, measured from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def covers(self, other: "Place") -> bool:
        """True when the other lies within it."""
        return (
            self.left <= other.left + _SLACK
            and self.right >= other.right - _SLACK
            and self.bottom <= other.bottom + _SLACK
            and self.top >= other.top - _SLACK
        )

    def meets(self, other: "Place") -> bool:
        """True when they have an area in common."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )


class _Shape(NamedTuple):
    """Something drawn: its place in the order, where it is, and its colour when it is an opaque rectangle."""

    order: int
    place: Place
    colour: tuple[int, ...] | None


def take_covered(page: pypdfium2.PdfPage) -> int:
    """Take the text that shapes keep from being seen out of a page; how many characters it had."""
    unseen = list(_unseen(page))
    if not unseen:
        return 0
    textpage = page.get_textpage()
    letters = sum(len(object_text(one, textpage)) for one in unseen)
    textpage.close()
    if not letters:
        return 0
    for one in unseen:
        pdfium.FPDFPage_RemoveObject(page, one)
        pdfium.FPDFPageObj_Destroy(one)
    page.gen_content()
    return letters


def object_text(one: pdfium.FPDF_PAGEOBJECT, textpage: pypdfium2.PdfTextPage) -> str:
    """What a piece of text says."""
    size = pdfium.FPDFTextObj_GetText(one, textpage, None, 0)
    held = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFTextObj_GetText(one, textpage, held, size)
    return bytes(held)[:size].decode("utf-16-le", "replace").strip("\0 \r\n\t_")


def _unseen(page: pypdfium2.PdfPage) -> Iterator[pdfium.FPDF_PAGEOBJECT]:
    count = pdfium.FPDFPage_CountObjects(page)
    if not 0 < count <= _MAX_OBJECTS:
        return
    texts: list[tuple[int, pdfium.FPDF_PAGEOBJECT]] = []
    shapes: list[_Shape] = []
    for order in range(count):
        one = pdfium.FPDFPage_GetObject(page, order)
        if pdfium.FPDFPageObj_GetType(one) == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append((order, one))
        elif (shape := _shape(order, one)) is not None:
            shapes.append(shape)
    grounds = [shape for shape in shapes if shape.colour is not None]
    if len(shapes) > _MAX_SHAPES:
        return
    drawn = [shape.place for shape in shapes if shape.colour is None]
    for order, one in texts:
        place = place_of(one) if grounds else None
        lost = place is not None and (_is_under(order, place, grounds) or _is_lost(order, one, place, shapes))
        if lost or _is_undrawn(one, drawn):
            yield one


def _is_undrawn(text: pdfium.FPDF_PAGEOBJECT, drawn: list[Place]) -> bool:
    """True for invisible text, but for what lies over a picture or a drawing, as the text of scans does."""
    if pdfium.FPDFTextObj_GetTextRenderMode(text) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
        return False
    place = place_of(text)
    return place is not None and not any(one.meets(place) for one in drawn)


def _is_under(order: int, place: Place, grounds: list[_Shape]) -> bool:
    return any(shape.order > order and shape.place.covers(place) for shape in grounds)


def _is_lost(order: int, text: pdfium.FPDF_PAGEOBJECT, place: Place, shapes: list[_Shape]) -> bool:
    """True for text in the colour of the ground it stands on. White on white paper is told elsewhere."""
    beneath = next((s for s in reversed(shapes) if s.order < order and s.place.meets(place)), None)
    if beneath is None or beneath.colour is None or not beneath.place.covers(place):
        return False
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text)
    colour = _colour(text) if mode == pdfium.FPDF_TEXTRENDERMODE_FILL else None
    return colour is not None and all(abs(a - b) <= _NEAR for a, b in zip(colour, beneath.colour, strict=True))


def _shape(order: int, one: pdfium.FPDF_PAGEOBJECT) -> _Shape | None:
    """A drawn object that is no text; None for one too thin to hide anything."""
    place = place_of(one)
    if place is None or min(place.right - place.left, place.top - place.bottom) < _LEAST:
        return None
    return _Shape(order, place, _colour(one) if _is_rectangle(one) else None)


def _is_rectangle(one: pdfium.FPDF_PAGEOBJECT) -> bool:
    """True for a filled rectangle that is neither clipped nor blended with what is beneath it."""
    if pdfium.FPDFPageObj_GetType(one) != pdfium.FPDF_PAGEOBJ_PATH or pdfium.FPDFPageObj_HasTransparency(one):
        return False
    if pdfium.FPDFClipPath_CountPaths(pdfium.FPDFPageObj_GetClipPath(one)) > 0:
        return False
    mode, stroke = ctypes.c_int(), pdfium.FPDF_BOOL()
    if not pdfium.FPDFPath_GetDrawMode(one, mode, stroke) or mode.value == pdfium.FPDF_FILLMODE_NONE:
        return False
    points = []
    count = pdfium.FPDFPath_CountSegments(one)
    for i in range(count if count <= _RECTANGLE else 0):
        segment = pdfium.FPDFPath_GetPathSegment(one, i)
        x, y = ctypes.c_float(), ctypes.c_float()
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_BEZIERTO:
            return False
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((round(x.value, 1), round(y.value, 1)))
    corners = set(points)
    return len(corners) == 4 and len({x for x, _ in corners}) == 2 and len({y for _, y in corners}) == 2


def _colour(one: pdfium.FPDF_PAGEOBJECT) -> tuple[int, ...] | None:
    """Its fill as red, green, blue; None when it is not opaque."""
    parts = [ctypes.c_uint() for _ in range(4)]
    known = pdfium.FPDFPageObj_GetFillColor(one, *parts)
    return tuple(part.value for part in parts[:3]) if known and parts[3].value == _OPAQUE else None


def place_of(one: pdfium.FPDF_PAGEOBJECT) -> Place | None:
    """Where something drawn is on its page."""
    sides = [ctypes.c_float() for _ in range(4)]
    return Place(*(side.value for side in sides)) if pdfium.FPDFPageObj_GetBounds(one, *sides) else None
