"""Equipment called by the end of its tag: `410A` where the passages speak of `TK-410A`, and of no other 410A.

Read alone it is 410 amperes. A claim is checked with the whole tag in its place; what is shown stays as it was written.
"""

import re
from collections.abc import Iterable

from walkdown.text.tags import Tag

_SHORT = re.compile(r"(?<![\w.,/-])(?:\d{2,5}[A-Z]|\d[A-F])(?![A-Za-z0-9_/²³·])")
_TRAIN = 2
_JOINT = re.compile(r"[A-Z][- ]?$")


def in_full(text: str, tags: Iterable[Tag], cited: Iterable[str] = ()) -> str:
    """The text with each such short name replaced by the one tag that ends in it; as it is where none or several do.

    A train (`1C`) that the passages `cited` call so themselves stays as it is.
    """
    trains = {m.group() for passage in cited for m in _SHORT.finditer(passage) if len(m.group()) == _TRAIN}
    named = {tag.normal: tag.text for tag in tags}

    def whole(match: re.Match[str]) -> str:
        if match.group() in trains:
            return match.group()
        found = {
            normal: written
            for normal, written in named.items()
            if normal.endswith(match.group()) and _JOINT.search(written[: -len(match.group())])
        }
        return next(iter(found.values())) if len(found) == 1 else match.group()

    return _SHORT.sub(whole, text)
