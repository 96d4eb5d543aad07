"""A question that says the documents differ: the answer of one document stands beside the other's line."""

import pytest

from walkdown.answering.said_to_differ import other_sides, says_they_differ
from walkdown.answering.spans import Span
from walkdown.answering.verification import Basis
from walkdown.documents import Chunk, Claim, DocumentStatus, Evidence
from walkdown.testing.asking import PACK


@pytest.mark.parametrize(
    ("question", "differ"),
    [
        ("V-401 최대 몇 톤까지 넣어? 하역 절차랑 비상대응이 다른데", True),
        ("윤활유 탱크 저액위가 780인지 760인지, 둘 다 나오는데", True),
        ("low level alarm: 780 or 760 mm? I find both", True),
        ("day tank: at what level do we top it up? I see 40 and 50", True),
        ("which one is right, 4 or 3.5 minutes?", True),
        ("누적 허용시간이 몇 시간이야? 문서마다 다르지 않아?", True),
        ("서로 다른 두 펌프의 유량은?", False),
        ("what is different on unit 2?", False),
        ("다른 탱크는 몇 톤이야?", False),
    ],
)
def test_what_says_that_documents_differ(question: str, differ: bool) -> None:
    assert says_they_differ(question) is differ


def item(number: int, text: str, status: DocumentStatus = DocumentStatus.IN_FORCE) -> Evidence:
    chunk = Chunk(id=f"d:{number}", document_id=f"OP-{number}", pack="power", title="Ammonia", language="en",
                  ordinal=0, text=text, status=status)  # fmt: skip
    return Evidence(number=number, chunk=chunk, score=1.0)


def beside(question: str, *evidence: Evidence, odds: float = 0.0) -> list[str]:
    basis = Basis(evidence, PACK.grammar, (), question, "en")
    spans = [Span(e.number, 0, len(e.chunk.text), e.chunk.text, odds) for e in evidence]
    return [c.text for c in other_sides([Claim(text="At most 15 t. [1]", citations=(1,))], spans, basis)]


QUESTION = "How much ammonia may V-401 hold? I find both 14.5 and 15."
ONE, OTHER = item(1, "At most 15 t."), item(2, "Largest content after unloading: 14.5 t")


def test_the_other_documents_line_is_shown() -> None:
    assert beside(QUESTION, ONE, OTHER) == ["Largest content after unloading: 14.5 t"]


def test_nothing_is_shown_unasked_unlikely_superseded_of_another_kind_or_the_same() -> None:
    assert beside("How much ammonia may V-401 hold?", ONE, OTHER) == []
    assert beside(QUESTION, ONE, OTHER, odds=-4.0) == []
    assert beside(QUESTION, ONE, item(2, OTHER.chunk.text, DocumentStatus.SUPERSEDED)) == []
    assert beside(QUESTION, ONE, item(2, "Pressure at most 14.5 bar")) == []
    assert beside(QUESTION, ONE, item(2, "It holds 15 t at most, 14.5 t in summer.")) == []
