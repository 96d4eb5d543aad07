"""Units as people say them: a shift asks for kilohms and cubic metres in Korean words, with a prefix or without."""

import pytest

from walkdown.text.asked_amounts import asked_kinds, kind_of_unit
from walkdown.text.quantities import find_quantities, same_quantity


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("5 킬로옴", "5 kΩ"),
        ("5킬로와트", "5 kW"),
        ("12 메가와트", "12 MW"),
        ("3 킬로미터", "3 km"),
        ("6.6 킬로볼트", "6.6 kV"),
        ("4 밀리암페어", "4 mA"),
        ("3 마이크로미터", "3 µm"),
        ("100 킬로파스칼", "100 kPa"),
        ("6 바게이지", "6 barg"),
        ("72 루베", "72 m3"),
        ("20 피피엠", "20 ppm"),
        ("3600 알피엠", "3,600 rpm"),
        ("5 kilohms", "5 kΩ"),
        ("7 kilowatts", "7 kW"),
        ("20 amps", "20 A"),
        ("3 bars", "3 bar"),
        ("5킬로", "5 kg"),
    ],
)
def test_a_unit_in_words_is_the_unit_in_letters(said: str, written: str) -> None:
    (one,), (other,) = find_quantities(said), find_quantities(written)
    assert one.text == said and same_quantity(one, other)


@pytest.mark.parametrize("text", ["6 바이알", "6 바퀴", "3 메가폰", "2 기가팩"])
def test_a_word_that_begins_like_a_unit_is_none(text: str) -> None:
    assert [q.unit for q in find_quantities(text)] == [""]


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("로터 지락 저항 몇 킬로옴이면 세워?", "kΩ"),
        ("씰 압력은 몇 바야?", "bar"),
        ("몇 바까지 올려?", "bar"),
        ("몇 마이크로지멘스 넘으면 끊어?", None),
        ("how many kilohms before it trips?", "kΩ"),
    ],
)
def test_the_kind_asked_for_in_words(question: str, unit: str | None) -> None:
    assert asked_kinds(question) == ((kind_of_unit(unit),) if unit else asked_kinds("몇 microsiemens?"))


@pytest.mark.parametrize("question", ["몇 바이알이야?", "몇 바퀴 돌려?"])
def test_vials_and_turns_are_no_pressure(question: str) -> None:
    assert asked_kinds(question) == ()
