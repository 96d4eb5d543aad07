"""What the server is made of: every part a request needs, made when first needed."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import structlog

from walkdown.answering.engine import AnswerEngine
from walkdown.answering.events import AnswerEvent, Final
from walkdown.answering.phrases import finding
from walkdown.answering.writing import Budget
from walkdown.documents import Answer, Language, Principal
from walkdown.errors import WalkdownError
from walkdown.index.store import ChunkStore
from walkdown.models.embedder import Embedder
from walkdown.packs.schema import Pack
from walkdown.records.answers import AnswerLog
from walkdown.records.blobs import BlobStore
from walkdown.records.registry import Registry
from walkdown.records.releases import Releases
from walkdown.records.replay import compare
from walkdown.retrieval.questions import check_question
from walkdown.retrieval.search import Searcher
from walkdown.settings import Settings
from walkdown.wire import DocumentInfo, Replay
from walkdown_server.access import LOCAL
from walkdown_server.jobs import Run
from walkdown_server.lazy import Lazy
from walkdown_server.llm_link import LLMLink

_log = structlog.get_logger(__name__)
Filters = Mapping[str, Sequence[str]]


class Library(Protocol):
    """The documents that were taken in: what the registry knows of them, and their originals."""

    def documents(self, pack: str) -> list[DocumentInfo]:
        """All documents of a pack, in order of their ids."""
        ...

    def count(self, pack: str) -> int:
        """Number of documents in force."""
        ...

    def get(self, pack: str, document_id: str, *, edition: str = "") -> DocumentInfo:
        """The edition named, else the one in force, else the last one. Raises UnknownItemError."""
        ...

    def withdraw(self, pack: str, document_id: str, reason: str = "") -> list[DocumentInfo]:
        """Take a document out of force at once. Raises UnknownItemError."""
        ...

    def restore(self, pack: str, document_id: str) -> list[DocumentInfo]:
        """Undo a withdrawal. Raises UnknownItemError."""
        ...

    def decide(self, pack: str, document_id: str, sha256: str) -> list[DocumentInfo]:
        """Put one content of a document in force. Raises UnknownItemError, UsageError."""
        ...

    def original(self, document: DocumentInfo) -> Path:
        """The original file. Raises UnknownItemError when it is not kept."""
        ...


def _same(name: str) -> str:
    return name


class PackShelf:
    """The packs there are; a pack is read once for each of its versions."""

    def __init__(
        self,
        find: Callable[[], dict[str, Path]],
        load: Callable[[str], Pack],
        resolve: Callable[[str], str] = _same,
    ) -> None:
        """`resolve` gives the name of the version in service (power@0.2.0), asked for at every use."""
        self._find = find
        self._load = load
        self._resolve = resolve
        self._lock = threading.Lock()
        self._loaded: dict[str, Pack] = {}

    def names(self) -> list[str]:
        """Names of the packs, in order."""
        return sorted(self._find())

    def folders(self) -> dict[str, Path]:
        """Folders of the packs by name."""
        return dict(sorted(self._find().items()))

    def get(self, name: str) -> Pack:
        """A pack: the version in service, or the one that the name states. Raises UnknownPackError, PackError."""
        resolved = self._resolve(name)
        with self._lock:
            if resolved not in self._loaded:
                self._loaded[resolved] = self._load(resolved)
            return self._loaded[resolved]

    def forget(self, name: str) -> None:
        """Read a pack anew at its next use."""
        with self._lock:
            self._loaded.pop(name, None)


@dataclass
class Services:
    """The parts of one installation."""

    settings: Settings
    packs: PackShelf
    embedders: Lazy[Sequence[Embedder]]
    store: Lazy[ChunkStore]
    library: Lazy[Library]
    answers: Lazy[AnswerLog]
    llm: LLMLink
    ingest: Run
    registry: Lazy[Registry]
    releases: Lazy[Releases]
    blobs: BlobStore
    whole: Callable[[], None] = lambda: None
    """Raises IndexUnavailableError where index and registry do not hold the same."""
    reach: Callable[[], None] = lambda: None
    """Raises ResourceError where the database of the registry cannot be used."""
    searcher: Lazy[Searcher] = field(init=False)

    def __post_init__(self) -> None:
        self.searcher = Lazy(self._searcher)

    def _searcher(self) -> Searcher:
        store, embedders = self.store.get(), self.embedders.get()
        self.whole()
        most = self.settings.max_question_chars
        return Searcher(store, embedders, translator=self.llm, judge=self.llm, max_question_chars=most)

    def engine(self) -> AnswerEngine:
        """An answer engine with the language model that is there now; cheap to make."""
        return AnswerEngine(
            self.searcher.get(),
            self.llm.client(),
            timeout=self.settings.answer_timeout,
            billions=self.settings.llm_billions,
        )

    async def ask(
        self,
        question: str,
        pack: Pack,
        *,
        language: Language | None = None,
        filters: Filters = MappingProxyType({}),
        turns: Sequence[str] = (),
        budget: Budget | None = None,
        principal: Principal = LOCAL,
        conversation: str = "",
    ) -> AsyncIterator[AnswerEvent]:
        """Answer one question; the answer is recorded, in its conversation, before it is given. See the engine."""
        # Before it is taken apart and before anything is loaded: a part may be short enough where the whole is not.
        check_question(question, max_chars=self.settings.max_question_chars)
        engine = await asyncio.to_thread(self.engine)
        asked = engine.ask(question, pack, principal, language=language, filters=filters, turns=turns, budget=budget)
        async for event in asked:
            if isinstance(event, Final):
                trace = {**event.trace, "turns": list(turns), "filters": {k: list(v) for k, v in filters.items()}}
                recorded = await asyncio.to_thread(self._recorded, event.answer, trace, principal, conversation)
                yield Final(answer=recorded, trace=trace)
            else:
                yield event

    def _recorded(self, answer: Answer, trace: Mapping[str, Any], principal: Principal, conversation: str) -> Answer:
        """The answer with its record; without a record id where it could not be recorded."""
        try:
            hashes = trace.get("prompt_hashes") or [""]
            self.answers.get().add(answer, principal, prompt_hash=hashes[0], trace=trace, conversation=conversation)
        except WalkdownError as error:
            _log.error("answer_not_recorded", cause=error.cause)
            told = (*answer.findings, finding("not_recorded", answer.language))
            return answer.model_copy(update={"record_id": "", "findings": told})
        return answer

    def settle_records(self) -> None:
        """Write the records that wait for the database; what cannot be done now is tried again later."""
        try:
            self.answers.get().settle()
        except WalkdownError as error:
            _log.warning("records_still_wait", cause=error.cause)

    async def replay(self, record_id: str) -> Replay:
        """Ask a record's question again, unrecorded, and compare. Raises UnknownItemError."""
        record = await asyncio.to_thread(lambda: self.answers.get().get(record_id))
        pack, engine = self.packs.get(record.pack), await asyncio.to_thread(self.engine)
        trace = record.trace
        asked = engine.ask(
            record.question,
            pack,
            record.principal,
            language=record.answer.language,
            filters=trace.get("filters", {}),
            turns=trace.get("turns", ()),
            marker=str(trace.get("marker", "")),
        )
        async for event in asked:
            if isinstance(event, Final):
                return compare(record, event.answer, event.trace)
        raise RuntimeError("the engine ended without an answer")

    def warm_up(self) -> None:
        """Load what can be loaded; what cannot is left for `/ready` to tell and for the next request to try again."""
        for part in (self.library, self.store, self.embedders, self.searcher):
            try:
                part.get()
            except WalkdownError:
                continue

    async def close(self) -> None:
        """Release files and connections; records that are in memory only are written now or never."""
        log = self.answers.peek()
        if log is not None and log.held():
            await asyncio.to_thread(self.settle_records)
            if lost := log.held():
                _log.error("records_lost", records=lost, cause="the disk is full")
        store = self.store.peek()
        if store is not None:
            store.close()
        await self.llm.close()
