"""Numbers, units and comparators as plant documents write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdown.text.quantities import Quantity, find_quantities, same_quantity
from walkdown.text.units import UNITS


def one(text: str) -> Quantity:
    (found,) = find_quantities(text)
    return found


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("0.5 MPa", "5 bar"),
        ("3,960 kg/h", "3.96 t/h"),
        ("30 min", "30분"),
        ("1,000 mg/L", "1 g/L"),
        ("212 °F", "100 ℃"),
        ("1.0×10⁻⁶ g", "1 µg"),
        ("5 barg", "0.5 MPa(g)"),
    ],
)
def test_equal_amounts_in_other_units(left: str, right: str) -> None:
    assert same_quantity(one(left), one(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("0.5 MPa", "0.5 bar"),
        ("5 bar", "5 barg"),
        ("100 m3/h", "100 Nm3/h"),
        ("105 ℃", "105 °F"),
        ("90 ℃", "105 ℃"),
        ("-5 ℃", "5 ℃"),
        ("30 s", "30 min"),
    ],
)
def test_unequal_amounts(left: str, right: str) -> None:
    assert not same_quantity(one(left), one(right))


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("40 m3/h 이상", ">="),
        ("not less than 40 m3/h", ">="),
        ("5 % 이하", "<="),
        ("shall not exceed 5 %", "<="),
        ("5 % 미만", "<"),
        ("more than 5 %", ">"),
        ("최대 5 %", "<="),
        ("5 %", "="),
    ],
)
def test_comparators(text: str, comparator: str) -> None:
    assert one(text).comparator == comparator


def test_codes_and_tags_hold_no_quantity() -> None:
    assert find_quantities("P-101A, 10LAC11AP001 and FIC-1203B") == []


def test_the_letter_of_a_pump_is_no_ampere() -> None:
    assert [q.text for q in find_quantities("feed pump 1A draws 40A")] == ["40A"]
    assert [q.text for q in find_quantities("급수펌프 2B는 3 bar")] == ["3 bar"]
    assert [q.text for q in find_quantities("the fuse is 6A")] == ["6A"]


def test_first_bound_of_a_range_takes_the_unit() -> None:
    low, high = find_quantities("10 ~ 12 bar")
    assert (low.unit, high.unit) == ("bar", "bar")


def test_particles_may_follow_a_unit() -> None:
    assert one("105℃를").unit == "℃"


@given(
    st.integers(0, 10**6), st.sampled_from(["MPa", "m3/h", "℃", "kW", "mg/L", ""]), st.sampled_from(["", " 이상", "를"])
)
def test_any_number_is_read_back(number: int, unit: str, tail: str) -> None:
    found = one(f"값은 {number:,} {unit}{tail}")
    assert found.value == number
    assert found.unit == unit
    assert same_quantity(found, one(f"{number}{unit}"))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("10 000 kg", 10000, "kg"),
        ("1'000 kg", 1000, "kg"),
        ("12,5 bar", 12.5, "bar"),
        ("-1,25 barg", -1.25, "barg"),
        ("at –5 °C", -5, "°C"),
        ("‑5 °C", -5, "°C"),
        ("10⁻³ Pa", 0.001, "Pa"),
        ("85¹⁾ °C", 85, "°C"),
        ("85ᵃ °C", 85, "°C"),
        ("5 ㎏/㎠G", 5, "㎏/㎠G"),
        ("100 ㎜H2O", 100, "㎜H2O"),
        ("6.6 ㎸", 6.6, "㎸"),
        ("5 bar.g", 5, "bar.g"),
    ],
)
def test_numbers_as_vendors_of_many_countries_write_them(text: str, value: float, unit: str) -> None:
    found = one(text)
    assert found.value == pytest.approx(value)
    assert found.unit == unit


def test_two_tanks_of_1000_litres_are_no_power_of_ten() -> None:
    assert [(q.value, q.unit) for q in find_quantities("2 x 1000 L")] == [(2, ""), (1000, "L")]
    assert [(q.value, q.unit) for q in find_quantities("2 x 100 %, 5 x 10^6 Pa, 3 x 10-3 Pa")] == [
        (2, ""),
        (100, "%"),
        (5e6, "Pa"),
        (0.003, "Pa"),
    ]


def test_a_dash_of_a_range_is_no_minus_and_a_list_no_decimal() -> None:
    for text in ("10 –20 °C", "10–20 °C", "10 °C –20 °C", "10‑20 °C", "10−20 °C"):
        assert [(q.value, q.unit) for q in find_quantities(text)] == [(10, "°C"), (20, "°C")], text
    assert [q.value for q in find_quantities("2,3분 기다린다")] == [2.0]
    assert find_quantities("P‑101A") == []


def test_a_unit_is_not_cut_out_of_a_longer_one() -> None:
    assert [one(t).unit for t in ("5 W/m·K", "5 W/(m·K)", "4 kJ/kg·K", "1 kcal/kg·℃")] == [
        "W/m·K",
        "W/(m·K)",
        "kJ/kg·K",
        "kcal/kg·℃",
    ]
    assert same_quantity(one("1 kcal/kg·℃"), one("4.184 kJ/(kg·K)"))
    assert one("5 W/(m·Pa)").unit == ""
    assert one("5 kg/h·Pa").unit == "kg/h·Pa" and one("5 kg/h·Pa").dimension != one("5 kg/h").dimension


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("capacity of 12 500 kg", ["12 500 kg"]),
        ("용량은 12 500 kg이다", ["12 500 kg"]),
        ("무게: 1 250 kg | 압력: 5 bar", ["1 250 kg", "5 bar"]),
        ("Unit 2 500 kg", ["2", "500 kg"]),
        ("cells 3 960 704 kg", ["3", "960", "704 kg"]),
    ],
)
def test_thousands_parted_by_a_space_are_one_number_where_one_must_stand(text: str, amounts: list[str]) -> None:
    assert [q.text for q in find_quantities(text)] == amounts


@pytest.mark.parametrize("per", ["/", " / ", " per ", " a ", " "])
@given(first=st.sampled_from(sorted(UNITS)), other=st.sampled_from(sorted(UNITS)))
def test_any_two_units_are_read_or_left(per: str, first: str, other: str) -> None:
    assert find_quantities(f"12 {first}{per}{other}")


def test_a_unit_with_a_slash_of_its_own_is_part_of_another() -> None:
    (rate,) = find_quantities("Raise by 0.5 % v/v/min at most")
    assert (rate.text, rate.dimension) == ("0.5 % v/v/min", "[volume_share] / [time]")
