"""Text in a drawn box beside running text: a warning or a note, whose lines are none of the text beside it."""

from collections.abc import Sequence

from walkdown_ingestion.joining import Known
from walkdown_ingestion.readers.pdf.page import Extent, Page, Rule, Segment
from walkdown_ingestion.readers.pdf.rows import Row, rows_of
from walkdown_ingestion.readers.pdf.ruled import Grid, connected
from walkdown_ingestion.readers.pdf.text import Element, elements_of

_SNAP = 3.0
_COVER = 0.9
_WIDEST = 0.6
"""Of the page's width, a box at most."""
_MOST_LINES = 14
_LEAST_CHARS = 8
_RUNNING = 40
"""Characters of a line of running text, at least; labels and cells are shorter."""


def boxed_texts(page: Page, loose: Sequence[Segment], known: Known) -> list[Grid]:
    """The boxes of a page that stand beside text, each as a table of one cell a paragraph."""
    groups = connected([r for r in page.rules if not r.soft])
    areas = [area for group in groups if (area := _box_of(group)) is not None]
    cards = [area for area in areas if any(map(_in_row, [area] * len(areas), areas))]
    found = (_text_in(area, page, loose, known, card=area in cards) for area in areas)
    return [grid for grid in found if grid is not None]


def _in_row(one: Extent, other: Extent) -> bool:
    """True for two boxes of one height side by side, as on a board of figures."""
    level = abs(one.y0 - other.y0) <= _SNAP and abs(one.y1 - other.y1) <= _SNAP
    return level and (other.x0 > one.x1 + _SNAP or one.x0 > other.x1 + _SNAP)


def _box_of(rules: Sequence[Rule]) -> Extent | None:
    """The area of a box that some rules are the four sides of, None where they draw anything else."""
    area = Extent(
        *(f(getattr(r, side) for r in rules) for side, f in (("x0", min), ("y0", min), ("x1", max), ("y1", max)))
    )
    width, height = area.x1 - area.x0, area.y1 - area.y0
    sides = [False] * 4
    for rule in rules:
        at, edges = (rule.y0, (area.y0, area.y1)) if rule.horizontal else (rule.x0, (area.x0, area.x1))
        side = next((n for n, edge in enumerate(edges) if abs(at - edge) <= _SNAP), None)
        if side is None:
            return None
        long = rule.x1 - rule.x0 >= _COVER * width if rule.horizontal else rule.y1 - rule.y0 >= _COVER * height
        sides[2 * rule.horizontal + side] |= long
    return area if all(sides) else None


def with_boxes(found: Sequence[Element | Grid], boxes: Sequence[Grid]) -> list[Element | Grid]:
    """The parts of a page with each box behind the last part that it stands beside."""
    out = list(found)
    for box in boxes:
        beside = [i for i, part in enumerate(out) if part not in boxes and _is_beside(part, box.area)]
        below = (i for i, part in enumerate(out) if part not in boxes and _top(part) >= box.area.y1 - _SNAP)
        out.insert(beside[-1] + 1 if beside else next(below, len(out)), box)
    return out


def _top(part: Element | Grid) -> float:
    return part.area.y0 if isinstance(part, Grid) else min(line.y0 for line in part.lines)


def _is_beside(part: Element | Grid, area: Extent) -> bool:
    lines = (part.area,) if isinstance(part, Grid) else part.lines
    return any(line.y0 < area.y1 and line.y1 > area.y0 for line in lines)


def _text_in(area: Extent, page: Page, loose: Sequence[Segment], known: Known, *, card: bool) -> Grid | None:
    """The text in a box, None where nothing stands beside it or its lines have several cells.

    `card`: other boxes stand beside it; it then holds a name and a value below each other.
    """
    inside = [s for s in loose if area.holds((s.x0 + s.x1) / 2, s.middle)]
    beside = [s for s in loose if s not in inside and area.y0 < s.middle < area.y1]
    running = any(len(s.text) >= _RUNNING for s in beside)
    if not inside or not (running or card) or area.x1 - area.x0 > _WIDEST * page.width:
        return None
    if any(s.x0 < area.x1 and s.x1 > area.x0 for s in beside) or sum(len(s.text) for s in inside) < _LEAST_CHARS:
        return None
    lines = sorted(inside, key=lambda s: (s.middle, s.x0))
    rows = [row for row in rows_of(lines) if isinstance(row, Row)]
    if len(rows) > _MOST_LINES or any(len(row.segments) > 1 for row in rows):
        return None
    if not running:
        lines_of_card = [[row.text] for row in rows]
        valued = len(rows) > 1 and any(map(str.isdigit, "".join(row.text for row in rows[1:])))
        return (
            Grid(area, lines_of_card, [area] * len(rows), header_rows=0, columns=((area.x0, area.x1),))
            if valued
            else None
        )
    texts = [e for e in elements_of(rows, known, area.x1) if isinstance(e, Element)]
    cells = [[f"{e.marker} {e.text}".strip()] for e in texts]
    return Grid(area, cells, [area] * len(cells), header_rows=0, columns=((area.x0, area.x1),))
