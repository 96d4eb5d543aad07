"""What a passage rules out, shares out, or tells of one thing alone is not said otherwise."""

import pytest

from walkdown.answering.verification.range_ends import other_range
from walkdown.testing.asking import failed_checks

CAUSE = "Direct cause: the air filter of the positioner was blocked. 펌프 본체나 압력계(PT-520) 문제 아님."
CAUSE_EN = "The seal was worn. The gauge PT-520 and the pump body were ruled out as causes."
MEAN = "If two readings differ the lower one counts, not the mean."
HOLD = "If it falls below, the counter returns to zero (not continues)."
GO = "발포가 확인된 뒤에만 2차 원료 투입을 시작. 발포 없으면 투입하지 말고 10분 기다린다."
LOT = "- 결론: 로트 사용 가능. 조건을 확인하기 전까지 배정하지 않음"
JA = "上限圧力で流量を半分にし、ポンプは止めない。"


@pytest.mark.parametrize(
    ("passage", "said", "wrong"),
    [
        (CAUSE, "압력계 PT-520의 오차가 직접 원인이었습니다.", True),
        (CAUSE, "펌프 본체 고장이 원인입니다.", True),
        (CAUSE, "압력계 PT-520은 원인이 아닙니다.", False),
        (CAUSE_EN, "It was caused by the pump body.", True),
        (CAUSE_EN, "It was caused by the worn seal.", False),
        (MEAN, "The mean counts.", True),
        (MEAN, "The lower one counts; the mean is not used.", False),
        (HOLD, "The counter continues.", True),
        (HOLD, "The counter returns to zero.", False),
        (GO, "발포가 없어도 2차 원료 투입을 시작할 수 있습니다.", True),
        (GO, "발포가 확인되면 2차 원료 투입을 시작할 수 있습니다.", False),
        (JA, "上限圧力に達するとポンプは自動で止まります。", True),
        (JA, "流量が半分になり、ポンプは止まりません。", False),
        (LOT, "The lot can be assigned before the condition is confirmed.", True),
    ],
)  # fmt: skip
def test_what_a_passage_rules_out_is_not_affirmed(passage: str, said: str, *, wrong: bool) -> None:
    assert ("ruled_out" in failed_checks(passage, said)) is wrong


SHARED = "The charge engineer decides for set points and alarms, the Operations Manager for trips."
SHARED_KO = "설정값은 교대과장이 승인하고, 트립은 운전부장이 승인한다."
ROW = """결과: 1 CFU 이상 | 조치: 격리 표시 | 통보: QA 1시간 안 | 영향: QA 가 판단
결과: 없음 | 조치: 없음 | 통보: 없음 | 영향: 생산감독이 확인"""


@pytest.mark.parametrize(
    ("passage", "said", "wrong"),
    [
        (SHARED, "The charge engineer decides about a trip.", True),
        (SHARED, "The Operations Manager decides about a trip.", False),
        (SHARED, "The charge engineer decides about alarms.", False),
        (SHARED_KO, "트립은 교대과장이 승인합니다.", True),
        (SHARED_KO, "트립은 운전부장이 승인합니다.", False),
        (ROW, "1 CFU 이상이면 영향은 생산감독이 판단합니다.", True),
        (ROW, "1 CFU 이상이면 영향은 QA가 판단합니다.", False),
    ],
)
def test_who_does_it_is_the_one_of_that_part(passage: str, said: str, *, wrong: bool) -> None:
    assert ("role" in failed_checks(passage, said)) is wrong


POINTS = (
    "| Tag | Service | Trip | Note |\n|---|---|---|---|\n| VE-306 | Bearing 6 | none | alarm only, operator to judge |"
)
DUE = "Tag: LT-107 | 최근교정: 2024-08-20 | 차기: 2024-11-20"


@pytest.mark.parametrize(
    ("passage", "said", "check"),
    [
        (POINTS, "Like all vibration points on this machine, VE-306 is alarm only.", "unconditional"),
        (POINTS, "VE-306 is alarm only, the operator judges.", ""),
        (DUE, "LT-107의 다음 교정은 2024-08-20입니다.", "dated_row"),
        (DUE, "LT-107의 다음 교정은 2024-11-20입니다.", ""),
        (DUE, "LT-107은 2024-08-20에 마지막으로 교정했습니다.", ""),
    ],
)
def test_a_row_tells_of_one_thing_and_of_days_under_their_heading(passage: str, said: str, check: str) -> None:
    failed = failed_checks(passage, said)
    assert check in failed if check else not {"unconditional", "dated_row"} & set(failed)


STEPS = "30~60분: 촉매 5 % 추가 후 재개. 60분 초과: 확인 전까지 기다린다."


@pytest.mark.parametrize(
    ("said", "wrong"),
    [("먼저 재개하고 그 다음에 촉매 5 %를 추가합니다.", True), ("먼저 촉매 5 %를 추가하고 나서 재개합니다.", False)],
)
def test_two_acts_of_one_sentence_among_others_keep_their_order(said: str, *, wrong: bool) -> None:
    assert ("sequence" in failed_checks(STEPS, said)) is wrong


@pytest.mark.parametrize(
    ("claim", "passage", "other"),
    [
        ("within 5.8~8.9", "pH 8.9 (limit 5.8~8.6)", True),
        ("within 5.8~8.6", "pH 8.9 (limit 5.8~8.6)", False),
        ("2~3 times", "limit 5.8~8.6", False),
        ("5~10 min", "5~10 min, later 10~15 min", False),
    ],
)
def test_the_ends_of_a_range_belong_together(claim: str, passage: str, *, other: bool) -> None:
    assert (other_range(claim, passage) is not None) is other


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        ("Tag: LT-107 | 주기(월): 3", "LT-107의 주기는 3개월입니다."),
        ("스팀 직접 가열 금지 (국부 중합 폭발)", "스팀으로 직접 가열하는 것은 국부 중합 폭발 위험 때문에 금지입니다."),
        ("양압이 되면 문을 열지 말고 에어락을 격리", "陽圧になったらドアを開けず、エアロックを隔離してください。"),
    ],
)
def test_what_stands_there_in_other_words_stands(passage: str, said: str) -> None:
    assert not failed_checks(passage, said) & {"numbers", "opposites", "permission", "negation"}
