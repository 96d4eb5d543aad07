"""Right statements that checks struck, each beside a wrong one of the same kind that must still fall."""

import datetime as dt
import re

import pytest

from walkdown.answering.verification import Basis, verify_claim
from walkdown.documents import Chunk, Claim, Evidence, Verdict
from walkdown.text.days import DATE, days_of
from walkdown.text.heads import head_unit
from walkdown.text.languages import detect_language
from walkdown.text.quantities import find_quantities
from walkdown.text.tags import TagPattern

GRAMMAR = (TagPattern("equipment", re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,4}-\d{1,4}[A-Z]?(?![A-Za-z0-9])")),)


def failures(claim: str, passage: str, question: str = "", day: dt.date | None = None) -> set[str]:
    chunk = Chunk(
        id="a", document_id="D", revision="4", pack="p", title="OP", language=detect_language(passage), ordinal=1,
        text=passage, effective_date=day,
    )  # fmt: skip
    basis = Basis([Evidence(number=1, chunk=chunk, score=1.0)], GRAMMAR, (), question, detect_language(claim))
    checked = verify_claim(Claim(text=claim, citations=(1,)), basis)
    return {c.name for c in checked.checks if c.verdict is Verdict.FAILED}


ROW = "태그: TIC-41 | 항목: 반응온도 | 단위: ℃ | 경보: H 98 | 인터록: HH 104 | 동작: XV-47 차단"


@pytest.mark.parametrize(
    ("claim", "fails"),
    [
        ("현행 Rev.4 기준 TIC-41 HH 인터록은 104 ℃입니다.", False),
        ("TIC-41 HH 인터록은 104 ℃입니다(Rev.4, 2025-05-19 시행).", False),
        ("현행 Rev.3 기준 TIC-41 HH 인터록은 104 ℃입니다.", True),
        ("TIC-41 HH 인터록은 104 ℃입니다(Rev.4, 2025-05-20 시행).", True),
    ],
)
def test_a_revision_and_its_day_are_those_of_the_document(claim: str, fails: bool) -> None:
    assert bool(failures(claim, ROW, day=dt.date(2025, 5, 19)) & {"numbers", "tags", "source"}) is fails


NUMBERED = "4.3 문 가스켓은 6개월 또는 800주기 중 먼저 오는 때에 설비팀이 교체한다. AC-805는 400주기이다."


def test_the_number_of_a_clause_is_no_amount() -> None:
    assert not failures("AC-805는 400주기마다 교체합니다.", NUMBERED) & {"subject", "numbers"}


PUMPS = "설비: CWP-2A | 윤활유: ISO VG 46 | 충전량 (L): 95\n설비: CWP-2B | 윤활유: ISO VG 68 | 충전량 (L): 110"


def test_trains_are_no_amounts() -> None:
    right = "2A에는 95 L, 2B에는 110 L가 들어갑니다."
    wrong = "2A에는 110 L, 2B에는 95 L가 들어갑니다."
    assert not failures(right, PUMPS) & {"numbers", "tags"}
    assert failures(wrong, PUMPS)


VOTED = "LIC-31 | HP 드럼 | 단위: mm | LL: -400 | 비고: 2/3 선택"


def test_a_voting_is_one_in_all_notations() -> None:
    assert not failures("LIC-31 트립은 -400 mm, 2oo3입니다.", VOTED) & {"tags"}
    assert failures("LIC-31 트립은 -400 mm, 1oo2입니다.", VOTED) & {"tags"}


def test_what_another_cell_of_the_row_denies_may_be_denied() -> None:
    row = "태그: DE-22 | 항목: 차팽창 | 단위: mm | 트립: +11.0/-3.0 | 비고: 자동트립 없음, 트립값에서 운전원 수동 트립"
    right = "차팽창(DE-22)은 자동트립이 없어서 +11.0 mm에 이르면 운전원이 손으로 트립시켜야 합니다."
    assert not failures(right, row) & {"negation"}


BYPASSED = "HH 트립은 부하 20 % 미만에서 우회된다. 단, H 경보와 진공펌프 자동기동은 우회되지 않는다."


def test_what_is_not_bypassed_is_active() -> None:
    assert not failures("H 경보와 진공펌프 자동기동은 살아 있습니다.", BYPASSED) & {
        "negation",
        "opposites",
        "permission",
    }


OPENED = "Do not open the gearbox top cover before 4 h after shutdown and not before the oil is below 45 °C."
HARVEST = "Do not harvest before day 11 except on written QA instruction."


@pytest.mark.parametrize(
    ("claim", "passage", "fails"),
    [
        ("The 4 h have passed, but the oil also has to be below 45 °C.", OPENED, False),
        ("Before day 11 you need a written QA instruction to harvest.", HARVEST, False),
        ("Harvest before day 11.", HARVEST, True),
        ("Open the gearbox top cover before the oil is below 45 °C.", OPENED, True),
    ],
)
def test_what_is_denied_before_its_time_is_demanded(claim: str, passage: str, fails: bool) -> None:
    assert ("negation" in failures(claim, passage)) is fails


DAYS = (
    "Parameter: Temperature | Unit: deg C | Day 0 to 4: 36.8 | Day 5 to 10: 34.5 | Day 11 to harvest: 33.0\n"
    "Parameter: pH | Unit: - | Day 0 to 4: 7.10 | Day 5 to 10: 6.95 | Day 11 to harvest: 6.90"
)


@pytest.mark.parametrize(
    ("claim", "fails"),
    [("On day 7 the temperature is 34.5 deg C.", False), ("On day 7 the temperature is 36.8 deg C.", True),
     ("On day 7 the temperature is 33.0 deg C.", True)],
)  # fmt: skip
def test_the_column_is_that_of_the_day_asked_about(claim: str, fails: bool) -> None:
    assert ("interval" in failures(claim, DAYS, "What is the temperature on day 7?")) is fails


LEVELS = (
    "태그: LT-04 | 항목: 레벨 | 단위: % | 인터록: LL 25 | 동작: 바닥펌프 P-45 정지(교반기 유지)\n"
    "태그: FT-11 | 항목: 유량 | 단위: L/h | 인터록: LL 6 | 동작: 원료 밸브 XV-41 차단"
)
STORE = (
    "Condition: High temperature alarm | Temperature: 28 deg C | Action: stop unloading, start circulation\n"
    "Condition: Rapid rise | Temperature: more than 2 deg C per hour | Action: call shift leader, prepare dosing"
)


@pytest.mark.parametrize(
    ("claim", "passage", "fails"),
    [
        ("LL 25 %에서는 바닥펌프 P-45만 정지합니다.", LEVELS, False),
        ("LL 25 %에서는 원료 밸브 XV-41이 차단됩니다.", LEVELS, True),
        ("At 28 °C stop unloading and start circulation.", STORE, False),
        ("At 28 °C call shift leader and prepare dosing.", STORE, True),
    ],
)
def test_what_stands_in_another_row_is_not_said_of_this_one(claim: str, passage: str, fails: bool) -> None:
    assert ("other_row" in failures(claim, passage)) is fails


def test_days_of_the_calendar_in_characters() -> None:
    assert DATE.search("10月7日 TOC 212") and days_of("10月7号") == {(10, 7)}


def test_units_of_headings_with_levels() -> None:
    assert head_unit("미생물 (CFU/100 mL) / 기준 10 이하") == "CFU/100 mL"
    assert head_unit("KG-160 (N·m) / Stage 1") == "N·m"
    assert find_quantities("7 CFU/100 mL")[0].unit == "CFU/100 mL"
    assert find_quantities("12 x 10^6 viable cells/mL")[0].dimension == find_quantities("1 cells/mL")[0].dimension


PRESSURES = (
    "Tag: PT-03 | Service: P-71A discharge pressure | Unit: kPa | LL: 180 | Action: LL: start P-71B; HH: stop P-71A\n"
    "Tag: PT-04 | Service: P-71B discharge pressure | Unit: kPa | LL: 170 | Action: LL: alarm only; HH: stop P-71B"
)


@pytest.mark.parametrize(
    ("claim", "fails"),
    [
        ("P-71A의 LL은 180 kPa이며 이때 P-71B가 기동합니다.", False),
        ("P-71A가 180 kPa이 되면 P-71B가 기동하고, P-71B가 170 kPa이 되면 P-71A가 기동합니다.", True),
    ],
)
def test_each_clause_has_the_tags_of_its_own_row(claim: str, fails: bool) -> None:
    assert ("other_row" in failures(claim, PRESSURES)) is fails


CHANGED = "외기온도가 -10 ℃ 이하이면 BC-11 감속기유를 교체한다. 단, BC-12는 히터가 있으므로 교체하지 않는다."


@pytest.mark.parametrize(
    ("claim", "fails"),
    [
        ("-10 ℃ 이하이면 BC-11을 교체하고, BC-12는 히터가 있어서 교체하지 않습니다.", False),
        ("-10 ℃ 이하이면 BC-12를 교체하고, BC-11은 히터가 있어서 교체하지 않습니다.", True),
    ],
)
def test_an_exception_is_told_of_the_tag_that_it_names(claim: str, fails: bool) -> None:
    assert bool(failures(claim, CHANGED) & {"exceptions", "case", "negation"}) is fails


def test_nothing_is_said_not_to_matter_that_the_passage_demands() -> None:
    assert failures("The oil must be below 45 °C; then the time since shutdown does not matter.", OPENED)


SPILL = (
    "5 L 이상 누출: 둑을 쌓아 회수한다. 톱밥, 걸레 등 가연성 흡수재는 사용하지 않는다. "
    "회수한 액은 원래 용기에 다시 넣지 않는다."
)


@pytest.mark.parametrize(
    ("claim", "fails"),
    [
        ("5 L 이상이면 둑을 쌓아 회수하며 걸레·톱밥 같은 가연성 흡수재는 쓰지 않습니다.", False),
        ("5 L 이상이면 둑을 쌓아 회수하고, 오염되지 않은 액은 원래 용기에 다시 넣습니다.", True),
    ],
)
def test_a_denial_in_other_words_is_that_of_the_sentence_nearest_to_it(claim: str, fails: bool) -> None:
    assert bool(failures(claim, SPILL) & {"negation", "permission"}) is fails


WATER = (
    "항목: SS | 단위: mg/L | 배출허용기준: 80 | 사내 관리값: 30 | 방류 중지값: 60\n"
    "항목: 총질소(T-N) | 단위: mg/L | 배출허용기준: 60 | 사내 관리값: 32 | 방류 중지값: 50"
)


@pytest.mark.parametrize(
    ("claim", "fails"),
    [
        ("총질소는 사내 관리값이 32 mg/L, 방류 중지값이 50 mg/L입니다.", False),
        ("총질소는 사내 관리값이 32 mg/L, 방류 중지값이 60 mg/L입니다.", True),
    ],
)
def test_a_value_under_another_heading_beside_one_in_its_place(claim: str, fails: bool) -> None:
    assert ("row" in failures(claim, WATER)) is fails


ACTIONS = (
    "번호: C-2 | 조치: 차압 고경보 40 kPa 신설 | 담당: 자동화팀 | 기한: 2025-09-12\n"
    "번호: P-1 | 조치: 보온히터 전류 감시를 제어에 연결 | 담당: 자동화팀 | 기한: 2025-10-31"
)


@pytest.mark.parametrize(
    ("claim", "fails"),
    [
        ("차압 고경보 신설은 2025년 9월 12일, 보온히터 전류 감시 연결은 2025년 10월 31일까지입니다.", False),
        ("차압 고경보 신설은 2025년 10월 31일, 보온히터 전류 감시 연결은 2025년 9월 12일까지입니다.", True),
    ],
)
def test_a_day_is_that_of_its_row(claim: str, fails: bool) -> None:
    assert ("dated_row" in failures(claim, ACTIONS)) is fails


LOG = "\n".join(
    f"Time: {time} | Note: {note} | DO (%): {value}"
    for time, note, value in (("02:05", "agitation up", 17), ("02:16", "logged", 11), ("02:24", "filter changed", 13))
)


@pytest.mark.parametrize(
    ("claim", "fails"),
    [("The lowest DO was 11 %.", False), ("The lowest DO was 13 %.", True), ("The highest DO was 17 %.", False)],
)
def test_the_lowest_of_a_log_is_the_lowest(claim: str, fails: bool) -> None:
    assert ("extreme" in failures(claim, LOG)) is fails


def test_a_column_may_be_called_by_its_unit_alone() -> None:
    glove = "Glove: Butyl rubber | mm: 0.7 | Breakthrough: > 240 min"
    assert not failures("Butyl rubber gloves are 0.7 mm thick.", glove) & {"numbers"}
