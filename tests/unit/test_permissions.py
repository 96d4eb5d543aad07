"""What is forbidden is not permitted, two values of a sentence are not changed over, a reason is the passage's."""

import pytest

from walkdown.answering.claims import split_claims
from walkdown.answering.finish import check_draft
from walkdown.answering.verification import Basis, verify_claim
from walkdown.answering.verification.designators import in_full
from walkdown.answering.verification.grounding import check_grounding
from walkdown.documents import Chunk, Claim, Evidence, Language, Verdict
from walkdown.packs.schema import GlossaryEntry
from walkdown.testing.asking import PACK, failed_checks
from walkdown.text.asked_amounts import asked_kinds, is_of_kind
from walkdown.text.quantities import find_quantities
from walkdown.text.tags import Tag, find_tags

HYDROGEN = "Hydrogen is never vented inside the hall, not even for a minute. Open the roof first."
RINSE = "A filter that needs longer than 25 minutes is backwashed again."
SHORTER = "노출이 6시간보다 짧으면 환산하지 않고 같은 한계를 쓴다."
SCAFFOLD = "발판 하중은 m2당 150 kg까지이며 자재를 쌓아 두지 않는다."
ROAD = "시료: 메탄올 로리 | 한계: 250 ppm | 넘으면: 받지 않는다"
METER = "유량계 영점이 +4 t/h 어긋나 있어 실제 51 t/h를 55 t/h로 지시하였다."
ROOM = (
    "등급: C | 부유균 [CFU/m³] / 경고: 50 | 부유균 [CFU/m³] / 조치: 100\n"
    "주2) C등급 배양실 4-B12는 부유균 경고 20, 조치 40 CFU/m³를 쓴다."
)
SWAB = "스왑 회수율은 스테인리스 316L 84 %, 실리콘 61 %, 유리 90 %이다. 65 %에 못 미치는 재질은 결과를 회수율로 나눈다."
LOW = "필터실의 AT-2152는 사람이 자주 들어가므로 설정값이 낮다."
LOAD = "The load is kept at 65 % of 40 kVA or less."
REFLUX = "탑정 온도가 66 ℃가 되면 전환류로 25분 운전한다."
ALKALI = "알칼리 온도가 62 ℃ 아래로 3분 넘게 내려가면 처음부터 한다."
HARVEST = "Control: Viability | Target: 70 to 92 % | Action limit: below 66 % | Rejection limit: below 51 %"
CELL = "Variable: Chamber | Tag: TIC-6161 | Low alarm: 790 °C | Trip: 930 °C high, 740 °C low"
STEAM = "줄임 1 | 피드: 1,800 kg/h | 스팀: 820 kg/h\n줄임 2 | 피드: 900 kg/h | 스팀: 610 kg/h"
CHARGER = "1. Change to the standby charger.\n2. Watch the voltage.\n3. Isolate the battery."
FRACTION = "축적은 넣은 모노머 가운데 아직 반응하지 않은 몫이다. 정상에서 18 %이다."
EVERY = "The flow controllers are calibrated every 4 months instead of every 9."
LEAD = "The filling lead checks the log by hand before each start."
PQ = "OQ가 끝난 설비를 PQ 전에 상업 배치에 쓰지 않는다."
CLOCK = "Stop the clock, add acid to pH 3.55, start a new full hold of 45 min at least."
SORTS = "By type: fibres 512, glass 84, white particles 233, others 97."
LOST = "EDG-3을 쓰지 못하면 계통운영자에게 2시간 안에 보고한다."
LAGGING = "Active power: 160 MW | Lagging limit: 112 Mvar | Leading limit: -61 Mvar"
WASH = "Acid first (citric, pH 2.7, 33 °C, 50 minutes), then alkaline (pH 11.2, 33 °C, 50 minutes)."
PROBE = "판: B3 | 두께: 8.2 mm | 최소 두께: 4.4 mm"
FURNACE = "AC-202가 고장이면 폐기물을 3 ~ 7 ℃에서 최대 40시간 보관한다. AC-201로 멸균하지 않는다."
REPORTS = "Class: 1 | Report within: 55 days\nClass: 2 | Report within: 25 days"
LOOP = "멈춘 시간: 3시간 초과 20시간 이하 | 복귀 조건: 83 °C 2시간 살균, 모든 사용점 시료"
CLAMP = "Take the earth clamp off last, at the earliest 4 minutes after the flow has stopped."
WARM = "가장 따뜻한 곳은 RF-901의 문 위쪽(M04)이다."
SPILL = "Size: 15 L to 2 m³ | Action: Dike with sand, dilute; never absorb with sawdust, rags or paper"
PURGE = "지금 최고 온도는 71 ℃, 최고 압력은 4 barg이다."


GLOSSARY = (GlossaryEntry(ko="축적", en="accumulation"), GlossaryEntry(ko="모노머", en="monomer"))


def basis(passages: list[str], question: str, own: Language, language: Language) -> Basis:
    chunks = [
        Chunk(id=f"d:{i}", document_id="OP-1", pack="p", title="OP", language=language, ordinal=i, text=text)
        for i, text in enumerate(passages)
    ]
    evidence = [Evidence(number=i + 1, chunk=chunk, score=1.0) for i, chunk in enumerate(chunks)]
    return Basis(evidence, PACK.grammar, GLOSSARY, question, own)


def verified(text: str, passage: str, question: str = "") -> Claim:
    own: Language = "ko" if any("가" <= c <= "힣" for c in text) else "en"
    language: Language = "ko" if any("가" <= c <= "힣" for c in passage) else "en"
    return verify_claim(Claim(text=text, citations=(1,)), basis([passage], question or text, own, language))


@pytest.mark.parametrize(
    ("text", "passage", "question"),
    [
        ("수소는 건물 안에서 한 순간도 방출하지 않습니다.", HYDROGEN, ""),
        ("25분을 넘으면 필터를 다시 역세합니다.", RINSE, ""),
        ("노출이 6시간보다 짧아도 환산하지 않고 같은 한계를 적용합니다.", SHORTER, ""),
        ("발판에는 m2당 150 kg까지 실을 수 있습니다.", SCAFFOLD, ""),
        ("메탄올 로리는 250 ppm을 넘으면 받지 않습니다.", ROAD, ""),
        ("실제 51 t/h를 55 t/h로 지시했기 때문입니다.", METER, "유량계는 왜 55 t/h로 지시하였나?"),
        ("55 t/h로 지시했지만 실제로는 51 t/h였습니다.", METER, ""),
        ("4-B12는 부유균 40 CFU/m³부터 조치합니다.", ROOM, ""),
        ("4-B12는 부유균 경고 20 CFU/m³, 조치 40 CFU/m³입니다.", ROOM, ""),
        ("경고는 20 CFU/m³입니다.", ROOM, "4-B12 부유균 경고는?"),
        ("실리콘은 회수율이 61 %로 65 %에 못 미치므로 결과를 회수율로 나눕니다.", SWAB, ""),
        ("사람이 자주 들어가서 설정값이 낮습니다.", LOW, "AT-2152 설정값은 왜 낮은가?"),
        ("The load is kept at or below 65 % of 40 kVA.", LOAD, ""),
        ("최고 압력은 4 barg입니다.", PURGE, ""),
        ("톱밥으로 흡수하지 말고 모래로 막은 뒤 희석합니다.", SPILL, ""),
        ("Sanitise at 83 °C for 2 hours and sample all points of use.", LOOP, ""),
        ("It comes off last, not before 4 minutes after the flow has stopped.", CLAMP, ""),
        ("RF-901에서 가장 따뜻한 곳은 문 위쪽입니다.", WARM, ""),
        ("섬유는 512개였습니다.", SORTS, ""),
        (
            "EDG-3을 못 쓰게 되면 2시간 안에 계통운영자에게 보고합니다.",
            LOST,
            "EDG-3 못 쓰게 되면 어디에 언제까지 보고?",
        ),
        ("160 MW에서 지상 쪽은 112 Mvar까지입니다.", LAGGING, ""),
        ("Acid first, at pH 2.7 and 33 °C for 50 minutes, and then alkaline.", WASH, ""),
        ("The thinnest reading of plate B3 is 4.4 mm.", PROBE, ""),
        ("AC-201로 멸균하지 않고, 폐기물을 3 ~ 7 ℃에서 최대 40시간 보관합니다.", FURNACE, ""),
        ("66 % 미만이면 조치하고, 51 % 미만이면 불합격입니다.", HARVEST, ""),
        ("It trips when the chamber falls to 740 °C.", CELL, ""),
        ("스팀을 먼저 820 kg/h로, 그다음 610 kg/h로 줄입니다.", STEAM, ""),
        ("First change to the standby charger.", CHARGER, ""),
        ("Accumulation is the part of the monomer that has not reacted yet.", FRACTION, ""),
        (
            "The calibration interval was shortened from 9 months to 4 months.",
            EVERY,
            "how often are the flow controllers calibrated",
        ),
        ("The filling lead checks the log by hand.", LEAD, "who checks the log before start?"),
        ("OQ가 끝났어도 PQ 전에는 상업 배치에 쓰지 않습니다.", PQ, ""),
        ("시계를 멈추고 산을 넣어 pH를 3.55로 맞춥니다.", CLOCK, ""),
        ("탑정 온도가 66 ℃에 이르면 전환류로 25분 운전합니다.", REFLUX, ""),
        ("알칼리 온도가 62 ℃ 아래로 3분 넘게 떨어지면 처음부터 합니다.", ALKALI, ""),
    ],
)
def test_right_answers_stand(text: str, passage: str, question: str) -> None:
    checked = verified(text, passage, question)
    assert checked.supported, [(c.name, c.reason) for c in checked.checks if c.verdict is Verdict.FAILED]


@pytest.mark.parametrize(
    ("text", "passage", "question"),
    [
        ("수소를 건물 안에서 잠깐은 방출해도 됩니다.", HYDROGEN, ""),
        ("Hydrogen may be vented inside the hall for a minute.", HYDROGEN, ""),
        ("25분을 넘어도 그대로 역세합니다.", RINSE, ""),
        ("자재는 m2당 150 kg까지 쌓아 둘 수 있습니다.", SCAFFOLD, ""),
        ("메탄올 로리는 250 ppm을 넘으면 받습니다.", ROAD, ""),
        ("실제 55 t/h를 51 t/h로 지시했기 때문입니다.", METER, "유량계는 왜 55 t/h로 지시하였나?"),
        ("4-B12는 부유균 20 CFU/m³부터 조치합니다.", ROOM, ""),
        ("4-B12는 부유균 100 CFU/m³부터 조치합니다.", ROOM, ""),
        ("실리콘은 회수율이 84 %입니다.", SWAB, ""),
        ("AT-2152는 낡아서 설정값이 낮습니다.", LOW, "AT-2152 설정값은 왜 낮은가?"),
        ("탑정 온도가 66 ℃가 될 때까지 전환류로 25분 운전합니다.", REFLUX, ""),
        ("알칼리 온도가 62 ℃를 3분 넘게 넘으면 처음부터 합니다.", ALKALI, ""),
        ("51 % 미만이면 조치하고, 66 % 미만이면 불합격입니다.", HARVEST, ""),
        ("It trips when the chamber falls to 930 °C.", CELL, ""),
        ("스팀을 먼저 610 kg/h로, 그다음 820 kg/h로 줄입니다.", STEAM, ""),
        ("First isolate the battery.", CHARGER, ""),
        ("Accumulation is the part of the monomer that has reacted.", FRACTION, ""),
        (
            "The calibration interval was lengthened from 4 months to 9 months.",
            EVERY,
            "how often are the flow controllers calibrated",
        ),
        ("The QA inspector checks the log by hand.", LEAD, "who checks the log before start?"),
        ("Equipment may be used for commercial batches once OQ is finished.", PQ, ""),
        ("시계를 멈추지 않고 45분 이상 유지합니다.", CLOCK, ""),
        ("섬유는 233개였습니다.", SORTS, ""),
        ("유리는 512개였습니다.", SORTS, ""),
        ("The thinnest reading of plate B3 is 8.2 mm.", PROBE, ""),
        ("1등급 보고서는 25일 안에 냅니다.", REPORTS, "2등급 보고서는 며칠 안에 내나?"),
        ("It comes off last, within 4 minutes after the flow has stopped.", CLAMP, ""),
        ("RF-901에서 가장 차가운 곳은 문 위쪽입니다.", WARM, ""),
        ("톱밥으로 흡수한 뒤 희석하면 됩니다.", SPILL, ""),
        ("톱밥으로 흡수한 뒤 희석합니다.", SPILL, ""),
        ("250 ppm을 넘으면 탈수탑을 거쳐 회수합니다.", ROAD, ""),
    ],
)
def test_the_same_made_wrong_do_not(text: str, passage: str, question: str) -> None:
    assert not verified(text, passage, question).supported


def test_equipment_called_by_the_end_of_its_tag_is_no_current() -> None:
    tags = find_tags("P-410A 150 L and P-410B 90 L", PACK.grammar)
    assert in_full("150 L for 410A, 90 L for 410B", tags) == "150 L for P-410A, 90 L for P-410B"
    tank = Tag("equipment", "TK-410A", "TK410A", 0, 7)
    assert in_full("at 410A", [*tags, tank]) == "at 410A"
    assert in_full("the motor draws 410 A", tags) == "the motor draws 410 A"


def test_values_of_two_passages_may_be_told_by_the_ends_of_two_tags() -> None:
    both = ["Item: Lowest volume | P-410A: 150 L", "Item: Lowest volume | P-410B: 90 L"]
    told = "The lowest volume is 150 L for 410A and 90 L for 410B."
    turned = "The lowest volume is 90 L for 410A and 150 L for 410B."
    checked = [
        verify_claim(Claim(text=text, citations=(1,)), basis(both, "lowest volume 410A and 410B?", "en", "en"))
        for text in (told, turned)
    ]
    assert [c.supported for c in checked] == [True, False]
    assert checked[0].text == told and checked[0].citations == (1, 2)


def test_yes_or_no_in_the_words_of_the_question_is_left_out_before_a_statement() -> None:
    passage = "이탈: 얼었음 | 조치: 폐기"
    draft = "네, 쓰면 안 됩니다. 얼었던 것은 폐기합니다. [1]"
    found = check_draft(draft, basis([passage], "한번 얼었던거 녹여서 쓰면 안됨?", "ko", "ko"))
    assert len(split_claims(draft)) == 2
    assert [c.text for c in (*found.kept, *found.struck)] == ["얼었던 것은 폐기합니다."]


def test_wind_of_so_many_metres_is_of_metres_a_second() -> None:
    (speed,) = find_quantities("13 m/s")
    assert is_of_kind(speed, asked_kinds("바람 몇m 넘으면 세워?"))
    assert not is_of_kind(speed, asked_kinds("난간은 몇 m 높이인가?"))


def test_a_word_that_says_which_is_no_topic() -> None:
    (evidence,) = basis([SHORTER], "", "ko", "ko").evidence
    claim = Claim(text="짧아도 환산하지 않고 같은 한계를 씁니다.", citations=(1,))
    assert check_grounding(claim, [evidence]).verdict is Verdict.PASSED


FANS = (
    "Con temperatura inferior a 2 °C se invierte el giro de los ventiladores de CT-2 durante 15 minutos. "
    "En CT-1 la inversión está prohibida porque el reductor no tiene lubricación."
)


@pytest.mark.parametrize(
    ("passage", "said", "wrong"),
    [
        (FANS, "Puedo invertir los ventiladores de CT-1 para quitar el hielo.", True),
        (FANS, "Puedo invertir los ventiladores de CT-2 con temperatura inferior a 2 °C.", False),
        ("CT-2는 역회전으로 제빙한다. CT-1의 역회전은 금지한다.", "CT-1은 역회전할 수 있습니다.", True),
        ("CT-2는 역회전으로 제빙한다. CT-1의 역회전은 금지한다.", "CT-2는 역회전할 수 있습니다.", False),
    ],
)
def test_what_is_forbidden_to_one_thing_is_not_permitted_to_it(passage: str, said: str, *, wrong: bool) -> None:
    assert ("permission" in failed_checks(passage, said)) is wrong


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("Los ventiladores de CT-1 se invierten por debajo de 2 °C.", True),
        ("Los ventiladores de CT-2 se invierten por debajo de 2 °C.", False),
    ],
)
def test_an_amount_is_of_the_thing_its_sentence_is_about(said: str, *, wrong: bool) -> None:
    assert ("pairing" in failed_checks(FANS, said)) is wrong
