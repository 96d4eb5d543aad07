"""Reasons between languages: borne out by what dictionaries carry over, or struck."""

import pytest

from walkdown.testing.asking import failed_checks

KO = "P-101A는 기동 전에 배기한다. 펌프에 공기가 남으면 베어링이 손상되기 때문이다."
EN = "Vent P-101A before it is started, because air left in the pump damages the bearing."


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
    assert "reason" in failed_checks(passage, said)


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
    assert "reason" not in failed_checks(passage, said)
