"""What a statement takes from the question as given, and no passage need hold: `at 3.2 bar(g) take the value of 3.0`.

An amount that the asker has read off his gauge stands in no document. It may be said again as the case that is spoken
of, beside an amount that the passage gives; it may not be what is stated.
"""

import re
from collections.abc import Sequence

from walkdown.text.quantities import Quantity, same_quantity

_CASE_AFTER = re.compile(
    r"\s?[이가은는을를로]?\s?[^\d.|,]{0,16}?(?:으?므로|으?니까?|라면|면(?=[\s,])|때|경우)(?![가-힣])|"
    r"[은는]\s(?:여기|이에|이 범위)|\s?시(?:에는?|에도)\s|"
    r"[^\d.|，,]{0,12}?(?:时|時|的情况下|とき|場合|なら|では)"
)
_CASE_BEFORE = re.compile(
    r"\b(?:when|if|since|as|because|given|cuando|si)\b[^.;:|,\d]{0,40}$|(?:^|[.;]\s*)(?:at|with|con|a)\b[^.;:|,\d]{0,30}$",
    re.IGNORECASE,
)
_GRANTS = re.compile(
    r"\b(?:may|can|could|normal\w*|fine|ok|okay|safe\w*|acceptable|puede\w*)\b|"
    r"[되돼]고|[되돼][는며]|된다|됩니다|가능|정상|괜찮|안전|可以|正常|できま",
    re.IGNORECASE,
)
"""That something is right at that amount, which makes it what is stated and no case."""
_ORDINAL = re.compile(
    r"\s?(?:일\s?차|일째|주\s?차|개월\s?차|日目|段|단(?!위)|차|회차|번째|番目|nd\b|rd\b|th\b|st\b|号|호|판|편)"
)
"""A number that only counts which one is meant, as the question does."""


def _is_said(claimed: Quantity, asked: Quantity) -> bool:
    """True for an amount as the question has it, who may leave out the unit."""
    if claimed.unit and not asked.unit:
        return claimed.value == asked.value
    # "7 CFU" on the plate is 7 CFU/m³ of the limit.
    if asked.unit and claimed.unit.startswith(f"{asked.unit}/"):
        return claimed.value == asked.value
    # Of 1.6 bar on a gauge a document says 1.6 bar g.
    gauge = claimed.value == asked.value and _without_gauge(claimed.unit) == _without_gauge(asked.unit)
    return bool(asked.unit) == bool(claimed.unit) and (gauge or same_quantity(claimed, asked))


def is_askers(quantity: Quantity, asked: Sequence[Quantity]) -> bool:
    """True for an amount that is one of the question's."""
    return any(_is_said(quantity, q) for q in asked)


def _without_gauge(unit: str) -> str:
    return (
        re.sub(r"\s?(?:g|\(g\)|gauge)$", "", unit) if unit.lower().startswith(("bar", "mbar", "kpa", "mpa")) else unit
    )


def is_case(text: str, quantity: Quantity, asked: Sequence[Quantity]) -> bool:
    """True for an amount of the question that a statement names as its case: `82 %면`, `At 1.6 bar`."""
    if not is_askers(quantity, asked):
        return False
    return bool(_CASE_AFTER.match(text, quantity.end) or _CASE_BEFORE.search(text[: quantity.start]))


def lies_within(quantity: Quantity, limits: Sequence[Quantity]) -> bool:
    """True where an amount keeps all limits of a statement."""
    held = {
        ">": lambda x: quantity.base > x,
        ">=": lambda x: quantity.base >= x,
        "<": lambda x: quantity.base < x,
        "<=": lambda x: quantity.base <= x,
    }
    return all(held[q.comparator](q.base) for q in limits if q.comparator in held)


def is_premise(text: str, quantity: Quantity, asked: Sequence[Quantity], stated: Sequence[Quantity]) -> bool:
    """True for an amount of the question (`asked`) that a statement names as its case, before one that it gives.

    `stated` are the statement's amounts that its passage holds.
    """
    if not is_askers(quantity, asked):
        return False
    if _ORDINAL.match(text, quantity.end) and not quantity.unit:
        return True
    given = next((q for q in sorted(stated, key=lambda q: q.start) if q.start > quantity.start), None)
    if given is None or _GRANTS.search(text[quantity.end : given.start]):
        return False
    return is_case(text, quantity, asked)


_COMPARES = re.compile(
    r"차이|더\s|높|낮|길|짧|많|적[다게은]|より|差|高|低|多|少|\b(?:difference|differ|more|less|higher|lower|longer|shorter|"
    r"diferencia|más|menos|mayor|menor)\b",
    re.IGNORECASE,
)
_NEGLIGIBLE = 1e-9


def is_difference(text: str, quantity: Quantity, stated: Sequence[Quantity]) -> bool:
    """True for the difference of two amounts that a comparison gives: `1.50 MPa, 0.05 MPa higher than 1.45 MPa`.

    All three are in one unit, as a difference of temperatures is no temperature.
    """
    alike = [q.value for q in stated if q.unit == quantity.unit]
    apart = {abs(a - b) for i, a in enumerate(alike) for b in alike[:i]}
    near = _NEGLIGIBLE * max((abs(a) for a in alike), default=0.0)
    return bool(quantity.unit) and bool(_COMPARES.search(text)) and any(abs(d - quantity.value) <= near for d in apart)
