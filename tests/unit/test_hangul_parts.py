"""What Hangul documents say outside their paragraphs: drawn letters, charts, captions in cells, memos."""

import io
import struct
import zipfile

from walkdown.documents import ParsedDocument
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.readers.hangul.hwp5_records import (
    CTRL_HEADER,
    MEMO_LIST,
    NUMBERING,
    PARA_HEADER,
    TEXT_ART,
    DocInfo,
    Record,
    count_memos,
)
from walkdown_ingestion.readers.hangul.hwp5_text import plain_text

_NAMES = " ".join(
    f'xmlns:{short}="http://www.hancom.co.kr/hwpml/2011/{name}"'
    for short, name in (("hp", "paragraph"), ("hs", "section"))
)
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_CHART = (
    f'<c:chartSpace xmlns:c="{_C}"><c:chart><c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0">'
    '<c:v>유량</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>1월</c:v>'
    "</c:pt>"
    '</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:pt idx="0"><c:v>65.5</c:v></c:pt></c:numCache>'
    "</c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
)


def _read(*runs: str) -> ParsedDocument:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/hwp+zip")
        inside = "".join(f"<hp:p><hp:run>{run}</hp:run></hp:p>" for run in runs)
        archive.writestr("Contents/section0.xml", f"<hs:sec {_NAMES}>{inside}</hs:sec>")
        archive.writestr("Chart/chart1.xml", _CHART)
    return read_bytes(held.getvalue(), "a.hwpx")


def _text(written: str) -> str:
    return f"<hp:t>{written}</hp:t>"


def test_drawn_letters_are_read_and_alone_are_a_document() -> None:
    document = _read('<hp:textart text="출입 금지␍␊고압 6.6 kV"><hp:textartPr/></hp:textart>')
    assert [block.text for block in document.blocks] == ["출입 금지\n고압 6.6 kV"]


def test_drawn_letters_and_the_caption_of_a_picture_in_a_cell() -> None:
    caption = (
        f"<hp:caption><hp:subList><hp:p><hp:run>{_text('그림 정비 전 12 mm')}</hp:run></hp:p></hp:subList></hp:caption>"
    )
    inside = [f"<hp:textart text='위험'/><hp:pic>{caption}</hp:pic>", _text("밸브"), _text("상태"), _text("닫힘")]
    cells = "".join(
        f"<hp:tc><hp:cellAddr rowAddr='{n // 2}' colAddr='{n % 2}'/><hp:subList><hp:p><hp:run>{one}</hp:run></hp:p>"
        "</hp:subList></hp:tc>"
        for n, one in enumerate(inside)
    )
    table = _read(f"<hp:tbl><hp:tr>{cells}</hp:tr></hp:tbl>").blocks[0].table
    assert table is not None
    assert [*table.header, *table.rows][0][0] == "위험 그림 정비 전 12 mm"


def test_a_chart_that_only_new_programs_draw_is_read_with_its_numbers() -> None:
    switch = (
        '<hp:switch><hp:case hp:required-namespace="x"><hp:chart chartIDRef="Chart/chart1.xml"/></hp:case>'
        "<hp:default><hp:ole/></hp:default></hp:switch>"
    )
    table = _read(_text("월별 유량"), switch).blocks[-1].table
    assert table is not None
    assert [list(row) for row in (*table.header, *table.rows)] == [["", "유량"], ["1월", "65.5"]]


def test_a_word_with_its_reading_above_is_not_run_into_it() -> None:
    ruby = "<hp:dutmal><hp:mainText>弁</hp:mainText><hp:subText>밸브</hp:subText></hp:dutmal>"
    assert _read(_text("닫을 ") + ruby).blocks[0].text == "닫을 弁(밸브)"


def _art(written: str) -> Record:
    letters = written.encode("utf-16-le")
    return Record(TEXT_ART, 2, b"\0" * 32 + struct.pack("<H", len(written)) + letters, [])


def test_drawn_letters_of_hwp5() -> None:
    shape = Record(CTRL_HEADER, 1, b" osg", [_art("출입 금지\r\n6.6 kV")])
    assert plain_text(shape) == "출입 금지 6.6 kV"
    cut = Record(CTRL_HEADER, 1, b" osg", [Record(TEXT_ART, 2, b"\0" * 32 + b"\xff\xffab", [])])
    assert plain_text(cut) == ""


def test_memos_of_hwp5_are_counted() -> None:
    assert (
        count_memos([Record(PARA_HEADER, 0, b"", [Record(MEMO_LIST, 1, b"", []), Record(MEMO_LIST, 1, b"", [])])]) == 2
    )


def test_a_numbering_of_hwp5_begins_where_it_says() -> None:
    levels = b"".join(b"\0" * 12 + struct.pack("<H", 3) + f"^{n}.".encode("utf-16-le") for n in range(1, 8))
    started = DocInfo([Record(NUMBERING, 0, levels + b"\0\0" + struct.pack("<7I", 5, 1, 1, 1, 1, 1, 1), [])])
    plain = DocInfo([Record(NUMBERING, 0, levels + b"\0\0", [])])
    assert [started.number(1, 1), started.number(1, 1), plain.number(1, 1)] == ["5.", "6.", "1."]
