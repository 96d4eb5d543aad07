"""The records of an HWP 5 stream as a tree, and what DocInfo says of paragraph and character shapes."""

import struct
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from walkdown.errors import DocumentError
from walkdown_ingestion.readers.hangul.numbers import BY_CODE, Level, Numbering

_BEGIN = 0x10
CHAR_SHAPE, NUMBERING, BULLET, PARA_SHAPE, STYLE = (_BEGIN + n for n in (5, 7, 8, 9, 10))
PARA_HEADER, PARA_TEXT, PARA_CHAR_SHAPE = (_BEGIN + n for n in (50, 51, 52))
CTRL_HEADER, LIST_HEADER, TABLE, EQUATION = (_BEGIN + n for n in (55, 56, 61, 72))
TEXT_ART, MEMO_LIST = (_BEGIN + n for n in (74, 77))
_LONG = 0xFFF
_MAX_INFLATED = 200 * 2**20
_MAX_RECORDS = 5_000_000
_MAX_LEVEL = 200
_LEVELS, _MOST = 7, 100_000
"""Levels of a numbering; no paragraph begins with as high a number."""
_KINDS = ("NONE", "OUTLINE", "NUMBER", "BULLET")


class Record(NamedTuple):
    """One record and those below it."""

    tag: int
    level: int
    data: bytes
    children: "list[Record]"


def inflate(data: bytes, name: str) -> bytes:
    """A raw deflate stream, inflated up to the limit. Raises DocumentError beyond it, zlib.error when damaged."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    out = inflater.decompress(data, _MAX_INFLATED)
    if inflater.unconsumed_tail and len(out) >= _MAX_INFLATED:
        raise DocumentError(
            f"{name} inflates to more than {_MAX_INFLATED // 2**20} MB, which no ordinary document does.",
            "Check where it comes from; remove embedded media, split it and save it again.",
        )
    return out


def tree(data: bytes) -> list[Record]:
    """The outermost records of a stream. Raises ValueError for what is none."""
    roots: list[Record] = []
    path: list[Record] = []
    at = count = 0
    while at + 4 <= len(data):
        (head,) = struct.unpack_from("<I", data, at)
        tag, level, size = head & 0x3FF, (head >> 10) & 0x3FF, head >> 20
        at += 4
        if size == _LONG:
            (size,) = struct.unpack_from("<I", data, at)
            at += 4
        if at + size > len(data):
            raise ValueError("a record is cut short")
        count += 1
        if level > _MAX_LEVEL or count > _MAX_RECORDS:
            raise ValueError("its records nest deeper or are more than any document's")
        record = Record(tag, level, data[at : at + size], [])
        at += size
        while path and path[-1].level >= level:
            path.pop()
        (path[-1].children if path else roots).append(record)
        path.append(record)
    return roots


class Head(NamedTuple):
    """How a paragraph begins: kind OUTLINE, NUMBER, BULLET or NONE; the id of its numbering; level from 0."""

    kind: str = "NONE"
    number: int = 0
    level: int = 0


class Char(NamedTuple):
    """Size in points and weight of a character shape; whether it raises or strikes through."""

    size: float = 0.0
    bold: bool = False
    raised: bool = False
    struck: bool = False


def _flat(records: Sequence[Record]) -> list[Record]:
    out: list[Record] = []
    for record in records:
        out.append(record)
        out += _flat(record.children)
    return out


def count_memos(records: Sequence[Record]) -> int:
    """How many memos in the margin stand among records and below them."""
    return sum(record.tag == MEMO_LIST for record in _flat(records))


class DocInfo:
    """Shapes, styles, numberings and bullets of a document, in the order they are numbered."""

    def __init__(self, records: Sequence[Record]) -> None:
        flat = _flat(records)
        self._chars = [_char(r.data) for r in flat if r.tag == CHAR_SHAPE]
        self._heads = [_head(r.data) for r in flat if r.tag == PARA_SHAPE]
        self._styles = [_outline(r.data) for r in flat if r.tag == STYLE]
        self._numberings = [Numbering(_levels(r.data)) for r in flat if r.tag == NUMBERING]
        self._bullets = [_bullet(r.data) for r in flat if r.tag == BULLET]

    def char(self, index: int) -> Char:
        """A character shape."""
        return self._chars[index] if 0 <= index < len(self._chars) else Char()

    def head(self, index: int) -> Head:
        """How paragraphs of a shape begin."""
        return self._heads[index] if index < len(self._heads) else Head()

    def outline(self, style: int) -> int:
        """Outline level of a style from 1, 0 for others."""
        return self._styles[style] if style < len(self._styles) else 0

    def number(self, numbering: int, level: int) -> str:
        """The next number of a numbering (counted from 1)."""
        return self._numberings[numbering - 1].next(level) if 0 < numbering <= len(self._numberings) else ""

    def bullet(self, index: int) -> str:
        """A bullet (counted from 1)."""
        return self._bullets[index - 1] if 0 < index <= len(self._bullets) else "-"


def _char(data: bytes) -> Char:
    if len(data) < 50:
        return Char()
    size, flags = struct.unpack_from("<iI", data, 42)
    # Bit 15: superscript; bits 18 to 20: the kind of line through the letters, 0 for none.
    return Char(size / 100, bool(flags & 0x2), bool(flags >> 15 & 1), bool(flags >> 18 & 7))


def _head(data: bytes) -> Head:
    if len(data) < 32:
        return Head()
    (flags,) = struct.unpack_from("<I", data)
    (number,) = struct.unpack_from("<H", data, 30)
    return Head(_KINDS[(flags >> 23) & 0x3], number, (flags >> 25) & 0x7)


def _string(data: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<H", data, at)
    end = at + 2 + 2 * length
    return data[at + 2 : end].decode("utf-16-le", "replace"), end


def _outline(data: bytes) -> int:
    try:
        own, at = _string(data, 0)
        english, _ = _string(data, at)
    except struct.error:
        return 0
    for name in (english, own):
        word, _, number = name.rpartition(" ")
        if word in ("Outline", "개요") and number.isdigit() and len(number) < 3:
            return int(number)
    return 0


def _levels(data: bytes) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    at = 0
    try:
        for level in range(1, _LEVELS + 1):
            (flags,) = struct.unpack_from("<I", data, at)
            form, at = _string(data, at + 12)
            code = (flags >> 5) & 0xF
            levels[level] = Level(form, BY_CODE[code] if code < len(BY_CODE) else "DIGIT")
        # Since 5.0.2.5 the first number of each level follows that of the whole.
        starts = struct.unpack_from(f"<{_LEVELS}I", data, at + 2)
    except struct.error:
        return levels
    return {
        n: one._replace(start=start if 0 < start < _MOST else 1)
        for (n, one), start in zip(levels.items(), starts, strict=True)
    }


def _bullet(data: bytes) -> str:
    text = data[12:14].decode("utf-16-le", "replace") if len(data) >= 14 else ""
    return text if text.strip() and text.isprintable() else "-"
