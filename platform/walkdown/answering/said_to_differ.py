"""A question that says the documents differ ("I find 780 and 760", "절차서랑 대응서가 다른데"): both sides are shown.

The answer of one document is then no answer, however well it stands. The likeliest line of another document with
another amount of the kind is put beside it word for word, and neither is chosen. `conflicts` finds contradictions by
itself, so it must be sure that two lines speak of one thing; here the reader has said so.
"""

import re
from collections.abc import Sequence

from walkdown.answering.spans import Span
from walkdown.answering.verbatim import verbatim
from walkdown.answering.verification import Basis
from walkdown.documents import Claim, DocumentStatus
from walkdown.text.quantities import Quantity, same_quantity

_DIFFER = re.compile(
    r"(?:이|가|은|는|서로|값이|숫자가)\s?다른데|다르던데|(?:문서|절차서|기준서)마다 다[르른]|다르게 (?:나|적|써|되|돼)|"
    r"서로 다르|엇갈|안 맞는데|(?:둘|두 개|두 가지) 다 (?:나오|있|보|적)|어느 (?:게|것이|쪽이|문서가|값이) 맞|뭐가 맞|"
    r"\b(?:find|found|see|saw|have|read|get|got) (?:them )?both\b|\bi (?:find|found|see|saw|read) \d[^?]* and \d|"
    r"\bdisagree|\bcontradict|\bconflicting\b|\bwhich (?:one |value |number )?is (?:right|correct|it)\b|"
    r"\b(?:documents|papers|procedures|sheets|sources) (?:say|give|state|are|have)[^?]* different",
    re.IGNORECASE,
)
_LEAST = 0.1
"""Probability that the other document's line must have."""


def says_they_differ(question: str) -> bool:
    """True where a question tells that its sources do not agree."""
    return bool(_DIFFER.search(question))


def other_sides(claims: Sequence[Claim], spans: Sequence[Span], basis: Basis) -> tuple[Claim, ...]:
    """The likeliest line of each document that the claims do not cite, with another amount of a kind of theirs.

    `spans` are all lines, the likeliest first. Empty unless the question says that the documents differ, and where the
    claims give two amounts of different documents already.
    """
    if not says_they_differ(basis.question):
        return ()
    by_number = {e.number: e for e in basis.evidence}
    cited = {by_number[n].chunk.document_id for claim in claims for n in claim.citations if n in by_number}
    given = [q for claim in claims for q in basis.reader.quantities(claim.text) if q.unit]
    if len(cited) > 1 or not given:
        return ()
    out: list[Claim] = []
    for span in spans:
        chunk = by_number[span.number].chunk if span.number in by_number else None
        if chunk is None or span.probability < _LEAST or chunk.status is not DocumentStatus.IN_FORCE:
            continue
        if chunk.document_id not in cited and _another(given, basis.reader.quantities(span.text)):
            cited.add(chunk.document_id)
            out.append(verbatim(span.number, span.start, span.end, span.text, "sources_disagree"))
    return tuple(out)


def _another(given: Sequence[Quantity], stated: Sequence[Quantity]) -> bool:
    """True where an amount of a kind that is given is stated otherwise, and none as it is given."""
    of_kind = [q for q in stated if q.unit and any(q.dimension == g.dimension for g in given)]
    return bool(of_kind) and not any(same_quantity(q, g) for q in of_kind for g in given)
