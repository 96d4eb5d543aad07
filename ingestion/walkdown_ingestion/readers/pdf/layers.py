"""Text of a PDF on layers that are switched off: old values of a drawing, kept in the file and shown to nobody.

PDFium knows which layers are shown but does not say so. So the text of each layer is drawn by itself on a coloured
ground: where nothing appears, it is switched off. Only a PDF that may have layers costs a look at the marks of text.
"""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from walkdown_ingestion.readers.pdf.covered import object_text

_MAX_OBJECTS, _MAX_LAYERS = 20_000, 100
_LONGEST = 2000
"""Pixels of the longer side; letters of a large drawing need not be legible, only there."""
_GROUND = (90, 150, 210, 255)
_UNSEEN = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)


def may_have_layers(data: bytes) -> bool:
    """False for a PDF that says nothing of layers, where it cannot say so out of sight."""
    return b"/OCProperties" in data or b"/ObjStm" in data


def take_switched_off(page: pypdfium2.PdfPage) -> int:
    """Take the text of layers that are switched off out of a page; how many characters it had."""
    layers = _layers(page)
    if not layers:
        return 0
    gone = [one for layer in _unshown(page, list(layers.values())) for one in layer]
    if not gone:
        return 0
    textpage = page.get_textpage()
    letters = sum(len(object_text(one, textpage)) for one in gone)
    textpage.close()
    for one in gone:
        pdfium.FPDFPage_RemoveObject(page, one)
        pdfium.FPDFPageObj_Destroy(one)
    page.gen_content()
    return letters


def _objects(page: pypdfium2.PdfPage) -> Iterator[pdfium.FPDF_PAGEOBJECT]:
    count = pdfium.FPDFPage_CountObjects(page)
    for order in range(count if count <= _MAX_OBJECTS else 0):
        yield pdfium.FPDFPage_GetObject(page, order)


def _layers(page: pypdfium2.PdfPage) -> dict[str, list[pdfium.FPDF_PAGEOBJECT]]:
    """The visible text of each layer by its name; text outside of layers is left out."""
    found: dict[str, list[pdfium.FPDF_PAGEOBJECT]] = {}
    for one in _objects(page):
        if pdfium.FPDFPageObj_GetType(one) != pdfium.FPDF_PAGEOBJ_TEXT or not (marks := _marks(one)):
            continue
        if pdfium.FPDFTextObj_GetTextRenderMode(one) not in _UNSEEN:
            found.setdefault(marks, []).append(one)
    return found


def _marks(one: pdfium.FPDF_PAGEOBJECT) -> str:
    """The names of the layers that an object is on, "" for none."""
    names = []
    for i in range(max(pdfium.FPDFPageObj_CountMarks(one), 0)):
        mark = pdfium.FPDFPageObj_GetMark(one, i)
        if _text(pdfium.FPDFPageObjMark_GetName, mark) == "OC":
            names.append(_text(pdfium.FPDFPageObjMark_GetParamStringValue, mark, b"Name") or "?")
    return "\n".join(names)


def _text(function: object, mark: object, *key: bytes) -> str:
    size = ctypes.c_ulong()
    held = (ctypes.c_ushort * 256)()
    known = function(mark, *key, held, ctypes.sizeof(held), size)  # type: ignore[operator]  # of ctypes
    return bytes(held)[: size.value].decode("utf-16-le", "replace").rstrip("\0") if known else ""


def _unshown(page: pypdfium2.PdfPage, layers: list[list[pdfium.FPDF_PAGEOBJECT]]) -> list[list[pdfium.FPDF_PAGEOBJECT]]:
    """The layers of which nothing appears."""
    if len(layers) > _MAX_LAYERS:
        return []
    every = [one for one in _objects(page) if _is_active(one)]
    for one in every:
        pdfium.FPDFPageObj_SetIsActive(one, False)
    unshown = []
    for layer in layers:
        for one in layer:
            pdfium.FPDFPageObj_SetIsActive(one, True)
        if not _appears(page):
            unshown.append(layer)
        for one in layer:
            pdfium.FPDFPageObj_SetIsActive(one, False)
    for one in every:
        pdfium.FPDFPageObj_SetIsActive(one, True)
    return unshown


def _is_active(one: pdfium.FPDF_PAGEOBJECT) -> bool:
    active = pdfium.FPDF_BOOL()
    return bool(pdfium.FPDFPageObj_GetIsActive(one, active) and active.value)


def _appears(page: pypdfium2.PdfPage) -> bool:
    """True when anything is drawn on the ground of a page."""
    scale = min(1.0, _LONGEST / max(*page.get_size(), 1.0))
    bitmap = page.render(scale=scale, fill_color=_GROUND, may_draw_forms=False, draw_annots=False)
    pixels = bitmap.to_numpy()
    appears = bool((pixels != pixels[0, 0]).any())
    bitmap.close()
    return appears
