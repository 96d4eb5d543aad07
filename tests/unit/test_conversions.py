"""Values in the unit that a question asks for: only where asked, only what is certain, never past a limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdown.answering.conversions import asked_units, convert, with_conversion
from walkdown.documents import Language
from walkdown.text.quantities import find_quantities
from walkdown.text.units import conversion

PRESSURES = ("bar", "mbar", "kPa", "MPa", "psi", "kgf/cm2")


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("What is the trip pressure in bar?", ("bar",)),
        ("psi로는?", ("psi",)),
        ("P-101A 토출압은 몇 psi야?", ("psi",)),
        ("토출 압력을 MPa로 환산하면?", ("MPa",)),
        ("압력을 kPa 단위로 알려줘", ("kPa",)),
        ("화씨로 얼마야?", ("°F",)),
        ("convert the minimum flow to L/min", ("L/min",)),
        ("Give me the alarm in Fahrenheit", ("°F",)),
        ("How many hours may a channel be bypassed?", ()),
        ("P-101A 최소 유량은?", ()),
        ("트립 뒤 바로 무엇을 하나?", ()),
        ("수동으로 리셋하나?", ()),
        ("What is done in a day?", ()),
        ("How many pumps are there in Area 3?", ()),
    ],
)
def test_the_units_a_question_asks_for(question: str, units: tuple[str, ...]) -> None:
    assert asked_units(question) == units


@pytest.mark.parametrize(
    ("stated", "unit", "shown"),
    [
        ("0.5 MPa", "bar", "5 bar"),
        ("105 °C", "°F", "221 °F"),
        ("72 t/h", "kg/s", "20 kg/s"),
        ("1시간 30분", "분", "90 분"),
        ("5 barg", "psi", "72.52 psig"),
        ("0.35 MPa(g)", "kPa", "350 kPa(g)"),
        ("1,200 kg/h", "t/h", "1.2 t/h"),
        ("not more than 100 psi", "bar", "6.894 bar"),
        ("at least 100 psi", "bar", "6.895 bar"),
    ],
)
def test_what_is_converted(stated: str, unit: str, shown: str) -> None:
    made = convert(find_quantities(stated)[0], unit)
    assert made is not None and made.shown == shown


@pytest.mark.parametrize(
    ("stated", "unit"),
    [
        ("5 bar", "barg"),
        ("30 Nm3/h", "m3/h"),
        ("5 wt%", "ppm"),
        ("3,000 rpm", "Hz"),
        ("100 kVA", "kW"),
        ("10 N·m", "J"),
        ("3 개월", "일"),
        ("40 m3/h", "t/h"),
        ("40", "bar"),
        ("5 bar", "bar"),
        ("90 °C", "℃"),
    ],
)
def test_what_is_no_unit_of_the_same_kind_is_left_alone(stated: str, unit: str) -> None:
    assert convert(find_quantities(stated)[0], unit) is None


def said(text: str, *units: str, language: Language = "en") -> str:
    return with_conversion(text, find_quantities(text), units, language)


def test_a_converted_value_is_marked_in_the_language_of_the_answer() -> None:
    assert said("토출 압력은 0.5 MPa이다.", "bar", language="ko") == "토출 압력은 0.5 MPa이다. (환산: 5 bar)"
    assert said("The trip is at 100 psi.", "bar") == "The trip is at 100 psi. (converted: about 6.895 bar)"


def test_each_of_several_values_is_named() -> None:
    text = said("Keep it at 0.5 ~ 0.7 MPa.", "bar")
    assert text == "Keep it at 0.5 ~ 0.7 MPa. (converted: 0.5 MPa = 5 bar; 0.7 MPa = 7 bar)"


@pytest.mark.parametrize(
    "text",
    [
        "The temperature rises by 10 °C.",
        "온도차는 10 ℃ 이내로 한다.",
        "The band is ± 2 °C.",
        "The bath is 5 °C warmer than the shell.",
    ],
)
def test_a_difference_of_temperature_is_no_temperature(text: str) -> None:
    assert said(text, "°F") == text


def test_what_the_statement_says_already_is_not_said_twice() -> None:
    assert said("The trip is at 0.5 MPa (5 bar).", "bar") == "The trip is at 0.5 MPa (5 bar)."


@given(
    st.decimals(min_value="0.001", max_value="100000", places=3),
    st.sampled_from(PRESSURES),
    st.sampled_from(PRESSURES),
    st.sampled_from(["{}", "{} 이하", "{} 이상", "{} 미만", "above {}"]),
)
def test_a_converted_value_is_the_same_amount_and_never_past_its_limit(
    value: object, unit: str, other: str, form: str
) -> None:
    (quantity,) = find_quantities(form.format(f"{value} {unit}"))
    made = convert(quantity, other)
    if made is None:
        assert conversion(unit)[1:] == conversion(other)[1:]
        return
    (read,) = find_quantities(made.shown)
    assert abs(read.base - quantity.base) <= 1e-3 * quantity.base
    slack = 1e-9 * quantity.base
    if quantity.comparator in ("<=", "<"):
        assert read.base <= quantity.base + slack
    elif quantity.comparator in (">=", ">"):
        assert read.base >= quantity.base - slack
