"""Chinese, Japanese and Spanish questions over English and Korean passages: found, checked, refused by reading."""

import asyncio
import math
from collections.abc import AsyncIterator, Sequence

import pytest

from walkdown.answering.engine import AnswerEngine
from walkdown.answering.events import Final
from walkdown.answering.llm import Delta, Message
from walkdown.answering.verification.echo import check_echo
from walkdown.answering.verification.reader import Reader
from walkdown.documents import Answer, AnswerStatus, Claim, Principal
from walkdown.packs.safety import SafetyTopic
from walkdown.packs.schema import GlossaryEntry, Pack
from walkdown.retrieval.search import Searcher
from walkdown.testing.memory import MemoryStore, sample_chunk, sample_pack
from walkdown.text.asked_amounts import gives_no_amount
from walkdown.text.quantities import find_quantities

TOPIC = SafetyTopic.model_validate(
    {
        "id": "defeat_protection",
        "title": {"ko": "무력화", "en": "Defeat"},
        "handling": "refuse",
        "match": {"ko": ["점퍼"], "en": ["jumper + trip"]},
        "documents": ["SF-2"],
        "warning": {"ko": "경고", "en": "Take care."},
        "contact": {"ko": "안전팀", "en": "Safety desk"},
    }
)
PACK = sample_pack().model_copy(update={"safety": (TOPIC,)})
CHUNKS = [
    sample_chunk(0, "The minimum flow of P-101A is 40 m3/h.", id="OP-1:0", document_id="OP-1"),
    sample_chunk(1, "P-101A의 최소 유량은 40 m3/h이다.", id="OP-2:0", document_id="OP-2", language="ko"),
    sample_chunk(2, "The lubricating oil of P-101A is changed after 8000 hours.", id="OP-3:0", document_id="OP-3"),
    sample_chunk(4, "The shift manager approves a bypass of P-101A.", id="OP-5:0", document_id="OP-5"),
    sample_chunk(3, "Paint the fence green.", id="OP-4:0", document_id="OP-4"),
]
QUESTIONS = [
    "P-101A的最小流量是多少？",
    "P-101Aの最小流量はいくらですか？",
    "¿Cuál es el caudal mínimo de la P-101A?",
]


class Scripted:
    """A model that writes one reply."""

    model = "scripted"

    def __init__(self, reply: str) -> None:
        self.reply = reply

    async def stream(
        self, messages: Sequence[Message], *, max_tokens: int, deadline: float, requests: int = 2
    ) -> AsyncIterator[Delta]:
        yield Delta(self.reply, {"yes": math.log(0.9), "no": math.log(0.1)})
        yield Delta("", {}, "stop")


def ask(question: str, model: Scripted | None = None, pack: Pack = PACK) -> Answer:
    async def run() -> Answer:
        engine = AnswerEngine(Searcher(MemoryStore(CHUNKS), []), model)
        async for event in engine.ask(question, pack, Principal()):
            if isinstance(event, Final):
                return event.answer
        raise AssertionError("no answer")

    return asyncio.run(run())


@pytest.mark.parametrize("question", QUESTIONS)
def test_without_any_model_the_passages_are_found_by_words_and_quoted(question: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.QUOTED
    assert answer.evidence[0].chunk.document_id in ("OP-1", "OP-2")
    assert "40 m3/h" in answer.claims[0].text
    assert answer.answerable is not None
    assert answer.question == question
    assert "minimum flow how" not in answer.text


@pytest.mark.parametrize(
    "question",
    ["P-101A的设定压力是多少barg？", "P-101Aの設定圧力は何bargですか", "¿A cuántos barg está tarada la P-101A?"],
)
def test_an_amount_of_a_kind_that_no_passage_holds_is_refused(question: str) -> None:
    assert ask(question).status is AnswerStatus.REFUSED


@pytest.mark.parametrize(
    ("question", "own"),
    [
        ("P-101A润滑油的粘度？", "粘度"),
        ("P-101Aの潤滑油の粘度は？", "粘度"),
        ("¿Cuál es la viscosidad del aceite de la P-101A?", "viscosidad"),
    ],
)
def test_a_missing_term_is_told_in_the_words_of_the_question(question: str, own: str) -> None:
    pack = PACK.model_copy(update={"glossary": (GlossaryEntry(ko="점도", en="viscosity"),)})
    answer = ask(question, pack=pack)
    assert answer.status is AnswerStatus.REFUSED
    assert own in answer.reason and "viscosity" not in answer.reason


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("P-101A的润滑油多少小时更换？", "P-101A的润滑油在8000小时后更换。 [1]"),
        ("P-101A的最小流量是多少？", "P-101A的最小流量为40 m3/h。 [1]"),
        ("谁批准P-101A的旁路？", "P-101A的旁路由值长批准。 [1]"),
    ],
)
def test_an_answer_in_the_language_of_the_question_stands(question: str, said: str) -> None:
    answer = ask(question, Scripted(f"yes\n{said}"))
    assert answer.status is AnswerStatus.ANSWERED, (answer.reason, answer.struck)


def test_a_request_to_defeat_is_refused_with_the_procedure() -> None:
    for question in (
        "怎样短接P-101A的跳闸？",
        "P-101Aのトリップをジャンパーで無効にする方法は？",
        "¿Cómo puenteo el disparo de la P-101A?",
    ):
        answer = ask(question)
        assert answer.status is AnswerStatus.REFUSED
        assert answer.procedures == ("SF-2",)


def test_a_question_said_again_is_an_echo_in_its_own_language_and_in_english() -> None:
    reader = Reader(PACK.grammar, ())
    question, reading = "P-101A的最小流量是多少？", "P-101A minimum flow how many?"
    for said in ("P-101A的最小流量。", "The minimum flow of P-101A."):
        assert check_echo(question, Claim(text=said, citations=(1,)), reader, (), reading).verdict.value == "failed"
    stands = Claim(text="P-101A的最小流量为40 m3/h。", citations=(1,))
    assert check_echo(question, stands, reader, (), reading).verdict.value == "passed"


def test_amounts_in_words_and_spelled_units_are_amounts() -> None:
    for said in ("需要两人", "二人必要です", "Se necesitan dos personas"):
        assert not gives_no_amount("how many people required?", said)
    assert gives_no_amount("how many people required?", "需要人")
    units = {"10公斤": "[mass]", "3立方米": "[length] ** 3", "5 kilogramos": "[mass]", "3リットル": "[length] ** 3"}
    for said, dimension in units.items():
        assert [q.dimension for q in find_quantities(said)] == [dimension]
