"""Server-sent events as the client reads them."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple


class ServerEvent(NamedTuple):
    """One server-sent event of a streamed answer: `stage`, `evidence`, `token`, `answer` or `error`."""

    event: str
    data: dict[str, Any]


def parse_events(lines: Iterator[str]) -> Iterator[ServerEvent]:
    """Server-sent events of a stream of lines: comments are dropped, several data lines are joined."""
    event, data = "message", list[str]()
    for raw in lines:
        line = raw.rstrip("\r\n")
        if not line:
            if data:
                yield ServerEvent(event, json.loads("\n".join(data)))
            event, data = "message", []
        elif not line.startswith(":"):
            field, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if field == "event":
                event = value
            elif field == "data":
                data.append(value)
