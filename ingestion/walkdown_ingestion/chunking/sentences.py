"""Cuts a long text at the best places: lines, sentences (Korean ones too), clauses, words, and only then anywhere.

Returns spans of the text, so that pieces can be traced back to their boxes; nothing but white space is dropped.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from walkdown_ingestion.chunking.estimate import estimate_tokens

# Every pattern matches what stands at the end of the left part.
_LINE = re.compile(r"\n+")
_ENUMERATION = re.compile(r"\s+(?=[①-⑳㉠-㉻]|\(\d{1,2}\)\s|[가-하]\.\s)")
_SENTENCE = re.compile(
    r"[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[<¿¡]?[A-Z0-9가-힣一-鿿぀-ヿ①-⑳])|[。！？][”’」』）]*|다\.(?=\s)|다(?=\s*\n)"
)
_CLAUSE = re.compile(r"[;；](?=\s)|[,，、](?=\s)|[:：](?=\s)|[；，、]")
_WORD = re.compile(r"\s+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:nos?|figs?|eq|sec|arts?|rev|ver|vol|approx|max|min|dept|temp|press|ref|e\.g|i\.e|vs|cf|mr|dr|st|inc|ltd"
    r"|co|pp|al|std|para)|\b[A-Z]|(?:^|\n)\s*\d{1,2})\.$",
    re.IGNORECASE,
)
_CHARS_PER_TOKEN = 4


class Span(NamedTuple):
    """Half-open range of characters."""

    start: int
    end: int


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = end - (len(piece) - len(piece.rstrip()))
    if left < right:
        yield Span(left, right)


def _cut(text: str, span: Span, pattern: re.Pattern[str]) -> Iterator[Span]:
    """The parts of a span that end where the pattern matches, without white space at their ends."""
    start = span.start
    for match in pattern.finditer(text, span.start, span.end):
        if pattern is _SENTENCE and _ABBREVIATION.search(text, max(span.start, match.end() - 12), match.end()):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, span.end)


def _slices(text: str, span: Span, limit: float) -> Iterator[Span]:
    """A run without white space in pieces that are small at the worst rate of tokens."""
    width = max(1, int(limit / 1.25))
    for start in range(span.start, span.end, width):
        yield from _trimmed(text, start, min(start + width, span.end))


def _joined(text: str, spans: Iterable[Span], limit: float) -> Iterator[Span]:
    """Neighbouring spans merged up to the limit."""
    current, tokens = Span(0, 0), 0.0
    for span in spans:
        more = estimate_tokens(text[span.start : span.end])
        joins = tokens + more <= limit and span.end - current.start <= _CHARS_PER_TOKEN * limit
        if current.end == current.start:
            current, tokens = span, more
        elif joins:
            current, tokens = Span(current.start, span.end), tokens + more
        else:
            yield current
            current, tokens = span, more
    if current.end > current.start:
        yield current


def _small(text: str, span: Span, limit: float) -> bool:
    length = span.end - span.start
    return length <= _CHARS_PER_TOKEN * limit and estimate_tokens(text[span.start : span.end]) <= limit


def split_spans(text: str, limit: float) -> list[Span]:
    """Spans of at most `limit` estimated tokens and `4 * limit` characters that hold all but white space."""
    spans = list(_trimmed(text, 0, len(text)))
    for pattern in (_LINE, _ENUMERATION, _SENTENCE, _CLAUSE, _WORD, None):
        cut: list[Span] = []
        for span in spans:
            if _small(text, span, limit):
                cut.append(span)
            else:
                parts = _cut(text, span, pattern) if pattern else _slices(text, span, limit)
                cut.extend(_joined(text, parts, limit))
        spans = cut
    return spans
