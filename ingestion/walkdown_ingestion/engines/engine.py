"""The port of engines: they prepare documents. What becomes of them is decided, and written, by the one who asked."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from walkdown_ingestion.prepare import Job, Outcome, Recipe
from walkdown_ingestion.sources import Unchanged

Work = Job | Outcome | Unchanged
"""A job to run, or what is settled without one."""
Result = Outcome | Unchanged


class Engine(Protocol):
    """Runs the jobs among some work; results come in the order of the work, since the first of two copies counts."""

    def results(self, work: Iterator[Work], recipe: Recipe) -> AbstractContextManager[Iterator[Result]]:
        """The results, made ahead of who asks for them; leaving the context ends the work that is under way.

        A document that cannot be read is refused in its outcome. Raises ModelError, ResourceError, UsageError where
        the engine itself cannot go on.
        """
        ...
