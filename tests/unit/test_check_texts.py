"""Every check that an answer can go through is named and explained to the reader, in each language of the page."""

import re
from pathlib import Path

import pytest

import walkdown.answering
from walkdown_ui.languages import TEXTS
from walkdown_ui.texts import Texts

CALLED = re.compile(r"\bfailed\(\s*\"(\w+)\"")


def names() -> set[str]:
    """The checks that can fail, as the code calls them."""
    sources = Path(walkdown.answering.__file__).parent.rglob("*.py")
    return {name for source in sources for name in CALLED.findall(source.read_text("utf-8"))}


@pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)
def test_each_check_has_a_name_and_a_reason(texts: Texts) -> None:
    assert {"numbers", "closest", "likely", "topic"} <= names()
    assert not names() - set(texts.check_names)
    assert not names() - set(texts.check_failures)
