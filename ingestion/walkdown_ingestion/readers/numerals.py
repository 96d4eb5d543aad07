"""Numerals of list items beside 1, a and i: 가, ㄱ, 일, 하나, 一, 十一, 壱, 甲, 子, ア, イ, １, ⑴, ㊀, α."""

from collections.abc import Callable, Mapping

_TENS, _HUNDRED = 10, 100
_MOST = 9999
_SYLLABLES, _CONSONANTS = "가나다라마바사아자차카타파하", "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_HAN, _KOREAN = "〇一二三四五六七八九", "영일이삼사오육칠팔구"
_NATIVE = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")


def _of(letters: str) -> Callable[[int], str]:
    return lambda n: letters[(n - 1) % len(letters)]


def _from(first: str, most: int) -> Callable[[int], str]:
    return lambda n: chr(ord(first) + n - 1) if n <= most else str(n)


def _digits(letters: str) -> Callable[[int], str]:
    return lambda n: "".join(letters[int(digit)] for digit in str(n))


def counted(number: int, digits: str, places: str, *, bare: str = "", first: str = "", zero: str = "") -> str:
    """A number in words of digit and place (`十一`, `二百零五`, `이백오`); beyond 9,999 in figures.

    No one is written before the places of `bare`, nor before those of `first` where the number begins with them;
    `zero` stands for places left out between others.
    """
    if number > _MOST:
        return str(number)
    out, gap, figures = "", False, str(number)
    for at, figure in enumerate(figures):
        if figure == "0":
            gap = True
            continue
        place = places[len(figures) - at - 2] if at < len(figures) - 1 else ""
        plain = figure == "1" and place and (place in bare or (place in first and not out))
        out += (zero if gap and out else "") + ("" if plain else digits[int(figure)]) + place
        gap = False
    return out


def _native(number: int) -> str:
    tens, ones = divmod(number, _TENS)
    return _NATIVE_TENS[tens] + _NATIVE[ones] if number < _HUNDRED else str(number)


def _ordinal(number: int) -> str:
    teen = number // _TENS % _TENS == 1
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % _TENS, 'th')}"


def _of_kana(letters: str) -> Callable[[int], str]:
    return lambda n: letters[(n - 1) % len(letters)] * ((n - 1) // len(letters) + 1)


_SPELT: dict[str, Callable[[int], str]] = {
    "ganada": _of(_SYLLABLES),
    "chosung": _of(_CONSONANTS),
    "koreanDigital": _digits(_KOREAN),
    "koreanCounting": lambda n: counted(n, _KOREAN, "십백천", bare="십백천"),
    "koreanLegal": _native,
    "chineseCounting": lambda n: counted(n, _HAN, "十百千", first="十", zero="零"),
    "japaneseCounting": lambda n: counted(n, _HAN, "十百千", bare="十百千"),
    "ideographDigital": _digits(_HAN),
    "japaneseLegal": lambda n: counted(n, "〇壱弐参四伍六七八九", "拾百阡"),
    "chineseLegalSimplified": lambda n: counted(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟", zero="零"),
    "ideographLegalTraditional": lambda n: counted(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟", zero="零"),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "aiueoFullWidth": _of_kana(_KANA),
    "irohaFullWidth": _of_kana(_IROHA),
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "circledSyllables": _from("㉮", 14),
    "circledConsonants": _from("㉠", 14),
    "lowerGreek": _of(_GREEK),
    "numberInDash": lambda n: f"- {n} -",
    "ordinal": _ordinal,
}
_ALIKE = {
    "chineseCountingThousand": "chineseCounting", "taiwaneseCounting": "chineseCounting",
    "taiwaneseCountingThousand": "chineseCounting", "japaneseDigitalTenThousand": "ideographDigital",
    "taiwaneseDigital": "ideographDigital", "koreanDigital2": "ideographDigital", "aiueo": "aiueoFullWidth",
    "iroha": "irohaFullWidth", "decimalFullWidth2": "decimalFullWidth",
    "decimalEnclosedCircleChinese": "decimalEnclosedCircle",
}  # fmt: skip
NUMERALS: Mapping[str, Callable[[int], str]] = {**_SPELT, **{name: _SPELT[other] for name, other in _ALIKE.items()}}
"""Numerals for numbers from 1 by the names that Word gives them."""
BY_FIRST: Mapping[str, str] = {
    "가": "ganada", "ㄱ": "chosung", "일": "koreanCounting", "하나": "koreanLegal", "一": "chineseCounting",
    "壹": "chineseLegalSimplified", "壱": "japaneseLegal", "甲": "ideographTraditional", "子": "ideographZodiac",
    "ア": "aiueoFullWidth", "ｱ": "aiueoFullWidth", "イ": "irohaFullWidth", "ｲ": "irohaFullWidth",
    "１": "decimalFullWidth", "①": "decimalEnclosedCircle", "㉮": "circledSyllables", "㉠": "circledConsonants",
    "α": "lowerGreek", "01": "decimalZero", "(1)": "decimalEnclosedParen", "⑴": "decimalEnclosedParen",
}  # fmt: skip
"""Their names by the first numeral, as OpenDocument tells them: `가, 나, 다, ...`."""
BY_STYLE: Mapping[str, str] = {
    "hangul": "ganada", "hangul-consonant": "chosung", "korean-hangul-formal": "koreanCounting",
    "cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting", "simp-chinese-formal": "chineseLegalSimplified",
    "trad-chinese-formal": "ideographLegalTraditional", "japanese-informal": "japaneseCounting",
    "japanese-formal": "japaneseLegal", "cjk-decimal": "ideographDigital", "katakana": "aiueoFullWidth",
    "katakana-iroha": "irohaFullWidth", "cjk-heavenly-stem": "ideographTraditional",
    "cjk-earthly-branch": "ideographZodiac", "lower-greek": "lowerGreek", "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "decimal": "decimal",
}  # fmt: skip
"""Their names by `list-style-type` of web pages."""
