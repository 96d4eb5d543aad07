"""A statement that only says the question again is told from an answer."""

import pytest

from walkdown.answering.verification.echo import check_echo
from walkdown.answering.verification.reader import Reader
from walkdown.documents import Claim
from walkdown.testing import asking


@pytest.mark.parametrize(
    ("question", "said", "verdict"),
    [
        ("나노여과에서 공정 중단이라고 치는 기준이 뭐야", "공정 중단은 공정 중단 기준에 의해 결정된다.", "failed"),
        ("나노여과에서 공정 중단이라고 치는 기준이 뭐야", "압력이 0.2 barg 아래로 떨어지는 것이다.", "passed"),
        ("What is the minimum flow of P-101A?", "The minimum flow of P-101A is defined.", "failed"),
        ("What is the minimum flow of P-101A?", "The minimum flow of P-101A is 40 t/h.", "passed"),
        ("Which pump starts first?", "P-101B starts first.", "passed"),
        ("Which way does V-12 fail, open or closed?", "V-12 fails closed.", "skipped"),
        ("누가 서명해?", "교대조장이 서명한다.", "passed"),
        ("Does P-101A have a minimum flow?", "P-101A has a minimum flow.", "skipped"),
        (
            "¿en qué orden cierro válvulas en D-4, y soplo la línea?",
            "Cierro las válvulas en D-4 en orden, luego soplo la línea.",
            "failed",
        ),
    ],
)
def test_an_echo_is_told_from_an_answer(question: str, said: str, verdict: str) -> None:
    reader = Reader(asking.PACK.grammar, ())
    assert check_echo(question, Claim(text=said, citations=(1,)), reader).verdict.value == verdict
