"""A PDF with some of its pages changed before it is read: turned upright, or without text that cannot be seen."""

import io
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import pypdfium2

from walkdown_ingestion.readers.pdf.covered import take_covered
from walkdown_ingestion.readers.pdf.layers import may_have_layers, take_switched_off
from walkdown_ingestion.readers.pdf.stamps import take_stamps


def rewritten(
    data: bytes, change: Callable[[pypdfium2.PdfPage, int], int], numbers: Iterable[int] | None = None
) -> tuple[bytes, Mapping[int, int]]:
    """The PDF after `change` was made to its pages (those of `numbers`, from 1), and what it told of each it changed.

    `change` tells 0 for a page that it left alone. A file that cannot be opened or written is given back as it is: the
    reader that follows says what is wrong with it.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return data, {}
    told: dict[int, int] = {}
    try:
        for number in numbers if numbers is not None else range(1, len(document) + 1):
            try:
                page = document[number - 1]
            except pypdfium2.PdfiumError:
                continue  # a damaged page is told by the reader that follows, and shields no other one
            if result := change(page, number):
                told[number] = result
            page.close()
        if not told:
            return data, {}
        out = io.BytesIO()
        document.save(out)
    except (pypdfium2.PdfiumError, IndexError):
        return data, {}
    finally:
        document.close()
    return out.getvalue(), told


class Unseen(NamedTuple):
    """A PDF without the text that its reader does not see or that is stamped over its lines; what was, by page."""

    data: bytes
    covered: Mapping[int, int]
    switched_off: Mapping[int, int]
    stamped: Mapping[int, tuple[str, ...]]


def without_unseen(data: bytes) -> Unseen:
    """The PDF without text of layers that are switched off, covered text and stamps.

    All in one walk, since to open a page costs as much as to look for any of them.
    """
    covered: dict[int, int] = {}
    switched_off: dict[int, int] = {}
    stamped: dict[int, tuple[str, ...]] = {}
    layered = may_have_layers(data)

    def change(page: pypdfium2.PdfPage, number: int) -> int:
        off = take_switched_off(page) if layered else 0
        if off:
            switched_off[number] = off
        if letters := take_covered(page):
            covered[number] = letters
        removed, said = take_stamps(page)
        if said:
            stamped[number] = said
        return off + letters + removed

    return Unseen(rewritten(data, change)[0], covered, switched_off, stamped)
