"""The bounded queue of answers: so many at once, so many waiting, the rest are told to come back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from walkdown.errors import OverloadedError

RETRY_AFTER = 15
"""Seconds a refused client is asked to wait."""


class AnswerQueue:
    """Admits `concurrent` answers at once and lets `queued` more wait, in order of arrival."""

    def __init__(self, concurrent: int, queued: int) -> None:
        self._places = asyncio.Semaphore(concurrent)
        self._concurrent = concurrent
        self._queued = queued
        self._inside = 0

    @property
    def running(self) -> int:
        """Answers being generated."""
        return min(self._inside, self._concurrent)

    @property
    def waiting(self) -> int:
        """Answers that wait for a place."""
        return max(0, self._inside - self._concurrent)

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place and hold it. Raises OverloadedError at once when the queue is full."""
        if self._inside >= self._concurrent + self._queued:
            raise OverloadedError(
                f"The server already works on {self.running} questions and {self.waiting} more are waiting.",
                f"Ask again in about {RETRY_AFTER} seconds.",
            )
        self._inside += 1
        try:
            async with self._places:
                yield
        finally:
            self._inside -= 1
