"""Which of its levels an amount is: the 98 of `H 98` is no HH, and of `at most 28 m3/h (rated 36)` 36 is no limit.

The levels of an alarm stand in one cell or side by side, in letters that no word check reads.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.grounding import content_words, share_held
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Matched, Occurrence, clause_at
from walkdown.answering.verification.statements import value_of_cell
from walkdown.documents import Check, Claim
from walkdown.text.concepts import sides, words_of
from walkdown.text.languages import detect_language, normalise
from walkdown.text.quantities import find_quantities, same_quantity

_LETTERS = r"(?<![A-Za-z가-힣])(?P<level>HHH|HH|H|LLL|LL|L)(?![A-Za-z])"
_ACTION = re.compile(rf"{_LETTERS}\s*[:=]\s*(?P<action>[^|,;\d]+)")
"""What a row does at a level: `LL: turbine trip`."""
_BEFORE = re.compile(rf"{_LETTERS}\s*[:=]?\s*[±+\-−<>≤≥]?\s*$")
_LABEL = re.compile(
    rf"(?:경보|알람|트립|인터록|alarm|trip|interlock)[^|:]*?{_LETTERS}\s*$|^{_LETTERS.replace('level', 'own')}$", re.I
)
_SAID = re.compile(
    rf"{_LETTERS}|(?P<hh>\bhigh[- ]high\b|\bhi[- ]?hi\b|하이\s?하이|고고(?![가-힣]))|"
    r"(?P<ll>\blow[- ]low\b|\blo[- ]?lo\b|로우?\s?로우?(?![가-힣])|저저(?![가-힣]))",
    re.IGNORECASE,
)


_LIMIT = re.compile(
    r"\b(?:limits?|criteri(?:on|a)|spec(?:ification)?s?|allowable|acceptance)\b|한계|기준|한도|허용|규격|限[度値值界]|基準|标准|規格|规格|"
    r"\b(?:límites?|criterios?|especificaci[oó]n)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    rf"(?:{_LIMIT.pattern})(?:[값치]|値)?\s?(?:is|was|of|at|인|은|는|이|가|는|は|が|の|为|是|es|de)?\s?(?:the\s)?$",
    re.IGNORECASE,
)


def _limit_instead(claim: Claim, item: Matched, everything: Cited) -> Occurrence | None:
    """The limit of a quantity, where a claim calls a value of it a limit that rows tell as measured; else None.

    "Within the limit of 1.7 %" of a batch that has 1.7 % under `Residual moisture`, for which another row has a limit.
    """
    if not item.quantity.unit or not _CALLED.search(claim.text[: item.quantity.start]):
        return None
    for o in item.places:
        told = (o.place.statement.text, *o.place.evidence.chunk.heading_path[-1:])
        if o.place.statement.kind != "row" or o.quantity.comparator != "=" or any(map(_LIMIT.search, told)):
            return None
    words = content_words(item.places[0].part.label)
    language = detect_language(item.places[0].place.statement.text)
    return next(
        (
            o
            for o in everything.occurrences
            if words
            and o.quantity.dimension == item.quantity.dimension
            and _LIMIT.search(o.place.statement.text)
            and not same_quantity(o.quantity, item.quantity)
            and share_held(words, [o.place.statement.text], language) == 1.0
        ),
        None,
    )


def check_level(claim: Claim, matched: Sequence[Matched], everything: Cited) -> Check:
    """An amount that the claim calls by one level (HH, H, L, LL) is that level wherever the passages have it.

    Nor is what was measured called a limit where `everything` found has another one.
    """
    compared = False
    for item in (m for m in matched if m.places):
        if (limit := _limit_instead(claim, item, everything)) is not None:
            return failed("level", "bound_of_other", amount=item.quantity.text, stated=limit.quantity.text)
        clause = clause_at(claim.text, item.quantity.start)
        said = _levels_said(clause)
        if not said and sides(clause).get("alarm/trip") == "right" and (level := _alarm_beside_trip(item)):
            trip = words_of("alarm/trip", "right", clause)
            return failed("level", "other_level", amount=item.quantity.text, stated=level, claimed=trip)
        if len(said) != 1:
            continue
        stated = [_level_of(o) for o in item.places]
        if any(not level for level in stated):
            continue
        compared = True
        if not said & set(stated):
            return failed(
                "level",
                "other_level",
                amount=item.quantity.text,
                stated=", ".join(sorted(set(stated))),
                claimed=min(said),
            )
    return passed("level") if compared else skipped("level", "no_level")


def _levels_said(clause: str) -> set[str]:
    found = set()
    for m in _SAID.finditer(normalise(clause)):
        if m["level"]:
            # A small letter is a unit or a word.
            found |= {m["level"]} if m["level"].isupper() else set()
        else:
            found.add("HH" if m["hh"] else "LL")
    return found


def _level_of(occurrence: Occurrence) -> str:
    before = _BEFORE.search(occurrence.place.statement.text[: occurrence.quantity.start])
    if before:
        return before["level"]
    label = _LABEL.search(occurrence.part.label.strip())
    return (label["level"] or label["own"]).upper() if label else ""


def _alarm_beside_trip(item: Matched) -> str:
    """The level (H or L) of an amount in rows that trip at HH or LL, which makes it an alarm; else "".

    A row says itself at which level it trips (`LL: turbine trip`), or has the outer level of that side as well: then
    the outer one trips and the inner one warns, as levels are ranked in ISA-18.2.
    """
    found = ""
    for o in item.places:
        level, row = _level_of(o), o.place.statement
        if row.kind != "row" or level not in ("H", "L"):
            return ""
        trips = {m["level"] for m in _ACTION.finditer(row.text) if sides(m["action"]).get("alarm/trip") == "right"}
        outer = any(p.label.strip() == 2 * level and re.search(r"\d", value_of_cell(p)) for p in row.parts)
        if level in trips or not (trips or outer):
            return ""
        found = level
    return found


def limit_of_another(item: Matched) -> str:
    """The amount that the sentence bounds where a claim bounds another one of its kind: 28 for the rated 36; or "".

    In prose alone: the cells of a row have their own headings.
    """
    way = item.quantity.comparator[0]
    bounded = []
    for o in item.places:
        if o.place.statement.kind == "row" or o.quantity.comparator != "=":
            return ""
        others = [q for q in find_quantities(o.place.statement.text) if q.dimension == o.quantity.dimension and q.unit]
        bounded.append(next((q.text for q in others if q.comparator[0] == way and q.value != o.quantity.value), ""))
    return bounded[0] if bounded and all(bounded) else ""
