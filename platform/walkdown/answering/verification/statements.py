"""A passage as statements: table rows, steps and sentences, each with its clauses or cells and where it stands.

Checks look at the statement that carries a claim and not at the whole passage: a number of a neighbouring row stands
in the passage too.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from walkdown.text.concepts import sides
from walkdown.text.sentences import NOT_ABBREVIATED

_STEP = re.compile(r"^\s*(?:(?P<number>\d{1,2})[.)]|[-*•·○▪])\s+")
_SENTENCE = re.compile(rf".+?(?:{NOT_ABBREVIATED}[.!?](?=\s)|[。！？]|$)", re.DOTALL)
_NOUN_END = "[경최창사권참비동장관]"
"""Syllables with which `고` ends a noun (`경고 30`, `최고 온도`, `창고`, `냉동고`) and joins no clauses."""
_CLAUSE_GAP = re.compile(
    r"[,;:.。、，；](?=\s|$)|(?<=[。、，；])|\s(?=(?:and|but|then|while|whereas|because|unless|until|or)\s)|"
    rf"(?<=[가-힣][고며])(?<!{_NOUN_END}고)(?<!고고)\s|(?<=이면)\s|(?<=[으하되지]면)\s(?!안\s?[되된됩돼]|[되된됩돼]|좋)|(?<=지만)\s|(?<=는데)\s|(?<=거나)\s|\n"
)
_BETWEEN = re.compile(r"\b(?:both|between)\s[^,;.|]{1,40}?\sand(?=\s)", re.IGNORECASE)
"""Its `and` joins no clauses."""
_CELL = re.compile(r"^(?P<label>[^:|]{1,60}): (?P<value>.+)$", re.DOTALL)
_SLASH = re.compile(r"\s/\s")
_PAIR = 2
_AMOUNTS = re.compile(r"[-−+±<>≤≥]?\d[\d.,]*\s?[^\d/]{0,6}/\s?[-−+±<>≤≥]?\d[\d.,]*\s?\S{0,8}")
_IN_UNIT = re.compile(r"\s*(?:\([^()]*\)|\[[^\]]*\]|,[^,]*)$")


class Part(NamedTuple):
    """A clause of a sentence or a cell of a row: its characters in the passage, its text and what labels it."""

    start: int
    end: int
    text: str
    label: str = ""


class Statement(NamedTuple):
    """One statement of a passage. `start`, `end` are character offsets; `step` is its number in a list."""

    start: int
    end: int
    text: str
    kind: Literal["row", "step", "sentence"]
    parts: tuple[Part, ...]
    step: int | None = None


def clauses(text: str, offset: int = 0) -> tuple[Part, ...]:
    """The clauses of a sentence with their offsets."""
    out, at = [], 0
    joined = [m.span() for m in _BETWEEN.finditer(text)]
    for gap in _CLAUSE_GAP.finditer(text):
        if any(a <= gap.start() < b for a, b in joined):
            continue
        if text[at : gap.start()].strip():
            out.append(Part(offset + at, offset + gap.start(), text[at : gap.start()]))
            at = gap.end()
    if text[at:].strip():
        out.append(Part(offset + at, offset + len(text), text[at:]))
    return tuple(out)


def _cells(line: str, offset: int) -> list[Part]:
    out, at = [], 0
    for cell in line.split(" | "):
        match = _CELL.match(cell.strip("| "))
        label = match["label"].strip() if match else ""
        out.append(Part(offset + at, offset + at + len(cell), cell, label))
        at += len(cell) + 3
    return out


def value_of_cell(part: Part) -> str:
    """The text of a cell without its label."""
    match = _CELL.match(part.text.strip("| "))
    return match["value"] if match else part.text


def _paired(cells: list[Part]) -> list[Part]:
    """Cells where `경보 / 트립 | 85 ℃ / 95 ℃` names two values: each value under its own name."""
    names = next(
        (c for c in cells if len(_SLASH.split(value_of_cell(c))) > 1 and not re.search(r"\d", value_of_cell(c))), None
    )
    if names is None:
        return cells
    labels = _SLASH.split(value_of_cell(names))
    # "Bearing temperature, alarm / trip": the words before the first name belong to both.
    shared = labels[0].strip().rpartition(" ")[0]
    labels = [labels[0], *(f"{shared} {label}" for label in labels[1:])]
    out: list[Part] = []
    for cell in cells:
        values = _SLASH.split(cell.text)
        if cell is names or len(values) != len(labels):
            out.append(cell)
            continue
        at = cell.start
        for label, value in zip(labels, values, strict=True):
            out.append(Part(at, at + len(value), value, f"{cell.label} {label}"))
            at += len(value) + 3
    return out


def _row(line: str, offset: int) -> Statement:
    cells = [part for cell in _paired(_cells(line, offset)) for part in _under_two(cell)]
    return Statement(offset, offset + len(line), line, "row", tuple(cells))


def _under_two(cell: Part) -> list[Part]:
    """The values of a cell under a heading of as many names, each under its own: `GT1 alarm / trip: 70 / 85 °C`."""
    value = value_of_cell(cell)
    names, values = _SLASH.split(cell.label), _SLASH.split(value)
    if len(names) == 1 and _are_sides(cell.label.split("/")) and _AMOUNTS.fullmatch(value):
        names, values = cell.label.split("/"), re.split(r"/", value)
    if len(names) == 1 or len(names) != len(values):
        return [cell]
    shared = names[0].strip().rpartition(" ")[0]
    # `경보 / 트립 (°C)`: the unit is that of both.
    unit = match.group() if (match := _IN_UNIT.search(names[-1])) else ""
    out, at = [], cell.start + cell.text.rindex(value)
    for i, (name, text) in enumerate(zip(names, values, strict=True)):
        label = f"{shared} {name}".strip() if i else name.strip()
        out.append(Part(at, at + len(text), text, label if label.endswith(unit) else f"{label}{unit}"))
        at = cell.text.find(values[i + 1], at + len(text) - cell.start) + cell.start if i + 1 < len(values) else at
    return out


def _are_sides(names: Sequence[str]) -> bool:
    """True for the two names of a pair of opposites: `경보/트립`, `min/max`."""
    if len(names) != _PAIR:
        return False
    one, other = (sides(name) for name in names)
    return any(side != "both" and other.get(pair, side) not in (side, "both") for pair, side in one.items())


def _prose(line: str, offset: int) -> list[Statement]:
    out = []
    for match in _SENTENCE.finditer(line):
        text = match.group()
        if text.strip():
            start = offset + match.start()
            out.append(Statement(start, start + len(text), text, "sentence", clauses(text, start)))
    return out


@lru_cache(maxsize=2048)
def split_statements(text: str) -> tuple[Statement, ...]:
    """The statements of a passage in order."""
    out: list[Statement] = []
    for match in re.finditer(r"[^\n]+", text):
        line, offset = match.group(), match.start()
        step = _STEP.match(line)
        if " | " in line:
            out.append(_row(line, offset))
        elif step:
            body, at = line[step.end() :], offset + step.end()
            number = int(step["number"]) if step["number"] else None
            out.append(Statement(at, at + len(body), body, "step", clauses(body, at), number))
        elif line.strip():
            out += _prose(line, offset)
    return tuple(out)
