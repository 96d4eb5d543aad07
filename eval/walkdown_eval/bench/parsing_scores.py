"""Scores of parsed text against a truth: tokens found, their order, cells that stand beside each other."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_TOKEN = re.compile(r"[^\W_]+", re.UNICODE)
_MARKUP = re.compile(r"<!--.*?-->|!\[[^\]]*\]\([^)]*\)|<[^>]{1,80}>|\\(?=[_*#&|])|&(?:amp|lt|gt|quot|nbsp);", re.DOTALL)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_COUNTED = re.compile(r"(?<=[표림식])\s?\d{1,3}(?=\s)")
_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_RULE = re.compile(r"[\s:|-]+")

Cells = list[list[list[str]]]
"""Tables as rows of cells."""


def tokens(text: str) -> list[str]:
    """Words and numbers of a text, without markup; Hangul by syllable, so that word spacing does not count."""
    plain = _LINK.sub(r"\1", _MARKUP.sub(" ", unicodedata.normalize("NFC", text)))
    out: list[str] = []
    for word in _TOKEN.findall(plain.casefold()):
        out += list(word) if any("가" <= c <= "힣" or "一" <= c <= "鿿" for c in word) else [word]
    return out


def pairs_of_letters(text: str) -> list[str]:
    """Neighbouring letters of a text without its white space: for truths that do not keep the space between words."""
    squeezed = "".join(_TOKEN.findall(unicodedata.normalize("NFC", text).casefold()))
    return [a + b for a, b in pairwise(squeezed)]


def uncounted(truth: str, found: str) -> str:
    """The text found without the numbers that a program counts in captions (`표 3`), where the truth has none of them.

    Programs that take text out of Hangul files leave them out, though the page shows them.
    """
    return found if _COUNTED.search(truth) else _COUNTED.sub("", found)


def recall(truth: Sequence[str], found: Sequence[str]) -> float:
    """Share of the truth's tokens that were found, each as often as it stands there."""
    have = Counter(found)
    return sum(min(n, have[token]) for token, n in Counter(truth).items()) / len(truth) if truth else 1.0


def order(truth: Sequence[str], found: Sequence[str]) -> float | None:
    """Share of the truth's rare pairs of neighbours that are neighbours in the text found; None when too few are."""
    rare = {t for t, n in Counter(truth).items() if n <= 3}
    pairs = [(a, b) for a, b in pairwise(truth) if a in rare and b in rare]
    known = {(a, b) for i, a in enumerate(found) for b in found[i + 1 : i + 4]}
    return sum(pair in known for pair in pairs) / len(pairs) if len(pairs) >= 5 else None


def markdown_tables(text: str) -> Cells:
    """The pipe tables of a Markdown text, with their header and without the rule below it."""
    tables: Cells = []
    open_table = False
    for line in text.splitlines():
        match = _ROW.match(line)
        if match is None:
            open_table = False
        elif not _RULE.fullmatch(match[1]):
            row = [" ".join(tokens(cell)) for cell in re.split(r"(?<!\\)\|", match[1])]
            if not open_table:
                tables.append([])
            tables[-1].append(row)
            open_table = True
    return tables


def cell_f1(truth: Cells, found: Cells) -> float | None:
    """F1 of pairs of cells that are neighbours in a row: a cell torn from its row does not count."""

    def pairs(tables: Cells) -> Counter[tuple[str, str]]:
        rows = (
            [cell for i, cell in enumerate(row) if cell and (i == 0 or row[i - 1] != cell)] for t in tables for row in t
        )
        return Counter(pair for row in rows for pair in pairwise(row))

    wanted, got = pairs(truth), pairs(found)
    if not wanted:
        return None
    hit = sum(min(n, got[pair]) for pair, n in wanted.items())
    return 2 * hit / (sum(wanted.values()) + sum(got.values())) if hit else 0.0
