"""Connections to PostgreSQL that notice within seconds that the server died, froze or was cut off.

The driver waits for a reply without end. A server that was stopped with its machine, or hangs on its disk, would hold
every thread that asks it, and with them the whole Walkdown server.
"""

import time
from collections.abc import Generator
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Engine, event

T = TypeVar("T")
SILENCE = 10.0
"""Seconds without a byte after which the server is given up; a lock is asked for again and again, not waited for."""
_CONNECT_SECONDS = 10


def arguments(patience: float, most: float) -> dict[str, Any]:
    """Arguments of a connection whose writers wait `patience` seconds for others; `most` is how long anything does."""
    silence = SILENCE if patience >= most else max(5.0, patience)
    found: dict[str, Any] = {
        "connect_timeout": _CONNECT_SECONDS if patience >= most else max(2, int(patience)),
        # For a machine that is gone: nothing else ends a connection over which nothing comes back.
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": int(silence * 1000),
    }
    if patience < most:
        # Not for the registry: whoever changes a pack waits for the change before, however long that takes.
        found["options"] = f"-c lock_timeout={patience * 1000:.0f}"
    return found


def bound(engine: Engine, patience: float, most: float) -> None:
    """Let the connections of an engine give up a server that is silent."""
    silence = SILENCE if patience >= most else max(5.0, patience)

    class Connection(psycopg.Connection[Any]):
        def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
            return super().wait(heard(gen, self, silence), *args, **kwargs)

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: object, _record: object, args: list[Any], given: dict[str, Any]) -> object:
        return Connection.connect(*args, **given)


def heard(
    steps: Generator[Any, Any, T], connection: "psycopg.Connection[Any]", silence: float
) -> Generator[Any, Any, T]:
    """The steps of one exchange with the server, ended once nothing was heard for `silence` seconds."""
    last = time.monotonic()
    try:
        wanted = next(steps)
        while True:
            ready = yield wanted
            now = time.monotonic()
            if ready:
                last = now
            elif now - last > silence:
                # Closed at once, so that the pool drops it; the server may never read a farewell.
                connection.pgconn.finish()
                raise psycopg.OperationalError(f"the server does not answer: no byte in {silence:.0f} s")
            wanted = steps.send(ready)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]
