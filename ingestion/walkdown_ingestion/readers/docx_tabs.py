"""Tables of a Word document that are paragraphs with tabs: Tag, Flow and Head, below them P-12, nothing and 22.

As text a blank cell is no more than a wide space, and 22 would stand as the flow.
"""

from collections.abc import Sequence

from walkdown_ingestion.table_headers import looks_like_value

_LEAST_TABS, _LEAST_ROWS = 2, 3


def may_be_row(text: str) -> bool:
    """True for one line that tabs cut into three cells and more."""
    return text.strip().count("\t") >= _LEAST_TABS and "\n" not in text.strip()


def tabbed_rows(lines: Sequence[str]) -> list[list[str]] | None:
    """The cells of paragraphs that follow each other; None where they are no clear table.

    Where the tabs of each line are as many as those of the names, none of them only makes room.
    """
    indent = min((len(line) - len(line.lstrip("\t")) for line in lines), default=0)
    rows = [[cell.strip() for cell in line[indent:].rstrip(" \n").split("\t")] for line in lines]
    if len(rows) < _LEAST_ROWS or len({len(row) for row in rows}) > 1:
        return None
    names, body = rows[0], rows[1:]
    if not all(names) or any(map(looks_like_value, names)) or len(set(names)) < len(names):
        return None
    return rows if all(any(map(looks_like_value, row[1:])) for row in body) else None
