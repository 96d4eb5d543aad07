"""Reads a pack's glossary: a CSV file that a team keeps in a spreadsheet."""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from walkdown.packs.faults import Fault
from walkdown.packs.files import read_text
from walkdown.packs.schema import GlossaryEntry
from walkdown.text.function_words import FUNCTION_WORDS

COLUMNS = ("ko", "en", "abbreviation", "synonyms", "definition", "unit", "note")
REQUIRED = ("ko", "en")
SYNONYM_SEPARATOR = ";"

_SYLLABLE = re.compile(r"[가-힣]")
_SHORT_WORD = 3


def delimiter(header: str, columns: Sequence[str] = COLUMNS) -> str:
    """What separates the columns: Excel writes commas, semicolons or, as Unicode text, tabs."""
    return max(",\t;", key=lambda d: sum(cell.strip(' "').lower() in columns for cell in header.split(d)))


def _columns(header: list[str], name: str, faults: list[Fault]) -> list[str] | None:
    """Names of the columns in order; None with faults when they do not fit."""
    names = [cell.strip().lower() for cell in header]
    missing = [column for column in REQUIRED if column not in names]
    wrong = [column for column in names if column and column not in COLUMNS]
    twice = sorted({column for column in names if column and names.count(column) > 1})
    known = f"The columns are {', '.join(COLUMNS)}."
    if missing:
        faults.append(Fault(name, 1, f"The column {' and '.join(missing)} is missing in the first row.", known))
    if wrong:
        faults.append(Fault(name, 1, f"The column {', '.join(wrong)} is not known.", known))
    if twice:
        faults.append(Fault(name, 1, f"The column {', '.join(twice)} is given twice.", known))
    return None if missing or wrong or twice else names


def _entry(cells: dict[str, str]) -> GlossaryEntry:
    synonyms = tuple(part.strip() for part in cells.get("synonyms", "").split(SYNONYM_SEPARATOR) if part.strip())
    return GlossaryEntry(
        ko=cells["ko"],
        en=cells["en"],
        abbreviation=cells.get("abbreviation", ""),
        synonyms=synonyms,
        definition=cells.get("definition", ""),
        unit=cells.get("unit", ""),
        note=cells.get("note", ""),
    )


def read_glossary(folder: Path, name: str, faults: list[Fault]) -> list[tuple[int, GlossaryEntry]]:
    """Entries with the line each begins on; faults are appended and their rows left out. Empty rows are skipped."""
    text = read_text(folder, name, faults)
    if text is None:
        return []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text.split("\n", 1)[0]))
    entries: list[tuple[int, GlossaryEntry]] = []
    columns: list[str] | None = None
    line = 1
    try:
        for row in reader:
            start, line = line, reader.line_num + 1
            if columns is None:
                columns = _columns(row, name, faults)
                if columns is None:
                    return []
                continue
            if not any(cell.strip() for cell in row):
                continue
            if len(row) > len(columns):
                message = f"The row has {len(row)} cells for {len(columns)} columns."
                faults.append(Fault(name, start, message, "Put cells that hold a comma in quotes."))
                continue
            cells = dict(zip(columns, (cell.strip() for cell in row), strict=False))
            absent = [column for column in REQUIRED if not cells.get(column)]
            if absent:
                message = f"The translation is missing: the cell {' and '.join(absent)} is empty."
                faults.append(Fault(name, start, message, "Give the term in Korean and in English."))
                continue
            entries.append((start, _entry(cells)))
    except csv.Error as error:
        faults.append(Fault(name, line, f"The CSV is broken: {error}.", "Check the quotes in this row."))
    if columns is None:
        faults.append(Fault(name, 1, "The glossary is empty.", f"Its first row is {','.join(COLUMNS)}."))
    return entries


def synonym_faults(name: str, line: int, entry: GlossaryEntry) -> list[Fault]:
    """Synonyms that would be found in every question, and a list of them that reads as one."""
    faults = []
    for form in entry.synonyms:
        if _SYLLABLE.fullmatch(form) or (len(form) <= _SHORT_WORD and form.islower() and form in FUNCTION_WORDS):
            message = f"{form!r} stands in almost every sentence, so every question would name {entry.ko} / {entry.en}."
            faults.append(Fault(name, line, message, "Leave it out, or give a longer form."))
        elif "," in form:
            message = f"{form!r} is one synonym with a comma in it."
            faults.append(Fault(name, line, message, f"Separate synonyms by {SYNONYM_SEPARATOR}"))
    return faults
