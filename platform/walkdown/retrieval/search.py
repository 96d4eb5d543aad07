"""Question to hits: plan, encode each form once, one fused query over all branches."""

import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from walkdown.documents import Hit, Language, Principal
from walkdown.index.store import ChunkStore, SearchRequest
from walkdown.models.embedder import Embedder
from walkdown.packs.schema import Pack
from walkdown.retrieval.branches import build_branches
from walkdown.retrieval.understanding import Form, QueryPlan, check_question, understand

NO_FILTERS: Mapping[str, Sequence[str]] = {}


class Translator(Protocol):
    """Turns a question into another language, or None where it cannot."""

    def translate(self, plan: QueryPlan, pack: Pack, target: Language) -> str | None:
        """The question in `target`, with the pack's terms; None when there is no usable translation."""
        ...


class SearchResult(NamedTuple):
    """Hits, best first, the plan behind them, and seconds spent: understand, translate, embed, index, total."""

    hits: list[Hit]
    plan: QueryPlan
    timings: dict[str, float]


class Searcher:
    """Searches one store with a fixed set of encoders."""

    def __init__(
        self,
        store: ChunkStore,
        embedders: Sequence[Embedder],
        *,
        translator: Translator | None = None,
        max_question_chars: int = 5000,
    ) -> None:
        self._store = store
        self._embedders = embedders
        self._translator = translator
        self._max_question_chars = max_question_chars

    def _translated(self, plan: QueryPlan, pack: Pack) -> QueryPlan:
        if self._translator is None:
            return plan
        forms = [
            Form(language=form.language, text=text, origin="translation")
            for form in plan.forms
            if form.language != plan.language
            and (text := self._translator.translate(plan, pack, form.language)) is not None
        ]
        return plan.model_copy(update={"forms": (*plan.forms, *forms)})

    def search(
        self,
        question: str,
        pack: Pack,
        principal: Principal,
        *,
        k: int = 10,
        filters: Mapping[str, Sequence[str]] = NO_FILTERS,
    ) -> SearchResult:
        """The best `k` passages for a question. Raises UsageError (empty or too long question, unknown filter)."""
        started = time.perf_counter()
        # 1. Understand: language, tags, glossary; one form per language the pack holds.
        checked = check_question(question, max_chars=self._max_question_chars)
        held = self._store.languages(pack.name)
        plan = understand(checked, pack, sorted(held, key=lambda language: -held[language]))
        understood = time.perf_counter()
        # 2. Translate into the other languages, where something can.
        plan = self._translated(plan, pack)
        translated = time.perf_counter()
        # 3. Encode every distinct wording once per encoder.
        texts = list(dict.fromkeys(form.text for form in plan.forms))
        vectors = {
            (embedder.name, text): vector
            for embedder in self._embedders
            for text, vector in zip(texts, embedder.embed_questions(texts), strict=True)
        }
        embedded = time.perf_counter()
        # 4. One fused query.
        branches = build_branches(plan, vectors, pack.manifest.retrieval)
        hits = self._store.search(
            SearchRequest(pack.name, principal, branches, k, filters, pack.manifest.retrieval.rank_constant)
        )
        done = time.perf_counter()
        timings = {
            "understand": understood - started,
            "translate": translated - understood,
            "embed": embedded - translated,
            "index": done - embedded,
            "total": done - started,
        }
        return SearchResult(hits, plan, timings)

    def similarity(self, plan: QueryPlan, texts: Sequence[tuple[str, str]]) -> list[float]:
        """Cosine of the question with each (language, text), by the first encoder; 0 without encoders.

        The question is taken in the text's language where the plan has such a form: a translation rather than
        glossary terms.
        """
        if not self._embedders or not texts:
            return [0.0] * len(texts)
        forms: dict[str, str] = {form.language: form.text for form in plan.forms}
        questions = {language: forms.get(language, plan.question) for language, _ in texts}
        embedder = self._embedders[0]
        asked = dict(zip(questions, embedder.embed_questions(list(questions.values())), strict=True))
        passages = embedder.embed_passages([text for _, text in texts])
        return [float(asked[language] @ row) for (language, _), row in zip(texts, passages, strict=True)]
