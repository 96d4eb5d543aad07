"""Question to hits: plan, encode each form once, one fused query over all branches, reorder, drop duplicates, judge."""

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from walkdown.documents import Chunk, DocumentStatus, Hit, Language, Principal
from walkdown.errors import UsageError
from walkdown.index.standing import IN_FORCE, Scope
from walkdown.index.store import Branch, ChunkStore, SearchRequest
from walkdown.models.embedder import Embedder
from walkdown.packs.schema import Pack
from walkdown.retrieval.branches import Vectors, build_branches
from walkdown.retrieval.intent import TimeIntent
from walkdown.retrieval.judge import Judge, rejudge
from walkdown.retrieval.known_tags import may_number_a_document, unknown_tags, with_document_numbers, with_trains
from walkdown.retrieval.lexicon import WORDED
from walkdown.retrieval.nearness import Near, nearness
from walkdown.retrieval.neighbours import LEADING, MOST, leans_on, may_lean
from walkdown.retrieval.question_vectors import AskedVectors
from walkdown.retrieval.questions import check_question, says_nothing
from walkdown.retrieval.rerank import Ordered, rerank, without_duplicates
from walkdown.retrieval.understanding import Form, QueryPlan, understand

NO_FILTERS: Mapping[str, Sequence[str]] = {}
_OF_DOCUMENTS = frozenset({"document_id", "site", "document_type"})
"""Filters that hold for all passages of a document or for none."""
_SPARE = 10
"""Passages searched beyond those asked for, so that dropping duplicates leaves enough."""


class Translator(Protocol):
    """Turns a question into another language, or None where it cannot."""

    def translate(self, plan: QueryPlan, pack: Pack, target: Language) -> str | None:
        """The question in `target`, with the pack's terms; None when there is no usable translation."""
        ...


class SearchResult(NamedTuple):
    """Hits, best first, the plan behind them, and seconds spent on each step and in all (`total`).

    The steps are understand, embed, translate, index, rerank, judge (where the pack asks for it) and neighbours;
    `judged` says what came of judging, or why the order stayed. `branches` are what was searched and `contributions`
    what reordered the hits (by chunk id): `explain` tells them. `neighbours` are passages that the first hits point at
    (`walkdown.retrieval.neighbours`) and not among them.
    """

    hits: list[Hit]
    plan: QueryPlan
    timings: dict[str, float]
    branches: Sequence[Branch] = ()
    contributions: Mapping[str, Mapping[str, float]] = {}
    neighbours: Sequence[Hit] = ()
    judged: str = ""


def scope_of(intent: TimeIntent | None) -> Scope:
    """What a question about another time may see: the revisions of its day, the one it names, or all of them."""
    if intent is None:
        return IN_FORCE
    if intent.kind == "as_of":
        return Scope(as_of=intent.date)
    if intent.kind == "revision":
        return Scope(revisions=(intent.revision,))
    return Scope(history=True)


def _translated(plan: QueryPlan, pack: Pack) -> bool:
    """Whether a question is worth the wait for a translation: the lexicon carries it where its words are known."""
    parameters = pack.manifest.retrieval
    if parameters.translate == "foreign":
        return plan.language not in WORDED and not plan.worded
    return parameters.translate == "all"


class Searcher:
    """Searches one store with a fixed set of encoders."""

    def __init__(
        self,
        store: ChunkStore,
        embedders: Sequence[Embedder],
        *,
        translator: Translator | None = None,
        judge: Judge | None = None,
        max_question_chars: int = 5000,
    ) -> None:
        self._store = store
        self._embedders = embedders
        self._translator = translator
        self._judge = judge
        self._max_question_chars = max_question_chars
        self._asked = AskedVectors()
        self._threads = ThreadPoolExecutor(4, "translate") if translator is not None else None

    def _begin_translations(self, plan: QueryPlan, pack: Pack) -> dict[Language, Future[str | None]]:
        """Translations into the other languages that the pack holds, on their way while other things are done."""
        if self._threads is None or self._translator is None or not _translated(plan, pack):
            return {}
        languages = dict.fromkeys(form.language for form in plan.forms if form.language != plan.language)
        return {other: self._threads.submit(self._translator.translate, plan, pack, other) for other in languages}

    def _encode(self, forms: Sequence[Form]) -> dict[tuple[str, str], npt.NDArray[np.float32]]:
        texts = list(dict.fromkeys(form.encoded for form in forms))
        if not texts:
            return {}
        return {
            (embedder.name, text): vector
            for embedder in self._embedders
            for text, vector in zip(texts, self._asked.vectors(embedder, texts), strict=True)
        }

    def _plan(
        self, question: str, pack: Pack, principal: Principal, turns: Sequence[str], scope: Scope | None
    ) -> tuple[QueryPlan, Scope]:
        checked = check_question(question, max_chars=self._max_question_chars)
        held = self._store.languages(pack.name)
        languages = sorted(held, key=lambda language: -held[language])
        plan = understand(checked, pack, languages, turns=turns)
        if says_nothing(plan.question):
            raise UsageError(
                "The question names nothing to look for.", "Name the equipment, the quantity or the procedure you mean."
            )
        seen = scope if scope is not None else scope_of(plan.time)
        if plan.tags or may_number_a_document(plan.question):
            known = self._store.tags(pack.name, principal, seen)
            numbered = with_document_numbers(plan.question, pack.grammar, known)
            if numbered != plan.question:
                was = {"original": plan.original or plan.question, "excluded": plan.excluded}
                plan = understand(numbered, pack, languages).model_copy(update=was)
            question, trains = with_trains(plan.question, pack.grammar, known)
            if trains:
                typed = {"original": plan.original or plan.question, "trains": trains, "excluded": plan.excluded}
                plan = understand(question, pack, languages).model_copy(update=typed)
            plan = plan.model_copy(update={"unknown_tags": unknown_tags(plan.tags, known)})
        return plan, seen

    def search(
        self,
        question: str,
        pack: Pack,
        principal: Principal,
        *,
        k: int = 10,
        filters: Mapping[str, Sequence[str]] = NO_FILTERS,
        turns: Sequence[str] = (),
        scope: Scope | None = None,
    ) -> SearchResult:
        """The best `k` passages for a question.

        `turns` are the user's earlier questions, oldest first. `scope` is read from the question unless given.
        Raises UsageError: the question is empty, too long or names nothing, or a filter is on an unknown field.
        """
        clock = _Clock()
        # 1. Understand: language, tags, glossary, time; one form per language the pack holds.
        plan, seen = self._plan(question, pack, principal, turns, scope)
        clock.lap("understand")
        # 2. Encode every distinct wording once per encoder, while a translation is on its way.
        pending = self._begin_translations(plan, pack)
        vectors = self._encode(plan.forms)
        clock.lap("embed")
        # 3. Translations are further wordings.
        translated = [
            Form(language=language, text=text, origin="translation")
            for language, future in pending.items()
            if (text := future.result()) is not None
        ]
        vectors |= self._encode(translated)
        plan = plan.model_copy(update={"forms": (*plan.forms, *translated)})
        clock.lap("translate")
        # 4. One fused query.
        branches = build_branches(plan, vectors, pack.manifest.retrieval)
        hits = self._query(branches, pack, principal, k, filters, seen)
        clock.lap("index")
        # 5. Order anew, drop what says the same.
        ordered = Ordered(hits, {})
        if pack.manifest.retrieval.reranker != "none":
            ordered = rerank(plan, hits, pack, self._near(plan, hits, vectors, pack))
        judge = pack.manifest.retrieval.judge
        most = max(k, judge.passages) if judge is not None else k
        ordered = ordered._replace(hits=without_duplicates(ordered.hits, plan.units, most))
        clock.lap("rerank")
        # 6. Where the pack asks for it, the language model judges the first ones.
        ordered, judged = rejudge(plan, ordered, pack, self._judge)
        if judged:
            clock.lap("judge")
        # 7. What the first ones point at.
        hits = ordered.hits[:k]
        neighbours = self._neighbours(hits, pack, principal, filters)
        clock.lap("neighbours")
        return SearchResult(hits, plan, clock.total(), branches, ordered.contributions, neighbours, judged)

    def _query(
        self,
        branches: Sequence[Branch],
        pack: Pack,
        principal: Principal,
        k: int,
        filters: Mapping[str, Sequence[str]],
        scope: Scope,
    ) -> list[Hit]:
        parameters = pack.manifest.retrieval
        depth = k + _SPARE if parameters.reranker == "none" else max(k + _SPARE, parameters.rerank_depth)
        request = SearchRequest(pack.name, principal, branches, depth, filters, parameters.rank_constant, scope)
        return self._store.search(request)

    def _near(self, plan: QueryPlan, hits: Sequence[Hit], asked: Vectors, pack: Pack) -> Mapping[str, Near]:
        """Nearness of the hits by the first encoder."""
        if not self._embedders:
            return {}
        encoder = self._embedders[0].name
        return nearness(plan, hits, asked, self._store.vectors(pack.name, [h.chunk.id for h in hits], encoder), encoder)

    def passages(self, pack: Pack, principal: Principal, document_id: str) -> list[Chunk]:
        """All passages of a document that the principal may read, in order; those out of force say so."""
        return [
            chunk
            for chunk in self._store.chunks(pack.name, document_id)
            if chunk.status in (DocumentStatus.IN_FORCE, DocumentStatus.SUPERSEDED)
            and (not chunk.access or not set(chunk.access).isdisjoint(principal.groups))
        ]

    def changed(self, pack: Pack, principal: Principal, chunks: Sequence[Chunk]) -> set[str]:
        """Ids of passages that do not stand as they were found: withdrawn, superseded or closed to the principal."""
        now = {c.id: c for c in self._store.get(pack.name, [c.id for c in chunks])}
        return {
            c.id
            for c in chunks
            if (own := now.get(c.id)) is None
            or own.status is not c.status
            or (own.access and set(own.access).isdisjoint(principal.groups))
        }

    def _neighbours(
        self, hits: Sequence[Hit], pack: Pack, principal: Principal, filters: Mapping[str, Sequence[str]]
    ) -> list[Hit]:
        """What the first hits point at and the search did not find, with the score of the hit that points and no share.

        With a filter on passages rather than documents none are added, since they were not searched with it.
        """
        if not set(filters) <= _OF_DOCUMENTS:
            return []
        known = {hit.chunk.id for hit in hits}
        out: list[Hit] = []
        for hit in filter(lambda hit: may_lean(hit.chunk), hits[:LEADING]):
            document = [
                c for c in self.passages(pack, principal, hit.chunk.document_id) if c.status is hit.chunk.status
            ]
            for chunk in leans_on(hit.chunk, document):
                if chunk.id not in known:
                    known.add(chunk.id)
                    out.append(Hit(chunk=chunk, score=hit.score))
        return out[:MOST]

    def similarity(self, plan: QueryPlan, texts: Sequence[tuple[str, str]]) -> list[float]:
        """Cosine of the question with each (language, text), by the first encoder; 0 without encoders.

        The question is taken in the text's language where the plan has such a form: a translation rather than
        glossary terms.
        """
        if not self._embedders or not texts:
            return [0.0] * len(texts)
        forms: dict[str, str] = {
            form.language: form.encoded for form in plan.forms if form.origin not in ("original", "corrected")
        }
        questions = {language: forms.get(language, plan.question) for language, _ in texts}
        embedder = self._embedders[0]
        asked = dict(zip(questions, self._asked.vectors(embedder, list(questions.values())), strict=True))
        passages = embedder.embed_passages([text for _, text in texts])
        return [float(asked[language] @ row) for (language, _), row in zip(texts, passages, strict=True)]


class _Clock:
    """Seconds of each step and in all."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._laps[name], self._last = now - self._last, now

    def total(self) -> dict[str, float]:
        return {**self._laps, "total": self._last - self._started}
