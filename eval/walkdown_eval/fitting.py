"""From cases with named features to the calibration that Walkdown reads."""

import zlib
from collections.abc import Hashable, Sequence

import numpy as np

from walkdown.packs.calibration import Calibration, Values, Weight
from walkdown_eval.logistic import PULL, Array, fit, surprise

FOLDS = 10
PULLS = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
"""Strengths of the pull that are tried."""
LEAST_SPREAD = 0.1
"""Standard deviation below which a feature counts as one of this spread: what few cases have is held to its beginning,
however well these few are parted by it. Features lie in [-1, 1], are counts of one or two, or log-odds."""


def fitted(
    cases: Sequence[Values],
    labels: Array,
    names: Sequence[str],
    start: Calibration | None = None,
    *,
    pull: float = PULL,
) -> Calibration:
    """The weights of `names`, pulled towards those of `start`, or to 0; the threshold is left at 0.

    `labels`: 1.0 for each case that is so, else 0.0. A feature that cannot be told of a case is at its mean.
    """
    raw = _raw(cases, names)
    means, spreads = _measure(raw)
    bias, weights = fit(_standard(raw, means, spreads), labels, _began(names, start) * spreads, pull=pull)
    parts = zip(names, weights / spreads, means, strict=True)
    # Rounded: what the file says is what is computed.
    features = {n: Weight(weight=round(float(w), 4), mean=round(float(m), 4)) for n, w, m in parts}
    return Calibration(bias=round(bias, 4), features=features, threshold=0.0, questions=len(cases))


def chosen_pull(
    cases: Sequence[Values],
    labels: Array,
    groups: Sequence[Hashable],
    names: Sequence[str],
    start: Calibration | None = None,
) -> float:
    """The strength by which weights fitted without a group are least surprised by that group, over all groups.

    A group is what new questions will differ in: a pack, or some of the questions where there is one pack.
    """
    raw, began = _raw(cases, names), _began(names, start)
    of = np.array([list(dict.fromkeys(groups)).index(g) for g in groups])
    if of.max() == 0:
        return PULL
    surprises = dict.fromkeys(PULLS, 0.0)
    for group in range(of.max() + 1):
        left, held = of != group, of == group
        means, spreads = _measure(raw[left])
        rows = _standard(raw, means, spreads)
        for pull in PULLS:
            bias, weights = fit(rows[left], labels[left], began * spreads, pull=pull)
            surprises[pull] += surprise(bias + rows[held] @ weights, labels[held]) * int(held.sum())
    return min(PULLS, key=lambda pull: (surprises[pull], -pull))


def tuned(
    cases: Sequence[Values],
    labels: Array,
    groups: Sequence[Hashable],
    names: Sequence[str],
    start: Calibration | None = None,
) -> tuple[Calibration, float]:
    """The weights of `names` with the strength of the pull that serves unseen groups best, and that strength."""
    pull = chosen_pull(cases, labels, groups, names, start)
    return fitted(cases, labels, names, start, pull=pull), pull


def apart(packs: Sequence[str], ids: Sequence[str]) -> list[Hashable]:
    """The groups of `tuned`: the packs where there are several, else tenths of the questions."""
    return list(packs) if len(set(packs)) > 1 else tenths(ids)


def tenths(ids: Sequence[str]) -> list[Hashable]:
    """A tenth for each question, the same in every run and for all ways in which it is asked."""
    return [zlib.crc32(name.encode()) % FOLDS for name in ids]


def _raw(cases: Sequence[Values], names: Sequence[str]) -> Array:
    return np.array([[np.nan if (v := case.get(n)) is None else v for n in names] for case in cases], np.float64)


def _measure(raw: Array) -> tuple[Array, Array]:
    """Means and standard deviations of the columns, over the cases of which the feature can be told."""
    known = [column[~np.isnan(column)] for column in raw.T]
    means = np.array([column.mean() if len(column) else 0.0 for column in known])
    spreads = np.array([column.std() if len(column) else 0.0 for column in known])
    return means, np.maximum(spreads, LEAST_SPREAD)


def _standard(raw: Array, means: Array, spreads: Array) -> Array:
    return np.nan_to_num((raw - means) / spreads)


def _began(names: Sequence[str], start: Calibration | None) -> Array:
    given = start.features if start else {}
    return np.array([given[n].weight if n in given else 0.0 for n in names])
