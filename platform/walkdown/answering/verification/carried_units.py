"""The unit of a bare number of a passage that another place gives: the list it stands in, its column, its row."""

import re
from collections.abc import Sequence

from walkdown.answering.verification.statements import Part, Statement, value_of_cell
from walkdown.text.heads import UNIT_COLUMN, bracketed_unit, has_row_unit, head_unit, stated_unit
from walkdown.text.quantities import Quantity, find_quantities, is_ph
from walkdown.text.units import conversion

_NUMBER = re.compile(r"^[+-]?[\d.]+$")
_LISTED = re.compile(r"\s?(?:[,、，/]|\band\b|및|또는|\bor\b)\s?[^\d,.;|]{0,16}")
_INSTEAD = re.compile(
    r",?\s(?:instead of|rather than|and not|not)\s(?:every\s|at\s)?|\s?[가이]? 아니라\s|\s?대신\s", re.IGNORECASE
)
"""`every 3 months instead of every 6`: the second amount is of the first one's unit."""


def with_unit(quantity: Quantity, unit: str) -> Quantity:
    """A bare number in a unit."""
    dimension, factor, offset = conversion(unit)
    return quantity._replace(unit=unit, dimension=dimension, base=quantity.value * factor + offset)


def shared_unit(quantity: Quantity, stated: Sequence[Quantity], statement: Statement) -> str:
    """The unit that a bare number shares with the next one of a list, or the one before it: `30, 60 CFU/m³`."""
    following = next((q for q in stated if q.start >= quantity.end), None)
    before = next((q for q in reversed(stated) if q.end <= quantity.start), None)
    if not quantity.unit and before and before.unit and _INSTEAD.fullmatch(statement.text[before.end : quantity.start]):
        return before.unit
    if quantity.unit or following is None or not following.unit or statement.kind == "row":
        return ""
    if is_ph(statement.text, quantity.start):
        return ""
    between = statement.text[quantity.end : following.start]
    return following.unit if _LISTED.fullmatch(between) else ""


def unit_of(statement: Statement, part: Part, quantity: Quantity) -> str:
    """The unit of a bare number of a row: of its column's name, of the row's unit column, or of what the row is of.

    `Pressure, bar(g): Output, MW | 4.0: 250`: a column's name that is a number has the unit of the first name.
    """
    first, at = statement.parts[0], statement.start + quantity.start
    if at - part.start < len(part.label):
        return head_unit(first.label) if part is not first and _NUMBER.match(part.label.strip()) else ""
    if part.label and (unit := head_unit(part.label)):
        return unit
    begins = at - part.start - part.text.rfind(value := value_of_cell(part))
    if part.label and has_row_unit(value, begins, begins + len(quantity.text)) and (unit := _of_row(statement)):
        return unit
    return head_unit(value_of_cell(first)) if part is not first and part.label else ""


def _of_row(statement: Statement) -> str:
    """The unit that a row states for its bare cells: `Unit: mm | High: +170`, `Signal: pressure (bar) | Alarm: 5.3`."""
    stated = (value_of_cell(p) for p in statement.parts if UNIT_COLUMN.fullmatch(p.label.strip()))
    unit = next((unit for cell in stated if (unit := stated_unit(cell))), "")
    return unit or bracketed_unit(v for p in statement.parts if not re.search(r"\d", v := value_of_cell(p)))


def amounts_of(row: Statement, part: Part) -> list[Quantity]:
    """The amounts of a cell, its heading left out, each in the unit that its row or column gives."""
    begins = part.start + len(part.label)
    values = [q for q in find_quantities(row.text) if begins <= row.start + q.start < part.end]
    units = [q.unit or unit_of(row, part, q) for q in values]
    return [with_unit(q, unit) if unit and not q.unit else q for q, unit in zip(values, units, strict=True)]
