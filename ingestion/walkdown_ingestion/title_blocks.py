"""The block at the head of a page: company and title merged down its height, number, revision and date beside them.

    | SAEHAN | Operating instruction  | Doc. No. | SE-OI-4101 |
    |        | Feedwater pump P-4101  | Rev.     | B2         |

Its first row names no columns. Read as a header it would say `Doc. No.: Rev.` and `SE-OI-4101: B2`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_LABEL = re.compile(
    r"(?:(?:doc(?:ument)?|procedure|sop|form|std|standard|file|contract|project|job)\.?\s*(?:no|number|id|code)\.?|document|"
    r"rev(?:ision|\.)?(?:\s*(?:no|number)\.?)?|version|issue(?:\s*no\.?)?|(?:(?:rev(?:ision|\.)?|issue|version)\s*/\s*)?date|status|department|dept\.?|owner|(?:document\s+)?title|subject|"
    r"(?:issue|issued|effective|revision|rev\.|review|approval|print)\s*date|date\s+of\s+issue|next\s+review|"
    r"(?:prepared|written|checked|reviewed|approved|issued)(?:\s+by)?|pages?|page\s*no\.?|sheets?|"
    r"(?:문\s*서|표\s*준|관\s*리|절\s*차\s*서|양\s*식)\s*(?:번\s*호|코\s*드|no\.?)|(?:개\s*정|제\s*정|시\s*행|작\s*성|발\s*행|승\s*인)\s*"
    r"(?:일(?:\s*자)?|번\s*호|차\s*수|자)?|페\s*이\s*지|(?:제\s*목|문\s*서\s*명|절\s*차\s*서\s*명)|쪽(?:\s*수)?|(?:담당|작성|주관)\s*부서|작\s*성\s*자|검\s*토\s*자?|승\s*인\s*자?|"
    r"文書番号|改訂(?:番号|日)?|施行日|制定日|頁|文件编号|版本号?|版次|生效日期|页码|页次|código|revisión|fecha|página)"
    r"\s*[:：]?",
    re.IGNORECASE,
)
"""Fields in which a document tells of itself."""
_STATED = re.compile(rf"(?:{_LABEL.pattern})\s*(?:[:：]\s*|\s)(?=\S*\d|[A-Z](?![\w]))\S.{{0,60}}", re.IGNORECASE)
"""Such a field with its value in one cell: `Rev. 3`."""
_MIN_ROWS, _MAX_ROWS, _MAX_CELLS = 2, 8, 10


class TitleBlock(NamedTuple):
    """Its rows of two cells (equal ones for text across), of which given row each is, and the texts across."""

    rows: list[list[str]]
    sources: list[int]
    texts: list[str]


def title_block(grid: Sequence[Sequence[str]]) -> TitleBlock | None:
    """A table as a title block; None for what is none. Merged cells stand in each row, or in the first only."""
    plain = [n for n, row in enumerate(grid) if any(row)]
    if not _MIN_ROWS <= len(plain) <= _MAX_ROWS or not 3 <= len(grid[plain[0]]) <= _MAX_CELLS:
        return None
    crowned = len(set(grid[plain[0]])) == 1
    if not crowned and not _has_merged_text([grid[n] for n in plain]):
        return None
    found: list[tuple[int, str, str]] = []
    for n, above in zip(plain, [None, *plain], strict=False):
        for label, value in _parts(grid[n], grid[above] if above is not None else ()):
            found += [(n, *pair) for pair in _singly(label, value)]
    fields = [n for n, label, value in found if label != value or _STATED.fullmatch(label)]
    texts = [label for _, label, value in found if label == value and not _STATED.fullmatch(label)]
    # Each row tells something of the document, and what is no field is its name and whose it is.
    if set(fields) != set(plain[crowned:]) or not 1 <= len(texts) <= len(plain) + 1 or len(texts) > len(fields):
        return None
    if crowned and len(texts) > 1:
        return None
    return TitleBlock([[label, value] for _, label, value in found], [n for n, _, _ in found], texts)


def states_field(text: str) -> bool:
    """True for a field in which a document tells of itself together with its value: `Rev. 3`."""
    return _STATED.fullmatch(text) is not None


def name_in(rows: Sequence[Sequence[str]]) -> str:
    """The name of the document in the rows of a title block, "" in those of any other table.

    The first of several texts says whose the document is.
    """
    if not any(len(row) == 2 and _LABEL.fullmatch(row[0]) for row in rows):
        return ""
    texts = [row[0] for row in rows if len(row) == 2 and row[0] == row[1] and not _STATED.fullmatch(row[0])]
    return " ".join(texts[1:] or texts)


def _has_merged_text(rows: Sequence[Sequence[str]]) -> bool:
    """True when a text that is no field stands beside all rows, as a name does."""
    for column in zip(*rows, strict=True):
        text = column[0]
        if text and not _LABEL.fullmatch(text) and not _STATED.fullmatch(text) and _is_one(column) and _is_name(text):
            return True
    return False


def _is_one(column: Sequence[str]) -> bool:
    return set(column[1:]) <= {column[0]} or not any(column[1:])


def _is_name(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", text)) and not text.endswith((":", "："))


def _singly(label: str, value: str) -> list[tuple[str, str]]:
    """Two fields of one cell one by one: `Rev. / Date` with `B2 / 12-Feb-2025`."""
    labels, values = (re.split(r"\s*/\s*" if one is label else r"\s+/\s+", one) for one in (label, value))
    if label != value and len(labels) == len(values) > 1 and all(map(_LABEL.fullmatch, labels)):
        return list(zip(labels, values, strict=True))
    return [(label, value)]


def _parts(row: Sequence[str], above: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Fields with their values and other texts, each twice; what is merged with the row above is of that one."""
    at = 0
    while at < len(row):
        cell, end = row[at], at + 1
        while end < len(row) and row[end] == cell:
            end += 1
        following = row[end] if end < len(row) else ""
        if _LABEL.fullmatch(cell):
            if following and not _LABEL.fullmatch(following):
                yield cell, following
                end += 1
                while end < len(row) and row[end] == following:
                    end += 1
            elif not following:
                yield cell, ""
        elif cell and not (above and cell == above[at]):
            yield cell, cell
        at = end
