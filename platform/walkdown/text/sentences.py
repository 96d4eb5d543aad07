"""Where a sentence ends: not at the dot of an abbreviation, `of max. 35 deg C`, `Rev. 3`, `e.g.`."""

import re
from collections.abc import Iterator

_ABBREVIATIONS = (
    "No", "Nos", "Art", "Rev", "max", "Max", "Min", "approx", "Approx", "ca", "vs", "resp", "incl", "excl", "Fig",
    "Ref", "Doc", "Dwg", "Ver", "Vol", r"e\.g", r"i\.e", "aprox", "máx", "mín", "núm",
)  # fmt: skip
# After a figure `min` is minutes, and may end a sentence.
NOT_ABBREVIATED = rf"(?:(?<=\d min)|(?<!\bmin)){''.join(rf'(?<!{chr(92)}b{word})' for word in _ABBREVIATIONS)}"
"""Stands before the sign that ends a sentence."""
_END = re.compile(rf"{NOT_ABBREVIATED}[.!?](?=\s)|[。！？]")


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence of one line, white space around it left out."""
    at = 0
    for end in (*(m.end() for m in _END.finditer(text)), len(text)):
        piece = text[at:end]
        if piece.strip():
            yield at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip())
        at = end
