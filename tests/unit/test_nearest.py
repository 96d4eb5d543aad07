"""Lines beside a refusal: what the model wrote is looked for first."""

import pytest

from walkdown.answering.nearest import drafted_lines
from walkdown.answering.verification import Basis
from walkdown.answering.verification.outcome import failed, passed
from walkdown.documents import Check, Claim, ClaimSpan, Evidence
from walkdown.testing.asking import PACK, chunk

LINE = "2. Flush with 400 kg of toluene for 2 hours."
TEXT = f"1. Close the valve.\n{LINE}"
PASSAGE = Evidence(number=1, chunk=chunk(1, TEXT), score=1.0)
AT = ClaimSpan(number=1, start=TEXT.index(LINE), end=len(TEXT))


def _lines(*checks: Check) -> list[str]:
    basis = Basis([PASSAGE], PACK.grammar, (), "how much solvent, and how long?", "en")
    claim = Claim(text="You should flush with 400 kg for 2 hours.", citations=(1,), checks=checks, spans=(AT,))
    return [line.text for line in drafted_lines([claim], basis)]


@pytest.mark.parametrize("name", ["topic", "relevance", "likely", "grounding"])
def test_a_true_statement_that_is_doubted_for_its_subject_leads_to_its_line(name: str) -> None:
    assert _lines(passed("numbers"), failed(name, "unnamed", what="solvent")) == [LINE]


@pytest.mark.parametrize("name", ["numbers", "subject", "tags", "negation", "pairing"])
def test_one_that_its_passage_does_not_bear_out_leads_nowhere(name: str) -> None:
    other = passed("numbers") if name != "numbers" else passed("tags")
    assert _lines(other, failed(name, "unnamed", what="solvent"), failed("topic", "unnamed", what="solvent")) == []


def test_one_without_an_amount_leads_nowhere() -> None:
    assert _lines(passed("tags"), failed("topic", "unnamed", what="solvent")) == []
