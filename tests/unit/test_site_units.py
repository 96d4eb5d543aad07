"""Values in the site's own units: stated in the pack, added to what the document says, never put in its place."""

from pathlib import Path

import pytest

from walkdown.documents import AnswerStatus
from walkdown.packs.new import new_pack
from walkdown.packs.schema import Pack
from walkdown.packs.validation import validate_pack
from walkdown.testing.asking import PACK, FixedSearcher, ScriptedModel, ask, final

SITE = {"psi": "bar", "psig": "barg", "°F": "°C", "gpm": "m3/h"}


def site(units: dict[str, str]) -> Pack:
    return PACK.model_copy(update={"manifest": PACK.manifest.model_copy(update={"site_units": units})})


@pytest.mark.parametrize(
    ("said", "question", "shown"),
    [
        ("P-101A trips at 145 psig.", "At what pressure does P-101A trip?", "(converted: about 9.997 barg)"),
        ("P-101A trips at 212 ℉.", "At what temperature does P-101A trip?", "(converted: 100 °C)"),
        ("P-101A needs a flow of 100 gpm.", "What flow does P-101A need?", "m3/h)"),
        ("P-101A trips at 3 bar.", "At what pressure does P-101A trip?", ""),
    ],
)
def test_a_value_is_given_in_the_unit_of_the_site_too(said: str, question: str, shown: str) -> None:
    answer = final(ask(FixedSearcher(said), ScriptedModel(f"yes\n{said} [1]"), question, pack=site(SITE)))
    assert answer.status is AnswerStatus.ANSWERED
    assert said.rstrip(".") in answer.text
    assert shown in answer.text and ("converted" in answer.text) == bool(shown)


def test_the_unit_that_is_asked_for_goes_first() -> None:
    said = "P-101A trips at 145 psig."
    answer = final(
        ask(FixedSearcher(said), ScriptedModel(f"yes\n{said} [1]"), "P-101A trips at how many kPa?", pack=site(SITE))
    )
    assert "barg" not in answer.text


@pytest.mark.parametrize(
    ("units", "fault"),
    [('{psi: "barg"}', "same kind"), ("{psy: bar}", "'psy' is no unit"), ('{psi: "°C"}', "same kind")],
)
def test_units_that_are_none_or_of_two_kinds_are_told(tmp_path: Path, units: str, fault: str) -> None:
    new_pack("my-plant", tmp_path)
    manifest = tmp_path / "my-plant" / "pack.yaml"
    manifest.write_text(f"{manifest.read_text('utf-8')}\nsite_units: {units}\n", encoding="utf-8")
    assert any(fault in f.message and f.line for f in validate_pack(tmp_path / "my-plant"))
