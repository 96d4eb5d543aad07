"""Quantities of a passage as values that compare across notations, beside the text they were read from.

In tables a unit often stands in the column's head or in a column of its own; it is carried to the numbers it is for.
"""

import re
from collections.abc import Iterator, Sequence

from walkdown.documents import Measure, Table
from walkdown.text.heads import BARE_CELL, UNIT_COLUMN, head_unit, stated_unit
from walkdown.text.languages import normalise
from walkdown.text.quantities import Quantity, find_quantities
from walkdown.text.units import expression_of

MAX_MEASURES = 200
"""Quantities kept of one passage; a passage is short, and a list of numbers says little."""
_FOOTNOTE = re.compile(r"\s?(?:[*※†‡①-⑳¹²³⁴⁵]|\((?:\d{1,2}|[a-h])\)|[주注註]\s?\d{0,2}\)?)\s*$")
_RANGE_GAP = re.compile(r"\s*(?:~|〜|～|–|—|-|to|내지|에서|부터)\s*", re.IGNORECASE)


def measures_of(text: str, tables: Sequence[Table] = ()) -> tuple[Measure, ...]:
    """The quantities with a unit in a passage, in order, each once; table cells take the unit of their head."""
    found = dict.fromkeys((*_measures(normalise(text)), *(m for table in tables for m in _cell_measures(table))))
    return tuple(found)[:MAX_MEASURES]


def _measures(text: str) -> Iterator[Measure]:
    quantities = [q for q in find_quantities(text) if q.dimension]
    i = 0
    while i < len(quantities):
        low = quantities[i]
        high = quantities[i + 1] if i + 1 < len(quantities) else None
        if high is not None and high.dimension == low.dimension and _RANGE_GAP.fullmatch(text[low.end : high.start]):
            yield _measure(text[low.start : high.end], low, high)
            i += 2
            continue
        yield _measure(low.text, low, None)
        i += 1


def _measure(text: str, low: Quantity, high: Quantity | None) -> Measure:
    return Measure(
        text=text.strip(),
        value=low.value,
        upper=high.value if high else None,
        comparator=low.comparator,
        unit=expression_of(low.unit),
        dimension=low.dimension,
        base=low.base,
        base_upper=high.base if high else None,
    )


def _cell_measures(table: Table) -> Iterator[Measure]:
    """Bare numbers of a table with the unit of their column's head, or of the row's unit column."""
    names = table.header[-1] if table.header else ()
    column = next((i for i, name in enumerate(names) if UNIT_COLUMN.fullmatch(name.strip())), None)
    for row in table.rows:
        stated = stated_unit(row[column]) if column is not None else ""
        for i, cell in enumerate(row):
            unit = head_unit(names[i]) if names else ""
            unit = unit or (stated if i != column else "")
            if unit and cell and BARE_CELL.fullmatch(cell):
                text = normalise(f"{_FOOTNOTE.sub('', cell).strip()} {unit}")
                yield from (m.model_copy(update={"text": cell.strip()}) for m in _measures(text))
