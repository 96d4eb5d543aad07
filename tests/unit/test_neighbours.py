"""Passages that a found passage leans on: what the text points at, and nothing else."""

import pytest

from walkdown.documents import Chunk, Principal
from walkdown.retrieval.neighbours import leans_on, may_lean
from walkdown.retrieval.search import Searcher
from walkdown.testing import asking
from walkdown.testing.asking import chunk
from walkdown.testing.memory import MemoryStore, sample_chunk


def _law(*texts: str, path: tuple[str, ...] = ("제23조(측정)",)) -> list[Chunk]:
    return [chunk(i, text).model_copy(update={"heading_path": path}) for i, text in enumerate(texts)]


def _ordinals(chunks: list[Chunk]) -> list[int]:
    return [c.ordinal for c in chunks]


def test_a_paragraph_of_the_same_article_is_fetched() -> None:
    law = _law("① 사업자는 매월 측정한다.", "② 측정 기록은 3년간 보존한다.", "③ 제1항에 따른 측정은 면제할 수 있다.")
    assert may_lean(law[2]) and _ordinals(leans_on(law[2], law)) == [0]


@pytest.mark.parametrize(
    "text", ["③ 제45조제1항에 따른 측정", "③ 같은 조 제1항에 따른 측정", "③ 측정은 면제할 수 있다."]
)
def test_a_paragraph_of_another_article_is_not(text: str) -> None:
    law = _law("① 사업자는 매월 측정한다.", text)
    assert leans_on(law[1], law) == []


def test_the_paragraph_with_the_same_number_in_another_section_is_not_meant() -> None:
    law = [*_law("① 다른 조의 것이다.", path=("제22조",)), *_law("③ 제1항에 따른 측정", path=("제23조",))]
    assert leans_on(law[1], law) == []


def test_paragraphs_of_united_states_regulations() -> None:
    law = _law(
        "(a) The employer shall inspect monthly.", "(b) Records.", "(c) Paragraph (a) of this section does not apply."
    )
    assert _ordinals(leans_on(law[2], law)) == [0]


def test_a_step_of_the_same_list_and_a_clause_by_its_number() -> None:
    steps = _law("4. Open V-12.\n5. Vent.", "9. If the flow is low, repeat step 4.", path=("3.1 Filling",))
    other = _law("4. Something else.", path=("7 Purge",))[0].model_copy(update={"id": "L:9", "ordinal": 9})
    assert _ordinals(leans_on(steps[1], [*steps, other])) == [0]
    clause = [*_law("Stop as in section 3.1.", path=("8 Trip",)), *_law("Close it.", path=("3.1 Filling",))]
    clause[1] = clause[1].model_copy(update={"id": "L:5", "ordinal": 5})
    assert _ordinals(leans_on(clause[0], clause)) == [5]


def test_the_rest_of_a_cut_list_on_both_sides() -> None:
    parts = _law("Steps:\n1. Open.\n2. Vent.", "Steps:\n…\n3. Start.", "Steps:\n…\n4. Load.")
    assert may_lean(parts[0]) and _ordinals(leans_on(parts[1], parts)) == [0, 2]
    assert _ordinals(leans_on(parts[0], parts)) == [1]


def test_what_the_passage_holds_itself_is_not_fetched() -> None:
    law = _law("① 사업자는 측정한다.\n② 제1항의 측정은 매월 한다.", "① 다른 글")
    assert leans_on(law[0], law) == [] and not may_lean(_law("그냥 글이다.")[0])


def test_another_edition_is_never_fetched() -> None:
    law = _law("① 옛 글이다.", "② 제1항에 따른다.")
    old = [law[0].model_copy(update={"edition": "old"}), law[1]]
    assert leans_on(law[1], old) == []


def _found(filters: dict[str, tuple[str, ...]], access: tuple[str, ...] = ("public",)) -> list[str]:
    texts = ("① Zeta.", "② 제1항에 따른 minimum flow is 40 t/h.")
    store = MemoryStore([sample_chunk(i, t, language="ko", access=access, plant_unit="1") for i, t in enumerate(texts)])
    reader = Principal(name="x", groups=("public",))
    result = Searcher(store, []).search("minimum flow", asking.PACK, reader, k=1, filters=filters)
    return [hit.chunk.id for hit in result.neighbours]


def test_a_search_brings_what_its_first_hits_point_at() -> None:
    assert _found({}) == ["OP-1:0"] == _found({"document_id": ("OP-1",)})


def test_no_neighbour_passes_a_filter_on_passages_or_a_closed_door() -> None:
    assert _found({"plant_unit": ("1",)}) == [] == _found({}, access=("managers",))
