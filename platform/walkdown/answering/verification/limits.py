"""Limits: no bound of a claim is turned round, whether the passage tells it in words, by a range or by a label."""

import re
from collections.abc import Sequence

from walkdown.answering.verification.begins import begins_there, ends_there
from walkdown.answering.verification.levels import limit_of_another
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.range_ends import other_range
from walkdown.answering.verification.reading import Matched, Occurrence, clause_at
from walkdown.answering.verification.statements import clauses
from walkdown.documents import Check, Claim
from walkdown.text.comparators import OPPOSED, Comparator

_LOW_LABEL = re.compile(
    r"\bmin(?:imum)?\b|최소|최저|하한|lower limit|at least|shortest|smallest|가장 (?:짧|작|낮|적)", re.IGNORECASE
)
_HIGH_LABEL = re.compile(
    r"\bmax(?:imum)?\b|최대|최고|상한|한도|upper limit|at most|longest|largest|greatest|가장 (?:길|긴|크|큰|높|많)",
    re.IGNORECASE,
)
_BETWEEN_LOW = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_BETWEEN_HIGH = re.compile(r"\bbetween\s+[-−]?\d[^.;|]{0,14}?\sand\s+$", re.IGNORECASE)


def _in_range(occurrence: Occurrence) -> Comparator:
    """The side of a range that a number bounds."""
    text = occurrence.place.statement.text
    q = occurrence.quantity
    if _BETWEEN_LOW.search(text[: q.start]):
        return ">="
    if _BETWEEN_HIGH.search(text[: q.start]):
        return "<="
    after = re.match(r"\s*(?:~|〜|∼|～|–|—|-|to|에서)\s*[-−]?\d", text[q.end :], re.IGNORECASE)
    before = re.search(r"\d[^\d|,;]{0,8}?(?:~|〜|∼|～|–|—|-|to|에서)\s*$", text[: q.start], re.IGNORECASE)
    return ">=" if after and not before else "<=" if before and not after else "="


def _stated_comparator(occurrence: Occurrence) -> tuple[Comparator, bool]:
    """(comparator, in words at the number): else derived from a range or from `minimum` and the like in the label."""
    if occurrence.quantity.comparator != "=":
        return occurrence.quantity.comparator, True
    bound = _in_range(occurrence)
    if bound != "=":
        return bound, False
    whole = occurrence.place.statement.text if occurrence.place.statement.kind == "row" else occurrence.part.text
    low, high = _LOW_LABEL.search(whole), _HIGH_LABEL.search(whole)
    return (">=" if low and not high else "<=" if high and not low else "="), False


def _turned(claimed: Comparator, stated: Sequence[tuple[Comparator, bool]]) -> Comparator | None:
    """The stated comparator that contradicts the claimed one at every place; None where one place agrees."""
    if any(c in (claimed, "=") for c, _ in stated):
        return None
    strict = [c for c, in_words in stated if in_words or c in OPPOSED[claimed]]
    return strict[0] if len(strict) == len(stated) else None


_COMPLEMENT: dict[Comparator, Comparator] = {">": "<=", "<=": ">", "<": ">=", ">=": "<", "=": "="}
_CONDITION = re.compile(
    r"\b(?:if|when|whenever|once|trips?|alarms?|unless)\b|[가-힣]면(?![가-힣])|때|경우|트립|경보", re.IGNORECASE
)


def _complements(claim: Claim, item: Matched) -> bool:
    """True when claim and passage state two sides of one limit: not above 10 is right, if above 10 it has failed."""
    own = bool(_CONDITION.search(clause_at(claim.text, item.quantity.start)))
    wanted = _COMPLEMENT[item.quantity.comparator]
    return any(
        o.quantity.comparator == wanted
        and bool(_CONDITION.search(o.part.text)) != own
        # "With the trip bypassed" is no condition of the limit.
        and bool(_CONDITION.search(o.said.text)) == bool(_CONDITION.search(o.part.text))
        for o in item.places
    )


_FORBIDS = re.compile(
    r"지\s?(?:않|말|마)|금지|불가|안\s?[된되됩]|\b(?:must|shall|may|do|does|is|are) not\b|\bnever\b|\bforbidden\b|"
    r"\bprohibited\b|不得|禁止|ない|ません|\bno (?:se|debe)\b",
    re.IGNORECASE,
)


def forbids_beyond(item: Matched) -> bool:
    """True where the passage forbids what lies beyond a claim's limit: at most 0.5 M, as `over 0.5 M is not used`."""
    wanted = _COMPLEMENT[item.quantity.comparator]
    if wanted == "=":
        return False
    return any(o.quantity.comparator[0] == wanted[0] and _FORBIDS.search(_behind(o)) for o in item.places)


def _behind(occurrence: Occurrence) -> str:
    """The rest of the clause behind an amount and its comparator."""
    text, at = occurrence.place.statement.text, occurrence.quantity.outer_end
    end = next((p.end for p in clauses(text) if p.start <= occurrence.quantity.start < p.end), len(text))
    return text[at:end]


_STOPS = re.compile(
    r"멈추|멈춥|정지|중지|중단|세우|세웁|폐기|불합격|트립|경보|\b(?:stop|reject|discard|trip|alarm|shut ?down)",
    re.IGNORECASE,
)


def _stops_inside(claim: Claim, item: Matched) -> bool:
    """True where something is to stop on the side of a bound on which a range to be kept lies: below 5.49 of 5.33-5.49.

    Only where the passage itself tells of no stop there.
    """
    if not (_STOPS.search(claim.text) and _CONDITION.search(claim.text)):
        return False
    kept = [_in_range(o) for o in item.places if not _STOPS.search(o.place.statement.text)]
    own = item.quantity.comparator[0]
    both = [q for q in item.places if _in_range(q) != "="]
    return bool(kept) and len(both) == len(kept) == len(item.places) and all(bound[0] == own for bound in kept)


def _called_otherwise(claim: Claim, item: Matched) -> Comparator | None:
    """The stated comparator of an amount that the claim calls a minimum where it is a maximum, or the other way."""
    clause = clause_at(claim.text, item.quantity.start)
    low, high = bool(_LOW_LABEL.search(clause)), bool(_HIGH_LABEL.search(clause))
    if item.quantity.comparator != "=" or low == high:
        return None
    label = _LOW_LABEL if low else _HIGH_LABEL
    told = [o.quantity.comparator for o in item.places if not _CONDITION.search(o.said.text)]
    named = any(label.search(o.place.statement.text) for o in item.places)
    against = told and all(c in OPPOSED[">=" if low else "<="] for c in told)
    return told[0] if against and not named and len(told) == len(item.places) else None


def _is_exceeded(item: Matched, matched: Sequence[Matched]) -> bool:
    """True where a claim says of another amount of the same row that it lies beyond a limit, and it does.

    `오차 0.008 MPa로 허용오차 0.005 MPa를 넘어서` of a row with both.
    """
    limit, rows = item.quantity, {id(o.place) for o in item.places}
    beside = [m.quantity for m in matched if rows & {id(o.place) for o in m.places}]
    beside = [q for q in beside if q.dimension == limit.dimension and q.comparator == "="]
    above = limit.comparator in (">", ">=")
    return any(q.base > limit.base if above else q.base < limit.base for q in beside)


def _other_ends(claim: Claim, matched: Sequence[Matched]) -> Check | None:
    """The check as failed where a range, or what an amount is called, has another end in the passage."""
    held = "\n".join(dict.fromkeys(o.place.statement.text for m in matched for o in m.places))
    if (ends := other_range(claim.text, held)) is not None:
        return failed("comparators", "other_ends", claimed=ends[0], stated=ends[1])
    for item in (m for m in matched if m.places):
        if not begins_there(claim, item):
            return failed("comparators", "limit_turned", amount=item.quantity.text, stated="=", claimed=">=")
        if not ends_there(claim, item):
            return failed("comparators", "limit_turned", amount=item.quantity.text, stated=">=", claimed="<=")
        if (stated_as := _called_otherwise(claim, item)) is not None:
            claimed: Comparator = ">=" if stated_as.startswith("<") else "<="
            return failed("comparators", "limit_turned", amount=item.quantity.text, stated=stated_as, claimed=claimed)
    return None


def check_comparators(claim: Claim, matched: Sequence[Matched]) -> Check:
    """No limit is turned round: `at least` never stands for `at most`, nor `above` for `at least`."""
    if (ends := _other_ends(claim, matched)) is not None:
        return ends
    limits = [m for m in matched if m.places and m.quantity.comparator != "=" and not _is_exceeded(m, matched)]
    if not limits:
        return skipped("comparators", "no_limit")
    for item in limits:
        if _stops_inside(claim, item):
            return failed(
                "comparators",
                "limit_turned",
                amount=item.quantity.text,
                stated=_COMPLEMENT[item.quantity.comparator],
                claimed=item.quantity.comparator,
            )
        if other := limit_of_another(item):
            return failed("comparators", "bound_of_other", amount=item.quantity.text, stated=other)
        stated = [_stated_comparator(o) for o in item.places]
        contrary = _turned(item.quantity.comparator, stated)
        if contrary is not None and not (_complements(claim, item) or forbids_beyond(item)):
            return failed(
                "comparators",
                "limit_turned",
                amount=item.quantity.text,
                stated=contrary,
                claimed=item.quantity.comparator,
            )
    return passed("comparators")
