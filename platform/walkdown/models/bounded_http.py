"""HTTP to a language model server that may be none: a bound on what a reply may be, and no proxy in between.

A deadline alone does not bound memory: a wrong address may send for ever and fast, without a line end, or packed so
that a few bytes become gigabytes.
"""

from collections.abc import AsyncIterator, Mapping

import httpx

from walkdown.tls import trusted

MAX_REPLY = 8 << 20
"""Bytes of one reply; a long answer with its log-probabilities has less than one MB."""
_HEAD = 4096
_NO_HEADERS: Mapping[str, str] = {}
_KEY = "walkdown_reply"


class OverlongReplyError(httpx.ReadError):
    """The server sends more than a reply of a language model can be, or sends it packed."""


class _Reply(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self._stream = stream
        self.head = b""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        taken = 0
        async for piece in self._stream:
            taken += len(piece)
            if taken > MAX_REPLY:
                raise OverlongReplyError(f"more than {MAX_REPLY >> 20} MB")
            if len(self.head) < _HEAD:
                self.head += piece[: _HEAD - len(self.head)]
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()


class BoundedTransport(httpx.AsyncBaseTransport):
    """Another transport, with bounded replies."""

    def __init__(self, inner: httpx.AsyncBaseTransport | None = None) -> None:
        self._inner = inner or httpx.AsyncHTTPTransport(verify=trusted(), trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        request.headers["Accept-Encoding"] = "identity"
        response = await self._inner.handle_async_request(request)
        if response.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
            await response.aclose()
            raise OverlongReplyError("packed although it was asked not to")
        assert isinstance(response.stream, httpx.AsyncByteStream)  # what an asynchronous transport gives
        reply = _Reply(response.stream)
        response.stream, response.extensions[_KEY] = reply, reply
        return response

    async def aclose(self) -> None:
        """Release connections."""
        await self._inner.aclose()


def head_of(response: httpx.Response) -> bytes:
    """The first bytes of a reply that came through a `BoundedTransport`, as far as they were read."""
    reply = response.extensions.get(_KEY)
    return reply.head if isinstance(reply, _Reply) else b""


def bounded_client(
    *,
    timeout: float | None = None,
    headers: Mapping[str, str] = _NO_HEADERS,
    transport: httpx.AsyncBaseTransport | None = None,
) -> httpx.AsyncClient:
    """A client for a language model server; proxies of the environment are not used."""
    return httpx.AsyncClient(headers=headers, timeout=timeout, trust_env=False, transport=BoundedTransport(transport))
