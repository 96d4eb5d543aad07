"""Raised and struck letters of HWP 5, in records made here: 10⁻⁶ never reads 10-6, deleted text is not shown."""

import struct

from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.readers.hangul.hwp5_letters import mark_letters
from walkdown_ingestion.readers.hangul.hwp5_records import (
    CHAR_SHAPE,
    PARA_CHAR_SHAPE,
    PARA_HEADER,
    PARA_TEXT,
    DocInfo,
    Record,
)
from walkdown_ingestion.readers.hangul.hwp5_text import plain_text

PLAIN, RAISED, STRUCK = range(3)


def info() -> DocInfo:
    flags = (0, 1 << 15, 1 << 18)
    shapes = [Record(CHAR_SHAPE, 0, b"\0" * 42 + struct.pack("<iI", 1000, flag), []) for flag in flags]
    return DocInfo(shapes)


def paragraph(*runs: tuple[str, int]) -> Record:
    text = "".join(run for run, _ in runs).encode("utf-16-le")
    pairs, at = b"", 0
    for run, shape in runs:
        pairs += struct.pack("<II", at, shape)
        at += len(run)
    children = [Record(PARA_TEXT, 1, text, []), Record(PARA_CHAR_SHAPE, 1, pairs, [])]
    return Record(PARA_HEADER, 0, b"\0" * 22, children)


def test_letters_are_marked_place_for_place() -> None:
    # A tab takes eight places; what stands in them is no text.
    tab = "\t" + "99\0\0\0\0" + "\t"
    records = [
        paragraph(("누설 10", PLAIN), ("-6", RAISED), (f"{tab} mbar, ", PLAIN), ("12.5 ", STRUCK), ("13", PLAIN))
    ]
    size = len(records[0].children[0].data)
    assert mark_letters(records, info()) == 4 and len(records[0].children[0].data) == size
    assert clean_line(plain_text(records[0])) == "누설 10⁻⁶ mbar, 13"


def test_places_inside_a_control_are_left_as_they_are() -> None:
    records = [paragraph(("a", PLAIN), ("\t123456\t5b", RAISED))]
    mark_letters(records, info())
    assert records[0].children[0].data.decode("utf-16-le") == "a\t123456\t⁵b"


def test_paragraphs_in_cells_are_marked_and_odd_records_do_no_harm() -> None:
    inner = paragraph(("10", PLAIN), ("5", RAISED))
    outer = Record(PARA_HEADER, 0, b"", [Record(PARA_CHAR_SHAPE, 1, b"\1\2\3", []), Record(99, 1, b"", [inner])])
    late = Record(PARA_HEADER, 0, b"", [Record(PARA_TEXT, 1, b"a", []), Record(PARA_CHAR_SHAPE, 1, b"\xff" * 8, [])])
    assert mark_letters([outer, late], info()) == 0
    assert clean_line(plain_text(inner)) == "10⁵"
