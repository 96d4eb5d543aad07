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
_WIDE = re.compile(r"[^\x00-\x7f]")


class Decoded(NamedTuple):
    """A text and the encoding it was read with."""

    text: str
    encoding: str


def _share(pattern: re.Pattern[str], text: str) -> float:
    wide = len(_WIDE.findall(text))
    return len(pattern.findall(text)) / wide if wide else 0.0


def _looks_korean(text: str) -> bool:
    hangul = len(_HANGUL.findall(text))
    return hangul > 0 and hangul >= 4 * len(_HAN.findall(text)) and _share(_HANGUL, text) > 0.5


def _looks_japanese(text: str) -> bool:
    return _share(_KANA, text) > 0.1 and _share(_HALF_KANA, text) < 0.1


def _looks_chinese(text: str) -> bool:
    # Two accented Latin letters also make a Chinese character; a Chinese text has more than a few.
    han = len(_HAN.findall(text))
    return _share(_HAN, text) > 0.5 and han >= 0.2 * len(_LATIN.findall(text))


_LEGACY: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("cp949", _looks_korean),
    ("cp932", _looks_japanese),
    ("euc_jp", _looks_japanese),
    ("gb18030", _looks_chinese),
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
