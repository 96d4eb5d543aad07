"""Two things and two values: each value is that of the thing it is said of.

"P-411A has 3.2 and P-411B 2.8 barg" holds both tags and both amounts of the table; changed over, each still stands in a
row that the claim names. So each amount is given to its tag, or plant unit, by its place in the sentence, and a row,
column or clause must join the two.
"""

import re
from collections.abc import Iterator, Sequence

from walkdown.answering.verification.denials import denials
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.owning import Owner, are_alike, owners_of, told_apart
from walkdown.answering.verification.reader import Reader
from walkdown.answering.verification.reading import Cited, Matched, Occurrence, clause_at
from walkdown.answering.verification.statements import clauses
from walkdown.documents import Check, Claim

_LEAST = 2


def pairs_of(claim: Claim, matched: Sequence[Matched], reader: Reader) -> Iterator[tuple[Owner, Matched]]:
    """Each amount of a claim with the thing that it is said of; nothing where they do not take turns."""
    owners = owners_of(claim.text, reader)
    amounts = [m for m in matched if m.quantity.unit and m.places]
    if len({o.name for o in owners}) < _LEAST or len(amounts) < _LEAST:
        return
    order = sorted([(o.start, 0) for o in owners] + [(m.quantity.start, 1) for m in amounts])
    leads = order[0][1]
    # "A 2.8, B 3.2" or "2.8 for A, 3.2 for B": anything else says two amounts of one thing, or one of two.
    if any(kind != (leads + i) % 2 for i, (_, kind) in enumerate(order)):
        return
    yield from zip(owners, sorted(amounts, key=lambda m: m.quantity.start), strict=False)


def check_pairing(claim: Claim, matched: Sequence[Matched], cited: Cited, question: str = "") -> Check:
    """Each amount stands in a row, column or clause with the tag or unit that claim or question gives it to."""
    if " | " in claim.text:
        return skipped("pairing", "nothing_paired")
    for item in matched:
        if wrong := _of_another(claim.text, item, cited, question):
            return wrong
    pairs = list(pairs_of(claim, matched, cited.reader))
    names = {owner.name for owner, _ in pairs}
    for owner, item in pairs:
        same = [o for m in matched if m.quantity is item.quantity for o in _everywhere(m, cited)]
        held = [_owned(o, cited.reader) for o in same]
        others = {name for group in held for name in group} & (names - {owner.name})
        if others and not any(owner.name in group for group in held):
            return failed("pairing", "other_owner", tag=item.quantity.text, owner=min(others), claimed=owner.written)
    return passed("pairing") if pairs else skipped("pairing", "nothing_paired")


def _of_another(text: str, item: Matched, cited: Cited, question: str) -> Check | None:
    """The failure of an amount that stands for one thing only, beside that of the one thing spoken of."""
    reader = cited.reader
    spoken = owners_of(text, reader) or owners_of(question, reader)
    names = {o.name for o in spoken}
    if not names or not item.places:
        return None
    places = _everywhere(item, cited)
    found = [told_apart(o, cited) for o in places]
    if all(group and _is_of_others(names, group, o, reader) for group, o in zip(found, places, strict=True)):
        return failed("pairing", "other_owner", tag=item.quantity.text, owner=found[0][0], claimed=spoken[0].written)
    if len(names) != 1:
        return None
    if not all(group and not names & {group[0]} and names & set(group[1:]) for group in found):
        return None if denials(text) else _of_its_sentence(item, spoken[0], places, cited)
    # A cell of its own whose unit nothing tells may be what is meant.
    if any(
        o.quantity.value == item.quantity.value and names & set(told_apart(o, cited)[:1]) for o in cited.occurrences
    ):
        return None
    return failed("pairing", "other_owner", tag=item.quantity.text, owner=found[0][0], claimed=spoken[0].written)


def _is_of_others(names: set[str], group: Sequence[str], occurrence: Occurrence, reader: Reader) -> bool:
    """True for an amount told apart from others by things of which none is spoken of, there or in what stands above.

    `KT-1 every 8000 h, KT-2 every 6000 h` tells nothing of CS-3; plant units may be where any tag stands.
    """
    if any(" " in name for name in (*names, *group)):
        return False
    chunk = occurrence.place.evidence.chunk
    above = "\n".join((occurrence.place.statement.text, chunk.document_id, chunk.title, *chunk.heading_path))
    return not names & {o.name for o in owners_of(above, reader, every=True)}


def _of_its_sentence(item: Matched, spoken: Owner, places: Sequence[Occurrence], cited: Cited) -> Check | None:
    """The failure of an amount of sentences that are each about another thing of the kind, and of none about both."""
    reader = cited.reader
    named = [{o.name: o for o in owners_of(p.statement.text, reader)} for p in cited.places]
    own = [{o.name: o for o in owners_of(o.place.statement.text, reader)} for o in places]
    if any(o.place.statement.kind == "row" for o in places) or any(len(owners) != 1 for owners in own):
        return None
    others = {o.name: o for owners in own for o in owners.values()}
    if spoken.name in others or any(not are_alike(o, spoken) for o in others.values()):
        return None
    # What is told of both, or of the one as of the other, may hold for it.
    if not any(spoken.name in n for n in named) or any(spoken.name in n and n.keys() & others for n in named):
        return None
    owner = next(iter(others.values()))
    return failed("pairing", "other_owner", tag=item.quantity.text, owner=owner.written, claimed=spoken.written)


def _everywhere(item: Matched, cited: Cited) -> list[Occurrence]:
    """All places of an amount, of which the best for a claim's words are but some."""
    known = {(o.place.evidence.number, o.place.statement.start, o.quantity.start) for o in item.places}
    stated = [o.quantity for o in item.places]
    more = [
        o
        for o in cited.occurrences
        if any(o.quantity.base == q.base and o.quantity.dimension == q.dimension for q in stated)
    ]
    return [
        *item.places,
        *(o for o in more if (o.place.evidence.number, o.place.statement.start, o.quantity.start) not in known),
    ]


def _owned(occurrence: Occurrence, reader: Reader) -> set[str]:
    """What an amount belongs to where it stands: what heads its column, its row, else its clause or sentence."""
    statement = occurrence.place.statement
    if statement.kind == "row":
        label = {o.name for o in owners_of(occurrence.part.label, reader)}
        return label or {
            o.name for part in statement.parts for o in owners_of(_own_text(part.text, part.label), reader)
        }
    at = statement.start + occurrence.quantity.start
    clause = next((p.text for p in clauses(statement.text, statement.start) if p.start <= at < p.end), "")
    return {o.name for o in owners_of(clause, reader)} or {o.name for o in owners_of(statement.text, reader)}


def _own_text(text: str, label: str) -> str:
    """A cell without its heading, which names a column and not this row."""
    return text[len(label) :] if label and text.startswith(label) else text


_BOTH = re.compile(
    r"둘 ?다|두 [가-힣]{1,6} ?(?:다|모두)(?![가-힣])|양쪽 ?(?:다|모두)?|"
    r"[가-힣A-Z0-9][와과] [^.,|]{1,12} ?(?:둘 ?다|모두)(?![가-힣])|"
    r"\bboth\b|两个都|两者都|両方|どちらも|\bamb[oa]s\b",
    re.IGNORECASE,
)


def check_both(claim: Claim, matched: Sequence[Matched], cited: Cited) -> Check:
    """An amount that is said of both stands in two rows or columns, or where both are spoken of."""
    amounts = [m for m in matched if (m.quantity.unit or m.quantity.value != int(m.quantity.value)) and m.places]
    # What is said of each of two by its name may stand beside what is said of both.
    several = len(amounts) > 1 and owners_of(claim.text, cited.reader)
    if not _BOTH.search(claim.text) or not amounts or several:
        return skipped("both", "nothing_paired")
    wrong = next((item for item in amounts if _is_of_one(item, cited)), None)
    return failed("both", "not_of_both", amount=wrong.quantity.text) if wrong else passed("both")


def _is_of_one(item: Matched, cited: Cited) -> bool:
    if _has_another(item, cited):
        return True
    found = _everywhere(item, cited)
    rows = [o for o in found if o.place.statement.kind == "row"]
    if not rows:
        return all(_is_of_one_thing(o, cited) for o in found) and len({_thing_of(o, cited) for o in found}) < _LEAST
    if len(rows) < len(found) or len({(o.place.evidence.number, o.part.start) for o in rows}) >= _LEAST:
        return False
    told = f"{rows[0].part.label} {rows[0].place.statement.parts[0].text}"
    return not _BOTH.search(rows[0].place.statement.text) and not _shared(told)


def _has_another(item: Matched, cited: Cited) -> bool:
    """True where the one row that an amount is said of has it for one thing and another amount for the other."""
    cells = {(o.place.evidence.number, o.part.start) for o in item.places}
    own = item.places[0] if item.places else None
    if own is None or len(cells) != 1 or own.place.statement.kind != "row" or not _heads(own, cited):
        return False
    beside = [o for o in cited.occurrences if o.place == own.place and o.part != own.part and _heads(o, cited)]
    return any(o.quantity.dimension == own.quantity.dimension and o.quantity.base != own.quantity.base for o in beside)


def _heads(occurrence: Occurrence, cited: Cited) -> bool:
    """True for a cell whose column is headed by one thing."""
    return len({o.name for o in owners_of(occurrence.part.label, cited.reader)}) == 1


def _is_of_one_thing(occurrence: Occurrence, cited: Cited) -> bool:
    """True for an amount of a clause that is about one thing by its tag, or about one thing only."""
    clause = clause_at(occurrence.place.statement.text, occurrence.quantity.start)
    only = _ONE_ONLY.search(clause) is not None
    return (only or bool(_thing_of(occurrence, cited))) and not _BOTH.search(clause) and not _shared(clause)


def _thing_of(occurrence: Occurrence, cited: Cited) -> str:
    clause = clause_at(occurrence.place.statement.text, occurrence.quantity.start)
    names = {o.name for o in owners_of(clause, cited.reader)}
    return names.pop() if len(names) == 1 else ""


_ONE_ONLY = re.compile(r"[가-힣]만\s|에만\s|\bonly\b", re.IGNORECASE)


def _shared(heading: str) -> bool:
    """True for the heading of a cell that holds for several: `3호기, 4호기`, `A/B`, `both units`."""
    return (
        re.search(r"[,·&]|\b[A-Z]/[A-Z]\b|\band\b|[와과및]\s|공통|\ball\b|\beach\b|모두|전체|각", heading) is not None
    )


def check_column(matched: Sequence[Matched], cited: Cited) -> Check:
    """Where columns are headed by amounts, a claim's value is that under the amount that it names.

    `HP drum pressure, bar: silica, mg/L | 60: 2.0 | 90: 0.8`: at 90 bar it is not 2.0.
    """
    headings = [o for o in cited.occurrences if _is_heading(o)]
    heads = [(m, o) for m in matched for o in headings if m.quantity.value == o.quantity.value]
    for item in matched:
        cells = [o for o in item.places if o.place.statement.kind == "row" and not _is_heading(o)]
        for head, place in heads:
            own = [o for o in cells if o.place == place.place]
            if head is item or not own or len(own) < len(cells):
                continue
            if not any(o.part == place.part for o in own):
                return failed(
                    "column",
                    "other_column_amount",
                    amount=item.quantity.text,
                    stated=own[0].part.label,
                    claimed=place.part.label,
                )
    return passed("column") if heads else skipped("column", "nothing_paired")


def _is_heading(occurrence: Occurrence) -> bool:
    """True for an amount that is the name of a column."""
    at = occurrence.place.statement.start + occurrence.quantity.start
    label = occurrence.part.label.strip()
    return bool(label) and at - occurrence.part.start < len(label) and label[:1].isdigit()
