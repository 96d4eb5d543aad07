"""The kind of amount a question asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdown.text.asked_amounts import asked_kinds, gives_no_amount, is_of_kind, lacks_kind
from walkdown.text.quantities import find_quantities


@pytest.mark.parametrize(
    ("question", "fits", "not_fits"),
    [
        ("흡입 압력이 몇 barg면 트립되나?", "3.6 barg", "5 s"),
        ("몇 bar에서 트립이야", "1.8 barg", "1.8 m"),
        ("몇 퍼센트까지 떨어지면 알람 울려?", "25 %", "7분"),
        ("정격 몇 프로까지 실을 수 있어?", "60 %", "60 MW"),
        ("몇분 기다려야 방전돼?", "5분", "5 V"),
        ("베어링은 몇도에서 경보야?", "85 °C", "85 %"),
        ("오일 몇 리터 들어가?", "60 L", "60 %"),
        ("최소 유량 몇 m³/h야", "72 t/h", "72 m"),
        ("how many hours does it run on a full tank", "8 h", "8 kg"),
        ("At what pressure does it trip?", "3.6 barg", "3.6 %"),
        ("how long do we wait", "5 minutes", "5 m"),
        ("what percentage is checked", "10 %", "10 kg"),
    ],
)
def test_the_unit_of_a_question_tells_what_can_answer_it(question: str, fits: str, not_fits: str) -> None:
    kinds = asked_kinds(question)
    assert kinds
    assert is_of_kind(find_quantities(fits)[0], kinds)
    assert not is_of_kind(find_quantities(not_fits)[0], kinds)


@pytest.mark.parametrize(
    "question",
    [
        "몇 명까지 들어가?",
        "몇 번 반복하나?",
        "몇 년에 설치했어?",
        "분당 몇 리터로 뿌려?",
        "1년에 몇 mm씩 깎이고 있어?",
        "how many times can we use it?",
        "how many grew?",
        "how many litres a minute is that?",
        "몇 개 치웠어?",
        "트립 값이 얼마야?",
    ],
)
def test_counts_dates_and_rates_leave_the_kind_open(question: str) -> None:
    assert asked_kinds(question) == ()


@pytest.mark.parametrize(
    ("question", "answer", "none"),
    [
        ("웨어링 간극은 얼마였어?", "2026년 정비에서 쟀다.", True),
        ("웨어링 간극은 얼마였어?", "0.51 mm이다.", False),
        ("How much oil goes in?", "Oil goes into the sump.", True),
        ("How much oil goes in?", "Two litres.", False),
        ("밸브가 몇 개야?", "하나뿐이다.", False),
        ("밸브가 몇 개야?", "밸브는 없다.", False),
        ("얼마나 자주 점검해?", "매달 점검한다.", False),
        ("스위치 번호가 몇 번이야?", "뒤쪽 스위치이다.", False),
        ("몇 년에 갈았어?", "2024년에 갈았다.", False),
        ("Why did it trip?", "The filter was blocked.", False),
    ],
)
def test_an_amount_is_not_answered_without_one(question: str, answer: str, none: bool) -> None:
    assert gives_no_amount(question, answer) is none


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    for kind in asked_kinds(f"몇 {text} how many {text}"):
        assert kind


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("태그: PSV-1 | 설정압 [barg]: 1.6 | 누적 [%]: 16", False),
        ("Item: Temperature, ℃ | Normal: 40", True),
        ("Tag: P-1 | Share, %: 16", False),
        ("Tag: P-1 | Share, %: -", True),
    ],
)
def test_a_cell_has_the_unit_of_its_heading(text: str, lacks: bool) -> None:
    assert lacks_kind(text, asked_kinds("몇 %야?")) is lacks
