"""The text of an HWP 5 paragraph: plain characters, and the controls that stand between them."""

import struct
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from walkdown_ingestion.clean import clean_cell
from walkdown_ingestion.readers.counting import numbered
from walkdown_ingestion.readers.hangul.equations import equation_text
from walkdown_ingestion.readers.hangul.hwp5_records import (
    CTRL_HEADER,
    EQUATION,
    PARA_HEADER,
    PARA_TEXT,
    TEXT_ART,
    Record,
)

MARGIN_IDS = frozenset({b"daeh", b"toof"})
NOTE_IDS = frozenset({b"  nf", b"  ne"})
TABLE_ID = b" lbt"
COUNTED_ID = b"onta"
_COUNTED, _COUNTED_BYTES = (3, 4, 5), 10
"""Pictures, tables and formulas, of what a program counts."""
EQUATION_ID, COMMENT_ID = b"deqe", b"tmct"
_EXTENDED = frozenset({1, 2, 3, 11, 12, 14, 15, 16, 17, 18, 21, 22, 23})
_INLINE = frozenset({4, 5, 6, 7, 8, 9, 19, 20})
_SINGLE = {10: "\n", 13: "", 24: "-", 30: "\u00a0", 31: " "}
_TAB = 9
_CORNERS = 32
"""Bytes of the four corners of drawn letters, which stand before them."""


class Run(NamedTuple):
    """A stretch of plain text, or the control that stands there."""

    text: str
    control: Record | None = None


def is_wide(unit: int) -> bool:
    """True for the code of a control that takes eight places of a paragraph."""
    return unit in _EXTENDED or unit in _INLINE


def runs(data: bytes, controls: Sequence[Record]) -> Iterator[Run]:
    """The text of a paragraph and its controls in order."""
    waiting = iter(controls)
    units = struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])
    i, plain = 0, bytearray()
    while i < len(units):
        unit = units[i]
        if unit >= 32:
            plain += struct.pack("<H", unit)
            i += 1
            continue
        if is_wide(unit):
            plain += "\t".encode("utf-16-le") if unit == _TAB else b""
            if unit in _EXTENDED:
                yield Run(plain.decode("utf-16-le", "replace"), next(waiting, None))
                plain = bytearray()
            i += 8
        else:
            plain += _SINGLE.get(unit, "").encode("utf-16-le")
            i += 1
    yield Run(plain.decode("utf-16-le", "replace"))


def paragraph_runs(paragraph: Record) -> Iterator[Run]:
    """The runs of a paragraph record."""
    controls = [r for r in paragraph.children if r.tag == CTRL_HEADER]
    text = next((r for r in paragraph.children if r.tag == PARA_TEXT), None)
    return runs(text.data, controls) if text is not None else iter(())


Known = Callable[[Record], str]
"""Gives the text of a nested table, or the number before a paragraph."""


def plain_text(record: Record, table: Known | None = None, number: Known | None = None) -> str:
    """All text below a record in one line; margins and comments are left out, notes stand at the end in brackets.

    Not behind their marks, which often stand between a number and its unit.
    """
    return clean_cell("\n".join(_lines(record, table, number)))


def _lines(record: Record, table: Known | None, number: Known | None) -> Iterator[str]:
    """The text of each paragraph below a record."""
    if record.tag != PARA_HEADER:
        yield from filter(None, (drawn_text(record),))
        for child in record.children:
            yield from _lines(child, table, number)
        return
    parts, notes, below = [], [], []
    for run in paragraph_runs(record):
        parts.append(run.text)
        control = run.control
        kind = control.data[:4] if control is not None else b""
        if control is None or kind in (*MARGIN_IDS, COMMENT_ID):
            continue
        if kind in (EQUATION_ID, COUNTED_ID):
            parts.append(equation(control) if kind == EQUATION_ID else counted(control))
        elif kind in NOTE_IDS:
            notes.append(note(control))
        elif kind == TABLE_ID and table is not None:
            below.append(table(control))
        else:
            below += _lines(control, table, number)
    text = "".join((*parts, *notes)).strip()
    if text and number is not None:
        text = numbered(number(record), text)
    yield from filter(None, (text, *below))


def note(control: Record) -> str:
    """The text of a footnote or endnote in brackets."""
    text = plain_text(control)
    return f" [{text}]" if text else ""


def equation(control: Record) -> str:
    """The script of a formula."""
    found = next((r for r in control.children if r.tag == EQUATION), None)
    return equation_text(strings(found.data[4:], 1)) if found is not None else ""


def drawn_text(record: Record) -> str:
    """The letters that are drawn as a shape (글맵시), which stand in no paragraph; "" for any other record."""
    if record.tag != TEXT_ART or len(record.data) < _CORNERS + 2:
        return ""
    (length,) = struct.unpack_from("<H", record.data, _CORNERS)
    fits = _CORNERS + 2 + 2 * length <= len(record.data)
    return strings(record.data[_CORNERS:], 1).replace("\r\n", "\n").strip() if fits else ""


def counted(control: Record) -> str:
    """The number of a table, figure or formula that the program counts; "" for one of a page or note."""
    if len(control.data) < _COUNTED_BYTES:
        return ""
    kind, number = struct.unpack_from("<IH", control.data, 4)
    return str(number) if kind & 0xF in _COUNTED else ""


def strings(data: bytes, count: int) -> str:
    """Some strings with their lengths before them."""
    out, at = [], 0
    for _ in range(count):
        if at + 2 > len(data):
            break
        (length,) = struct.unpack_from("<H", data, at)
        out.append(data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace"))
        at += 2 + 2 * length
    return " ".join(out)
