"""Text files that are not whole: torn letters, NULs, two encodings, a wrong declaration, a quote that never ends."""

import pytest

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.decoding import decode, decode_as
from walkdown_ingestion.readers import read_bytes

_KOREAN = "펌프 P-101A 최소 유량 65 t/h 확인"


def _rows(document: ParsedDocument) -> list[list[str]]:
    table = next(block.table for block in document.blocks if block.table is not None)
    return [list(row) for row in (*table.header, *table.rows)]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp950", "最小流量為 65 噸，啟動前檢查泵浦。"),
        ("johab", "최소 유량 65 펌프 정지 확인"),
        ("iso2022_jp", "最小流量は65です。"),
        ("iso2022_kr", "최소 유량 65"),
        ("utf-16-le", "최소 유량을 확인하고 밸브를 연다 65\n"),
        ("utf-16-be", "最小流量を確認し、ポンプを停止する 65\n"),
        ("gb18030", "泵启动前检查最小流量 65"),
    ],
)
def test_encodings_that_were_taken_for_others(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "a.txt").text == text


def test_a_file_cut_off_in_a_letter_is_read_up_to_it_and_told() -> None:
    for encoding in ("utf-8", "cp949"):
        document = read_bytes(_KOREAN.encode(encoding)[:-1], "a.txt")
        assert document.blocks[0].text == _KOREAN[:-1]
        assert document.warnings == ("the file is cut short in the middle of a letter",)


def test_a_letter_damaged_among_many_does_not_make_the_file_unreadable() -> None:
    data = (_KOREAN + "\n").encode() * 10
    document = read_bytes(data[:40] + b"\xff" + data[40:], "a.txt")
    assert document.text.count("65 t/h") == 10
    assert "�" in document.text
    assert document.warnings == ("1 damaged letters were replaced by �",)


def test_lines_in_two_encodings_are_each_read_in_their_own() -> None:
    document = read_bytes("유량 65 t/h\n".encode("cp949") + "압력 12 bar\n".encode(), "a.log")
    assert document.text == "유량 65 t/h\n압력 12 bar"
    assert document.warnings == ("1 lines are in another encoding than the others",)


def test_nul_bytes_of_a_log_that_was_not_written_out() -> None:
    document = read_bytes(b"trip at 12\0 bar\n" + b"\0" * 4096, "a.log")
    assert document.text == "trip at 12 bar"
    assert "NUL" in document.warnings[0]
    assert _rows(read_bytes(b"Tag,Low\nP-1,\x005\n", "a.csv")) == [["Tag", "Low"], ["P-1", "5"]]


def test_bytes_of_a_program_are_still_no_text() -> None:
    for data in (bytes(range(256)) * 20, b"\0\1\2\3\4\5abc" * 50, b"\0" * 100):
        with pytest.raises(DocumentError, match=r"not text|holds no text"):
            read_bytes(data, "a.txt")


def test_colours_of_a_terminal_are_left_out() -> None:
    assert read_bytes(b"\x1b[31;1mALARM\x1b[0m P-101 trip 12 bar", "a.log").text == "ALARM P-101 trip 12 bar"


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("iso-8859-1", "utf-8", "최소 유량 65 — café"),
        ("us-ascii", "utf-8", "señal"),
        ("windows-1252", "cp949", "최소 유량을 확인한다"),
        ("iso-8859-1", "cp1252", "Presión máxima — señal"),
        ("euc-kr", "cp949", "똠방각하"),
        ("nonsense", "utf-8", "유량"),
        ("utf-8", "cp949", "최소 유량을 확인한다"),
    ],
)
def test_what_a_page_or_mail_says_of_its_encoding_is_weighed(declared: str, encoding: str, text: str) -> None:
    data = text.encode(encoding)
    if encoding != "cp1252":
        assert decode_as(data, "a", declared).text == text
    page = f'<html><meta charset="{declared}"><p>'.encode() + data
    assert "65" not in text or "65" in read_bytes(page, "a.html").text
    mail = f"Subject: a\nFrom: b@c\nTo: d\nContent-Type: text/plain; charset={declared}\n"
    body = read_bytes(mail.encode() + b"Content-Transfer-Encoding: 8bit\n\n" + data, "a.eml").blocks[-1].text
    assert body == text if encoding != "cp1252" else body.startswith("Presión máxima")


def test_a_quote_that_is_never_closed_does_not_swallow_the_rows_below() -> None:
    document = read_bytes(b'Tag,Note\nP-1,"he said ""trip"""\nP-2,"never closed\nP-3,7\nP-4,8\n', "a.csv")
    assert _rows(document)[1:] == [["P-1", 'he said "trip"'], ["P-2", "never closed"], ["P-3", "7"], ["P-4", "8"]]
    assert "never closed" in document.warnings[0]


def test_a_cell_of_several_lines_and_a_sign_for_inches_are_no_faults() -> None:
    document = read_bytes(b'Tag,Note\nP-1,"two\nlines"\nP-2,5" pipe\n', "a.csv")
    assert _rows(document)[1:] == [["P-1", "two lines"], ["P-2", '5" pipe']]
    assert document.warnings == ()


def test_a_row_of_more_cells_than_any_table_has_is_refused_at_once() -> None:
    with pytest.raises(DocumentError, match=r"a row of 150,001 cells"):
        read_bytes(b"a," * 150_000 + b"\n", "a.csv")
