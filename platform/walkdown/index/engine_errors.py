"""What the embedded engine raises, as an error of the tree."""

from collections.abc import Iterator
from contextlib import contextmanager

from walkdown.errors import IndexUnavailableError


@contextmanager
def engine_errors() -> Iterator[None]:
    """Raises IndexUnavailableError for whatever the engine raises."""
    try:
        yield
    except IndexUnavailableError:
        raise
    except BaseException as error:
        # The engine raises bare Exception for everything, and a class of its own where it panics over a damaged file.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise IndexUnavailableError(
            f"The embedded index failed ({error}).",
            "Try again; if it stays, stop Walkdown, delete the folder `qdrant` in WALKDOWN_HOME and ingest again.",
        ) from error
