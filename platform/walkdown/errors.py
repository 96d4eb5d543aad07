"""One error tree: every error states its cause, what to do next, and whether trying again can help.

WalkdownError
├── UsageError              the request itself cannot be served as asked      exit 2, HTTP 422
│   ├── UnknownPackError    no pack of that name                              exit 2, HTTP 404
│   └── UnknownItemError    no document, record or model of that id           exit 2, HTTP 404
├── PackError               a pack's files are wrong (file, line, remedy)     exit 1, HTTP 500
├── DocumentError           one file cannot be read; the batch goes on        exit 1, HTTP 422
├── ModelError              weights missing, damaged or not to be had         exit 1, HTTP 503
├── IndexUnavailableError   the index is locked, unreachable or refuses       exit 1, HTTP 503
├── LLMUnavailableError     the language model did not answer in time         exit 1, HTTP 503
├── OverloadedError         the queue is full                                 exit 1, HTTP 429
├── JobCancelledError       somebody ended a job of the server                exit 1, HTTP 409
├── ServerUnavailableError  the Walkdown server cannot be reached             exit 1, HTTP 503
│   └── ServerSilentError   it took the connection and does not answer        exit 1, HTTP 503
└── ResourceError           disk, memory or port is not to be had             exit 1, HTTP 507
    ├── DatabaseBusyError   another program holds the registry's database     exit 1, HTTP 503
    └── DatabaseAwayError   the server of the registry is not there now       exit 1, HTTP 503
"""

from typing import ClassVar

__all__ = [
    "DatabaseAwayError",
    "DatabaseBusyError",
    "DocumentError",
    "IndexUnavailableError",
    "JobCancelledError",
    "LLMUnavailableError",
    "ModelError",
    "OverloadedError",
    "PackError",
    "ResourceError",
    "ServerSilentError",
    "ServerUnavailableError",
    "UnknownItemError",
    "UnknownPackError",
    "UsageError",
    "WalkdownError",
]


_MOST, _END = 2000, 300


def _cut(sentence: str) -> str:
    """A sentence without the middle where it says back a name of thousands of characters."""
    return sentence if len(sentence) <= _MOST else f"{sentence[: _MOST - _END]} … {sentence[-_END:]}"


class WalkdownError(Exception):
    """Base of all errors a person may see.

    `cause` says in one sentence what is wrong; `remedy` what to do next.
    """

    exit_status: ClassVar[int] = 1
    http_status: ClassVar[int] = 500
    retryable: ClassVar[bool] = False

    def __init__(self, cause: str, remedy: str) -> None:
        cause, remedy = _cut(cause), _cut(remedy)
        super().__init__(cause, remedy)
        self.cause = cause
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.cause} {self.remedy}"

    @property
    def code(self) -> str:
        """Stable name of the kind of error, for clients: `UnknownPackError` -> `unknown_pack`."""
        name = type(self).__name__.removesuffix("Error")
        return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


class UsageError(WalkdownError):
    """The request cannot be served as asked; asking the same again cannot help."""

    exit_status = 2
    http_status = 422


class UnknownPackError(UsageError):
    """No pack of that name is installed."""

    http_status = 404


class UnknownItemError(UsageError):
    """No document, record or model has that id."""

    http_status = 404


class PackError(WalkdownError):
    """A pack's files are wrong; the cause names file and line."""


class DocumentError(WalkdownError):
    """One file cannot be read or indexed; the others of the batch are not affected."""

    http_status = 422


class ModelError(WalkdownError):
    """Model weights are missing, damaged, not permitted or cannot be fetched."""

    http_status = 503


class IndexUnavailableError(WalkdownError):
    """The index is held by another process, unreachable, or built with other models."""

    http_status = 503
    retryable = True


class LLMUnavailableError(WalkdownError):
    """The language model server did not answer properly within the deadline."""

    http_status = 503
    retryable = True


class OverloadedError(WalkdownError):
    """More questions are waiting than the server takes; try again shortly."""

    http_status = 429
    retryable = True


class JobCancelledError(WalkdownError):
    """A job of the server was ended by somebody before it was done."""

    http_status = 409


class ServerUnavailableError(WalkdownError):
    """The Walkdown server cannot be reached."""

    http_status = 503
    retryable = True


class ServerSilentError(ServerUnavailableError):
    """Something listens at the server's address and did not answer in time: a busy server, or another program."""


class ResourceError(WalkdownError):
    """Disk space, memory or a port is not to be had."""

    http_status = 507


class DatabaseBusyError(ResourceError):
    """Another program holds the registry's database; what was asked can be done when it lets go."""

    http_status = 503
    retryable = True


class DatabaseAwayError(ResourceError):
    """The database server of the registry cannot be reached, starts, stops, or does not answer."""

    http_status = 503
    retryable = True
