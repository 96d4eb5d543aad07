"""The gate of a publication: which figures a new version must reach, and how far it may fall behind the old one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from walkdown.packs.faults import Fault, error_of
from walkdown.packs.files import parse_yaml, read_text, schema_faults

GATE = "gate.yaml"
Share = Annotated[float, Field(ge=0, le=1)]
Figure = Literal[
    "R@1", "R@5", "R@10", "Success@5", "nDCG@10", "RR@10",
    "citation_hit", "number_match", "refusal_precision", "refusal_recall", "as_expected",
]  # fmt: skip
Figures = Mapping[str, float | None]
"""Figures by name; None could not be measured."""


class GateRules(BaseModel):
    """The content of gate.yaml. Without the file only a fall behind the version in service is refused.

    `least` are the lowest figures a new version may have. `fall` is the most that a figure of retrieval may be below
    that of the version in service, `answer_fall` one of the answers, which are fewer. `answer_questions` is how many
    questions are asked where a language model is there; 0 asks none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    set: Literal["dev", "test"] = "test"
    least: dict[Figure, Share] = Field(default_factory=dict)
    fall: Share = 0.03
    answer_fall: Share = 0.1
    answer_questions: Annotated[int, Field(ge=0, le=1000)] = 20


class Judgement(NamedTuple):
    """One figure at the gate: its value, that of the version in service, and why it does not hold ("" if it does)."""

    figure: str
    value: float | None
    before: float | None
    reason: str

    @property
    def holds(self) -> bool:
        """True when this figure does not stand against publishing."""
        return not self.reason


def read_gate(folder: Path, faults: list[Fault]) -> GateRules:
    """The rules of a pack; the default ones when it has none or, with faults, when they are wrong."""
    if not (folder / GATE).is_file():
        return GateRules()
    text = read_text(folder, GATE, faults)
    data, node = parse_yaml(text, GATE, faults) if text is not None else (None, None)
    if node is None:
        return GateRules()
    try:
        return GateRules.model_validate(data)
    except ValidationError as error:
        faults += schema_faults(error, GATE, node)
        return GateRules()


def load_gate(folder: Path) -> GateRules:
    """The rules of a pack. Raises PackError."""
    faults: list[Fault] = []
    rules = read_gate(folder, faults)
    if faults:
        raise error_of(faults, folder)
    return rules


def judge(rules: GateRules, figures: Figures, before: Figures | None, *, answers: Figures) -> list[Judgement]:
    """Every figure against the rules and against the version in service, where there is one.

    `figures` are those of retrieval. `answers` is empty where nothing was asked: a least value of an answer's figure
    then cannot be judged, and does not hold, since nobody knows.
    """
    old: Figures = before or {}
    found = [_judged(name, value, old.get(name), rules, rules.fall) for name, value in figures.items()]
    found += [_judged(name, value, old.get(name), rules, rules.answer_fall) for name, value in answers.items()]
    known = {judgement.figure for judgement in found}
    for name, least in rules.least.items():
        if name not in known:
            found.append(Judgement(name, None, None, f"it was not measured, and the gate wants at least {least:.2f}"))
    return found


def _judged(name: str, value: float | None, before: float | None, rules: GateRules, fall: float) -> Judgement:
    least: Mapping[str, float] = rules.least  # type: ignore[assignment]  # the names are strings
    reason = ""
    if value is None:
        reason = f"it was not measured, and the gate wants at least {least[name]:.2f}" if name in least else ""
    elif name in least and value < least[name]:
        reason = f"{value:.3f} is below the least of {least[name]:.3f}"
    elif before is not None and value < before - fall - 1e-9:
        reason = f"{value:.3f} is more than {fall:.3f} below the {before:.3f} of the version in service"
    return Judgement(name, value, before, reason)
