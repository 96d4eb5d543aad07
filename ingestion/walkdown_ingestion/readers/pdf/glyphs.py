"""Single glyphs, looked at where the parser that gives the words would change a number.

It joins glyphs of all sizes, so that 10⁵ reads 105; it joins what stands close, so that the cells 3960 and 704
beside each other read 3960704; and where a font is not embedded it may guess characters by their shape, so that 12.5
reads 1-.5. Such words are looked up one by one with pypdfium2, which follows the file's own character codes.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Self

import pypdfium2

from walkdown_ingestion.clean import superscript
from walkdown_ingestion.readers.pdf.page import Rule, Segment, Word

_TOKEN = re.compile(r"\S+")
_CANDIDATE = re.compile(r"(?<=\S)[0-9+\-−()]+")
_SIGNS = "+-−"
_BETWEEN = ",;.["
_SMALLER, _HIGHER = 0.82, 0.12
_MAX_TOKEN = 60
_INSIDE = 1.5
_NEAR = 4.0
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")
_ALPHANUMERIC = re.compile(r"[^\W_]")


class Raised(NamedTuple):
    """A run of characters with raised ones in it: as extracted, as printed, and where its first glyph stands."""

    text: str
    printed: str
    x: float
    y: float


class _Glyph(NamedTuple):
    bottom: float
    height: float


class Glyphs:
    """The glyphs of one file; nothing is known of a file that pypdfium2 cannot open."""

    def __init__(self, data: bytes) -> None:
        try:
            self._document: pypdfium2.PdfDocument | None = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            self._document = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._document is not None:
            self._document.close()

    def page(self, number: int) -> "PageGlyphs | None":
        """The glyphs of a page, counted from 1; None when they cannot be had."""
        try:
            return PageGlyphs(self._document[number - 1]) if self._document is not None else None
        except (pypdfium2.PdfiumError, IndexError):
            return None


class PageGlyphs:
    """The glyphs of one page. Places are from the top-left corner of the page."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._textpage = page.get_textpage()
        self.is_drawn = next(iter(page.get_objects(max_depth=1)), None) is not None
        self._height = page.get_height()
        self._width = page.get_width()
        self._rotation = page.get_rotation()
        count = self._textpage.count_chars()
        text = self._textpage.get_text_range(0, count) if count > 0 else ""
        # Characters outside the basic plane count twice in one of the two; positions would be wrong.
        self._text = text if len(text) == count else ""

    def _charbox(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a glyph on the page as it is shown."""
        left, bottom, right, top = self._textpage.get_charbox(index, loose=True)
        if self._rotation == 90:
            return bottom, self._height - right, top, self._height - left
        if self._rotation == 180:
            return self._width - right, self._height - top, self._width - left, self._height - bottom
        if self._rotation == 270:
            return self._width - top, left, self._width - bottom, right
        return left, bottom, right, top

    def _glyph(self, index: int) -> _Glyph:
        _, bottom, _, top = self._charbox(index)
        return _Glyph(bottom, top - bottom)

    def _middle(self, index: int) -> tuple[float, float]:
        left, bottom, right, top = self._charbox(index)
        return (left + right) / 2, self._height - (bottom + top) / 2

    def _printed(self, token: str, start: int) -> str:
        """The token with its raised characters as superscripts."""
        out = list(token)
        base = self._glyph(start)
        for match in _CANDIDATE.finditer(token):
            before = match.start() - 1
            while before > 0 and token[before] in _BETWEEN:
                before -= 1
            if out[before] == token[before]:
                base = self._glyph(start + before)
            # Behind a raised figure and a comma the base is still that of the first: `85¹,²`.
            sign = -1
            for i in range(match.start(), match.end()):
                glyph = self._glyph(start + i)
                if base.height <= 0:
                    continue
                higher = glyph.bottom >= base.bottom + _HIGHER * base.height
                if higher and glyph.height <= _SMALLER * base.height:
                    out[i] = superscript(token[i])
                    if sign == i - 1 >= 0:
                        out[sign] = superscript(token[sign])
                elif token[i] not in _SIGNS:
                    base = glyph
                elif higher:
                    # A sign may come from another font, whose glyphs are taller: the digit after it tells.
                    sign = i
        return "".join(out)

    def raised(self) -> Iterator[Raised]:
        """The words with raised figures."""
        for match in _TOKEN.finditer(self._text):
            token = match.group()
            if len(token) <= _MAX_TOKEN and _CANDIDATE.search(token):
                printed = self._printed(token, match.start())
                if printed != token:
                    # The parser of the words takes a comma behind a raised figure as a word of its own.
                    end = len(token.rstrip(",;:"))
                    yield Raised(token[:end], printed[:end], *self._middle(match.start()))

    def corrected(self, word: Word) -> Word:
        """The word as the file's own codes give it, where the two readings differ in a letter or digit."""
        if word.text in self._text or not self._text or self._rotation:
            return word
        low, high = self._height - word.y1, self._height - word.y0
        own = self._textpage.get_text_bounded(word.x0 - 0.5, low, word.x1 + 0.5, high).strip()
        if len(own) != len(word.text) or _CONTROL.search(own):
            return word
        differs = any(a != b and _ALPHANUMERIC.match(b) for a, b in zip(word.text, own, strict=True))
        return word._replace(text=own) if differs else word

    def split_at(self, word: Word, x: float) -> int:
        """How many characters of a word stand left of `x`; where the glyphs are not found, by equal widths."""
        start = self._text.find(word.text)
        while start >= 0:
            first = self._middle(start)
            if word.x0 - _NEAR <= first[0] <= word.x1 and abs(first[1] - word.middle[1]) <= _NEAR:
                return sum(self._middle(start + i)[0] < x for i in range(len(word.text)))
            start = self._text.find(word.text, start + 1)
        return round((x - word.x0) / (word.x1 - word.x0) * len(word.text))


def apply_raised(segments: list[Segment], raised: Sequence[Raised]) -> tuple[list[Segment], int]:
    """The segments with raised figures as printed, and how many could not be placed.

    A word is the one meant when it stands at the place, or when all words of its kind on the page are meant.
    """
    waiting: dict[str, list[Raised]] = defaultdict(list)
    for item in raised:
        # The parser of the words writes every minus as a hyphen.
        waiting[item.text.replace("−", "-")].append(item)
    placed = [_replaced(segment, waiting, anywhere=frozenset()) for segment in segments]
    left = Counter({text: len(items) for text, items in waiting.items() if items})
    found = Counter(word.text for segment in placed for word in segment.words if word.text in left)
    everywhere = frozenset(text for text, count in left.items() if found[text] == count)
    placed = [_replaced(segment, waiting, anywhere=everywhere) for segment in placed]
    printed = {word.text for segment in placed for word in segment.words}
    return placed, sum(item.printed not in printed for items in waiting.values() for item in items)


def _replaced(segment: Segment, waiting: dict[str, list[Raised]], anywhere: frozenset[str]) -> Segment:
    words = tuple(_word(word, waiting, anywhere) for word in segment.words)
    return segment if words == segment.words else segment._replace(words=words)


def _word(word: Word, waiting: dict[str, list[Raised]], anywhere: frozenset[str]) -> Word:
    for item in waiting.get(word.text, ()):
        here = word.x0 - 3 <= item.x <= word.x1 + 3 and word.y0 - 3 <= item.y <= word.y1 + 3
        if here or word.text in anywhere:
            waiting[word.text].remove(item)
            return word._replace(text=item.printed)
    return _part(word, waiting)


def _part(word: Word, waiting: dict[str, list[Raised]]) -> Word:
    """A word that holds the one meant, where the two readings part words differently: `m2` in `m2/s`."""
    for text, items in waiting.items():
        if len(text) >= len(word.text) or len(found := _whole(text, word.text)) != 1:
            continue
        for item in items:
            if word.x0 - 3 <= item.x <= word.x1 + 3 and word.y0 - 3 <= item.y <= word.y1 + 3:
                items.remove(item)
                at = found[0]
                return word._replace(text=f"{word.text[:at]}{item.printed}{word.text[at + len(text) :]}")
    return word


def _whole(text: str, word: str) -> list[int]:
    """Where a text stands in a word without a letter or digit right beside it."""
    return [m.start() for m in re.finditer(rf"(?<![^\W_]){re.escape(text)}(?![^\W_])", word)]


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
