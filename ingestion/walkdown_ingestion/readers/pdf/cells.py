"""Words inside a rectangle to text: grouped in visual lines from top to bottom, each from left to right."""

from collections.abc import Iterable, Sequence

from walkdown_ingestion.joining import join_lines
from walkdown_ingestion.readers.pdf.page import Word


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
    return join_lines([" ".join(word.text for word in line) for line in word_lines(words)]).replace("\n", " ")
