"""Bytes of a text file to text: UTF-8, UTF-16 and the legacy encodings of the five languages (cp949 first).

Each legacy encoding is tried strictly and taken only when the outcome looks like the language it is made for,
because cp949, Shift-JIS and GB18030 decode each other's bytes without complaint.
"""

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple

from walkdown.errors import DocumentError
from walkdown_ingestion.faulty_text import in_two_encodings, nearly, without_nuls

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HANGUL = re.compile(r"[가-힣]")
_HAN = re.compile(r"[一-鿿\uf900-\ufaff]")
_KANA = re.compile(r"[ぁ-ヿ]")
_HALF_KANA = re.compile(r"[ｦ-ﾟ]")
_LATIN = re.compile(r"[A-Za-z]")
_IN_WORD = re.compile(r"(?<=[a-z])[一-鿿\uf900-\ufaff](?=[a-z])")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
"""What other encodings become when they are read as GB 18030."""
_WIDE = re.compile(r"[^\x00-\x7f]")


_SHIFTED = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_2"))
"""Encodings of old mails, whose bytes are those of ASCII."""
_LATIN_NAMES = frozenset("ascii us-ascii iso-8859-1 iso-8859-15 iso8859-1 latin-1 latin1 windows-1252 cp1252".split())
_ALSO = {"euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "shift_jis": "cp932", "shift-jis": "cp932",
         "x-sjis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}  # fmt: skip
"""Names of encodings by which programs mean a larger one."""
_PAIR = 2
"""Bytes of a syllable that Korean text uses; others take eight."""
_BIG5_COMMON = (0xA1, 0xC6)
"""First bytes of the common characters of Big5, before which its second bytes may lie."""
_TENTH, _QUARTER, _HALF, _MOSTLY = 0.1, 0.25, 0.5, 0.9
_MOST_ACCENTS = 4
_COMMON = frozenset(
    "가각간감값개거건검것게격결경계고공과관교구균그급기긴까나낮내냉넘넣년노높누는니다단닫당대도돌동되두뒤드들등때"
    "라람래량러럼레려력로록료루류르를름리린림립링마막만머며면멸명모목무문물미밀바반발방배밸버번베벤변보복본부분브비빈"
    "사산상생서선설성세소속수순스시식신실쓰아안않알암압액야약양어업없에엔여역연열염예오온와요용우운울원월위유으은을음응의이인일임입"
    "있자작장재저적전절점접정제조주준중증지진질차체초최추축출충치크탄태탱터토톨통트팀파판펌폐포표품프피필하한함합항해허험현호화확환회후흡힘"
)
"""Two of three letters of Korean technical text, one of ten of other text that is read as Korean by mistake."""


class Decoded(NamedTuple):
    """A text, the encoding it was read with, and what to tell of letters that were damaged."""

    text: str
    encoding: str
    told: tuple[str, ...] = ()


def _share(pattern: re.Pattern[str], text: str) -> float:
    wide = len(_WIDE.findall(text))
    return len(pattern.findall(text)) / wide if wide else 0.0


def _looks_korean(text: str) -> bool:
    found = _HANGUL.findall(text)
    words = len(found) > 0 and len(found) >= len(_HAN.findall(text))
    return words and sum(letter in _COMMON for letter in found) >= _QUARTER * len(found)


def _may_be_korean(text: str) -> bool:
    found = _HANGUL.findall(text)
    hangul = len(found)
    if sum(len(letter.encode("euc_kr", "ignore")) == _PAIR for letter in found) < _HALF * hangul:
        return False  # `°C` of Windows is a syllable that no Korean word has
    return hangul > 0 and hangul >= 4 * len(_HAN.findall(text)) and _share(_HANGUL, text) > _HALF


def _looks_japanese(text: str) -> bool:
    return _share(_KANA, text) > _TENTH and _share(_HALF_KANA, text) < _TENTH


def _may_be_japanese(text: str) -> bool:
    # A list of names in Chinese characters has few kana or none; the characters are those that all programs know.
    return _share(_HALF_KANA, text) < _TENTH and _is_many(text) and _known(text, "iso2022_jp") > _MOSTLY


def _looks_chinese(text: str) -> bool:
    return _may_be_chinese(text) and _known(text, "gb2312") > _HALF


def _looks_traditional(text: str) -> bool:
    """Chinese in Big5: common characters, of which no text in GB 2312 has as many with a low second byte."""
    pairs = [letter.encode("cp950", "ignore") for letter in _HAN.findall(text)]
    common = sum(_BIG5_COMMON[0] <= pair[0] <= _BIG5_COMMON[1] for pair in pairs if pair)
    low = sum(pair[1] < _BIG5_COMMON[0] for pair in pairs if pair)
    return bool(pairs) and common > _MOSTLY * len(pairs) and low > _TENTH * len(pairs) and _may_be_chinese(text)


def _may_be_chinese(text: str) -> bool:
    if _PRIVATE.search(text) is not None:
        return False
    return _share(_HAN, text) > _HALF and _is_many(text)


def _may_be_latin(text: str) -> bool:
    # Letters with accents stand among others.
    return len(_WIDE.findall(text)) <= _MOST_ACCENTS + len(_LATIN.findall(text))


def _is_many(text: str) -> bool:
    """True for more Chinese characters than accented Latin letters make, two of which are read as one."""
    han = len(_HAN.findall(text))
    return han >= 0.2 * len(_LATIN.findall(text)) and han > 2 * len(_IN_WORD.findall(text))


def _known(text: str, encoding: str) -> float:
    """Share of the Chinese characters that are common enough to have a place in a small set."""
    found = _HAN.findall(text)
    return sum(_encodes(letter, encoding) for letter in found) / len(found) if found else 0.0


def _encodes(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


_SURE: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("cp949", _looks_korean),
    ("johab", _looks_korean),
    ("cp932", _looks_japanese),
    ("euc_jp", _looks_japanese),
    ("cp950", _looks_traditional),
    ("gb18030", _looks_chinese),
)
_LEGACY = (
    *_SURE,
    ("cp932", _may_be_japanese),
    ("cp949", _may_be_korean),
    ("gb18030", _may_be_chinese),
    ("cp1252", _may_be_latin),
)


def _utf16_without_bom(data: bytes) -> str | None:
    """The byte order when every second byte of the start is almost always zero (Latin text), else None."""
    head = data[:2000]
    even, odd = head[0::2], head[1::2]
    if not odd:
        return None
    if odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.6 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _sure(data: bytes) -> Decoded | None:
    """A text in a legacy encoding whose letters are the common ones of its language."""
    for encoding, plausible in _SURE:
        if (text := _try(data, encoding)) is not None and plausible(text):
            return Decoded(text, encoding)
    return None


def _sure_text(data: bytes) -> str | None:
    found = _sure(data)
    return found.text if found is not None else None


def _utf16_of_wide_letters(data: bytes) -> str | None:
    """The byte order of a text in wide letters, told by the zero bytes of its spaces, digits and line ends."""
    sides = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 or min(sides) > _QUARTER * max(sides) or max(sides) < _TENTH / 2 * len(data) / 2:
        return None
    encoding = "utf-16-be" if sides[0] > sides[1] else "utf-16-le"
    text = _try(data, encoding) or ""
    known = sum(c.isprintable() or c.isspace() for c in text) > _MOSTLY * len(text)
    return encoding if known and (_looks_korean(text) or _looks_japanese(text) or _looks_chinese(text)) else None


def _with_nuls(data: bytes) -> Decoded | None:
    if (mended := without_nuls(data)) is not None:
        return Decoded(mended.text, "utf-8", (mended.told,))
    wide = _utf16_of_wide_letters(data)
    return Decoded(data.decode(wide), wide) if wide else None


def _faulty(data: bytes) -> Decoded | None:
    """A text of which a letter is cut off or damaged, or lines are in another encoding."""
    for encoding in ("utf-8", *dict(_SURE)):
        mended = nearly(data, encoding)
        if mended is not None and (encoding == "utf-8" or dict(_SURE)[encoding](mended.text)):
            return Decoded(mended.text, encoding, (mended.told,))
    mended = in_two_encodings(data, _sure_text)
    return Decoded(mended.text, "utf-8", (mended.told,)) if mended is not None else None


def decode_as(data: bytes, name: str, charset: str) -> Decoded:
    """Decode the bytes of a text that says what encoding it is in, which programs get wrong.

    Latin is what is told of text in any encoding: the letters of another one tell better. Raises DocumentError.
    """
    charset = _ALSO.get(charset.strip().lower(), charset.strip().lower())
    try:
        text = data.decode(charset)
    except (LookupError, UnicodeDecodeError, ValueError):
        return decode(data, name)
    if data.isascii() or charset not in _LATIN_NAMES:
        return Decoded(text, charset)
    other = _try(data, "utf-8")
    return Decoded(other, "utf-8") if other is not None else _sure(data) or Decoded(text, charset)


def decode(data: bytes, name: str) -> Decoded:
    """Decode the bytes of a text file.

    Raises DocumentError when the bytes are not text in any known encoding.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom) and (text := _try(data, encoding)) is not None:
            return Decoded(text, encoding)
    wide = _utf16_without_bom(data)
    if wide and (text := _try(data, wide)) is not None:
        return Decoded(text, wide)
    found = _with_nuls(data) if b"\0" in data else _without_nul(data)
    if found is None:
        raise DocumentError(
            f"{name} is not text in any known encoding (UTF-8, UTF-16, cp949/EUC-KR, Shift-JIS, GB18030, Big5).",
            "Save it as UTF-8 text, or give it the suffix of its real format.",
        )
    return found


def _without_nul(data: bytes) -> Decoded | None:
    for mark, encoding in _SHIFTED:
        if mark in data and data.isascii() and (text := _try(data, encoding)) is not None:
            return Decoded(text, encoding)
    if (text := _try(data, "utf-8")) is not None:
        return Decoded(text, "utf-8")
    faulty = _faulty(data)
    if faulty is not None and faulty.encoding == "utf-8":
        return faulty
    for encoding, plausible in _LEGACY:
        if encoding == "cp1252" and faulty is not None:
            return faulty
        if (text := _try(data, encoding)) is not None and plausible(text):
            return Decoded(text, encoding)
    return faulty
