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
_CANDIDATE = re.compile(r"(?<=\S)[0-9+\-−()]+|(?<=\d)[a-z](?![a-z])")
"""Figures that may be raised, and letters: the mark of a footnote, the `o` of 25 °C."""
_SIGNS = "+-−"
_BETWEEN = ",;.["
_SMALLER, _HIGHER, _LOWER = 0.82, 0.12, 0.03
"""A lowered figure stands no higher than the one beside it."""
_LITTLE_SMALLER, _MUCH_HIGHER = 0.86, 0.25
"""As browsers set raised figures, at five sixths of the size: beside a letter or figure, since a sign such as `≥` may
come from another font, whose glyphs are taller."""
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ALIKE = 0.1
_MAX_TOKEN = 60
_INSIDE = 1.5
_NEAR = 4.0
_BREAK = "\r\n"
_TOUCHES = 0.15
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾°ⁿᵃᵇᶜᵈᵉ")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")
_ALPHANUMERIC = re.compile(r"[^\W_]")


class Raised(NamedTuple):
    """A run of characters with raised ones in it: as extracted, as printed, and where its first glyph stands."""

    text: str
    printed: str
    x: float
    y: float
    again: bool = False
    """True for a longer form of the one before, of which either is found."""


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
        self.textpage = page.get_textpage()
        self.is_drawn = next(iter(page.get_objects(max_depth=1)), None) is not None
        self.height = page.get_height()
        self._width = page.get_width()
        self._known: dict[int, _Glyph] = {}
        self._rotation = page.get_rotation()
        count = self.textpage.count_chars()
        text = self.textpage.get_text_range(0, count) if count > 0 else ""
        # Characters outside the basic plane count twice in one of the two; positions would be wrong.
        self.text = text if len(text) == count else ""

    def charbox(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a glyph on the page as it is shown."""
        left, bottom, right, top = self.textpage.get_charbox(index, loose=True)
        if self._rotation == 90:
            return bottom, self.height - right, top, self.height - left
        if self._rotation == 180:
            return self._width - right, self.height - top, self._width - left, self.height - bottom
        if self._rotation == 270:
            return self._width - top, left, self._width - bottom, right
        return left, bottom, right, top

    def _glyph(self, index: int) -> _Glyph:
        if index not in self._known:
            _, bottom, _, top = self.charbox(index)
            self._known[index] = _Glyph(bottom, top - bottom)
        return self._known[index]

    def _middle(self, index: int) -> tuple[float, float]:
        left, bottom, right, top = self.charbox(index)
        return (left + right) / 2, self.height - (bottom + top) / 2

    def _printed(self, token: str, places: Sequence[int]) -> str:
        """The token with its raised characters as superscripts; `places` are those of its characters in the text."""
        out = list(token)
        base, sure = self._glyph(places[0]), token[0].isalnum()
        for match in _CANDIDATE.finditer(token):
            before = match.start() - 1
            while before > 0 and token[before] in _BETWEEN:
                before -= 1
            if out[before] == token[before]:
                base, sure = self._glyph(places[before]), token[before].isalnum()
            # Behind a raised figure and a comma the base is still that of the first: `85¹,²`.
            sign = -1
            for i in range(match.start(), match.end()):
                glyph = self._glyph(places[i])
                if base.height <= 0:
                    continue
                rise, size = (glyph.bottom - base.bottom) / base.height, glyph.height / base.height
                higher = rise >= _HIGHER
                browsers = sure and rise >= _MUCH_HIGHER and size <= _LITTLE_SMALLER and token[i] != "("
                if (higher and size <= _SMALLER) or browsers:
                    out[i] = superscript(token[i])
                    if sign == i - 1 >= 0:
                        out[sign] = superscript(token[sign])
                elif token[i] not in _SIGNS:
                    base, sure = glyph, token[i].isalnum()
                elif higher:
                    # A sign may come from another font, whose glyphs are taller: the digit after it tells.
                    sign = i
        self._lower(out, places)
        return "".join(out)

    def _lower(self, out: list[str], places: Sequence[int]) -> None:
        """Write lowered figures beside others as such: `log` 10 `5` is log₁₀5; those of H2S stay plain."""
        digits = [i for i, c in enumerate(out) if c.isascii() and c.isdigit()]
        for step, order in ((1, digits[::-1]), (-1, digits)):
            for i in order:
                if i + step not in digits:
                    continue
                small, beside = self._glyph(places[i]), self._glyph(places[i + step])
                sunk = small.bottom <= beside.bottom + _LOWER * beside.height
                if out[i + step].isascii():
                    lower = 0 < small.height <= _LITTLE_SMALLER * beside.height and sunk
                else:
                    lower = abs(small.height - beside.height) <= _ALIKE
                if lower:
                    out[i] = out[i].translate(_SUBSCRIPTS)

    def raised(self) -> Iterator[Raised]:
        """The words with raised figures."""
        for match in _TOKEN.finditer(self.text):
            token = match.group()
            if len(token) > _MAX_TOKEN:
                continue
            before = self._before(match.start())
            ahead = [] if before is None else [before]
            whole = "".join(self.text[i] for i in ahead) + token
            if _CANDIDATE.search(whole):
                printed = self._printed(whole, [*ahead, *range(match.start(), match.end())])[len(ahead) :]
                if printed != token:
                    # The parser of the words takes a comma behind a raised figure as a word of its own.
                    end = len(token.rstrip(",;:"))
                    yield Raised(token[:end], printed[:end], *self._middle(match.start()))
                    if before is not None:
                        # The parser of the words may not break it there.
                        word = self.text[max(0, before - _MAX_TOKEN) : before + 1].split()[-1]
                        begin = before + 1 - len(word)
                        yield Raised(word + token[:end], word + printed[:end], *self._middle(begin), again=True)

    def _before(self, start: int) -> int | None:
        """The character that a token goes on with, where the text breaks the line before a raised figure."""
        last = start - len(_BREAK) - 1
        if last < 0 or self.text[last + 1 : start] != _BREAK or self.text[last].isspace():
            return None
        _, bottom, right, top = self.charbox(last)
        left, low, _, _ = self.charbox(start)
        beside = abs(left - right) < _TOUCHES * (top - bottom)
        return last if beside and bottom < low < top else None

    def corrected(self, word: Word) -> Word:
        """The word as the file's own codes give it, where the two readings differ in a letter or digit."""
        if word.text in self.text or not self.text or self._rotation:
            return word
        low, high = self.height - word.y1, self.height - word.y0
        own = self.textpage.get_text_bounded(word.x0 - 0.5, low, word.x1 + 0.5, high).strip()
        if len(own) != len(word.text) or _CONTROL.search(own):
            return word
        differs = any(a != b and _ALPHANUMERIC.match(b) for a, b in zip(word.text, own, strict=True))
        return word._replace(text=own) if differs else word

    def split_at(self, word: Word, x: float) -> int:
        """How many characters of a word stand left of `x`; where the glyphs are not found, by equal widths."""
        start = self.text.find(word.text)
        while start >= 0:
            first = self._middle(start)
            if word.x0 - _NEAR <= first[0] <= word.x1 and abs(first[1] - word.middle[1]) <= _NEAR:
                return sum(self._middle(start + i)[0] < x for i in range(len(word.text)))
            start = self.text.find(word.text, start + 1)
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
    # One that begins with a raised figure says little without its place: it may be a mere `1`.
    everywhere = frozenset(t for t, n in left.items() if found[t] == n and waiting[t][0].printed[0] not in _RAISED)
    placed = [_replaced(segment, waiting, anywhere=everywhere) for segment in placed]
    printed = {word.text for segment in placed for word in segment.words}
    missing = (item for items in waiting.values() for item in items if not item.again)
    return placed, sum(not any(item.printed in text for text in printed) for item in missing)


def glued(segments: Sequence[Segment]) -> list[Segment]:
    """The segments with those that begin with a raised figure joined to the word right before them: 85 and `¹ °C`."""
    out: list[Segment] = []
    for segment in segments:
        base = out[-1] if out else None
        first = segment.words[0]
        near = base is not None and -0.5 <= segment.x0 - base.x1 <= _TOUCHES * base.size and first.y0 < base.y1
        if base is not None and near and first.text[0] in _RAISED and base.y0 < first.y1:
            last = base.words[-1]._replace(text=base.words[-1].text + first.text, x1=first.x1)
            out[-1] = base._replace(words=(*base.words[:-1], last, *segment.words[1:]))
        else:
            out.append(segment)
    return out


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
