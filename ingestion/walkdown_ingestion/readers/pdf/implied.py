"""Edges of columns that no line draws, but that lines between rows begin at: beside labels that are merged over rows.

Without it the labels and the column beside them would be one, and each row would tell of the values of all.
"""

from collections.abc import Sequence

from walkdown_ingestion.readers.pdf.page import Rule, Word

MOST_LINES = 600
"""Lines of a page with tables; a drawing has thousands, and to compare each with each would take long."""
_SNAP = 3.0
_LEAST = 3
"""Lines that begin at one place inside a table; one or two may be of a cell."""


def joined_lines(rules: Sequence[Rule]) -> list[Rule]:
    """Lines that go on with each other in one piece, from top to bottom: programs draw one below each cell."""
    out: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.y0), r.x0)):
        last = out[-1] if out else None
        if last is not None and abs(last.y0 - rule.y0) <= 1 and rule.x0 - last.x1 <= 1:
            out[-1] = last._replace(x1=max(last.x1, rule.x1))
        else:
            out.append(rule)
    return sorted(out, key=lambda r: r.y0)


def implied_edges(rules: Sequence[Rule], words: Sequence[Word]) -> list[Rule]:
    """Upright lines for the edges of a table's columns at which its lines begin, where no word lies on them."""
    across = joined_lines([r for r in rules if r.horizontal and not r.soft])
    if len(across) > MOST_LINES:
        return []
    left = min((r.x0 for r in across), default=0.0)
    drawn = [r.x0 for r in rules if not r.horizontal]
    edges: list[Rule] = []
    for rule in across:
        at = rule.x0
        if at - left <= _SNAP or any(abs(at - x) <= _SNAP for x in [*drawn, *(e.x0 for e in edges)]):
            continue
        starts = [r.y0 for r in across if abs(r.x0 - at) <= _SNAP]
        over = [r.y0 for r in across if r.x0 < at - _SNAP and r.x1 > at + _SNAP]
        crossed = [w.middle[1] for w in words if w.x0 < at - 1 and w.x1 > at + 1]
        if len(starts) >= _LEAST and not any(starts[0] < y < starts[-1] for y in crossed):
            top = _reach(starts[0], sorted((y for y in over if y < starts[0]), reverse=True), crossed)
            bottom = _reach(starts[-1], sorted(y for y in over if y > starts[-1]), crossed)
            edges.append(Rule(at, top, at, bottom))
    return edges


def _reach(start: float, lines: Sequence[float], crossed: Sequence[float]) -> float:
    """How far an edge goes on over rows, up or down, until a word lies on it."""
    for line in lines:
        if any(min(start, line) < y < max(start, line) for y in crossed):
            break
        start = line
    return start
