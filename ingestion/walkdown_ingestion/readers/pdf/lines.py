"""The lines of a table without rules between its rows: which begin a row, and which go on with the cells above."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from walkdown_ingestion.forms import looks_like_tag
from walkdown_ingestion.readers.pdf.page import Extent, Page, Rule, Segment
from walkdown_ingestion.readers.pdf.rows import Row
from walkdown_ingestion.readers.pdf.spans import body_start
from walkdown_ingestion.table_headers import looks_like_value

COLONS = (":", "：")
_COLON = re.compile(r"\s*[:：]\s*$")
_WIDER = 0.3
"""By how much of the letters' size the gap between two rows is wider than that between the lines of a cell."""
_LEAST_GROUPS = 3
_SAME_GAP, _MOSTLY = 0.8, 0.8
_MOST_HEADER = 5
_SHORTENED = re.compile(r"(?:^|\s)[A-Za-z]{1,4}\.$")
_BROKEN = re.compile(r"\w[-–]$")
_TEXT_WORDS, _TEXT_CHARS = 3, 12
_FULL = 1.2
_OPEN = ("/", ",", "-", "–", "(", "+", "&")
_ENDS = (".", "!", "?", ":", ";", "。", "다")


def _separated(above: Extent, below: Extent, rules: Sequence[Rule]) -> bool:
    """True when a rule is drawn between two lines."""
    top, bottom = (above.y0 + above.y1) / 2, (below.y0 + below.y1) / 2
    return any(r.horizontal and top < r.y0 < bottom and r.x0 < below.x1 and r.x1 > below.x0 for r in rules)


def has_colon(row: Row) -> bool:
    """True when a row has a label that ends in a colon, or a colon of its own behind the label."""
    return any(s.text in COLONS or s.words[0].text in COLONS for s in row.segments) or bool(
        len(row.segments) > 1 and _COLON.search(row.segments[0].text)
    )


class TableLines:
    """The lines of a run: which begin a new row of the table, and which go on with the cells above."""

    def __init__(
        self, rows: Sequence[Row], cells: Sequence[Sequence[Segment]], placed: Sequence[Sequence[int]], page: Page
    ) -> None:
        self._rows, self._cells, self._placed, self._rules = rows, cells, placed, page.rules
        lined = [i for i, (a, b) in enumerate(pairwise(rows), 1) if _separated(a.area, b.area, page.rules)]
        self._by_rules = len(lined) >= 2 and len(lined) >= 0.25 * (len(rows) - 1) and not self._above_values(lined)
        self.header_end = self._header_lines() or self._close_header()
        colons = sum(map(has_colon, rows))
        self.by_colons = max(map(max, placed)) == 1 and colons >= 0.4 * sum(0 in p for p in placed)
        self._gap_of_rows = median(labelled) if (labelled := self._labelled_gaps()) else 0.0
        first = [
            c.x1 for row, place in zip(cells, placed, strict=True) for c, at in zip(row, place, strict=True) if at == 0
        ]
        self._edge = max(first, default=0.0)
        self._gap_at_rules = median(map(self._gap, lined)) if lined else 0.0
        self._bold_end = self._bold_lines()
        self._wide = self._wide_gap()

    def _above_values(self, lined: Sequence[int]) -> bool:
        """True for rules around names and units alone, below which each line holds values: these are no one row."""
        below = [sum(looks_like_value(cell.text) for cell in cells) for cells in self._cells[max(lined) :]]
        valued = sum(n > 1 for n in below) > len(below) / 2
        return valued and len(below) >= _LEAST_GROUPS and max(lined) <= _LEAST_GROUPS

    def _header_lines(self) -> int:
        """How many lines stand above the only rule inside the table, as in a table of three rules; 0 otherwise."""
        cuts = [i for i, (a, b) in enumerate(pairwise(self._rows), 1) if _separated(a.area, b.area, self._rules)]
        alone = len(cuts) == 1 or (len(cuts) > 1 and self._above_values(cuts))
        return cuts[0] if alone and cuts[0] <= 3 and len(self._rows) > cuts[0] + 1 else 0

    def _close_header(self) -> int:
        """How many lines of a header of several stand closer together than the rows below them; 0 otherwise.

        Names of more than one line (`Design / pressure / (barg)`) may be aligned at any height of their row.
        """
        height = body_start(self._cells)
        if not 1 < height <= _MOST_HEADER or len(self._rows) - height < _LEAST_GROUPS or self._by_rules:
            return 0
        inside = max(self._gap(i) for i in range(1, height))
        below = min(self._gap(i) for i in range(height, len(self._rows)))
        named = {c for placed in self._placed[:height] for c in placed}
        filled = {c for placed in self._placed[height:] for c in placed}
        closer = inside + _WIDER * self._rows[0].size < below
        return height if closer and filled <= named and len(named) > 2 else 0

    def _bold_lines(self) -> int:
        """How many lines at the top are set in bold, as names are, where the next is not."""
        bold = [row.bold for row in self._rows]
        height = bold.index(False) if False in bold else 0
        return height if height <= _MOST_HEADER and sum(bold[height:]) <= 0.5 * len(bold[height:]) else 0

    def _gap(self, i: int) -> float:
        return self._rows[i].area.y0 - self._rows[i - 1].area.y1

    def _labelled_gaps(self) -> list[float]:
        return [self._gap(i) for i in range(1, len(self._rows)) if 0 in self._placed[i]]

    def _wide_gap(self) -> float:
        """The least gap between two rows where gaps tell them apart: each group then has one line in the first column.

        Cells of several lines may be aligned at their middle or bottom; the label is then not on the first line.
        """
        gaps = sorted(self._gap(i) for i in range(1, len(self._rows)))
        wide = (b for a, b in reversed(list(pairwise(gaps))) if b - a >= _WIDER * self._rows[0].size)
        return next((gap for gap in wide if self._are_rows(gap)), 0.0)

    def _are_rows(self, wide: float) -> bool:
        """True when each group of lines between gaps so wide has one label, whose text may go on in a second line."""
        groups: list[int] = [0]
        for i, placed in enumerate(self._placed):
            if i and (self._gap(i) >= wide or i == self._bold_end):
                groups.append(0)
            groups[-1] += 0 in placed and not (groups[-1] and self._breaks_off(i, told=True))
        # At the end of a table a page may hold two rows; that they are is plain where the first line has no label.
        enough = len(groups) >= _LEAST_GROUPS or (len(groups) > 1 and 0 not in self._placed[0])
        return enough and set(groups) == {1}

    def _is_own(self, i: int, group: Sequence[int]) -> bool:
        """True for a line without a label that is a row of its own: as far from the others, a value below a value."""
        if self._gap(i) < _SAME_GAP * self._gap_of_rows or len(set(self._placed[i])) == 1:
            return False
        above = {c: cell for j in group for cell, c in zip(self._cells[j], self._placed[j], strict=True)}
        # Below the names of the columns, of which none is a value.
        headed = not any(looks_like_value(cell.text) for j in range(i) for cell in self._cells[j])
        return any(
            looks_like_value(cell.text) and (headed or (c in above and looks_like_value(above[c].text)))
            for cell, c in zip(self._cells[i], self._placed[i], strict=True)
        )

    def _begins(self, i: int, group: Sequence[int]) -> bool:
        row, placed = self._rows[i], self._placed[i]
        if i <= self.header_end:
            return i == self.header_end
        if i == self._bold_end:
            return True
        if self._by_rules:
            return _separated(self._rows[i - 1].area, row.area, self._rules) or self._is_unruled(i)
        if self.by_colons and 0 in placed:
            # A label without a colon close below another is its second line.
            wraps = 0 in self._placed[i - 1] and self._gap(i) <= 0.4 * row.size and not self._bolder(i)
            return has_colon(row) or not wraps
        if self._wide:
            return self._gap(i) >= self._wide
        if 0 in placed:
            goes_on = len(placed) == 1 and self._gap(i) < 0.45 * row.size and self._cells[i][0].text[:1].islower()
            return not (goes_on or self._breaks_off(i))
        return self._gap(i) > 0.9 * row.size or self._is_own(i, group)

    def _is_unruled(self, i: int) -> bool:
        """True for a row without a line above it, where lines part groups of rows or shade lies behind some only.

        It is as far from the row above as those that a line parts, with a label below a label, a value below a value.
        """
        above, own = (dict(zip(self._placed[j], self._cells[j], strict=True)) for j in (i - 1, i))
        if self._gap(i) < _SAME_GAP * self._gap_at_rules or not {0} < set(own) & set(above):
            return False
        tagged = looks_like_tag(above[0].text) and looks_like_tag(own[0].text)
        valued = any(looks_like_value(own[c].text) and looks_like_value(above[c].text) for c in own if c in above)
        return (tagged or valued) and len(own) >= _MOSTLY * len(above)

    def _breaks_off(self, i: int, *, told: bool = False) -> bool:
        """True when the label above is a text that had no room for the first word of this line, which holds no value.

        Sentences in all columns go on side by side; a row of values is one of its own, whatever its label is. Where
        gaps tell rows apart (`told`), a label may be short and the only value stand beside its second line.
        """
        labels = (
            c
            for k in (i - 1, i - 2)
            if k >= 0
            for c, at in zip(self._cells[k], self._placed[k], strict=True)
            if at == 0
        )
        above = next(labels, None)
        first = self._cells[i][0]
        if above is None or first.y0 - above.y1 > 0.45 * first.size or above.bold != first.bold:
            return False
        if _BROKEN.search(above.text) and not self._holds_value(i):
            # A tag broken at its hyphen.
            return True
        only = told and not any(looks_like_value(cell.text) for cell in self._cells[i - 1])
        if len(above.words) < (1 if told else _TEXT_WORDS) or (self._holds_value(i) and not only):
            return False
        room = self._edge - above.x1 - (first.words[0].x1 - first.words[0].x0)
        begun = above.text[:1].isalpha() if first.text[:1].isdigit() else not first.text[:1].isupper()
        if not first.text[:1].islower() and above.x1 < self._edge - _FULL * first.size:
            # Where no small letter tells, the line above must be a full one.
            return False
        if not told and not self._others_go_on(i):
            return False
        ended = above.text.endswith(_ENDS) and not _SHORTENED.search(above.text)
        return room < 0.5 * first.size and begun and not ended

    def _others_go_on(self, i: int) -> bool:
        """True when no other cell of a line stands below a short one: those that go on do so below a line of text."""
        above = dict(zip(self._placed[i - 1], self._cells[i - 1], strict=True))
        below = [above[c] for c in self._placed[i] if c and c in above]
        return all(len(cell.words) >= _TEXT_WORDS or len(cell.text) >= _TEXT_CHARS for cell in below)

    def _holds_value(self, i: int) -> bool:
        """True when a line holds a value that does not go on with what the line above left open: `80-62-6 /`."""
        above = dict(zip(self._placed[i - 1], self._cells[i - 1], strict=True))
        return any(
            looks_like_value(cell.text) and not (c in above and above[c].text.endswith(_OPEN))
            for cell, c in zip(self._cells[i], self._placed[i], strict=True)
        )

    def _bolder(self, i: int) -> bool:
        """True when the first cell differs in weight from the first cell above it."""
        above = next((self._cells[j][0] for j in range(i - 1, -1, -1) if 0 in self._placed[j]), None)
        return above is not None and above.bold != self._cells[i][0].bold

    def groups(self) -> list[list[int]]:
        """Indices of the lines of each row of the table."""
        groups: list[list[int]] = []
        for i in range(len(self._rows)):
            if groups and not self._begins(i, groups[-1]):
                groups[-1].append(i)
            else:
                groups.append([i])
        return groups
