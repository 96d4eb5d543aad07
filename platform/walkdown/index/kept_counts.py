"""Counts over what is in force, kept until the pack's generation moves on: each question asks for the same ones.

Counting the tags of ten thousand passages takes longer than searching them. What is in force changes only with the
generation, so a count made in one is right until the next; without a registry nothing says when it is wrong.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock

_MOST = 128


class KeptCounts:
    """Counts by what was asked, the least used forgotten. Threads may share it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Hashable, ...], Mapping[str, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, asked: tuple[Hashable, ...], count: Callable[[], Mapping[str, int]]) -> Mapping[str, int]:
        """The kept count of `asked`, or that of `count`, which is then kept."""
        with self._lock:
            if (known := self._kept.get(asked)) is not None:
                self._kept.move_to_end(asked)
                return known
        counted = dict(count())
        with self._lock:
            self._kept[asked] = counted
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return counted
