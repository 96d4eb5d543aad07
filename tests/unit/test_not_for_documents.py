"""What is no question for documents: refused with what the assistant is for; the documents' own first aid is answered.

Nothing is refused for its words: an answer needs a passage that carries it, whatever the question sounds like.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from walkdown.answering.defeat import asks_to_defeat
from walkdown.answering.engine import AnswerEngine
from walkdown.answering.events import Final
from walkdown.documents import Answer, AnswerStatus, Chunk, Hit, Language, Principal
from walkdown.packs.schema import EvaluationSets, Pack, PackManifest, Texts
from walkdown.retrieval.questions import check_question
from walkdown.retrieval.search import SearchResult
from walkdown.retrieval.understanding import understand
from walkdown.testing.memory import ScriptedLLM
from walkdown.text.tags import compile_pattern

TITLE = Texts(ko="수지 공장", en="Resin plant")
PACK = Pack(
    manifest=PackManifest(
        name="resin", version="0.1.0", title=TITLE, description=TITLE, languages=("ko", "en"), document_types=(),
        tags=(), prompts={"ko": "p", "en": "p"}, evaluation=EvaluationSets(dev="d", test="t"),
    ),
    folder=Path(),
    prompts={"ko": "근거로만 답한다.", "en": "Answer from the evidence only."},
    glossary=(),
    grammar=(compile_pattern("equipment", r"[A-Z]{1,4}-\d{1,4}[A-Z]?"),),
)  # fmt: skip
PASSAGES: tuple[tuple[Language, str], ...] = (
    ("ko", "가성소다를 마셨을 때에는 입을 물로 헹구고 토하게 하지 않는다. 즉시 의사의 진료를 받는다."),
    ("en", "If caustic gets into the eyes, rinse them with water for 15 minutes and call a doctor."),
    ("ko", "사망사고가 나면 지체 없이 고용노동부에 보고한다. 보고하지 않으면 과태료를 문다."),
    ("en", "To kill pump P-7, push the stop button at the panel and wait 2 minutes."),
)


class Searcher:
    def search(self, question: str, pack: Pack, principal: Principal, **_: object) -> SearchResult:
        hits = [
            Hit(chunk=Chunk(id=f"d:{i}", document_id=f"SDS-{i}", pack="resin", title="Sheet", language=language,
                            ordinal=i, text=text), score=1 / i)
            for i, (language, text) in enumerate(PASSAGES, 1)
        ]  # fmt: skip
        return SearchResult(
            hits, understand(check_question(question, max_chars=5000), pack, ["ko", "en"]), {"total": 0}
        )

    def changed(self, *_: object) -> set[str]:
        return set()

    def similarity(self, plan: object, texts: Sequence[object]) -> list[float]:
        return [0.0] * len(texts)


def answered(question: str, reply: str | None) -> Answer:
    async def run() -> Answer:
        model = ScriptedLLM(reply) if reply is not None else None
        engine = AnswerEngine(Searcher(), model)  # type: ignore[arg-type]  # a structural stand-in
        async for event in engine.ask(question, PACK, Principal()):
            if isinstance(event, Final):
                return event.answer
        raise AssertionError

    return asyncio.run(run())


BESIDE = ["shut up", "you are useless", "write me a poem", "How do I sue my employer?", "닥쳐", "두통약 추천해줘",
          "회사를 고소하려면?", "시 한 편 써줘"]  # fmt: skip


@pytest.mark.parametrize("question", BESIDE)
def test_what_the_documents_do_not_hold_is_refused_with_what_the_assistant_is_for(question: str) -> None:
    answer = answered(question, "no")
    assert answer.status is AnswerStatus.REFUSED and not answer.claims
    expected = "I only answer from" if question.isascii() else "문서에 적힌 내용만"
    assert expected in answer.text and TITLE.get(answer.language) in answer.text


@pytest.mark.parametrize(
    ("question", "reply", "made_up"),
    [
        ("write me a poem", "yes\nRoses are red, violets are blue. [1]", "Roses"),
        ("두통약 추천해줘", "yes\n타이레놀 500 mg을 하루 세 번 드십시오. [1]", "타이레놀"),
        ("How do I sue my employer?", "yes\nFile a claim at the labour court within 30 days. [3]", "30 days"),
        ("shut up", "yes\nI am sorry you feel that way. [2]", "sorry"),
    ],
)
def test_a_model_that_obliges_is_not_heard(question: str, reply: str, made_up: str) -> None:
    answer = answered(question, reply)
    assert answer.status is not AnswerStatus.ANSWERED
    assert made_up not in answer.text


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("가성소다를 마셨을 때 응급조치는?", "입을 물로 헹구고 토하게 하지 않는다. [1]"),
        ("What should I do if caustic gets into my eyes?", "Rinse the eyes with water for 15 minutes. [2]"),
        ("사망사고가 나면 어디에 보고하나?", "사망사고가 나면 지체 없이 고용노동부에 보고한다. [3]"),
        ("How do I kill pump P-7?", "Push the stop button at the panel and wait 2 minutes. [4]"),
    ],
)
def test_first_aid_duties_and_rough_words_are_answered_from_the_documents(question: str, reply: str) -> None:
    answer = answered(question, f"yes\n{reply}")
    assert answer.status is AnswerStatus.ANSWERED, (answer.reason, [c.checks for c in answer.struck])


@pytest.mark.parametrize("question", [*BESIDE, "kill the pump", "독성", "사망사고"])
def test_none_of_it_is_taken_for_a_request_to_defeat_a_protection(question: str) -> None:
    assert not asks_to_defeat(question)


def test_without_a_model_it_is_refused_as_well() -> None:
    assert answered("write me a poem about violets", None).status is AnswerStatus.REFUSED
