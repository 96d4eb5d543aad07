"""What is asked to be done with documents is known by many words, and what only sounds alike is not taken for it."""

import datetime as dt

import pytest

from walkdown.answering.requests import wishes_of
from walkdown.retrieval.intent import revisions_named, time_intent
from walkdown.retrieval.understanding import understand
from walkdown.testing import asking
from walkdown.text.tags import compile_pattern

TODAY = dt.date(2026, 12, 1)
DOCUMENTS = (compile_pattern("document", r"OP-\d{3}"),)


@pytest.mark.parametrize(
    ("question", "wish"),
    [
        ("1호기 경보표 띄워줘", "table"),
        ("사이클 표 있으면 통째로 줘", "table"),
        ("gimme the alarm table for P-101A", "table"),
        ("list all limits in a table", "table"),
        ("muéstrame la tabla de alarmas", "table"),
        ("把报警表给我看一下", "table"),
        ("警報一覧表を見せて", "table"),
        ("작업 전 점검리스트 뽑아줘", "checklist"),
        ("체크할 수 있게 만들어줘", "checklist"),
        ("I need tick boxes for start-up", "checklist"),
        ("启动检查清单", "checklist"),
        ("起動のチェックリストを作って", "checklist"),
        ("tl;dr of OP-101", "summary"),
        ("总结一下", "summary"),
        ("rev 5에서 바뀐거", "comparison"),
        ("rev 4 r4→r5 delta?", "comparison"),
        ("which limits were raised in the latest revision?", "comparison"),
        ("第3版改了什么", "comparison"),
        ("改訂3で何が変わった？", "comparison"),
        ("qué cambió en la revisión 3", "comparison"),
        ("diff between the two", "comparison"),
        ("are OP-1 and OP-2 the same?", "comparison"),
        ("둘이 뭐가 틀려?", "comparison"),
        ("latest changes pls", "comparison"),
        ("新版有哪些更新", "comparison"),
        ("알람 리스트 쫙 뽑아줘", "table"),
        ("can you pull the water chemistry table", "table"),
        ("limits tabulated please", "table"),
        ("put both side by side", "comparison"),
    ],
)
def test_a_request_is_known_by_many_words(question: str, wish: str) -> None:
    assert wish in wishes_of(understand(question, asking.PACK, ["ko", "en"]), asking.PACK)


@pytest.mark.parametrize(
    "question",
    [
        "표 3의 전기전도도 관리값",
        "목표 유량 보여줘",
        "give the value in table 3",
        "is an indicator on the checklist?",
        "점검표에 뭐가 있어?",
        "what changed the header pressure?",
        "차압 한계",
        "what do I do if the differential pressure changes above 140 mbar",
        "what is the new pump's flow?",
        "which limit applies when the pump is changed over?",
        "우회 목록은 언제 읽어?",
        "어떤 조건에서 설정을 변경해야 하나?",
        "压力表的量程是多少",
        "when may operation resume?",
        "previous shift's permit, may I use it?",
    ],
)
def test_what_only_sounds_like_a_request_is_none(question: str) -> None:
    assert wishes_of(understand(question, asking.PACK, ["ko", "en"]), asking.PACK) == ()


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("2024년 말에 베어링 경보 온도 얼마였어", dt.date(2024, 12, 31)),
        ("2024년 초 기준 최소 유량", dt.date(2024, 1, 31)),
        ("delay as it stood on 1 May 2025", dt.date(2025, 5, 1)),
        ("What was the min flow back in January 2025?", dt.date(2025, 1, 31)),
        ("minimum flow as of last March", dt.date(2026, 3, 31)),
        ("지난 3월 기준 최소 유량", dt.date(2026, 3, 31)),
        ("límite vigente en diciembre de 2024", dt.date(2024, 12, 31)),
        ("before March 2025 what was the final rinse limit", dt.date(2025, 2, 28)),
        ("what was the limit before 2025", dt.date(2024, 12, 31)),
        ("before 14 April 2025 what was the limit", dt.date(2025, 4, 13)),
        ("2025년 3월 이전 기준 최소 유량", dt.date(2025, 2, 28)),
        ("2025-04-14 이전 값", dt.date(2025, 4, 13)),
        ("24년도에 압력 한계 몇이었지", dt.date(2024, 12, 31)),
        ("TOC limit for final rinse last year in January", dt.date(2025, 1, 31)),
        ("去年三月当时的最小流量", dt.date(2025, 3, 31)),
    ],
)
def test_the_day_of_a_state(question: str, date: dt.date) -> None:
    intent = time_intent(question, TODAY)
    assert intent is not None and (intent.kind, intent.date) == ("as_of", date)


@pytest.mark.parametrize(
    "question",
    [
        "2025년 1월 22일 TOC 얼마 나왔어",
        "what was found on 22 January 2025?",
        "2025년 5월 3일 트립 원인이 뭐였어",
        "as of what oxygen level can I stop the purge",
        "작년 정비 때 트립 설정을 왜 바꿨어",
        "작년 계획정비 기록의 최대 마모량",
        "10년 기준 최소 두께",
        "시행일이 2024년 8월 19일 맞아?",
    ],
)
def test_what_happened_on_a_day_asks_for_no_state(question: str) -> None:
    intent = time_intent(question, TODAY)
    assert intent is None or intent.kind != "as_of"


def test_the_revisions_that_are_set_against_each_other() -> None:
    assert revisions_named("r4→r5 delta?") == ["4", "5"]
    assert revisions_named("2판하고 3판 비교") == ["2", "3"]
    assert revisions_named("put rev 2 and rev 3 side by side") == ["2", "3"]
    assert revisions_named("改訂3で何が変わった") == ["3"]


@pytest.mark.parametrize(
    "question", ["OP-101 쉽게 설명해줘", "quick rundown of OP-101", "OP-101이 뭔데", "OP-101", "OP-101 짧게"]
)
def test_a_document_and_nothing_else_is_summed_up(question: str) -> None:
    pack = asking.PACK.model_copy(update={"grammar": DOCUMENTS})
    assert "summary" in wishes_of(understand(question, pack, ["ko", "en"]), pack)


@pytest.mark.parametrize(
    "question", ["OP-101 최소 유량 설명해줘", "what does OP-101 say about reflux", "current revision of OP-101?"]
)
def test_a_question_of_a_document_is_no_summary(question: str) -> None:
    pack = asking.PACK.model_copy(update={"grammar": DOCUMENTS})
    assert wishes_of(understand(question, pack, ["ko", "en"]), pack) == ()
