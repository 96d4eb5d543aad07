"""Who does the work of a command: the running server if there is one, else this process."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from walkdown.answering.events import Final, Token
from walkdown.client import WalkdownClient
from walkdown.documents import Answer, Language
from walkdown.errors import ServerSilentError, ServerUnavailableError, UsageError
from walkdown.settings import Settings
from walkdown.wire import DocumentInfo, IngestQuery, IngestSummary, Replay, SearchQuery, SearchReply
from walkdown.wire_records import GapReport, GapsQuery
from walkdown.wire_releases import PublishQuery, PublishSummary, ReleaseInfo, RollbackSummary
from walkdown_server.access import LOCAL
from walkdown_server.following import follow
from walkdown_server.jobs import JobProgress

if TYPE_CHECKING:
    # The parts of an installation take seconds to import, and a command that finds a running server needs none.
    from walkdown_server.services import Services

_PROBE_SECONDS = 20.0
"""How long a server that took the connection may take to say who it is. Where none listens, that is known at once."""
OnToken = Callable[[str], None]
Filters = Mapping[str, Sequence[str]]
NO_FILTERS: Filters = {}


def address_of(settings: Settings) -> str:
    """URL at which this machine reaches the server; a wildcard address is reached through loopback."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(settings.host, settings.host)  # noqa: S104
    return f"http://{host}:{settings.port}"


class Backend(Protocol):
    """What commands ask for. All raise errors of the tree."""

    where: str

    def search(self, query: SearchQuery) -> SearchReply:
        """The best passages."""
        ...

    def ask(
        self,
        pack: str,
        question: str,
        *,
        language: Language | None,
        on_token: OnToken,
        turns: Sequence[str] = (),
        filters: Filters = NO_FILTERS,
    ) -> Answer:
        """The checked answer; `on_token` is told the unchecked draft as it is written."""
        ...

    def replay(self, record_id: str) -> Replay:
        """What a recorded answer would be today."""
        ...

    def gaps(self, pack: str, query: GapsQuery) -> GapReport:
        """Questions without a sure answer."""
        ...

    def documents(self, pack: str) -> list[DocumentInfo]:
        """The registry of a pack."""
        ...

    def withdraw(self, pack: str, document_id: str, reason: str) -> list[DocumentInfo]:
        """Take a document out of force."""
        ...

    def restore(self, pack: str, document_id: str) -> list[DocumentInfo]:
        """Undo a withdrawal."""
        ...

    def decide(self, pack: str, document_id: str, sha256: str) -> list[DocumentInfo]:
        """Put one content of a document in force."""
        ...

    def ingest(self, query: IngestQuery, progress: JobProgress) -> IngestSummary:
        """Take documents in."""
        ...

    def publish(self, query: PublishQuery, progress: JobProgress) -> PublishSummary:
        """Build, measure and publish a pack."""
        ...

    def versions(self, pack: str) -> list[ReleaseInfo]:
        """The versions of a pack."""
        ...

    def rollback(self, pack: str, version: str | None) -> RollbackSummary:
        """Put an earlier version in service."""
        ...


class Remote:
    """A running server."""

    def __init__(self, client: WalkdownClient) -> None:
        self._client = client
        self.where = client.base_url

    def search(self, query: SearchQuery) -> SearchReply:
        """The best passages."""
        return self._client.search_for(query)

    def ask(
        self,
        pack: str,
        question: str,
        *,
        language: Language | None,
        on_token: OnToken,
        turns: Sequence[str] = (),
        filters: Filters = NO_FILTERS,
    ) -> Answer:
        """The checked answer."""
        for event in self._client.ask_stream(pack, question, language=language, turns=turns, filters=filters):
            if event.event == "token":
                on_token(event.data["text"])
            elif event.event == "answer":
                return self._client.answer_of(event)
        raise ServerUnavailableError(f"The server at {self.where} sent no answer.", "Look into its log.")

    def replay(self, record_id: str) -> Replay:
        """What a recorded answer would be today."""
        return self._client.replay(record_id)

    def gaps(self, pack: str, query: GapsQuery) -> GapReport:
        """Questions without a sure answer."""
        return self._client.gaps(pack, query)

    def documents(self, pack: str) -> list[DocumentInfo]:
        """The registry of a pack."""
        return self._client.documents(pack)

    def withdraw(self, pack: str, document_id: str, reason: str) -> list[DocumentInfo]:
        """Take a document out of force."""
        return self._client.withdraw(pack, document_id, reason)

    def restore(self, pack: str, document_id: str) -> list[DocumentInfo]:
        """Undo a withdrawal."""
        return self._client.restore(pack, document_id)

    def decide(self, pack: str, document_id: str, sha256: str) -> list[DocumentInfo]:
        """Put one content of a document in force."""
        return self._client.decide(pack, document_id, sha256)

    def ingest(self, query: IngestQuery, progress: JobProgress) -> IngestSummary:
        """Send the work to the server, which owns the index, and follow it to the end."""
        job = self._client.ingest(
            query.pack, query.paths, access=query.access, site=query.site, sync=query.sync, engine=query.engine
        )
        job = follow(self._client, job, progress)
        if job.report is None:
            raise self._silent()
        return job.report

    def publish(self, query: PublishQuery, progress: JobProgress) -> PublishSummary:
        """Let the server publish, and follow it to the end."""
        begun = self._client.publish(query.path, sha256=query.sha256, answers=query.answers)
        job = follow(self._client, begun, progress)
        if job.publication is None:
            raise self._silent()
        return job.publication

    def versions(self, pack: str) -> list[ReleaseInfo]:
        """The versions of a pack."""
        return self._client.versions(pack)

    def rollback(self, pack: str, version: str | None) -> RollbackSummary:
        """Put an earlier version in service."""
        return self._client.rollback(pack, version)

    def _silent(self) -> ServerUnavailableError:
        return ServerUnavailableError(f"The server at {self.where} ended the job without a report.", "See its log.")


class Local:
    """The running process itself, with the index opened in it."""

    where = "this process"

    def __init__(self, services: "Services") -> None:
        self._services = services

    def search(self, query: SearchQuery) -> SearchReply:
        """The best passages."""
        from walkdown_server.searching import run_search

        return run_search(self._services, query)

    def ask(
        self,
        pack: str,
        question: str,
        *,
        language: Language | None,
        on_token: OnToken,
        turns: Sequence[str] = (),
        filters: Filters = NO_FILTERS,
    ) -> Answer:
        """The checked answer."""
        loaded = self._services.packs.get(pack)

        async def run() -> Answer | None:
            async for event in self._services.ask(question, loaded, language=language, turns=turns, filters=filters):
                if isinstance(event, Token):
                    on_token(event.text)
                elif isinstance(event, Final):
                    return event.answer
            return None

        answer = asyncio.run(run())
        if answer is None:
            raise RuntimeError("the engine ended without an answer")
        return answer

    def replay(self, record_id: str) -> Replay:
        """What a recorded answer would be today."""
        return asyncio.run(self._services.replay(record_id))

    def gaps(self, pack: str, query: GapsQuery) -> GapReport:
        """Questions without a sure answer."""
        from walkdown_server.gaps import gap_report

        return gap_report(self._services, pack, query, LOCAL)

    def documents(self, pack: str) -> list[DocumentInfo]:
        """The registry of a pack."""
        return self._services.library.get().documents(self._services.packs.get(pack).name)

    def withdraw(self, pack: str, document_id: str, reason: str) -> list[DocumentInfo]:
        """Take a document out of force."""
        return self._services.library.get().withdraw(self._services.packs.get(pack).name, document_id, reason)

    def restore(self, pack: str, document_id: str) -> list[DocumentInfo]:
        """Undo a withdrawal."""
        return self._services.library.get().restore(self._services.packs.get(pack).name, document_id)

    def decide(self, pack: str, document_id: str, sha256: str) -> list[DocumentInfo]:
        """Put one content of a document in force."""
        return self._services.library.get().decide(self._services.packs.get(pack).name, document_id, sha256)

    def ingest(self, query: IngestQuery, progress: JobProgress) -> IngestSummary:
        """Take documents in."""
        return self._services.ingest(query, progress)

    def publish(self, query: PublishQuery, progress: JobProgress) -> PublishSummary:
        """Build, measure and publish a pack."""
        from walkdown_server.publishing import PackPublisher

        return PackPublisher(self._services).publish(query, progress)

    def versions(self, pack: str) -> list[ReleaseInfo]:
        """The versions of a pack."""
        from walkdown_server.rollback import versions

        return versions(self._services, pack)

    def rollback(self, pack: str, version: str | None) -> RollbackSummary:
        """Put an earlier version in service."""
        from walkdown_server.rollback import rollback

        return rollback(self._services, pack, version)


@contextmanager
def connect(settings: Settings, build: Callable[[Settings], "Services"]) -> Iterator[Backend]:
    """The running server at the settings' address, or this process with services from `build`."""
    client = WalkdownClient(address_of(settings))
    with client:
        if _runs(settings):
            yield Remote(client)
            return
    services = build(settings)
    try:
        yield Local(services)
    finally:
        asyncio.run(services.close())


def _runs(settings: Settings) -> bool:
    """Whether a server is to do the work; not where nothing listens, or something that speaks otherwise.

    Raises ServerSilentError where something listens and says nothing: a busy server holds the index, and working
    beside it would fail, or put what is meant for it into another library.
    """
    with WalkdownClient(address_of(settings), _PROBE_SECONDS) as client:
        try:
            library = client.health().library
        except ServerSilentError:
            raise
        except ServerUnavailableError:
            return False
    # What is meant for one library must not end in another; where no home is named, the server's is meant.
    if "home" in settings.model_fields_set and library not in ("", settings.library_id):
        raise UsageError(
            f"The server at {address_of(settings)} has another library than WALKDOWN_HOME names: {settings.home}.",
            "Unset WALKDOWN_HOME to use the server's, stop that server, or set WALKDOWN_PORT to another port.",
        )
    return True
