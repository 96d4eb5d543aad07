"""What stands around the cells of a sheet, and columns named by days or times, as logs have them."""

from collections.abc import Sequence

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from sample_files import bytes_of, rezipped

from walkdown_ingestion.metadata import FileFacts, identify
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.readers.xlsx_formats import display
from walkdown_ingestion.tables import make_table, row_lines


def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in (("Tag", "Low", "High"), ("PT-1", 1, 2), ("PT-2", -3, 4)):
        book.active.append(row)
    return book


def box(row: int, text: str, hidden: bool = False) -> str:
    """A text box anchored in a row."""
    runs = "".join(f"<a:p><a:r><a:t>{part}</a:t></a:r></a:p>" for part in text.split("|"))
    return (
        f"<xdr:oneCellAnchor><xdr:from><xdr:col>5</xdr:col><xdr:row>{row}</xdr:row></xdr:from><xdr:sp><xdr:nvSpPr>"
        f'<xdr:cNvPr id="{row + 2}" name="T" hidden="{int(hidden)}"/></xdr:nvSpPr><xdr:txBody>{runs}</xdr:txBody>'
        "</xdr:sp></xdr:oneCellAnchor>"
    )


def drawn(*boxes: str) -> bytes:
    names = "http://schemas.openxmlformats.org/drawingml/2006"
    inside = "".join(boxes)
    return (f'<xdr:wsDr xmlns:xdr="{names}/spreadsheetDrawing" xmlns:a="{names}/main">{inside}</xdr:wsDr>').encode()


def test_text_boxes_of_a_sheet_are_read_from_top_to_bottom() -> None:
    book = workbook()
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=3))
    book.active.add_chart(chart, "E2")
    book.create_sheet("B").append(["on another sheet"])
    boxes = drawn(
        box(9, "second: max|45 °C"), box(2, "All set points in barg"), box(4, "nobody sees this", hidden=True)
    )
    data = rezipped(bytes_of(book.save), {"xl/drawings/drawing1.xml": lambda _: boxes})
    assert [block.text for block in read_bytes(data, "a.xlsx").blocks][1:4] == [
        "Tag: PT-1 | Low: 1 | High: 2\nTag: PT-2 | Low: -3 | High: 4",
        "All set points in barg",
        "second: max\n45 °C",
    ]


def test_number_and_revision_in_the_head_of_the_printed_page() -> None:
    book = workbook()
    sheet = book.active
    sheet.oddHeader.left.text, sheet.oddHeader.left.font, sheet.oddHeader.left.size = (
        "Doc. No.: PWR-DS-0123",
        "Arial",
        10,
    )
    sheet.oddHeader.center.text, sheet.oddHeader.right.text = "&A", "Rev. 3\n&D"
    sheet.oddFooter.left.text, sheet.oddFooter.center.text = "Effective date: 2026-02-01", "R&&D"
    sheet.oddFooter.right.text = "Page &P of &N"
    parsed = read_bytes(bytes_of(book.save), "a.xlsx")
    assert parsed.metadata["margins"].split("\n") == [
        "Doc. No.: PWR-DS-0123",
        "Rev. 3",
        "Effective date: 2026-02-01",
        "R&D",
    ]
    found = identify(parsed, FileFacts("a.xlsx", "a.xlsx", "0" * 64, "x/y"), "power")
    assert (found.id, found.revision, str(found.effective_date)) == ("PWR-DS-0123", "3", "2026-02-01")


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("101", '"V-"@', "V-101"),
        ("101", "@", "101"),
        ("text", "0.00", "text"),
        ("x", '0;-0;0;"see "@', "see x"),
        (-5, '0"℃";"영하 "0"℃"', "영하 5℃"),
    ],
)
def test_formats_with_words_around_a_text_or_for_a_minus(value: object, code: str, shown: str) -> None:
    assert display(value, code) == shown


LOG = [("Tag", "02:00", "06:00"), ("PT-1", "4.5", "4.6"), ("FT-1", "40", "")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (LOG, ["Tag: PT-1 | 02:00: 4.5 | 06:00: 4.6", "Tag: FT-1 | 02:00: 40"]),
        ([("항목", "08/01", "08/02"), ("유량", "40", "41")], ["항목: 유량 | 08/01: 40 | 08/02: 41"]),
        (
            [("Item", "2026-01-01", "2026-01-02"), ("Flow", "40", "41")],
            ["Item: Flow | 2026-01-01: 40 | 2026-01-02: 41"],
        ),
        (
            [("Item", "2026-01-01 02:00", "2026-01-01 06:00"), ("Flow", "40", "41")],
            ["Item: Flow | 2026-01-01 02:00: 40 | 2026-01-01 06:00: 41"],
        ),
        ([("Start", "02:00", "06:00"), ("Stop", "03:00", "07:00")], ["Start | 02:00 | 06:00", "Stop | 03:00 | 07:00"]),
        ([("Flow", "1.5", "2.5"), ("Head", "3.1", "4.1")], ["Flow | 1.5 | 2.5", "Head | 3.1 | 4.1"]),
    ],
)
def test_columns_named_by_days_or_times(rows: Sequence[Sequence[str]], expected: list[str]) -> None:
    table = make_table(rows)
    assert table is not None
    assert row_lines(table) == expected


def test_a_csv_log_with_times_as_names() -> None:
    csv = "\n".join(",".join(row) for row in LOG)
    assert read_bytes(csv.encode(), "a.csv").blocks[0].text.splitlines()[0] == "Tag: PT-1 | 02:00: 4.5 | 06:00: 4.6"
