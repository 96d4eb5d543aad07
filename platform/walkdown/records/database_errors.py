"""What a failure of the database means for whoever meets it, and what to do."""

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from walkdown.errors import DatabaseAwayError, DatabaseBusyError, ResourceError

_UNUSABLE = "Check that it runs, that WALKDOWN_DATABASE_URL is right, and that its disk has space and is writable."
_DENIED = "Let the user that runs Walkdown read and write this file and its folder, or choose another WALKDOWN_HOME."
_DAMAGED = "Bring the file back from a backup; without one, remove it and ingest again (records of answers are lost)."
_LOCKED = (
    "End what holds it (an ingestion, a backup, a database browser with unsaved changes), or try again in a minute."
)
_FULL = "Free some space on the disk of this file; SQLite needs some even to read. With space there, look at the disk."
_GONE = "Start it again, or wait until it is back, and ask again. WALKDOWN_DATABASE_URL says where it is looked for."
_AWAY = (
    "refused", "timeout expired", "does not answer", "closed the connection", "closed unexpectedly", "reset by peer",
    "is lost", "unreachable", "starting up", "shutting down", "recovery", "terminating connection", "too many clients",
    "connection slots", "connection is closed", "QueuePool",
)  # fmt: skip
"""Words of PostgreSQL and its driver for a server that is not there now, and may be again."""


def told(error: SQLAlchemyError, place: str) -> ResourceError:
    """The error of our own tree for one of the database at `place`."""
    detail = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    if "is locked" in detail or "lock timeout" in detail:
        return DatabaseBusyError(f"Another program holds the database {place} ({detail}).", _LOCKED)
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    if lost or any(words in detail for words in _AWAY):
        return DatabaseAwayError(f"The database {place} is not there ({detail}).", _GONE)
    return ResourceError(f"The database {place} cannot be used ({detail}).", _remedy(detail))


def _remedy(detail: str) -> str:
    """What to do where the database says this."""
    if "malformed" in detail or "not a database" in detail:
        return _DAMAGED
    if "disk I/O error" in detail or "disk is full" in detail:
        return _FULL
    return _DENIED if "readonly" in detail or "unable to open" in detail else _UNUSABLE
