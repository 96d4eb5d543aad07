"""How the server writes its log: one line an event, a plain traceback where something failed."""

import structlog
from structlog.dev import ConsoleRenderer, plain_traceback


def set_up_log() -> None:
    """Write tracebacks without the values of variables.

    The default shows them: a failed answer then fills the log with documents, and the server stands still meanwhile.
    """
    *before, _ = structlog.get_config()["processors"]
    structlog.configure(processors=[*before, ConsoleRenderer(exception_formatter=plain_traceback)])
