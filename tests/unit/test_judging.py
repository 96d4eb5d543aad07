"""The asker's amount against limits: what a statement says of it is right or wrong by arithmetic, in five languages."""

import pytest

from walkdown.answering.finish import check_draft
from walkdown.answering.verification import Basis
from walkdown.answering.verification.judging import judgement
from walkdown.documents import Evidence
from walkdown.testing.asking import PACK, chunk, failed_checks
from walkdown.text.quantities import find_quantities


def _judged(said: str, asked: str) -> bool | None:
    given = find_quantities(asked)
    held = [q for q in find_quantities(said) if not any(q.base == a.base for a in given)]
    return judgement(said, find_quantities(said), given, held)


@pytest.mark.parametrize(
    ("said", "asked", "right"),
    [
        ("경고기준 5를 넘었을 뿐 조치기준 10에는 못 미칩니다.", "7", True),
        ("경고기준 5를 넘었을 뿐 조치기준 10에는 못 미칩니다.", "12", False),
        ("조치기준(10 ppm)은 넘지 않았고 경고기준(5 ppm)만 넘었습니다.", "7 ppm", True),
        ("조치기준(10 ppm)은 넘지 않았고 경고기준(5 ppm)만 넘었습니다.", "11 ppm", False),
        ("슬립이 3.5 ppm이면 멈춰야 하는데 이미 4 ppm입니다.", "4 ppm", True),
        ("정지값은 3.5 ppm이고 4 ppm은 이를 넘었습니다.", "4 ppm", True),
        ("50~80 ms여야 하므로 85 ms는 기준을 벗어납니다.", "85 ms", True),
        ("50~80 ms여야 하므로 75 ms는 기준을 벗어납니다.", "75 ms", False),
        ("위쪽 한계가 80 ms인데 측정값이 더 깁니다.", "85 ms", True),
        ("21일 기한은 지났지만 재분석값이 하한 10.5 %보다 높습니다.", "25일, 10.8 %", True),
        ("有效期是 48 小时，60 小时已超出。", "60 小时", True),
        ("The limit is 48 h, so 50 h is over it.", "50 h", True),
        ("The limit is 48 h and 40 h has not exceeded it.", "40 h", True),
        ("The limit is 48 h and 50 h has not exceeded it.", "50 h", False),
        ("上限は 40 °C で、45 °C は超えています。", "45 °C", True),
        ("El límite es 40 °C y 45 °C lo supera.", "45 °C", True),
        ("19 NTU is between 15 and 25 NTU.", "19 NTU", True),
        ("29 NTU is between 15 and 25 NTU.", "29 NTU", False),
        ("200 t/h ≥ 180 t/h.", "200 t/h", True),
        ("100 t/h ≥ 180 t/h.", "100 t/h", False),
        ("6 mm/s는 합격선 4.5 mm/s와 정지선 7.1 mm/s 사이이므로 정비합니다.", "6 mm/s", True),
        ("85 °C is below the 93 °C at which it trips.", "85 °C", True),
        ("95 °C is below the 93 °C at which it trips.", "95 °C", False),
        ("10.8 %는 하한 10.5 %보다 높으므로 사용할 수 있습니다.", "10.8 %", True),
        ("10.8 %는 하한 10.5 %보다 높으므로 사용할 수 없습니다.", "10.8 %", False),
        ("At most 40 °C, and 45 °C is above it, which is acceptable.", "45 °C", False),
    ],
)
def test_what_is_said_of_the_askers_amount_is_reckoned(said: str, asked: str, right: bool) -> None:
    assert _judged(said, asked) is right


def test_a_limit_may_stand_in_the_passage_alone() -> None:
    nine, said = find_quantities("9 h"), "9 h is not enough."
    assert judgement(said, nine, nine, [], find_quantities("12 h")) is True
    assert judgement(said, nine, nine, [], find_quantities("6 h")) is None


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("28 °C 미만이면 히터를 투입합니다.", "30 °C"),
        ("출구 온도는 90 °C를 넘지 않아야 합니다.", "95 °C"),
        ("If it rises above 90 °C the mill trips.", "85 °C"),
        ("It must not exceed 90 °C.", "95 °C"),
        ("250 ppm을 초과하면 급탄기를 정지합니다.", "200 ppm"),
        ("설정은 90 °C입니다.", "95 °C"),
        ("쓸 수 있는 농도는 최대 0.5 M입니다.", "1.0 M"),
        ("Only while the wind stays below 12 m/s.", "9 m/s"),
        ("정지값은 75 ℃이고 이웃한 RTD 2개가 함께 넘어야 동작합니다.", "76도"),
        ("75 ℃이고 한 점만 넘어도 정지해야 합니다.", "76도"),
        ("Above 93 °C the mill trips.", "85 °C"),
        ("The mill trips above 93 °C.", "85 °C"),
        ("超过 93 °C 跳闸。", "85 °C"),
        ("Por encima de 93 °C se para.", "85 °C"),
        ("250 ppm 초과: 급탄기를 정지합니다.", "200 ppm"),
        ("A 53 °C, B 51 °C, C 49 °C이고 C는 B의 51 °C보다 낮습니다.", "몇 도?"),
    ],
)
def test_a_rule_says_nothing_of_the_amount_at_hand(said: str, asked: str) -> None:
    assert _judged(said, asked) is None


LEVELS = "등급: B | 항목: 부유균 | 단위: CFU/m³ | 경고기준: 5 | 조치기준: 10 | 빈도: 매 작업조"
ASKED = "B등급 부유균 7 CFU/m³ 나왔는데 조치기준 넘은 거야?"


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("조치기준(10 CFU/m³)은 넘지 않았고 경고기준(5 CFU/m³)만 넘었습니다.", True),
        ("조치기준 10 CFU/m³를 넘었습니다.", False),
        ("7 CFU/m³는 조치기준 10 CFU/m³를 넘은 값입니다.", False),
    ],
)
def test_a_verdict_stands_by_arithmetic(said: str, stands: bool) -> None:
    assert (not failed_checks(LEVELS, said, ASKED)) is stands


def test_the_number_of_a_bay_is_no_speed_and_a_verdict_bears_out_no_reason() -> None:
    passage = "1.1 Rain stops unloading, but bay 2 may unload in rain below 7 m/s. Hoses are changed above 12 m/s."
    said = "Bay 2 may unload in the rain below 12 m/s."
    assert "comparators" in failed_checks(passage, said, "It rains. Can bay 2 take a truck?")
    trip = "The bearing trips at 75 °C where two neighbouring RTDs exceed it."
    said = "The trip is 75 °C, which 76 °C exceeds, so that it does not trip is due to a broken RTD wire."
    asked = "One RTD of the bearing reads 76 °C, why is there no trip?"
    assert {"negation", "reason"} <= failed_checks(trip, said, asked)


def test_colonies_are_colonies_in_spanish() -> None:
    passage = "Parámetro: Legionella, parada de la torre | Unidad: UFC/L | CT-2: 12.500"
    assert "numbers" not in failed_checks(passage, "기준은 12,500 CFU/L입니다.")


@pytest.mark.parametrize(
    ("question", "verdict", "left_out"),
    [
        ("B 반응기 슬립 4 ppm인데 암모니아 계속 넣어도 되나?", "계속 넣으면 안 됩니다.", True),
        ("바로 켜도 돼?", "바로 켜면 안 됩니다.", True),
        ("하이포 창고 33도인데 괜찮아?", "괜찮습니다.", True),
        ("Is the oil warm enough to start?", "Not yet.", True),
        ("P-1A 바로 켜도 돼?", "P-1B는 켜면 안 됩니다.", False),
        ("바로 켜도 돼?", "환기 팬을 세우면 안 됩니다.", False),
        ("바로 켜도 돼?", "30분 안에는 켜면 안 됩니다.", False),
    ],
)
def test_a_verdict_in_the_words_of_the_question_is_left_out(question: str, verdict: str, left_out: bool) -> None:
    own = chunk(1, "The stop value is 3.5 ppm.")
    basis = Basis([Evidence(number=1, chunk=own, score=1.0)], PACK.grammar, PACK.glossary, question, "ko")
    found = check_draft(f"{verdict} [1]\nThe stop value is 3.5 ppm. [1]", basis)
    told = [c.text for c in (*found.kept, *found.struck)]
    assert (verdict.rstrip(".") not in {t.rstrip(".") for t in told}) is left_out
