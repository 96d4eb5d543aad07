"""The probability that the passages answer: its features, what the engine does with it, and where there is none."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from walkdown.answering.answerable import FEATURES, features, judge, rules_refuse
from walkdown.answering.events import Final
from walkdown.answering.gate import missing_terms
from walkdown.answering.phrases import NO_AMOUNT, UNLIKELY, unlikely
from walkdown.answering.turn import number_evidence
from walkdown.documents import LANGUAGES, Answer, AnswerStatus, Evidence, Hit, Principal
from walkdown.packs.calibration import Calibration, Weight, product_calibration
from walkdown.packs.safety import SafetyTopic
from walkdown.packs.schema import JudgeParameters, Pack, Thresholds
from walkdown.records.answers import AnswerLog
from walkdown.retrieval.understanding import QueryPlan, understand
from walkdown.testing.asking import PACK, FixedSearcher, ScriptedModel, ask, chunk, final
from walkdown.text.tags import compile_pattern

QUESTION = "Minimum flow of P-101A?"
RIGHT = "The minimum flow of P-101A is 40 m3/h."
BESIDE = "The office walls were painted in spring."


def plan_of(question: str = QUESTION) -> QueryPlan:
    return understand(question, PACK, ["en"])


def evidence_of(*texts: str, lead: float = 5.0) -> tuple[Evidence, ...]:
    hits = [Hit(chunk=chunk(i, t), score=20.0 - (lead if i > 1 else 0.0)) for i, t in enumerate(texts, 1)]
    return number_evidence(hits, len(hits))


def held_at(threshold: float | None, pack: Pack = PACK) -> Pack:
    manifest = pack.manifest.model_copy(update={"thresholds": Thresholds(evidence=threshold)})
    return pack.model_copy(update={"manifest": manifest})


def test_features_tell_a_passage_that_answers_from_one_beside_the_point() -> None:
    right = features(plan_of(), evidence_of(RIGHT, *[BESIDE] * 5), PACK)
    beside = features(plan_of(), evidence_of(BESIDE, *[RIGHT] * 5), PACK)
    assert set(right) == set(FEATURES)
    assert right["first"] == 1.0 and beside["first"] == 0.0
    assert right["lead"] == pytest.approx(0.5) and right["documents"] == pytest.approx(1 / 6)
    assert not rules_refuse(right)


def test_a_tag_that_nothing_names_is_counted() -> None:
    values = features(plan_of("Minimum flow of P-101C?"), evidence_of(RIGHT), PACK)
    assert values["missing_tags"] == 1.0 and rules_refuse(values)


@pytest.mark.parametrize("other", [{"reranker": "none"}, {"judge": JudgeParameters()}])
def test_few_passages_or_scores_of_another_kind_tell_nothing_of_the_lead(other: dict[str, object]) -> None:
    few = features(plan_of(), evidence_of(RIGHT, BESIDE), PACK)
    assert few["lead"] is None and few["documents"] is None
    manifest = PACK.manifest.model_copy(update={"retrieval": PACK.manifest.retrieval.model_copy(update=other)})
    plain = PACK.model_copy(update={"manifest": manifest})
    assert features(plan_of(), evidence_of(*[RIGHT] * 6), plain)["lead"] is None


def test_without_passages_or_of_a_question_that_nothing_put_into_words_there_is_no_figure() -> None:
    assert judge(plan_of(), (), PACK) is None
    assert judge(plan_of("紫砂壶和龙井茶怎样搭配？"), evidence_of(RIGHT), PACK) is None
    assert judge(plan_of("泵的最小流量是多少？"), evidence_of(RIGHT), PACK) is not None
    assert judge(plan_of(), evidence_of(RIGHT), PACK) is not None


def test_words_that_no_passage_names_are_told() -> None:
    judged = judge(plan_of("Who painted the flagpole of P-101A?"), evidence_of(RIGHT), PACK)
    assert judged is not None
    assert "flagpole" in judged.unnamed and "P-101A" not in judged.unnamed
    assert "flagpole" in judged.reason("ko") and "확률" in judged.reason("ko")


def test_below_the_threshold_the_model_is_not_asked() -> None:
    model = ScriptedModel(f"yes\n{RIGHT} [1]")
    events = ask(FixedSearcher(RIGHT, BESIDE), model, pack=held_at(1.0))
    answer = final(events)
    assert answer.status is AnswerStatus.REFUSED and not model.seen
    assert "threshold 1.00" in answer.reason and len(answer.evidence) == 2
    assert answer.answerable is not None and 0 < answer.answerable < 1
    last = events[-1]
    assert isinstance(last, Final)
    kept = json.loads(json.dumps(last.trace["answerable"]))
    assert kept["probability"] == answer.answerable and set(kept["values"]) == set(FEATURES)


def test_the_record_keeps_the_figure_and_older_records_have_none(tmp_path: Path) -> None:
    last = ask(FixedSearcher(RIGHT), None)[-1]
    assert isinstance(last, Final)
    log = AnswerLog(f"sqlite:///{tmp_path / 'records.db'}")
    log.add(last.answer, Principal(), trace=last.trace)
    kept = log.get(last.answer.record_id)
    assert kept.answer.answerable == last.answer.answerable is not None
    assert kept.trace["answerable"]["threshold"] == product_calibration().threshold
    older = last.answer.model_dump(mode="json")
    del older["answerable"]
    assert Answer.model_validate(older).answerable is None


@pytest.mark.parametrize("threshold", [0.0, None])
def test_above_it_the_figure_stands_with_the_answer(threshold: float | None) -> None:
    answer = final(ask(FixedSearcher(RIGHT, BESIDE), ScriptedModel(f"yes\n{RIGHT} [1]"), pack=held_at(threshold)))
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.answerable is not None and answer.answerable > product_calibration().threshold


def test_the_pack_s_own_calibration_wins() -> None:
    sure = Calibration(bias=9.0, features={}, threshold=0.2)
    judged = judge(plan_of(), evidence_of(BESIDE), PACK.model_copy(update={"calibration": sure}))
    assert judged is not None and judged.probability > 0.99 and judged.threshold == 0.2
    judged = judge(plan_of(), evidence_of(BESIDE), held_at(0.5, PACK.model_copy(update={"calibration": sure})))
    assert judged is not None and judged.threshold == 0.5


def test_a_safety_topic_is_quoted_whatever_the_figure() -> None:
    topic = SafetyTopic.model_validate(
        {
            "id": "loto",
            "title": {"ko": "잠금", "en": "Lock-out"},
            "handling": "quote",
            "match": {"ko": ["잠금"], "en": ["minimum flow"]},
            "documents": ["OP-1"],
            "warning": {"ko": "주의", "en": "Take care."},
            "contact": {"ko": "안전팀", "en": "Safety desk"},
        }
    )
    answer = final(ask(FixedSearcher(RIGHT), None, pack=held_at(1.0).model_copy(update={"safety": (topic,)})))
    assert answer.status is AnswerStatus.QUOTED and answer.answerable is None


def test_reasons_are_there_in_every_language() -> None:
    assert set(UNLIKELY) == set(NO_AMOUNT) == set(LANGUAGES)
    for language in LANGUAGES:
        assert "0.04" in unlikely(0.04, 0.12, ("flagpole",), language)
        assert "flagpole" in unlikely(0.04, 0.12, ("flagpole",), language)
        assert "flagpole" not in unlikely(0.04, 0.12, (), language)


def test_the_product_s_weights_are_of_the_features_there_are_and_of_the_right_sign() -> None:
    calibration = product_calibration()
    assert set(calibration.features) == set(FEATURES)
    signs = {name: part.weight > 0 for name, part in calibration.features.items()}
    assert signs["first"] and signs["lead"]
    assert not any(signs[name] for name in ("missing_terms", "missing_tags", "missing_amounts", "documents"))
    assert 0 < calibration.threshold < 0.3


numbers = st.floats(-50, 50)
values = st.dictionaries(st.sampled_from(FEATURES), st.none() | numbers, max_size=len(FEATURES))


@given(values, st.sampled_from(FEATURES), st.floats(0, 10))
def test_a_probability_is_one_and_rises_with_what_speaks_for_an_answer(
    given_values: dict[str, float | None], name: str, more: float
) -> None:
    calibration = product_calibration()
    before = calibration.probability(given_values)
    assert 0 < before < 1
    value = given_values.get(name)
    if value is not None:
        after = calibration.probability(given_values | {name: value + more})
        assert after >= before if calibration.features[name].weight > 0 else after <= before


@given(values)
def test_what_cannot_be_told_counts_nothing(given_values: dict[str, float | None]) -> None:
    calibration = Calibration(bias=0.3, features={"first": Weight(weight=2.0, mean=0.5)}, threshold=0.1)
    known = {name: value for name, value in given_values.items() if value is not None}
    assert calibration.probability(given_values) == calibration.probability(known)
    assert calibration.probability({"first": 0.5}) == calibration.probability({})


@given(
    st.lists(
        st.sampled_from([RIGHT, BESIDE, "Seal water is 2 barg.", "펌프 P-101B 정격 50 m3/h"]), min_size=1, max_size=7
    )
)
def test_more_of_what_is_asked_in_the_first_passage_is_never_less_likely(texts: list[str]) -> None:
    with_right = judge(plan_of(), evidence_of(RIGHT, *texts), PACK)
    without = judge(plan_of(), evidence_of(BESIDE, RIGHT, *texts[1:]), PACK)
    assert with_right is not None and without is not None
    assert with_right.probability >= without.probability


def test_a_calibration_survives_its_file(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(product_calibration().to_yaml(), encoding="utf-8")
    assert Calibration.model_validate(yaml.safe_load((tmp_path / "c.yaml").read_text())) == product_calibration()


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("4호기 급수펌프 최소 유량은?", "1호기 급수펌프 최소 유량은 65 t/h이다.", ["4호기"]),
        ("minimum flow of the feed pump of unit 4?", "Unit 1 feed pump: minimum flow 65 t/h", ["unit 4"]),
        ("minimum flow on unit 1 and unit 2?", "Unit 1 feed pump: minimum flow 65 t/h", []),
        ("minimum flow on unit 2?", "Unit 1 works alike. 20LAC11CF001: minimum flow 72 t/h", []),
        ("minimum flow on unit 2?", "Unit 1 works alike. BFP-2A: minimum flow 72 t/h", []),
        ("minimum flow on unit 2?", "Feed pump: minimum flow 72 t/h", []),
    ],
)
def test_of_a_unit_that_no_passage_names_nothing_is_told_by_those_of_others(
    question: str, text: str, missing: list[str]
) -> None:
    kks = compile_pattern("equipment", r"\d{2}[A-Z]{3}\d{2}[A-Z]{2}\d{3}")
    pack = PACK.model_copy(update={"grammar": (*PACK.grammar, kks)})
    assert missing_terms(understand(question, pack, ["ko", "en"]), evidence_of(text), pack) == missing
