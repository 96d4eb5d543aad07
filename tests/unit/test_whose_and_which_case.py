"""Claims whose words stand in the passage, but of another thing, case, work or person, or the other way round."""

import pytest

from walkdown.answering.verification import Basis, verify_claim
from walkdown.documents import Chunk, Claim, Evidence, Language, Verdict


def failures(question: str, claim: str, passage: str, language: Language = "ko") -> set[str]:
    chunk = Chunk(id="d:1", document_id="OP-1", pack="p", title="OP", language=language, ordinal=1, text=passage)
    basis = Basis([Evidence(number=1, chunk=chunk, score=1.0)], (), (), question, language)
    checked = verify_claim(Claim(text=claim, citations=(1,)), basis)
    return {c.name for c in checked.checks if c.verdict is Verdict.FAILED}


def judge(question: str, claim: str, passage: str, failed: str, language: Language = "ko") -> None:
    """`failed` is the check that the claim fails, whatever else it fails; none named, it stands."""
    found = failures(question, claim, passage, language)
    assert (failed in found) if failed else not found


DOWN = "두 대 모두 정지할 때는 GT22를 먼저 내린다(미개조기라 저부하 NOx가 높음). GT21 감발은 분당 7 MW이다."
WHICH = "가스터빈 두 대 다 세울 때 어느 것부터 내리나"
FILTERS = "FL-3이 불합격이라도 FL-4가 합격이면 QA가 배치를 살릴 수 있으나 그 반대는 안 된다."
AIR = "SIP 뒤 냉각은 무균공기를 먼저 넣고 스팀을 끊는다. 반대로 하면 진공으로 벤트필터가 찢어진다."
GLAND = "글랜드 증기는 진공펌프보다 먼저 넣는다. 순서가 바뀌면 찬 공기가 글랜드로 빨려 들어가 로터가 휜다."


@pytest.mark.parametrize(
    ("question", "claim", "passage", "failed"),
    [
        (WHICH, "GT22를 먼저 내립니다.", DOWN, ""),
        (WHICH, "GT21을 먼저 내립니다.", DOWN, "thing"),
        (WHICH, "GT22를 먼저 내립니다. 미개조기라서 NOx가 높기 때문입니다.", DOWN, ""),
        (WHICH, "GT22를 먼저 내립니다. 개조기라서 NOx가 높기 때문입니다.", DOWN, "thing"),
        ("배치 살릴 수 있나", "FL-4가 합격이면 FL-3이 불합격이라도 QA가 배치를 살릴 수 있습니다.", FILTERS, ""),
        ("배치 살릴 수 있나", "FL-3이 합격이면 QA가 배치를 살릴 수 있습니다.", FILTERS, "thing"),
        ("스팀부터 끊나", "무균공기를 먼저 넣고 스팀을 끊습니다.", AIR, ""),
        ("스팀부터 끊나", "스팀을 먼저 끊고 무균공기를 넣습니다.", AIR, "precedence"),
        ("뭐부터 넣나", "글랜드 증기부터 넣고 진공펌프를 돌립니다.", GLAND, ""),
        ("뭐부터 넣나", "진공펌프를 글랜드 증기보다 먼저 넣습니다.", GLAND, "precedence"),
    ],
)
def test_what_is_said_of_one_thing_is_not_of_another(question: str, claim: str, passage: str, failed: str) -> None:
    judge(question, claim, passage, failed)


PURGE = (
    "정전 후 40분 이내 재시동은 질소 치환을 생략할 수 있다. 다만 수소라인이 대기압 아래로 떨어진 적이 있으면 생략 불가."
)
LEAKS = "小泄漏：两人佩戴全面罩，由班长决定堵漏。\n\n大泄漏：空气呼吸器加气密服，由生产部长指挥；滤罐禁止使用。"
TESTS = "사용 후 시험 불합격 시 1회 재시험 가능. 사용 전 시험 불합격은 재시험 없이 필터를 교체한다."
VACCINE = (
    "충전 완료까지 F1은 20시간, F2는 14시간 이내. 다만 백신 NV-7은 보조제 침강 때문에 두 라인 모두 9시간으로 한다."
)
ACID = "단계: 4 산 세척 | PF-2: 1.2 % 인산 | MH-5: 생략\n\n주) MH-5도 철분 배지를 쓴 뒤에는 산 세척을 생략하지 않는다."
RESUME = (
    "If oxygen is lost for less than 12 min the sequence may be resumed from step 7. Longer than that: back to step 1. "
    "The shift supervisor decides on resumption; restart from step 1 needs the Unit Manager."
)
LOST = "we lost oxygen for 20 min. resume? who decides?"
VALVE = "주) 수동주입은 반장 판단으로 즉시 하며 승인은 없다.\n주) 기록지는 안전환경팀에 보낸다."


@pytest.mark.parametrize(
    ("question", "claim", "passage", "language", "failed"),
    [
        ("질소 치환 생략되나", "40분 이내면 조건 없이 질소 치환을 생략할 수 있습니다.", PURGE, "ko", "unconditional"),
        ("大泄漏时怎么办", "两人佩戴全面罩，由班长决定堵漏。", LEAKS, "zh", "case"),
        ("大泄漏时谁指挥", "大泄漏由生产部长指挥。", LEAKS, "zh", ""),
        ("사용후 시험 떨어졌는데", "재시험 없이 필터를 교체해야 합니다.", TESTS, "ko", "case"),
        ("사용전 시험 불합격이면", "재시험 없이 필터를 교체해야 합니다.", TESTS, "ko", ""),
        ("nv7 f1 몇 시간 안에 끝내나", "F1은 20시간 이내에 충전을 마치면 됩니다.", VACCINE, "ko", "case"),
        ("f1 몇 시간 안에 충전 끝내나", "F1은 20시간 이내에 충전을 마치면 됩니다.", VACCINE, "ko", "exceptions"),
        ("철분배지 쓰고 산세척 생략?", "MH-5는 산 세척을 생략해도 됩니다.", ACID, "ko", "case"),
        (LOST, "Yes, resume from step 7; the shift supervisor decides.", RESUME, "en", "case"),
        (LOST, "Back to step 1, which needs the Unit Manager.", RESUME, "en", ""),
        ("수동주입 승인은?", "수동주입은 안전환경팀 판단으로 즉시 합니다.", VALVE, "ko", "role"),
        ("수동주입 승인은?", "수동주입은 반장이 판단해 즉시 하면 됩니다.", VALVE, "ko", ""),
    ],
)
def test_the_case_and_the_person_are_those_of_the_passage(
    question: str, claim: str, passage: str, language: Language, failed: str
) -> None:
    judge(question, claim, passage, failed, language)


DUTIES = "업무: 셀전압 측정 | 담당: 전기팀 | 주기: 월 1회\n업무: 막 누설시험 | 담당: 생산팀 | 주기: 정지 시마다"


def test_a_row_about_one_work_does_not_carry_another() -> None:
    assert failures("막 교체 주기", "막은 정지 시마다 교체합니다.", DUTIES) >= {"action"}
    assert not failures("막 누설시험 주기", "막 누설시험은 정지 시마다 합니다.", DUTIES)


BACK = "정류기 차단 후 즉시 분극정류기 투입(역전류로 음극 코팅이 녹는 것을 막는다)."


def test_other_words_of_the_same_meaning_are_grounded() -> None:
    """`방지` for `막는다`, `용해` for `녹는`: the lexicon joins them."""
    assert not failures("왜 바로 넣나", "역전류로 음극 코팅이 용해되는 것을 방지하기 위함입니다.", BACK)
    assert failures("왜 바로 넣나", "역전류로 양극 코팅이 녹는 것을 막기 위함입니다.", BACK)


SWELL = "기동 중 팽창 구간에서는 고고 트립만 6분간 바이패스 가능하며 저저는 어떤 경우에도 바이패스 불가."
HEATERS = (
    "The vent heater HT-22 must never be off while PF-22 is aerated. The heater of PF-21 may be off for up to 3 h."
)


@pytest.mark.parametrize(
    ("question", "claim", "passage", "language", "failed"),
    [
        ("저저 바이패스 되나", "저저 트립을 6분간 바이패스할 수 있습니다.", SWELL, "ko", "opposites"),
        ("저저 바이패스 되나", "저저와 고고 트립 모두 6분간 바이패스할 수 있습니다.", SWELL, "ko", "both"),
        ("고고 바이패스 되나", "고고 트립만 6분간 바이패스할 수 있습니다.", SWELL, "ko", ""),
        ("may the heaters be off for half an hour?", "Yes on both, for up to 3 h.", HEATERS, "en", "both"),
        ("may the heater of PF-21 be off for half an hour?", "PF-21 may be off for up to 3 h.", HEATERS, "en", ""),
    ],
)
def test_what_holds_for_one_alone_does_not_for_the_other(
    question: str, claim: str, passage: str, language: Language, failed: str
) -> None:
    judge(question, claim, passage, failed, language)


SPRAY = "項目: 自動散水 | T-61: 1.35 MPa | T-62: 1.42 MPa\n項目: 警報 | T-61: 1.20 MPa | T-62: 1.30 MPa"
VOTED = "Signal: vibration | Alarm: 12.1 mm/s | Trip: 24.2 mm/s | Note: 2 out of 3"
LOWERED = "Rev. G: the trip of AI-3031 was lowered from 9.2 to 8.6 %."


@pytest.mark.parametrize(
    ("question", "claim", "passage", "language", "failed"),
    [
        (
            "T-62の自動散水は何MPa？",
            "T-62の自動散水は1.42 MPaで、T-61の1.35 MPaより0.07 MPa高いです。",
            SPRAY,
            "ja",
            "",
        ),
        (
            "T-62の自動散水は何MPa？",
            "T-62の自動散水は1.42 MPaで、T-61の1.35 MPaより0.09 MPa高いです。",
            SPRAY,
            "ja",
            "numbers",
        ),
        ("vibration trip?", "It trips at 24.2 mm/s (2oo3).", VOTED, "en", ""),
        ("vibration trip?", "It trips at 24.2 mm/s (1oo3).", VOTED, "en", "tags"),
        ("trip of AI-3031 now?", "It trips at 8.6 %; 9.2 % is out of date.", LOWERED, "en", ""),
        ("trip of AI-3031 now?", "It trips at 9.2 %.", LOWERED, "en", "changed"),
    ],
)
def test_differences_votes_and_amounts_of_old(
    question: str, claim: str, passage: str, language: Language, failed: str
) -> None:
    judge(question, claim, passage, failed, language)


STOP = "루프실 송풍기는 팬 정지 후 25분 더 돌린다. 먼저 끄면 루프실이 굳는다."
CARGO = "밀도가 잔액보다 무거운 LNG는 상부로, 가벼운 LNG는 하부로 받는다."
PURGES = "의심되는 용기는 질소 치환 4회 뒤 수소 치환 2회를 하고 산소를 확인한다."
EARTH = "2. 접지선을 먼저 연결한다. 호스는 그다음. 분리할 때는 호스를 먼저, 접지선을 마지막에."
VALVES = "설비: 안전밸브(과열기) | 1호기: 24개월 | 2호기: 12개월\n설비: 안전밸브(드럼) | 1호기: 12개월 | 2호기: 12개월"
LINES = "항목: 암모니아비 고 | A 경보: 11.4 % | A 트립: 12.4 % | B 경보: 10.7 % | B 트립: 11.7 %"
BYPASS = "Acetylene to flare: Shift supervisor\nBypass of LT-7012 or LT-7022: nobody; not allowed"
SAMPLES = "시료는 QC미생물이 채취하고 운전자는 뽑지 않는다."
RAISED = "석탄 투입 온도: 540 °C는 버너유 과다 소모로 510 °C로 변경"


@pytest.mark.parametrize(
    ("question", "claim", "passage", "language", "failed"),
    [
        ("먼저 꺼도 되나", "루프실 송풍기는 먼저 꺼도 됩니다.", STOP, "ko", "permission"),
        ("언제 끄나", "루프실 송풍기는 팬 정지 25분 전에 끕니다.", STOP, "ko", "by_or_to"),
        ("언제 끄나", "루프실 송풍기는 팬 정지 후 25분 더 돌립니다.", STOP, "ko", ""),
        ("무거운 LNG는 어디로?", "무거운 LNG는 하부로 받습니다.", CARGO, "ko", "crossed"),
        ("무거운 LNG는 어디로?", "무거운 LNG는 상부로 받습니다.", CARGO, "ko", ""),
        ("몇 회 치환?", "수소 치환 4회 뒤 질소 치환 2회를 합니다.", PURGES, "ko", "crossed"),
        ("몇 회 치환?", "질소 치환 4회 뒤 수소 치환 2회를 합니다.", PURGES, "ko", ""),
        ("뭐부터 연결?", "호스를 먼저 연결하고 접지선을 나중에 합니다.", EARTH, "ko", "precedence"),
        ("뭐부터 연결?", "접지선을 먼저 연결하고 호스를 나중에 합니다.", EARTH, "ko", ""),
        ("연결 순서는?", "접지선과 호스는 순서에 상관없이 연결합니다.", EARTH, "ko", "unconditional"),
        ("과열기 안전밸브 주기 같나", "과열기 안전밸브는 두 호기 모두 12개월입니다.", VALVES, "ko", "both"),
        ("드럼 안전밸브 주기 같나", "드럼 안전밸브는 두 호기 모두 12개월입니다.", VALVES, "ko", ""),
        ("B라인 암모니아비 고 경보, 트립?", "B라인은 경보 10.7 %, 트립 12.4 %입니다.", LINES, "ko", "labels"),
        ("bypass of LT-7022?", "The shift supervisor can approve the bypass of LT-7022.", BYPASS, "en", "permission"),
        ("시료 내가 뽑아도 되나", "운전자가 시료를 뽑아 QC에 전달합니다.", SAMPLES, "ko", "permission"),
        ("석탄 투입 온도는?", "석탄은 540 °C부터 넣습니다.", RAISED, "ko", "changed"),
    ],
)
def test_what_a_second_set_of_wrong_answers_showed(
    question: str, claim: str, passage: str, language: Language, failed: str
) -> None:
    judge(question, claim, passage, failed, language)


LIMIT = "The bag is infused within 25 min of thaw at the bedside."
SKIP = "층온도가 높으면 퍼지를 생략할 수 있다. 정전 15분을 넘겼으면 퍼지한다."
TRAIN = "결과를 기다리지 않고 접종할 수 있으나, 제품 출하는 결과 확인 후에 한다."


@pytest.mark.parametrize(
    ("question", "claim", "passage", "language", "failed"),
    [
        (
            "thawed 40 min ago, infuse the bag?",
            "40 min is too long: the bag is infused within 25 min of thaw.",
            LIMIT,
            "en",
            "",
        ),
        (
            "thawed 10 min ago, infuse the bag?",
            "10 min is too long: the bag is infused within 25 min.",
            LIMIT,
            "en",
            "numbers",
        ),
        (
            "접종 기다려야 하나",
            "기다리지 않고 접종할 수 있습니다. 다만 제품 출하는 결과 확인 후에 합니다.",
            TRAIN,
            "ko",
            "",
        ),
    ],
)
def test_the_askers_amount_is_held_against_the_limit(
    question: str, claim: str, passage: str, language: Language, failed: str
) -> None:
    judge(question, claim, passage, failed, language)


def test_the_list_of_former_revisions_holds_nothing_in_force() -> None:
    text = "개정: Rev.4 | 내용: 석탄 투입 허용치 560 °C 로 상향\n개정: Rev.6 | 내용: 버너 교체"
    chunk = Chunk(id="d:1", document_id="OP-1", pack="p", title="OP", language="ko", ordinal=1, text=text, revision="6")
    basis = Basis([Evidence(number=1, chunk=chunk, score=1.0)], (), (), "석탄 투입 온도는?", "ko")
    checked = verify_claim(Claim(text="석탄 투입 허용치는 560 °C입니다.", citations=(1,)), basis)
    assert "changed" in {c.name for c in checked.checks if c.verdict is Verdict.FAILED}
