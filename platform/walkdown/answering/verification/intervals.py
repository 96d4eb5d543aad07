"""What is asked of ten days is not answered from the row for more than 21 days, nor from the column of days 0 to 4.

A table may have a row for each range of one quantity: outage, load, size, set pressure. Its rows differ in nothing but
their range and what holds in it, so a question that gives the amount is answered from the row that covers it. A batch
record has a column for each range of days.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.carried_units import with_unit
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Matched, Place
from walkdown.answering.verification.statements import Statement, split_statements, value_of_cell
from walkdown.documents import Check
from walkdown.text.heads import head_unit
from walkdown.text.quantities import Quantity, find_quantities, find_written_numbers

_JOINED = re.compile(r"\s*(?:~|〜|∼|～|–|—|-|to|and|에서|부터)\s*", re.IGNORECASE)
Range = tuple[float, float]
"""Lowest and highest value in base units; a limit that is not given is infinite."""


_DAY_ASKED = re.compile(r"(?<!\d)(?P<ko>\d{1,3})\s?(?:일\s?차|일째|日目)|\bday\s?(?P<en>\d{1,3})\b", re.IGNORECASE)
_TO = r"\s?(?:to|through|until|~|〜|–|—|-)\s?"
_DAYS = re.compile(
    rf"\bdays?\s?(?P<from>\d{{1,3}})(?:{_TO}(?:day\s?)?(?P<to>\d{{1,3}}|[a-z]\w+))?|"
    rf"(?<!\d)(?P<ko>\d{{1,3}})(?:\s?일\s?차?)?(?:{_TO}(?P<ko_to>\d{{1,3}}|[가-힣]{{2,6}}))?\s?(?:일\s?차|日目)",
    re.IGNORECASE,
)
"""Days of a batch or a run that a heading names: `Day 5 to 10`, `Day 11 to harvest`, `5~10일차`."""


def _days_of(label: str) -> Range | None:
    """First and last day that a heading names; None where it names none."""
    if (match := _DAYS.search(label)) is None:
        return None
    first, last = match["from"] or match["ko"], match["to"] or match["ko_to"] or match["from"] or match["ko"]
    return float(first), float(last) if last.isdigit() else float("inf")


def _other_days(question: str, matched: Sequence[Matched]) -> tuple[str, str] | None:
    """An amount under the heading of other days than the one asked about, which its row has, too; with that heading."""
    asked = {float(m["ko"] or m["en"]) for m in _DAY_ASKED.finditer(question)}
    for item in matched if len(asked) == 1 else ():
        (day,) = asked
        headed = [(o, days) for o in item.places if (days := _days_of(o.part.label)) is not None]
        apart = [o for o, days in headed if not _within(day, days)]
        if apart and len(apart) == len(item.places):
            row = apart[0].place.statement.parts
            if any((days := _days_of(p.label)) is not None and _within(day, days) for p in row):
                return f"{day:g}", apart[0].part.label
    return None


def check_interval(question: str, carriers: Sequence[Place], cited: Cited, matched: Sequence[Matched] = ()) -> Check:
    """The rows and columns that carry a claim cover the amount or day that the question gives, where others do."""
    if (other := _other_days(question, matched)) is not None:
        return failed("interval", "other_range", amount=other[0], row=other[1])
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
    unit = head_unit(cell.label)
    found = [q if q.unit or not unit else with_unit(q, unit) for q in find_quantities(text)]
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
