"""Tables drawn with rules: the grid of their lines, merged cells where a line is missing, words put into cells."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from walkdown_ingestion.readers.pdf.cells import cell_text, word_lines
from walkdown_ingestion.readers.pdf.implied import implied_edges
from walkdown_ingestion.readers.pdf.loose_columns import holds_columns
from walkdown_ingestion.readers.pdf.lying import laid_upright
from walkdown_ingestion.readers.pdf.nested import TOUCH, parted, with_inner
from walkdown_ingestion.readers.pdf.open_ends import with_open_ends
from walkdown_ingestion.readers.pdf.page import Extent, Page, Rule, Segment, Word, extent
from walkdown_ingestion.readers.pdf.sideways import sideways_text
from walkdown_ingestion.readers.pdf.tall_rows import rows_between_columns
from walkdown_ingestion.readers.pdf.unmerged import unmerged

_SNAP = 3.0
_COVER = 0.6
_MIN_CELL = 5.0
_LEAST_SHADED = 3
"""Rows of a table whose cells are told by their colour alone."""
_MAX_CELLS = 20_000


class Grid(NamedTuple):
    """A table found on a page: its area, cells (merged ones repeated), and the extent of each row.

    `header_rows` is how many rows are header as far as the print tells, None when it does not; `columns` their edges.
    """

    area: Extent
    rows: list[list[str]]
    extents: list[Extent]
    ruled: bool = True
    header_rows: int | None = None
    columns: tuple[tuple[float, float], ...] = ()


def bold_header(rows: Sequence[Sequence[Word]]) -> int | None:
    """How many leading rows are set in bold when the others are not; None when weight tells nothing."""
    bold = [bool(words) and all(word.bold for word in words) for words in rows]
    height = bold.index(False) if False in bold else len(bold)
    if not 0 < height < len(rows) or height > 3 or sum(bold[height:]) > 0.5 * (len(rows) - height):
        return None
    return height


def _clusters(values: Iterable[float]) -> list[float]:
    """Values closer than the snap distance as one, in order."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _SNAP:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _touch(a: Rule, b: Rule, slack: float) -> bool:
    return max(a.x0 - b.x1, b.x0 - a.x1, a.y0 - b.y1, b.y0 - a.y1) <= slack


def connected(rules: Sequence[Rule], slack: float = _SNAP) -> list[list[Rule]]:
    """Rules in groups that touch each other; a horizontal meets a vertical one."""
    across = [r for r in rules if r.horizontal]
    down = [r for r in rules if not r.horizontal]
    parent = list(range(len(across) + len(down)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    down.sort(key=lambda r: r.x0)
    edges = [rule.x0 for rule in down]
    for i, a in enumerate(across):
        for j in range(bisect_left(edges, a.x0 - slack), bisect_right(edges, a.x1 + slack)):
            if _touch(a, down[j], slack):
                parent[find(i)] = find(len(across) + j)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for i, rule in enumerate([*across, *down]):
        groups[find(i)].append(rule)
    return list(groups.values())


class _Lattice:
    """The cells between the lines of one table; `owner` names the merged cell that each belongs to."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._across = [r for r in rules if r.horizontal]
        self._down = [r for r in rules if not r.horizontal]
        self.xs = _clusters(r.x0 for r in self._down)
        self.ys = _clusters(r.y0 for r in self._across)
        ends_x = [x for r in self._across for x in (r.x0, r.x1)]
        if ends_x and self.xs:
            # Tables without side rules end where their horizontal rules end.
            self.xs = _clusters([*self.xs, min(ends_x), max(ends_x)])
        self.ys = with_open_ends(self.ys, self._down, len(self.xs))
        self.height, self.width = len(self.ys) - 1, len(self.xs) - 1

    def _wall(self, rules: Sequence[Rule], at: float, low: float, high: float, *, horizontal: bool) -> bool:
        """True when lines at a position cover most of a stretch."""
        covered = 0.0
        for rule in rules:
            position = rule.y0 if horizontal else rule.x0
            if abs(position - at) <= _SNAP + 1:
                start, end = (rule.x0, rule.x1) if horizontal else (rule.y0, rule.y1)
                covered += max(0.0, min(end, high) - max(start, low))
        return covered >= _COVER * (high - low)

    def owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each cell the top-left cell of the merged cell it is part of."""
        owner = {(r, c): (r, c) for r in range(self.height) for c in range(self.width)}
        for r in range(self.height):
            for c in range(self.width):
                if c and not self._wall(self._down, self.xs[c], self.ys[r], self.ys[r + 1], horizontal=False):
                    self._merge(owner, (r, c - 1), (r, c))
                if r and not self._wall(self._across, self.ys[r], self.xs[c], self.xs[c + 1], horizontal=True):
                    self._merge(owner, (r - 1, c), (r, c))
        return owner

    @staticmethod
    def _merge(owner: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]) -> None:
        a, b = owner[one], owner[other]
        if a == b:
            return
        first, second = min(a, b), max(a, b)
        for cell, held in owner.items():
            if held == second:
                owner[cell] = first

    def locate(self, word: Word) -> tuple[int, int] | None:
        """The cell a word's centre lies in."""
        x, y = word.middle
        column = sum(edge <= x for edge in self.xs) - 1
        row = sum(edge <= y for edge in self.ys) - 1
        return (row, column) if 0 <= row < self.height and 0 <= column < self.width else None


def _sub_rows(cells: Sequence[Sequence[Word]]) -> list[list[list[Word]]]:
    """A ruled row that holds several rows of text, one below the other in step, cut into them; else the row itself."""
    lines = [word_lines(words) for words in cells]
    filled = [column for column in lines if column]
    counts = {len(column) for column in filled}
    if len(filled) < 2 or len(counts) != 1 or counts == {1}:
        return rows_between_columns(cells) or [list(map(list, cells))]
    for row in zip(*filled, strict=True):
        middles = [sum(w.middle[1] for w in line) / len(line) for line in row]
        if max(middles) - min(middles) > 3:
            return [list(map(list, cells))]
    if counts == {2} and all(len(" ".join(w.text for w in line)) > 14 for column in filled for line in column):
        # Two lines of running text side by side are more likely wrapped cells than two rows.
        return [list(map(list, cells))]
    return [[column[i] if column else [] for column in lines] for i in range(counts.pop())]


def _grid(rules: Sequence[Rule], words: Sequence[Word], turned: Sequence[Segment] = ()) -> Grid | None:
    lattice = _Lattice(rules)
    if lattice.width < 2 or lattice.height < 1 or lattice.width * lattice.height > _MAX_CELLS:
        return None
    if lattice.height == 1 and lattice.width == 2:
        # A heading in a box, its number apart, is no table.
        return None
    if lattice.xs[-1] - lattice.xs[0] < 4 * _MIN_CELL or lattice.ys[-1] - lattice.ys[0] < _MIN_CELL:
        return None
    located = [(cell, word) for word in words if (cell := lattice.locate(word)) is not None]
    owner = unmerged(lattice.owners(), located)
    held: dict[tuple[int, int], list[Word]] = defaultdict(list)
    for cell, word in located:
        held[owner[cell]].append(word)
    for at, word in _turned_words(lattice, owner, turned):
        held[at].append(word)
    if len(held) < 2 or len({cell[1] for cell in held}) < 2:
        return None
    rows: list[list[str]] = []
    extents: list[Extent] = []
    row_words: list[list[Word]] = []
    for r in range(lattice.height):
        owners = [owner[r, c] for c in range(lattice.width)]
        plain = all(o[0] == r for o in owners) and lattice.height < 3
        parts = _sub_rows([held[o] for o in owners]) if plain and len(set(owners)) == len(owners) else None
        for cells in parts or [[held[o] for o in owners]]:
            rows.append([cell_text(words) for words in cells])
            own = [w for words in cells for w in words if lattice.ys[r] - 1 <= w.middle[1] <= lattice.ys[r + 1] + 1]
            row_words.append(own)
            tops = [w.y0 for w in own] if parts and len(parts) > 1 else [lattice.ys[r]]
            bottoms = [w.y1 for w in own] if parts and len(parts) > 1 else [lattice.ys[r + 1]]
            extents.append(Extent(lattice.xs[0], min(tops), lattice.xs[-1], max(bottoms)))
    area = Extent(lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1])
    if not located:
        lying = laid_upright(rows, lattice.xs, area, down=all(segment.downwards for segment in turned))
        return Grid(area, *lying, columns=tuple(pairwise(lattice.ys)))
    return Grid(area, rows, extents, header_rows=bold_header(row_words), columns=tuple(pairwise(lattice.xs)))


def _turned_words(
    lattice: _Lattice, owner: Mapping[tuple[int, int], tuple[int, int]], turned: Sequence[Segment]
) -> Iterator[tuple[tuple[int, int], Word]]:
    """Names that run upwards in the cells of a header, in one piece for each cell, as its lines follow each other."""
    held: dict[tuple[int, int], list[Segment]] = defaultdict(list)
    for segment in turned:
        for word in segment.words:
            cell = lattice.locate(word)
            if cell is not None:
                held[owner[cell]].append(segment._replace(words=(word,)))
    for at, pieces in held.items():
        yield at, Word(sideways_text(pieces), *extent(pieces), bold=all(piece.bold for piece in pieces))


def cell_areas(rules: Sequence[Rule]) -> list[list[Extent]]:
    """The cells, merged ones as one, of each table that some rules draw."""
    tables = []
    for group in connected(rules):
        if sum(r.horizontal for r in group) < 2 or sum(not r.horizontal for r in group) < 1:
            continue
        lattice = _Lattice(group)
        if lattice.width < 2 or lattice.height < 1 or lattice.width * lattice.height > _MAX_CELLS:
            continue
        held: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for cell, owner in lattice.owners().items():
            held[owner].append(cell)
        xs, ys = lattice.xs, lattice.ys
        tables.append(
            [
                Extent(
                    min(xs[c] for _, c in cells),
                    min(ys[r] for r, _ in cells),
                    max(xs[c + 1] for _, c in cells),
                    max(ys[r + 1] for r, _ in cells),
                )
                for cells in held.values()
            ]
        )
    return tables


def ruled_areas(page: Page) -> list[Extent]:
    """Where rules in both directions meet: tables and boxes."""
    return [
        Extent(min(r.x0 for r in g), min(r.y0 for r in g), max(r.x1 for r in g), max(r.y1 for r in g))
        for g in connected(page.rules)
        if sum(r.horizontal for r in g) > 1 and sum(not r.horizontal for r in g) > 1
    ]


def ruled_tables(page: Page) -> list[Grid]:
    """The tables of a page that are drawn with rules in both directions, from top to bottom."""
    words = [word for segment in page.segments for word in segment.words]
    found: list[tuple[Grid, list[Rule]]] = []
    for group in (part for whole in connected(page.rules) for part in parted(whole, connected(whole, TOUCH))):
        if sum(r.horizontal for r in group) < 2 or sum(not r.horizontal for r in group) < 1 or _is_shade(group):
            continue
        group = [*group, *implied_edges(group, words)]
        grid = _grid(group, words, page.turned)
        if grid is not None and not holds_columns(grid.area, grid.columns, page.segments):
            found.append((grid, group))
    tables = []
    for grid, group in found:
        # A table inside a cell of another is part of it.
        if any(_inside(grid.area, other.area) for other, _ in found if other is not grid):
            continue
        inner = [other for other, _ in found if other is not grid and _inside(other.area, grid.area)]
        tables.append(_with_inner(grid, group, words, inner, page.turned) if inner else grid)
    return sorted(tables, key=lambda g: (g.area.y0, g.area.x0))


def _is_shade(rules: Sequence[Rule]) -> bool:
    """True when only the edges of shaded areas part the columns, and not in all rows: every other row is shaded."""
    down = [r for r in rules if not r.horizontal]
    left, right = min(r.x0 for r in rules), max(r.x1 for r in rules)
    inner = [r for r in down if left + _SNAP < r.x0 < right - _SNAP] or down
    if not all(r.soft for r in inner):
        return False
    rows = list(pairwise(_clusters(r.y0 for r in rules if r.horizontal)))
    walled = sum(any(r.y0 < (a + b) / 2 < r.y1 for r in inner) for a, b in rows)
    return len(rows) < _LEAST_SHADED or walled < len(rows)


def _with_inner(
    grid: Grid, rules: Sequence[Rule], words: Sequence[Word], inner: Sequence[Grid], turned: Sequence[Segment]
) -> Grid:
    """A table with the tables in its cells written into them, the innermost first."""
    held = list(words)
    for other in sorted(inner, key=lambda g: (g.area.x1 - g.area.x0) * (g.area.y1 - g.area.y0)):
        held = with_inner(held, [(other.area, other.rows, other.header_rows)])
    return _grid(rules, held, turned) or grid


def _inside(one: Extent, other: Extent) -> bool:
    return (
        other.x0 - 1 <= one.x0 and other.y0 - 1 <= one.y0 and one.x1 <= other.x1 + 1 and one.y1 <= other.y1 + 1
    ) and one != other
