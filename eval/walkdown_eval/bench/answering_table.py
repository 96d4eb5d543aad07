"""What one system answered to one question, scored the same way for all, and the table of them by pack and language."""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from walkdown.documents import Answer, Evidence
from walkdown.packs.schema import EvaluationQuestion
from walkdown.text.quantities import find_quantities, same_quantity
from walkdown_eval import scorers

_CITED = re.compile(r"\[(\d+)\]")
_REFUSAL = re.compile(
    r"찾을 수 없|포함되어 있지 않|나와 있지 않|명시되어 있지 않|언급되(?:어 있)?지 않|정보가 없|"
    r"\b(?:not (?:provided|mentioned|specified|stated|available|included|contain)|no information|"
    r"cannot be (?:found|determined)|do(?:es)? not (?:contain|mention|provide|specify|state))",
    re.IGNORECASE,
)
"""How a peer, which has no status of its own, says that the passages do not hold the answer."""
_HEAD = (
    "system", "questions", "answered", "number exact, of those", "quoted", "refused", "refused of those without answer",
    "answered of those without answer", "citation precision", "citation recall", "numbers that stand nowhere", "struck",
    "first token s", "tokens/s", "seconds", "overhead s",
)  # fmt: skip


class Row(NamedTuple):
    """What one system answered to one question; None where it could not be scored or was not measured."""

    system: str
    pack: str
    question: EvaluationQuestion
    status: str
    text: str
    numbers: float | None
    cited: float | None
    recalled: float | None
    wrong_numbers: int
    struck: int
    seconds: float
    overhead: float | None = None
    first: float | None = None
    rate: float | None = None

    def told(self) -> dict[str, Any]:
        """The row as one line of JSON."""
        own = {k: v for k, v in self._asdict().items() if k != "question"}
        asked = self.question
        return {"id": asked.id, "q": asked.question, "gold": asked.answer, "answerable": asked.answerable, **own}


def row_of(system: str, pack: str, asked: EvaluationQuestion, answer: Answer, seconds: float) -> Row:
    """Score an answer. One without claims cites by numbers in brackets and refuses by words."""
    cited = {n for claim in answer.claims for n in claim.citations} or {int(n) for n in _CITED.findall(answer.text)}
    status = answer.status.value
    if not answer.claims and status == "answered" and _REFUSAL.search(answer.text):
        status = "refused"
    shown = [e for e in answer.evidence if e.number in cited] if status in ("answered", "quoted") else []
    right = [any(scorers.carries(e.chunk, g) for g in asked.evidence) for e in shown]
    found = [any(scorers.carries(e.chunk, g) for e in shown) for g in asked.evidence]
    scored = asked.answerable and status in ("answered", "quoted")
    return Row(
        system=system,
        pack=pack,
        question=asked,
        status=status,
        text=answer.text,
        numbers=scorers.number_match(answer, asked) if asked.answerable and status == "answered" else None,
        cited=(sum(right) / len(right) if right else 0.0) if scored else None,
        recalled=sum(found) / len(found) if scored and found else None,
        wrong_numbers=wrong_numbers(answer.text, answer.evidence) if status == "answered" else 0,
        struck=len(answer.struck),
        seconds=seconds,
    )


def wrong_numbers(text: str, evidence: Sequence[Evidence]) -> int:
    """Numbers with a unit in an answer that stand in none of its passages."""
    stated = [q for e in evidence for q in find_quantities(e.chunk.text)]
    shown = [q for q in find_quantities(text) if q.unit]
    return sum(not any(s.unit and same_quantity(q, s) for s in stated) for q in shown)


def _mean(values: Sequence[float | None]) -> str:
    scored = [v for v in values if v is not None]
    return f"{sum(scored) / len(scored):.2f}" if scored else "-"


def table(rows: Sequence[Row]) -> str:
    """Markdown: a row for each system over all, by pack and by language."""
    lines = ["| " + " | ".join(_HEAD) + " |", "|" + "---|" * len(_HEAD)]
    groups: list[tuple[str, Callable[[Row], bool]]] = [("", lambda _: True)]
    groups += [(name, lambda r, name=name: r.pack == name) for name in dict.fromkeys(r.pack for r in rows)]  # type: ignore[misc]
    languages = dict.fromkeys(r.question.language for r in rows)
    groups += [(name, lambda r, name=name: r.question.language == name) for name in languages]  # type: ignore[misc]
    for group, belongs in groups:
        for system in dict.fromkeys(r.system for r in rows):
            own = [r for r in rows if r.system == system and belongs(r)]
            lines.append(_line(f"{system}, {group}" if group else f"**{system}**", own))
    return "\n".join(lines)


def _line(name: str, own: Sequence[Row]) -> str:
    there = [r for r in own if r.question.answerable]
    absent = [r for r in own if not r.question.answerable]

    def count(rows: Sequence[Row], status: str) -> int:
        return sum(r.status == status for r in rows)

    numbers = [r.numbers for r in there if r.numbers is not None]
    cells = [
        name, len(own), f"{count(there, 'answered')} of {len(there)}", f"{int(sum(numbers))} of {len(numbers)}",
        count(there, "quoted"), count(there, "refused"), f"{count(absent, 'refused')} of {len(absent)}",
        count(absent, "answered"), _mean([r.cited for r in own]), _mean([r.recalled for r in own]),
        sum(r.wrong_numbers for r in own), sum(r.struck for r in own), _mean([r.first for r in own]),
        _mean([r.rate for r in own]), _mean([r.seconds for r in own]), _mean([r.overhead for r in own]),
    ]  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"
