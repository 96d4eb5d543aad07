"""Cells of tables said in a sentence: of their own row and under their own heading, whatever they hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walkdown.answering.verification import Basis, check_claim
from walkdown.documents import Check, Chunk, Claim, Evidence, Language, Verdict
from walkdown.text.languages import detect_language
from walkdown.text.tags import compile_pattern

GRAMMAR = [compile_pattern("equipment", r"[A-Z]{2,4}-?\d{1,4}[A-Z]?")]

OILS = """Pump: CWP-2A | Lubricant: ISO VG 68 oil | Owner: Mechanical | Change: 6 months
Pump: CWP-2B | Lubricant: lithium complex grease | Owner: Electrical | Change: 12 months

Both pumps are vented before start."""
OILS_KO = """펌프: CWP-2A | 윤활제: ISO VG 68 오일 | 점검자: 설비팀장 | 교체: 6개월
펌프: CWP-2B | 윤활제: 리튬 복합 그리스 | 점검자: 운전팀장 | 교체: 12개월

두 펌프는 기동 전에 배기한다."""
CHANGES = """Number: MOC-25-015 | Opened: 2025-08-11 | Today: 250 mm | Wanted: 200 mm | Due: 2026-03-31
Number: MOC-25-020 | Opened: 2025-08-25 | Today: 10 kg/h | Wanted: one value | Due: 2025-12-31"""
ROLES = """구분: 인터록 우회 | 승인: 발전과장 | 보관: 문서실
구분: 경보 변경 | 승인: 계측제어과장 | 보관: 제어실"""
MIXED = """Item: Bearings | Value: 6205 deep groove
Item: Grease | Value: lithium complex
Item: Pressure | Value: 5 bar
Item: Holding time | Value: 30 minutes"""
ZONES = """Zone: Hot zone (300 ppm or more) | Time: 30 minutes in pairs | Air: breathing apparatus
Zone: Cold zone (below 25 ppm) | Time: no limit at all | Air: filter mask"""
TWO = """Tag: LT-101 | Service: Drum A level | Alarm: 50 mm | Trip: 75 mm
Tag: LT-102 | Service: Drum B level | Alarm: 60 mm | Trip: 85 mm"""


def row_check(text: str, source: str) -> Check:
    language: Language = detect_language(source)
    chunk = Chunk(id="d:1", document_id="OP-1", pack="p", title="Site list", revision="1", language=language,
                  ordinal=1, text=source)  # fmt: skip
    basis = Basis([Evidence(number=1, chunk=chunk, score=1.0)], GRAMMAR, (), text, language)
    return next(c for c in check_claim(Claim(text=text, citations=(1,)), basis).checks if c.name == "row")


@pytest.mark.parametrize(
    ("text", "source", "what"),
    [
        ("The lubricant of CWP-2A is lithium complex grease.", OILS, "lithium complex grease"),
        ("CWP-2B의 윤활제는 ISO VG 68 오일이다.", OILS_KO, "ISO VG 68 오일"),
        ("CWP-2B의 점검자는 설비팀장입니다.", OILS_KO, "설비팀장"),
        ("CWP-2B는 6개월마다 교체한다.", OILS_KO, "6개월"),
        ("CWP-2B is changed every 6 months.", OILS, "6 months"),
        ("인터록 우회는 계측제어과장이 승인한다.", ROLES, ""),
        ("인터록 우회의 승인은 계측제어과장이 한다.", ROLES, "계측제어과장"),
        ("MOC-25-015 is due on 2025-12-31.", CHANGES, "2025-12-31"),
        ("Today's value of MOC-25-015 is 10 kg/h.", CHANGES, "10 kg/h"),
        ("The time in the cold zone is 30 minutes in pairs.", ZONES, "30 minutes in pairs"),
        ("LT-101 is the Drum B level.", TWO, "Drum B level"),
    ],
)
def test_a_cell_of_another_row_is_struck(text: str, source: str, what: str) -> None:
    check = row_check(text, source)
    if what:
        assert (check.verdict, check.code) == (Verdict.FAILED, "other_row"), check
        assert dict(check.values)["what"] == what
    else:
        # Nothing tells that the heading "승인" is meant by the verb: known to be missed.
        assert check.verdict is not Verdict.FAILED


@pytest.mark.parametrize(
    ("text", "source", "claimed"),
    [
        ("The due of MOC-25-020 is 2025-08-25.", CHANGES, "Due"),
        ("The alarm of LT-101 is 75 mm.", TWO, "Alarm"),
        ("CWP-2A의 점검자는 ISO VG 68 오일이다.", OILS_KO, "점검자"),
        ("The wanted of MOC-25-015 is 250 mm.", CHANGES, "Wanted"),
    ],
)
def test_a_cell_under_another_heading_is_struck(text: str, source: str, claimed: str) -> None:
    check = row_check(text, source)
    assert (check.verdict, check.code) == (Verdict.FAILED, "other_column"), check
    assert dict(check.values)["claimed"] == claimed


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The lubricant of CWP-2A is ISO VG 68 oil, of CWP-2B lithium complex grease.", OILS),
        ("CWP-2A의 윤활제는 ISO VG 68 오일이고 교체 주기는 6개월이다.", OILS_KO),
        ("CWP-2A와 CWP-2B는 6개월과 12개월마다 교체한다.", OILS_KO),
        ("CWP-2A is vented before start.", OILS),
        ("Bearings are greased with lithium complex.", MIXED),
        ("The pressure is held for 30 minutes.", MIXED),
        ("LT-101 alarms at 50 mm and trips at 75 mm.", TWO),
        ("The trip of LT-101 is at 75 mm, after the alarm at 50 mm.", TWO),
        ("The cold zone has no limit at all.", ZONES),
        ("MOC-25-020, opened on 2025-08-25, is due on 2025-12-31.", CHANGES),
        ("인터록 우회는 발전과장이 승인하고 기록은 문서실에 둔다.", ROLES),
    ],
)
def test_right_cells_in_free_words_stand(text: str, source: str) -> None:
    assert row_check(text, source).verdict is not Verdict.FAILED


_KINDS = (
    ("12 bar", "13 bar", "2.5 bar", "400 kPa", "6 bar"),
    ("stainless steel", "shift lead", "2025-03-04", "XV-310", "주간 점검", "리튬 그리스"),
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(_KINDS).flatmap(lambda kind: st.permutations(kind)), st.booleans())
def test_each_cell_stands_for_its_own_row_and_heading_only(values: list[str], korean: bool) -> None:
    first, second = ("기준", "담당") if korean else ("Limit", "Owner")
    rows = [f"Tag: PT-10{i} | {first}: {values[2 * i]} | {second}: {values[2 * i + 1]}" for i in range(2)]
    for i in range(2):
        for j, heading in enumerate((first, second)):
            for value in values[:4]:
                said = f"PT-10{i}의 {heading}은 {value}이다." if korean else f"The {heading} of PT-10{i} is {value}."
                right = value == values[2 * i + j]
                assert (row_check(said, "\n".join(rows)).verdict is not Verdict.FAILED) == right, said
