"""Logistic regression of a few hundred cases, and the figures by which a probability is judged."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
PULL = 3.0
"""Strength of the pull of each weight towards where it began, per standard deviation of its feature."""
_ROUNDS = 50
_SMALL = 1e-9


class Bin(NamedTuple):
    """Cases of similar probability: how many, the mean probability said, and the share that was so."""

    cases: int
    said: float
    was: float


def probabilities(bias: float, weights: Array, rows: Array) -> Array:
    """Probability of each row, in (0, 1)."""
    odds = np.clip(bias + rows @ weights, -30.0, 30.0)
    return np.asarray(1.0 / (1.0 + np.exp(-odds)), np.float64)


def fit(rows: Array, labels: Array, start: Array, *, pull: float = PULL) -> tuple[float, Array]:
    """Bias and weights by Newton's method (IRLS) with an L2 pull of the weights towards `start`.

    `rows` are standardised: one row a case, one column a feature. The bias is free. A step that makes things worse is
    halved: a whole one leaps over the best place where a feature speaks of a few cases only, and may never come back.
    """
    design = np.hstack([np.ones((len(rows), 1)), rows])
    share = float(np.clip(labels.mean(), 0.01, 0.99))
    towards = np.concatenate([[np.log(share / (1 - share))], start])
    strength = np.diag([_SMALL, *([pull] * rows.shape[1])])

    def cost(at: Array) -> float:
        return surprise(design @ at, labels) * len(labels) + float((at - towards) @ strength @ (at - towards)) / 2

    found, reached = towards.copy(), cost(towards)
    for _ in range(_ROUNDS):
        p = probabilities(0.0, found, design)
        slope = design.T @ (labels - p) - strength @ (found - towards)
        curve = (design * (p * (1 - p) + _SMALL)[:, None]).T @ design + strength
        step = np.linalg.solve(curve, slope)
        while (cost_there := cost(found + step)) > reached and float(np.abs(step).max()) >= _SMALL:
            step = step / 2
        if float(np.abs(step).max()) < _SMALL:
            break
        found, reached = found + step, cost_there
    return float(found[0]), found[1:]


def surprise(odds: Array, labels: Array) -> float:
    """Mean log loss of log-odds: how surprising what was so is to whoever said them, lower is better."""
    return float(np.mean(np.logaddexp(0.0, odds) - labels * odds))


def auc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """Probability that a positive is ranked above a negative, ties half; None where one kind is missing."""
    if not len(positives) or not len(negatives):
        return None
    high, low = np.asarray(positives)[:, None], np.asarray(negatives)[None, :]
    return float((high > low).mean() + 0.5 * (high == low).mean())


def brier(said: Array, labels: Array) -> float:
    """Mean squared difference of what was said and what was so: 0 is perfect, lower is better."""
    return float(((said - labels) ** 2).mean())


def reliability(said: Array, labels: Array, bins: int = 10) -> list[Bin]:
    """Cases in `bins` groups of equal size, by probability."""
    order = np.argsort(said, kind="stable")
    groups = [part for part in np.array_split(order, min(bins, len(order))) if len(part)]
    return [Bin(len(part), float(said[part].mean()), float(labels[part].mean())) for part in groups]
