"""Objects of other programs in an Office file: the page shows a picture of them, what they hold is told as left out."""

from collections import Counter


def told_objects(kinds: Counter[str], where: str = "") -> list[str]:
    """What to tell of embedded objects by the program or suffix each is of."""
    return [
        f"{where}{count} embedded objects ({kind}) were left out; save them as files of their own"
        for kind, count in sorted(kinds.items())
    ]
