"""Counts how often Korean syllables end and begin words, in the sources of the packs (`hangul_ends.txt`).

python scripts/count_hangul_ends.py > ingestion/walkdown_ingestion/hangul_ends.txt
"""

import re
from collections import Counter
from pathlib import Path

_LEAST = 4
_ABOUT = (
    "# How often, of 100, a syllable that stands in a word or at its border ends the word, and begins one.",
    "# Counted in the Korean sources of the packs by scripts/count_hangul_ends.py; syllables seen less than four times "
    "left out.",
)


def _of_100(hits: int, seen: int) -> int:
    return min(round(100 * (hits + 0.5) / (seen + 1)), 99)


def main() -> None:
    """Print the table."""
    ends: Counter[str] = Counter()
    begins: Counter[str] = Counter()
    goes_on: Counter[str] = Counter()
    comes_after: Counter[str] = Counter()
    for path in sorted(Path("domains").glob("*/sources/*.md")):
        text = path.read_text("utf-8")
        for word in re.findall(r"[가-힣]+", text):
            goes_on.update(word[:-1])
            comes_after.update(word[1:])
        for match in re.finditer(r"([가-힣]) (?=([가-힣]))", text):
            ends[match[1]] += 1
            begins[match[2]] += 1
    print("\n".join(_ABOUT))
    for syllable in sorted({*ends, *begins, *goes_on, *comes_after}):
        as_last, as_first = ends[syllable] + goes_on[syllable], begins[syllable] + comes_after[syllable]
        if as_last + as_first >= _LEAST:
            last, first = _of_100(ends[syllable], as_last), _of_100(begins[syllable], as_first)
            print(f"{syllable}{last:02}{first:02}")


if __name__ == "__main__":
    main()
