"""One pack behind a backend, as the evaluation asks for it."""

from collections.abc import Sequence
from functools import cached_property

from walkdown.documents import Answer, Hit, Language
from walkdown.wire import SearchQuery
from walkdown_server.backend import NO_FILTERS, Backend, Filters


class EvaluationTarget:
    """One pack behind a backend, as `walkdown_eval` asks for it."""

    def __init__(self, backend: Backend, pack: str) -> None:
        self._backend = backend
        self._pack = pack

    def search(self, question: str, *, k: int, turns: Sequence[str] = ()) -> list[Hit]:
        """The best k passages."""
        query = SearchQuery(pack=self._pack, question=question, k=k, turns=tuple(turns))
        return [hit.to_hit() for hit in self._backend.search(query).hits]

    def ask(
        self, question: str, language: Language, *, turns: Sequence[str] = (), without: Sequence[str] = ()
    ) -> Answer:
        """The checked answer; `without` are documents that are left out of the search."""
        filters: Filters = {"document_id": [i for i in self._documents if i not in without]} if without else NO_FILTERS
        return self._backend.ask(
            self._pack, question, language=language, on_token=lambda _: None, turns=turns, filters=filters
        )

    @cached_property
    def _documents(self) -> list[str]:
        return [document.id for document in self._backend.documents(self._pack)]
