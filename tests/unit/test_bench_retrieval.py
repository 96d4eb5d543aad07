"""The retrieval bench on a small set: sets are read, scored and kept; Walkdown answers through its real parts."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from walkdown.models.embedder import FloatMatrix
from walkdown.testing.memory import HashEmbedder
from walkdown_eval.bench.retrieval import rows, score
from walkdown_eval.bench.sets import Set, public_sets
from walkdown_eval.bench.systems import walkdown
from walkdown_eval.bench.vectors import KeptVectors

RECORDS = [
    {"id": f"d{i}", "title": "Pumps", "text": text, "lang": "en"}
    for i, text in enumerate(("The flow is forty litres.", "Wear a helmet in the field.", "Close the valve first."))
]
SET = Set(
    "small",
    RECORDS,
    [("q0", "the flow in litres"), ("q1", "a helmet")],
    {"q0": frozenset({"d0"}), "q1": frozenset({"d1"})},
)


class Counting(HashEmbedder):
    """Counts the texts that are really encoded."""

    def __init__(self) -> None:
        super().__init__("e5-small")
        self.encoded = 0

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        self.encoded += len(texts)
        return super().embed_passages(texts)


def test_scores_by_hand() -> None:
    ranked = {"the flow in litres": ["d2", "d0"], "a helmet": ["d1"]}
    scores, seconds = score(SET, lambda question, k: ranked[question][:k])
    assert scores["q0"]["R@1"] == 0.0 and scores["q0"]["R@5"] == 1.0 and scores["q1"]["nDCG@10"] == 1.0
    assert seconds >= 0


def test_walkdown_runs_through_ingestion_and_search(tmp_path: Path) -> None:
    kept = [KeptVectors(Counting(), tmp_path)]
    table = rows(SET, {"Walkdown": walkdown("features"), "not reordered": walkdown("none")}, kept)
    assert table[0].startswith("| small | Walkdown | 1.000 | 1.000 | 1.000 | 1.000 |  |") and "1.0000" in table[1]


def test_vectors_are_encoded_once(tmp_path: Path) -> None:
    inner = Counting()
    first = KeptVectors(inner, tmp_path).embed_passages(["one", "two", "three"])
    again = KeptVectors(inner, tmp_path).embed_passages(["three", "one", "two"])
    assert inner.encoded == 3 and np.allclose(first[[2, 0, 1]], again)
    KeptVectors(inner, tmp_path).embed_questions(["one"])
    assert inner.encoded == 4, "a question is encoded otherwise than a passage"


def test_public_sets_are_narrowed_to_a_language(tmp_path: Path) -> None:
    folder = tmp_path / "xquad"
    folder.mkdir()
    passages = [{"id": f"{lang}1", "title": "", "text": "x", "lang": lang} for lang in ("en", "es", "zh")]
    asked = [{"id": f"{lang}q", "text": "?", "lang": lang} for lang in ("en", "es", "zh")]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, passages)))
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, asked)))
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nenq\ten1\t1\nesq\tes1\t1\nzhq\tzh1\t0\n")
    (folder / "qrels_xling_en.tsv").write_text("query-id\tcorpus-id\tscore\nesq\ten1\t1\n")
    sets = {s.name: s for s in public_sets(tmp_path)}
    assert [q for q, _ in sets["xquad en"].questions] == ["enq"] and sets["xquad zh"].questions == []
    crossed = sets["xquad es to en"]
    assert [r["id"] for r in crossed.records] == ["en1"] and crossed.relevant["esq"] == frozenset({"en1"})


@pytest.mark.parametrize("name", ["llama-index", "Haystack", "LangChain"])
def test_absent_peers_are_left_out(name: str) -> None:
    from walkdown_eval.bench.systems import _PEERS, installed, systems

    assert (name in systems()) == installed(_PEERS[name][0])
