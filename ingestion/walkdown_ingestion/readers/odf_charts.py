"""Charts of OpenDocument files: each is a document of its own in the package, with its numbers in a table."""

import re
from typing import Any

from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.readers.charts import Series
from walkdown_ingestion.readers.odf_tables import sheet_cells
from walkdown_ingestion.readers.package import Package

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _CHART = (f"{{{_URN}{part}:1.0}}" for part in ("text", "table", "chart"))
_HREF = "{http://www.w3.org/1999/xlink}href"
_RANGE = re.compile(
    r"[^.]*\.\$?(?P<column>[A-Z]{1,3})\$?(?P<first>\d{1,6})(?::[^.]*\.\$?[A-Z]{1,3}\$?(?P<last>\d{1,6}))?"
)

Cells = dict[int, dict[int, tuple[str, str]]]


def chart_at(place: Any, package: Package) -> Any:
    """The chart that a place in a document names, None where it is something else."""
    part = f"{str(place.get(_HREF, '')).removeprefix('./').rstrip('/')}/content.xml"
    return next(package.xml(part).iter(f"{_CHART}chart"), None) if part in package else None


def chart_title(chart: Any) -> str:
    """The title of a chart or an axis."""
    title = chart.find(f"{_CHART}title")
    return clean_line(" ".join("".join(p.itertext()) for p in title)) if title is not None else ""


def chart_series(chart: Any) -> list[Series]:
    """The lines or bars of a chart with their points."""
    table = chart.find(f"{_TABLE}table")
    cells: Cells = dict(sheet_cells(table)) if table is not None else {}
    axes = {axis.get(f"{_CHART}name", ""): axis for axis in chart.iter(f"{_CHART}axis")}
    across = next((axis for name, axis in axes.items() if name.endswith("-x")), None)
    named = next((c.get(f"{_TABLE}cell-range-address") for c in chart.iter(f"{_CHART}categories")), "")
    found = []
    for number, series in enumerate(chart.iter(f"{_CHART}series"), 1):
        domain = series.find(f"{_CHART}domain")
        labels = _points(domain.get(f"{_TABLE}cell-range-address") if domain is not None else named, cells)
        axis = axes.get(series.get(f"{_CHART}attached-axis", "primary-y"))
        found.append(
            Series(
                _points(series.get(f"{_CHART}label-cell-address", ""), cells).get(0) or f"Series {number}",
                chart_title(across) if across is not None else "",
                chart_title(axis) if axis is not None else "",
                labels,
                _points(series.get(f"{_CHART}values-cell-range-address", ""), cells),
            )
        )
    return found


def _points(address: str | None, cells: Cells) -> dict[int, str]:
    """The filled cells of a column by their number in it."""
    place = _RANGE.match(address or "")
    if place is None:
        return {}
    column = 0
    for letter in place["column"]:
        column = 26 * column + ord(letter) - 64
    first = int(place["first"])
    rows = (row for row in cells if first <= row <= int(place["last"] or first))
    return {row - first: cells[row][column][0] for row in rows if column in cells[row]}
