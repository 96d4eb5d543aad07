"""Bytes of text that are no whole text: cut off in a letter, a few damaged, NULs between, lines in two encodings.

A log of which one letter is torn is still a log. What is mended is told, because a figure may have stood there.
"""

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple

_WIDE = re.compile(r"[^\x00-\x7f\ud800-\udfff]")
_TORN = re.compile(r"[\udc80-\udcff]+")
_LEAST_WIDE, _FEW = 3, 50
"""Letters beyond ASCII that speak for an encoding, and of how many of them one may be damaged."""
_LONGEST = 4
_MOST_NULS, _FEW_NULS = 0.1, 8
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.01
_SHARE = 0.2
CUT = "the file is cut short in the middle of a letter"


class Mended(NamedTuple):
    """A text, and what was mended in it."""

    text: str
    told: str


def nearly(data: bytes, encoding: str) -> Mended | None:
    """A text of which the last letter is cut off, or few others are damaged; None where more is wrong."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        text = decoder.decode(data, final=False)
        left = decoder.getstate()[0]
        return Mended(text, CUT) if 0 < len(left) < _LONGEST and len(_WIDE.findall(text)) >= _LEAST_WIDE else None
    except UnicodeDecodeError:
        pass
    if encoding != "utf-8":
        return None
    text = data.decode(encoding, "surrogateescape")
    torn, wide = _TORN.findall(text), len(_WIDE.findall(text))
    if wide < max(_LEAST_WIDE, _FEW * len(torn)):
        return None
    return Mended(_TORN.sub("\ufffd", text), f"{len(torn)} damaged letters were replaced by �")


def without_nuls(data: bytes) -> Mended | None:
    """A text with NUL bytes between, as a log has that was not written out; None for what is no text."""
    count = data.count(0)
    kept = data.replace(b"\0", b"")
    between = data.rstrip(b"\0").count(0)
    if not kept.strip() or between > max(_FEW_NULS, _MOST_NULS * len(kept)):
        return None
    if len(_CONTROLS.findall(kept)) > _MOST_CONTROLS * len(kept):
        return None
    try:
        return Mended(kept.decode("utf-8"), f"{count} empty (NUL) bytes between the letters were left out")
    except UnicodeDecodeError:
        return None


def in_two_encodings(data: bytes, other: Callable[[bytes], str | None]) -> Mended | None:
    """Lines in UTF-8 among lines that `other` can read, as logs that were joined have them; else None."""
    lines = data.split(b"\n")
    read: list[str | None] = []
    for line in lines:
        try:
            read.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            read.append(None)
    foreign = [line for line, text in zip(lines, read, strict=True) if text is None]
    wide = [text for text in read if text is not None and len(_WIDE.findall(text)) >= _LEAST_WIDE - 1]
    if not foreign or not wide or len(wide) < _SHARE * (len(wide) + len(foreign)):
        return None
    joined = other(b"\n".join(foreign))
    if joined is None or joined.count("\n") != len(foreign) - 1:
        return None
    rest = iter(joined.split("\n"))
    text = "\n".join(next(rest) if one is None else one for one in read)
    return Mended(text, f"{len(foreign)} lines are in another encoding than the others")
