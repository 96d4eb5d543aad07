"""Reports of plain text with names in two lines or set apart by dashes, and what a line says of another document."""

import pytest

from walkdown_ingestion.label_dates import find_date
from walkdown_ingestion.label_revisions import find_revision, find_supersedes
from walkdown_ingestion.labels import find_number
from walkdown_ingestion.readers import csv
from walkdown_ingestion.readers.text import parse_text


def test_names_between_lines_of_dashes() -> None:
    """Each value stands under the name over its column; the labels have no name."""
    report = """SHIFT REPORT
----------------------------------------------
                  EARLY     LATE    MAX    UNIT
----------------------------------------------
FURNACE INLET     201.5    207.0   240     DEG C
DRAFT              -3.1     -2.8    -1.5   MM WC
----------------------------------------------
"""
    assert "FURNACE INLET | EARLY: 201.5 | LATE: 207.0 | MAX: 240 | UNIT: DEG C" in parse_text(report).text


def test_names_that_are_not_over_the_columns_stay_apart() -> None:
    """A line of words that stands elsewhere names nothing."""
    report = "early   late\n\nFURNACE INLET                                  201.5         207.0\nOUTLET      33   44\n"
    assert "early:" not in parse_text(report).text


def test_names_in_two_lines_and_a_cell_that_goes_on() -> None:
    """`STOP` above `AT` is one name; words below one cell belong to it."""
    report = """ SENSOR   PLACE              STOP   WAIT
                             AT     (s)
 -------  -----------------  -----  ----
 TE-41    Bearing of the     88 C   4.0
          gear box
 PE-42    Oil pump outlet    1.1    2.5
"""
    assert parse_text(report).text.split("\n") == [
        "SENSOR: TE-41 | PLACE: Bearing of the gear box | STOP AT: 88 C | WAIT (s): 4.0",
        "SENSOR: PE-42 | PLACE: Oil pump outlet | STOP AT: 1.1 | WAIT (s): 2.5",
    ]


@pytest.mark.parametrize(
    ("text", "revision"),
    [
        ("Until Friday these hold instead of WI-33 Rev 4, clause 2", ""),
        ("See WI-33, Rev. 4. Revision: 2", "2"),
        ("Start of pumps, WI-33 Rev 4", "4"),
        ("Fecha: 3 de mayo de 2026  Versión 2.3  Sustituye a la versión 2.2", "2.3"),
        ("Supersedes version 5.0\nVersion 6.0", "6.0"),
    ],
)
def test_the_revision_of_another_document_is_not_its_own(text: str, revision: str) -> None:
    """A letter that speaks of a procedure does not have the revision of that."""
    assert find_revision(text) == revision


def test_numbers_behind_short_labels() -> None:
    """`Doc:` with a revision behind it, and the label of Japanese sheets."""
    assert find_number("Doc: WI-33 Rev 4") == "WI-33"
    assert find_number("整理番号 TY-0071 改訂日 2026年2月2日") == "TY-0071"
    assert find_supersedes("Sustituye a la versión 2.2") == "2.2"


@pytest.mark.parametrize(
    ("text", "number", "revision"),
    [
        ("SOP #: MB-204  Version #: 8", "MB-204", "8"),
        ("Doc No: 2207-EL-014_Rev.B", "2207-EL-014", "B"),
        ("文件編號:WI-77 版次:05 發行日期:2026年3月5日", "WI-77", "05"),
        ("文件号 SOP-091 修订号 02", "SOP-091", "02"),
        ("文書番号:PR-K-5 版数:第4版", "PR-K-5", "4"),
        ("Código: IT-LAB-3 | Edición: 6", "IT-LAB-3", "6"),
        ("규정번호: 22-07 / 개정: 제3차", "22-07", "3"),
    ],
)
def test_numbers_and_revisions_under_other_labels(text: str, number: str, revision: str) -> None:
    """Labels as other makers and countries write them; a revision behind a number is no part of it."""
    assert (find_number(text), find_revision(text)) == (number, revision)


def test_days_under_other_labels() -> None:
    """The day of issue in both Chinese spellings, and that from which a Japanese sheet holds."""
    assert [
        str(find_date(text)) for text in ("發行日期:2026年3月5日", "发布日期:2026-03-06", "有効日 2026年3月7日")
    ] == [
        "2026-03-05",
        "2026-03-06",
        "2026-03-07",
    ]


def test_a_remark_behind_a_row_and_dashes_for_no_value() -> None:
    """A row with a remark behind it stays one of the table, as does one without values."""
    lines = [
        "Tank   Goods     Level mm   Temp C",
        "TK-4   Diesel      6,120     21.5",
        "TK-5   Petrol      2,480     20.9   <- low",
        "TK-6   Ethanol        --       --   (cleaned)",
    ]
    read = parse_text("\n".join(lines)).text.split("\n")
    assert read[1:] == [
        "Tank: TK-5 | Goods: Petrol | Level mm: 2,480 | Temp C: 20.9 | <- low",
        "Tank: TK-6 | Goods: Ethanol | Level mm: -- | Temp C: -- | (cleaned)",
    ]


def test_a_field_below_the_rows_of_an_export() -> None:
    """Who approved a report stands under none of its names."""
    rows = ["Test,Unit,Limit,Found,Verdict", "Lead,ppm,2,0.4,ok", "Tin,ppm,5,1.1,ok", "", "Note: again in May"]
    read = csv.read("\n".join([*rows, "Approved by,K. Sato"]).encode(), "a.csv").text
    assert "Tin | Unit: ppm" in read
    assert read.split("\n\n")[-2:] == ["Note: again in May", "Approved by: K. Sato"]
