"""ASGI middleware: a limit on body size, HEAD, and request metrics. Plain ASGI, so that streams pass unbuffered."""

import time
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from walkdown.wire import ErrorBody
from walkdown_server.failures import error_reply
from walkdown_server.metrics import Metrics

MAX_BODY = 1 << 20
"""Bytes of a JSON request."""
MAX_UPLOAD = 256 << 20
"""Bytes of an upload of documents."""
_METHODS = frozenset("GET HEAD POST PUT PATCH DELETE OPTIONS".split())
"""A client may send any word as a method, and each would be a label for ever."""
UPLOAD_LIMITS = {("POST", "/v1/documents"): MAX_UPLOAD}


class _TooLargeError(Exception):
    pass


class BodyLimit:
    """Refuses bodies over the limit with 413, by the announced length and by what really comes."""

    def __init__(
        self, app: ASGIApp, *, limit: int = MAX_BODY, exceptions: Mapping[tuple[str, str], int] = UPLOAD_LIMITS
    ) -> None:
        self._app = app
        self._limit = limit
        self._exceptions = exceptions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._exceptions.get((scope["method"], scope["path"]), self._limit)
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > limit:
            await self._refuse(limit, scope, receive, send)
            return
        taken, started, over = 0, False, False

        async def counted() -> Message:
            nonlocal taken, over
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                over = True
                raise _TooLargeError
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            # The framework turns the error into a reply of its own; ours takes its place.
            if over and not started:
                return
            started = True
            await send(message)

        try:
            await self._app(scope, counted, watched)
        except _TooLargeError:
            if started:
                raise
        if over and not started:
            await self._refuse(limit, scope, receive, send)

    @staticmethod
    async def _refuse(limit: int, scope: Scope, receive: Receive, send: Send) -> None:
        body = ErrorBody(
            code="too_large",
            cause=f"The request is larger than {limit / (1 << 20):.0f} MB.",
            remedy="Send less at once; large files are taken from disk with `walkdown ingest`.",
        )
        await error_reply(body, 413)(scope, receive, send)


class HeadAsGet:
    """Answers HEAD as GET without the body: what watches over servers asks so, and was told that it may not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, without_body)


class RequestMetrics:
    """Counts requests by route and status."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            # The template, not the path: a label per document would never end.
            route = getattr(scope.get("route"), "path", "unknown")
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self._metrics.requests.labels(method, route, status).inc()
            self._metrics.seconds.labels(route).observe(time.perf_counter() - started)
