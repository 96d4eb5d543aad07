"""A PDF with some of its pages changed before it is read: turned upright, or without text that cannot be seen."""

import io
from collections.abc import Callable, Iterable, Mapping

import pypdfium2


def rewritten(
    data: bytes, change: Callable[[pypdfium2.PdfPage], int], numbers: Iterable[int] | None = None
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
            page = document[number - 1]
            if result := change(page):
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
