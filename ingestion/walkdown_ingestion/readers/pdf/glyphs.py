"""Single glyphs, looked at where the parser that gives the words would change a number.

It joins glyphs of all sizes, so that 10⁵ reads 105; it joins what stands close, so that the cells 3960 and 704
beside each other read 3960704; and where a font is not embedded it may guess characters by their shape, so that 12.5
reads 1-.5. Such words are looked up one by one with pypdfium2, which follows the file's own character codes.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple, Self

import pypdfium2
import pypdfium2.raw as pdfium_c

from walkdown_ingestion.clean import superscript
from walkdown_ingestion.readers.pdf.page import Word
from walkdown_ingestion.readers.pdf.rise import HIGHER, LITTLE_SMALLER, Glyph, tops

_TOKEN = re.compile(r"\S+")
_CANDIDATE = re.compile(r"(?<=\S)[0-9+\-−()]+|(?<=\d)[가-힣一-鿿]{1,2}\d{0,2}|(?<=[^\W_])[a-z](?![a-z])")
"""Figures that may be raised, and letters: the mark of a footnote (`a`, `주1`), the `o` of 25 °C."""
_MARK = re.compile(r"[(\[]?(?:\d{1,2}[)\]]?|[a-z][)\]]|[가-힣一-鿿]{1,2}\d{0,2}[)\]]?)")
"""A mark that may stand apart from what it is about: `17.2 ¹⁾`, or at the head of its note."""
_SIGNS = "+-−"
_BETWEEN = ",;.["
_SMALLER, _LOWER = 0.82, 0.03
"""A lowered figure stands no higher than the one beside it."""
_MUCH_HIGHER = 0.25
"""As browsers set raised figures, at five sixths of the size: beside a letter or figure, since a sign such as `≥` may
come from another font, whose glyphs are taller."""
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ALIKE = 0.1
_MAX_TOKEN = 60
_NEAR = 4.0
_SAME_PLACE = 0.8
_NEXT = 3.0
"""Heights within which a mark stands beside what it is about."""
_BREAK = "\r\n"
TOUCHES = 0.15
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
        self._boxes: dict[int, tuple[float, float, float, float]] = {}
        self._glyphs: dict[int, Glyph] = {}
        self._rotation = page.get_rotation()
        count = self.textpage.count_chars()
        text = self.textpage.get_text_range(0, count) if count > 0 else ""
        # Characters outside the basic plane count twice in one of the two; positions would be wrong.
        self.text = text if len(text) == count else ""

    def charbox(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a glyph on the page as it is shown."""
        if index not in self._boxes:
            self._boxes[index] = self._box(index)
        return self._boxes[index]

    def _box(self, index: int) -> tuple[float, float, float, float]:
        left, bottom, right, top = self.textpage.get_charbox(index, loose=True)
        if self._rotation == 90:
            return bottom, self.height - right, top, self.height - left
        if self._rotation == 180:
            return self._width - right, self.height - top, self._width - left, self.height - bottom
        if self._rotation == 270:
            return self._width - top, left, self._width - bottom, right
        return left, bottom, right, top

    def _glyph(self, index: int) -> Glyph:
        if index not in self._glyphs:
            _, bottom, _, top = self.charbox(index)
            self._glyphs[index] = Glyph(bottom, top - bottom, partial(self._line, index))
        return self._glyphs[index]

    def _line(self, index: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium_c.FPDFText_GetCharOrigin(self.textpage, index, x, y)
        heights: dict[int, float] = {0: y.value, 90: self._width - x.value, 180: self.height - y.value, 270: x.value}
        return heights[self._rotation]

    def _middle(self, index: int) -> tuple[float, float]:
        left, bottom, right, top = self.charbox(index)
        return (left + right) / 2, self.height - (bottom + top) / 2

    def _printed(self, token: str, places: Sequence[int]) -> str:
        """The token with its raised characters as superscripts; `places` are those of its characters in the text."""
        out = list(token)
        base, sure = self._glyph(places[0]), token[0].isalnum()
        whole = base
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
                higher = rise >= HIGHER and glyph.stands_above(base)
                browsers = sure and higher and rise >= _MUCH_HIGHER and size <= LITTLE_SMALLER and token[i] != "("
                if (higher and size <= _SMALLER) or browsers or tops(glyph, base, whole):
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
                    lower = 0 < small.height <= LITTLE_SMALLER * beside.height and sunk
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
            if _MARK.fullmatch(token) and not self._is_turned(match) and self._is_raised_mark(match):
                printed = "".join(map(superscript, token)).strip()
                yield Raised(token, printed, *self._middle(match.start()))
                continue
            ahead = self._ahead(match.start())
            whole = "".join(self.text[i] for i in ahead) + token
            if _CANDIDATE.search(whole) and not self._is_turned(match):
                every = self._printed(whole, [*ahead, *range(match.start(), match.end())])
                printed = every[len(ahead) :]
                if printed != token:
                    # The parser of the words takes a comma behind a raised figure as a word of its own.
                    token, printed = token.rstrip(",;:"), printed.rstrip(",;:")
                    yield Raised(token, printed, *self._middle(match.start()))
                    if ahead:
                        # The parser of the words may not break it there.
                        whole, every = whole.rstrip(",;:"), every.rstrip(",;:")
                        yield Raised(whole, every, *self._middle(ahead[0]), again=True)

    def _is_turned(self, token: re.Match[str]) -> bool:
        """True for a token that runs upwards or downwards: its glyphs stand higher one by one and are not raised."""
        (x, y), (x1, y1) = self._middle(token.start()), self._middle(token.end() - 1)
        return abs(y1 - y) > abs(x1 - x)

    def _is_raised_mark(self, mark: re.Match[str]) -> bool:
        """True when all of a token is smaller and higher than the one beside it on its line."""
        following, before = _TOKEN.search(self.text, mark.end()), mark.start() - 2
        beside = [following.start()] if following else []
        beside += [before] if before >= 0 and self.text[before + 1] == " " and self.text[before] not in " \r\n" else []
        for at in beside:
            base = self._glyph(at)
            glyphs = [self._glyph(i) for i in range(mark.start(), mark.end())]
            near = abs(self._middle(at)[0] - self._middle(mark.start())[0]) < _NEXT * base.height
            if (
                near
                and base.height > 0
                and all(
                    g.stands_above(base)
                    and g.height <= _SMALLER * base.height
                    and HIGHER * base.height <= g.bottom - base.bottom < base.height
                    for g in glyphs
                )
            ):
                return True
        return False

    def _ahead(self, start: int) -> list[int]:
        """The characters that a token goes on with, where the text breaks the line before a raised figure.

        Of text that is printed letter by letter it breaks the line before each.
        """
        found: list[int] = []
        last = self._touched(start)
        while last is not None and len(found) < _MAX_TOKEN:
            found.insert(0, last)
            inside = last > 0 and not self.text[last - 1].isspace()
            last = last - 1 if inside else self._touched(last)
        return found

    def _touched(self, start: int) -> int | None:
        """The character before a line break that stands right beside the one behind it."""
        last = start - len(_BREAK) - 1
        if last < 0 or self.text[last + 1 : start] != _BREAK or self.text[last].isspace():
            return None
        _, bottom, right, top = self.charbox(last)
        left, low, _, high = self.charbox(start)
        beside = abs(left - right) < TOUCHES * max(top - bottom, high - low)
        return last if beside and bottom < high and low < top else None

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

    def singled(self, word: Word) -> Word:
        """A word each of whose glyphs is printed twice at one place, once filled and once as an outline, as one."""
        text = word.text
        if len(text) < 2 or text[::2] != text[1::2]:
            return word
        start = self.text.find(text)
        while start >= 0:
            x, y = self._middle(start)
            if word.x0 - _NEAR <= x <= word.x1 and abs(y - word.middle[1]) <= _NEAR:
                pairs = range(start, start + len(text), 2)
                return word._replace(text=text[::2]) if all(map(self._is_twice, pairs)) else word
            start = self.text.find(text, start + 1)
        return word

    def _is_twice(self, index: int) -> bool:
        """True for a glyph at whose place the next is printed again."""
        left, _, right, _ = self.charbox(index)
        again, _, end, _ = self.charbox(index + 1)
        return min(right, end) - max(left, again) > _SAME_PLACE * (right - left)

    def split_at(self, word: Word, x: float) -> int:
        """How many characters of a word stand left of `x`; where the glyphs are not found, by equal widths."""
        start = self.text.find(word.text)
        while start >= 0:
            first = self._middle(start)
            if word.x0 - _NEAR <= first[0] <= word.x1 and abs(first[1] - word.middle[1]) <= _NEAR:
                return sum(self._middle(start + i)[0] < x for i in range(len(word.text)))
            start = self.text.find(word.text, start + 1)
        return round((x - word.x0) / (word.x1 - word.x0) * len(word.text))
