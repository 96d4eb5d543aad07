"""Right answers in words of one's own stand, and the same answers made wrong in one place do not."""

from typing import get_args

import pytest

from walkdown.answering.claims import split_claims
from walkdown.answering.finish import check_draft
from walkdown.answering.spans import Span, surest
from walkdown.answering.verification import Basis, verify_claim
from walkdown.documents import Chunk, Claim, Evidence, Language
from walkdown.testing.asking import PACK
from walkdown.text.languages import detect_language

PUMPS = (
    "Feeder: 6P-210A | Motor: Booster pump A | Rating [kW]: 640 | Locked rotor [s]: 13 | Starts / per hour: 3\n"
    "Feeder: 6P-210B | Motor: Booster pump B | Rating [kW]: 655 | Locked rotor [s]: 16 | Starts / per hour: 2"
)
PRESSURE = "Header pressure, bar(g): Permitted steam, t/h | 20: 310 | 30: 265 | 40: 190"
SPEC = "제품 규격: 순도 99.5 wt% 이상, 수분 0.04 wt% 이하. 개정 3까지 수분 규격은 0.07 wt%였다."
FILTER = "필터 요소는 개정 2판까지 2년마다 갈았고 현재는 4년 또는 차압이 0.9 bar를 넘을 때 간다."
RELIEF = (
    "Until revision 6 the set pressure of R-77 was 8.0 barg.\nTag: PSV-771 | Protects: R-77 | Set pressure [barg]: 7.2"
)
MOULD = "Finding: mould, grade B | Action: disinfect with a sporicide twice, inspect the ceiling | Within: 36 h"
LEAVE = "Ends 2027-03-01 unless extended once by 20 days. A second extension is not possible."
FLOOD = "Symptom: flooding | Action: cut the steam by 15 % and the feed to 2.5 m3/h"
FAN = "환기 팬을 켜지 않는 까닭은 전동기가 방폭형이 아니기 때문이다. 천장 환기구를 모두 연다."
BOTTLES = (
    "눕혀 온 용기는 세워서 10시간 지난 뒤 쓴다. 급하면 최소 3시간이며 생산팀장 승인을 받는다. 반입은 안전팀이 맡는다."
)
SCRUBBER = "상황: 염소 2.0 ppm | 조치: 스크러버 자동 기동, 반경 40 m 대피"
ROOMS = (
    "실 번호: 5-B11 | 차압 [Pa] / 정상: 17 | 차압 [Pa] / 조치: 11\n"
    "실 번호: 5-B12 | 차압 [Pa] / 정상: 14 | 차압 [Pa] / 조치: 9"
)
BATTERY = (
    "Unit 7 may run up to 40 hours without caustic provided the drum chloride is below 0.07 mg/L "
    "and pH is read every 3 hours."
)
ALARM = "Item: Temperature alarm | TK-10: 31 °C | TK-20: 27 °C\nItem: Evacuate | TK-10: 52 °C | TK-20: 46 °C"
DRAIN = "증상: 범람 | 조치: 5분 안에 120 mbar 아래로 안 내려오면 전환류"

DAY = "Event log of 2028-07-09\nTime: 03:17 | Event: the pump trips"
LOST = "The tank was at 88 %. No solvent was lost."
OVERSPEED = "In an emergency start only the overspeed trip (EDG-7 1,010 rpm) is active."


def checked(text: str, passage: str, question: str = "") -> Claim:
    language = detect_language(passage)
    chunk = Chunk(id="d:0", document_id="OP-1", pack="p", title="OP", language=language, ordinal=0, text=passage)
    own = detect_language(text)
    assert own in get_args(Language)
    basis = Basis((Evidence(number=1, chunk=chunk, score=1.0),), PACK.grammar, (), question or text, own)
    return verify_claim(Claim(text=text, citations=(1,)), basis)


RIGHT = [
    ("6P-210A는 13초, 6P-210B는 16초입니다.", PUMPS, ""),
    ("6P-210B는 시간당 2회까지만 기동할 수 있습니다.", PUMPS, ""),
    ("汽包压力为30 bar时，蒸汽最多允许265 t/h。", PRESSURE, "30 bar时蒸汽最多多少?"),
    ("아니요. 지금 규격은 수분 0.04 wt% 이하입니다.", SPEC, "수분 0.07까지 봐주는거 맞나요"),
    ("수분 0.07 wt%는 개정 3까지의 규격이었습니다.", SPEC, ""),
    ("지금은 4년마다 갈거나 차압이 0.9 bar를 넘으면 갑니다.", FILTER, "필터 2년마다 가는거 맞죠"),
    ("No. The set pressure of R-77 is 7.2 barg; it was 8.0 barg until revision 6.", RELIEF, ""),
    ("Disinfect twice with a sporicide within 36 hours.", MOULD, ""),
    ("Cut the steam by 15 % and the feed to 2.5 m3/h.", FLOOD, ""),
    ("If it does not fall below 120 mbar within 5 minutes, go to total reflux.", DRAIN, ""),
    ("펌프는 2028년 7월 9일 03:17에 트립되었습니다.", DAY, ""),
    ("The tank was at 88 %, and no solvent was lost.", LOST, ""),
    ("팬 전동기가 방폭형이 아니기 때문입니다.", FAN, "팬 돌리면 안됨? 왜?"),
    ("급하면 최소 3시간 지난 뒤 생산팀장의 승인을 받아 씁니다.", BOTTLES, ""),
    ("塩素が2 ppmになるとスクラバーが自動起動し、半径40 mを避難します。", SCRUBBER, ""),
    ("5-B12의 차압 조치 기준은 9 Pa입니다.", ROOMS, ""),
    ("The temperature alarm of TK-20 is at 27 °C, and you evacuate at 46 °C.", ALARM, ""),
]
WRONG = [
    ("6P-210A는 16초, 6P-210B는 13초입니다.", PUMPS, ""),
    ("둘 다 13초로 같습니다.", PUMPS, ""),
    ("6P-210B는 시간당 3회까지 기동할 수 있습니다.", PUMPS.splitlines()[1], ""),
    ("汽包压力为30 bar时，蒸汽最多允许310 t/h。", PRESSURE, "30 bar时蒸汽最多多少?"),
    ("네, 수분은 0.07 wt%까지 허용됩니다.", SPEC, "수분 0.07까지 봐주는거 맞나요"),
    ("네, 2년마다 갑니다.", FILTER, "필터 2년마다 가는거 맞죠"),
    ("Yes, the set pressure of R-77 is 8.0 barg.", RELIEF, ""),
    ("Disinfect once with a sporicide within 36 hours.", MOULD, ""),
    ("2027-03-01에 끝나며 20일씩 두 번 연장할 수 있습니다.", LEAVE, ""),
    ("Cut the steam to 15 % and the feed to 2.5 m3/h.", FLOOD, ""),
    ("환기 팬의 풍량이 모자라기 때문에 켜지 않습니다.", FAN, "팬 돌리면 안됨? 왜?"),
    ("급하면 최소 3시간 지난 뒤 안전팀장의 승인을 받아 씁니다.", BOTTLES, ""),
    ("塩素が2 ppmになるとスクラバーが停止し、半径40 mを避難します。", SCRUBBER, ""),
    ("Shelf 4 (1,310 vials) is released.", "Shelf 4 (1,310 vials) is rejected.", ""),
    ("5-B12의 차압 조치 기준은 11 Pa입니다.", ROOMS, ""),
    ("펌프는 2028년 8월 9일 03:17에 트립되었습니다.", DAY, ""),
    ("EDG-7的超速跳闸值为1,010 rpm，应急启动时被旁路。", OVERSPEED, ""),
    (
        "一时间以内可以把氮气接到仪表气总管。",
        "Nitrogen is never connected to the instrument air header, not even for an hour.",
        "",
    ),
    ("펌프는 2027년 7월 9일 03:17에 트립되었습니다.", DAY, ""),
    ("Do not start the fan.", "You must not fail to start the fan.", ""),
    ("팬을 켜지 않습니다.", "경보가 나면 팬을 켜지 않으면 안 된다.", ""),
    ("用水冲洗最多20分钟。", "Rinse with water for at least 20 minutes.", ""),
]


@pytest.mark.parametrize(("text", "passage", "question"), RIGHT)
def test_a_right_answer_in_free_words_stands(text: str, passage: str, question: str) -> None:
    claim = checked(text, passage, question)
    failed = [(c.name, c.reason) for c in claim.checks if c.verdict == "failed" and c.name != "relevance"]
    assert not failed


@pytest.mark.parametrize(("text", "passage", "question"), WRONG)
def test_the_same_made_wrong_is_struck(text: str, passage: str, question: str) -> None:
    assert not checked(text, passage, question).supported


@pytest.mark.parametrize(
    ("draft", "claims"),
    [
        ("네. 60분까지입니다. [1]", ["60분까지입니다."]),
        ("No. It is 7.2 barg. [1]", ["It is 7.2 barg."]),
        ("아니요, 다릅니다. A는 13초입니다. [1]", ["A는 13초입니다."]),
        ("No. [1]", ["No."]),
        ("No load test. It is 7.2 barg. [1]", ["No load test.", "It is 7.2 barg."]),
    ],
)
def test_yes_or_no_before_a_statement_is_left_out_since_nothing_checks_it(draft: str, claims: list[str]) -> None:
    assert [c.text for c in split_claims(draft)] == claims


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("You may operate the header at 5 bar; the trip is at 7 bar.", "May we run the header at 5 bar?"),
        ("5 bar is allowed for the header, and the trip is at 7 bar.", "Is 5 bar allowed?"),
        ("If you run at 5 bar that is normal, the trip is at 7 bar.", "Is 5 bar normal?"),
        ("헤더는 5 bar까지 올려도 되는데 트립은 7 bar입니다.", "5 bar까지 올려도 돼?"),
        ("헤더는 5 bar면 정상이고 트립은 7 bar입니다.", "5 bar면 정상이야?"),
        ("트립은 7 bar이고 5 bar일 때 운전합니다.", "5 bar일 때 운전해?"),
    ],
)
def test_an_amount_of_the_question_is_not_stated_as_right(text: str, question: str) -> None:
    passage = "헤더 트립은 7 bar이다." if "헤더" in text or "트립" in text else "The trip of the header is at 7 bar."
    failed = {c.name for c in checked(text, passage, question).checks if c.verdict == "failed"}
    assert "numbers" in failed


def test_a_condition_may_be_a_sentence_of_its_own() -> None:
    chunk = Chunk(id="d:0", document_id="OP-1", pack="p", title="OP", language="en", ordinal=0, text=BATTERY)
    basis = Basis((Evidence(number=1, chunk=chunk, score=1.0),), PACK.grammar, (), "7호기 가성소다 없이 얼마나?", "ko")
    draft = (
        "7호기는 가성소다 없이 최대 40시간까지 운전할 수 있습니다. [1] "
        "조건은 드럼 염화물이 0.07 mg/L 미만이고 pH를 3시간마다 확인하는 것입니다. [1]"
    )
    found = check_draft(draft, basis)
    assert not [(c.name, c.reason) for x in found.struck for c in x.checks if c.verdict == "failed"]
    assert len(found.kept) == 2


def test_the_likeliest_line_needs_half_of_all_odds() -> None:
    def span(start: int, text: str, score: float) -> Span:
        return Span(1, start, start + 5, text, score)

    assert [s.start for s in surest([span(0, "a b", -1.0), span(9, "a  b", -1.0), span(20, "c", -1.2)])] == [0, 9]
    assert surest([span(0, "a", -1.0), span(9, "b", -1.1), span(20, "c", -1.2)]) == ()
    assert surest([span(0, "a", 0.1), span(9, "b", 0.0), span(20, "c", 0.0)]) != ()
    assert surest([]) == ()


A = "The lowest volume for stirring of WIT-10A is 140 L."
B = "The lowest volume for stirring of WIT-10B is 85 L. The batch of WIT-10B is 300 L."


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        ("The lowest volume for stirring is 140 L for WIT-10A and 85 L for WIT-10B.", (1, 2)),
        ("The lowest volume for stirring is 85 L for WIT-10A and 140 L for WIT-10B.", None),
        ("The lowest volume for stirring is 140 L for WIT-10A and 300 L for WIT-10B.", None),
        ("The lowest volume for stirring is 140 L for WIT-10A and 70 L for WIT-10B.", None),
    ],
)
def test_an_answer_may_join_two_passages_and_cite_one(text: str, citations: tuple[int, ...] | None) -> None:
    evidence = [
        Evidence(
            number=i,
            chunk=Chunk(id=f"d:{i}", document_id="OP", pack="p", title="OP", language="en", ordinal=i, text=passage),
            score=1.0,
        )
        for i, passage in enumerate((A, B), 1)
    ]
    basis = Basis(evidence, PACK.grammar, (), text, "en")
    claim = verify_claim(Claim(text=text, citations=(1,)), basis)
    assert (claim.citations if claim.supported else None) == citations
