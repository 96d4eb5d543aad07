"""The rows of a table that name the equipment asked about, where the model found no answer in them.

`Range of FT-4115?` is answered by the row of FT-4115, word for word, whether or not a small model can read it. A row is
given only where it names the one tag of the question and, with what stands above it, nearly all else that is asked: on
dev 19 of 20 such answers held what was asked and one half of it, and none was given for the 59 questions that the
documents do not answer (docs/verification.md).
"""

import re

from walkdown.answering.spans import CELLS, Span
from walkdown.answering.turn import Turn
from walkdown.answering.verbatim import verbatim
from walkdown.answering.verification.relevance import share_named
from walkdown.documents import Claim
from walkdown.text.tags import Tag, find_tags

_LEAST = 0.75
"""Share of what is asked, by concept, that a row with its headings must name."""
_EXTREME = re.compile(
    r"최고|최저|제일|가장|\b(?:highest|lowest|most|least|best|worst|coldest|hottest|warmest|deepest|longest|shortest|largest|"
    r"smallest|thinnest|thickest|first|last|latest)\b",
    re.IGNORECASE,
)
_MOST = 3
_NEAR = 0.1
_OF_DOCUMENTS = frozenset({"document", "record"})
"""Kinds of tags that name papers: a row with the number of a report is not yet about its subject."""


def rows_of_tag(turn: Turn) -> tuple[Claim, ...]:
    """Rows as quotes, those that name most first; none where the question names no tag or more than one.

    The largest or least of something is told by all rows together, so no single one is given for it.
    """
    question = turn.plan.compared
    asked = {(t.kind, t.normal) for t in _tags(question, turn)}
    if len(asked) != 1 or _EXTREME.search(question):
        return ()
    above = {e.number: "\n".join((e.chunk.title, *e.chunk.heading_path)) for e in turn.evidence}
    found: list[tuple[float, Span]] = []
    for span in turn.spans:
        if CELLS in span.text and asked & {(t.kind, t.normal) for t in _tags(span.text, turn)}:
            found.append((share_named(question, f"{span.text}\n{above[span.number]}", turn.pack.glossary), span))
    top = max((share for share, _ in found), default=0.0)
    if top < _LEAST:
        return ()
    # Spans come closest first, which decides between rows that name as much.
    best = sorted((x for x in found if x[0] > top - _NEAR), key=lambda x: -x[0])[:_MOST]
    return tuple(verbatim(span.number, span.start, span.end, span.text) for _, span in best)


def _tags(text: str, turn: Turn) -> list[Tag]:
    return [t for t in find_tags(text, turn.pack.grammar) if t.kind not in _OF_DOCUMENTS]
