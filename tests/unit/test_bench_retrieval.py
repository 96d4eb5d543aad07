"""The retrieval bench on a small set: sets are read, scored and kept; Walkdown answers through its real parts."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from walkdown.index.edge import EdgeStore
from walkdown.index.store import IndexedChunk, IndexIdentity
from walkdown.models.embedder import FloatMatrix
from walkdown.packs.schema import EvaluationEvidence, EvaluationQuestion
from walkdown.testing.memory import HashEmbedder, MemoryStore, sample_chunk, sample_pack
from walkdown.text.lexical import ANALYSER, document_vector
from walkdown_eval.bench.pack_sets import Installed, keep_vectors, of_installation, pack_set
from walkdown_eval.bench.retrieval import rows, score
from walkdown_eval.bench.sets import Set, narrowed, public_sets
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
    assert table[0].startswith("| small (2) | Walkdown | 1.000 | 1.000 | 1.000 | 1.000 |  |") and "1.0000" in table[1]


def test_groups_of_a_set_are_told_apart() -> None:
    grouped = SET._replace(groups={"numbers": frozenset({"q0"}), "clothes": frozenset({"q1"})})
    ranked = {"the flow in litres": ["d0"], "a helmet": ["d2"]}
    table = rows(grouped, {"Walkdown": lambda *_: lambda question, k: ranked[question][:k]}, [])
    assert table[0].startswith("| small numbers (1) | Walkdown | 1.000 |")
    assert table[1].startswith("| small clothes (1) | Walkdown | 0.000 |")


def test_a_set_narrows_to_the_passages_its_questions_need() -> None:
    small = narrowed(SET, 1, 2)
    assert [q for q, _ in small.questions] == ["q0"] and len(small.records) == 2
    assert "d0" in {r["id"] for r in small.records}
    assert narrowed(SET, 5, 99) == SET


def asked(name: str, quote: str, **fields: object) -> EvaluationQuestion:
    evidence = (EvaluationEvidence(document_id="OP-1", quote=quote),)
    return EvaluationQuestion.model_validate(
        {"id": name, "question": f"about {quote}?", "language": "en", "evidence": evidence} | fields
    )


def test_a_packs_questions_are_judged_by_the_passages_everyone_is_given() -> None:
    chunks = [
        sample_chunk(0, "Flow is 40 m3/h."),
        sample_chunk(1, "Wear a helmet."),
        sample_chunk(2, "Secret.", access=("x",)),
    ]
    questions = [
        asked("same", "40 m3/h"), asked("cross", "helmet", tags=("cross",)),
        asked("follow", "helmet", turns=("a pump?",)), asked("hidden", "Secret"), asked("gone", "of another revision"),
    ]  # fmt: skip
    found = pack_set(sample_pack(), questions, MemoryStore(chunks), most=10)
    assert [q for q, _ in found.questions] == ["same", "cross"], "what a peer cannot be asked, or nobody finds, is out"
    assert found.groups == {"within a language": frozenset({"same"}), "across languages": frozenset({"cross"})}
    assert found.relevant["cross"] == {"OP-1:1"} and [r["id"] for r in found.records] == ["OP-1:0", "OP-1:1"]
    assert found.records[0]["text"].startswith("Feed pump\n"), "a peer reads the title as well"


def test_an_installation_is_searched_with_the_packs_own_settings(tmp_path: Path) -> None:
    embedder, pack = HashEmbedder("e5-small"), sample_pack()
    chunks = [sample_chunk(0, "Flow is 40 m3/h."), sample_chunk(1, "Wear a helmet.")]
    text, inner = chunks[1].search_text, Counting()
    with EdgeStore(tmp_path / "index", IndexIdentity({"e5-small": (embedder.dim, "")}, ANALYSER)) as store:
        for chunk in chunks:
            vector = embedder.embed_passages([chunk.search_text])[0]
            store.upsert([IndexedChunk(chunk, {"e5-small": vector}, document_vector(chunk.search_text))])
        kept = KeptVectors(inner, tmp_path)
        keep_vectors(pack_set(pack, [], store, most=1), pack.name, store, kept)
        none = walkdown("none")
        given = {"Walkdown": none, "Walkdown, not reordered": none, "peer": none}
        built = of_installation(pack, Installed(store, [embedder]), given)
        assert list(built) == ["Walkdown", "peer"]
        assert built["Walkdown"](SET, [embedder])("a helmet", 2)[0] == "OP-1:1"
    read = kept.embed_passages([text])
    assert inner.encoded == 0 and np.allclose(read, embedder.embed_passages([text]), atol=1e-6)


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
