"""The day of a row: what is due on 12 September is not what the row below has for 31 October."""

import re

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Place
from walkdown.answering.verification.statements import Part, clauses, value_of_cell
from walkdown.documents import Check, Claim
from walkdown.text.days import DATE, days_of
from walkdown.text.languages import detect_language

_LAST = re.compile(
    r"최근|전회|직전|지난|마지막|실시일|\b(?:last|previous|latest|done on)\b|上次|最近|上一次|前回|直近|"
    r"\búltim[oa]|\banterior\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"차기|차회|다음|예정|만료|\b(?:next|due|upcoming|expir\w+)\b|下次|下一次|到期|次回|予定|\b(?:próxim[oa]|siguiente|vence)\b",
    re.IGNORECASE,
)
_CLEARLY = 1.3
"""How much more of a clause another row must hold than the row that has the clause's day."""


def check_dated_row(claim: Claim, cited: Cited) -> Check:
    """Each day of a claim that stands in a cell of its own is that of the row which its clause speaks of."""
    if (misplaced := _last_for_next(claim, cited)) is not None:
        stated, claimed = misplaced
        written = value_of_cell(stated).strip()
        return failed("dated_row", "other_column", what=written, column=stated.label, claimed=claimed)
    tabled = [(p, cell) for p in cited.places if (cell := _day_cell(p)) is not None]
    language = detect_language(claim.text)
    found = False
    for clause in clauses(claim.text):
        days = days_of(clause.text)
        own = [p for p, cell in tabled if days_of(value_of_cell(cell)) == days]
        labels = {cell.label for p, cell in tabled if p in own}
        others = [p for p, cell in tabled if p not in own and cell.label in labels]
        if len(days) != 1 or not own or any(p.evidence.chunk.language != language for p in (*own, *others)):
            continue
        found = True
        said = frozenset(f for f in cited.reader.features(DATE.sub(" ", clause.text)) if f[0] not in "~§")
        best = max(_shared(said, p, cited) for p in own)
        other = max(others, key=lambda p: _shared(said, p, cited), default=None)
        if other is not None and _shared(said, other, cited) > _CLEARLY * best + 1e-6:
            ((month, day),) = days
            return failed("dated_row", "of_other_row", what=f"{month}-{day:02}", row=_name(own[0]))
    return passed("dated_row") if found else skipped("dated_row", "no_row")


def _last_for_next(claim: Claim, cited: Cited) -> tuple[Part, str] | None:
    """The cell of a claim's day that stands under `last` where it says `next`, or the other way, and what it says."""
    for clause in clauses(claim.text):
        last, coming, days = _LAST.search(clause.text), _NEXT.search(clause.text), days_of(clause.text)
        if len(days) != 1 or bool(last) == bool(coming):
            continue
        own, other = (_LAST, _NEXT) if last else (_NEXT, _LAST)
        cells = [c for p in cited.places for c in p.statement.parts if c.label and days_of(value_of_cell(c)) == days]
        wrong = [c for c in cells if other.search(c.label) and not own.search(c.label)]
        if wrong and len(wrong) == len(cells):
            return wrong[0], "".join(m.group() for m in (last, coming) if m)
    return None


def _day_cell(place: Place) -> Part | None:
    """The one cell of a row that is a date and nothing else."""
    cells = place.statement.parts if place.statement.kind == "row" else ()
    dated = [p for p in cells if p.label and DATE.fullmatch(value_of_cell(p).strip())]
    return dated[0] if len(dated) == 1 else None


def _shared(said: frozenset[str], place: Place, cited: Cited) -> float:
    return cited.weight(said & cited.reader.features(place.statement.text))


def _name(place: Place) -> str:
    return re.sub(r"\s+", " ", " | ".join(value_of_cell(p).strip() for p in place.statement.parts[:2]))
