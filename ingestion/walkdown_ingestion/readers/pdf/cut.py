"""Words of a PDF cut where an upright rule goes through them."""

from collections.abc import Iterator, Sequence

from walkdown_ingestion.readers.pdf.glyphs import PageGlyphs
from walkdown_ingestion.readers.pdf.page import Rule, Segment, Word

_INSIDE = 1.5


def split_at_rules(segments: list[Segment], rules: Sequence[Rule], glyphs: PageGlyphs | None) -> list[Segment]:
    """The segments with words cut where an upright rule goes through them: they are two cells."""
    upright = [rule for rule in rules if not rule.horizontal]
    out = []
    for segment in segments:
        words = tuple(part for word in segment.words for part in _cut(word, upright, glyphs))
        out.append(segment if words == segment.words else segment._replace(words=words))
    return out


def _cut(word: Word, upright: Sequence[Rule], glyphs: PageGlyphs | None) -> Iterator[Word]:
    y = word.middle[1]
    through = (r.x0 for r in upright if word.x0 + _INSIDE < r.x0 < word.x1 - _INSIDE and r.y0 <= y <= r.y1)
    x = min(through, default=None)
    at = glyphs.split_at(word, x) if glyphs is not None and x is not None else 0
    if x is None or not 0 < at < len(word.text):
        yield word
        return
    yield word._replace(text=word.text[:at], x1=x)
    yield from _cut(word._replace(text=word.text[at:], x0=x), upright, glyphs)
