"""Reasons between languages: borne out by what dictionaries carry over, or struck."""

import pytest

from walkdown.answering.verification import Basis, verify_claim
from walkdown.documents import Claim, Evidence, Verdict
from walkdown.testing.asking import PACK, chunk
from walkdown.text.languages import detect_language

KO = "P-101A는 기동 전에 배기한다. 펌프에 공기가 남으면 베어링이 손상되기 때문이다."
EN = "Vent P-101A before it is started, because air left in the pump damages the bearing."


def failures(passage: str, said: str, question: str = "") -> set[str]:
    evidence = Evidence(
        number=1, chunk=chunk(1, passage).model_copy(update={"language": detect_language(passage)}), score=1.0
    )
    basis = Basis([evidence], PACK.grammar, PACK.glossary, question, detect_language(said))
    found = verify_claim(Claim(text=said, citations=(1,)), basis)
    return {c.name for c in found.checks if c.verdict is Verdict.FAILED}


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        (KO, "P-101A is vented because the motor would overheat and the oil would leak."),
        (KO, "P-101A se ventea porque el motor tiene mayor consumo de combustible."),
        (EN, "P-101A를 배기하는 것은 전동기가 과열되어 윤활유가 새기 때문입니다."),
        (EN, "P-101A は燃料の消費量が多いため、換気します。"),
        (EN, "P-101A is vented because the motor would overheat and the oil would leak."),
    ],
)
def test_a_reason_that_no_passage_gives_is_struck(passage: str, said: str) -> None:
    assert "reason" in failures(passage, said)


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        (KO, "P-101A is vented because air in the pump damages the bearing."),
        (EN, "P-101A를 배기하는 것은 펌프의 공기가 베어링을 손상시키기 때문입니다."),
        (EN, "P-101A is vented because air left in the pump damages the bearing."),
        (KO, "P-101A is vented before it is started."),
    ],
)
def test_a_reason_that_the_passage_gives_stands(passage: str, said: str) -> None:
    assert "reason" not in failures(passage, said)
