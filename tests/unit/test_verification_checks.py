"""What each check catches: rows, columns, units, limits, denials, exceptions, opposites, steps, sources, content."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walkdown.answering.verification import Basis, check_claim
from walkdown.answering.verification.checks import revisions_named
from walkdown.answering.verification.echo import check_echo
from walkdown.answering.verification.statements import split_statements
from walkdown.answering.verification.steps import check_steps
from walkdown.documents import Chunk, Claim, DocumentStatus, Evidence, Language, Verdict
from walkdown.packs.schema import GlossaryEntry
from walkdown.text.tags import compile_pattern

GRAMMAR = [
    compile_pattern("equipment", r"[A-Z]{2,4}-?\d{1,4}[A-Z]?"),
    compile_pattern("kks", r"\d{2}[A-Z]{3}\d{2}[A-Z]{2}\d{3}"),
]
GLOSSARY = (
    GlossaryEntry(ko="베어링 온도", en="bearing temperature"),
    GlossaryEntry(ko="최소 유량", en="minimum flow"),
    GlossaryEntry(ko="흡입 밸브", en="suction valve"),
    GlossaryEntry(ko="과속도", en="overspeed"),
)
TABLE = """Item: Bearing temperature, alarm / trip | Value: 85 °C / 95 °C | Delay: 2 s
Item: Bearing vibration, alarm / trip | Value: 7.1 mm/s / 11.2 mm/s | Delay: 3 s
Item: Minimum flow (Unit 1) | Value: 65 t/h | Delay: 30 s
Item: Minimum flow (Unit 2) | Value: 72 t/h | Delay: 30 s
Item: Overspeed, 10MBA10CS011 | Value: 3,960 rpm, 2oo3 | Delay: none"""
PROSE = """Keep the suction valve open before starting BFP-1A.
The pump must not be started with the suction valve closed.
The lube oil pressure must be at least 0.8 barg. A permit is valid for 8 hours unless the shift manager extends it.
Samples may be kept for 30 days. However, samples of an incident are never thrown away."""
KOREAN = """흡입 압력이 3.6 barg 아래로 내려가면 5초 뒤에 트립된다. 한 번에 한 채널만 우회하며 8시간을 넘길 수 없다.
토출 밸브를 닫고 펌프를 정지한다. 다만, 비상시에는 제외한다. 승온 속도는 분당 1.5 ℃를 넘기지 않는다."""
STEPS = """1. Open the suction valve fully.
2. Vent the casing for 10 minutes.
3. Start the auxiliary oil pump.
4. Close the minimum flow bypass."""


def evidence(text: str, language: Language = "en", number: int = 1, revision: str = "6") -> Evidence:
    chunk = Chunk(id=f"d:{number}", document_id="OP-101", pack="power", title="Feed pump", revision=revision,
                  language=language, ordinal=number, text=text)  # fmt: skip
    return Evidence(number=number, chunk=chunk, score=1.0)


def failures(text: str, source: str, *, status: DocumentStatus = DocumentStatus.IN_FORCE, as_of: str = "") -> list[str]:
    hangul = any("가" <= c <= "힣" for c in text)
    reader: Language = "ko" if hangul else "en"
    own: Language = "ko" if any("가" <= c <= "힣" for c in source) else "en"
    item = evidence(source, own)
    item = item.model_copy(update={"chunk": item.chunk.model_copy(update={"status": status})})
    given_basis = Basis([item], GRAMMAR, GLOSSARY, text, reader, as_of)
    claim = check_claim(Claim(text=text, citations=(1,)), given_basis)
    return [c.name for c in claim.checks if c.verdict is Verdict.FAILED]


RIGHT = [
    ("The bearing temperature trips at 95 °C.", TABLE),
    ("Bearing temperature: alarm 85 °C, trip 95 °C.", TABLE),
    ("The minimum flow of Unit 2 is 72 t/h.", TABLE),
    ("The minimum flow of Unit 2 is 72,000 kg/h.", TABLE),
    ("Overspeed trips at 3,960 rpm, 2oo3.", TABLE),
    ("2호기 최소 유량은 72 t/h이다.", TABLE),
    ("베어링 온도는 95 ℃에서 트립된다.", TABLE),
    ("The pump must not be started while the suction valve is closed.", PROSE),
    ("The lube oil pressure must be not less than 0.8 barg.", PROSE),
    ("A permit is valid for 8 hours unless the shift manager extends it.", PROSE),
    ("흡입 압력이 3.6 barg 미만이면 5초 뒤에 트립된다.", KOREAN),
    ("우회는 한 채널만, 8시간 이하로 한다.", KOREAN),
    ("승온 속도는 1.5 ℃/min 이하이다.", KOREAN),
    ("Below 3.6 barg it trips after 5 s.", KOREAN),
]


@pytest.mark.parametrize(("text", "source"), RIGHT)
def test_a_right_claim_stands(text: str, source: str) -> None:
    assert failures(text, source) == []


WRONG = [
    ("The bearing temperature trips at 85 °C.", TABLE, "subject"),
    ("The bearing temperature alarm is 95 °C.", TABLE, "subject"),
    ("The bearing temperature trips at 96 °C.", TABLE, "numbers"),
    ("The bearing temperature trips at 95 °F.", TABLE, "numbers"),
    ("The bearing temperature trips at 95.", TABLE, "numbers"),
    ("The minimum flow of Unit 2 is 65 t/h.", TABLE, "subject"),
    ("The minimum flow of Unit 3 is 72 t/h.", TABLE, "labels"),
    ("2호기 최소 유량은 65 t/h이다.", TABLE, "subject"),
    ("베어링 온도는 85 ℃에서 트립된다.", TABLE, "subject"),
    ("The bearing vibration trips at 7.1 mm/s.", TABLE, "subject"),
    ("Overspeed trips at 3,960 rpm, 2oo4.", TABLE, "tags"),
    ("Overspeed 10MBA10CS012 trips at 3,960 rpm.", TABLE, "tags"),
    ("The pump must be started with the suction valve closed.", PROSE, "negation"),
    ("Keep the suction valve closed before starting BFP-1A.", PROSE, "opposites"),
    ("Keep the suction valve open after starting BFP-1A.", PROSE, "opposites"),
    ("The lube oil pressure must be at most 0.8 barg.", PROSE, "comparators"),
    ("The lube oil pressure must be at least 0.8 bar.", PROSE, "numbers"),
    ("A permit is valid for 8 hours.", PROSE, "exceptions"),
    ("Samples may be kept for 30 days.", PROSE, "exceptions"),
    ("흡입 압력이 3.6 barg 이상이면 5초 뒤에 트립된다.", KOREAN, "comparators"),
    ("우회는 한 채널만 8시간 이상으로 한다.", KOREAN, "comparators"),
    ("토출 밸브를 열고 펌프를 정지한다.", KOREAN, "opposites"),
    ("토출 밸브를 닫고 펌프를 정지한다.", KOREAN, "exceptions"),
    ("승온 속도는 시간당 1.5 ℃를 넘기지 않는다.", KOREAN, "numbers"),
    ("승온 속도는 분당 1.5 ℃를 넘긴다.", KOREAN, "comparators"),
    ("Below 3.6 bar it trips after 5 s.", KOREAN, "numbers"),
    ("Above 3.6 barg it trips after 5 s.", KOREAN, "comparators"),
    ("See [the manual](http://x.example/a) for 3,960 rpm overspeed.", TABLE, "content"),
    ("Overspeed trips at 3,960 rpm <img src=x>.", TABLE, "content"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "name"), WRONG)
def test_a_wrong_claim_fails_the_check_made_for_it(text: str, source: str, name: str) -> None:
    assert name in failures(text, source)


def test_an_outdated_source_fails_unless_the_answer_says_as_of_when() -> None:
    old = DocumentStatus.SUPERSEDED
    text = "The minimum flow of Unit 2 is 72 t/h."
    assert failures(text, TABLE, status=old) == ["source"]
    assert failures(text, TABLE, status=old, as_of="2024-03-31") == []


def test_a_value_under_alarm_is_no_trip_where_the_row_has_no_other_amount() -> None:
    row = "No.: CA-03 | Item: Circulating pump current | Alarm: 138 A | Trip or automatic action: overcurrent relay"
    assert "opposites" in failures("The trip value of the circulating pump current is 138 A.", row)
    assert failures("The alarm value of the circulating pump current is 138 A.", row) == []


ISOLATION = "Equipment: BR-202 | Electrical: MCC-2 cubicle 08 | Steam: HV-2021 and HV-2022 | Liquid: HV-2031, HV-2032"


@pytest.mark.parametrize(
    ("claim", "right"),
    [
        ("The liquid side of BR-202 is isolated by HV-2031 and HV-2032.", True),
        ("The liquid side of BR-202 is isolated by HV-2021 and HV-2022.", False),
        ("For BR-202 the electrical isolation is HV-2031.", False),
        ("BR-202: steam HV-2021 and HV-2022, liquid HV-2031 and HV-2032.", True),
        ("BR-202 is isolated by HV-2031.", True),
    ],
)
def test_a_valve_is_not_put_under_another_heading_of_its_row(claim: str, right: bool) -> None:
    assert ("row" not in failures(claim, ISOLATION)) is right


def test_the_number_of_a_tag_before_the_word_edition_is_no_revision() -> None:
    text = "BFP-102의 최소 유량은 6판부터 72 t/h이다."
    assert "source" not in failures("BFP-102 판 6판부터 최소 유량은 72 t/h이다.", text)


@pytest.mark.parametrize(
    ("question", "claim", "echo"),
    [
        ("최소 유량은 얼마야?", "최소 유량은 얼마인가?", True),
        ("When must the minimum flow be kept?", "The minimum flow must be kept.", True),
        ("2호기 최소 유량은 얼마야?", "2호기 최소 유량은 72 t/h이다.", False),
        ("Which pump has the minimum flow?", "The pump of Unit 2 has the minimum flow.", False),
        ("Must the suction valve be closed?", "The suction valve must be closed.", False),
        ("흡입 밸브 닫아야 돼?", "흡입 밸브를 닫아야 한다.", False),
        ("TK-305 low temp alarm? it's getting thick", "The TK-305 temp alarm is getting thick.", True),
        ("TK-305 low temp alarm?", "The TK-305 low temp alarm is 95 °C.", False),
    ],
)
def test_a_statement_that_only_repeats_the_question_is_no_answer(question: str, claim: str, echo: bool) -> None:
    language: Language = "ko" if any("가" <= c <= "힣" for c in question) else "en"
    basis = Basis([evidence(TABLE)], GRAMMAR, GLOSSARY, question, language)
    check = check_echo(question, Claim(text=claim, citations=(1,)), basis.reader)
    assert (check.verdict is Verdict.FAILED) is echo


def test_a_denied_clause_is_not_affirmed_though_the_rest_of_the_sentence_fits() -> None:
    source = (
        "Do not wait for the trip: when the alarm stands for 2 minutes, close the permeate and check the cassettes."
    )
    assert "negation" in failures("Wait for the trip when the alarm stands for 2 minutes.", source)
    right = "Do not wait for the trip; close the permeate when the alarm stands for 2 minutes."
    assert "negation" not in failures(right, source)
    assert "negation" not in failures("Close the permeate when the alarm stands for 2 minutes.", source)


@pytest.mark.parametrize(
    ("claim", "failed"),
    [
        ("The clearance found on feed pump 1A in the 2024 outage was 0.58 mm.", []),
        ("The clearance found on feed pump 1C in the 2024 outage was 0.58 mm.", ["tags"]),
        ("The clearance found on feed pump 1A in the 2023 outage was 0.58 mm.", ["numbers"]),
    ],
)
def test_a_pump_by_its_letter_and_the_year_of_a_report(claim: str, failed: list[str]) -> None:
    item = evidence("Pump: BFP-1A | Clearance found: 0.58 mm\nPump: BFP-1B | Clearance found: 0.44 mm")
    item = item.model_copy(
        update={"chunk": item.chunk.model_copy(update={"title": "Feed pump, report of outage 2024"})}
    )
    checked = check_claim(Claim(text=claim, citations=(1,)), Basis([item], GRAMMAR, GLOSSARY, claim, "en"))
    assert [c.name for c in checked.checks if c.verdict is Verdict.FAILED] == failed


GRADES = (
    "등급은 세 가지이다. A는 제품에 남거나 품질에 바로 닿는 것, B는 제품에 닿지만 남지 않는 것, C는 닿지 않는 것이다."
)


@pytest.mark.parametrize(
    ("claim", "right"),
    [
        ("원료 등급 B는 제품에 닿지만 남지 않는 것이다.", True),
        ("원료 등급 B는 제품에 남거나 품질에 바로 닿는 것이다.", False),
        ("등급 A는 제품에 남거나 품질에 바로 닿는 것, B는 제품에 닿지만 남지 않는 것이다.", True),
    ],
)
def test_what_is_said_of_one_letter_is_not_said_of_another(claim: str, right: bool) -> None:
    assert ("keyed" not in failures(claim, GRADES)) is right


@pytest.mark.parametrize(
    ("claim", "failed"),
    [
        ("BFP-1A의 기포점은 0.8 barg이다.", ["grounding"]),
        ("BFP-1A의 베어링 온도는 85 °C에서 경보한다.", []),
    ],
)
def test_a_korean_word_that_nothing_carries_over_is_no_subject(claim: str, failed: list[str]) -> None:
    source = "BFP-1A bearing temperature: alarm 85 °C. Lube oil of BFP-1A: 0.8 barg."
    assert failures(claim, source) == failed


def test_a_named_revision_is_the_passages() -> None:
    assert failures("According to revision 6 the minimum flow of Unit 2 is 72 t/h.", TABLE) == []
    assert "source" in failures("According to revision 7 the minimum flow of Unit 2 is 72 t/h.", TABLE)


def test_the_span_of_a_claim_is_the_row_that_carries_it() -> None:
    basis = Basis([evidence(TABLE)], GRAMMAR, GLOSSARY, "minimum flow", "en")
    claim = check_claim(Claim(text="The minimum flow of Unit 2 is 72 t/h.", citations=(1,)), basis)
    assert [TABLE[s.start : s.end] for s in claim.spans] == [TABLE.splitlines()[3]]


def _steps(*texts: str, whole: bool = False) -> list[str]:
    basis = Basis([evidence(STEPS)], GRAMMAR, GLOSSARY, "start the pump", "en")
    claims = [Claim(text=t, citations=(1,)) for t in texts]
    return [c.reason for c in check_steps(claims, basis.cited((1,)), whole=whole) if c.verdict is Verdict.FAILED]


def test_steps_keep_their_order_and_none_is_left_out() -> None:
    first, second, third, fourth = [line[3:] for line in STEPS.splitlines()]
    assert _steps(first, second, third, fourth, whole=True) == []
    assert _steps(second, third) == []
    assert _steps(first, third, second) == ["step 2 comes before step 3 in the passage"]
    assert _steps(first, second, fourth) == ["left out: step 3"]
    assert _steps(first, second, whole=True) == ["left out: step 3, 4"]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=400))
def test_statements_lie_where_they_say(text: str) -> None:
    for statement in split_statements(text):
        assert text[statement.start : statement.end] == statement.text
        assert all(statement.start <= p.start <= p.end <= statement.end for p in statement.parts)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 9000), st.sampled_from(["barg", "t/h", "°C", "mm/s", "min", "%", "rpm"]),
    st.integers(2, 9000), st.sampled_from(["at least", "at most", "above", "below"]),
)  # fmt: skip
def test_any_number_is_found_and_any_other_is_not(number: int, unit: str, other: int, limit: str) -> None:
    source = f"The oil supply of the pump is kept {limit} {number} {unit} in service."
    claim = f"The oil supply of the pump is kept {limit} {{}} {unit} in service."
    assert failures(claim.format(f"{number:,}"), source) == []
    if other != number:
        assert "numbers" in failures(claim.format(other), source)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(min_size=1, max_size=200).filter(str.strip))
def test_no_text_breaks_a_check(text: str, source: str) -> None:
    failures(text, source)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("It is done four times in revision 4.", ["4"]),
        ("개정 4에서는 세 번이다.", ["4"]),
        ("개정 B의 값", ["B"]),
        ("rev. 5, formerly rev. 4", ["5", "4"]),
        ("revision 4.2 of the software", []),
        ("2024년 개정 5월 1일", []),
        ("revision of the limits", []),
    ],
)
def test_a_revision_is_named_at_the_end_of_a_sentence_and_before_a_particle(text: str, named: list[str]) -> None:
    assert revisions_named(text) == named
