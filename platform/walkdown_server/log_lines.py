"""How log lines are written: one an event, on stderr, with a plain traceback where something failed."""

import re
import sys
from typing import Any

import structlog
from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.typing import EventDict

_RENDER = ConsoleRenderer(colors=False, exception_formatter=plain_traceback)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def inert(text: str) -> str:
    """Text that does nothing to a terminal: a file name or a question may hold what moves its cursor or names it anew.

    Ends of lines and tabs stay.
    """
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def set_up_log() -> None:
    """Write tracebacks without the values of variables.

    The default shows them: a failed answer then fills the log with documents, and the server stands still meanwhile.
    It also writes to stdout, where a command prints its result, often as JSON for another program.
    """
    *before, _ = structlog.get_config()["processors"]
    structlog.configure(
        processors=[*before, _line],
        logger_factory=_to_stderr,
    )


def _line(logger: Any, method: str, event: EventDict) -> str:
    return inert(_RENDER(logger, method, event))


def _to_stderr(*_: Any) -> structlog.PrintLogger:
    return structlog.PrintLogger(sys.stderr)
