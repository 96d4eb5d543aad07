"""The amount of one thing is no answer about another, whether or not the pack's grammar knows their names."""

import pytest

from walkdown.testing.asking import failed_checks

SEALS = """6.2 Mechanical seals: KT-1 every 8000 h, KT-2 every 6000 h.
6.3 The holding tube of CS-3 is cleaned every 14 days."""
FAN = "Tag: VSH-12 | Item: vibration of fan CT-1 | Trip: 7.1 mm/s"


@pytest.mark.parametrize(
    ("passage", "question", "said", "wrong"),
    [
        (SEALS, "CS-3 mechanical seal every how many hours?", "The seal of KT-2 is replaced every 6000 h.", True),
        (SEALS, "CS-3的机械密封多少小时换?", "KT-2的机械密封每6000 h更换。", True),
        (SEALS, "KT-2 mechanical seal every how many hours?", "The seal of KT-2 is replaced every 6000 h.", False),
        (FAN, "vibration trip of CT-1?", "VSH-12 trips at 7.1 mm/s.", False),
    ],
)
def test_the_amount_of_another_thing_is_no_answer(passage: str, question: str, said: str, *, wrong: bool) -> None:
    assert ("asked" in failed_checks(passage, said, question)) is wrong


@pytest.mark.parametrize(("question", "wrong"), [("seal of pump P-01 of UF-20?", True), ("seal of KT-2?", False)])
def test_an_amount_of_one_of_several_things_is_none_of_a_thing_that_is_not_among_them(
    question: str, *, wrong: bool
) -> None:
    assert ("pairing" in failed_checks(SEALS, "The mechanical seal is replaced every 6000 h.", question)) is wrong
