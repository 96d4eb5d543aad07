"""Raised and struck letters of an HWP 5 file: written into the text of its paragraphs before it is read.

Both are done place for place, because other records count the places of a paragraph.
"""

import struct
from bisect import bisect_right
from typing import Any

from walkdown_ingestion.clean import superscript
from walkdown_ingestion.readers.hangul.hwp5_records import (
    PARA_CHAR_SHAPE,
    PARA_HEADER,
    PARA_TEXT,
    DocInfo,
    Record,
)
from walkdown_ingestion.readers.hangul.hwp5_text import is_wide

_NOTHING = 0x200B
"""A character of no width, which cleaning takes out."""
_RAISABLE = "0123456789+-−()"
_WIDE = 8


def mark_letters(records: list[Record], info: DocInfo) -> int:
    """Write raised digits as such and take out what is struck through, below some records; how many letters went."""
    struck = 0
    for record in records:
        struck += mark_letters(record.children, info)
        if record.tag != PARA_HEADER:
            continue
        shapes = next((r.data for r in record.children if r.tag == PARA_CHAR_SHAPE), b"")
        for at, child in enumerate(record.children):
            if child.tag == PARA_TEXT and shapes:
                data, gone = marked(child.data, shapes, info)
                record.children[at] = child._replace(data=data)
                struck += gone
    return struck


def marked(data: bytes, shapes: bytes, info: DocInfo) -> tuple[bytes, int]:
    """The text of a paragraph with its letters marked, and how many were taken out."""
    pairs = sorted(struct.unpack_from("<II", shapes, 8 * i) for i in range(len(shapes) // 8))
    starts = [start for start, _ in pairs]
    chars: list[Any] = [info.char(shape) for _, shape in pairs]
    if not any(char.struck or char.raised for char in chars):
        return data, 0
    units = list(struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2]))
    at = struck = 0
    while at < len(units):
        unit, place = units[at], bisect_right(starts, at) - 1
        if unit < ord(" "):
            at += _WIDE if is_wide(unit) else 1
            continue
        if place >= 0 and chars[place].struck:
            struck += chr(unit).strip() != ""
            units[at] = _NOTHING
        elif place >= 0 and chars[place].raised and chr(unit) in _RAISABLE:
            units[at] = ord(superscript(chr(unit)))
        at += 1
    return struct.pack(f"<{len(units)}H", *units), struck
