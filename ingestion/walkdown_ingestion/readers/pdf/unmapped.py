"""Glyphs of a PDF of which the file does not say what letters they are: drawn for all to see, and lost as text.

A font without a table of its letters (`ToUnicode`) leaves only the numbers of its glyphs, which the parser of the words
drops without a word. Some fonts lack it for the space alone, or for a bullet.
"""

import pypdfium2
import pypdfium2.raw as pdfium

_SAMPLED = 400
_LEAST_KINDS = 3
"""Different glyphs without a letter; a space and a bullet are fewer."""
_LEAST = 0.02


def unmapped_share(textpage: pypdfium2.PdfTextPage) -> float:
    """Of the glyphs of a page, the share of which nobody can say what letters they are; 0 for next to none."""
    count = textpage.count_chars()
    step = max(count // _SAMPLED, 1)
    places = range(0, max(count, 0), step)
    unknown = [i for i in places if pdfium.FPDFText_HasUnicodeMapError(textpage, i) == 1]
    kinds = {pdfium.FPDFText_GetUnicode(textpage, i) for i in unknown}
    share = len(unknown) / len(places) if places else 0.0
    return share if len(kinds) >= _LEAST_KINDS and share >= _LEAST else 0.0
