"""The engine of one machine: a child process parses a few documents ahead of the encoders, which run in this one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from walkdown_ingestion.ahead import Ahead
from walkdown_ingestion.engines.engine import Result, Work
from walkdown_ingestion.prepare import FileJob, Recipe, RecordsJob
from walkdown_ingestion.worker import Parser, ParsingProcess

_AHEAD = 8


class LocalEngine:
    """An `Engine` with one `Parser`; the default is a child process with limits."""

    def __init__(
        self, *, timeout: float, parser: Parser | None = None, waiting: Callable[[], None] = lambda: None
    ) -> None:
        """`timeout` in seconds is for one job of the child process; `waiting` is called while one takes long."""
        self._timeout = timeout
        self._waiting = waiting
        self._parser = parser

    @contextmanager
    def results(self, work: Iterator[Work], recipe: Recipe) -> Iterator[Iterator[Result]]:
        """The results, a few ahead; passages are encoded by the caller."""
        with self._parser or ParsingProcess(recipe, timeout=self._timeout) as parser:
            done = (parser.run(item) if isinstance(item, FileJob | RecordsJob) else item for item in work)
            ahead: Ahead[Result] = Ahead(done, _AHEAD, self._waiting)
            try:
                yield iter(ahead)
            finally:
                ahead.stop()
                parser.kill()
                ahead.join()
