"""Names of revisions (`3`, `Rev. B`, `2차 개정`, `초판`) and which of two is the newer."""

import re

_PARTS = re.compile(r"\d+|[A-Z]+")
_WORDS = re.compile(
    r"REVISI[OÓ]N|REV|VERSI[OÓ]N|VER|ISSUE|EDITION|EDICI[OÓ]N|NO|개정|버전|版本|版|修[订訂]|改[訂定]|차|판|제|(?<![A-Z0-9])[RV]\.?\s?(?=\d)"
)
_FIRST = re.compile(r"초판|최초|제정|初版|初回|制定|首次|新规|ORIGINAL|INITIAL|INICIAL|FIRST|PRIMERA")


def revision_order(one: str, other: str) -> int | None:
    """-1, 0 or 1 as a revision is older, the same or newer than another; None when they cannot be compared."""
    left, right = (_PARTS.findall(_WORDS.sub(" ", _FIRST.sub(" 0 ", text.upper()))) for text in (one, other))
    if not left or not right:
        return None
    for a, b in zip(left, right, strict=False):
        if a.isdigit() != b.isdigit():
            return None
        x, y = ((0, int(a), ""), (0, int(b), "")) if a.isdigit() else ((len(a), 0, a), (len(b), 0, b))
        if x != y:
            return 1 if x > y else -1
    return (len(left) > len(right)) - (len(left) < len(right))
