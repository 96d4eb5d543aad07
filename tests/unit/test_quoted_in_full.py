"""Quotes bring the rest of their paragraph, each place once."""

from walkdown.answering.verbatim import in_full
from walkdown.documents import Evidence
from walkdown.testing.asking import chunk

CLAUSE = (
    "3.2 After a power failure shorter than 8 min the cycle continues automatically. From 8 to 20 min it continues "
    "only after QA release."
)
TEXT = f"3.1 The vacuum pump runs first.\n{CLAUSE}\nTag: P-1 | Limit: 5 bar"


def quoted(text: str, *said: str) -> list[str]:
    evidence = [Evidence(number=1, chunk=chunk(1, text), score=1.0)]
    places = [(1, text.index(part), text.index(part) + len(part)) for part in said]
    return [claim.text for claim in in_full(places, evidence)]


def test_a_sentence_brings_the_condition_that_follows() -> None:
    assert quoted(TEXT, "3.2 After a power failure shorter than 8 min the cycle continues automatically.") == [CLAUSE]


def test_two_sentences_of_one_paragraph_are_one_quote() -> None:
    assert quoted(TEXT, "continues only after QA release.", "3.2 After a power") == [CLAUSE]


def test_rows_stay_rows() -> None:
    assert quoted(TEXT, "Tag: P-1 | Limit: 5 bar") == ["Tag: P-1 | Limit: 5 bar"]


def test_a_long_paragraph_is_quoted_from_its_sentence_on_or_not_widened() -> None:
    filler = "The operator writes the value into the log. " * 20
    assert quoted(f"{filler}Stop at 8 min. Unless QA agrees.", "Stop at 8 min.") == ["Stop at 8 min. Unless QA agrees."]
    assert quoted(f"{filler}Stop at 8 min. {filler}", "Stop at 8 min.") == ["Stop at 8 min."]
