"""The bench of answers written by hand: which passages hold a line, and what became of a draft."""

import json
from pathlib import Path

from walkdown.documents import Answer, AnswerStatus, Evidence
from walkdown.testing.asking import FixedSearcher, ScriptedModel, ask, chunk, final
from walkdown_eval.bench.drafts import ByHand, holding, read_set, result_of

LINE = {
    "id": "p1", "pack": "power", "question": "Minimum flow of P-101A?", "answerable": True,
    "gold": ["| P-101A | 40 m3/h |"],
    "right": [{"sentences": ["P-101A needs 40 m3/h.", "Not less."], "cites": [[0], [0]]}],
    "wrong": [{"sentences": ["P-101A needs 45 m3/h.", "Not less."], "cites": [[0], [0]]}],
}  # fmt: skip
ROWS = "Pump: P-101A | Minimum flow: 40 m3/h\nPump: P-101B | Minimum flow: 45 m3/h"


def evidence(*texts: str) -> list[Evidence]:
    return [Evidence(number=i, chunk=chunk(i, text), score=1.0) for i, text in enumerate(texts, 1)]


def test_a_row_is_held_where_all_its_cells_stand_in_one_line() -> None:
    assert holding("| P-101A | 40 m3/h |", evidence("P-101A is old.", ROWS)) == [2]
    assert holding("| P-101A | 45 m3/h |", evidence(ROWS)) == []
    assert holding("The pump **trips** at 3 bar.", evidence("Note. The pump trips\nat 3 bar.")) == [1]


def test_a_draft_cites_the_passages_of_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(LINE) + "\n\n", "utf-8")
    (asked,) = read_set(path)
    model = ByHand(asked.right[0], asked.gold)
    model.evidence = evidence("Nothing here.", ROWS)
    assert model.written() == "yes\nP-101A needs 40 m3/h. [2]\nNot less. [2]"
    assert ByHand(None, asked.gold).written() == "no"


def answered(text: str, status: AnswerStatus = AnswerStatus.ANSWERED) -> Answer:
    answer = final(ask(FixedSearcher(ROWS), ScriptedModel("yes\nP-101A needs 40 m3/h. [1]")))
    return answer.model_copy(update={"text": text, "status": status})


def test_of_a_wrong_draft_only_what_differs_from_the_right_ones_counts(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(LINE), "utf-8")
    (asked,) = read_set(path)
    wrong = asked.wrong[0]
    assert result_of(asked, "wrong", wrong, answered("Not less. [1]")) == "struck"
    assert result_of(asked, "wrong", wrong, answered("P-101A needs 45 m3/h. [1]")) == "stands"
    assert result_of(asked, "right", asked.right[0], answered("Not less. [1]")) == "in part"
    quoted = answered("P-101A needs 45 m3/h.", AnswerStatus.QUOTED)
    assert result_of(asked, "wrong", wrong, quoted) == "quoted"
