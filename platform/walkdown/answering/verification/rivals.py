"""Which other amounts of a passage may stand against a claimed one: an amount that is no alternative is none.

Closeness of words alone takes a neighbour for the amount that was meant where the claim itself settles the matter: it
names the row, it gives the other amount as well, or it repeats a cell. Each rule says what a wrong claim would still
have to get past; none looks at how large an amount is.
"""

import re
from collections.abc import Sequence
from functools import partial

from walkdown.answering.verification.owning import owners_of, told_apart
from walkdown.answering.verification.past import says_past, tells_past
from walkdown.answering.verification.reader import TELLING
from walkdown.answering.verification.reading import Cited, Occurrence, clause_at, told_of
from walkdown.answering.verification.statements import Statement, clauses, value_of_cell
from walkdown.documents import Claim
from walkdown.retrieval.naming import names
from walkdown.text.concepts import sides
from walkdown.text.languages import detect_language, normalise
from walkdown.text.quantities import Quantity, same_quantity

CLAUSE_SHARE = 1.5
"""A clause speaks more closely of its number than the rest of its sentence."""
_DESIGNATION = re.compile(
    r"\b(?P<kind>VG|SAE|NLGI|DN|PN|IP|SCH|SUS|AISI|NPS|Class|Grade|Type|Schedule|Model|Form|Item|No\.?)[ -]?$",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d)")
_WORD = re.compile(r"[^\W\d_]{2}")
_ITEM = 40
"""Characters that an item of a list has at most; more are a clause of their own."""
_LAST_VERB = re.compile(r"(?<=\s)[가-힣]+다[.\s]*$")
_SHORT = 5
"""A first cell must be longer than this to name its row by figures alone: `5 bar` may be any column's value."""
_ORDINAL = re.compile(
    r"번(?=[(（]|[이은는의을를과와도만]\s|[이은는의을를과와도만][(（])|번\s(?:밸브|펌프|항목|항(?![가-힣])|칸|라인|탱크|채널|위치|지점|버튼|스위치|모터|팬|차단기|규칙)"
)


def designation(text: str, quantity: Quantity) -> str:
    """What a bare number is the name or date of (`VG` of `ISO VG 68`, `DN` of `DN 50`); empty for an amount."""
    if quantity.unit:
        return ""
    text = normalise(text)
    if _ORDINAL.match(text, quantity.end):
        return "NO"
    if any(m.start() <= quantity.start < m.end() for m in _DATE.finditer(text)):
        return "DATE"
    match = _DESIGNATION.search(text[max(0, quantity.start - 16) : quantity.start])
    return match["kind"].rstrip(".").upper() if match else ""


def _designation_of(occurrence: Occurrence) -> str:
    return designation(occurrence.place.statement.text, occurrence.quantity)


def closeness(clause: frozenset[str], occurrence: Occurrence, cited: Cited) -> float:
    """How much of a clause the place of an amount holds: its statement, and its own clause or cell more."""
    return cited.held(clause, occurrence.place) + CLAUSE_SHARE * cited.held_by_part(clause, occurrence.said)


_SETS_APART = re.compile(r"\s*(?:다만|단,|however\b|except\b|ただし|但)", re.IGNORECASE)
"""How a sentence begins that has another value for what it names than the sentence before it."""


def words_for(claim: Claim, quantity: Quantity, own: Sequence[Occurrence], cited: Cited) -> str:
    """The words of a claim that speak of a number: its clause, and as far as a cell goes that the claim repeats.

    A cell may hold commas ("950 °C high, 760 °C low"): its second amount still stands under what is said before it.
    A cell of a row that the claim does not name gains nothing by being repeated.
    """
    clause = told_of(claim.text, quantity, cited.reader)
    if " | " in claim.text:
        return clause
    text = normalise(claim.text)
    for occurrence in own:
        cell = value_of_cell(occurrence.part).strip()
        at = text.find(cell) if occurrence.part.label else -1
        repeated = at >= 0 and at <= quantity.start < at + len(cell)
        if repeated and _names_row(claim, occurrence.place.statement, cited):
            parts = [p for p in clauses(text) if p.end > at and p.start < at + len(cell)]
            return " ".join(p.text for p in parts)
    return clause


def excused(
    claim: Claim,
    quantity: Quantity,
    own: Sequence[Occurrence],
    best: Sequence[Occurrence],
    rival: Occurrence,
    cited: Cited,
    identified: frozenset[str] = frozenset(),
) -> bool:
    """True when an amount is no rival of a claimed one, which stands at `own` and fits the claim `best` in some.

    `identified`: the codes by which the claim, or the question, names what it speaks of.
    """
    named = designation(claim.text, quantity)
    if named != _designation_of(rival) or _tells_otherwise(claim, quantity, best, rival, cited):
        return True
    if _bounds_otherwise(claim, quantity, best, rival, cited):
        return True
    if _of_one_sentence(quantity, best, rival, claim) and not _told_by_side(claim, quantity, best, rival, cited):
        return True
    if says_past(rival) and not tells_past(claim.text, quantity.start) and not all(map(says_past, own)):
        return True
    if any(map(partial(_row_is_named, claim, cited, rival=rival), own)):
        return True
    if any(
        is_identified(claim, o, rival, cited, identified)
        or _is_own_item(claim, o, rival, cited)
        or _is_of_own_thing(claim, o, rival, cited)
        for o in own
    ):
        return True
    return any(_given_too(claim, quantity, place, rival, cited) for place in best)


def _bounds_otherwise(
    claim: Claim, quantity: Quantity, best: Sequence[Occurrence], rival: Occurrence, cited: Cited
) -> bool:
    """True for `64 %, which is below 70 %`: both amounts are given, each with the comparator that it has there."""
    theirs = next((q for q in cited.reader.quantities(claim.text) if same_quantity(q, rival.quantity)), None)
    if theirs is None or theirs.comparator == quantity.comparator or theirs.comparator != rival.quantity.comparator:
        return False
    return any(o.quantity.comparator == quantity.comparator and o.place != rival.place for o in best)


def _of_one_sentence(quantity: Quantity, best: Sequence[Occurrence], rival: Occurrence, claim: Claim) -> bool:
    """True across languages for two amounts of one sentence, where the claimed one bounds as it does there.

    No words tell then which of them is meant.
    """
    place = rival.place
    if place.statement.kind == "row" or place.evidence.chunk.language == detect_language(claim.text):
        return False
    return any(o.place == place and o.quantity.comparator == quantity.comparator for o in best)


def _told_by_side(
    claim: Claim, quantity: Quantity, best: Sequence[Occurrence], rival: Occurrence, cited: Cited
) -> bool:
    """True where a claim tells of the alarm, the rival's clause does, and the amount's own clause does not."""
    told, there = sides(told_of(claim.text, quantity, cited.reader)), sides(rival.said.text)
    here = [sides(o.said.text) for o in best]
    return any(
        told.get(name) not in (None, "both") and there.get(name) == told[name] and all(name not in own for own in here)
        for name in TELLING
    )


def _tells_otherwise(
    claim: Claim, quantity: Quantity, best: Sequence[Occurrence], rival: Occurrence, cited: Cited
) -> bool:
    """True when a claim tells of the trip, the amount's place does, and the rival's tells of the alarm alone."""
    told = sides(told_of(claim.text, quantity, cited.reader))
    there = sides(f"{rival.said.label} {rival.said.text}")
    for name in TELLING:
        side, other = told.get(name, "both"), there.get(name, "both")
        if "both" not in (side, other) and side != other:
            return any(sides(f"{o.said.label} {o.said.text}").get(name) == side for o in best)
    return False


def _names_row(claim: Claim, statement: Statement, cited: Cited) -> bool:
    """True when a claim names a row: all words of its first cell in words, or its first cell as it stands."""
    first = value_of_cell(statement.parts[0]).strip()
    if re.search(r"\d", first) and len(first) > _SHORT and first in normalise(claim.text):
        return True
    key = next((p for p in statement.parts if _WORD.search(value_of_cell(p))), None)
    words = cited.reader.features(value_of_cell(key)) if key else frozenset()
    return bool(words) and words <= cited.reader.features(claim.text)


def _row_is_named(claim: Claim, cited: Cited, own: Occurrence, *, rival: Occurrence) -> bool:
    """True when a claim names the row of its amount, and nothing that another statement holds and this row does not.

    A value taken from another row does not get by: then it is the rival's row that is named. Nor does one from another
    column: a rival in the same row stays one.
    """
    statement = own.place.statement
    if statement.kind != "row" or rival.place == own.place or not _names_row(claim, statement, cited):
        return False
    here = cited.reader.features(statement.text)
    there = cited.reader.features(rival.place.statement.text)
    return (cited.reader.features(claim.text) & there) <= here


def is_identified(claim: Claim, own: Occurrence, rival: Occurrence, cited: Cited, identified: frozenset[str]) -> bool:
    """True where an amount's own statement names what is spoken of by its code and the rival's passage does not.

    A note under a table (`room 2-C07: action at 60`) takes what it names out of the row of its class.
    """
    reader, place, other = cited.reader, own.place, rival.place
    if place == other or not identified & reader.identifiers(place.statement.text):
        return False
    if identified & reader.identifiers(f"{reader.context(other.evidence)}\n{other.statement.text}"):
        return False
    if _SETS_APART.match(place.statement.text):
        return True
    return reader.features(claim.text) & reader.features(other.statement.text) <= reader.features(place.statement.text)


def _is_own_item(claim: Claim, own: Occurrence, rival: Occurrence, cited: Cited) -> bool:
    """True for one item of a list in a sentence (`316L 82 %, EPDM 64 %`) whose name the claim gives, and no other's."""
    if own.place != rival.place or own.place.statement.kind == "row" or own.part == rival.part:
        return False
    return _names_item(cited.reader.features(claim.text), own, rival, cited)


def _is_of_own_thing(claim: Claim, own: Occurrence, rival: Occurrence, cited: Cited) -> bool:
    """True for one amount of a sentence that tells things apart, whose thing the claim names, and not the rival's."""
    if own.place != rival.place:
        return False
    spoken = {o.name for o in owners_of(claim.text, cited.reader)}
    mine, theirs = told_apart(own, cited)[:1], told_apart(rival, cited)[:1]
    return bool(mine and theirs) and mine[0] in spoken and theirs[0] not in spoken


def is_other_across(
    claim: Claim, quantity: Quantity, own: Sequence[Occurrence], rival: Occurrence, cited: Cited
) -> bool:
    """The same between languages, where the glossary and the lexicon know what the item is called: `fibres 612`."""
    language = detect_language(claim.text)
    if any(o.place != rival.place or o.place.evidence.chunk.language == language for o in own):
        return False
    if rival.place.statement.kind == "row" or any(
        same_quantity(q, rival.quantity) for q in cited.reader.quantities(claim.text)
    ):
        return False
    if any(len(o.part.text) > _ITEM for o in (*own, rival)):
        return False
    spoken = cited.reader.known_concepts(clause_at(claim.text, quantity.start))
    there = {c for c in spoken if names(rival.part.text, c)}
    here = {c for o in own for c in spoken if names(o.part.text, c)}
    return all(o.part != rival.part for o in own) and bool(there - here) and not here - there


def is_other_item(claim: Claim, quantity: Quantity, own: Sequence[Occurrence], rival: Occurrence, cited: Cited) -> bool:
    """True where what a claim says of an amount names the item of a list that the rival is of, and not its own.

    `Room 2-C07 acts from 30` is not carried by `room 2-C07: alert 30, action 60`.
    """
    said = cited.reader.features(told_of(claim.text, quantity, cited.reader))
    given = any(same_quantity(q, rival.quantity) for q in cited.reader.quantities(claim.text))
    return not given and all(
        o.place == rival.place
        and o.place.statement.kind != "row"
        and o.part != rival.part
        and _names_item(said, rival, o, cited)
        for o in own
    )


def _names_item(said: frozenset[str], item: Occurrence, other: Occurrence, cited: Cited) -> bool:
    """True when words hold all that an item of a list is called, and not all that the other is."""
    # The verb at the end of the list is that of all its items.
    named, not_named = (cited.reader.features(_LAST_VERB.sub("", o.part.text)) for o in (item, other))
    return bool(named) and named <= said and not not_named <= said


def _given_too(claim: Claim, quantity: Quantity, own: Occurrence, rival: Occurrence, cited: Cited) -> bool:
    """True when a claim gives the rival as well, and each of the two stands better where it stands than changed over.

    `alarm 95, trip 85` does not get by where the passage has them the other way: changed over they stand better.
    """
    stated = [q for q in cited.reader.quantities(claim.text) if q.start != quantity.start]
    for other in stated:
        if not (bool(other.unit) == bool(rival.quantity.unit) and same_quantity(other, rival.quantity)):
            continue
        if _is_name_of_row(claim, own, rival):
            return True
        # Two of a sentence, in the order in which it has them, each of an own kind of circumstance.
        kept = (other.start < quantity.start) == (rival.quantity.start < own.quantity.start)
        if own.place == rival.place and own.place.statement.kind != "row" and kept:
            return True
        mine, theirs = (cited.reader.features(told_of(claim.text, q, cited.reader)) for q in (quantity, other))
        straight = closeness(mine, own, cited) + closeness(theirs, rival, cited)
        crossed = closeness(mine, rival, cited) + closeness(theirs, own, cited)
        if straight > crossed + 1e-6:
            return True
    return False


def _is_name_of_row(claim: Claim, own: Occurrence, rival: Occurrence) -> bool:
    """True when an amount belongs to the row's first cell, which a claim repeats, and the rival to a later cell.

    "From 4 to 24 hours, sterilise for 2 hours": the first amounts name the row. The other amount is still checked.
    """
    statement = own.place.statement
    if statement.kind != "row" or rival.place != own.place or own.part != statement.parts[0] or rival.part == own.part:
        return False
    return value_of_cell(own.part).strip() in normalise(claim.text)
