"""Where sentences end."""

import pytest

from walkdown.text.sentences import sentences_of


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Heat with water of max. 40 deg C only. Never use steam.",
            ["Heat with water of max. 40 deg C only.", "Never use steam."],
        ),
        ("Wait 10 min. Then open it.", ["Wait 10 min.", "Then open it."]),
        ("Slope 91 % (min. 90). Ask QA.", ["Slope 91 % (min. 90).", "Ask QA."]),
        ("Rev. 3 holds, see e.g. No. 12.", ["Rev. 3 holds, see e.g. No. 12."]),
        ("先关阀。再停泵。", ["先关阀。", "再停泵。"]),
        ("  밸브를 닫는다. 펌프를 세운다.  ", ["밸브를 닫는다.", "펌프를 세운다."]),
        ("", []),
    ],
)
def test_a_sentence_does_not_end_at_an_abbreviation(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in sentences_of(text)] == sentences
