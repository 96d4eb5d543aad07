"""The two ends of a range stand together: of `pH 8.9 (limit 5.8~8.6)` no limit of 5.8~8.9 is made."""

import re

from walkdown.text.languages import normalise

_RANGE = re.compile(
    r"(?<![\d.,\w-])(?P<low>\d+(?:\.\d+)?)[^\S\n]?(?P<unit>[A-Za-z%°℃µ/³²]{0,8})[^\S\n]?(?:~|〜|∼|～|–)[^\S\n]?"
    r"(?P<high>\d+(?:\.\d+)?)(?![\d.,]*\d)"
)


def other_range(claim: str, passage: str) -> tuple[str, str] | None:
    """(range of the claim, range of the passage) where one end of a claim's range has another end there, and only so.

    A range that stands nowhere, and neither end in one, is a matter of other checks.
    """
    stated = [(float(m["low"]), float(m["high"]), m.group()) for m in _RANGE.finditer(normalise(passage))]
    for match in _RANGE.finditer(normalise(claim)):
        low, high = float(match["low"]), float(match["high"])
        if any((low, high) == (a, b) for a, b, _ in stated):
            continue
        half = next((text for a, b, text in stated if (a == low) != (b == high)), None)
        if half is not None:
            return match.group(), half
    return None
