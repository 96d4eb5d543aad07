"""A chat server over a real socket that misbehaves on request: for tests of the client's deadline and retries."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal

Behaviour = Literal[
    "answer", "unavailable", "once_unavailable", "break_off", "hang", "garbage", "empty", "refuse_model", "raw"
]


@dataclass
class Counter:
    """What the server saw: requests begun, and connections the client closed before the end."""

    url: str = ""
    requests: int = 0
    aborted: int = 0
    bodies: list[dict[str, object]] = field(default_factory=list)


def _event(text: str, finish: str | None = None) -> bytes:
    logprobs = {"content": [{"token": text, "logprob": -0.1, "top_logprobs": [{"token": text, "logprob": -0.1}]}]}
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish, "logprobs": logprobs if text else None}
    chunk = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(chunk)}\n\n".encode()


async def _read_request(reader: asyncio.StreamReader) -> dict[str, object]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    body: dict[str, object] = json.loads(await reader.readexactly(length) or b"{}")
    return body


def _status(code: int, text: str) -> bytes:
    body = json.dumps({"error": {"message": text, "type": "test", "code": code}}).encode()
    return f"HTTP/1.1 {code} X\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def _stream(writer: asyncio.StreamWriter, behaviour: Behaviour, reply: str) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
    if behaviour == "garbage":
        writer.write(b"data: {not json\n\ndata: \x00\xff\n\n")
        return
    if behaviour == "empty":
        writer.write(_event("", "stop") + b"data: [DONE]\n\n")
        return
    for word in reply.split(" "):
        writer.write(_event(word + " "))
        await writer.drain()
        await asyncio.sleep(0)
    if behaviour not in ("break_off", "hang"):
        writer.write(_event("", "stop") + b"data: [DONE]\n\n")


@asynccontextmanager
async def misbehaving_llm(behaviour: Behaviour, reply: str = "yes It is 40 m3/h. [1]") -> AsyncIterator[Counter]:
    """Serve on a free port of 127.0.0.1 until the block ends; with `raw` nothing but the reply is sent."""
    counter = Counter()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            counter.bodies.append(await _read_request(reader))
            counter.requests += 1
            if behaviour == "unavailable" or (behaviour == "once_unavailable" and counter.requests == 1):
                writer.write(_status(503, "loading"))
            elif behaviour == "raw":
                writer.write(reply.encode())
            elif behaviour == "refuse_model":
                writer.write(_status(404, "no such model"))
            else:
                await _stream(writer, behaviour, reply)
                if behaviour == "hang":
                    await reader.read()
                    counter.aborted += 1
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            counter.aborted += 1
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    counter.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield counter
    finally:
        server.close()
