"""One of a set put for another, and every one for every so many."""

import pytest

from walkdown.documents import AnswerStatus
from walkdown.testing.asking import FixedSearcher, ScriptedModel, ask, final

ROW = "설비: HRSG-3 LP 드럼 | 항목: 수위 | 단위: mm | 경보: -210 | 트립: -480"


def struck_by(question: str, passage: str, draft: str) -> set[str]:
    answer = final(ask(FixedSearcher(passage), ScriptedModel(f"yes\n{draft} [1]"), question))
    names = {c.name for claim in answer.struck for c in claim.checks if c.verdict.value == "failed"}
    assert names or answer.status is AnswerStatus.ANSWERED
    return names


@pytest.mark.parametrize(
    ("question", "passage", "draft", "wrong"),
    [
        ("HRSG-3 고압 드럼 수위 트립?", ROW, "HRSG-3 고압 드럼 수위 트립은 -480 mm이다.", True),
        ("HRSG-3 저압 드럼 수위 트립?", ROW, "HRSG-3 저압 드럼 수위 트립은 -480 mm이다.", False),
        ("HRSG-3 고압 드럼 수위 트립?", ROW, "트립은 -480 mm이다.", True),
        ("Vibration trip of P-101A at the non-drive end?", "P-101A DE vibration: trip 7.1 mm/s",
         "The vibration of P-101A at the NDE trips at 7.1 mm/s.", True),
        ("Vibration trip of P-101A at the drive end?", "P-101A DE vibration: trip 7.1 mm/s",
         "The vibration of P-101A at the drive end trips at 7.1 mm/s.", False),
        ("HRSG-3 IP 드럼 수위 트립?", "설비: HRSG-3 HP 드럼 | 항목: 수위 | 단위: mm | 트립: -390",
         "HRSG-3 IP 드럼 수위 트립은 -390 mm이다.", True),
        ("톨루엔의 끓는점은?", "톨루엔 인화점: 4 °C", "톨루엔의 끓는점은 4 °C이다.", True),
        ("톨루엔의 인화점은?", "Flash point of toluene (톨루엔): 4 °C", "톨루엔의 인화점은 4 °C이다.", False),
        ("When does the 500 HP motor trip?", "The 500 HP motor of the LP pump trips at 95 °C.",
         "The 500 HP motor trips at 95 °C.", False),
    ],
)  # fmt: skip
def test_a_member_is_not_put_for_another(question: str, passage: str, draft: str, *, wrong: bool) -> None:
    assert ("member" in struck_by(question, passage, draft)) is wrong


@pytest.mark.parametrize(
    ("passage", "draft", "wrong"),
    [
        ("필터는 3배치마다 교체한다.", "필터는 배치마다 교체한다.", True),
        ("필터는 3배치마다 교체한다.", "The filter is replaced after every batch.", True),
        ("The filter is replaced every third batch.", "필터는 매 배치 교체한다.", True),
        ("필터는 배치마다 교체한다.", "The filter is replaced after each batch.", False),
        ("필터는 3배치마다 교체하고 배치마다 점검한다.", "필터는 배치마다 점검한다.", False),
        ("각 펌프는 2시간마다 점검한다.", "Each pump is checked every 2 hours.", False),
        ("The filter is checked every 2 hours.", "The filter is checked every hour.", True),
    ],
)
def test_every_one_is_not_every_so_many(passage: str, draft: str, *, wrong: bool) -> None:
    question = "How often is the filter or pump replaced or checked?" if draft.isascii() else "필터 교체와 점검 주기는?"
    assert ("times" in struck_by(question, passage, draft)) is wrong


def test_the_row_of_another_member_is_not_quoted_for_it() -> None:
    question = "HRSG-3 저압 드럼 수위 트립?"
    quoted = final(ask(FixedSearcher(ROW), ScriptedModel("no"), question))
    other = final(ask(FixedSearcher(ROW.replace("LP", "HP")), ScriptedModel("no"), question))
    assert (quoted.status, other.status) == (AnswerStatus.QUOTED, AnswerStatus.REFUSED)
