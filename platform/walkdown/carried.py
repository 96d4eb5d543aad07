"""The lines of documents behind a statement, word for word: what a reader holds the statement against.

Checks tell what code can tell. Whether a sentence in a model's words says what its line says is seen at a glance by
who reads both, so both stand together wherever an answer is shown.
"""

import re
from collections.abc import Iterator, Sequence

from walkdown.documents import Claim, Evidence
from walkdown.text.languages import normalise
from walkdown.text.sentences import sentences_of

_MOST_LINES = 3
_MOST_CHARS = 420
"""A longer line is a paragraph: of it the sentences around the place are shown."""
_LETTERS = re.compile(r"[^\W_]")


def lines_behind(claim: Claim, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The lines of the passages on which a statement rests, in their order, at most three; none for a quote.

    A line is shown whole, so that a condition or an exception beside the place is seen, too.
    """
    texts = {e.number: e.chunk.text for e in evidence}
    lines = dict.fromkeys(
        line
        for place in sorted(claim.spans, key=lambda s: (s.number, s.start))
        if place.number in texts
        for line in _lines(texts[place.number], place.start, place.end)
    )
    said = closed(claim.text)
    return tuple(line for line in lines if closed(line) not in said)[:_MOST_LINES]


def _lines(text: str, start: int, end: int) -> Iterator[str]:
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", max(start, end - 1))
    stop = len(text) if stop < 0 else stop
    for at, line in _split(text[begin:stop], begin):
        if line.strip() and at < end and start < at + len(line):
            yield line.strip() if len(line) <= _MOST_CHARS else _around(line, start - at, end - at)


def _split(text: str, offset: int) -> Iterator[tuple[int, str]]:
    for line in text.split("\n"):
        yield offset, line
        offset += len(line) + 1


def _around(line: str, start: int, end: int) -> str:
    """The sentences that hold a place, and the one on either side of them, which may hold its exception."""
    whole = list(sentences_of(line))
    held = [i for i, (a, b) in enumerate(whole) if a < end and start < b] or [0]
    first, last = max(0, held[0] - 1), min(len(whole) - 1, held[-1] + 1)
    shown = line[whole[first][0] : whole[last][1]].strip()
    return f"{'… ' if first else ''}{shown}{' …' if last < len(whole) - 1 else ''}"


def closed(text: str) -> str:
    """A text without its spaces and its last full stop: signs count, for `< 5 bar` is not `> 5 bar`."""
    return "".join(normalise(text).split()).rstrip(".。").lower()


def letters(text: str) -> str:
    """Letters and digits alone, in small letters, by which texts are compared."""
    return "".join(_LETTERS.findall(normalise(text))).lower()
