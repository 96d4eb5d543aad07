"""Raised figures put into the words of a page, where they stand: 10⁵ for 105, 85¹ for 851."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from walkdown_ingestion.readers.pdf.glyphs import TOUCHES, Raised
from walkdown_ingestion.readers.pdf.page import Segment, Word

_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾°ⁿᵃᵇᶜᵈᵉ")
_DIVIDES = "/·"


def apply_raised(segments: list[Segment], raised: Sequence[Raised]) -> tuple[list[Segment], int]:
    """The segments with raised figures as printed, and how many could not be placed.

    A word is the one meant when it stands at the place, or when all words of its kind on the page are meant.
    """
    waiting: dict[str, list[Raised]] = defaultdict(list)
    for item in raised:
        # The parser of the words writes every minus as a hyphen.
        waiting[item.text.replace("−", "-")].append(item)
    placed = [_replaced(segment, waiting, anywhere=frozenset()) for segment in segments]
    left = Counter({text: len(items) for text, items in waiting.items() if items})
    found = Counter(word.text for segment in placed for word in segment.words if word.text in left)
    # One that begins with a raised figure says little without its place: it may be a mere `1`.
    everywhere = frozenset(t for t, n in left.items() if found[t] == n and waiting[t][0].printed[0] not in _RAISED)
    placed = [_replaced(segment, waiting, anywhere=everywhere) for segment in placed]
    printed = {word.text for segment in placed for word in segment.words}
    missing = (item for items in waiting.values() for item in items if not item.again)
    return placed, sum(not any(item.printed in text for text in printed) for item in missing)


def glued(segments: Sequence[Segment]) -> list[Segment]:
    """The segments with those that begin with a raised figure joined to the word right before them: 85 and `¹ °C`.

    And what a unit goes on with behind one: `m³` and `/s`.
    """
    out: list[Segment] = []
    for segment in segments:
        base = out[-1] if out else None
        first = segment.words[0]
        near = base is not None and -0.5 <= segment.x0 - base.x1 <= TOUCHES * base.size and first.y0 < base.y1
        divides = base is not None and first.text[0] in _DIVIDES and base.text[-1] in _RAISED
        if base is not None and near and (first.text[0] in _RAISED or divides) and base.y0 < first.y1:
            last = base.words[-1]._replace(text=base.words[-1].text + first.text, x1=first.x1)
            out[-1] = base._replace(words=(*base.words[:-1], last, *segment.words[1:]))
        else:
            out.append(segment)
    return out


def _replaced(segment: Segment, waiting: dict[str, list[Raised]], anywhere: frozenset[str]) -> Segment:
    words = tuple(_word(word, waiting, anywhere) for word in segment.words)
    return segment if words == segment.words else segment._replace(words=words)


def _word(word: Word, waiting: dict[str, list[Raised]], anywhere: frozenset[str]) -> Word:
    for item in waiting.get(word.text, ()):
        here = word.x0 - 3 <= item.x <= word.x1 + 3 and word.y0 - 3 <= item.y <= word.y1 + 3
        if here or word.text in anywhere:
            waiting[word.text].remove(item)
            return word._replace(text=item.printed)
    return _part(word, waiting)


def _part(word: Word, waiting: dict[str, list[Raised]]) -> Word:
    """A word that holds those meant, where the two readings part words differently: `m2` in `m2/s`."""
    for text, items in waiting.items():
        if len(text) >= len(word.text):
            continue
        for item in list(items):
            if not (word.y0 - 3 <= item.y <= word.y1 + 3 and word.x0 - 1 <= item.x <= word.x1 + 1):
                continue
            found = [at for at in _whole(text, word.text) if abs(_middle(word, at) - item.x) <= _slack(word)]
            if len(found) == 1:
                items.remove(item)
                if item.printed in word.text:
                    # It was told by its own size.
                    return word
                at = found[0]
                word = word._replace(text=f"{word.text[:at]}{item.printed}{word.text[at + len(text) :]}")
    return word


def _middle(word: Word, at: int) -> float:
    """About where a character of a word stands: the `3` of 3.2×10 is not the raised one right behind it."""
    return word.x0 + (at + 0.5) / len(word.text) * (word.x1 - word.x0)


def _slack(word: Word) -> float:
    """Letters are not all as wide; what is meant stands within a few of them."""
    return 3 + 2 * (word.x1 - word.x0) / len(word.text)


def _whole(text: str, word: str) -> list[int]:
    """Where a text stands in a word without a letter or plain digit right beside it."""
    return [m.start() for m in re.finditer(rf"(?<![^\W_⁰¹²³⁴-⁹]){re.escape(text)}(?![^\W_])", word)]
