"""Which line of the passages likely answers: the features, the order, what stands or falls by it, and the fit."""

from itertools import pairwise
from pathlib import Path

import pytest

from walkdown.answering.answerable import Judged
from walkdown.answering.line_features import LINE_FEATURES, Line, line_features
from walkdown.answering.spans import rank_spans, split_lines
from walkdown.answering.turn import number_evidence
from walkdown.documents import AnswerStatus, Evidence, Hit
from walkdown.errors import UsageError
from walkdown.packs.calibration import Calibration, Weight, line_calibration
from walkdown.packs.schema import EvaluationEvidence
from walkdown.retrieval.understanding import understand
from walkdown.testing.asking import PACK, FixedSearcher, ScriptedModel, ask, chunk, final
from walkdown_eval.line_calibration import LineCase, calibrate_lines, to_markdown
from walkdown_eval.scorers import holds_quote

TABLE = "Tag: P-101A | Minimum flow: 40 m3/h | Trip: 12 bar\nTag: P-101B | Minimum flow: 45 m3/h | Trip: 13 bar"
LOG = "2026-03-01 08:00 flow 40 m3/h\n2026-03-02 08:00 flow 41 m3/h"


def found(*texts: str) -> tuple[Evidence, ...]:
    return number_evidence([Hit(chunk=chunk(i, t), score=12.0 - i) for i, t in enumerate(texts, 1)], len(texts))


def values(question: str, *texts: str) -> list[dict[str, float | None]]:
    evidence = found(*texts)
    lines = [Line(i, a, b) for i, e in enumerate(evidence) for a, b in split_lines(e.chunk.text)]
    return line_features(understand(question, PACK, ["en"]), evidence, lines, PACK, None)


def test_each_line_has_every_feature_and_says_what_it_lacks() -> None:
    right, other = values("At how many bar does P-101A trip?", TABLE)
    assert set(right) == set(LINE_FEATURES)
    assert right["other_equipment"] == 0.0 and other["other_equipment"] == 1.5
    assert right["other_kind"] == 0.0 and right["named_less"] == 0.0
    assert right["near"] is None, "no encoder was given"
    assert values("How many hours may P-101A run?", TABLE)[0]["other_kind"] == 1.0


def test_a_row_of_another_day_is_told_from_that_of_the_day_asked_for() -> None:
    first, second = values("flow of P-101A on 2 March 2026", LOG)
    assert first["other_time"] == 1.5 and second["other_time"] == 0.0


def test_scores_of_another_kind_are_not_weighed() -> None:
    manifest = PACK.manifest.model_copy(
        update={"retrieval": PACK.manifest.retrieval.model_copy(update={"reranker": "none"})}
    )
    evidence, pack = found(TABLE), PACK.model_copy(update={"manifest": manifest})
    line = line_features(understand("trip of P-101A", pack, ["en"]), evidence, [Line(0, 0, 20)], pack, None)[0]
    assert line["passage"] is None and 0 < line_calibration().probability(line) < 1


@pytest.mark.parametrize(
    ("question", "expected"),
    [("minimum flow of P-101B", "P-101B"), ("P-101A의 minimum flow는?", "P-101A"), ("trip of P-101B", "P-101B")],
)
def test_the_likeliest_line_comes_first(question: str, expected: str) -> None:
    texts = ("The floor of the pump house is swept on Mondays.", TABLE, "P-101A and P-101B stand in the pump house.")
    ranked = rank_spans(understand(question, PACK, ["en"]), found(*texts), PACK)
    assert expected in ranked[0].text and "Minimum flow" in ranked[0].text
    assert all(a.score >= b.score and 0 < b.probability < 1 for a, b in pairwise(ranked))


def judged(monkeypatch: pytest.MonkeyPatch, weights: Calibration) -> None:
    monkeypatch.setattr("walkdown.answering.turn.judge", lambda *_: Judged(0.9, 0.1, {}, ()))
    monkeypatch.setattr("walkdown.answering.spans.line_calibration", lambda: weights)


NAMED = Calibration(bias=2.0, features={"named_less": Weight(weight=9.0, mean=0.0)}, threshold=0.0)
UNLIKELY = NAMED.model_copy(update={"bias": -5.0})
QUESTION = "What is the seal water flow of the slurry pump?"
LINES = ("The seal water flow of the slurry pump is 12 L/min.", "The wash water of the slurry pump is 30 L/min.")


def test_a_line_far_less_likely_than_another_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    judged(monkeypatch, NAMED)
    answer = final(ask(FixedSearcher(*LINES), ScriptedModel("yes\nThe flow is 12 L/min. [1]"), QUESTION))
    assert answer.status is AnswerStatus.ANSWERED
    wrong = final(
        ask(FixedSearcher(*LINES), ScriptedModel("yes\nThe water of the slurry pump is 30 L/min. [2]"), QUESTION)
    )
    assert wrong.status is AnswerStatus.QUOTED
    assert [c.text for c in wrong.claims] == [LINES[0]]
    assert any(c.name in ("likely", "closest") for claim in wrong.struck for c in claim.checks)


@pytest.mark.parametrize(
    ("first", "second", "stands"), [("5.2 ", "5.5 ", False), ("5) ", "6) ", False), ("", "", True)]
)
def test_sentences_of_a_passage_go_on_from_each_other_and_its_clauses_do_not(
    monkeypatch: pytest.MonkeyPatch, first: str, second: str, stands: bool
) -> None:
    judged(monkeypatch, NAMED)
    passage = FixedSearcher(f"{first}{LINES[0]}\n\n{second}It is refilled by the lab, 3 kg at once.")
    answer = final(ask(passage, ScriptedModel("yes\nIt is refilled by the lab, 3 kg at once. [1]"), QUESTION))
    assert any(c.name == "likely" for claim in answer.struck for c in claim.checks) is not stands


def test_a_line_that_hardly_answers_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    judged(monkeypatch, UNLIKELY)
    answer = final(ask(FixedSearcher(*LINES), ScriptedModel("yes\nThe flow is 12 L/min. [1]"), QUESTION))
    assert answer.status is AnswerStatus.REFUSED
    assert any("hardly answers" in c.reason for claim in answer.struck for c in claim.checks)


@pytest.mark.parametrize(
    ("passages", "others", "quoted"),
    [(0.9, LINES[1], True), (0.9, LINES[0].replace("12", "14"), False), (0.5, LINES[1], False)],
)
def test_a_line_that_no_other_comes_near_is_quoted_though_it_is_unlikely(
    monkeypatch: pytest.MonkeyPatch, passages: float, others: str, quoted: bool
) -> None:
    judged(monkeypatch, NAMED.model_copy(update={"bias": -1.0}))
    monkeypatch.setattr("walkdown.answering.turn.judge", lambda *_: Judged(passages, 0.1, {}, ()))
    answer = final(ask(FixedSearcher(LINES[0], others), ScriptedModel("no"), QUESTION))
    assert answer.status is (AnswerStatus.QUOTED if quoted else AnswerStatus.REFUSED)


@pytest.mark.parametrize(("billions", "passages", "quoted"), [(1.5, 0.6, True), (1.5, 0.4, False), (30.0, 0.6, False)])
def test_of_a_small_model_that_finds_nothing_likely_lines_are_quoted_as_not_sure(
    monkeypatch: pytest.MonkeyPatch, billions: float, passages: float, quoted: bool
) -> None:
    judged(monkeypatch, NAMED.model_copy(update={"bias": -1.0}))
    monkeypatch.setattr("walkdown.answering.turn.judge", lambda *_: Judged(passages, 0.1, {}, ()))
    two = FixedSearcher(LINES[0], LINES[0].replace("12", "14"))
    answer = final(ask(two, ScriptedModel("no"), QUESTION, billions=billions))
    assert answer.status is (AnswerStatus.QUOTED if quoted else AnswerStatus.REFUSED)
    assert ("not certain" in answer.text) is quoted


def test_a_row_of_another_day_of_a_batch_is_told_from_that_of_the_day_asked_for() -> None:
    rows = "Day: 6 | Glucose (g/L): 3.4\nDay: 7 | Glucose (g/L): 2.5\nDays 8 to 12 | Glucose (g/L): 2.0"
    assert [v["other_time"] for v in values("glucose on day 7?", rows)] == [1.5, 0.0, 1.5]
    assert [v["other_time"] for v in values("배양 9일차 포도당은?", rows)] == [1.5, 1.5, 0.0]
    assert [v["other_time"] for v in values("glucose on day 20?", rows)] == [0.0, 0.0, 0.0]


def test_with_few_passages_the_probability_strikes_nothing() -> None:
    answer = final(ask(FixedSearcher(LINES[0]), ScriptedModel("yes\nThe flow is 12 L/min. [1]"), QUESTION))
    assert answer.status is AnswerStatus.ANSWERED


def test_an_amount_alone_is_marked_where_it_stands() -> None:
    answer = final(ask(FixedSearcher(*LINES), ScriptedModel("yes\n720 L/h [1]"), QUESTION))
    (span,) = answer.claims[0].spans
    assert LINES[0][span.start : span.end].rstrip(".") == LINES[0].rstrip(".")


def test_a_quote_stands_in_its_own_line_only() -> None:
    passage = chunk(1, TABLE)
    evidence = EvaluationEvidence(document_id="OP-1", page=1, quote="Minimum flow: 45 m3/h")
    first, second = TABLE.splitlines()
    assert not holds_quote(passage, first, evidence) and holds_quote(passage, second, evidence)
    cells = evidence.model_copy(update={"quote": "P-101A | 12 bar"})
    assert holds_quote(passage, first, cells) and not holds_quote(passage, second, cells)
    assert holds_quote(passage, first, evidence.model_copy(update={"quote": TABLE}))
    assert not holds_quote(passage, second, evidence.model_copy(update={"document_id": "OP-2"}))


def cases(count: int) -> list[LineCase]:
    """Each question has one line of five that names what is asked, and it is the right one."""
    out = []
    for i in range(count):
        rows: list[dict[str, float | None]] = [dict.fromkeys(LINE_FEATURES, 0.0) for _ in range(5)]
        for j, row in enumerate(rows):
            row["named_less"] = 0.0 if j == i % 5 else -0.5
            row["near"] = None if i % 3 else 0.1
        out.append(LineCase("ab"[i % 2], f"q-{i}", rows, [j == i % 5 for j in range(5)]))
    return out


def test_the_fit_finds_what_tells_lines_apart() -> None:
    calibrated = calibrate_lines(cases(60))
    assert calibrated.calibration.features["named_less"].weight > 1
    assert calibrated.folds.found[1] == 1.0 and calibrated.folds.before[1] == pytest.approx(0.2)
    assert calibrated.packs is not None and calibrated.packs.found[1] == 1.0
    assert calibrated.folds.brier < calibrated.folds.base
    table = to_markdown(calibrated)
    assert "| nine tenths of the questions | 60 | 1.00 |" in table and "| the other packs | 60 |" in table


def test_too_few_right_lines_are_a_usage_error() -> None:
    with pytest.raises(UsageError, match="right line"):
        calibrate_lines(cases(5))


def test_the_weights_that_come_with_walkdown_know_every_feature() -> None:
    assert set(line_calibration().features) == set(LINE_FEATURES)
    assert (Path(__file__).parents[2] / "platform/walkdown/packs/lines.yaml").is_file()
