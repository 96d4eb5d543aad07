"""Labels over rows that lines tell, notes beside a table, columns named by numbers, bars in mails, `°C` of Windows."""

from email.message import EmailMessage

import openpyxl
import pytest
from openpyxl.styles import Border, Side
from sample_files import bytes_of

from walkdown_ingestion.decoding import decode
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.tables import make_table, row_lines


def told(data: bytes, name: str) -> list[str]:
    return [line for block in read_bytes(data, name).blocks for line in block.text.splitlines()]


SETTINGS = [("Relay", "Setting", "Value"), ("50P", "Pickup", 8), (None, "Delay", 0.05), ("51N", "Dial", 0.15)]


@pytest.mark.parametrize("parted", [False, True])
def test_a_label_over_rows_that_no_line_parts_from_it(parted: bool) -> None:
    book = openpyxl.Workbook()
    line = Side(style="thin")
    for r, row in enumerate(SETTINGS, 1):
        for c, value in enumerate(row, 1):
            over = c == 1 and not parted
            top, bottom = (None if over and r == at else line for at in (3, 2))
            book.active.cell(r, c, value).border = Border(left=line, right=line, top=top, bottom=bottom)
    read = told(bytes_of(book.save), "a.xlsx")
    assert read[1] == ("" if parted else "Relay: 50P | ") + "Setting: Delay | Value: 0.05"
    assert read[2] == "Relay: 51N | Setting: Dial | Value: 0.15"


def test_rows_of_a_sheet_without_lines_have_their_own_labels_only() -> None:
    book = openpyxl.Workbook()
    for row in SETTINGS:
        book.active.append(row)
    assert told(bytes_of(book.save), "a.xlsx")[1] == "Setting: Delay | Value: 0.05"


def test_notes_in_a_column_far_beside_a_table() -> None:
    book = openpyxl.Workbook()
    notes = ("Notes:", "1. Flows in m³/h", "2. Heads in m")
    for row, note in zip([("Tag", "Flow", "Head"), ("P-1", 10, 20), ("P-2", 20, 30)], notes, strict=True):
        book.active.append((*row, None, None, note))
    assert told(bytes_of(book.save), "a.xlsx") == [
        "Tag: P-1 | Flow: 10 | Head: 20",
        "Tag: P-2 | Flow: 20 | Head: 30",
        *notes,
    ]


def lines(rows: list[list[str]]) -> list[str]:
    table = make_table(rows)
    assert table is not None
    return row_lines(table)


def test_columns_named_by_the_numbers_of_streams() -> None:
    rows = [
        ["Stream no.", "", "1", "2", "3"],
        ["State", "", "Feed", "Hot", "Vent"],
        ["Pressure", "barg", "8", "7", "0.2"],
    ]
    assert lines(rows)[1] == "Stream no.: Pressure | barg | 1: 8 | 2: 7 | 3: 0.2"
    counted = [["Bolts", "4", "8", "12"], ["Nuts", "8", "16", "24"]]
    assert lines(counted) == ["Bolts | 4 | 8 | 12", "Nuts | 8 | 16 | 24"]
    assert lines([["Tank", "1", "2", "3"], ["1", "5", "6", "7"]])[0] == "Tank | 1 | 2 | 3"


def test_a_table_drawn_with_bars_in_a_mail() -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "New values", "a@example.com", "b@example.com"
    mail.set_content("Hi,\n\n  Tag   | Old | New\n  ------+-----+----\n  LT-7  | 40  | 45\n  LT-8  | 30  | 35\n\nKim\n")
    assert "Tag: LT-7 | Old: 40 | New: 45" in told(mail.as_bytes(), "a.eml")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Tag;Unit\nTI-1;°C\n", "cp1252"), ("기기;단위\nTI-1;도\n", "cp949"), ("TI-1;온도;높음\n", "cp949")],
)
def test_a_degree_of_windows_is_no_korean_syllable(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.csv").text == text
