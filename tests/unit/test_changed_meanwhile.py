"""A document that is withdrawn or superseded while its answer is written is not answered from."""

from collections.abc import Sequence

from walkdown.documents import AnswerStatus, Chunk, DocumentStatus, Principal
from walkdown.retrieval.search import Searcher
from walkdown.testing.asking import PACK, FixedSearcher, ScriptedModel, ask, chunk, final
from walkdown.testing.memory import MemoryStore

FLOWS = "The minimum flow of P-101A is 40 m3/h."


def test_what_was_withdrawn_meanwhile_is_not_in_the_answer() -> None:
    searcher = FixedSearcher(FLOWS, "P-101A is started by the shift leader.")
    searcher.gone = {searcher.hits[0].chunk.id}
    answer = final(ask(searcher, ScriptedModel(f"yes\n{FLOWS} [1]")))
    assert answer.status is AnswerStatus.INCOMPLETE
    assert "40 m3/h" not in answer.text
    assert [e.number for e in answer.evidence] == [2]
    assert "withdrawn" in answer.reason


def test_what_stands_is_answered() -> None:
    answer = final(ask(FixedSearcher(FLOWS), ScriptedModel(f"yes\n{FLOWS} [1]")))
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.text == f"{FLOWS} [1]"


def test_changed_are_those_gone_superseded_or_closed() -> None:
    def passage(number: int, **more: object) -> Chunk:
        return chunk(number, FLOWS).model_copy(update=more)

    now = [passage(1), passage(2, status=DocumentStatus.SUPERSEDED), passage(3, access=("safety",))]

    class Later(MemoryStore):
        def get(self, pack: str, chunk_ids: Sequence[str]) -> list[Chunk]:
            return [c for c in now if c.pack == pack and c.id in chunk_ids]

    searcher = Searcher(Later(), [])
    found = [passage(1), passage(2), passage(3), passage(4)]
    assert searcher.changed(PACK, Principal(), found) == {found[1].id, found[2].id, found[3].id}
