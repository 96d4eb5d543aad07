"""Features and the order of passages: coverage, units, twins of a tag, near duplicates."""

import datetime as dt

import numpy as np
import pytest

from walkdown.documents import Chunk, DocumentStatus, Hit, Principal
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval import rerank as rerank_module
from walkdown.retrieval.features import NAMES, Passage, feature_rows, read_passage
from walkdown.retrieval.nearness import Near, nearness
from walkdown.retrieval.rerank import WEIGHTS, rerank, tag_class, without_duplicates
from walkdown.retrieval.search import Searcher
from walkdown.retrieval.understanding import QueryPlan, understand
from walkdown.testing.memory import MemoryStore, sample_chunk, sample_pack
from walkdown.text.tags import compile_pattern

PACK = sample_pack().model_copy(
    update={
        "glossary": (GlossaryEntry(ko="최소 유량", en="minimum flow"), GlossaryEntry(ko="급수펌프", en="feed pump"))
    }
)


def plan_of(question: str) -> QueryPlan:
    return understand(question, PACK, ["ko", "en"], today=dt.date(2026, 1, 1))


def hits_of(*chunks: Chunk, scores: tuple[float, ...] = ()) -> list[Hit]:
    return [Hit(chunk=c, score=s) for c, s in zip(chunks, scores or (1.0,) * len(chunks), strict=True)]


def column(rows: np.ndarray, name: str) -> list[float]:
    return [float(x) for x in rows[:, NAMES.index(name)]]


def test_coverage_works_across_languages() -> None:
    hits = hits_of(
        sample_chunk(0, "The minimum flow of the feed pump is 40 t/h."), sample_chunk(1, "Wear it.", title="Safety")
    )
    rows = feature_rows(plan_of("급수펌프 최소 유량은 얼마야?"), hits, PACK)
    covered = column(rows, "cover_line")
    assert covered[0] > 0.6 and covered[1] == 0.0
    assert column(rows, "number_in_line") == [1.0, 0.0] and column(rows, "number_missing") == [0.0, 1.0]


def test_units_speak_for_and_against() -> None:
    hits = hits_of(
        sample_chunk(0, "40 t/h", title="Feed pumps, unit 2"),
        sample_chunk(1, "45 t/h", title="급수펌프 (1호기)"),
        sample_chunk(2, "50 t/h", title="Feed pumps"),
    )
    rows = feature_rows(plan_of("2호기 급수펌프 최소 유량은?"), hits, PACK)
    assert column(rows, "unit_same") == [1.0, 0.0, 0.0] and column(rows, "unit_apart") == [0.0, 1.0, 0.0]
    assert rerank(plan_of("2호기 급수펌프 최소 유량은?"), hits, PACK).hits[0].chunk.ordinal == 0


def test_a_twin_never_comes_before_the_asked_tag() -> None:
    wordy = sample_chunk(0, "P-101B minimum flow of the feed pump is 40 m3/h", title="Minimum flow", tags=("P101B",))
    asked = sample_chunk(1, "P-101A", tags=("P101A",))
    plan = plan_of("minimum flow of feed pump P-101A?")
    assert [tag_class(plan, c) for c in (wordy, asked)] == [1, 0]
    found = rerank(plan, hits_of(wordy, asked, scores=(9.0, 0.1)), PACK).hits
    assert [h.chunk.ordinal for h in found] == [1, 0]


def test_a_passage_that_names_both_is_no_twin() -> None:
    both = sample_chunk(0, "P-101A and P-101B", tags=("P101A", "P101B"))
    assert tag_class(plan_of("P-101A?"), both) == 0


def test_a_pack_may_weigh_otherwise() -> None:
    hits = hits_of(sample_chunk(0, "minimum flow 40 t/h"), sample_chunk(1, "helmet " * 30), scores=(1.0, 1.0))
    plan = plan_of("minimum flow?")
    assert rerank(plan, hits, PACK).hits[0].chunk.ordinal == 0
    only_length = dict.fromkeys(NAMES, 0.0) | {"length": 1.0}
    parameters = PACK.manifest.retrieval.model_copy(update={"rerank_weights": only_length})
    other = PACK.model_copy(update={"manifest": PACK.manifest.model_copy(update={"retrieval": parameters})})
    assert rerank(plan, hits, other).hits[0].chunk.ordinal == 1


def test_every_feature_has_a_weight_and_rows_are_bounded() -> None:
    assert set(WEIGHTS) == set(NAMES)
    rows = feature_rows(
        plan_of("2호기 P-101A 최소 유량 40 t/h?"), hits_of(sample_chunk(0, "x"), sample_chunk(1, "P-101A " * 400)), PACK
    )
    assert rows.shape == (2, len(NAMES)) and np.isfinite(rows).all() and (np.abs(rows) <= 1).all()
    assert rerank(plan_of("x1"), [], PACK).hits == []


@pytest.mark.parametrize(
    ("second", "kept"),
    [
        ("Close the inlet damper before starting the fan and check the oil level .", 1),
        ("Close the inlet damper before starting the fan and check the oil level of 40 mm.", 2),
        ("Open the drain.", 2),
    ],
)
def test_near_duplicates_go_but_other_numbers_stay(second: str, kept: int) -> None:
    first = sample_chunk(0, "Close the inlet damper before starting the fan and check the oil level.")
    assert len(without_duplicates(hits_of(first, sample_chunk(1, second)))) == kept


def test_the_same_text_in_two_revisions_is_kept() -> None:
    first, second = sample_chunk(0, "Close the damper."), sample_chunk(1, "Close the damper.", revision="C")
    assert len(without_duplicates(hits_of(first, second))) == 2


def test_nearness_compares_passages_of_two_languages() -> None:
    """Against the question itself on one scale, against the wording in the passage's language on the other."""
    plan = plan_of("급수펌프 최소 유량은?")
    hits = hits_of(sample_chunk(0, "feed pump"), sample_chunk(1, "급수펌프", language="ko"), sample_chunk(2, "x"))
    english = next(form for form in plan.forms if form.language == "en")
    asked = {("e", plan.question): np.array([1.0, 0.0], np.float32), ("e", english.encoded): np.array([0.0, 1.0])}
    rows = {
        hits[0].chunk.id: np.array([0.6, 0.8], np.float32),
        hits[1].chunk.id: np.array([0.8, 0.6], np.float32),
        hits[2].chunk.id: np.array([0.0, 1.0], np.float32),
    }
    near = nearness(plan, hits, asked, rows, "e")
    first, second, third = (near[hit.chunk.id] for hit in hits)
    assert second.question > first.question > 0 > third.question
    assert third.wording > first.wording == pytest.approx(second.wording)
    assert sum(n.question for n in near.values()) == pytest.approx(0, abs=1e-5)
    given = feature_rows(plan, hits, PACK, near)
    assert column(given, "near_question") == [first.question, second.question, third.question]


def test_without_every_vector_nearness_says_nothing() -> None:
    plan = plan_of("급수펌프 최소 유량은?")
    hits = hits_of(sample_chunk(0, "feed pump"), sample_chunk(1, "x"))
    asked = {("e", plan.question): np.array([1.0, 0.0], np.float32)}
    assert nearness(plan, hits, asked, {hits[0].chunk.id: np.array([1.0, 0.0], np.float32)}, "e") == {}
    assert nearness(plan, [], asked, {}, "e") == {} == nearness(plan, hits, {}, {}, "e")
    alone = nearness(plan, hits[:1], asked, {hits[0].chunk.id: np.array([1.0, 0.0], np.float32)}, "e")
    assert alone[hits[0].chunk.id] == (0.0, 0.0)


def test_the_sheet_of_one_asked_tag_counts_as_much_as_a_list_of_both() -> None:
    one = sample_chunk(0, "40 m3/h", title="Pump P-101A", tags=("P101A",))
    both = sample_chunk(1, "40 m3/h", title="Pumps P-101A, P-101B", tags=("P101A", "P101B"))
    none = sample_chunk(2, "40 m3/h", title="Pumps", tags=("P7",))
    rows = feature_rows(plan_of("minimum flow of P-101A and P-101B?"), hits_of(one, both, none), PACK)
    assert column(rows, "tag_text") == [1.0, 1.0, 0.0] == column(rows, "tag_head")


def test_numbers_of_a_tag_are_no_quantities() -> None:
    pack = PACK.model_copy(update={"grammar": (compile_pattern("batch", r"DP-\d{2}-\d{4}"),)})
    plan = understand("DP-24-0042: how many of the 120 vials?", pack, ["ko", "en"], today=dt.date(2026, 1, 1))
    assert plan.tags == ("DP240042",) and [q.text for q in plan.quantities] == ["120"]


def test_a_question_in_another_language_is_ordered_by_nearness() -> None:
    """Only Korean and English are taken apart into concepts; the encoder reads the others as well."""
    near = sample_chunk(0, "The minimum flow of the pump is 40 m3/h.", title="Pump")
    far = sample_chunk(1, "The paint of the bridge is green in colour.", title="Pump")
    question = "¿Cuál es el caudal mínimo de la bomba?"
    plan, hits = plan_of(question), hits_of(far, near, scores=(1.0, 0.95))
    assert plan.language == "es"
    order = rerank(plan, hits, PACK, {near.id: Near(0.5, 0.5), far.id: Near(-0.5, -0.5)}).hits
    assert [hit.chunk.id for hit in order] == [near.id, far.id]
    spanish = sample_chunk(2, "La bomba tiene un caudal de 40 m3/h.", language="es")
    found = Searcher(MemoryStore([spanish]), []).search(question, PACK, Principal())
    assert found.plan.language == "es" and found.contributions[spanish.id]["length"] > 0


def test_the_same_line_of_two_units_is_kept_unless_one_is_asked() -> None:
    hits = hits_of(
        sample_chunk(0, "Open the vent for a while.", title="Start of the feed pump, unit 1"),
        sample_chunk(1, "Open the vent for a while.", title="Start of the feed pump, unit 2"),
    )
    assert len(without_duplicates(hits)) == 2
    assert len(without_duplicates(hits, ("1",))) == 1


def test_no_more_passages_are_compared_than_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    chunks = [sample_chunk(i, text) for i, text in enumerate(("Open the valve.", "Open the valve.", "Wear it.", "Go."))]
    hits = hits_of(*chunks)
    read: list[Chunk] = []

    def reading(chunk: Chunk) -> Passage:
        read.append(chunk)
        return read_passage(chunk)

    monkeypatch.setattr(rerank_module, "read_passage", reading)
    assert [hit.chunk.ordinal for hit in without_duplicates(hits, (), 2)] == [0, 2]
    assert len(read) == 3, "the fourth passage cannot be among the first two"
    assert without_duplicates(hits)[:2] == without_duplicates(hits, (), 2)


def test_what_was_replaced_comes_first_where_another_revision_is_asked() -> None:
    old = sample_chunk(0, "The limit is 40 t/h.", revision="2").model_copy(update={"status": DocumentStatus.SUPERSEDED})
    now = sample_chunk(1, "The limit is 45 t/h.", revision="3")
    other = sample_chunk(2, "The limit is 50 t/h.", document_id="OTHER", heading_path=("1. Limits",))
    told = sample_chunk(3, "It was raised.", document_id="THIRD", heading_path=("8. Revision history",))

    def revised(question: str) -> list[float]:
        return column(feature_rows(plan_of(question), hits_of(old, now, other, told), PACK), "revised")

    assert revised("What is the limit?") == [0, 0, 0, 0]
    assert revised("What was the limit in the previous revision?") == [1, 0, 0, 0]
    assert revised("limit in rev 2 vs now?") == [1, 1, 0, 1]
    assert revised("What was the limit as of May 2024?") == [0, 0, 0, 0]


def test_one_line_that_names_all_is_worth_more_than_two_that_share_it() -> None:
    hits = hits_of(
        sample_chunk(
            0, "The feed pump is started by hand.\nThe minimum flow of the booster pump is 40 t/h.", title="A"
        ),
        sample_chunk(1, "The feed pump needs a minimum flow of 72 t/h.\nThe rest is as before.", title="B"),
        sample_chunk(2, "급수펌프의 최소 유량은 72 t/h이다.", title="C", language="ko"),
        sample_chunk(3, "It is 72 t/h.", title="Minimum flow of the feed pump"),
    )
    named = column(feature_rows(plan_of("급수펌프 최소 유량은 얼마야?"), hits, PACK), "named_line")
    assert named[0] < named[1] == named[2] == named[3] == 1.0


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("급수펌프 최소 유량은 몇 t/h야?", [0.0, 1.0]),
        ("how many minutes does the feed pump run?", [1.0, 0.0]),
        ("what is said of the feed pump?", [0.0, 0.0]),
    ],
)
def test_a_passage_without_the_kind_of_amount_asked_for(question: str, expected: list[float]) -> None:
    hits = hits_of(sample_chunk(0, "The feed pump: 72 t/h"), sample_chunk(1, "The feed pump: 5 minutes"))
    assert column(feature_rows(plan_of(question), hits, PACK), "kind_missing") == expected
