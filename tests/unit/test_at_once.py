"""What is told to happen at once is not set apart in time by the passage."""

import pytest

from walkdown.testing.asking import failed_checks

KO = "가성소다 펌프는 산 펌프를 기동하고 10분 뒤에 기동한다.\n환기팬과 가스 감지기는 동시에 켠다."
EN = """The caustic pump is started no sooner than ten minutes after the acid pump.
Turn on the fan together with the detector."""


@pytest.mark.parametrize(
    ("passage", "said", "wrong"),
    [
        (EN, "The caustic pump can be started at the same time as the acid pump.", True),
        (EN, "가성소다 펌프는 산 펌프와 동시에 기동할 수 있다.", True),
        (KO, "가성소다 펌프는 산 펌프와 함께 기동한다.", True),
        (KO, "The caustic pump may be started together with the acid pump.", True),
        (EN, "The fan is turned on at the same time as the detector.", False),
        (KO, "환기팬은 가스 감지기와 동시에 켠다.", False),
        (EN, "The caustic pump is not started at the same time as the acid pump.", False),
    ],
)
def test_things_one_after_the_other_do_not_happen_at_once(passage: str, said: str, *, wrong: bool) -> None:
    assert ("at_once" in failed_checks(passage, said)) is wrong
