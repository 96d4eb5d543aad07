"""What is asked of ten days is not answered from the row for more than 21 days.

A table may have a row for each range of one quantity: outage, load, size, set pressure. Its rows differ in nothing but
their range and what holds in it, so a question that gives the amount is answered from the row that covers it.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Place
from walkdown.answering.verification.statements import Statement, split_statements, value_of_cell
from walkdown.documents import Check
from walkdown.text.quantities import Quantity, find_quantities, find_written_numbers
from walkdown.text.units import conversion, head_unit

_JOINED = re.compile(r"\s*(?:~|〜|∼|～|–|—|-|to|and|에서|부터)\s*", re.IGNORECASE)
Range = tuple[float, float]
"""Lowest and highest value in base units; a limit that is not given is infinite."""


def check_interval(question: str, carriers: Sequence[Place], cited: Cited) -> Check:
    """The rows that carry a claim cover the amount that the question gives, where another row of their table does."""
    asked = amounts_asked(question)
    ranged = [(place, found) for place in carriers if (found := _range_of(place.statement)) is not None]
    if not asked or not ranged or len(ranged) < len(carriers):
        return skipped("interval", "no_range_asked")
    for amount in asked:
        ours = [covers for place, (label, dimension, covers) in ranged if dimension == amount.dimension]
        if not ours or any(_within(amount.base, r) for r in ours):
            continue
        labels = {label for _, (label, _, _) in ranged}
        others = (found for place in cited.places if (found := _range_of(place.statement)) is not None)
        if any(label in labels and dim == amount.dimension and _within(amount.base, r) for label, dim, r in others):
            return failed("interval", "other_range", amount=amount.text, row=_first(ranged[0][0]))
    return passed("interval")


def outside(question: str, line: str) -> bool:
    """True for a row of a range that does not cover the amount which the question gives."""
    found = next((r for statement in split_statements(line) if (r := _range_of(statement)) is not None), None)
    if found is None:
        return False
    amounts = [q for q in amounts_asked(question) if q.dimension == found[1]]
    return bool(amounts) and not any(_within(q.base, found[2]) for q in amounts)


def amounts_asked(question: str) -> list[Quantity]:
    """The amounts that a question gives, limits left out."""
    return [q for q in find_quantities(_in_digits(question)) if q.unit and q.comparator == "="]


def _in_digits(text: str) -> str:
    """A text with its numbers in digits: `ten days` as `10 days`."""
    for q in reversed(find_written_numbers(text)):
        if not q.unit:
            text = f"{text[: q.start]}{q.value:g}{text[q.end :]}"
    return text


def _within(value: float, covers: Range) -> bool:
    return covers[0] <= value <= covers[1]


def _first(place: Place) -> str:
    return value_of_cell(place.statement.parts[0]).strip()


def _range_of(statement: Statement) -> tuple[str, str, Range] | None:
    """The label, dimension and range of a row whose first cell is a range and nothing else; None for another row."""
    if statement.kind != "row" or not statement.parts[0].label:
        return None
    cell = statement.parts[0]
    text = value_of_cell(cell).strip()
    found = [_with_unit(q, head_unit(cell.label)) for q in find_quantities(text)]
    if not 1 <= len(found) <= 2 or len({q.dimension for q in found}) > 1 or not found[0].dimension:
        return None
    low, high = float("-inf"), float("inf")
    for q in found:
        low = max(low, q.base) if q.comparator in (">", ">=") else low
        high = min(high, q.base) if q.comparator in ("<", "<=") else high
    if len(found) == 2 and _JOINED.fullmatch(text[found[0].end : found[1].start]):
        low, high = found[0].base, found[1].base
    rest = text
    for q in reversed(found):
        rest = f"{rest[: q.outer_start]} {rest[q.outer_end :]}"
    limited = (low, high) != (float("-inf"), float("inf"))
    alone = len(re.findall(r"[^\W\d_]{2,}", rest)) == 0 or bool(_JOINED.fullmatch(rest.strip()))
    return (cell.label, found[0].dimension, (low, high)) if limited and alone else None


def _with_unit(quantity: Quantity, unit: str) -> Quantity:
    """A bare number with the unit of its heading."""
    if quantity.unit or not unit:
        return quantity
    dimension, factor, offset = conversion(unit)
    return quantity._replace(unit=unit, dimension=dimension, base=quantity.value * factor + offset)
