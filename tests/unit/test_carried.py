"""The lines behind a statement: whole, in the document's words, and none under a quote; and lines for struck ones."""

from walkdown.carried import lines_behind
from walkdown.documents import Answer, AnswerStatus, Claim, ClaimSpan, Evidence
from walkdown.testing.asking import FixedSearcher, ScriptedModel, ask, chunk, final

RULE = "Fuel is not fed while the seal blower stands. Above 750 °C, for at most 2 minutes, feeding may go on."


def behind(text: str, said: str, place: str) -> tuple[str, ...]:
    at = text.index(place)
    claim = Claim(text=said, citations=(1,), spans=(ClaimSpan(number=1, start=at, end=at + len(place)),))
    return lines_behind(claim, [Evidence(number=1, chunk=chunk(1, text), score=1.0)])


def test_a_line_is_shown_whole_with_the_exception_beside_the_place() -> None:
    said = "You may go on feeding for 2 minutes above 750 °C."
    assert behind(f"Scope: unit 1.\n{RULE}\nEnd.", said, "at most 2 minutes") == (RULE,)


def test_of_a_paragraph_the_sentences_around_the_place_are_shown() -> None:
    told = [f"Sentence {i} tells of something else at some length, so that it all becomes long." for i in range(9)]
    (line,) = behind(" ".join(told), "The fourth.", "Sentence 4 tells")
    assert line.startswith("… Sentence 3") and line.endswith("…")
    assert "Sentence 5" in line and "Sentence 7" not in line


def test_a_place_over_two_lines_shows_both() -> None:
    assert behind("one thing\nanother thing\nthird", "Two things.", "thing\nanother") == ("one thing", "another thing")


def test_what_stands_word_for_word_needs_no_line() -> None:
    assert behind(f"{RULE}\nEnd.", RULE, RULE) == ()


def test_a_line_that_differs_by_a_sign_is_shown() -> None:
    assert behind("Pressure < 5 bar.", "Pressure > 5 bar.", "Pressure < 5 bar") == ("Pressure < 5 bar.",)


def test_a_place_in_a_passage_that_is_not_there_shows_nothing() -> None:
    claim = Claim(text="It is.", citations=(2,), spans=(ClaimSpan(number=2, start=0, end=4),))
    assert lines_behind(claim, [Evidence(number=1, chunk=chunk(1, RULE), score=1.0)]) == ()


def answered(question: str, reply: str, *passages: str) -> Answer:
    return final(ask(FixedSearcher(*passages), ScriptedModel(f"yes\n{reply}"), question))


STEPS = (
    "1. Start P-101A on recirculation and warm it up for 10 minutes.\n"
    "2. Open the discharge valve slowly until 40 m3/h is reached.\n"
    "3. Stop P-101B when its recirculation valve is open."
)


def test_a_struck_sentence_gives_way_to_its_line() -> None:
    reply = "Stop P-101B once its recirculation valve is open. [1]\nBefore that warm P-101A up for 25 minutes. [1]"
    answer = answered("When may P-101B be stopped, and what comes before?", reply, STEPS)
    assert answer.status is AnswerStatus.ANSWERED
    assert "25 minutes" not in answer.text
    assert answer.text.index("warm it up for 10 minutes") < answer.text.index("Stop P-101B")


def test_a_line_that_a_statement_already_rests_on_is_not_said_again() -> None:
    reply = "The minimum flow of P-101A is 40 m3/h. [1]\nThe minimum flow of P-101A is 60 m3/h. [1]"
    answer = answered("Minimum flow of P-101A?", reply, "The minimum flow of P-101A is 40 m3/h.")
    assert answer.text == "The minimum flow of P-101A is 40 m3/h. [1]"


def test_a_row_of_another_thing_is_no_line_for_a_struck_sentence() -> None:
    rows = "Pump: P-101A | Minimum flow: 40 m3/h\nPump: P-777C | Minimum flow: 45 m3/h"
    reply = "The minimum flow of P-101A is 40 m3/h. [1]\nThe minimum flow of P-777C is 54 m3/h. [1]"
    assert "45" not in answered("Minimum flow of P-101A?", reply, rows).text


KOREAN = "주1) 2호기의 상승률이 낮은 것은 교체한 내화물의 박리를 막기 위해서이다."


def test_between_languages_what_nothing_bears_out_does_not_stand() -> None:
    made_up = "Esto se debe a que tiene un mayor volumen de combustible y necesita más tiempo. [1]"
    answer = answered("¿Por qué es más lenta la unidad 2?", made_up, KOREAN)
    assert "combustible" not in answer.text
    assert [c.text for c in answer.struck]
