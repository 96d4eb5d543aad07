"""A history of revisions at the head of a document: only its newest row tells of the document itself."""

import re
from collections.abc import Sequence

from walkdown.documents import Table
from walkdown.text.revisions import revision_order
from walkdown_ingestion.label_dates import parse_date
from walkdown_ingestion.names_below import DATE, REVISION, WHAT
from walkdown_ingestion.table_headers import Row
from walkdown_ingestion.tables import row_cells

_LISTED = re.compile(
    r"(?:doc(?:ument)?|drawing|dwg|procedure)\.?(?:\s*(?:no|number|id|title|name)\.?)?|title|tag(?:\s*no)?\.?"
    r"|(?:문서|도면|절차서|기기)\s*(?:번호|명|제목)|제목",
    re.IGNORECASE,
)
_LEAST, _MAX_ROWS = 2, 40
_VALUE = re.compile(r"(?=.*(?:\d|\b[A-Z]\b|제정|초판|최초|初版|初回|制定|首次|新规)).{1,16}", re.IGNORECASE)


def newest_of(table: Table) -> str | None:
    """The row of the newest revision with its names, "" where none can be told; None for any other table.

    The names stand above the rows, or below them as in the title block of a drawing, whose other rows are told as well.
    """
    rows = [*table.header, *table.rows]
    for at in dict.fromkeys((max(len(table.header) - 1, 0), len(rows) - 1)):
        if (newest := _told_by(rows[at], rows[at + 1 :] or rows[:at])) is not None:
            return newest
    for at in range(1, min(len(rows) - 1, _MAX_ROWS)):
        for body, others in ((rows[:at], rows[at + 1 :]), (rows[at + 1 :], rows[:at])):
            if newest := _told_by(rows[at], body):
                return "\n".join([newest, *(" | ".join(dict.fromkeys(filter(None, row))) for row in others)])
    # The history may run from left to right.
    columns = list(zip(*rows, strict=True))
    return _told_by(columns[0], columns[1:])


def as_labels(row: str) -> str:
    """The row of a history with its revision and its day again under labels of their own: its names may be short."""
    row = row.split("\n")[0]
    pairs = [part.partition(": ")[::2] for part in row.split(" | ")]
    revision = next((value for name, value in pairs if REVISION.fullmatch(name.strip(" :：.#"))), "")
    day = next((value for name, value in pairs if DATE.fullmatch(name) and parse_date(value)), "")
    labelled = (f"{label}: {value}" for label, value in (("Revision", revision), ("Revision date", day)) if value)
    return "\n".join((row, *labelled))


def _told_by(names: Row, body: Sequence[Row]) -> str | None:
    """What names tell of the rows that belong to them; None where they name no history."""
    column = next((i for i, name in enumerate(names) if REVISION.fullmatch(name.strip(" :：.#"))), None)
    if column is None or not any(DATE.fullmatch(name) or WHAT.fullmatch(name) for name in names):
        return None
    filled = [row for row in body if row[column].strip()]
    if len(filled) < _LEAST or not all(_VALUE.fullmatch(row[column]) for row in filled):
        return None
    # A list of documents has their revisions, none of its own.
    return "" if any(map(_LISTED.fullmatch, names)) else _newest(names, filled, column)


def _newest(names: Row, rows: Sequence[Row], column: int) -> str:
    newest = rows[0]
    for row in rows[1:]:
        order = revision_order(row[column], newest[column])
        if order is None:
            order = _later(row, newest) or None
        if order is None:
            return ""
        newest = row if order > 0 else newest
    return " | ".join(row_cells(names, newest))


def _later(one: Row, other: Row) -> int:
    """1 or -1 as a row's date is later or earlier than another's; 0 where neither can be told."""
    first, second = (next((date for cell in row if (date := parse_date(cell))), None) for row in (one, other))
    return (first > second) - (first < second) if first and second else 0
