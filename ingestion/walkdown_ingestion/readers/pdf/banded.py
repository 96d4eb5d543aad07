"""Tables with lines between their rows and none between columns, whose cells stand in the middle or at the bottom.

The lines of a cell then stand at other heights than the label beside them. Told by their heights alone, rows would be
torn and a limit lost its name; the drawn lines say what one row is. Tables whose cells begin at one height read well.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from statistics import mean

from walkdown_ingestion.readers.pdf.cells import cell_text, word_lines
from walkdown_ingestion.readers.pdf.implied import MOST_LINES, joined_lines
from walkdown_ingestion.readers.pdf.page import Extent, Page, Rule, Word
from walkdown_ingestion.readers.pdf.ruled import Grid, bold_header

_SAME = 2.0
_LEAST_RULES, _LEAST_COLUMNS = 3, 2
_GAP = 0.9
"""Least width of the white between two columns, in heights of a line; words of a cell are closer in some row."""
_STEP = 0.5
"""Difference of the heights at which cells begin, in heights of a line, from which they are not aligned at the top."""
_BESIDE = 1.2
"""How far above the first rule, in heights of a line, the names of the columns end."""
_MEAN_CHARS, _MOST_CHARS = 45, 200
_FILLED = 0.6

Band = list[Word]
Edges = list[tuple[float, float]]


def banded_tables(page: Page, tables: Sequence[Grid]) -> list[Grid]:
    """The tables of a page that only lines between their rows draw, where those lines are needed to read them."""
    across = [r for r in page.rules if r.horizontal and not any(_in(t.area, r) for t in tables)]
    down = [r for r in page.rules if not r.horizontal]
    words = [word for segment in page.segments for word in segment.words]
    lines = joined_lines(across)
    if len(lines) > MOST_LINES:
        return []
    alone = (r for r in _runs(lines) if not any(_meets(r, o) for o in (*down, *(one for one in lines if one not in r))))
    return [grid for grid in (_grid(run, words) for run in alone) if grid is not None]


def _in(area: Extent, rule: Rule) -> bool:
    return area.holds(rule.x0, rule.y0, _SAME) and area.holds(rule.x1, rule.y0, _SAME)


def _runs(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Lines of one length below each other."""
    held: list[list[Rule]] = []
    for rule in rules:
        run = next((h for h in held if abs(h[0].x0 - rule.x0) <= _SAME and abs(h[0].x1 - rule.x1) <= _SAME), None)
        if run is None:
            held.append([rule])
        elif rule.y0 - run[-1].y0 > _SAME:
            run.append(rule)
    yield from (run for run in held if len(run) >= _LEAST_RULES)


def _meets(run: Sequence[Rule], rule: Rule) -> bool:
    """True for another line between those of a run, which parts what they do not."""
    inside = rule.x0 <= run[0].x1 + _SAME and rule.x1 >= run[0].x0 - _SAME
    return inside and rule.y0 <= run[-1].y0 + _SAME and rule.y1 >= run[0].y0 - _SAME


def _grid(run: Sequence[Rule], words: Sequence[Word]) -> Grid | None:
    inside = [w for w in words if run[0].x0 - _SAME <= w.middle[0] <= run[0].x1 + _SAME]
    bands = [[w for w in inside if a.y0 < w.middle[1] < b.y0] for a, b in pairwise(run)]
    if not all(bands):
        return None
    height = mean(w.y1 - w.y0 for band in bands for w in band)
    edges = _columns([w for band in bands for w in band], _GAP * height)
    if len(edges) < _LEAST_COLUMNS or not any(_is_uneven(band, edges, height) for band in bands):
        return None
    if sum(_holds_rows(band, edges, height) for band in bands) * 3 > len(bands):
        return None
    names = [w for w in inside if run[0].y0 - (1 + _BESIDE) * height < w.middle[1] < run[0].y0]
    if _are_cells(names, bands, len(edges), height):
        bands = [names, *bands]
    last = _below([w for w in inside if w.middle[1] > run[-1].y0], bands, run[-1].y0, height)
    if _are_cells(last, bands, len(edges), height):
        bands = [*bands, last]
    edges = _columns([w for band in bands for w in band], _GAP * height)
    cells = [[cell_text(part) for part in _cut(band, edges)] for band in bands]
    if not _is_table(cells):
        return None
    top, bottom = min(w.y0 for w in bands[0]), max(run[-1].y0, *(w.y1 for w in bands[-1]))
    extents = [Extent(run[0].x0, min(w.y0 for w in band), run[0].x1, max(w.y1 for w in band)) for band in bands]
    area = Extent(run[0].x0, min(top, run[0].y0), run[0].x1, bottom)
    return Grid(area, cells, extents, header_rows=bold_header(bands), columns=tuple(edges))


def _below(words: Sequence[Word], bands: Sequence[Band], edge: float, height: float) -> list[Word]:
    """The lines right below a rule that leave the columns as they are: a last row without a line below it."""
    held = [w for band in bands for w in band]
    count = len(_columns(held, _GAP * height))
    out: list[Word] = []
    for line in word_lines(words):
        if min(w.y0 for w in line) - edge > _BESIDE * height or len(_columns([*held, *line], _GAP * height)) != count:
            break
        out += line
        edge = max(w.y1 for w in out)
    return out


def _columns(words: Sequence[Word], gap: float) -> Edges:
    """The stretches that hold words, apart by white that runs down all rows."""
    edges: Edges = []
    for word in sorted(words, key=lambda w: w.x0):
        if edges and word.x0 - edges[-1][1] < gap:
            edges[-1] = (edges[-1][0], max(edges[-1][1], word.x1))
        else:
            edges.append((word.x0, word.x1))
    return edges


def _cut(band: Sequence[Word], edges: Edges) -> list[list[Word]]:
    """The words of a band by the column that is nearest to their middle."""
    cells: list[list[Word]] = [[] for _ in edges]
    for word in band:
        at = min(range(len(edges)), key=lambda i: max(edges[i][0] - word.middle[0], word.middle[0] - edges[i][1]))
        cells[at].append(word)
    return cells


def _is_uneven(band: Sequence[Word], edges: Edges, height: float) -> bool:
    """True for cells with more and fewer lines that do not begin at one height."""
    cells = [cell for cell in _cut(band, edges) if cell]
    counts = Counter(len(word_lines(cell)) for cell in cells)
    tops = [min(w.y0 for w in cell) for cell in cells]
    return len(counts) > 1 and max(tops) - min(tops) > _STEP * height


def _holds_rows(band: Band, edges: Edges, height: float) -> bool:
    """True for lines at the same heights in two cells: rows below each other, with one label for all of them."""
    cells = [[mean(w.middle[1] for w in line) for line in word_lines(cell)] for cell in _cut(band, edges)]
    return any(
        len(one) == len(other) > 1 and all(abs(a - b) < _STEP * height for a, b in zip(one, other, strict=True))
        for one, other in combinations(cells, 2)
    )


def _are_cells(words: Sequence[Word], bands: Sequence[Band], count: int, height: float) -> bool:
    """True for words that leave the columns as many as they are and stand in most of them."""
    edges = _columns([*words, *(w for band in bands for w in band)], _GAP * height)
    return len(edges) == count and sum(map(bool, _cut(words, edges))) >= max(_LEAST_COLUMNS, _FILLED * count)


def _is_table(cells: Sequence[Sequence[str]]) -> bool:
    """True for short cells of which most rows have several: text between lines of a page is none."""
    filled = [cell for row in cells for cell in row if cell]
    full = sum(sum(map(bool, row)) >= _LEAST_COLUMNS for row in cells)
    short = mean(map(len, filled)) <= _MEAN_CHARS and max(map(len, filled)) <= _MOST_CHARS
    return short and full >= _FILLED * len(cells) and sum(bool(row[0]) for row in cells) >= _FILLED * len(cells)
