"""Scorers and summaries: right and wrong answers score apart, and unscored is not zero."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from walkdown.documents import Answer, AnswerStatus, Chunk, Claim, Evidence, Hit, Language
from walkdown.packs.schema import EvaluationEvidence, EvaluationQuestion
from walkdown_eval.report import latest_reports, to_markdown, write_report
from walkdown_eval.runner import Report, run_set, run_withheld, spread
from walkdown_eval.scorers import carries, citation_hit, number_match


def chunk(document: str, text: str) -> Chunk:
    return Chunk(
        id=f"{document}:{len(text)}", document_id=document, pack="power", title="t", language="en", ordinal=0, text=text
    )


RIGHT = chunk("OP-1", "Parameter | Limit\nMinimum flow | 40 m3/h")
WRONG = chunk("OP-2", "Minimum flow | 45 m3/h")
QUESTION = EvaluationQuestion(
    id="q1",
    question="minimum flow?",
    language="en",
    answer="40 m3/h",
    evidence=(EvaluationEvidence(document_id="OP-1", quote="Minimum flow 40 m3/h"),),
)
ABSENT = EvaluationQuestion(id="q2", question="rated power?", language="en", answerable=False)


def answer(status: AnswerStatus, text: str, cited: int = 1) -> Answer:
    evidence = tuple(Evidence(number=i, chunk=c, score=1) for i, c in enumerate((RIGHT, WRONG), 1))
    claims = (Claim(text=text, citations=(cited,)),) if status is AnswerStatus.ANSWERED else ()
    return Answer(status=status, pack="power", question="q", language="en", text=text, claims=claims, evidence=evidence)


class Scripted:
    def __init__(self, hits: list[Chunk], answers: dict[str, Answer]) -> None:
        self.hits, self.answers = hits, answers

    def search(self, question: str, *, k: int, turns: Sequence[str] = ()) -> list[Hit]:
        return [Hit(chunk=c, score=1.0) for c in self.hits[:k]]

    def ask(
        self, question: str, language: Language, *, turns: Sequence[str] = (), without: Sequence[str] = ()
    ) -> Answer:
        self.without = without
        return self.answers[question]


def test_a_passage_carries_evidence_by_document_and_quote() -> None:
    assert carries(RIGHT, QUESTION.evidence[0])
    assert not carries(WRONG, QUESTION.evidence[0])
    assert not carries(chunk("OP-1", "Maximum flow 40 m3/h"), QUESTION.evidence[0])


def test_a_quoted_table_row_is_found_where_its_cells_carry_their_columns_names() -> None:
    row = EvaluationEvidence(document_id="OP-1", quote="| Minimum flow | 40 m3/h |")
    assert carries(chunk("OP-1", "Item: Rated flow | Value: 60 m3/h\nItem: Minimum flow | Value: 40 m3/h"), row)
    assert carries(RIGHT, row)
    assert not carries(chunk("OP-1", "Item: Minimum flow | Value: 30 m3/h\nItem: Rated flow | Value: 40 m3/h"), row)
    assert not carries(chunk("OP-1", "Item: 40 m3/h | Value: Minimum flow"), row)


def test_citation_and_number_scores() -> None:
    assert citation_hit(answer(AnswerStatus.ANSWERED, "It is 40 m3/h.", 1), QUESTION) == 1
    assert citation_hit(answer(AnswerStatus.ANSWERED, "It is 40 m3/h.", 2), QUESTION) == 0
    assert citation_hit(answer(AnswerStatus.REFUSED, "no"), QUESTION) is None
    assert number_match(answer(AnswerStatus.ANSWERED, "It is 40 m³/h."), QUESTION) == 1
    assert number_match(answer(AnswerStatus.ANSWERED, "It is 45 m3/h."), QUESTION) == 0
    assert number_match(answer(AnswerStatus.REFUSED, "no"), QUESTION) == 0
    assert number_match(answer(AnswerStatus.INCOMPLETE, ""), QUESTION) is None


@pytest.mark.parametrize(
    ("given", "expected", "number"),
    [
        (answer(AnswerStatus.REFUSED, "no"), 1.0, None),
        (answer(AnswerStatus.QUOTED, "Maximum flow 60 m3/h"), 0.0, None),
        (answer(AnswerStatus.ANSWERED, "It is 60 m3/h."), 0.0, 0.0),
        (answer(AnswerStatus.ANSWERED, "It is 40 m3/h."), 0.0, 1.0),
        (answer(AnswerStatus.INCOMPLETE, ""), None, None),
    ],
)
def test_a_question_without_the_documents_that_answer_it_is_to_be_refused(
    given: Answer, expected: float | None, number: float | None
) -> None:
    target = Scripted([], {QUESTION.question: given})
    outcome = run_withheld(QUESTION, target)
    assert target.without == ["OP-1"]
    assert (outcome.as_expected, outcome.number_match, outcome.answerable) == (expected, number, False)
    report = run_set([QUESTION], target, pack="power", set_name="dev-withheld", withheld=True)
    assert report.summaries[0].as_expected == expected


def test_a_limit_takes_questions_from_the_whole_set() -> None:
    questions = [QUESTION.model_copy(update={"id": f"q{i}"}) for i in range(10)]
    assert [q.id for q in spread(questions, 4)] == ["q0", "q2", "q5", "q7"]
    assert len(spread(questions, 30)) == 10


def run(first: Answer, second: Answer, hits: list[Chunk]) -> Report:
    target = Scripted(hits, {QUESTION.question: first, ABSENT.question: second})
    return run_set([QUESTION, ABSENT], target, pack="power", set_name="dev")


def test_a_perfect_run() -> None:
    good = answer(AnswerStatus.ANSWERED, "It is 40 m3/h.")
    summary = run(good, answer(AnswerStatus.REFUSED, "no"), [RIGHT, WRONG]).summaries[0]
    assert summary.retrieval == {"R@1": 1, "R@5": 1, "R@10": 1, "Success@5": 1, "nDCG@10": 1, "RR@10": 1}
    assert (summary.citation_hit, summary.number_match) == (1, 1)
    assert (summary.refusal_precision, summary.refusal_recall) == (1, 1)


def test_a_bad_run_and_its_report(tmp_path: Path) -> None:
    report = run(answer(AnswerStatus.REFUSED, "no"), answer(AnswerStatus.ANSWERED, "9 kW"), [WRONG])
    summary = report.summaries[0]
    assert summary.retrieval["R@10"] == 0
    assert (summary.refusal_precision, summary.refusal_recall) == (0, 0)
    assert summary.citation_hit is None
    text = to_markdown(report)
    assert "wrongly refused" in text
    assert "not refused" in text
    held_out = to_markdown(report.model_copy(update={"set_name": "test"}))
    assert "2. They are kept from view" in held_out and QUESTION.question in text and QUESTION.question not in held_out
    write_report(report, tmp_path)
    older = report.model_copy(update={"at": report.at - dt.timedelta(days=1), "model": "older"})
    write_report(older, tmp_path)
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert latest_reports(tmp_path)["power"].model == ""


def test_a_fact_that_stands_in_two_places_succeeds_when_one_is_found() -> None:
    elsewhere = EvaluationEvidence(document_id="OP-9", quote="40 m3/h")
    twice = QUESTION.model_copy(update={"evidence": (*QUESTION.evidence, elsewhere)})
    report = run_set([twice], Scripted([RIGHT], {}), pack="power", set_name="dev", answers=False)
    assert (report.summaries[0].retrieval["R@5"], report.summaries[0].retrieval["Success@5"]) == (0.5, 1)
    missed = run_set([twice], Scripted([WRONG], {}), pack="power", set_name="dev", answers=False)
    assert missed.summaries[0].retrieval["Success@5"] == 0


def test_the_second_passage_ranks_second() -> None:
    refusal = answer(AnswerStatus.REFUSED, "no")
    summary = run(refusal, refusal, [WRONG, RIGHT]).summaries[0]
    assert (summary.retrieval["R@1"], summary.retrieval["R@5"], summary.retrieval["RR@10"]) == (0, 1, 0.5)


def test_evidence_of_a_revision_is_carried_by_that_revision_only() -> None:
    item = EvaluationEvidence(document_id="OP-1", revision="2", quote="Minimum flow 40 m3/h")
    assert not carries(RIGHT, item)
    assert carries(RIGHT.model_copy(update={"revision": "2"}), item)
    assert not carries(RIGHT.model_copy(update={"revision": "3"}), item)


def test_questions_are_grouped_by_language_crossing_type_and_tag() -> None:
    korean = QUESTION.model_copy(
        update={
            "id": "q3",
            "language": "ko",
            "question": "최소 유량은?",
            "tags": ("cross", "safety"),
            "answer_type": "limit",
        }
    )
    quoted = answer(AnswerStatus.QUOTED, "Minimum flow 40 m3/h")
    target = Scripted([RIGHT], {q.question: quoted for q in (QUESTION, korean)})
    expecting = korean.model_copy(update={"expect": "quoted"})
    report = run_set([QUESTION, expecting], target, pack="power", set_name="dev")
    groups = {summary.group: summary for summary in report.summaries}
    assert list(groups) == ["all", "en", "ko", "same language", "cross-language", "type limit", "tag safety"]
    assert [groups[name].questions for name in ("all", "ko", "type limit", "tag safety")] == [2, 1, 1, 1]
    # Without `expect` an answerable question wants an answer; a quotation is right only where it is asked for.
    assert (groups["en"].as_expected, groups["ko"].as_expected, groups["all"].as_expected) == (0, 1, 0.5)
    assert "| tag safety | 1 |" in to_markdown(report)


def test_without_answers_nothing_but_retrieval_is_scored() -> None:
    report = run_set([QUESTION], Scripted([RIGHT], {}), pack="power", set_name="dev", answers=False)
    assert report.summaries[0].retrieval["R@1"] == 1
    assert report.summaries[0].as_expected is None
