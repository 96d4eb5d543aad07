"""`documents.csv` beside the files: what a domain team states about its documents, and it wins over all else.

Columns: file, id, title, revision, effective_date, language, access, site, unit, type, number, supersedes, status
(`superseded`, `draft`, `in_force`); only `file` is required. Files in
subfolders are named by their path from the folder of the table.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from walkdown.documents import LANGUAGES
from walkdown.errors import DocumentError
from walkdown.text.languages import normalise
from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.decoding import decode
from walkdown_ingestion.label_dates import parse_date
from walkdown_ingestion.readers.csv import delimiter
from walkdown_ingestion.stated_fields import status_known

SIDECAR = "documents.csv"
_MOST_CHARS = 100_000
"""Characters of a cell: a quote that is never closed swallows the rest of the table. The limit is the whole process's,
and the reader of CSV documents sets another."""
_NAMED = 5
"""Names of missing files that are told."""
_IN_KOREAN = {
    "파일": "file", "파일명": "file", "파일이름": "file", "문서번호": "number", "제목": "title", "문서명": "title",
    "개정": "revision", "개정번호": "revision", "시행일": "effective_date", "시행일자": "effective_date",
    "언어": "language", "열람": "access", "호기": "unit", "종류": "type", "대체": "supersedes", "상태": "status",
}  # fmt: skip
COLUMNS = (
    "file",
    "id",
    "title",
    "revision",
    "effective_date",
    "language",
    "access",
    "site",
    "unit",
    "type",
    "number",
    "supersedes",
    "status",
)


def read_sidecar(path: Path) -> dict[str, dict[str, str]]:
    """Rows by file name. Raises DocumentError that names the line at fault."""
    text = decode(path.read_bytes(), path.name).text
    csv.field_size_limit(_MOST_CHARS)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter(text[:20_000]))
    names = [clean_line(name or "").lower() for name in reader.fieldnames or ()]
    names = [_IN_KOREAN.get(name.replace(" ", ""), name) for name in names]
    unknown = [name for name in names if name not in COLUMNS]
    if "file" not in names or unknown:
        wrong = f"unknown column {unknown[0]!r}" if "file" in names else "no column named file"
        raise DocumentError(f"{path} has {wrong}.", f"Its columns may be: {', '.join(COLUMNS)}.")
    reader.fieldnames = names
    rows: dict[str, dict[str, str]] = {}
    for row in reader:
        values = {key: clean_line(value or "") for key, value in row.items() if key in COLUMNS}
        name = normalise(values.pop("file", "")).replace("\\", "/").removeprefix("./")
        if not name:
            continue
        _check(path, reader.line_num, values)
        if name in rows:
            raise DocumentError(f"{path} line {reader.line_num} names {name} again.", "Keep one row for each file.")
        rows[name] = {key: value for key, value in values.items() if value}
    return rows


def _check(path: Path, line: int, values: Mapping[str, str]) -> None:
    date, language = values.get("effective_date", ""), values.get("language", "")
    if date and parse_date(date) is None:
        raise DocumentError(f"{path} line {line}: {date!r} is no date.", "Write dates as 2025-03-01.")
    status = values.get("status", "")
    if status and not status_known(status):
        raise DocumentError(
            f"{path} line {line}: the status {status!r} is not known.",
            "Write superseded, draft or in_force, or leave it empty.",
        )
    if language and language not in LANGUAGES:
        raise DocumentError(
            f"{path} line {line}: the language {language!r} is not known.", f"Use one of {', '.join(LANGUAGES)}."
        )


class Sidecars:
    """The tables beside the files of one ingestion, each read once."""

    def __init__(self) -> None:
        self._tables: dict[Path, Mapping[str, Mapping[str, str]]] = {}
        self._load = lru_cache(maxsize=512)(_load)

    def row(self, file: Path, top: Path) -> Mapping[str, str]:
        """What the tables say about a file: the one beside it first, then those of the folders up to `top`.

        Raises DocumentError when a table is faulty: without it a document could be shown to the wrong people.
        """
        for folder in _folders(file.absolute(), top.absolute()):
            rows = self._load(folder / SIDECAR)
            if isinstance(rows, DocumentError):
                raise DocumentError(f"{rows.cause} Its files are not taken in.", rows.remedy)
            self._tables.setdefault(folder, rows)
            found = _row_of(rows, normalise(file.absolute().relative_to(folder).as_posix()))
            if found is not None:
                return found
        return {}

    def unmatched(self) -> list[str]:
        """A sentence for each table read that has rows for files which are not there: what they say holds for none."""
        told = []
        for folder, rows in self._tables.items():
            there = (
                {normalise(p.relative_to(folder).as_posix()).casefold() for p in folder.rglob("*")} if rows else set()
            )
            missing = [name for name in rows if name.casefold() not in there]
            if missing:
                names = ", ".join(missing[:_NAMED]) + (
                    f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
                )
                told.append(f"{folder / SIDECAR} names files that are not there: {names}.")
        return told


def _row_of(rows: Mapping[str, Mapping[str, str]], name: str) -> Mapping[str, str] | None:
    """The row of a file; Windows, where tables are written, takes `A.TXT` and `a.txt` for one."""
    if name in rows:
        return rows[name]
    alike = [row for written, row in rows.items() if written.casefold() == name.casefold()]
    return alike[0] if len(alike) == 1 else None


def _load(table: Path) -> Mapping[str, Mapping[str, str]] | DocumentError:
    if not table.is_file():
        return {}
    try:
        return read_sidecar(table)
    except DocumentError as error:
        return error
    except OSError as error:
        return DocumentError(f"{table} cannot be read: {error.strerror}.", "Check that you may read it.")
    except csv.Error as error:
        return DocumentError(f"{table} cannot be read as CSV: {error}.", "Open it in a spreadsheet and save it again.")


def _folders(file: Path, top: Path) -> Iterator[Path]:
    for folder in file.parents:
        yield folder
        if folder == top or top not in folder.parents:
            return
