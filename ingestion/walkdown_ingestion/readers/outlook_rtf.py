"""The web page that Outlook packs into the formatted text of a mail: unpacked (MS-OXRTFCP) and unwrapped (MS-OXRTFEX).

The plain text beside it cannot say what is struck out or which cells stand in one row.
"""

import re
import struct
from typing import NamedTuple

_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_PACKED, _PLAIN = b"LZFu", b"MELA"
_RING, _HEAD, _BLANK = 4096, 16, 0x20
_TOKEN = re.compile(rb"\\([a-z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)", re.DOTALL)
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
_IGNORED = frozenset((b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"pntext"))
_SIGNS = {b"par": "\n", b"line": "\n", b"tab": "\t", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
          b"rdblquote": "”", b"bullet": "•", b"endash": "–", b"emdash": "—"}  # fmt: skip
TELLS_MORE = re.compile(rb"\\strike(?:d1)?(?!\d)|\\trowd|\\super(?!\w)")
"""What formatted text says that plain text cannot: struck text, rows of a table, raised digits."""


def unpacked(data: bytes) -> bytes:
    """The formatted text of a compressed stream; empty for one that is none."""
    if len(data) < _HEAD:
        return b""
    size, kind = struct.unpack("<I", data[4:8])[0], data[8:12]
    if kind == _PLAIN:
        return data[_HEAD : _HEAD + size]
    return _inflated(data, size) if kind == _PACKED else b""


def _inflated(data: bytes, size: int) -> bytes:
    """Text of which each part is a letter or a place and length in the last 4096 letters; a bit tells which."""
    out, position = bytearray(_START), _HEAD
    end = len(_START) + size
    while position < len(data) and len(out) < end:
        control, position = data[position], position + 1
        for bit in range(8):
            if not control >> bit & 1:
                out += data[position : position + 1]
                position += 1
                continue
            pair, position = int.from_bytes(data[position : position + 2], "big"), position + 2
            offset, length = pair >> 4, (pair & 15) + 2
            back = (len(out) - offset) % _RING
            if not back or position > len(data):
                return bytes(out[len(_START) : end])
            for _ in range(length):
                # What is copied may reach into what is just being written.
                out.append(out[-back] if back <= len(out) else _BLANK)
    return bytes(out[len(_START) : end])


class _State(NamedTuple):
    skipped: bool = False
    """Inside a group that is no text of the page."""
    off: bool = False
    """Between `htmlrtf` and `htmlrtf0`: formatting for readers that know no web pages."""
    spare: int = 1
    """How many characters stand behind a letter for readers that do not know it."""


def page_in(rtf: bytes) -> str:
    """The web page that some formatted text was made from; empty where it was made from none."""
    if b"\\fromhtml1" not in rtf[:400]:
        return ""
    code = _CODE_PAGE.search(rtf)
    writer = _Writer(f"cp{int(code[1])}" if code else "cp1252")
    for match in _TOKEN.finditer(rtf):
        writer.take(match)
    return writer.text()


class _Writer:
    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._stack = [_State()]
        self._parts: list[str] = []
        self._bytes = b""
        self._starred = False
        self._left_out = 0

    def take(self, match: re.Match[bytes]) -> None:
        """The next token."""
        word, number, code, sign, brace, text = match.groups()
        if brace == b"{":
            self._stack.append(self._stack[-1])
        elif brace == b"}":
            if len(self._stack) > 1:
                self._stack.pop()
        elif word is not None:
            self._word(word, int(number) if number else None)
        elif sign == b"*":
            self._starred = True
            return
        else:
            self._add(bytes.fromhex(code.decode()) if code else {b"~": b"&nbsp;", b"_": b"-"}.get(sign, sign or text))
        self._starred = False

    def _word(self, word: bytes, number: int | None) -> None:
        state = self._stack[-1]
        if word == b"htmlrtf":
            self._stack[-1] = state._replace(off=number != 0)
        elif word in _IGNORED or (self._starred and word != b"htmltag"):
            self._stack[-1] = state._replace(skipped=True)
        elif word == b"uc":
            self._stack[-1] = state._replace(spare=number or 0)
        elif word == b"u" and number is not None:
            self._put(chr(number & 0xFFFF))
            self._left_out = state.spare
        elif word in _SIGNS:
            self._put(_SIGNS[word])

    def _add(self, data: bytes) -> None:
        if self._left_out:
            kept = data[self._left_out :]
            self._left_out = max(self._left_out - len(data), 0)
            data = kept
        if not (self._stack[-1].skipped or self._stack[-1].off):
            self._bytes += data

    def _put(self, text: str) -> None:
        if not (self._stack[-1].skipped or self._stack[-1].off):
            self._flush()
            self._parts.append(text)

    def _flush(self) -> None:
        if self._bytes:
            self._parts.append(self._bytes.decode(self._encoding, errors="replace"))
        self._bytes = b""

    def text(self) -> str:
        """The page so far."""
        self._flush()
        return "".join(self._parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
