"""`U1` and `U2` at the head of columns are the plant's units."""

import pytest

from walkdown.documents import AnswerStatus
from walkdown.retrieval.intent import plant_units
from walkdown.testing.asking import FixedSearcher, ScriptedModel, ask, final
from walkdown.text.labels import find_labels

ROW = "Tag: TT-31 | Parameter: ID fan bearing temperature | Unit: °C | U1 trip: 90 | U2 trip: 88"


@pytest.mark.parametrize("text", ["U2 trip", "trip U-2", "2호기", "Unit 2"])
def test_a_unit_is_read(text: str) -> None:
    assert [(x.kind, x.number) for x in find_labels(text)] == [("unit", "2")]
    assert plant_units(text) == ("2",)


@pytest.mark.parametrize("text", ["vessel U-201", "U2.5", "SU2", "CU-2A"])
def test_other_codes_are_no_units(text: str) -> None:
    assert not find_labels(text)
    assert not plant_units(text)


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ("2호기 ID팬 베어링 온도 트립은 90 °C이다.", AnswerStatus.QUOTED),
        ("2호기 ID팬 베어링 온도 트립은 88 °C이다.", AnswerStatus.ANSWERED),
        ("90 °C", AnswerStatus.QUOTED),
        ("88 °C", AnswerStatus.ANSWERED),
    ],
)
def test_the_amount_of_the_other_unit_does_not_stand(draft: str, status: AnswerStatus) -> None:
    answer = final(ask(FixedSearcher(ROW), ScriptedModel(f"yes\n{draft} [1]"), "2호기 ID팬 베어링 온도 트립값?"))
    assert answer.status is status
