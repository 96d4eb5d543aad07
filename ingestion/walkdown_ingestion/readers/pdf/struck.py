"""Words of a PDF that a line is drawn through: deleted text, which is left out and told."""

from collections.abc import Iterable, Sequence

from walkdown_ingestion.readers.pdf.page import Rule, Segment, Word

_HIGH, _LOW = 0.3, 0.62
"""Where a line through a word runs, as a share of the word's height; an underline runs lower."""
_EDGE = 0.5
"""How far such a line may reach beyond its words, in heights of them: the line of a table or drawing goes on."""
_COVERED = 0.8
_NEAR = 2.0


def without_struck(segments: Iterable[Segment], rules: Sequence[Rule]) -> tuple[list[Segment], tuple[Rule, ...], int]:
    """The segments without struck words, the rules that strike none, and how many characters were struck."""
    found = list(segments)
    words = [word for segment in found for word in segment.words]
    gone: set[Word] = set()
    used: set[Rule] = set()
    upright = [rule for rule in rules if not rule.horizontal]
    for rule in rules:
        # The edge of a frame may come to lie on the caption below it.
        framed = not rule.horizontal or any(_touch(rule, side) for side in upright)
        crossed = [] if framed else _crossed(rule, words)
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
