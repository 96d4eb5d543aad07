"""A part that is made when first asked for, so that the port opens before the models are loaded."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from walkdown.errors import WalkdownError

T = TypeVar("T")


class Lazy(Generic[T]):
    """Makes a value once, under a lock. A failure is remembered for `error` and tried again at the next `get`."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._value: list[T] = []
        self.error: WalkdownError | None = None

    @classmethod
    def of(cls, value: T) -> "Lazy[T]":
        """A part that is there already."""
        lazy = cls(lambda: value)
        lazy.get()
        return lazy

    @property
    def loaded(self) -> bool:
        """True once the value is there."""
        return bool(self._value)

    def get(self) -> T:
        """The value; waits while another thread makes it. Raises what making it raises."""
        if self._value:
            return self._value[0]
        with self._lock:
            if not self._value:
                try:
                    self._value.append(self._make())
                except WalkdownError as error:
                    self.error = error
                    raise
                self.error = None
            return self._value[0]

    def peek(self) -> T | None:
        """The value if it is there; never waits."""
        return self._value[0] if self._value else None
