"""Words of a PDF that a line is drawn through: deleted text, which is left out and told."""

from collections.abc import Callable, Iterable, Sequence

from walkdown_ingestion.readers.pdf.page import Rule, Segment, Word

_HIGH, _LOW = 0.3, 0.62
"""Where a line through a word runs, as a share of the word's height; an underline runs lower."""
_EDGE = 0.5
"""How far such a line may reach beyond its words, in heights of them: the line of a table or drawing goes on."""
_COVERED = 0.8
_NEAR = 2.0
_INSIDE = 1.5
SplitAt = Callable[[Word, float], int]


def without_struck(
    segments: Iterable[Segment], rules: Sequence[Rule], split_at: SplitAt | None = None
) -> tuple[list[Segment], tuple[Rule, ...], int]:
    """The segments without struck words, the rules that strike none, and how many characters were struck.

    `split_at` tells how many characters of a word stand left of a place: a change that is kept to be seen runs into
    what it became, 30 struck and 45 behind it into 3045.
    """
    found = list(segments)
    upright = [rule for rule in rules if not rule.horizontal]
    # The edge of a frame may come to lie on the caption below it.
    free = [rule for rule in rules if rule.horizontal and not _is_edge(rule, upright)]
    if split_at is not None:
        found = [_parted(segment, free, split_at) for segment in found]
    words = [word for segment in found for word in segment.words]
    gone: set[Word] = set()
    used: set[Rule] = set()
    for rule in free:
        crossed = _crossed(rule, words)
        if crossed:
            gone.update(crossed)
            used.add(rule)
    if not gone:
        return found, tuple(rules), 0
    kept = []
    for segment in found:
        left = tuple(word for word in segment.words if word not in gone)
        if left:
            kept.append(segment._replace(words=left))
    return kept, tuple(rule for rule in rules if rule not in used), sum(len(word.text) for word in gone)


def _parted(segment: Segment, rules: Sequence[Rule], split_at: SplitAt) -> Segment:
    """A segment with words cut where a line through one part of them ends."""
    inside = [
        rule
        for rule in rules
        if rule.horizontal and segment.y0 < rule.y0 < segment.y1 and segment.x0 < rule.x1 and rule.x0 < segment.x1
    ]
    words = tuple(
        part for word in segment.words for part in (_parts(word, inside, split_at, segment) if inside else (word,))
    )
    return segment if words == segment.words else segment._replace(words=words)


def _parts(word: Word, rules: Sequence[Rule], split_at: SplitAt, line: Segment) -> Iterable[Word]:
    reach = _EDGE * (word.y1 - word.y0)
    for rule in rules:
        at = word.y0 + _HIGH * (word.y1 - word.y0) <= (rule.y0 + rule.y1) / 2 <= word.y0 + _LOW * (word.y1 - word.y0)
        if not at or rule.x0 < line.x0 - reach or rule.x1 > line.x1 + reach:
            continue
        for end in (rule.x0, rule.x1):
            cut = split_at(word, end) if word.x0 + _INSIDE < end < word.x1 - _INSIDE else 0
            if 0 < cut < len(word.text):
                left, right = word.text[:cut], word.text[cut:]
                return (*_parts(word._replace(text=left, x1=end), rules, split_at, line),
                        *_parts(word._replace(text=right, x0=end), rules, split_at, line))  # fmt: skip
    return (word,)


def _is_edge(rule: Rule, upright: Sequence[Rule]) -> bool:
    """True for a line that meets others as the lines of tables and frames do: in a corner, at both ends or across.

    A line through the first words of a narrow cell begins where the side of the cell is, and ends before the next.
    """
    met = [side for side in upright if _touch(rule, side)]
    corner = any(min(abs(rule.y0 - side.y0), abs(rule.y0 - side.y1)) <= _NEAR for side in met)
    across = any(rule.x0 + _NEAR < side.x0 < rule.x1 - _NEAR for side in met)
    ends = [any(abs(side.x0 - x) <= _NEAR for side in met) for x in (rule.x0, rule.x1)]
    return corner or across or all(ends)


def _touch(rule: Rule, side: Rule) -> bool:
    near = rule.x0 - _NEAR <= side.x0 <= rule.x1 + _NEAR
    return near and side.y0 - _NEAR <= rule.y0 <= side.y1 + _NEAR


def _crossed(rule: Rule, words: Iterable[Word]) -> list[Word]:
    """The words that a line runs through from end to end; none when it goes on beyond them."""
    at = (rule.y0 + rule.y1) / 2
    level = [w for w in words if w.y0 + _HIGH * (w.y1 - w.y0) <= at <= w.y0 + _LOW * (w.y1 - w.y0)]
    crossed = [w for w in level if min(rule.x1, w.x1) - max(rule.x0, w.x0) >= _COVERED * (w.x1 - w.x0)]
    if not crossed:
        return []
    reach = _EDGE * max(w.y1 - w.y0 for w in crossed)
    left, right = min(w.x0 for w in crossed), max(w.x1 for w in crossed)
    return crossed if rule.x0 >= left - reach and rule.x1 <= right + reach else []
