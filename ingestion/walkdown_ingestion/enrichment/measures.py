"""Quantities of a passage as values that compare across notations, beside the text they were read from.

In tables a unit often stands in the column's head or in a column of its own; it is carried to the numbers it is for.
"""

import re
from collections.abc import Iterator, Sequence

from walkdown.documents import Measure, Table
from walkdown.text.heads import BARE_CELL, UNIT_COLUMN, head_unit, is_counted, stated_unit, title_unit
from walkdown.text.languages import normalise
from walkdown.text.quantities import Quantity, find_quantities
from walkdown.text.units import conversion, expression_of

MAX_MEASURES = 200
"""Quantities kept of one passage; a passage is short, and a list of numbers says little."""
_FOOTNOTE = re.compile(r"\s?(?:[*※†‡①-⑳¹²³⁴⁵]|\((?:\d{1,2}|[a-h])\)|[주注註]\s?\d{0,2}\)?)\s*$")
_RANGE_GAP = re.compile(
    r"\s*(?:~|〜|～|∼|–|—|-|to|내지|에서|부터|至|から|a)\s*[-−+]?|\s?(?:\.{2,3}|…|‥)\s?[-−+]?", re.IGNORECASE
)
_BOTH = re.compile(r"\s+(?:and|y)\s+[-−+]?", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|entre)\s+[-−+]?$", re.IGNORECASE)
_LIMIT = re.compile(r"\s*(?:이상|이하|초과|미만|以上|以下|未満|未满|max\.?|min\.?)\s*$", re.IGNORECASE)


def measures_of(text: str, tables: Sequence[Table] = ()) -> tuple[Measure, ...]:
    """The quantities with a unit in a passage, in order, each once; table cells take the unit of their head."""
    text = normalise(text)
    for_all = title_unit(text)
    found = dict.fromkeys((*_measures(text), *(m for table in tables for m in _cell_measures(table, for_all))))
    return tuple(found)[:MAX_MEASURES]


def _measures(text: str) -> Iterator[Measure]:
    quantities = [q for q in find_quantities(text) if q.dimension]
    i = 0
    while i < len(quantities):
        low = quantities[i]
        high = quantities[i + 1] if i + 1 < len(quantities) else None
        if high is not None and high.dimension == low.dimension and _is_range(text, low, high):
            sign = low.end - len(low.text)
            begin = sign if text[sign : low.end] == low.text else low.start
            yield _measure(text[begin : high.end], low, high)
            i += 2
            continue
        yield _measure(low.text, low, None)
        i += 1


def _is_range(text: str, low: Quantity, high: Quantity) -> bool:
    # `73 MW에서 -78 Mvar` are two powers.
    if ("ampere" in expression_of(low.unit)) != ("ampere" in expression_of(high.unit)):
        return False
    gap = text[low.end : high.start]
    return bool(_RANGE_GAP.fullmatch(gap) or (_BOTH.fullmatch(gap) and _BETWEEN.search(text[: low.start])))


def _measure(text: str, low: Quantity, high: Quantity | None) -> Measure:
    return Measure(
        text=text.strip(),
        value=low.value,
        upper=_in_unit(high, low.unit) if high else None,
        comparator=low.comparator,
        unit=expression_of(low.unit),
        dimension=low.dimension,
        base=low.base,
        base_upper=high.base if high else None,
    )


def _in_unit(quantity: Quantity, unit: str) -> float:
    """The value of a quantity in a unit: `0.3 ~ 0.5 × 10⁶` is counted in millions at both ends."""
    if quantity.unit == unit:
        return quantity.value
    _, factor, offset = conversion(unit)
    return (quantity.base - offset) / factor


def _cell_measures(table: Table, for_all: str) -> Iterator[Measure]:
    """Bare numbers of a table with the unit of their column's head, of the row's unit column, or of the title."""
    names = table.header[-1] if table.header else ()
    column = next((i for i, name in enumerate(names) if UNIT_COLUMN.fullmatch(name.strip())), None)
    for row in table.rows:
        stated = stated_unit(row[column]) if column is not None else ""
        for i, cell in enumerate(row):
            unit = head_unit(names[i]) if names else ""
            unit = unit or (stated if i != column else "")
            if not unit and column is None and names and not is_counted(names[i]):
                unit = for_all
            if unit and cell and BARE_CELL.fullmatch(cell):
                plain = _FOOTNOTE.sub("", cell).strip()
                limit = _LIMIT.search(plain)
                text = normalise(f"{_LIMIT.sub('', plain)} {unit}{limit.group() if limit else ''}")
                yield from (m.model_copy(update={"text": cell.strip()}) for m in _measures(text))
