"""The text of a passage as HTML: shown exactly, with tables drawn as tables.

Two forms of table rows occur: Markdown's `| a | b |`, and rows that carry their header, `Limit: 12.5 | Unit: MPa`.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from walkdown_ui.inert import as_html, visible

_BARRED = re.compile(r"^\s*\|(.*)\|\s*$")
_RULE = re.compile(r"^[\s|:-]*-[\s|:-]*$")
_BAR = re.compile(r"(?<!\\)\|")
_KEYED_CELL = re.compile(r"([^:]+): (.+)")


def _row(tag: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{as_html(cell)}</{tag}>" for cell in cells) + "</tr>"


def _drawn(rows: Sequence[str]) -> str:
    return f'<div class="wd-scroll"><table>{"".join(rows)}</table></div>'


def _barred_cells(line: str) -> list[str]:
    match = _BARRED.match(line)
    inner = match[1] if match else line
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(inner)]


def _barred_table(lines: Sequence[str]) -> str:
    """Rows of a Markdown table; the rows above a rule are its header."""
    rule = next((i for i, line in enumerate(lines) if _RULE.match(line)), -1)
    return _drawn([_row("th" if i < rule else "td", _barred_cells(line)) for i, line in enumerate(lines) if i != rule])


def _keyed_cells(line: str) -> dict[str, str] | None:
    """Values by column name of a row that carries its header; None when the line is no such row."""
    matches = [_KEYED_CELL.fullmatch(cell.strip()) for cell in line.split(" | ")]
    cells = {m[1].strip(): m[2].strip() for m in matches if m}
    return cells if len(cells) == len(matches) > 1 else None


def _keyed_table(lines: Sequence[str]) -> str:
    """Rows that carry their header, with the header once; a cell that a row lacks stays empty."""
    rows = [cells for line in lines if (cells := _keyed_cells(line)) is not None]
    names = list(dict.fromkeys(name for cells in rows for name in cells))
    return _drawn([_row("th", names), *(_row("td", [cells.get(name, "") for name in names]) for cells in rows)])


def _prose(lines: Sequence[str]) -> str:
    text = "\n".join(lines).strip()
    return f"<p>{as_html(text)}</p>" if text else ""


_DRAW = {"barred": _barred_table, "keyed": _keyed_table, "prose": _prose}


def _form(line: str) -> str:
    if _BARRED.match(line):
        return "barred"
    return "keyed" if _keyed_cells(line) else "prose"


def passage_html(text: str) -> str:
    """HTML of a passage's text. Every visible character is shown, save the bars, rules and repeated names of tables."""
    return "".join(_DRAW[form](list(lines)) for form, lines in groupby(visible(text).split("\n"), key=_form))
