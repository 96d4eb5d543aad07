"""Numbers as words: `three`, `twice`, `세 번`, `사흘`; and the value of a number as written in digits."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−", "0123456789-+-")
_MYRIADS = {"천": 1e3, "만": 1e4, "백만": 1e6, "천만": 1e7, "억": 1e8, "thousand": 1e3, "million": 1e6, "万": 1e4}

_RAISED = "[⁰¹²³⁴⁵⁶⁷⁸⁹]"
DIGITS = (
    rf"(?:10[⁻⁺]?{_RAISED}+|10\^[-−+]?\d{{1,2}}(?!\d)|\d{{1,3}}(?:\.\d{{3}})+,\d{{1,2}}(?!\d)|\d{{1,3}}(?:[,'’]\d{{3}})+(?!\d)"
    r"|[1-9]\d{0,2}(?: \d{3})* 0\d\d(?: \d{3})*(?!\d)|0,\d+|\d+)"
    r"(?:\.\d+)?"
    rf"(?:\s?[×xX*]\s?10(?:\^[-−+]?\d+|[-−+]\d+|[1-9]\d?(?!\d)|[⁻⁺]?{_RAISED}+)|[eE][-+]?\d+(?![\dA-Za-z]))?"
    r"(?:\s?(?:천만|백만|천|만|억|thousand|million|万)(?![가-힣]{2}))?"
)
"""A number in digits: decimals, powers of ten, Korean myriads (`3만`), and thousands parted by a comma, an apostrophe
or, where a part begins with 0, a space. `2 x 1000` is two of 1000 and no power."""
FRACTION = r"(?:(?:\d{1,2}[-\s])?[1-9]\d?/(?:2|4|8|16|32|64)(?=\s?(?:[\"″]|inch|in\b))|(?:\d{1,3}\s?)?[½¼¾⅛⅜⅝⅞])"
"""Sizes of pipes: `3/4\"`, `1-1/2 in`, `2½`."""
DECIMAL_COMMA = r"\d{1,3},\d{1,2}(?![\d,.])"
"""`12,5`: a number with a decimal comma, where a unit of no Korean word follows; `2,3분` is two or three minutes."""

_ENGLISH = {
    w: n
    for n, w in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split(),
        1,
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100, "once": 1, "twice": 2,
     "dozen": 12, "half": 0.5, "quarter": 0.25, "both": 2, "zero": 0, "first": 1, "second": 2, "third": 3}  # fmt: skip
_NATIVE = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10,
           "열두": 12, "스무": 20, "서너": 3, "첫": 1, "둘": 2, "셋": 3, "넷": 4, "하나": 1}  # fmt: skip
_COUNTERS = "번|회|차례|대|명|개|가지|사람|시간|달|주|곳|단계|배|째|채널|쪽|군데|방울|종|호기|줄|잔|병|벌|통|기"
_DAYS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "열흘": 10, "보름": 15}
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅞": 0.875}
_FRACTIONS = {"절반": 0.5, "½": 0.5, "¼": 0.25, "¾": 0.75, "반": 0.5}

_ENGLISH_RE = re.compile(
    rf"\b(?P<word>{'|'.join(_ENGLISH)})\b(?:[ -](?P<more>{'|'.join(list(_ENGLISH)[:9])})\b)?", re.I
)
_NATIVE_RE = re.compile(
    rf"(?<![가-힣])(?P<word>{'|'.join(sorted(_NATIVE, key=len, reverse=True))})\s?(?=(?:{_COUNTERS})|모두|\s|$)"
)
_DAYS_RE = re.compile(rf"(?<![가-힣])(?P<word>{'|'.join(_DAYS)})(?![가-힣]*루)")
_FRACTION_RE = re.compile(r"(?P<word>절반|[½¼¾])|(?<=시간 )반(?![가-힣])|(?<=시간)반")


class Numeral(NamedTuple):
    """A number written as a word: its value, its unit where the word holds one (`사흘`: day), and where it stands."""

    value: float
    unit: str
    start: int
    end: int


def value_of(digits: str) -> float:
    """The value of a number that `DIGITS` matches."""
    plain = digits.strip()
    if re.fullmatch(FRACTION, f'{plain}"' if plain[-1:].isdigit() else plain) or re.search(r"\d/\d", plain):
        return _fraction(plain)
    factor = 1.0
    for name in sorted(_MYRIADS, key=len, reverse=True):
        if plain.endswith(name):
            plain, factor = plain.removesuffix(name).strip(), _MYRIADS[name]
            break
    plain = re.sub(r"^(0|\d+(?=,\d{1,2}$)),(?=\d)", r"\1.", plain)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d{1,2}", plain):
        plain = plain.replace(".", "").replace(",", ".")
    if re.match(rf"10[⁻⁺^]?(?:{_RAISED}|(?<=\^))", plain):
        plain = f"1×{plain}"
    plain = re.sub(r"[,'’ ]", "", plain).translate(_SUPERSCRIPTS)
    mantissa, _, exponent = re.sub(r"[×xX*]10\^?", "e", plain).replace("E", "e").partition("e")
    return float(mantissa) * 10.0 ** int(exponent or 0) * factor


def _fraction(plain: str) -> float:
    """The value of `1-1/2`, `3/4` and `2½`."""
    if plain[-1] in _VULGAR:
        return float(plain[:-1].strip() or 0) + _VULGAR[plain[-1]]
    whole, top, bottom = re.fullmatch(r"(?:(\d+)[-\s])?(\d+)/(\d+)", plain).groups()  # type: ignore[union-attr]
    return float(whole or 0) + float(top) / float(bottom)


def find_numerals(text: str) -> Iterator[Numeral]:
    """Numbers written as words, English and Korean. They support a claim; few of them need support themselves."""
    for match in _ENGLISH_RE.finditer(text):
        value = float(_ENGLISH[match["word"].lower()])
        more = _ENGLISH[match["more"].lower()] if match["more"] and value >= 20 else 0
        yield Numeral(value + more, "", match.start(), match.end())
    for match in _NATIVE_RE.finditer(text):
        yield Numeral(float(_NATIVE[match["word"]]), "", match.start("word"), match.end("word"))
    for match in _DAYS_RE.finditer(text):
        yield Numeral(float(_DAYS[match["word"]]), "day", match.start(), match.end())
    for match in _FRACTION_RE.finditer(text):
        yield Numeral(_FRACTIONS[match.group()], "", match.start(), match.end())
