"""The bounded queue of answers: so many at once, so many waiting, the rest are told to come back."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

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

    def full(self) -> OverloadedError:
        """The error that tells how much there is to do."""
        return OverloadedError(
            f"The server already works on {self.running} questions and {self.waiting} more are waiting.",
            f"Ask again in about {RETRY_AFTER} seconds.",
        )

    @contextmanager
    def enter(self) -> Iterator["Ticket"]:
        """Take a ticket and give it back at the end. Raises OverloadedError at once when the queue is full."""
        if self._inside >= self._concurrent + self._queued:
            raise self.full()
        ticket = Ticket(self._places)
        self._inside += 1
        try:
            yield ticket
        finally:
            self._inside -= 1
            ticket.leave()


class Ticket:
    """A position in the queue."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places = places
        self._called = False

    @property
    def must_wait(self) -> bool:
        """Whether `turn` would wait now."""
        return not self._called and self._places.locked()

    async def turn(self, seconds: float) -> bool:
        """Wait for the turn of this ticket; False where it has not come within `seconds`.

        The place is held until the ticket is given back.
        """
        try:
            async with asyncio.timeout(seconds):
                await self._places.acquire()
        except TimeoutError:
            return False
        self._called = True
        return True

    def leave(self) -> None:
        """Give the place back, if it was held."""
        if self._called:
            self._called = False
            self._places.release()
