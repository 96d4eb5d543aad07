"""The lines that the model is shown: rows alone, sentences with what stands beside them."""

from walkdown.answering.spans import Span, choose_spans, split_lines
from walkdown.answering.turn import number_evidence
from walkdown.documents import Hit
from walkdown.testing.memory import sample_chunk


def chosen(text: str, best: int, budget: int) -> list[str]:
    """The lines shown of a text whose line `best` is the nearest and all others are equally far."""
    evidence = number_evidence([Hit(chunk=sample_chunk(0, text), score=1.0)], 1)
    spans = [Span(1, a, b, text[a:b], 2.0 if i == best else 1.0) for i, (a, b) in enumerate(split_lines(text))]
    ranked = sorted(spans, key=lambda span: -span.score)
    return [span.text for span in choose_spans(ranked, evidence, budget=budget).get(1, [])]


STEPS = "1. Open the valve.\n2. Vent it.\n3. Start it.\n4. Watch it.\n5. Log it."
ROWS = "Tag: A-1 | Trip: 10\nTag: A-2 | Trip: 20\nTag: A-3 | Trip: 30"


def test_a_step_brings_the_steps_beside_it() -> None:
    assert chosen(STEPS, 2, 36) == ["2. Vent it.", "3. Start it.", "4. Watch it."]


def test_a_table_row_leaves_the_room_of_its_neighbours_to_the_next_best_line() -> None:
    evidence = number_evidence([Hit(chunk=sample_chunk(i, t), score=1.0) for i, t in enumerate((ROWS, STEPS))], 2)
    row, step = ROWS.splitlines()[1], STEPS.splitlines()[4]
    ranked = [Span(1, 20, 39, row, 2.0), Span(2, STEPS.index(step), len(STEPS), step, 1.5)]
    rest = [Span(1, a, b, ROWS[a:b], 0.0) for a, b in split_lines(ROWS) if a != 20]
    shown = choose_spans([*ranked, *rest], evidence, budget=len(row) + len(step))
    assert [[span.text for span in spans] for spans in shown.values()] == [[row], [step]]


def test_the_budget_holds() -> None:
    assert sum(map(len, chosen(ROWS, 1, 45))) <= 45
    assert chosen(ROWS, 1, 10) == []
