"""Ablation: grids, parts, the paired test, and that a switched-off part is really off."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdown.documents import Hit
from walkdown.errors import UsageError
from walkdown.packs.schema import EvaluationEvidence, EvaluationQuestion, Pack
from walkdown.testing.memory import sample_chunk, sample_pack
from walkdown_eval.ablation import ablate, grid_variants, part_variants, to_markdown
from walkdown_eval.significance import paired_randomisation

PACK = sample_pack()
QUESTIONS = [
    EvaluationQuestion(
        id=f"q{i}",
        question=f"value {i}?",
        language="en",
        evidence=(EvaluationEvidence(document_id="OP-1", quote=f"value {i}"),),
        tags=("cross",) if i % 2 else (),
    )
    for i in range(8)
]


def search(pack: Pack, question: EvaluationQuestion, k: int) -> list[Hit]:
    """Finds the evidence first, or second where lexical search is off."""
    right = sample_chunk(1, f"The value {question.id[1:]} holds.")
    wrong = sample_chunk(0, "Nothing.")
    order = [right, wrong] if pack.manifest.retrieval.sparse_weight else [wrong, right]
    return [Hit(chunk=c, score=1.0) for c in order][:k]


def test_a_grid_runs_every_combination_and_knows_its_fields() -> None:
    variants = grid_variants(PACK, {"sparse_weight": [0, 1], "rank_constant": [5, 60]})
    assert [v.name for v in variants][:2] == ["as it is", "sparse_weight=0, rank_constant=5"] and len(variants) == 5
    judged = grid_variants(PACK, {"judge": [{"passages": 4}]})[1].pack.manifest.retrieval.judge
    assert judged is not None and judged.passages == 4 and PACK.manifest.retrieval.judge is None
    assert variants[1].pack.manifest.retrieval.rank_constant == 5 and PACK.manifest.retrieval.rank_constant == 10
    with pytest.raises(UsageError, match="sparse_wait"):
        grid_variants(PACK, {"sparse_wait": [1]})


def test_a_worse_variant_is_worse_and_significant() -> None:
    rows = ablate(grid_variants(PACK, {"sparse_weight": [1, 0]}), QUESTIONS, search)
    assert rows[0].p is None and rows[1].p == 1.0 and rows[2].p is not None and rows[2].p < 0.05
    assert rows[0].means["all"]["R@1"] == 1.0 and rows[2].means["cross"]["R@1"] == 0.0
    assert rows[2].means["same"]["R@5"] == 1.0
    table = to_markdown(rows, len(QUESTIONS))
    assert "| sparse_weight=0 | 0.00 / 1.00 / 1.00 / 0.63" in table


def test_parts_are_off() -> None:
    by_name = {v.name: v.pack for v in part_variants(PACK)}
    assert by_name["without reordering"].manifest.retrieval.reranker == "none"
    alone = by_name["lexical search alone"].manifest.retrieval
    assert not any(alone.dense_weights.values()) and not any(alone.cross_weights.values())
    assert by_name["without e5-small"].manifest.retrieval.dense_weights["use-multilingual"] > 0


def test_a_set_without_evidence_is_refused() -> None:
    with pytest.raises(UsageError, match="no question with evidence"):
        ablate(part_variants(PACK), [], search)


scores = st.lists(st.floats(0, 1), min_size=1, max_size=12)


@given(scores)
def test_equal_scores_never_differ(a: list[float]) -> None:
    assert paired_randomisation(a, a, rounds=50) == 1.0


def test_p_values_by_hand() -> None:
    # Six pairs that all differ by 1: of 64 sign patterns two are as extreme, p is near 1/32.
    assert paired_randomisation([1.0] * 6, [0.0] * 6) == pytest.approx(1 / 32, abs=0.01)
    assert paired_randomisation([1.0, 0.0], [0.0, 1.0]) == 1.0
    assert json.dumps(paired_randomisation([1.0], [0.0])) == "1.0"
    with pytest.raises(ValueError, match="equally long"):
        paired_randomisation([1.0], [])
