"""Lines set letter by letter with space between the letters: `T r i p` is one word, told by the wider gaps of words."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from walkdown_ingestion.readers.pdf.page import Segment, Word

_LEAST, _SINGLE = 6, 0.8
"""Words of a line at least, and the share of them that are single letters."""
_WIDEST = 0.9
"""Of the letters' size, the gap between the letters of a word at most."""
_TIMES, _MORE = 1.5, 0.12
"""How much wider the gap between two words is, by the gap of letters and the letters' size."""
_APART = 1.5
_WORD, _DISTINCT = 3, 4
_SAME = 1.0


def with_letters_joined(segments: Sequence[Segment]) -> list[Segment]:
    """The text of a page, the letters of lines that are set so put together to words."""
    if not any(_is_set_wide(s.words) for s in segments):
        return list(segments)
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (s.middle, s.x0)):
        if lines and abs(lines[-1][0].middle - segment.middle) <= _SAME and lines[-1][0].size == segment.size:
            lines[-1].append(segment)
        else:
            lines.append([segment])
    joined = {id(line[0]): made for line in lines if (made := _joined(line)) is not None}
    taken = {id(s) for line in lines if id(line[0]) in joined for s in line[1:]}
    return [part for s in segments if id(s) not in taken for part in joined.get(id(s), [s])]


def _is_set_wide(words: Sequence[Word]) -> bool:
    return len(words) > 1 and sum(len(word.text) == 1 for word in words) >= _SINGLE * len(words)


def _joined(line: Sequence[Segment]) -> list[Segment] | None:
    """A line with its letters put together; None for one that is set otherwise, as a row of marks or numbers is."""
    words = sorted((word for segment in line for word in segment.words), key=lambda word: word.x0)
    if len(words) < _LEAST or not _is_set_wide(words):
        return None
    size = line[0].size
    usual = median(b.x0 - a.x1 for a, b in pairwise(words))
    if not 0 < usual <= _WIDEST * size:
        return None
    wide = _TIMES * usual + _MORE * size
    made = list(_words(words, wide))
    texts = [word.text for word in made]
    if len(made) == 1 and (len(set(texts[0].casefold())) < _DISTINCT or list(texts[0]) == sorted(texts[0])):
        return None
    if not any(len(text) >= _WORD and text.isalpha() for text in texts) or len(words) < 2 * len(made):
        return None
    runs: list[list[Word]] = [[made[0]]]
    for before, word in pairwise(made):
        if word.x0 - before.x1 > wide + _APART * size:
            runs.append([])
        runs[-1].append(word)
    return [line[0]._replace(words=tuple(run)) for run in runs]


def _words(letters: Sequence[Word], wide: float) -> Iterator[Word]:
    word = letters[0]
    for before, letter in pairwise(letters):
        if letter.x0 - before.x1 <= wide:
            word = word._replace(
                text=word.text + letter.text, x1=letter.x1, y0=min(word.y0, letter.y0), y1=max(word.y1, letter.y1)
            )
        else:
            yield word
            word = letter
    yield word
