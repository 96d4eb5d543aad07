"""How log lines are written: one an event, on stderr, with a plain traceback where something failed."""

import sys
from typing import Any

import structlog
from structlog.dev import ConsoleRenderer, plain_traceback


def set_up_log() -> None:
    """Write tracebacks without the values of variables.

    The default shows them: a failed answer then fills the log with documents, and the server stands still meanwhile.
    It also writes to stdout, where a command prints its result, often as JSON for another program.
    """
    *before, _ = structlog.get_config()["processors"]
    structlog.configure(
        processors=[*before, ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain_traceback)],
        logger_factory=_to_stderr,
    )


def _to_stderr(*_: Any) -> structlog.PrintLogger:
    return structlog.PrintLogger(sys.stderr)
