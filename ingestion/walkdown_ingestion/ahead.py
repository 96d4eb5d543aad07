"""Runs an iterator in a thread, a few items ahead of its consumer, so that parsing overlaps with embedding."""

import queue
import threading
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
_BEAT = 0.5
"""Seconds between two calls of who waits."""


class _End:
    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


class Ahead(Generic[T]):
    """Iterate over it once; `stop` ends the thread early. An error of the iterator is raised to the consumer."""

    def __init__(self, items: Iterator[T], depth: int, waiting: Callable[[], None] = lambda: None) -> None:
        """At most `depth` items wait. `waiting` is called while the consumer waits; its errors are the consumer's."""
        self._waiting = waiting
        self._items = items
        self._queue: queue.Queue[T | _End] = queue.Queue(depth)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="walkdown-ahead", daemon=True)
        self._thread.start()

    def _put(self, item: "T | _End") -> None:
        while not self._stop.is_set():
            try:
                self._queue.put(item, timeout=0.2)
            except queue.Full:
                continue
            return

    def _run(self) -> None:
        try:
            for item in self._items:
                self._put(item)
                if self._stop.is_set():
                    return
        except BaseException as error:  # noqa: BLE001 - handed to the consumer, which raises it
            self._put(_End(error))
        else:
            self._put(_End())

    def __iter__(self) -> Iterator[T]:
        while True:
            try:
                item = self._queue.get(timeout=_BEAT)
            except queue.Empty:
                self._waiting()
                continue
            if not isinstance(item, _End):
                yield item
                continue
            if item.error is not None:
                raise item.error
            return

    def stop(self) -> None:
        """Let the thread end after the item at hand."""
        self._stop.set()

    def join(self) -> None:
        """Wait for the thread to end."""
        self._thread.join()
