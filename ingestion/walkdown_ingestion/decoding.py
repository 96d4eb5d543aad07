"""Bytes of a text file to text: UTF-8, UTF-16 and the legacy encodings of the five languages (cp949 first).

Each legacy encoding is tried strictly and taken only when the outcome looks like the language it is made for,
because cp949, Shift-JIS and GB18030 decode each other's bytes without complaint.
"""

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple

from walkdown.errors import DocumentError

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
_WIDE = re.compile(r"[^\x00-\x7f]")


_PAIR = 2
"""Bytes of a syllable that Korean text uses; others take eight."""
_TENTH, _QUARTER, _HALF, _MOSTLY = 0.1, 0.25, 0.5, 0.9
_COMMON = frozenset(
    "가각간감값개거건검것게격결경계고공과관교구균그급기긴까나낮내냉넘넣년노높누는니다단닫당대도돌동되두뒤드들등때"
    "라람래량러럼레려력로록료루류르를름리린림립링마막만머며면멸명모목무문물미밀바반발방배밸버번베벤변보복본부분브비빈"
    "사산상생서선설성세소속수순스시식신실쓰아안않알암압액야약양어업없에엔여역연열염예오온와요용우운울원월위유으은을음응의이인일임입"
    "있자작장재저적전절점접정제조주준중증지진질차체초최추축출충치크탄태탱터토톨통트팀파판펌폐포표품프피필하한함합항해허험현호화확환회후흡힘"
)
"""Two of three letters of Korean technical text, one of ten of other text that is read as Korean by mistake."""


class Decoded(NamedTuple):
    """A text and the encoding it was read with."""

    text: str
    encoding: str


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


def _may_be_chinese(text: str) -> bool:
    return _share(_HAN, text) > _HALF and _is_many(text)


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


_LEGACY: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("cp949", _looks_korean),
    ("cp932", _looks_japanese),
    ("euc_jp", _looks_japanese),
    ("gb18030", _looks_chinese),
    ("cp932", _may_be_japanese),
    ("cp949", _may_be_korean),
    ("gb18030", _may_be_chinese),
    ("cp1252", lambda _: True),
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
    if b"\0" not in data[:8192]:
        if (text := _try(data, "utf-8")) is not None:
            return Decoded(text, "utf-8")
        for encoding, plausible in _LEGACY:
            if (text := _try(data, encoding)) is not None and plausible(text):
                return Decoded(text, encoding)
    raise DocumentError(
        f"{name} is not text in any known encoding (UTF-8, UTF-16, cp949/EUC-KR, Shift-JIS, GB18030).",
        "Save it as UTF-8 text, or give it the suffix of its real format.",
    )
