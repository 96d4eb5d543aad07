"""A struck sentence of an answer gives way to the line it was made from, word for word.

What code cannot bear out is struck. Where other sentences stand, the answer would then lose what the document says
there, and may mislead by it: an exception alone, without its rule. So the line is shown in its place, if it is likely
to answer or is prose right beside a line that stands.
"""

from collections.abc import Iterator, Sequence

from walkdown.answering.likely import carrying
from walkdown.answering.spans import CELLS, Span
from walkdown.answering.turn import Turn
from walkdown.answering.verbatim import verbatim
from walkdown.answering.verification.grounding import content_words, share_held
from walkdown.carried import closed, lines_behind
from walkdown.documents import Claim
from walkdown.text.languages import detect_language

_SHARE = 0.3
"""Share of the likeliest line's probability that a line must have."""
_BESIDE = 250
"""Characters from a line that stands, within which prose goes on."""
_WORDS = 0.5
"""Share of a sentence's words by which a line without its amounts is known."""
_MOST = 3


def with_lines_instead(kept: Sequence[Claim], struck: Sequence[Claim], turn: Turn) -> tuple[Claim, ...]:
    """The claims that stand, and at most three lines for those that were struck, each where its passage has it."""
    out = list(kept)
    shown = closed("\n".join(text for c in kept for text in (c.text, *lines_behind(c, turn.evidence))))
    left = _MOST
    for line in dict.fromkeys(found for claim in struck for found in _lines_of(claim, turn)):
        if left and closed(line.text) not in shown and _belongs(line, kept, turn):
            out.insert(_place_of(line, out), verbatim(line.number, line.start, line.end, line.text, "instead"))
            shown += closed(line.text)
            left -= 1
    return tuple(out)


def _lines_of(claim: Claim, turn: Turn) -> Iterator[Span]:
    found = carrying(claim, turn)
    words = content_words(claim.text)
    if not found and words:
        own = [line for line in turn.spans if line.number in claim.citations]
        share = {line: share_held(words, [line.text], detect_language(claim.text)) for line in own}
        best = max(own, key=lambda line: share[line], default=None)
        found = [best] if best is not None and share[best] >= _WORDS else []
    yield from sorted(found, key=lambda line: -line.score)[:2]


def _belongs(line: Span, kept: Sequence[Claim], turn: Turn) -> bool:
    if line.probability >= _SHARE * max(other.probability for other in turn.spans):
        return True
    near = (s for c in kept for s in c.spans if s.number == line.number)
    return CELLS not in line.text and any(line.start - s.end <= _BESIDE and s.start - line.end <= _BESIDE for s in near)


def _place_of(line: Span, claims: Sequence[Claim]) -> int:
    """Before the first claim that its passage has later, else behind the last one."""
    later = (i for i, c in enumerate(claims) if any(s.number == line.number and s.start > line.start for s in c.spans))
    return next(later, len(claims))
