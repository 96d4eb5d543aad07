"""Typed HTTP client of the Walkdown server: what the UI, the commands and the evaluation use.

The transport is a constructor argument, so tests run it against an app in memory. Every failure is an error of
`walkdown.errors`: an unreachable server is `ServerUnavailableError`, an error body becomes the class it names.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from walkdown.client_conversations import reader_headers
from walkdown.client_records import Recorded
from walkdown.client_transport import DEFAULT_TIMEOUT, error_from_body, error_of
from walkdown.documents import Answer, Chunk, Language
from walkdown.hanging_up import HangUp
from walkdown.streaming import ServerEvent, parse_events
from walkdown.wire import (
    AskQuery,
    DecisionQuery,
    DocumentInfo,
    Health,
    IngestEngine,
    IngestQuery,
    IngestSummary,
    JobInfo,
    PackInfo,
    PartStatus,
    PassageContext,
    Readiness,
    SearchHit,
    SearchQuery,
    SearchReply,
    answer_from_wire,
)
from walkdown.wire_releases import PublishQuery, ReleaseInfo, RollbackQuery, RollbackSummary

NO_FILTERS: Mapping[str, Sequence[str]] = {}

__all__ = [
    "DEFAULT_TIMEOUT",
    "DocumentInfo",
    "HangUp",
    "Health",
    "IngestSummary",
    "JobInfo",
    "PackInfo",
    "PagePicture",
    "PartStatus",
    "PassageContext",
    "Readiness",
    "SearchHit",
    "SearchReply",
    "ServerEvent",
    "WalkdownClient",
    "error_from_body",
    "parse_events",
]


class PagePicture(NamedTuple):
    """A page of an original: its number, from 1, and the picture as PNG."""

    page: int
    png: bytes


class WalkdownClient(Recorded):
    """Synchronous client of one server; use it as a context manager or call `close`."""

    # -- state ---------------------------------------------------------------------------------------------------

    def health(self) -> Health:
        """That the server runs, and its version."""
        return self._model(Health, "GET", "/health")

    def ready(self) -> Readiness:
        """Which parts work; does not raise when some do not."""
        return self._model(Readiness, "GET", "/ready", accept=(503,))

    def packs(self) -> list[PackInfo]:
        """The installed packs."""
        return self._list(PackInfo, "/v1/packs", "packs")

    def eval_reports(self) -> dict[str, dict[str, Any]]:
        """The latest evaluation report of each pack that has one."""
        return dict(self._json("GET", "/v1/eval")["reports"])

    # -- questions -----------------------------------------------------------------------------------------------

    def search(
        self, pack: str, question: str, *, k: int = 10, filters: Mapping[str, Sequence[str]] | None = None
    ) -> SearchReply:
        """The best `k` passages."""
        query = SearchQuery(
            pack=pack, question=question, k=k, filters={f: tuple(v) for f, v in (filters or {}).items()}
        )
        return self.search_for(query)

    def search_for(self, query: SearchQuery) -> SearchReply:
        """What a query asks for: as of a day, in named revisions, after earlier questions, with reasons."""
        return self._model(SearchReply, "POST", "/v1/search", json=query.model_dump(mode="json"))

    def ask(
        self,
        pack: str,
        question: str,
        *,
        language: Language | None = None,
        conversation_id: str | None = None,
        turns: Sequence[str] = (),
    ) -> Answer:
        """The checked answer. Raises OverloadedError when too many questions wait."""
        query = AskQuery(
            pack=pack, question=question, language=language, conversation_id=conversation_id, turns=tuple(turns)
        )
        return answer_from_wire(self._json("POST", "/v1/ask", json=query.model_dump(mode="json")))

    def ask_stream(
        self,
        pack: str,
        question: str,
        *,
        language: Language | None = None,
        conversation_id: str | None = None,
        turns: Sequence[str] = (),
        filters: Mapping[str, Sequence[str]] = NO_FILTERS,
        reader: str = "",
        hang_up: HangUp | None = None,
    ) -> Iterator[ServerEvent]:
        """Events as they come; the last is `answer` (its data: `answer_of`). An `error` event is raised.

        Closing the iterator closes the connection, which stops the generation; `hang_up` does so from another thread,
        and the reading one gets ServerUnavailableError.
        """
        hang_up = hang_up or HangUp()
        query = AskQuery(
            pack=pack,
            question=question,
            language=language,
            conversation_id=conversation_id,
            turns=tuple(turns),
            filters={name: tuple(values) for name, values in filters.items()},
            stream=True,
        )
        with (
            self._connection(),
            self._http.stream(
                "POST", "/v1/ask", json=query.model_dump(mode="json"), headers=reader_headers(reader)
            ) as response,
        ):
            if response.is_error:
                response.read()
                raise error_of(response)
            ended = False
            hang_up.holds(response)
            try:
                for event in parse_events(response.iter_lines()):
                    if event.event == "error":
                        raise error_from_body(event.data)
                    ended = event.event == "answer"
                    yield event
            finally:
                hang_up.let_go()
            if not ended:
                raise self._unavailable("ended the answer before it was complete")

    @staticmethod
    def answer_of(event: ServerEvent) -> Answer:
        """The answer that an `answer` event carries."""
        return answer_from_wire(event.data)

    # -- documents -----------------------------------------------------------------------------------------------

    def documents(self, pack: str) -> list[DocumentInfo]:
        """The registry of a pack."""
        return self._list(DocumentInfo, "/v1/documents", "documents", params={"pack": pack})

    def document(self, pack: str, document_id: str, *, edition: str = "") -> DocumentInfo:
        """One document of the registry, the one in force unless an edition is named. Raises UnknownItemError."""
        return self._model(DocumentInfo, "GET", _document_path(pack, document_id), params=_edition(edition))

    def withdraw(self, pack: str, document_id: str, reason: str = "") -> list[DocumentInfo]:
        """Take a document out of every answer at once; all its revisions. Raises UnknownItemError."""
        path = _document_path(pack, document_id)
        return self._list(DocumentInfo, path, "documents", method="DELETE", params={"reason": reason})

    def restore(self, pack: str, document_id: str) -> list[DocumentInfo]:
        """Undo a withdrawal. Raises UnknownItemError."""
        return self._list(DocumentInfo, f"{_document_path(pack, document_id)}/restore", "documents", method="POST")

    def decide(self, pack: str, document_id: str, sha256: str) -> list[DocumentInfo]:
        """Put the content whose sha256 begins so in force. Raises UnknownItemError, UsageError."""
        path, query = f"{_document_path(pack, document_id)}/decision", DecisionQuery(sha256=sha256)
        return self._list(DocumentInfo, path, "documents", method="POST", json=query.model_dump(mode="json"))

    def original(self, pack: str, document_id: str, *, edition: str = "") -> bytes:
        """The original file of the edition named, else of the one in force."""
        return self._send("GET", f"{_document_path(pack, document_id)}/original", params=_edition(edition)).content

    def page_png(self, pack: str, document_id: str, page: int, *, dpi: int = 110) -> bytes:
        """A page of a PDF original as PNG; pages count from 1."""
        return self._send("GET", f"{_document_path(pack, document_id)}/pages/{page}.png", params={"dpi": dpi}).content

    def chunk_page_png(self, pack: str, chunk_id: str, *, dpi: int = 110, lines: Sequence[str] = ()) -> PagePicture:
        """The page of a passage that most of its `lines` are on, highlighted, with these marked more strongly.

        Raises UnknownItemError where there is none.
        """
        asked = {"dpi": dpi, "line": list(lines)}
        answer = self._send("GET", f"{_chunk_path(pack, chunk_id)}/page.png", params=asked)
        return PagePicture(int(answer.headers["Walkdown-Page"]), answer.content)

    def chunk_context(self, pack: str, chunk_id: str) -> PassageContext:
        """The passage's document as text, and which passage it is."""
        return self._model(PassageContext, "GET", f"{_chunk_path(pack, chunk_id)}/context")

    def chunk(self, pack: str, chunk_id: str) -> Chunk:
        """One passage."""
        return self._model(Chunk, "GET", _chunk_path(pack, chunk_id))

    # -- ingestion -----------------------------------------------------------------------------------------------

    def ingest(
        self,
        pack: str,
        paths: Sequence[str | Path],
        *,
        access: Sequence[str] = (),
        site: str = "",
        sync: bool = False,
        engine: IngestEngine = "local",
    ) -> JobInfo:
        """Start to take in files on the server's disk; relative paths are made absolute here.

        With `sync` documents whose files are gone from the folders are withdrawn. `engine` prepares the documents.
        """
        located = tuple(map(_located, paths))
        query = IngestQuery(pack=pack, paths=located, access=tuple(access), site=site, sync=sync, engine=engine)
        return self._model(JobInfo, "POST", "/v1/ingest", json=query.model_dump(mode="json"))

    def upload(self, pack: str, files: Mapping[str, bytes], *, access: Sequence[str] = (), site: str = "") -> JobInfo:
        """Send files (name -> content) and start to take them in."""
        return self._model(
            JobInfo,
            "POST",
            "/v1/documents",
            data={"pack": pack, "access": list(access), "site": site},
            files=[("files", (name, content)) for name, content in files.items()],
        )

    # -- versions of packs ---------------------------------------------------------------------------------------

    def publish(self, path: str | Path, *, sha256: str = "", answers: bool = True) -> JobInfo:
        """Start to publish the pack in a folder or bundle on the server's disk."""
        query = PublishQuery(path=_located(path), sha256=sha256, answers=answers)
        return self._model(JobInfo, "POST", "/v1/packs/publish", json=query.model_dump(mode="json"))

    def versions(self, pack: str) -> list[ReleaseInfo]:
        """The versions of a pack, the earliest first."""
        return self._list(ReleaseInfo, f"/v1/packs/{quote(pack, safe='')}/versions", "versions")

    def rollback(self, pack: str, version: str | None = None) -> RollbackSummary:
        """Put an earlier version in service. Raises UsageError, UnknownItemError."""
        path, query = f"/v1/packs/{quote(pack, safe='')}/rollback", RollbackQuery(version=version)
        return self._model(RollbackSummary, "POST", path, json=query.model_dump(mode="json"))

    def job(self, job_id: str) -> JobInfo:
        """How far a job is."""
        return self._model(JobInfo, "GET", f"/v1/jobs/{quote(job_id, safe='')}")

    def jobs(self) -> list[JobInfo]:
        """The jobs of the server, the newest first."""
        return self._list(JobInfo, "/v1/jobs", "jobs")

    def cancel(self, job_id: str) -> JobInfo:
        """End a job at its next step; one that has ended is given as it is. Raises UnknownItemError."""
        return self._model(JobInfo, "POST", f"/v1/jobs/{quote(job_id, safe='')}/cancel")


def _located(path: str | Path) -> str:
    """A path made absolute for a server with another working directory; a URL is left as it is."""
    text = str(path)
    return text if "://" in text else str(Path(path).absolute())


def _edition(edition: str) -> dict[str, str]:
    return {"edition": edition} if edition else {}


def _document_path(pack: str, document_id: str) -> str:
    return f"/v1/documents/{quote(pack, safe='')}/{quote(document_id, safe='')}"


def _chunk_path(pack: str, chunk_id: str) -> str:
    return f"/v1/chunks/{quote(pack, safe='')}/{quote(chunk_id, safe='')}"
