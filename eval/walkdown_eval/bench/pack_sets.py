"""A pack's own questions as a set for the bench beside other systems, over the passages of an installation.

Every system ranks the same passages: Walkdown from its index, with the pack's settings; a peer is given each passage
with its title and headings as Walkdown encodes it. Follow-ups are left out, since a peer is asked one question alone,
and so are questions whose evidence no passage in force carries.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np

from walkdown.documents import DocumentStatus, Principal
from walkdown.index.open import open_store
from walkdown.index.store import ChunkStore, IndexIdentity
from walkdown.models.embedder import Embedder
from walkdown.packs.evaluation_file import read_evaluation_set
from walkdown.packs.loader import get_pack
from walkdown.packs.schema import EvaluationQuestion, Pack
from walkdown.records.registry import Registry
from walkdown.retrieval.search import Searcher
from walkdown.settings import Settings
from walkdown.text.lexical import ANALYSER
from walkdown_eval.bench.sets import Set
from walkdown_eval.bench.systems import OWN, Build, Rank
from walkdown_eval.bench.vectors import KeptVectors
from walkdown_eval.runner import spread
from walkdown_eval.scorers import carries


class Installed(NamedTuple):
    """What a search in an installation needs."""

    store: ChunkStore
    embedders: Sequence[Embedder]


@contextmanager
def installation(settings: Settings, embedders: Sequence[Embedder]) -> Iterator[Installed]:
    """The index under WALKDOWN_HOME, open; no server may hold it."""
    registry = Registry(settings.registry_url)
    identity = IndexIdentity({e.name: (e.dim, e.fingerprint) for e in embedders}, ANALYSER)
    store = open_store(settings, identity, registry)
    try:
        yield Installed(store, embedders)
    finally:
        store.close()


def pack_set(pack: Pack, questions: Sequence[EvaluationQuestion], store: ChunkStore, *, most: int) -> Set:
    """A set of a pack's passages in force and at most `most` of its questions, spread over the file."""
    passages = [
        chunk for chunk in store.chunks(pack.name) if chunk.status is DocumentStatus.IN_FORCE and not chunk.access
    ]
    records = [{"id": c.id, "title": "", "text": c.search_text, "lang": c.language} for c in passages]
    relevant: dict[str, frozenset[str]] = {}
    alone = [q for q in questions if q.answerable and not q.turns]
    for question in alone:
        found = frozenset(c.id for c in passages if any(carries(c, e) for e in question.evidence))
        if found:
            relevant[question.id] = found
    asked = spread([q for q in alone if q.id in relevant], most)
    across = frozenset(q.id for q in asked if "cross" in q.tags)
    within = frozenset(q.id for q in asked) - across
    return Set(
        f"{pack.name} dev",
        records,
        [(q.id, q.question) for q in asked],
        relevant,
        {name: ids for name, ids in (("within a language", within), ("across languages", across)) if ids},
    )


def keep_vectors(questions: Set, pack: str, store: ChunkStore, embedder: KeptVectors) -> None:
    """Take the passages' vectors from the index: a peer would encode the same texts with the same encoder again."""
    texts = {record["id"]: record["text"] for record in questions.records}
    found = store.vectors(pack, list(texts), embedder.name)
    embedder.keep_passages([texts[chunk] for chunk in found], np.array(list(found.values()), np.float32))


def dev_set(name: str, settings: Settings, store: ChunkStore, *, most: int) -> tuple[Pack, Set]:
    """A pack and the set of its dev questions; a bench never touches the test part."""
    pack = get_pack(name, settings)
    questions = read_evaluation_set(pack.folder / pack.manifest.evaluation.dev)
    return pack, pack_set(pack, questions, store, most=most)


def of_installation(pack: Pack, installed: Installed, builders: Mapping[str, Build]) -> dict[str, Build]:
    """The same systems with Walkdown searching its index of the pack, with the pack's own settings."""

    def walkdown(questions: Set, embedders: Sequence[Embedder]) -> Rank:
        del questions
        searcher = Searcher(installed.store, embedders)
        return lambda question, k: [h.chunk.id for h in searcher.search(question, pack, Principal(), k=k).hits]

    peers = {name: build for name, build in builders.items() if not name.startswith(OWN)}
    return {OWN: walkdown, **peers}
