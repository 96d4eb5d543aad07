"""Text that runs upwards or downwards on an upright page, as in the header of a matrix: its letters put into lines."""

from collections.abc import Sequence

from walkdown_ingestion.joining import join_lines
from walkdown_ingestion.readers.pdf.page import Segment, Word

_SAME_LINE = 0.5
_SPACE = 0.2


def sideways_text(segments: Sequence[Segment]) -> str:
    """The text of pieces that run the same way, line by line; a piece may be a single letter."""
    down = sum(len(s.text) for s in segments if s.downwards) > sum(len(s.text) for s in segments if not s.downwards)
    lines: list[list[Word]] = []
    for word in sorted((w for s in segments for w in s.words), key=lambda w: w.middle[0], reverse=down):
        width = word.x1 - word.x0
        if lines and abs(lines[-1][0].middle[0] - word.middle[0]) < _SAME_LINE * width:
            lines[-1].append(word)
        else:
            lines.append([word])
    return join_lines([_joined(line, down=down) for line in lines])


def _joined(words: Sequence[Word], *, down: bool) -> str:
    text, end = "", 0.0
    for word in sorted(words, key=lambda w: w.y0 if down else -w.y1):
        gap = word.y0 - end if down else end - word.y1
        text += (" " if text and gap > _SPACE * (word.x1 - word.x0) else "") + word.text
        end = word.y1 if down else word.y0
    return text
