"""Words inside a rectangle to text: grouped in visual lines from top to bottom, each from left to right."""

import re
from collections.abc import Iterable, Sequence

from walkdown.text.units import is_unit
from walkdown_ingestion.clean import upright_word
from walkdown_ingestion.joining import join_lines
from walkdown_ingestion.readers.pdf.page import Word

_NUMBER = re.compile(r"[<>≤≥±~+\-−]?\s?\d[\d.,]*(?:\s?[^\d\s:/.,-]\S{0,7})?")
"""A number, no date and no time of day."""


def word_lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words grouped in lines: a word belongs to the line whose height it overlaps by half."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.y0 + w.y1, w.x0)):
        line = lines[-1] if lines else []
        if line and _overlap(word, line) > 0.5 * min(word.y1 - word.y0, min(w.y1 - w.y0 for w in line)):
            line.append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.x0) for line in lines]


def _overlap(word: Word, line: Sequence[Word]) -> float:
    top, bottom = min(w.y0 for w in line), max(w.y1 for w in line)
    return min(word.y1, bottom) - max(word.y0, top)


def cell_text(words: Iterable[Word]) -> str:
    """The text of a cell in one line."""
    return join_cell([" ".join(word.text for word in line) for line in word_lines(words)]).replace("\n", " ")


def join_cell(lines: Sequence[str]) -> str:
    """The lines of a cell in one: numbers below each other stay apart, and a unit of one letter stays a word."""
    if len(lines) > 1 and (word := upright_word("\n".join(lines))):
        return word
    parts: list[list[str]] = []
    for line in lines:
        above = parts[-1][-1] if parts else ""
        stacked = above[-1:].isdigit() and _NUMBER.fullmatch(above) and _NUMBER.fullmatch(line)
        if not parts or stacked or (len(line) == 1 and is_unit(line) and not above.endswith("-")):
            parts.append([line])
        else:
            parts[-1].append(line)
    text = ""
    for part in map(join_lines, parts):
        between = "" if not text else " " if len(part) == 1 and is_unit(part) else "; "
        text += between + part
    return text
