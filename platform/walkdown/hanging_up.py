"""Ending a stream from another thread: the one that reads it may wait a minute for the next event."""

import contextlib
import socket
import threading

import httpx


class HangUp:
    """Closes the connection of the stream that it is given to, at once, now or as soon as there is one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._called = False

    def __call__(self) -> None:
        """Close it; again is harmless."""
        with self._lock:
            self._called = True
            _shut(self._socket)

    def holds(self, response: httpx.Response) -> None:
        """Note the connection of a reply that is about to be read."""
        stream = response.extensions.get("network_stream")
        with self._lock:
            self._socket = stream.get_extra_info("socket") if stream is not None else None
            if self._called:
                _shut(self._socket)

    def let_go(self) -> None:
        """Forget the connection: another question may use it next."""
        with self._lock:
            self._socket = None


def _shut(connection: socket.socket | None) -> None:
    # Closing would leave the reading thread where it waits; shutting down wakes it.
    if connection is not None:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
