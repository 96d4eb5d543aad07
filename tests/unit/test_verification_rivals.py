"""Amounts that are no rivals: right claims that a neighbouring amount struck, and wrong ones that still fail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walkdown.answering.verification import Basis, check_claim
from walkdown.answering.verification.reader import Reader
from walkdown.answering.verification.reading import Cited
from walkdown.answering.verification.rivals import designation, words_for
from walkdown.documents import Chunk, Claim, Evidence, Language, Verdict
from walkdown.text.heads import head_unit
from walkdown.text.quantities import find_quantities
from walkdown.text.tags import compile_pattern

GRAMMAR = [compile_pattern("equipment", r"[A-Z]{2,4}-?\d{1,4}[A-Z]?")]

COLUMN = """Item: Trays | Value: 24 valve trays
Item: Valve caps per tray | Value: 96
Item: Weight of a tray | Value: 310 kg"""
SAMPLES = """Control: Viability at harvest | Sample: Day 14 | Target: 80 %
Control: Titre at harvest | Sample: Day 14 | Target: 4.0 g/L
Control: Bioburden | Sample: Day 5 and harvest | Target: negative"""
POINTS = """Point: EM-11 | Settle plate: 1 CFU | Airborne: 2 CFU/m³
Point: EM-12 | Settle plate: 6 CFU | Airborne: 7 CFU/m³

The airborne result at EM-12 passed the alert level of 5 CFU/m³ but not the action level of 10 CFU/m³."""
CHAMBER = "Variable: Chamber temperature | Low alarm: 800 °C | Normal: 850 °C | Trip: 950 °C high, 760 °C low"
RESERVES = """Supply: Emergency diesel DG-1, DG-2, each | Lasts: 8 hours with the tank of 3,400 L
Supply: Station battery | Lasts: 90 minutes (oil pumps), 2 hours (control)"""
STOPS = """멈춘 시간: 1시간 이하 | 복귀 조건: 10분 배수
멈춘 시간: 4시간 초과 24시간 이하 | 복귀 조건: 2시간 살균, 모든 사용점 시료
멈춘 시간: 24시간 초과 | 복귀 조건: 살균 2회, 3일 연속 시료"""
STEPS = """1. Start the agitator at 100 rpm and wait 10 minutes. Take a sample.
2. Mix for 5 minutes and take a sample for the bench meter.
3. Transfer at 15 L/min."""
LIMITS = "Bearing temperature: the alarm is at 85 °C and the trip is at 95 °C."
OILS = """Machine: Gearbox | Oil: ISO VG 220 | Change: 8,000 h
Machine: Pump bearing | Oil: ISO VG 68 | Charge: 12 L, 46 drops a minute"""
LEAST = """Plate: B2 | Nominal, mm: 8.0 | Least, mm: 7.4 | Result, minutes: 30
Plate: B3 | Nominal, mm: 8.0 | Least, mm: 4.1 | Result, minutes: 40"""
ACTION = "조치: C-3 | 내용: 뚜껑 압력이 0일 때만 열리는 잠금 볼트 | 기한: 2026-02-27"


def failures(text: str, source: str) -> set[str]:
    korean = any("가" <= c <= "힣" for c in source)
    language: Language = "ko" if korean else "en"
    chunk = Chunk(id="d:1", document_id="OP-1", pack="p", title="Site procedure", revision="1", language=language,
                  ordinal=1, text=source)  # fmt: skip
    basis = Basis([Evidence(number=1, chunk=chunk, score=1.0)], GRAMMAR, (), text, language)
    claim = check_claim(Claim(text=text, citations=(1,)), basis)
    return {c.name for c in claim.checks if c.verdict is Verdict.FAILED}


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The value of Valve caps per tray is 96.", COLUMN),
        ("The value of Trays is 24 valve trays.", COLUMN),
        ("The sample of Viability at harvest is Day 14.", SAMPLES),
        ("The airborne of EM-12 is 7 CFU/m³.", POINTS),
        ("The airborne result at EM-12 passed the alert level of 5 CFU/m³.", POINTS),
        ("The trip of Chamber temperature is 950 °C high, 760 °C low.", CHAMBER),
        ("The lasts of Station battery is 90 minutes (oil pumps), 2 hours (control).", RESERVES),
        ("4시간 초과 24시간 이하의 복귀 조건은 2시간 살균, 모든 사용점 시료이다.", STOPS),
        ("Run the agitator at 100 rpm for 10 minutes and take a sample; mix 5 minutes and sample.", STEPS),
        ("The pump bearing takes ISO VG 68 oil, 12 L.", OILS),
        ("ISO VG 68, 12 L", OILS),
        ("The least of plate B3 is 4.1 mm.", LEAST),
        ("The least of plate B3 is 4.1.", LEAST),
        ("The result of plate B3 is 40 min.", LEAST),
        ("뚜껑 압력이 0일 때만 열리는 잠금 볼트의 기한은 2026-02-27이다.", ACTION),
    ],
)
def test_a_right_claim_is_not_struck_for_a_neighbour(text: str, source: str) -> None:
    assert failures(text, source) == set()


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("The sample of Bioburden is Day 14.", SAMPLES, "subject"),
        ("The airborne of EM-11 is 7 CFU/m³.", POINTS, "subject"),
        ("The alert level of airborne at EM-12 is 7 CFU/m³.", POINTS, "subject"),
        ("The trip of Chamber temperature is 800 °C.", CHAMBER, "subject"),
        ("The low alarm of Chamber temperature is 850 °C.", CHAMBER, "subject"),
        ("The alarm is at 95 °C and the trip is at 85 °C.", LIMITS, "subject"),
        ("The bearing temperature alarm is at 95 °C.", LIMITS, "subject"),
        ("Run the agitator for 5 minutes and wait; mix for the bench meter 10 minutes.", STEPS, "subject"),
        ("The pump bearing takes ISO VG 220 oil.", OILS, "subject"),
        ("The pump bearing takes ISO VG 69 oil.", OILS, "numbers"),
        ("The least of plate B3 is 7.4 mm.", LEAST, "subject"),
        ("The least of plate B3 is 4.1 cm.", LEAST, "numbers"),
        ("The result of plate B3 is 40 h.", LEAST, "numbers"),
    ],
)
def test_a_wrong_claim_still_fails(text: str, source: str, name: str) -> None:
    assert name in failures(text, source)


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Station battery", "Station battery is 90 minutes (oil pumps)  2 hours (control)"),
        ("Diesel set", "Diesel set is 2 hours (control)"),
    ],
)
def test_a_repeated_cell_counts_as_a_whole_only_where_its_row_is_named(subject: str, words: str) -> None:
    claim = Claim(text=f"{subject} is 90 minutes (oil pumps), 2 hours (control)", citations=(1,))
    chunk = Chunk(id="d:1", document_id="OP-1", pack="p", title="Sheet", language="en", ordinal=1, text=RESERVES)
    cited = Cited([Evidence(number=1, chunk=chunk, score=1.0)], Reader(GRAMMAR, ()))
    own = [o for o in cited.occurrences if o.quantity.text == "2 hours"]
    assert words_for(claim, find_quantities(claim.text)[-1], own, cited) == words


def test_a_word_of_one_syllable_and_a_counter_do_not_strike_a_claim() -> None:
    assert failures("MCC-2의 칸은 9번 칸이다.", "장소: MCC-2 | 칸: 9번 칸") == set()
    assert "subject" not in failures(
        "3번", "점화는 한 시간에 세 번까지 한다. 동기가 두 번 실패하면 멈추고 한 번 더 알린다."
    )
    assert failures("146개", "열린 바이알 146개를 치우고 소독제를 뿌렸다.") == set()
    assert "grounding" in failures("용기에 산이 있다.", "용기에 물이 있다.")


def test_whoever_is_excepted_is_the_exception_told() -> None:
    source = "Class A is never lowered to B except by the plant manager, in writing."
    assert failures("Only the plant manager, in writing", source) == set()
    assert "exceptions" in failures("Class A is never lowered to B.", source)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("ISO VG 68", "VG"), ("DN 50 pipe", "DN"), ("3번 밸브를 연다", "NO"), ("on 2026-02-27", "DATE"), ("it is 68", ""),
     ("3번 반복한다", ""), ("VG 68 mm", "")],
)  # fmt: skip
def test_what_a_number_is_the_name_of(text: str, kind: str) -> None:
    assert designation(text, find_quantities(text)[-1]) == kind


@pytest.mark.parametrize(
    ("name", "unit"),
    [("Least, mm", "mm"), ("유량 (m3/h)", "m3/h"), ("Minutes", "minutes"), ("Day", ""), ("시간", ""), ("Item", "")],
)
def test_the_unit_of_a_column(name: str, unit: str) -> None:
    assert head_unit(name) == unit


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(11, 9999), min_size=3, max_size=3, unique=True), st.permutations([0, 1, 2]))
def test_of_a_table_only_the_value_of_its_own_row_and_column_stands(values: list[int], order: list[int]) -> None:
    names = ("Inlet header", "Outlet header", "Drain vessel of the header")
    rows = [f"Item: {names[i]} | Design: {values[i]} kPa | Test: {values[i] + 10_000} kPa" for i in order]
    for i, name in enumerate(names):
        assert failures(f"The design of {name} is {values[i]} kPa.", "\n".join(rows)) == set()
        for other in (values[(i + 1) % 3], values[i] + 10_000):
            assert "subject" in failures(f"The design of {name} is {other} kPa.", "\n".join(rows))
