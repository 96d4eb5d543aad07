"""Reports of plain text with names in two lines or set apart by dashes, and what a line says of another document."""

import pytest

from walkdown_ingestion.labels import find_number, find_revision, find_supersedes
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
