"""The numbers behind a chart of Word, a slide or a sheet, as the chart shows them, under the names of its axes."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH, from_excel

from walkdown.documents import Box
from walkdown.text.units import is_unit
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.readers.xlsx_formats import display

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|general', re.IGNORECASE)
_DATED = re.compile(r"[ymdhs]", re.IGNORECASE)
_LEVELS = 2
_ACROSS = ("b", "t")
_SHEET = re.compile(r"'?(?P<name>[^!]+?)'?!")


class Series(NamedTuple):
    """A line or a row of bars: its name, the titles of its axes, its points by their numbers."""

    name: str
    across: str
    up: str
    labels: dict[int, str]
    values: dict[int, str]


def append_chart(root: Any, builder: BlockBuilder, boxes: Iterable[Box] = (), *, numbers: bool = True) -> None:
    """The title of a chart and, unless they stand elsewhere, its numbers.

    Series that share their labels, as bars do, are the columns of one table. Points of curves with places of their own
    are not: each curve is a table.
    """
    write_chart(_title(root.find(f"{_C}chart")), _series(root), builder, boxes, numbers=numbers)


def write_chart(
    title: str, series: Sequence[Series], builder: BlockBuilder, boxes: Iterable[Box] = (), *, numbers: bool = True
) -> None:
    """Append the title of a chart and, unless they stand elsewhere, the numbers of its series."""
    boxes = tuple(boxes)
    axes = ", ".join(dict.fromkeys(name for one in series for name in (one.across, one.up) if name))
    if not numbers:
        builder.caption(f"{title} ({axes})" if title and axes else title or axes, boxes)
        return
    builder.caption(title, boxes)
    shared: list[list[Series]] = []
    for one in series:
        group = next((g for g in shared if g[0].labels == one.labels and g[0].across == one.across), None)
        if group is None:
            shared.append([one])
        else:
            group.append(one)
    for group in shared:
        rows, header = _rows(group)
        builder.table(rows, header, boxes)


def sheets_of(root: Any) -> set[str]:
    """The names of the sheets whose cells a chart shows."""
    places = (_SHEET.match((element.text or "").strip("()")) for element in root.iter(f"{_C}f"))
    return {place["name"].replace("''", "'") for place in places if place is not None}


def _rows(group: list[Series]) -> tuple[list[list[str]], int]:
    """One row for each label, below the names; the title of the upright axis is their unit, or stands above them."""
    places = sorted({i for one in group for i in one.values})
    labels = group[0].labels
    rows = [[labels.get(i, str(i + 1)), *(one.values.get(i, "") for one in group)] for i in places]
    names = [group[0].across, *(one.name for one in group)]
    titles = [one.up if one.up.casefold() not in one.name.casefold() else "" for one in group]
    if not rows or not any(titles):
        return ([names, *rows] if rows else []), 1
    if all(is_unit(title) for title in titles if title):
        return [names, ["", *titles], *rows], 2
    return [[group[0].across, *titles], names, *rows], 2


def _series(root: Any) -> list[Series]:
    """The series of a chart. The XML is read itself, because python-pptx does not know all kinds of charts."""
    found = []
    old = root.find(f"{_C}date1904")
    epoch = CALENDAR_MAC_1904 if old is not None and old.get("val", "1") in ("1", "true") else WINDOWS_EPOCH
    for number, series in enumerate(root.iter(f"{_C}ser"), 1):
        named = series.find(f"{_C}tx")
        name = clean_line("".join(v.text or "" for v in named.iter(f"{_C}v"))) if named is not None else ""
        across, up = _axes(root, series.getparent())
        labels, values = ({**_points(series.find(f"{_C}{a}"), epoch), **_points(series.find(f"{_C}{b}"), epoch)}
                          for a, b in (("cat", "xVal"), ("val", "yVal")))  # fmt: skip
        found.append(Series(name or f"Series {number}", across, up, labels, values))
    labels = next((one.labels for one in found if one.labels), {})
    return [one if one.labels else one._replace(labels=labels) for one in found]


def _axes(root: Any, plot: Any) -> tuple[str, str]:
    """The titles of the axes of a plot: the one of its labels, the one of its values."""
    own = {axis.get("val") for axis in plot.findall(f"{_C}axId")}
    across = up = ""
    for axis in root.iter(f"{_C}catAx", f"{_C}dateAx", f"{_C}valAx"):
        place, position = axis.find(f"{_C}axId"), axis.find(f"{_C}axPos")
        if place is None or place.get("val") not in own:
            continue
        scattered = plot.tag in (f"{_C}scatterChart", f"{_C}bubbleChart")
        lies = position is not None and position.get("val") in _ACROSS if scattered else axis.tag != f"{_C}valAx"
        across, up = (_title(axis) or across, up) if lies else (across, _title(axis) or up)
    return across, up


def _title(element: Any) -> str:
    """The title of a chart or an axis: what is typed in, or the cell it names."""
    title = element.find(f"{_C}title") if element is not None else None
    if title is None:
        return ""
    paragraphs = ("".join(t.text or "" for t in p.iter(f"{_A}t")) for p in title.iter(f"{_A}p"))
    return clean_line(" ".join(paragraphs)) or clean_line(" ".join(v.text or "" for v in title.iter(f"{_C}v")))


def _points(element: Any, epoch: dt.datetime) -> dict[int, str]:
    """The stored points of a series by their number, in the format they are shown in.

    Labels in several levels, of which the outer ones reach over the next (`2024`: `Q1`, `Q2`), are joined.
    """
    if element is None:
        return {}
    shown = next((f.text or "" for f in element.iter(f"{_C}formatCode")), "")
    levels = [_level(level, shown, epoch) for level in element.iter(f"{_C}lvl")]
    if len(levels) < _LEVELS:
        return _level(element, shown, epoch)
    points = {}
    for i in levels[0]:
        over = (next((level[at] for at in sorted(level, reverse=True) if at <= i), "") for level in levels[:0:-1])
        points[i] = " ".join(part for part in (*over, levels[0][i]) if part)
    return points


def _level(element: Any, shown: str, epoch: dt.datetime) -> dict[int, str]:
    points: dict[int, str] = {}
    for point in element.iter(f"{_C}pt"):
        index, value = point.get("idx", ""), point.findtext(f"{_C}v") or ""
        if index.isdigit() and len(index) < 6:
            points[int(index)] = _number(value, point.get("formatCode") or shown, epoch)
    return points


def _number(text: str, code: str, epoch: dt.datetime) -> str:
    try:
        value = float(text)
        if code.strip().casefold() in ("", "general"):
            return f"{value:.10g}"
        return display(from_excel(value, epoch) if _DATED.search(_LITERAL.sub("", code)) else value, code)
    except (ValueError, OverflowError):
        return text
