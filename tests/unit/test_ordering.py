"""Two acts that a sentence sets in order stand as the passage has them, in one language and across."""

import pytest

from walkdown.testing.asking import failed_checks

KO = "3.8 순환을 멈추고 드럼 하부 밸브를 먼저 잠근 다음 저장조 쪽 밸브를 잠근다."
EN = "4.4 Admit nitrogen at 2.0 to 2.4 bar(g) through the dip tube first, then through the purge header."
BEFORE = "Vent the cooler before the pump is started."


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        (KO, "순환을 멈춘 다음 저장조 쪽 밸브를 먼저 잠그고 드럼 하부 밸브를 잠급니다."),
        (KO, "저장조 쪽 밸브를 먼저 잠그고 그 다음 드럼 하부 밸브를 잠급니다."),
        (EN, "Nitrogen goes through the purge header first and then through the dip tube."),
        (EN, "Admit nitrogen through the dip tube after the purge header."),
        (BEFORE, "The pump is started first, then the cooler is vented."),
    ],
)
def test_acts_told_the_other_way_round_do_not_stand(passage: str, said: str) -> None:
    assert "sequence" in failed_checks(passage, said)


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        (KO, "순환을 멈추고 드럼 하부 밸브를 잠근 뒤 저장조 쪽 밸브를 잠급니다."),
        (KO, "드럼 하부 밸브를 먼저 잠그고, 그 다음 저장조 쪽 밸브를 잠급니다."),
        (EN, "Nitrogen goes through the dip tube first and then through the purge header."),
        (EN, "The purge header comes after the dip tube."),
        (EN, "Nitrogen is not admitted through the purge header before the dip tube."),
        (BEFORE, "First vent the cooler, then start the pump."),
        ("Start pump A and pump B and watch the level.", "Pump B is started first, then pump A."),
    ],
)
def test_acts_in_their_order_stand(passage: str, said: str) -> None:
    assert "sequence" not in failed_checks(passage, said)
