"""Equipment that only the scope of a document names: the passage joins those found."""

import pytest

from walkdown.documents import AnswerStatus, Chunk, DocumentStatus
from walkdown.testing.asking import FixedSearcher, ScriptedModel, ask, chunk, final

STEPS = "1. Two persons enter. One is enough where only the level is read and the lid stays closed."
SCOPE = "This procedure applies to the cell store, room R-118."
ASKED = "May one person enter R-118 to read the level?"


def searcher(*more: Chunk) -> FixedSearcher:
    found = FixedSearcher(STEPS)
    found.more = list(more)
    return found


def test_the_scope_joins_the_passages_found() -> None:
    reply = "In room R-118 one person is enough where only the level is read and the lid stays closed. [1] [2]"
    model = ScriptedModel(f"yes\n{reply}")
    answer = final(ask(searcher(chunk(7, SCOPE)), model, ASKED))
    assert [e.chunk.text for e in answer.evidence] == [STEPS, SCOPE]
    assert answer.status is AnswerStatus.ANSWERED


@pytest.mark.parametrize(
    "other",
    [
        chunk(7, SCOPE).model_copy(update={"document_id": "OP-2"}),
        chunk(7, SCOPE).model_copy(update={"status": DocumentStatus.SUPERSEDED}),
        chunk(7, SCOPE.replace("R-118", "R-119")),
    ],
)
def test_not_of_another_document_nor_out_of_force_nor_of_another_room(other: Chunk) -> None:
    answer = final(ask(searcher(other), ScriptedModel("yes\nOne is enough. [1]"), ASKED))
    assert answer.status is AnswerStatus.REFUSED
    assert "R-118" in answer.reason
