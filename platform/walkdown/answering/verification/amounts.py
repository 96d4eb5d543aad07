"""Numbers: each stands in the cited passage, with its unit, for what the claim says it is, and the right way round.

A number of a neighbouring row, of the other unit or of the alarm instead of the trip stands in the passage too. So each
number of a claim is held against every amount of the same kind: if another one stands where the claim's words point
and the claimed one does not, the claim is wrong.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.carried_units import with_unit
from walkdown.answering.verification.judging import judgement
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.premises import (
    is_askers,
    is_case,
    is_difference,
    is_premise,
    lies_within,
)
from walkdown.answering.verification.reading import Cited, Matched, Occurrence, clause_at
from walkdown.answering.verification.rivals import (
    CLAUSE_SHARE,
    excused,
    is_identified,
    is_other_across,
    is_other_item,
    words_for,
)
from walkdown.documents import Check, Claim
from walkdown.text.clock import at_clock, moments_of
from walkdown.text.days import DATE, days_of, names_day
from walkdown.text.heads import REMARK_COLUMN
from walkdown.text.languages import detect_language
from walkdown.text.quantities import Quantity, same_quantity

_MARGIN = 0.04
"""How much better, relatively, the words of a claim must fit another amount than the claimed one."""
_ABSOLUTE_MARGIN = 0.8
"""And at least this much, in units of rarity (log)."""
_OTHER_KIND = 4.0
"""Times that, where one is a table row and the other a sentence."""


def _same(claimed: Quantity, stated: Quantity) -> bool:
    """True when a claimed number is a stated one, unit included: a unit is neither dropped nor added."""
    return bool(claimed.unit) == bool(stated.unit) and same_quantity(claimed, stated)


def _comparable(claimed: Quantity, stated: Quantity) -> bool:
    return claimed.dimension == stated.dimension


def _scores(claim: Claim, clause: str, cited: Cited, among: Sequence[Occurrence]) -> list[float]:
    whole, near = cited.reader.features(claim.text), cited.reader.features(clause)
    whole = whole - _of_others(claim, clause, cited)
    return [cited.held(whole, o.place) + CLAUSE_SHARE * cited.held_by_part(near, o.said) for o in among]


def _of_others(claim: Claim, clause: str, cited: Cited) -> frozenset[str]:
    """Words of a claim that stand in the clause of another of its amounts alone; what it is about belongs to all."""
    if " | " in claim.text:
        return frozenset()
    reader, own = cited.reader, cited.reader.features(clause)
    others = {c for q in reader.quantities(claim.text) if (c := clause_at(claim.text, q.start)) not in clause}
    words = {f for other in others for f in reader.features(other) if f[0] not in "#§~"}
    return frozenset(words - own)


def match_quantity(claim: Claim, quantity: Quantity, cited: Cited, identified: frozenset[str] = frozenset()) -> Matched:
    """Where a number of a claim stands, best places only, and the amount that the claim's words fit better, if any."""
    near = [o for o in cited.occurrences if _comparable(quantity, o.quantity) or _same(quantity, o.quantity)]
    own = [o for o in near if _same(quantity, o.quantity)]
    if not own:
        return Matched(quantity, ())
    clause = words_for(claim, quantity, own, cited)
    scores = dict(zip(map(id, near), _scores(claim, clause, cited, near), strict=True))
    best = max(scores[id(o)] for o in own)
    # Across languages words tell little of which place is meant: then every place with the number is.
    across = all(o.place.evidence.chunk.language != detect_language(claim.text) for o in own)
    places = tuple(own) if across else tuple(o for o in own if scores[id(o)] >= best - 1e-6)
    others = sorted((o for o in near if not _same(quantity, o.quantity)), key=lambda o: -scores[id(o)])
    if meant := next((o for o in others if _is_meant(claim, quantity, own, o, cited, identified)), None):
        return Matched(quantity, places, meant)
    given = [q for q in cited.reader.quantities(claim.text) if not same_quantity(q, quantity)] if across else []
    for rival in others:
        # Between languages the claim's own other amount is no rival: it is told of something else.
        if any(same_quantity(q, rival.quantity) for q in given) or _is_remark_beside(rival, places, clause):
            continue
        better = scores[id(rival)] > best + _margin(best, places, rival)
        if better and not excused(claim, quantity, own, places, rival, cited, identified):
            return Matched(quantity, places, rival)
    return Matched(quantity, places)


def _is_remark_beside(rival: Occurrence, places: Sequence[Occurrence], clause: str) -> bool:
    """True for an amount of a remark beside one whose own heading a claim names: `트립: 62 | 비고: 저압 트립, 78`."""
    if not REMARK_COLUMN.fullmatch(rival.part.label.strip()):
        return False
    said = "".join(clause.split()).casefold()
    labels = (
        "".join(o.part.label.split()).casefold() for o in places if not REMARK_COLUMN.fullmatch(o.part.label.strip())
    )
    return any(len(label) > 1 and label in said for label in labels)


def _is_meant(
    claim: Claim,
    quantity: Quantity,
    own: Sequence[Occurrence],
    other: Occurrence,
    cited: Cited,
    identified: frozenset[str],
) -> bool:
    """True where a claim names the item of a list, or the thing by its code, that another amount stands for."""
    if is_other_item(claim, quantity, own, other, cited) or is_other_across(claim, quantity, own, other, cited):
        return True
    given = any(same_quantity(q, other.quantity) for q in cited.reader.quantities(claim.text))
    return not given and all(is_identified(claim, other, o, cited, identified) for o in own)


def _margin(best: float, places: Sequence[Occurrence], rival: Occurrence) -> float:
    """How much better a rival must fit; a sentence shares more words with any claim than a row does."""
    alike = any(o.place.statement.kind == rival.place.statement.kind for o in places)
    return max(_ABSOLUTE_MARGIN, _MARGIN * best) * (1.0 if alike else _OTHER_KIND)


def match_all(claim: Claim, cited: Cited, question: str = "") -> list[Matched]:
    """All numbers of a claim in digits, matched; a claim that names no thing by its code is about the question's."""
    reader = cited.reader
    identified = reader.identifiers(claim.text) or reader.identifiers(question)
    out, unit = [], ""
    for q in reader.quantities(claim.text):
        found = match_quantity(claim, q, cited, identified)
        if not found.places and unit and not q.unit:
            # "At 1.6 bar you are below 1.7"
            found = match_quantity(claim, with_unit(q, unit), cited, identified)
        out.append(found if found.places else Matched(q, ()))
        unit = q.unit or unit
    return out


def check_numbers(
    claim: Claim,
    cited: Cited,
    matched: Sequence[Matched],
    asked: Sequence[Quantity] = (),
    as_of: str = "",
    judged: bool | None = None,
) -> Check:
    """Every number of the claim stands in the cited passage with its unit (unit-aware, words as well as digits).

    `asked`: the amounts of the question, which a claim may take from it as its case; `as_of`: the day it speaks of;
    `judged`: whether what it says of them is right (`judgement_of`).
    """
    words = [q for q in cited.reader.written(claim.text) if q.value >= 2 and q.value == int(q.value)]
    stated = [o.quantity for o in cited.occurrences]
    if judged is False:
        return failed("numbers", "judged_wrong")
    if not matched and not words:
        return skipped("numbers", "no_number")
    for item in matched:
        year = _YEAR.fullmatch(item.quantity.text)
        if (
            item.places
            or (year is not None and as_of.startswith(year[1]))
            or _is_of_month(claim.text, item.quantity, as_of)
            or _is_year_there(item.quantity, cited)
            or _is_revision(claim.text, item.quantity, cited)
            or _is_of_named_day(claim.text, item.quantity, cited)
            or _is_of_clock(claim.text, item.quantity, cited)
            or (judged and is_askers(item.quantity, asked))
            or is_difference(claim.text, item.quantity, [*(m.quantity for m in matched if m.places), *asked])
        ):
            continue
        given = [m.quantity for m in matched if m.places]
        if not (is_premise(claim.text, item.quantity, asked, given) or _is_covered(claim, item.quantity, asked, cited)):
            return failed("numbers", "not_in_passage", what=item.quantity.text)
    for word in words:
        if word.text.lower() not in _VAGUE and not any(same_quantity(word, q) for q in stated):
            return failed("numbers", "not_in_passage", what=word.text)
    return passed("numbers", "found", what=", ".join(x.text for x in [m.quantity for m in matched] or words))


def judgement_of(claim: Claim, matched: Sequence[Matched], asked: Sequence[Quantity], cited: Cited) -> bool | None:
    """Whether a claim rightly says on which side of its limits the asker's amount lies; None where it does not say."""
    if " | " in claim.text:
        return None
    stated = [o.quantity for o in cited.occurrences]
    return judgement(claim.text, [m.quantity for m in matched], asked, _limits(matched), stated)


def _is_of_clock(text: str, quantity: Quantity, cited: Cited) -> bool:
    """True for a figure of a time of day that a passage has in another notation: `10:00` for 10시."""
    told = at_clock(text, quantity.start)
    held = [m for e in cited.evidence for m in moments_of(e.chunk.text)] if told else []
    return bool(told) and all(any(one & other for other in held) for one in told)


def _limits(matched: Sequence[Matched]) -> list[Quantity]:
    """The amounts of a claim that stand in the passage, as limits where either says that they are."""
    found = []
    for item in matched:
        said = (item.quantity, *(o.quantity for o in item.places))
        limit = next((q for q in said if q.comparator != "="), item.quantity)
        found += [item.quantity._replace(comparator=limit.comparator)] if item.places else []
    return found


def _is_covered(claim: Claim, quantity: Quantity, asked: Sequence[Quantity], cited: Cited) -> bool:
    """True for the asker's amount as the case of a limit that covers it: 82 % of `80 % 이상 85 % 미만이면 검토한다`.

    The limit is that of the statement which shares most with the claim: what holds from 85 % is not said of 82 %.
    """
    if not is_case(claim.text, quantity, asked):
        return False
    limits: dict[str, list[Quantity]] = {}
    for o in cited.occurrences:
        if o.quantity.comparator != "=" and _comparable(quantity, o.quantity):
            limits.setdefault(o.said.text, []).append(o.quantity)
    said = cited.reader.features(claim.text)
    best = max(limits, key=lambda text: cited.share(said, text), default="")
    return bool(best) and lies_within(quantity, limits[best])


def _is_of_month(text: str, quantity: Quantity, as_of: str) -> bool:
    """True for a number of the month that an answer speaks of: `2023년 5월에는`."""
    match = next((m for m in _MONTH.finditer(text) if m.start() <= quantity.start < m.end()), None)
    return match is not None and as_of.startswith(f"{match['year']}-{int(match['month']):02}")


def _is_year_there(quantity: Quantity, cited: Cited) -> bool:
    """True for a year that a passage, its title or heading bears, in any notation: `in 2024`, `2024년`."""
    year = _YEAR.fullmatch(quantity.text)
    texts = (f"{cited.reader.context(e)}\n{e.chunk.text}" for e in cited.evidence)
    return year is not None and any(re.search(rf"(?<!\d){year[1]}(?!\d|[.,]\d)", text) for text in texts)


def _is_revision(text: str, quantity: Quantity, cited: Cited) -> bool:
    """True for the number of a cited document's own revision: `개정 7 기준으로`; another one fails `source`."""
    revisions = {e.chunk.revision for e in cited.evidence}
    return _REVISION.search(text[: quantity.start]) is not None and f"{quantity.value:g}" in revisions


def _is_of_named_day(text: str, quantity: Quantity, cited: Cited) -> bool:
    """True for a number of a day of the calendar (`2025년 7월 19일`) that a passage, or what stands above it, names."""
    match = next((m for m in _DAY.finditer(text) if m.start() <= quantity.start < m.end()), None)
    if match is None:
        return _is_effective_date(text, quantity, cited)
    texts = [f"{cited.reader.context(e)}\n{e.chunk.text}" for e in cited.evidence]
    days, year = days_of(match.group()), match["year"] or ""
    named = [t for t in texts if days and all(names_day(t, day) for day in days)]
    return any(re.search(rf"(?<!\d){year}(?!\d)", t) for t in named)


def _is_effective_date(text: str, quantity: Quantity, cited: Cited) -> bool:
    """True for a number of the day from which a cited revision holds: `(Rev. 4, 2025-05-19 시행)`."""
    match = next((m for m in DATE.finditer(text) if m.start() <= quantity.start < m.end()), None)
    held = {e.chunk.effective_date for e in cited.evidence if e.chunk.effective_date}
    return match is not None and any(
        days_of(match.group()) == {(day.month, day.day)} and str(day.year) in match.group() for day in held
    )


_DAY = re.compile(r"(?:(?P<year>(?:19|20)\d\d)\s?[년年]\s?)?\d{1,2}\s?[월月]\s?\d{1,2}\s?[일日]")
_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)\s?[년年]\s?(?P<month>\d{1,2})\s?[월月]")
_YEAR = re.compile(r"((?:19|20)\d\d)(?:년)?")
_REVISION = re.compile(r"(?:개정|\brev(?:ision|isión)?\.?|改訂|版本|第)\s?$", re.IGNORECASE)
_VAGUE = ("both", "second", "third", "twice", "둘", "두", "첫", "열")
"""Words that are as often no number."""


def check_subject(claim: Claim, matched: Sequence[Matched]) -> Check:
    """Every number stands for what the claim says: not for a neighbouring row, column, unit or condition."""
    dates = [(m.start(), m.end()) for m in DATE.finditer(claim.text)]
    known = [m for m in matched if m.places and not any(a <= m.quantity.start < b for a, b in dates)]
    if not known:
        return skipped("subject", "no_number")
    for item in known:
        if item.rival is not None:
            other, there = item.rival, item.places[0].place.statement.text.strip()
            return failed(
                "subject",
                "other_amount",
                other=other.quantity.text,
                amount=item.quantity.text,
                line=_short(there),
            )
    return passed("subject")


def _short(text: str, limit: int = 90) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[:limit]}…"
