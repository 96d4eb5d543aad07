"""Korean word spacing of recognised text, from the white between the letters: tesseract cuts words into syllables."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from walkdown_ingestion.readers.scan.picture import Mask
from walkdown_ingestion.readers.scan.tesseract import Read

_LEFT = re.compile(r"[가-힣\d(]$")
_RIGHT = re.compile(r"^[가-힣.,)%]")
_LEAST, _MOST = 0.14, 0.34
_DEFAULT = 0.22
_ENOUGH = 12


def _white(dark: Mask, left: Read, right: Read, height: float) -> float:
    """The widest white between two words of a line, in heights of the line."""
    top, bottom = int(min(left.y0, right.y0)), int(max(left.y1, right.y1)) + 1
    start = int(max((left.x0 + left.x1) / 2, left.x1 - 0.6 * height))
    end = int(min((right.x0 + right.x1) / 2, right.x0 + 0.6 * height)) + 1
    if end - start < 2:
        return 0.0
    empty = ~dark[top:bottom, start:end].any(axis=0)
    edges = np.diff(np.concatenate(([0], empty.view(np.int8), [0])))
    runs = np.flatnonzero(edges == -1) - np.flatnonzero(edges == 1)
    return float(runs.max()) / height if len(runs) else 0.0


def _threshold(gaps: Sequence[float]) -> float:
    """The width of white that parts letters of a word from words, by the page's own two heaps of widths."""
    near = np.array(sorted(g for g in gaps if g < 0.8))
    if len(near) < _ENOUGH:
        return _DEFAULT
    best, at = -1.0, _DEFAULT
    for cut in np.arange(_LEAST, _MOST, 0.01):
        low, high = near[near < cut], near[near >= cut]
        if len(low) and len(high):
            between = len(low) * len(high) * float(high.mean() - low.mean()) ** 2
            if between > best:
                best, at = between, float(cut)
    return at


def respaced(words: Sequence[Read], dark: Mask) -> list[Read]:
    """The words with those joined between which there is no more white than between letters."""
    pairs = [
        (i, _white(dark, a, b, max(median((a.y1 - a.y0, b.y1 - b.y0)), 1.0)))
        for i, (a, b) in enumerate(pairwise(words))
        if a.line == b.line and b.x0 > a.x0 and _LEFT.search(a.text) and _RIGHT.match(b.text)
    ]
    limit = _threshold([gap for _, gap in pairs])
    # `3 .` is one number of a clause whatever the white before its point.
    glued = {i for i, gap in pairs if gap < limit or (words[i + 1].text == "." and words[i].text.isdigit())}
    out: list[Read] = []
    for i, word in enumerate(words):
        if i - 1 in glued and out:
            last = out[-1]
            sure = (last.confidence * len(last.text) + word.confidence * len(word.text)) / len(last.text + word.text)
            out[-1] = Read(
                last.text + word.text, last.line, last.x0, min(last.y0, word.y0), max(last.x1, word.x1),
                max(last.y1, word.y1), sure,
            )  # fmt: skip
        else:
            out.append(word)
    return out
