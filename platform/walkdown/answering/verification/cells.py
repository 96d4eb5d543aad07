"""A cell said of another row or under another heading: the lubricant of the next pump, the day opened as the day due.

Amounts are held against each other by the words around them (`amounts`), codes by their heading (`columns`). Here a
claim that names a row by its name must give that row's cells, whatever is in them: words, dates, amounts, codes. Only
what stands word for word is looked at, so that free words are left to the other checks.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from walkdown.answering.verification.carried_units import unit_of, with_unit
from walkdown.answering.verification.reader import Reader
from walkdown.answering.verification.reading import Cited, Place
from walkdown.answering.verification.statements import Part, value_of_cell
from walkdown.documents import Claim
from walkdown.text.heads import UNIT_COLUMN
from walkdown.text.languages import normalise
from walkdown.text.quantities import Quantity, same_quantity

_WORD = re.compile(r"[^\W\d_]{2}")
_CODE = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z])[A-Za-z0-9./-]{3,}")
_TELLING = re.compile(r"[^\W\d_]{2}|[A-Za-z].*\d|\d[-:/]\d")
"""What a cell must hold to be looked for as it stands: words, a code, a date or time of day."""
_SHORT = 2
"""A cell of words must be longer than this to be looked for."""
_PARTICLE = (
    r"(?:이다|입니다|이며|이고|이라|인|은|는|이|가|을|를|의|에|에서|에게|와|과|로|으로|도|만|까지|부터|마다|여서|이어)?"
    r"(?![가-힣])"
)
_SAID_OF = r"(?:(?:은|는|이|가|:|값은|값이)(?![가-힣])|\s+(?:of|is|are|was|were|for|at)\b|\s값[은이])"
"""What follows a heading of which something is said."""


class Amiss(NamedTuple):
    """A cell with where it stands and where the claim has it; `column` tells headings from rows."""

    what: str
    stated: str
    claimed: str
    column: bool


class _Row(NamedTuple):
    """A table row: what it is called, and its other cells."""

    place: Place
    name: str
    cells: tuple[Part, ...]


def amiss(claim: Claim, cited: Cited) -> Amiss | None:
    """A cell that a claim gives to another row than its own, or puts under another heading; None where all fit."""
    text = _plain(claim.text)
    rows = [row for place in cited.places if (row := _row(place)) is not None]
    named = _named(text, rows)
    if not named:
        return None
    return _of_other_row(text, named, rows, cited) or _of_other_column(text, named, cited.reader)


def _plain(text: str) -> str:
    return " ".join(normalise(text).split())


def _row(place: Place) -> _Row | None:
    """A row with headings; its name is its first cell with a word."""
    parts = place.statement.parts
    if place.statement.kind != "row" or len(parts) < 2 or not all(p.label for p in parts):
        return None
    key = next((p for p in parts if _WORD.search(value_of_cell(p))), None)
    if key is None:
        return None
    return _Row(place, _plain(value_of_cell(key)), tuple(p for p in parts if p is not key))


@lru_cache(maxsize=4096)
def _pattern(words: str) -> re.Pattern[str]:
    """Words as they stand, with a particle behind them or none."""
    end = _PARTICLE if re.search(r"[가-힣]$", words) else r"(?![A-Za-z0-9])(?!-\d)"
    return re.compile(rf"(?<![A-Za-z0-9가-힣]){re.escape(words)}{end}", re.IGNORECASE)


def _named(text: str, rows: Sequence[_Row]) -> list[_Row]:
    """The rows that a text calls by name; a name within a longer name is none."""
    found: list[tuple[int, int, _Row]] = []
    for row in rows:
        for name in {row.name, row.name.split("(")[0].strip()}:
            if len(name) >= _SHORT:
                found += [(m.start(), m.start() + len(name), row) for m in _pattern(name).finditer(text)]
    longest = [
        row for a, b, row in found if not any(x <= a and b <= y and y - x > b - a for x, y, _ in found)
    ]  # fmt: skip
    return list({row.place.statement.start + 1_000_000 * row.place.evidence.number: row for row in longest}.values())


def _amount(text: str, reader: Reader) -> Quantity | None:
    """The amount that a cell holds and nothing else."""
    found = reader.quantities(text)
    if len(found) == 1 and (found[0].outer_start, found[0].outer_end) == (0, len(text)):
        return found[0]
    return None


def _in_unit(row: _Row, cell: Part, reader: Reader) -> Quantity | None:
    """The amount that a cell holds and nothing else, in the unit that its row or column gives."""
    value = value_of_cell(cell)
    amount = _amount(_plain(value), reader)
    if amount is None or amount.unit:
        return amount
    at = cell.start - row.place.statement.start + cell.text.rfind(value)
    unit = unit_of(row.place.statement, cell, amount._replace(start=at, end=at + len(value)))
    return with_unit(amount, unit) if unit else amount


def _gives(text: str, row: _Row, cell: Part, reader: Reader) -> bool:
    """True when a text gives the value of a cell, with the unit of its row where it has one."""
    amount = _in_unit(row, cell, reader)
    stated = amount is not None and any(
        same_quantity(q, amount) for q in reader.quantities(text) if q.unit and amount.unit
    )
    return stated or _holds(text, _plain(value_of_cell(cell)), reader)


def _holds(text: str, value: str, reader: Reader) -> bool:
    """True when a text gives the value of a cell."""
    amount = _amount(value, reader)
    if amount is not None:
        return any(bool(q.unit) == bool(amount.unit) and same_quantity(q, amount) for q in reader.quantities(text))
    return bool(len(value) > _SHORT and _TELLING.search(value) and _pattern(value).search(text))


def _of_other_row(text: str, named: Sequence[_Row], rows: Sequence[_Row], cited: Cited) -> Amiss | None:
    ours = "\n".join(_plain(row.place.statement.text) for row in named)
    for row in rows:
        if any(row.place == other.place for other in named):
            continue
        for cell in row.cells:
            value = _plain(value_of_cell(cell))
            fits = [r for r in named if _is_rival(cell, value, r, row, text, cited.reader)]
            if not fits or not _holds(text, value, cited.reader) or _holds(ours, value, cited.reader):
                continue
            if _stands_elsewhere(value, named, rows, cited):
                continue
            return Amiss(value, row.name, fits[0].name, column=False)
    return None


def _is_rival(cell: Part, value: str, ours: _Row, theirs: _Row, text: str, reader: Reader) -> bool:
    """True when a row has something else of the same kind under the heading of another row's cell.

    Rows called by a code are all of one kind; else the heading must be named: under "Item" and "Value" stands anything.
    """
    own = next((p for p in ours.cells if p.label == cell.label), None)
    if own is None or ours.name == theirs.name or ours.place.evidence != theirs.place.evidence:
        return False
    mine, amount = _amount(_plain(value_of_cell(own)), reader), _amount(value, reader)
    coded = bool(_CODE.fullmatch(ours.name) and _CODE.fullmatch(theirs.name))
    if amount is not None:
        return bool(amount.unit) and (coded or (mine is not None and mine.dimension == amount.dimension))
    return coded or bool(_CODE.fullmatch(value)) or bool(_pattern(_plain(cell.label)).search(text))


def _stands_elsewhere(value: str, named: Sequence[_Row], rows: Sequence[_Row], cited: Cited) -> bool:
    """True when a value stands in a statement that is no row of the same passages' tables, or above the passage."""
    tabled = {id(row.place) for row in rows}
    others = [p.statement.text for p in cited.places if id(p) not in tabled]
    above = [cited.reader.context(row.place.evidence) for row in named]
    return any(_holds(_plain(t), value, cited.reader) for t in (*others, *above))


def _of_other_column(text: str, named: Sequence[_Row], reader: Reader) -> Amiss | None:
    """A value under another heading than the one that the claim says it of, in every named row that holds it."""
    holding = [row for row in named if any(_gives(text, row, p, reader) for p in row.cells)]
    found = [next(_misplaced(text, row, reader), None) for row in holding]
    return found[0] if found and all(found) else None


def _misplaced(text: str, row: _Row, reader: Reader) -> Iterator[Amiss]:
    cells = [p for p in row.cells if not UNIT_COLUMN.fullmatch(p.label.strip())]
    holding = [p for p in cells if _gives(text, row, p, reader)]
    called = [p for p in cells if _heading(p, text, said=False)]
    # A value under its own heading is in its place; another one may not be.
    held = [p for p in holding if p not in called]
    for cell in called:
        if cell in holding or not _heading(cell, text, said=True):
            continue
        for other in held:
            mine, theirs = (_in_unit(row, p, reader) for p in (cell, other))
            if theirs is None or (mine is not None and mine.dimension == theirs.dimension):
                yield Amiss(_plain(value_of_cell(other)), other.label, cell.label, column=True)


def _heading(cell: Part, text: str, *, said: bool) -> bool:
    """True when a text names the heading of a cell; with `said`, as what it says something of."""
    label = _plain(cell.label).split(" (")[0].split(", ")[0]
    if len(label) < _SHORT:
        return False
    return (
        re.search(rf"(?<![A-Za-z0-9가-힣]){re.escape(label)}{_SAID_OF if said else ''}", text, re.IGNORECASE)
        is not None
    )
