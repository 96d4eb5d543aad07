"""Titles of drawn tables that stand side by side: each belongs to the table below it, not to the line they make."""

from collections.abc import Iterator, Sequence

from walkdown_ingestion.readers.pdf.aligned import MARKER
from walkdown_ingestion.readers.pdf.page import Extent, Segment
from walkdown_ingestion.readers.pdf.ruled import Grid
from walkdown_ingestion.readers.pdf.text import Element

_ABOVE = 1.2
"""How far above its table a title ends at most, in heights of a line."""
_SLACK = 3.0
_BESIDE, _LEAST = 0.5, 2


class Titled:
    """The tables of a page, those beside others together with their titles."""

    def __init__(self, tables: Sequence[Grid], loose: Sequence[Segment]) -> None:
        found = [
            (table, _title(table, loose) if any(_are_beside(table, other) for other in tables) else None)
            for table in tables
        ]
        # One title above one of two tables is as likely that of both; headings in columns stand at other heights.
        heights = [title.y0 for _, title in found if title is not None]
        level = {at for at in heights if sum(abs(at - other) <= _SLACK for other in heights) >= _LEAST}
        found = [(table, title if title is not None and title.y0 in level else None) for table, title in found]
        self._titles = {_with(table, title): title for table, title in found if title is not None}
        held = list(self._titles.values())
        self.tables = [table if title is None else table._replace(area=_with(table, title)) for table, title in found]
        self.loose = [s for s in loose if not any(s is title for title in held)]

    def written(self, parts: Sequence[Element | Grid]) -> Iterator[Element | Grid]:
        """The parts of a page with each title before its table."""
        for part in parts:
            title = self._titles.get(part.area) if isinstance(part, Grid) else None
            if title is not None:
                area = Extent(title.x0, title.y0, title.x1, title.y1)
                yield Element("text", title.text, (area,), title.size, title.bold, alone=True)
            yield part


def _with(table: Grid, title: Segment) -> Extent:
    return table.area._replace(y0=title.y0)


def _are_beside(table: Grid, other: Grid) -> bool:
    one, two = table.area, other.area
    shared = min(one.y1, two.y1) - max(one.y0, two.y0)
    apart = one.x1 < two.x0 or two.x1 < one.x0
    return other is not table and apart and shared > _BESIDE * min(one.y1 - one.y0, two.y1 - two.y0)


def _title(table: Grid, loose: Sequence[Segment]) -> Segment | None:
    """The only text right above a table and no wider than it."""
    area = table.area
    above = [s for s in loose if -_SLACK < area.y0 - s.y1 < _ABOVE * s.size and s.x0 < area.x1 and s.x1 > area.x0]
    if (
        len(above) != 1
        or MARKER.fullmatch(above[0].words[0].text)
        or above[0].x0 < area.x0 - _SLACK
        or above[0].x1 > area.x1 + _SLACK
    ):
        return None
    title = above[0]
    # The last line of a paragraph is no title.
    over = (s for s in loose if s.x0 < title.x1 and s.x1 > title.x0 and s.y0 < title.y0 - _SLACK)
    return None if any(title.y0 - s.y1 < _BESIDE * title.size for s in over) else title
