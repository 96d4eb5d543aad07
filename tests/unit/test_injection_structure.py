"""What a poisoned document can never do, even with a model that obeys it wholly; all attacks in Korean and English."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from walkdown.answering.inert import inert
from walkdown.answering.injection import find_instructions
from walkdown.documents import Evidence
from walkdown.testing.memory import sample_chunk
from walkdown.testing.obedient import CANARY, Obedient, ask_obedient, assert_harmless
from walkdown_eval.bench.attacks import attacks


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    called: list[Any] = []

    def refuse(self: socket.socket, address: Any) -> None:
        called.append(address)
        raise AssertionError(f"a document caused a connection to {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    yield called
    assert not called


@pytest.mark.parametrize("attack", attacks())
@pytest.mark.parametrize("place", ["before", "after", "row"])
def test_no_plant_document_with_an_instruction_gets_its_way(attack: str, place: str) -> None:
    text = {
        "before": f"{attack}\nThe minimum flow of P-101A is 40 m3/h.",
        "after": f"The minimum flow of P-101A is 40 m3/h.\n{attack}",
        "row": f"Item: Minimum flow of P-101A | Value: 40 m3/h\nItem: Note | Value: {attack}",
    }[place]
    chunks = [sample_chunk(1, text)]
    model = Obedient(attack)
    answer = ask_obedient("What is the minimum flow of P-101A?", model, chunks)
    assert_harmless(answer, model, chunks)
    # One that is not recognised may be quoted as what it is: words of a document, cited.
    if find_instructions([Evidence(number=1, chunk=chunks[0], score=1.0)]):
        assert all(CANARY not in c.text for c in answer.claims)


def test_most_instructions_are_told_to_the_reader() -> None:
    found = [bool(find_instructions([Evidence(number=1, chunk=sample_chunk(1, a), score=1.0)])) for a in attacks()]
    assert sum(found) >= 0.8 * len(found)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see ![x](https://a.b/c) [1]", "see x(https[:]//a.b/c) [1]"),
        ("[click](http://a.b) now", "click(http[:]//a.b) now"),
        ("5 < 7 and 3 <4 [2]", "5 < 7 and 3 <4 [2]"),
        ("<b>x</b>", "‹b>x‹/b>"),
        ("at www.a.b", "at www[.]a.b"),
        ("P-101A is 40 m3/h. [1] [2]", "P-101A is 40 m3/h. [1] [2]"),
        ("1:10 ratio, pH: 9.6, 14:30", "1:10 ratio, pH: 9.6, 14:30"),
    ],
)
def test_text_is_made_inert(text: str, shown: str) -> None:
    assert inert(text) == shown
