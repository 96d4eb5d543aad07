"""Fits how likely a line of the passages found answers the question, and tells what the order of lines is worth.

Dev questions are looked up as they are and with the documents that hold their answers left out; near misses as they
are. A line is right where the quoted evidence of the question stands in it. What is reported was always said of
questions that the weights had not seen.
"""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np

from walkdown.answering.line_features import LINE_FEATURES, Line, Similarity, line_features
from walkdown.answering.spans import split_lines
from walkdown.documents import Evidence
from walkdown.errors import UsageError
from walkdown.packs.calibration import Calibration, Values
from walkdown.packs.schema import EvaluationQuestion, Pack
from walkdown.retrieval.lexicon import WORDED
from walkdown_eval.calibration import Look
from walkdown_eval.fitting import apart, tenths, tuned
from walkdown_eval.logistic import Array, Bin, auc, brier, reliability
from walkdown_eval.scorers import holds_quote

DEPTHS = (1, 2, 3, 5)
_LEAST = 8


class LineCase(NamedTuple):
    """One question in one of the ways it was asked: the features of each line found, and which are right."""

    pack: str
    id: str
    values: list[dict[str, float | None]]
    right: list[bool]


class LineFigures(NamedTuple):
    """Said of unseen questions: share of those with a right line whose first so many hold one, and probabilities.

    `before` is the same for the lines in the order of their passages.
    """

    questions: int
    found: dict[int, float]
    before: dict[int, float]
    auc: float | None
    brier: float
    base: float
    bins: list[Bin]


class LinesCalibrated(NamedTuple):
    """The weights, their figures by tenths of the questions and pack by pack, and how strongly they are held to 0."""

    calibration: Calibration
    folds: LineFigures
    packs: LineFigures | None
    pull: float


def gather_lines(
    pack: Pack, questions: Sequence[EvaluationQuestion], look: Look, similarity: Similarity
) -> list[LineCase]:
    """The lines found for each question of a set. Safety topics are quoted by whole passages, and are left out."""
    cases = []
    for question in questions:
        if "safety" in question.tags or question.language not in WORDED:
            continue
        ways: list[Sequence[str]] = [()]
        if question.answerable:
            ways.append(sorted({e.document_id for e in question.evidence}))
        for without in ways:
            plan, evidence = look(question, without)
            lines = [Line(i, a, b) for i, e in enumerate(evidence) for a, b in split_lines(e.chunk.text)]
            if lines:
                values = line_features(plan, evidence, lines, pack, similarity)
                right = [not without and question.answerable and _is_right(line, evidence, question) for line in lines]
                cases.append(LineCase(pack.name, question.id, values, right))
    return cases


def _is_right(line: Line, evidence: Sequence[Evidence], question: EvaluationQuestion) -> bool:
    chunk = evidence[line.passage].chunk
    return any(holds_quote(chunk, chunk.text[line.start : line.end], e) for e in question.evidence)


def calibrate_lines(cases: Sequence[LineCase]) -> LinesCalibrated:
    """Fit all cases and report on unseen ones. Raises UsageError where too few have a right line."""
    if sum(any(case.right) for case in cases) < _LEAST:
        raise UsageError(
            f"Only {sum(any(case.right) for case in cases)} questions have a right line among those found.",
            f"Write at least {_LEAST} answerable dev questions whose quoted line is found.",
        )
    folds = _figures(cases, _unseen(cases, tenths([case.id for case in cases])))
    packs = [case.pack for case in cases]
    by_pack = _figures(cases, _unseen(cases, packs)) if len(set(packs)) > 1 else None
    calibration, pull = _fitted(cases)
    return LinesCalibrated(calibration.model_copy(update={"questions": len(cases)}), folds, by_pack, pull)


def _fitted(cases: Sequence[LineCase]) -> tuple[Calibration, float]:
    values: list[Values] = [v for case in cases for v in case.values]
    of_case = apart([case.pack for case in cases], [case.id for case in cases])
    groups = [group for case, group in zip(cases, of_case, strict=True) for _ in case.values]
    return tuned(values, np.array([float(r) for case in cases for r in case.right]), groups, LINE_FEATURES)


def _unseen(cases: Sequence[LineCase], groups: Sequence[Hashable]) -> list[Array]:
    """Probabilities of the lines of each case, by weights fitted on the cases of all other groups."""
    said: dict[int, Array] = {}
    for group in dict.fromkeys(groups):
        weights, _ = _fitted([case for case, g in zip(cases, groups, strict=True) if g != group])
        for i, g in enumerate(groups):
            if g == group:
                said[i] = np.array([weights.probability(v) for v in cases[i].values])
    return [said[i] for i in range(len(cases))]


def _figures(cases: Sequence[LineCase], said: Sequence[Array]) -> LineFigures:
    pairs = [(np.array(case.right), p) for case, p in zip(cases, said, strict=True)]
    ranked = [right[np.argsort(-p, kind="stable")] for right, p in pairs if right.any()]
    labels = np.concatenate([right for right, _ in pairs]).astype(np.float64)
    probabilities = np.concatenate([p for _, p in pairs])
    share = float(labels.mean())
    return LineFigures(
        questions=len(ranked),
        found=_shares(ranked),
        before=_shares([right for right, _ in pairs if right.any()]),
        auc=auc(list(probabilities[labels > 0]), list(probabilities[labels == 0])),
        brier=brier(probabilities, labels),
        base=share * (1 - share),
        bins=reliability(probabilities, labels),
    )


def _shares(ranked: Sequence[Array]) -> dict[int, float]:
    return {depth: float(np.mean([right[:depth].any() for right in ranked])) for depth in DEPTHS}


def to_markdown(calibrated: LinesCalibrated) -> str:
    """The weights and their figures as tables."""
    lines = ["| feature | weight | mean |", "|---|---|---|"]
    lines += [f"| {n} | {w.weight:+.2f} | {w.mean:.2f} |" for n, w in calibrated.calibration.features.items()]
    lines += [
        "",
        f"| weights from | questions | {' | '.join(f'right line in {d}' for d in DEPTHS)} | AUC | Brier | base |",
    ]
    lines += ["|" + "---|" * (5 + len(DEPTHS))]
    folds = calibrated.folds
    lines.append(_row("lines as found", folds.questions, folds.before, None))
    lines.append(_row("nine tenths of the questions", folds.questions, folds.found, folds))
    if calibrated.packs:
        lines.append(_row("the other packs", calibrated.packs.questions, calibrated.packs.found, calibrated.packs))
    lines += ["", f"Each weight is held to 0 with {calibrated.pull:g} for each standard deviation."]
    lines += ["", "| lines | probability said | share that was so |", "|---|---|---|"]
    lines += [f"| {b.cases} | {b.said:.3f} | {b.was:.3f} |" for b in folds.bins]
    return "\n".join(lines)


def _row(name: str, questions: int, found: dict[int, float], figures: LineFigures | None) -> str:
    tail = ["", "", ""]
    if figures:
        tail = [f"{figures.auc or 0:.3f}", f"{figures.brier:.4f}", f"{figures.base:.4f}"]
    return "| " + " | ".join([name, str(questions), *(f"{found[d]:.2f}" for d in DEPTHS), *tail]) + " |"
