"""The property a question asks for, and whether quotes give it."""

import pytest

from walkdown.answering.asked_for import asked_property, gives
from walkdown.packs.loader import get_pack
from walkdown.packs.schema import Pack
from walkdown.settings import Settings


@pytest.fixture(scope="module")
def pack() -> Pack:
    return get_pack("power", Settings())


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("보조보일러 급수 온도는 얼마야?", "온도"),
        ("CWP-1A 축 재질이 뭐지?", "재질"),
        ("윤활유 펌프 재질 알려줘", "재질"),
        ("What material is the shaft of CWP-1A?", "material"),
        ("what is the discharge pressure of CWP-1A", "discharge pressure"),
        ("which frequency does the relay need?", "frequency"),
        ("whats the viscosity limit for oil VG 46", "viscosity"),
    ],
)
def test_the_noun_before_the_question_word_is_what_is_asked_for(pack: Pack, question: str, asked: str) -> None:
    found = asked_property(question, pack)
    assert found is not None
    assert asked.endswith(found.written)


@pytest.mark.parametrize(
    "question",
    [
        "CWP-1A 에는 기름이 몇 리터 들어가?",
        "왜 정지했어?",
        "Who approves the bypass?",
        "what is P-101A?",
        "이 밸브 열어도 돼?",
        "그럼 2호기는?",
        "P-101A 저압 트립이 지금 몇 kPa야?",
        "현재 몇 bar로 되어 있어?",
    ],
)
def test_questions_for_no_known_property(pack: Pack, question: str) -> None:
    assert asked_property(question, pack) is None


@pytest.mark.parametrize(
    ("question", "line", "given"),
    [
        ("CWP-1A 축 재질이 뭐지?", "태그: CWP-1A | 축 길이: 4.2 m", False),
        ("CWP-1A 축 재질이 뭐지?", "Tag: CWP-1A | Shaft material: SUS316", True),
        ("보조보일러 급수 온도는 얼마야?", "급수는 105 °C로 둔다.", True),
        ("보조보일러 급수 온도는 얼마야?", "급수는 12 t/h로 보낸다.", False),
        ("what is the concentration of the caustic?", "Dose 20 mL of caustic, at most 200 mL a day.", False),
        ("what is the concentration of the caustic?", "The caustic is at 30 %.", True),
    ],
)
def test_a_property_is_named_or_stands_there_by_its_unit(pack: Pack, question: str, line: str, given: bool) -> None:
    asked = asked_property(question, pack)
    assert asked is not None
    assert gives(asked, [line], pack.glossary) is given
