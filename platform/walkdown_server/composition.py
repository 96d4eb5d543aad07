"""The composition root: builds the real parts from the settings. Nothing is opened or loaded before it is asked for."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from walkdown.index.open import open_store
from walkdown.index.store import ChunkStore, IndexIdentity
from walkdown.models.catalogue import find_model
from walkdown.models.embedder import Embedder
from walkdown.models.encoders import load_embedder
from walkdown.models.serving import serve_command
from walkdown.records.answers import AnswerLog
from walkdown.records.blobs import BlobStore
from walkdown.records.outbox import Outbox
from walkdown.records.registry import Registry
from walkdown.records.releases import Releases
from walkdown.settings import Settings
from walkdown.text.lexical import ANALYSER
from walkdown.wire import IngestQuery, IngestSummary
from walkdown_ingestion.engines.ray import RayEngine
from walkdown_ingestion.fetching.urls import fetch_all
from walkdown_ingestion.pipeline import IngestReport, ingest
from walkdown_server.backend import address_of
from walkdown_server.children import ChildSpec
from walkdown_server.intake import Taking, take_all
from walkdown_server.jobs import JobProgress
from walkdown_server.lazy import Lazy
from walkdown_server.library import RegistryLibrary
from walkdown_server.llm_link import LLMLink
from walkdown_server.services import Services
from walkdown_server.shelf import published_shelf
from walkdown_server.supervisor import Commands, environment_of, server_command
from walkdown_server.whole import require_whole
from walkdown_ui.launch import command as ui_argv


def build_services(settings: Settings) -> Services:
    """The parts of the installation that the settings describe."""
    blobs = BlobStore(settings.blobs_dir)
    releases = Lazy(lambda: Releases(settings.registry_url))
    packs = published_shelf(settings, releases)
    embedders: Lazy[Sequence[Embedder]] = Lazy(lambda: [load_embedder(name, settings) for name in settings.embedders])
    registry = Lazy(lambda: Registry(settings.registry_url))
    store: Lazy[ChunkStore] = Lazy(lambda: open_store(settings, identity_of(embedders.get()), registry.get()))

    def take_in(query: IngestQuery, progress: JobProgress) -> IngestSummary:
        pack = packs.get(query.pack)
        engine = ray_engine(settings, embedders.get()) if query.engine == "ray" else None

        def ingest_part(paths: Sequence[str | Path], origin: str) -> IngestReport:
            return ingest(
                paths,
                pack,
                store=store.get(),
                embedders=embedders.get(),
                registry=registry.get(),
                blobs=blobs,
                settings=settings,
                progress=lambda what, done, total: progress(what, done, total),
                access=query.access,
                site=query.site,
                origin=origin,
                sync=query.sync,
                engine=engine,
            )

        return take_all(
            query, settings, Taking(ingest_part, partial(fetch_all, pack=pack, settings=settings)), progress
        )

    return Services(
        settings=settings,
        packs=packs,
        embedders=embedders,
        store=store,
        library=Lazy(lambda: RegistryLibrary(registry.get(), blobs, store.get)),
        answers=Lazy(lambda: AnswerLog(settings.registry_url, Outbox(settings.outbox_dir))),
        llm=LLMLink(settings),
        ingest=take_in,
        registry=registry,
        releases=releases,
        blobs=blobs,
        whole=lambda: require_whole(registry.get(), store.get()),
        reach=lambda: registry.get().database.ping(),
    )


def ray_engine(settings: Settings, embedders: Sequence[Embedder]) -> RayEngine:
    """The cluster as the settings name it; each of its workers computes with one core. Raises UsageError."""
    encoders = [partial(load_embedder, name, settings, threads=1) for name in settings.embedders]
    return RayEngine(encoders, embedders, timeout=settings.parse_timeout, address=settings.ray_address)


def identity_of(embedders: Sequence[Embedder]) -> IndexIdentity:
    """What an index built with these encoders is."""
    return IndexIdentity({embedder.name: (embedder.dim, embedder.fingerprint) for embedder in embedders}, ANALYSER)


def child_commands() -> Commands:
    """How `walkdown up` starts its processes."""
    return Commands(server=server_command, llm=_llm_command, ui=_ui_command)


def _llm_command(settings: Settings) -> ChildSpec:
    entry = find_model(settings.llm_model, settings)
    command = serve_command(entry, settings.llm_engine, settings, settings.llm_port)
    return ChildSpec("language model", command.argv, command.env)


def _ui_command(settings: Settings) -> ChildSpec:
    return ChildSpec("web UI", ui_argv(settings.host, settings.ui_port, address_of(settings)), environment_of(settings))
