"""What the evaluation asks of a backend: documents that are withheld are left out by the search's own filter."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from walkdown.documents import Answer, AnswerStatus, Language
from walkdown.testing import plant
from walkdown.wire import DocumentInfo
from walkdown_server.backend import Backend
from walkdown_server.evaluation_target import EvaluationTarget


class Listing:
    """Answers nothing; keeps the filters it was asked with."""

    def __init__(self) -> None:
        self.filters: Mapping[str, Sequence[str]] = {}

    def documents(self, pack: str) -> list[DocumentInfo]:
        return [d.model_copy(update={"pack": pack}) for d in plant.plant_world().documents]

    def ask(self, pack: str, question: str, *, language: Language, filters: Any, **_: Any) -> Answer:
        self.filters = filters
        return Answer(status=AnswerStatus.REFUSED, pack=pack, question=question, language=language, text="-")


def test_withheld_documents_are_left_out_and_all_others_are_not() -> None:
    backend = Listing()
    target = EvaluationTarget(cast(Backend, backend), "power")
    target.ask("Minimum flow?", "en")
    assert backend.filters == {}
    every = [d.id for d in backend.documents("power")]
    target.ask("Minimum flow?", "en", without=every[:1])
    assert sorted(set(backend.filters["document_id"])) == sorted(set(every[1:]) - {every[0]})
