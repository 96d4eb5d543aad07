"""Tags that a question leaves out: not searched, not asked for, and no answer."""

import pytest

from walkdown.answering.verification.equipment import check_asked
from walkdown.answering.verification.reader import Reader
from walkdown.answering.verification.reading import Cited
from walkdown.documents import Claim, Evidence, Hit, Verdict
from walkdown.packs.schema import Pack
from walkdown.retrieval.branches import build_branches
from walkdown.retrieval.exclusions import names_excluded, without_excluded
from walkdown.retrieval.rerank import rerank
from walkdown.retrieval.understanding import understand
from walkdown.testing.memory import sample_chunk, sample_pack
from walkdown.text.tags import compile_pattern

GRAMMAR = (compile_pattern("equipment", r"(?:P|R|PSV)-?\d{3}[A-D]?"), compile_pattern("document", r"OP-\d{3}"))
PACK: Pack = sample_pack().model_copy(update={"grammar": GRAMMAR})


@pytest.mark.parametrize(
    ("question", "left", "excluded"),
    [
        ("P-101A 말고 P-101B 토출압은?", "P-101B 토출압은?", ("P-101A",)),
        ("A-40 말고 B-20 저장온도는?", "B-20 저장온도는?", ("A-40",)),
        ("P-101A 제외하고 P-101B 토출압은?", "P-101B 토출압은?", ("P-101A",)),
        ("P-101A가 아니라 P-101B 진동 한계", "P-101B 진동 한계", ("P-101A",)),
        ("PSV-301을 제외한 나머지 안전밸브 설정압은?", "나머지 안전밸브 설정압은?", ("PSV-301",)),
        ("P-101A와 P-101B 말고 P-102 유량은?", "P-102 유량은?", ("P-101A", "P-101B")),
        ("P-101A/B 말고 P-102 유량은?", "P-102 유량은?", ("P-101A", "P-101B")),
        ("P-102 유량, P-101A 말고", "P-102 유량", ("P-101A",)),
        ("P-101A 외에 다른 펌프 토출 온도는?", "다른 펌프 토출 온도는?", ("P-101A",)),
        ("톨루엔 인화점 몇 도야? A-40 말고 순수한거", "톨루엔 인화점 몇 도야? 순수한거", ("A-40",)),
        ("1호기 말고 2호기 최소 유량은?", "2호기 최소 유량은?", ("1호기",)),
        ("not P-101A but P-101B: which flow?", "P-101B: which flow?", ("P-101A",)),
        ("Set pressure of PSV-302, not PSV-301?", "Set pressure of PSV-302?", ("PSV-301",)),
        ("relief valves except for PSV-301 and PSV-302", "relief valves", ("PSV-301", "PSV-302")),
        ("Excluding P-101A, what is the flow of P-101B?", "what is the flow of P-101B?", ("P-101A",)),
        ("pumps other than P-101A", "pumps", ("P-101A",)),
        ("minimum flow of unit 2, not unit 1", "minimum flow of unit 2", ("unit 1",)),
        ("不是P-101A，而是P-101B的流量？", "P-101B的流量？", ("P-101A",)),
        ("除PSV-301外的安全阀设定压力？", "安全阀设定压力？", ("PSV-301",)),
        ("除了P-101A以外，其他泵的流量？", "其他泵的流量？", ("P-101A",)),
        ("P-101A以外のポンプの流量は？", "ポンプの流量は？", ("P-101A",)),
        ("P-101AではなくP-101Bの流量は？", "P-101Bの流量は？", ("P-101A",)),
        ("P-101Aを除いて、他のポンプは？", "他のポンプは？", ("P-101A",)),
        ("¿Presión de las válvulas excepto PSV-301?", "¿Presión de las válvulas?", ("PSV-301",)),
        ("¿Caudal no de P-101A sino de P-101B?", "¿Caudal de P-101B?", ("P-101A",)),
    ],
)
def test_what_is_left_out(question: str, left: str, excluded: tuple[str, ...]) -> None:
    assert without_excluded(question, GRAMMAR) == (left, excluded)


@pytest.mark.parametrize(
    "question",
    [
        "PSV-301 제외하고 운전해도 돼?",
        "P-101A 말고는?",
        "PSV-301을 빼고 PSV-302를 달 때 토크는?",
        "P-101A 말고도 P-101B가 정지해?",
        "P-101A 외에 다른 펌프도 정지하나?",
        "P-101A 외에도 정지하는 펌프는?",
        "P-101A 외관 점검 주기는?",
        "P-101A 외 2대의 유량은?",
        "P-101A가 아니면 뭐가 정지해?",
        "P-101A 대신 P-101B를 기동하는 절차",
        "Can I run P-101B instead of P-101A?",
        "Why is P-101A not running while P-101B is?",
        "Is it not only P-101A but also P-101B that trips?",
        "May no pump other than P-101A be started?",
        "除了P-101A以外，P-101B也停吗？",
        "P-101A以外にも止まるポンプは？",
        "¿Por qué no P-101B?",
    ],
)
def test_what_is_not_left_out(question: str) -> None:
    assert without_excluded(question, GRAMMAR) == (question, ())


def test_understanding_search_and_order_agree() -> None:
    plan = understand("P-101A 말고 P-101B 토출압은?", PACK, ["ko", "en"])
    assert (plan.tags, plan.excluded, plan.original) == (("P101B",), ("P-101A",), "P-101A 말고 P-101B 토출압은?")
    assert not any("101A" in f"{form.text} {form.encoded}" for form in plan.forms)
    branches = build_branches(plan, {}, PACK.manifest.retrieval)
    assert next(b.vector for b in branches if b.name == "tags") == ("P101B",)
    one = sample_chunk(1, text="P-101A 토출압 5 bar 토출압", tags=("P101A",))
    other = sample_chunk(2, text="P-101B 토출압 6 bar", tags=("P101B",))
    hits = rerank(plan, [Hit(chunk=one, score=1.0), Hit(chunk=other, score=0.1)], PACK).hits
    assert [h.chunk.ordinal for h in hits] == [2, 1]


def test_others_are_asked_and_a_sheet_of_the_one_left_out_comes_last() -> None:
    plan = understand("relief valves except for PSV-301: set pressure", PACK, ["en"])
    alone = sample_chunk(1, text="PSV-301 relief valve set pressure 5 bar", tags=("PSV301",))
    listed = sample_chunk(2, text="relief valves PSV-301, PSV-302", tags=("PSV301", "PSV302"))
    hits = rerank(plan, [Hit(chunk=alone, score=1.0), Hit(chunk=listed, score=0.1)], PACK).hits
    assert [h.chunk.ordinal for h in hits] == [2, 1]


def test_the_sheet_of_a_code_that_is_left_out_comes_last() -> None:
    plan = understand("인화점 몇 도야? A-40 말고", PACK, ["ko"])
    own = sample_chunk(1, text="인화점 6 ℃", title="물질안전보건자료 A-40")
    both = sample_chunk(2, text="인화점", title="물질안전보건자료 A-40, A-45")
    hits = rerank(plan, [Hit(chunk=own, score=1.0), Hit(chunk=both, score=0.1)], PACK).hits
    assert [h.chunk.ordinal for h in hits] == [2, 1]


def test_a_follow_up_does_not_carry_over_what_it_leaves_out() -> None:
    plan = understand("P-101A 말고 다른 건?", PACK, ["ko"], turns=["P-101A 토출압은?"])
    assert plan.tags == () and "토출압" in plan.question and "101A" not in plan.question
    plan = understand("P-101A 말고 P-101B는?", PACK, ["ko"], turns=["P-101A 토출압은?"])
    assert plan.tags == ("P101B",) and "토출압" in plan.question


def test_a_claim_about_what_is_left_out_is_no_answer() -> None:
    evidence = Evidence(number=1, chunk=sample_chunk(1, text="P-101A trips at 5 bar, P-101B at 6 bar."), score=1.0)
    cited = Cited([evidence], Reader(GRAMMAR, ()))

    def verdict(text: str, question: str) -> Verdict:
        return check_asked(question, Claim(text=text, citations=(1,)), cited, (), ("P-101A",)).verdict

    assert verdict("P-101A trips at 5 bar.", "When do the pumps trip?") is Verdict.FAILED
    assert verdict("P-101B trips at 6 bar.", "When does P-101B trip?") is not Verdict.FAILED
    assert verdict("P-101B trips at 6 bar, P-101A at 5 bar.", "When does P-101B trip?") is not Verdict.FAILED


def test_all_trains_of_what_is_left_out_are() -> None:
    assert names_excluded(["P101A", "P101B", "P102A"], ["P-101"]) == {"P101A", "P101B"}
    assert names_excluded(["P101B"], ["P-101A"]) == set()
