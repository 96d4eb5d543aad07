"""A stand-in for the Walkdown server: the same paths and bodies over real HTTP, with answers that a test scripts.

It knows no web framework and computes nothing; what it says is a `FakeWorld`.
"""

import datetime as dt
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import BaseModel

from walkdown.documents import Answer, Chunk
from walkdown.errors import UnknownItemError, WalkdownError
from walkdown.wire import DocumentInfo, PackInfo, PartStatus, PassageContext, Readiness, answer_to_wire
from walkdown.wire_conversations import READER_HEADER, Conversation, ConversationInfo, ConversationTurn
from walkdown.wire_records import GapInfo, GapReport

Script = Callable[[str, str], Iterable[BaseModel | WalkdownError | tuple[str, dict[str, Any]]]]
"""(pack, question) -> what comes: events as (name, data), an Answer, or an error."""


@dataclass
class FakeWorld:
    """What the fake server knows. A chunk with an entry in `pages` (PNG) has a page to show."""

    packs: list[PackInfo]
    script: Script
    documents: list[DocumentInfo] = field(default_factory=list)
    chunks: dict[str, Chunk] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)
    originals: dict[str, bytes] = field(default_factory=dict)
    reports: dict[str, dict[str, Any]] = field(default_factory=dict)
    parts: tuple[PartStatus, ...] = (PartStatus(name="index", ok=True), PartStatus(name="llm", ok=True, required=False))
    pause: float = 0.0
    """Seconds between two events of an answer."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    earlier: list[list[str]] = field(default_factory=list)
    """The questions that were sent along with each of `asked`."""
    told: list[tuple[str, str]] = field(default_factory=list)
    """Records that were reported, with their notes."""
    gaps: dict[str, GapReport] = field(default_factory=dict)
    records_lost: bool = False
    kept: dict[tuple[str, str], tuple[str, list[ConversationTurn]]] = field(default_factory=dict)
    """Conversations by reader and id: the pack, and what was answered."""


def _error_body(error: WalkdownError) -> dict[str, Any]:
    return {"code": error.code, "cause": error.cause, "remedy": error.remedy, "retryable": error.retryable}


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection from the world of its server."""

    protocol_version = "HTTP/1.0"
    world: FakeWorld

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class names it so)
        """Stay silent."""

    def _send(self, content: bytes, media_type: str, status: int = 200, *, page: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        if page is not None:
            self.send_header("Walkdown-Page", str(page))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _json(self, body: Mapping[str, Any], status: int = 200) -> None:
        self._send(json.dumps(body).encode(), "application/json", status)

    def _fail(self, error: WalkdownError) -> None:
        self._json({"error": _error_body(error)}, error.http_status)

    def do_GET(self) -> None:
        """Everything but questions."""
        url = urlsplit(self.path)
        try:
            self._get([unquote(part) for part in url.path.strip("/").split("/")], parse_qs(url.query))
        except KeyError as missing:
            self._fail(UnknownItemError(f"There is no {missing}.", "Look at the list of documents."))

    def _get(self, path: list[str], query: dict[str, list[str]]) -> None:
        world = self.world
        match path:
            case ["health" | "ready" as what]:
                self._state(what)
            case ["v1", "packs", *name]:
                self._packs(name)
            case ["v1", "eval"]:
                self._json({"reports": world.reports})
            case ["v1", "documents"]:
                named = [d for d in world.documents if d.pack in query["pack"]]
                self._json({"documents": [d.model_dump(mode="json") for d in named]})
            case ["v1", "documents", pack, name]:
                found = {(d.pack, d.id): d for d in world.documents}
                self._json(found[pack, name].model_dump(mode="json"))
            case ["v1", "documents", _, name, "original"]:
                self._send(world.originals[name], "application/octet-stream")
            case ["v1", "chunks", _, chunk, "page.png"]:
                self._send(world.pages[chunk], "image/png", page=world.chunks[chunk].page)
            case ["v1", "chunks", _, chunk, *of]:
                passage = world.chunks[chunk]
                self._json((self._context(passage) if of else passage).model_dump(mode="json"))
            case ["v1", "conversations", *name]:
                self._conversations(name, query)
            case _:
                raise KeyError("/".join(path))

    def _packs(self, name: list[str]) -> None:
        if name:
            pack = name[0]
            self._json(self.world.gaps.get(pack, GapReport(pack=pack, threshold=0.11)).model_dump(mode="json"))
            return
        self._json({"packs": [pack.model_dump(mode="json") for pack in self.world.packs]})

    def _state(self, what: str) -> None:
        if what == "health":
            self._json({"status": "ok", "version": "0"})
            return
        parts = self.world.parts
        ready = all(part.ok for part in parts if part.required)
        self._json(Readiness(ready=ready, parts=parts).model_dump(mode="json"), 200 if ready else 503)

    def _conversations(self, name: list[str], query: dict[str, list[str]]) -> None:
        reader = self.headers.get(READER_HEADER, "")
        if name:
            pack, turns = self.world.kept[reader, name[0]]
            one = Conversation(id=name[0], pack=pack, turns=tuple(turns))
            self._json(one.model_dump(mode="json"))
            return
        pack = query["pack"][0]
        found = [
            ConversationInfo(id=name, pack=pack, question=turns[0].question, last_asked=turns[-1].asked_at,
                             questions=len(turns))
            for (owner, name), (about, turns) in self.world.kept.items() if (owner, about) == (reader, pack)
        ]  # fmt: skip
        self._json({"conversations": [info.model_dump(mode="json") for info in reversed(found)]})

    def _kept(self, body: Mapping[str, Any], answer: Answer) -> Answer:
        """The answer, kept in its conversation with a record id of its own."""
        if body.get("conversation_id"):
            place = self.headers.get(READER_HEADER, ""), body["conversation_id"]
            turns = self.world.kept.setdefault(place, (body["pack"], []))[1]
            answer = answer.model_copy(update={"record_id": f"{answer.record_id}{len(turns) or ''}"})
            now = dt.datetime.now(dt.UTC)
            turn = ConversationTurn(record_id=answer.record_id, question=body["question"], asked_at=now, answer=answer)
            turns.append(turn)
        return answer

    def _context(self, chunk: Chunk) -> PassageContext:
        siblings = tuple(
            sorted(
                (c for c in self.world.chunks.values() if c.document_id == chunk.document_id), key=lambda c: c.ordinal
            )
        )
        return PassageContext(
            document_id=chunk.document_id,
            title=chunk.title,
            revision=chunk.revision,
            marked=siblings.index(chunk),
            passages=siblings,
        )

    def _gap(self, record: str, note: str) -> None:
        if self.world.records_lost:
            self._fail(UnknownItemError(f"There is no record {record!r}.", "Check the id."))
            return
        self.world.told.append((record, note))
        now = dt.datetime.now(dt.UTC)
        info = GapInfo(record_id=record, pack="power", question="?", language="ko", outcome="refused",
                       asked_at=now, reported_at=now, note=note)  # fmt: skip
        self._json(info.model_dump(mode="json"))

    def do_POST(self) -> None:
        """A question, answered as server-sent events, or a gap, noted."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        path = urlsplit(self.path).path.strip("/").split("/")
        if path[:2] == ["v1", "records"] and path[3:] == ["gap"]:
            self._gap(unquote(path[2]), body["note"])
            return
        self.world.asked.append((body["pack"], body["question"]))
        self.world.earlier.append(body.get("turns", []))
        items = list(self.world.script(body["pack"], body["question"]))
        if len(items) == 1 and isinstance(items[0], WalkdownError):
            self._fail(items[0])
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for item in items:
            match item:
                case WalkdownError():
                    name, data = "error", _error_body(item)
                case Answer():
                    name, data = "answer", answer_to_wire(self._kept(body, item))
                case (str(name), dict(data)):
                    pass
                case _:
                    raise TypeError(f"no event: {item!r}")
            self.wfile.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())
            self.wfile.flush()
            time.sleep(self.world.pause)


class FakeServer:
    """Serves a world on a free port of 127.0.0.1 while the context lasts; `world` may be changed meanwhile."""

    def __init__(self, world: FakeWorld, port: int = 0) -> None:
        handler = type("Handler", (_Handler,), {"world": world})
        self.world = world
        self._http = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._http.daemon_threads = True
        self._thread = Thread(target=self._http.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
