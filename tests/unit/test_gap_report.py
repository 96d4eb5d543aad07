"""What a domain team is told of questions without a sure answer: counted, explained, and no more than it may see."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from walkdown.documents import Answer, AnswerPart, AnswerStatus, DocumentStatus, Evidence, Principal
from walkdown.errors import PackError
from walkdown.outcomes import BECAUSE, LINES, MISSING, UNCERTAIN, WORDS, Because, outcome_of
from walkdown.packs.evaluation_file import read_evaluation_set
from walkdown.packs.validation import validate_pack
from walkdown.testing.memory import MemoryLibrary, ScriptedLLM, sample_chunk, sample_document, sample_pack
from walkdown.testing.pack_sample import make_pack
from walkdown.unlabelled import unlabelled_lines
from walkdown.wire_records import GapInfo, GapReport, GapsQuery
from walkdown_server.cli.main import run
from walkdown_server.gaps import gap_report
from walkdown_server.services import Services
from walkdown_server.testing import fake_services

LOCAL = Principal()
CHUNK = sample_chunk(0, "The minimum flow of P-101A is 40 m3/h.")
LINE = {"id": CHUNK.id, "start": 0, "end": len(CHUNK.text), "probability": 0.07}
JUDGED = {"probability": 0.05, "threshold": 0.11, "values": {}, "unnamed": ["oil"]}
BELOW = {BECAUSE: "below_gate", "answerable": JUDGED, LINES: [LINE]}


def keep(services: Services, question: str, status: str = "refused", /, **more: Any) -> str:
    """Keep a record of a question as the engine would; returns its id."""
    log, trace = services.answers.get(), more.pop("trace", {})
    asked = {key: more.pop(key) for key in ("asked_at", "conversation") if key in more}
    principal, chunk = more.pop("principal", LOCAL), more.pop("chunk", CHUNK)
    record = f"r{len(log.latest())}"
    answer = Answer.model_validate(
        {"status": status, "pack": "power", "question": question, "language": "en", "text": "", "record_id": record,
         "evidence": (Evidence(number=1, chunk=chunk, score=1.0),)} | more
    )  # fmt: skip
    log.add(answer, principal, trace=trace, **asked)
    return record


def report(services: Services, principal: Principal = LOCAL, **query: Any) -> GapReport:
    return gap_report(services, "power", GapsQuery(**query), principal)


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return fake_services(tmp_path)


def test_a_week_is_counted_and_each_question_without_a_sure_answer_is_explained(services: Services) -> None:
    keep(services, "a?", "answered")
    keep(services, "b?", "quoted")
    keep(services, "c?", "quoted", trace={UNCERTAIN: True, BECAUSE: "model_says_no", "answerable": JUDGED})
    keep(services, "d?", "incomplete")
    keep(services, "e?", "refused", trace=BELOW, reason="unlikely")
    found = report(services)
    (week,) = found.weeks
    assert (week.answered, week.quoted, week.uncertain, week.refused, week.incomplete) == (1, 1, 1, 1, 1)
    assert week.monday.weekday() == 0
    assert [(g.question, g.outcome, g.because) for g in found.gaps] == [
        ("e?", "refused", "below_gate"), ("d?", "incomplete", ""), ("c?", "uncertain", "model_says_no"),
    ]  # fmt: skip
    refused = found.gaps[0]
    assert (refused.probability, refused.threshold, refused.missing) == (0.05, 0.11, ("oil",))
    (near,) = refused.nearest
    assert (near.document_id, near.text, near.probability) == ("OP-1", CHUNK.text, 0.07)
    assert [g.question for g in report(services, only="uncertain").gaps] == ["c?"]
    assert [g.question for g in report(services, limit=1).gaps] == ["e?"] and report(services, limit=1).more == 2


def test_why_the_engine_refused_is_recorded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def build(_: object) -> Services:
        return fake_services(tmp_path, llm=ScriptedLLM("no"))

    for question in ("What is the minimum flow of P-999?", "What is the lube oil pressure of P-101A?"):
        assert run(["ask", "power", question], build) == 0
    by_question = {g.question: g for g in report(build(None)).gaps}
    unknown, denied = (
        by_question["What is the minimum flow of P-999?"],
        by_question["What is the lube oil pressure of P-101A?"],
    )
    assert (unknown.because, unknown.missing) == ("no_tag", ("P-999",))
    assert denied.because == "model_says_no" and denied.nearest[0].text and denied.nearest[0].probability is not None
    capsys.readouterr()


def test_several_questions_at_once_are_told_apart(services: Services) -> None:
    parts = (
        AnswerPart(question="first?", status=AnswerStatus.ANSWERED, text="1"),
        AnswerPart(question="second?", status=AnswerStatus.REFUSED, text="", reason="no tag"),
    )
    own = [{}, {BECAUSE: "no_tag", MISSING: ["P-9"]}]
    keep(services, "first? second?", "answered", parts=parts, trace={"parts": own})
    found = report(services)
    assert found.weeks[0].partly == 1
    (gap,) = found.gaps
    assert (gap.question, gap.part, gap.because, gap.missing) == ("second?", 2, "no_tag", ("P-9",))


def test_the_same_question_is_one_and_says_how_it_ended_last(services: Services) -> None:
    start = dt.datetime.now(dt.UTC)
    keep(services, "Oil pressure?", "refused", asked_at=start - dt.timedelta(minutes=3))
    keep(services, "oil pressure", "refused", asked_at=start - dt.timedelta(minutes=2), trace=BELOW)
    keep(services, "Oil  pressure ?", "quoted", asked_at=start)
    (gap,) = report(services).gaps
    assert (gap.record_id, gap.times, gap.latest, gap.because) == ("r1", 3, "quoted", "below_gate")


def test_what_follows_in_a_conversation_is_another_question_in_each(services: Services) -> None:
    for conversation in ("one", "two"):
        keep(services, "Oil pressure?", conversation=conversation)
        keep(services, "And 2B?", conversation=conversation, trace={"turns": ["Oil pressure?"]})
    gaps = report(services).gaps
    assert sorted((g.question, g.times) for g in gaps) == [("And 2B?", 1), ("And 2B?", 1), ("Oil pressure?", 2)]
    assert {g.turns for g in gaps if g.question == "And 2B?"} == {("Oil pressure?",)}


def test_nobody_sees_questions_of_groups_that_he_is_not_in(services: Services) -> None:
    keep(services, "What did the board decide?", principal=Principal(name="kim", groups=("board",)))
    assert report(services).gaps == () and report(services).weeks == ()
    assert len(report(services, Principal(groups=("board", "ops"))).gaps) == 1


def test_questions_whose_documents_are_closed_are_only_counted(tmp_path: Path) -> None:
    library = MemoryLibrary([sample_document(id="OP-2", access=("board",))])
    services = fake_services(tmp_path, library=library)
    keep(services, "closed then?", chunk=CHUNK.model_copy(update={"access": ("board",)}))
    keep(services, "closed since?", chunk=CHUNK.model_copy(update={"document_id": "OP-2"}))
    found = report(services)
    assert (found.gaps, found.closed, found.weeks[0].refused) == ((), 2, 2)
    assert len(report(services, Principal(groups=("board",))).gaps) == 2


@pytest.mark.parametrize(
    ("document", "standing"),
    [
        (sample_document(), DocumentStatus.IN_FORCE),
        (sample_document(revision="C"), DocumentStatus.SUPERSEDED),
        (sample_document(status=DocumentStatus.WITHDRAWN), DocumentStatus.WITHDRAWN),
        (sample_document(id="OP-9"), "gone"),
    ],
)
def test_where_the_document_of_a_line_stands_now_is_told(tmp_path: Path, document: Any, standing: str) -> None:
    services = fake_services(tmp_path, library=MemoryLibrary([document]))
    keep(services, "oil?", trace=BELOW)
    assert report(services).gaps[0].nearest[0].standing == standing


def test_questions_of_the_evaluation_sets_are_no_use_unless_reported(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    (folder / "eval").mkdir(parents=True)
    line = {"id": "d1", "question": "Oil pressure?", "language": "en", "answerable": False}
    still = {**line, "id": "d2", "question": "And the flow?", "unlabelled": {}}
    (folder / "eval/dev.jsonl").write_text("\n".join(json.dumps(one) for one in (line, still)), "utf-8")
    services = fake_services(tmp_path, pack=sample_pack(folder))
    record = keep(services, "oil pressure?")
    keep(services, "and the flow?")
    assert [g.question for g in report(services).gaps] == ["and the flow?"]
    assert report(services).weeks[0].refused == 1
    services.answers.get().report_gap(record)
    assert [g.question for g in report(services, only="reported").gaps] == ["oil pressure?"]


def test_older_questions_are_left_out_and_reported_ones_never(services: Services) -> None:
    old = dt.datetime.now(dt.UTC) - dt.timedelta(weeks=20)
    record = keep(services, "old?", asked_at=old)
    assert report(services).gaps == ()
    assert [g.question for g in report(services, weeks=22).gaps] == ["old?"]
    services.answers.get().report_gap(record, "still missing")
    found = report(services)
    assert found.gaps[0].note == "still missing" and found.weeks == ()


def test_an_export_is_no_evaluation_until_it_is_labelled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def build(_: object) -> Services:
        return fake_services(tmp_path / "home")

    record = keep(build(None), "P-101A의 유량은?", trace={**BELOW, "turns": ["앞 질문?"]})
    out = tmp_path / "use.jsonl"
    assert run(["gaps", "power", "--export", str(out)], build) == 0
    assert run(["gaps", "power", "--export", str(out)], build) == 2 and "already" in capsys.readouterr().err
    question = json.loads(out.read_text("utf-8"))
    assert (question["id"], question["question"], question["turns"]) == (
        f"use-{record}",
        "P-101A의 유량은?",
        ["앞 질문?"],
    )
    assert question["unlabelled"]["nearest"] == [{"document_id": "OP-1", "quote": CHUNK.text, "probability": 0.07}]
    with pytest.raises(PackError, match="no question that is labelled"):
        read_evaluation_set(out)
    # Only the mark taken out: nobody has said what answers it.
    found = question.pop("unlabelled")
    out.write_text(json.dumps(question), "utf-8")
    with pytest.raises(PackError, match="names its evidence"):
        read_evaluation_set(out)
    evidence = {k: v for k, v in found["nearest"][0].items() if k != "probability"}
    out.write_text(json.dumps(question | {"evidence": [evidence], "answer": "40 m3/h"}), "utf-8")
    assert read_evaluation_set(out)[0].answer == "40 m3/h"


def test_validate_names_questions_that_are_not_labelled(tmp_path: Path) -> None:
    folder = make_pack(tmp_path / "tiny")
    gap = GapInfo(record_id="r1", pack="tiny", question="Was there oil?", language="en", outcome="refused",
                  asked_at=dt.datetime.now(dt.UTC))  # fmt: skip
    dev = folder / "eval/dev.jsonl"
    dev.write_text(dev.read_text("utf-8").rstrip() + "\n" + unlabelled_lines([gap]), "utf-8")
    (fault,) = validate_pack(folder)
    assert fault.file == "eval/dev.jsonl" and "use-r1: it is not labelled yet" in fault.message


def test_every_reason_has_words_in_every_language() -> None:
    from typing import get_args

    for language, words in WORDS.items():
        assert set(words) == set(get_args(Because)), language


def test_what_became_of_several_questions() -> None:
    def several(*statuses: str) -> Answer:
        parts = [{"question": "?", "status": s, "text": ""} for s in statuses]
        whole = {"status": statuses[0], "pack": "p", "question": "?", "language": "en", "text": "", "parts": parts}
        return Answer.model_validate(whole)

    assert outcome_of(several("answered", "quoted"), {}) == "answered"
    assert outcome_of(several("answered", "refused"), {}) == "partly"
    assert outcome_of(several("refused", "refused"), {}) == "refused"
    assert outcome_of(several("quoted", "refused"), {"parts": [{UNCERTAIN: True}, {}]}) == "uncertain"
