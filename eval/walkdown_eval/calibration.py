"""Fits the probability that the passages found answer a question, and tells what it is worth.

Dev questions are looked up twice: as they are, and with the documents that hold their answers left out. The first are
to be told from the second and from the near misses that the set knows to be unanswerable. What is reported was always
said of questions that the weights had not seen: by tenths of the questions, and pack by pack.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Literal, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict

from walkdown.answering.answerable import FEATURES, features, rules_refuse
from walkdown.documents import Evidence, Hit
from walkdown.errors import UsageError
from walkdown.packs.calibration import Calibration
from walkdown.packs.schema import EvaluationQuestion, Pack
from walkdown.retrieval.lexicon import WORDED
from walkdown.retrieval.understanding import QueryPlan
from walkdown_eval.fitting import apart, tenths, tuned
from walkdown_eval.logistic import Array, Bin, auc, brier, reliability
from walkdown_eval.scorers import run_of

Kind = Literal["answerable", "withheld", "near miss"]
KINDS: tuple[Kind, ...] = ("answerable", "withheld", "near miss")
Look = Callable[[EvaluationQuestion, Sequence[str]], tuple[QueryPlan, Sequence[Evidence]]]
"""The plan of a question and the passages found without some documents."""
LOSS = 0.015
"""Share of the answerable questions whose passage was found that the threshold may cost."""
_LEAST = 8
"""Cases of each sort below which nothing is fitted."""


class Case(BaseModel):
    """One question in one of the ways it was asked: what was found, and what the rules of the gate say already."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pack: str
    id: str
    kind: Kind
    found: bool
    ruled_out: bool
    values: dict[str, float | None]

    @property
    def answerable(self) -> bool:
        """True when the passages found hold the answer, as far as the set knows."""
        return self.kind == "answerable" and self.found


class Refused(NamedTuple):
    """Of one kind of question: how many, how many the rules refuse, and how many with the threshold."""

    cases: int
    by_rules: int
    in_all: int


class Figures(NamedTuple):
    """What probabilities said of unseen questions are worth.

    `lost`: of the answerable questions whose passage was found and that pass the rules, those below the threshold.
    """

    auc: dict[Kind, float | None]
    brier: float
    base: float
    bins: list[Bin]
    threshold: float
    lost: int
    refused: dict[Kind, Refused]


class Calibrated(NamedTuple):
    """A calibration, its figures by tenths of the questions, and those pack by pack where there are several.

    `pull` is how strongly the weights are held to where they began.
    """

    calibration: Calibration
    folds: Figures
    packs: Figures | None
    pull: float


def gather(pack: Pack, questions: Sequence[EvaluationQuestion], look: Look) -> list[Case]:
    """The cases of a set. Safety topics are quoted whatever is found, and are left out."""
    cases = []
    for question in questions:
        if "safety" in question.tags or question.language not in WORDED:
            continue
        withheld = sorted({e.document_id for e in question.evidence})
        ways: list[tuple[Kind, Sequence[str]]] = [("near miss", ())]
        if question.answerable:
            ways = [("answerable", ()), ("withheld", withheld)]
        cases += [_case(pack, question, kind, look(question, without)) for kind, without in ways]
    return cases


def _case(pack: Pack, question: EvaluationQuestion, kind: Kind, looked: tuple[QueryPlan, Sequence[Evidence]]) -> Case:
    plan, evidence = looked
    hits = [Hit(chunk=e.chunk, score=e.score) for e in evidence]
    found = kind == "answerable" and any(name.startswith("evidence-") for name in run_of(hits, question))
    values = features(plan, evidence, pack)
    return Case(pack=pack.name, id=question.id, kind=kind, found=found, ruled_out=rules_refuse(values), values=values)


def calibrate(cases: Sequence[Case], start: Calibration | None = None, *, loss: float = LOSS) -> Calibrated:
    """Fit all cases, from `start` on where one is given, and report on unseen ones. Raises UsageError.

    The threshold is the highest that refuses at most `loss` of the answerable questions whose passage was found and
    that pass the rules, said of unseen questions.
    """
    labels = _labels(cases)
    if min(labels.sum(), len(cases) - labels.sum()) < _LEAST:
        raise UsageError(
            f"The set has {len(cases)} cases, of which {int(labels.sum())} were found; too few to fit anything.",
            f"Write at least {_LEAST} answerable dev questions whose passage is found, or leave the product's weights.",
        )
    folds = _unseen(cases, labels, tenths([case.id for case in cases]), start)
    threshold = _threshold(cases, folds, loss)
    names = sorted({case.pack for case in cases})
    by_pack = None
    if len(names) > 1:
        unseen = _unseen(cases, labels, [case.pack for case in cases], start)
        by_pack = _figures(cases, labels, unseen, _threshold(cases, unseen, loss))
    calibration, pull = _fitted(cases, labels, start)
    calibration = calibration.model_copy(update={"threshold": threshold})
    return Calibrated(calibration, _figures(cases, labels, folds, threshold), by_pack, pull)


def _fitted(cases: Sequence[Case], labels: Array, start: Calibration | None) -> tuple[Calibration, float]:
    groups = apart([case.pack for case in cases], [case.id for case in cases])
    return tuned([case.values for case in cases], labels, groups, FEATURES, start)


def _labels(cases: Sequence[Case]) -> Array:
    return np.array([float(case.answerable) for case in cases])


def _unseen(cases: Sequence[Case], labels: Array, groups: Sequence[Hashable], start: Calibration | None) -> Array:
    """Probability of each case by weights fitted on the cases of all other groups."""
    said = np.zeros(len(cases))
    for group in dict.fromkeys(groups):
        others = [i for i, g in enumerate(groups) if g != group]
        weights, _ = _fitted([cases[i] for i in others], labels[others], start)
        for i, g in enumerate(groups):
            if g == group:
                said[i] = weights.probability(cases[i].values)
    return said


def _threshold(cases: Sequence[Case], said: Array, loss: float) -> float:
    """The highest threshold, in hundredths, below which at most `loss` of the questions that should pass fall."""
    passing = sorted(p for case, p in zip(cases, said, strict=True) if case.answerable and not case.ruled_out)
    allowed = int(loss * len(passing))
    return int(passing[allowed] * 100) / 100


def _figures(cases: Sequence[Case], labels: Array, said: Array, threshold: float) -> Figures:
    pairs = list(zip(cases, said, strict=True))
    right = [p for case, p in pairs if case.answerable]
    share = float(labels.mean())
    lost = sum(p < threshold for case, p in pairs if case.answerable and not case.ruled_out)
    refused: dict[Kind, Refused] = {}
    for kind in KINDS:
        of_kind = [(case, p) for case, p in pairs if case.kind == kind and case.found == (kind == "answerable")]
        ruled = sum(case.ruled_out for case, _ in of_kind)
        refused[kind] = Refused(len(of_kind), ruled, sum(case.ruled_out or p < threshold for case, p in of_kind))
    return Figures(
        auc={kind: auc(right, [p for case, p in pairs if case.kind == kind]) for kind in KINDS[1:]},
        brier=brier(said, labels),
        base=share * (1 - share),
        bins=reliability(said, labels),
        threshold=threshold,
        lost=lost,
        refused=refused,
    )
