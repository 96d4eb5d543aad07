"""Bookmarks of a PDF that run in a circle: the parser of the words follows them without end, and nobody reads them."""

import ctypes
import io

import pypdfium2
import pypdfium2.raw as pdfium

_NAME, _OTHER = b"/Outlines", b"/Outlinez"
_MOST = 20_000
"""Bookmarks that are followed; the longest manual has fewer."""


def without_circles(data: bytes) -> bytes:
    """The PDF without its bookmarks where they run in a circle; any other as it is."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return data
    try:
        if not _runs_in_circle(document):
            return data
        if _NAME not in data:
            # Packed with other objects; they are saved one by one.
            out = io.BytesIO()
            document.save(out)
            data = out.getvalue()
    except pypdfium2.PdfiumError:
        return data
    finally:
        document.close()
    # Of the same length, so that the places of what follows stay as they are.
    return data.replace(_NAME, _OTHER)


def _runs_in_circle(document: pypdfium2.PdfDocument) -> bool:
    seen: set[int] = set()
    waiting = [pdfium.FPDFBookmark_GetFirstChild(document, None)]
    while waiting:
        one = waiting.pop()
        if not one:
            continue
        place = ctypes.cast(one, ctypes.c_void_p).value or 0
        if place in seen or len(seen) > _MOST:
            return True
        seen.add(place)
        waiting.append(pdfium.FPDFBookmark_GetNextSibling(document, one))
        waiting.append(pdfium.FPDFBookmark_GetFirstChild(document, one))
    return False
