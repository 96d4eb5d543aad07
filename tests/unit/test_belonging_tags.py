"""A tag in brackets behind another says what that belongs to, and a claim keeps the pairs of its passage."""

import pytest

from walkdown.answering.verification.checks import check_tags
from walkdown.answering.verification.reader import Reader
from walkdown.answering.verification.reading import Cited
from walkdown.documents import Claim, Evidence, Verdict
from walkdown.testing.asking import PACK, chunk

TEXT = "최소유량 밸브 FV-1101(P-101A)과 FV-1201(P-101B)은 유량이 내려가면 열린다. FV-1301 (see P-103A) and FV-1401."


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("FV-1101(P-101A)이 열린다.", Verdict.PASSED),
        ("FV-1101 (P-101A) opens.", Verdict.PASSED),
        ("FV-1101(P-101B)이 열리지 않는다.", Verdict.FAILED),
        ("FV-1201 (P-101A) opens.", Verdict.FAILED),
        ("FV-1101 and P-101B", Verdict.PASSED),
        ("FV-1401(P-101B)이 열린다.", Verdict.PASSED),
    ],
)
def test_a_tag_in_brackets_is_that_of_the_passage(said: str, expected: Verdict) -> None:
    evidence = [Evidence(number=1, chunk=chunk(1, TEXT), score=1.0)]
    check = check_tags(Claim(text=said, citations=(1,)), Cited(evidence, Reader(PACK.grammar, ())))
    assert check.verdict is expected
    assert ("belongs to" in check.reason) == (expected is Verdict.FAILED)
