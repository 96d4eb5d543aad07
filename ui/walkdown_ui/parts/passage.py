"""The text of a passage as HTML: shown exactly, with tables drawn as tables."""

import re
from itertools import groupby

from walkdown_ui.inert import as_html, visible

_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_RULE = re.compile(r"^[\s|:-]*-[\s|:-]*$")
_CELL_BORDER = re.compile(r"(?<!\\)\|")


def _cells(line: str) -> list[str]:
    match = _ROW.match(line)
    inner = match[1] if match else line
    return [cell.strip().replace("\\|", "|") for cell in _CELL_BORDER.split(inner)]


def _table(lines: list[str]) -> str:
    """Rows of a Markdown table as an HTML table; the rows above a rule are its header."""
    rule = next((i for i, line in enumerate(lines) if _RULE.match(line)), -1)
    rows = []
    for i, line in enumerate(lines):
        if i != rule:
            tag = "th" if i < rule else "td"
            rows.append("<tr>" + "".join(f"<{tag}>{as_html(cell)}</{tag}>" for cell in _cells(line)) + "</tr>")
    return f'<div class="wd-scroll"><table>{"".join(rows)}</table></div>'


def passage_html(text: str) -> str:
    """HTML of a passage's text. Every visible character of it is shown, save the bars and rules of tables."""
    parts = []
    for is_row, group in groupby(visible(text).split("\n"), key=lambda line: bool(_ROW.match(line))):
        lines = list(group)
        prose = "\n".join(lines).strip()
        if is_row:
            parts.append(_table(lines))
        elif prose:
            parts.append(f"<p>{as_html(prose)}</p>")
    return "".join(parts)
