"""Fluent answers in several sentences: whose an amount is, the order of actions, what goes on from what stands."""

import pytest

from walkdown.answering.finish import check_draft
from walkdown.answering.verification import Basis, verify, verify_claim
from walkdown.documents import Chunk, Claim, Evidence, Verdict


def failures(text: str, passage: str, question: str) -> set[str]:
    chunk = Chunk(id="d:1", document_id="OP-1", pack="p", title="OP", language="ko", ordinal=1, text=passage)
    basis = Basis([Evidence(number=1, chunk=chunk, score=1.0)], (), (), question, "ko")
    checked = verify_claim(Claim(text=text, citations=(1,)), basis)
    return {c.name for c in checked.checks if c.verdict is Verdict.FAILED}


TURNING = "Turning gear may be stopped below 140 °C on ST-30 and below 110 °C on ST-40."
FANS = "설비: FD팬 1호기 | 신호: 진동 | 단위: mm/s | 트립: 11.2\n설비: FD팬 2호기 | 신호: 진동 | 단위: mm/s | 트립: 9.0"
YIELD = "수율이 75 % 이상이면 생산팀장이 승인하고, 70 % 이상 75 % 미만이면 기술팀이 검토한다."


@pytest.mark.parametrize(
    ("claim", "passage", "question", "failed"),
    [
        ("ST-40은 110 ℃ 미만이면 터닝기어를 정지할 수 있다.", TURNING, "", set()),
        ("ST-40은 140 ℃ 미만이면 터닝기어를 정지할 수 있다.", TURNING, "", {"pairing"}),
        ("140 ℃ 미만이면 터닝기어를 정지할 수 있다.", TURNING, "ST-40 터닝기어 정지는?", {"pairing"}),
        ("두 대 모두 11.2 mm/s에서 트립한다.", FANS, "FD팬 1, 2호기 진동 트립은?", {"both"}),
        ("2호기 FD팬은 진동 9.0 mm/s에서 트립한다.", FANS, "FD팬 2호기 진동 트립은?", set()),
        ("72 %면 기술팀이 검토한다.", YIELD, "수율이 72 %인데 누가 검토하나?", set()),
        ("72 %면 생산팀장이 승인한다.", YIELD, "수율이 72 %인데 누가 승인하나?", {"numbers"}),
    ],
)
def test_an_amount_is_of_the_one_that_is_asked_about(claim: str, passage: str, question: str, failed: set[str]) -> None:
    assert failures(claim, passage, question) & {"pairing", "both", "numbers"} == failed


GAP = "F5 is never added within 25 minutes of F4, because a precipitate forms."
SEAL = "The agitator stops below 1.4 bar g. The pot is refilled by Maintenance only."
RINSES = (
    "工程: 酸洗浄時間 | 単位: 分 | TK-1: 10 | TK-2: 15 注1\n工程: アルカリ洗浄時間 | 単位: 分 | TK-1: 15 | TK-2: 30"
)


@pytest.mark.parametrize(
    ("claim", "passage", "question", "stands"),
    [
        ("Leave at least 25 minutes between F4 and F5.", GAP, "Can I dose F5 right after F4?", True),
        ("F5 is added within 25 minutes of F4.", GAP, "Can I dose F5 right after F4?", False),
        ("At 1.3 bar g you are below 1.4, so the agitator stops.", SEAL, "The seal reads 1.3 bar, what happens?", True),
        (
            "At 1.3 bar g you are below 1.5, so the agitator stops.",
            SEAL,
            "The seal reads 1.3 bar, what happens?",
            False,
        ),
        ("TK-2の酸洗浄は15分です。", RINSES, "TK-2の酸洗浄は何分?", True),
        ("TK-2の酸洗浄は10分です。", RINSES, "TK-2の酸洗浄は何分?", False),
    ],
)
def test_how_a_fluent_answer_says_a_limit(claim: str, passage: str, question: str, stands: bool) -> None:
    assert (
        failures(claim, passage, question) & {"numbers", "comparators", "pairing", "negation", "subject"} == set()
    ) is stands


def test_a_sentence_next_to_one_that_stands_is_not_held_to_the_question() -> None:
    passage = "Start the feed at 12 % of its rate. Wait for a rise of 4 °C within 18 minutes. Else inform the engineer."
    chunk = Chunk(id="d:1", document_id="OP-1", pack="p", title="OP", language="en", ordinal=1, text=passage)
    other = chunk.model_copy(update={"id": "d:2", "text": "A feed interruption of up to 9 minutes may be restarted."})
    passages = [Evidence(number=i, chunk=c, score=1.0) for i, c in enumerate((chunk, other), 1)]
    start, wait = "Start the feed at 12 % of its rate. [1]", "Wait for a rise of 4 °C within 18 minutes. [1]"

    def kept(question: str, draft: str) -> list[str]:
        return [c.text[:5] for c in check_draft(draft, Basis(passages, (), (), question, "en")).kept]

    asked = "How do I start the feed after an interruption, and how fast may it be restarted?"
    assert kept(asked, f"{start} {wait}") == ["Start", "Wait "]
    assert kept(asked, wait) == []
    assert kept("After a feed interruption of how many minutes may I start?", f"{start} {wait}") == ["Start"]


STOP_KO = "펌프를 정지하고 토출밸브를 닫고 흡입밸브를 닫은 다음 배수한다."
STOP_EN = "Stop the pump, close the discharge valve, close the suction valve and drain the casing."
STOP_ES = (
    "Al terminar: parar la bomba, cerrar la válvula del camión, vaciar la manguera y cerrar la válvula del tanque."
)


@pytest.mark.parametrize(
    ("claim", "passage", "stands"),
    [
        ("펌프를 정지하고 토출밸브를 닫은 뒤 흡입밸브를 닫습니다.", STOP_KO, True),
        ("펌프를 정지하고 흡입밸브를 닫은 다음 토출밸브를 닫습니다.", STOP_KO, False),
        ("Stop the pump, then close the discharge valve, then the suction valve, and drain the casing.", STOP_EN, True),
        ("Stop the pump, close the suction valve and then close the discharge valve.", STOP_EN, False),
        ("Before you drain the casing, stop the pump, close the discharge valve and the suction valve.", STOP_EN, True),
        ("Para la bomba, cierra la válvula del camión, vacía la manguera y cierra la del tanque.", STOP_ES, True),
        ("Para la bomba, cierra la válvula del tanque y después cierra la del camión.", STOP_ES, False),
        ("先停泵，关闭出口阀，然后打开排放阀。", "停泵，关闭出口阀，打开排放阀。", True),
        ("先关闭出口阀，打开排放阀，然后停泵。", "停泵，关闭出口阀，打开排放阀。", False),
    ],
)
def test_actions_that_a_sentence_lists_keep_their_order(claim: str, passage: str, stands: bool) -> None:
    assert ("sequence" not in failures(claim, passage, "순서는?")) is stands


LEAK = "Autoclave AC-401: the pressure may rise by 1.7 mbar/min at most."


@pytest.mark.parametrize(
    ("question", "claim", "stands"),
    [
        ("AC-04 leak test limit, mbar per min?", "The limit of the pressure rise is 1.7 mbar/min.", False),
        ("AC-401 leak test limit, mbar per min?", "The limit of the pressure rise is 1.7 mbar/min.", True),
        ("AC401 leak test limit, mbar per min?", "The limit of the pressure rise is 1.7 mbar/min.", True),
        ("Leak test limit, mbar per min?", "The limit of the pressure rise is 1.7 mbar/min.", True),
        ("DW-4 leak test limit, mbar per min?", "The limit of the pressure rise is 1.7 mbar/min.", True),
    ],
)
def test_a_code_that_the_grammar_does_not_know_is_not_answered_by_another(
    question: str, claim: str, stands: bool
) -> None:
    assert ("asked" not in failures(claim, LEAK, question)) is stands


ROW = "원인: 최소 유량 미만 | 설정값: 55 t/h | 지연: 30초"
OTHER = "최소 유량 미만이면 20초 만에 트립된다."


def cited_both(claim: str, *texts: str) -> tuple[Claim, Basis]:
    passages = [
        Evidence(
            number=i,
            chunk=Chunk(id=f"d:{i}", document_id=f"OP-{i}", pack="p", title="", language="ko", ordinal=1, text=text),
            score=1.0,
        )
        for i, text in enumerate(texts, 1)
    ]
    return Claim(text=claim, citations=(1, 2)), Basis(passages, (), (), "최소 유량 미만이면 몇 초 만에 트립되나?", "ko")


@pytest.mark.parametrize("citations", [(1,), (1, 2), (2,)])
def test_a_row_is_not_joined_with_an_amount_of_another_passage_that_it_gives_itself(citations: tuple[int, ...]) -> None:
    claim, basis = cited_both("최소 유량 55 t/h 미만이면 20초 만에 트립된다.", ROW, OTHER)
    assert not verify.verify_claim(claim.model_copy(update={"citations": citations}), basis).supported


@pytest.mark.parametrize(
    ("claim", "other", "stands"),
    [
        ("최소 유량 55 t/h 미만이면 20초 만에 트립된다.", OTHER, False),
        ("최소 유량 55 t/h 미만이면 30초 만에 트립된다.", OTHER, True),
        ("최소 유량은 55 t/h이고, 재기동은 10분 뒤에 한다.", "재기동은 10분 뒤에 한다.", True),
        ("지연은 30초이고 베어링 온도는 95 °C이다.", "베어링 온도는 95 °C이다.", True),
        ("P-101A의 최소 유량은 55 t/h이고 P-101B는 20초 만에 트립된다.", "P-101B는 20초 만에 트립된다.", True),
    ],
)
def test_amounts_of_two_passages(claim: str, other: str, stands: bool) -> None:
    made, basis = cited_both(claim, ROW, other)
    checks = {c.name: c.verdict for c in verify.check_claim(made, basis).checks}
    assert (checks["joined"] is not Verdict.FAILED) is stands


LEVELS = "항목: 수위 고 | 트립: +210 mm | 비고: 트립 6초 지연\n항목: 수위 저 | 트립: -270 mm | 비고: 트립 11초 지연"


@pytest.mark.parametrize(
    ("claim", "stands"),
    [
        ("수위 저 트립은 -270 mm이고 지연은 6초입니다.", False),
        ("수위 저 트립은 -270 mm이고 지연은 11초입니다.", True),
        ("수위 저는 -270 mm에서 11초 뒤 트립합니다.", True),
        ("수위 저는 -270 mm에서 6초 뒤 트립합니다.", False),
    ],
)
def test_amounts_of_two_rows(claim: str, stands: bool) -> None:
    assert ("joined" not in failures(claim, LEVELS, "수위 저 트립은?")) is stands
