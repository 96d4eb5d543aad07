"""The numbers behind a chart of a slide, as the chart shows them."""

import re
from typing import Any

from walkdown_ingestion.readers.xlsx_formats import display

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|general', re.IGNORECASE)
_DATED = re.compile(r"[ymdhs]", re.IGNORECASE)


def chart_rows(chart: Any) -> list[list[str]]:
    """The numbers behind a chart, one row for each category, from the values stored with it.

    The XML is read itself, because python-pptx does not know all kinds of charts.
    """
    names: list[str] = []
    columns: list[dict[int, str]] = []
    labels: dict[int, str] = {}
    for number, series in enumerate(chart._chartSpace.iter(f"{_C}ser"), 1):  # noqa: SLF001
        title = series.find(f"{_C}tx")
        names.append("".join(v.text or "" for v in title.iter(f"{_C}v")) if title is not None else f"Series {number}")
        for tag in ("cat", "xVal"):
            labels.update(_points(series.find(f"{_C}{tag}")))
        columns.append({**_points(series.find(f"{_C}val")), **_points(series.find(f"{_C}yVal"))})
    places = sorted({i for column in columns for i in column})
    rows = [[labels.get(i, str(i + 1)), *(column.get(i, "") for column in columns)] for i in places]
    return [["", *names], *rows] if rows else []


def _points(element: Any) -> dict[int, str]:
    """The stored points of a series by their number, in the format they are shown in."""
    points: dict[int, str] = {}
    shown = next((f.text or "" for f in element.iter(f"{_C}formatCode")), "") if element is not None else ""
    for point in element.iter(f"{_C}pt") if element is not None else ():
        index, value = point.get("idx", ""), point.findtext(f"{_C}v") or ""
        if index.isdigit() and len(index) < 6:
            points[int(index)] = _number(value, point.get("formatCode") or shown)
    return points


def _number(text: str, code: str) -> str:
    try:
        value = float(text)
    except ValueError:
        return text
    # Days and hours are counted from a date that is not told here.
    dated = _DATED.search(_LITERAL.sub("", code))
    return f"{value:.10g}" if dated or code.strip().casefold() in ("", "general") else display(value, code)
