"""Two things and two values: each value is that of the thing it is said of.

"P-411A has 3.2 and P-411B 2.8 barg" holds both tags and both amounts of the table; changed over, each still stands in a
row that the claim names. So each amount is given to its tag, or plant unit, by its place in the sentence, and a row,
column or clause must join the two.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Matched, Occurrence, Reader
from walkdown.answering.verification.statements import clauses
from walkdown.documents import Check, Claim
from walkdown.text.labels import find_labels

_OWNERS = ("unit", "train", "channel", "line")
_LEAST = 2
_CODE = re.compile(r"(?<![A-Za-z0-9-])(?=[0-9A-Z-]*[A-Z])[0-9]?[A-Z]{1,5}-?[A-Z]?\d{2,5}[A-Z]?(?:-\d)?(?![A-Za-z0-9-])")
"""Equipment by a tag that the pack's grammar does not know."""


class Owner(NamedTuple):
    """A tag or a plant unit of a text, by its normal form."""

    name: str
    written: str
    start: int
    end: int


def owners_of(text: str, reader: Reader) -> list[Owner]:
    """What amounts of a text may belong to, in order."""
    found = [Owner(t.normal, t.text, t.start, t.end) for t in reader.tags(text)]
    if not found:
        found = [Owner(m.group().upper(), m.group(), m.start(), m.end()) for m in _CODE.finditer(text)]
    if not found:
        labels = [x for x in find_labels(text) if x.kind in _OWNERS]
        found = [Owner(f"{x.kind} {x.number}", text[x.start : x.end].strip(), x.start, x.end) for x in labels]
    return sorted(found, key=lambda owner: owner.start)


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


def check_pairing(claim: Claim, matched: Sequence[Matched], cited: Cited) -> Check:
    """Each amount stands in a row, column or clause with the tag or unit that the claim gives it to."""
    if " | " in claim.text:
        return skipped("pairing", "nothing_paired")
    pairs = list(pairs_of(claim, matched, cited.reader))
    names = {owner.name for owner, _ in pairs}
    for owner, item in pairs:
        same = [o for m in matched if m.quantity is item.quantity for o in _everywhere(m, cited)]
        held = [_owned(o, cited.reader) for o in same]
        others = {name for group in held for name in group} & (names - {owner.name})
        if others and not any(owner.name in group for group in held):
            return failed("pairing", "other_owner", tag=item.quantity.text, owner=min(others), claimed=owner.written)
    return passed("pairing") if pairs else skipped("pairing", "nothing_paired")


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
    r"둘 ?다|두 (?:대|기|개|호기|펌프|탑|탱크) ?(?:다|모두)|양쪽 ?(?:다|모두)?|"
    r"\bboth\b|两个都|两者都|両方|どちらも|\bamb[oa]s\b",
    re.IGNORECASE,
)


def check_both(claim: Claim, matched: Sequence[Matched], cited: Cited) -> Check:
    """An amount that is said of both stands in two rows or columns, or where both are spoken of."""
    amounts = [m for m in matched if m.quantity.unit and m.places]
    if not _BOTH.search(claim.text) or len(amounts) != 1:
        return skipped("both", "nothing_paired")
    found = _everywhere(amounts[0], cited)
    rows = [o for o in found if o.place.statement.kind == "row"]
    if (
        len(rows) == len(found)
        and len({(o.place.evidence.number, o.place.statement.start, o.part.start) for o in rows}) < _LEAST
    ):
        told = f"{rows[0].part.label} {rows[0].place.statement.parts[0].text}"
        if not _BOTH.search(rows[0].place.statement.text) and not _shared(told):
            return failed("both", "not_of_both", amount=amounts[0].quantity.text)
    return passed("both")


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
