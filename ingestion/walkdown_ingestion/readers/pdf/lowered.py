"""Lowered figures of another font: LibreOffice draws the `₂` of `H₂S` behind `H S`, and so the letters come."""

from collections.abc import Sequence

from walkdown_ingestion.readers.pdf.glyphs import PageGlyphs
from walkdown_ingestion.readers.pdf.page import Segment, Word

_LOWERED = frozenset("₀₁₂₃₄₅₆₇₈₉")
_NEAR, _TOUCHES = 4.0, 0.5


def with_lowered_in_place(segments: Sequence[Segment], glyphs: PageGlyphs) -> list[Segment]:
    """The segments with such figures where they stand, and what they part as one word."""
    found = [_mended(segment, glyphs) if _LOWERED & set(segment.text) else segment for segment in segments]
    out: list[Segment] = []
    for segment in found:
        base = next((i for i, one in enumerate(out) if _goes_on(one, segment)), -1)
        if base < 0:
            out.append(segment)
            continue
        *before, last = out[base].words
        first, *behind = segment.words
        whole = last._replace(text=last.text + first.text, x1=first.x1, y1=max(last.y1, first.y1))
        out[base] = out[base]._replace(words=(*before, whole, *behind))
    return out


def _goes_on(base: Segment, segment: Segment) -> bool:
    """True for a piece that begins with a lowered figure right behind the letter it belongs to."""
    last, first = base.words[-1], segment.words[0]
    beside = abs(first.x0 - last.x1) < _TOUCHES and abs(first.y0 - last.y0) < _TOUCHES
    return first.text[0] in _LOWERED and last.text[-1].isalpha() and beside and base.size == segment.size


def _mended(segment: Segment, glyphs: PageGlyphs) -> Segment:
    words: list[Word] = []
    for word in segment.words:
        ordered = _in_order(word, glyphs)
        last = words[-1] if words else None
        if last is not None and ordered != word and ordered.text[0] in _LOWERED and abs(word.x0 - last.x1) < _TOUCHES:
            words[-1] = last._replace(text=last.text + ordered.text, x1=word.x1, y1=max(last.y1, word.y1))
        else:
            words.append(ordered)
    return segment._replace(words=tuple(words))


def _in_order(word: Word, glyphs: PageGlyphs) -> Word:
    """The word with its letters from left to right."""
    if len(word.text) < 2 or not _LOWERED & set(word.text):
        return word
    start = glyphs.text.find(word.text)
    while start >= 0:
        boxes = [glyphs.charbox(start + i) for i in range(len(word.text))]
        middle = glyphs.height - (boxes[0][1] + boxes[0][3]) / 2
        if word.x0 - _NEAR <= boxes[0][0] <= word.x1 and abs(middle - word.middle[1]) <= _NEAR:
            order = sorted(range(len(boxes)), key=lambda i: boxes[i][0])
            return word._replace(text="".join(word.text[i] for i in order))
        start = glyphs.text.find(word.text, start + 1)
    return word
