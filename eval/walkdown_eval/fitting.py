"""From cases with named features to the calibration that Walkdown reads."""

from collections.abc import Sequence

import numpy as np

from walkdown.packs.calibration import Calibration, Values, Weight
from walkdown_eval.logistic import Array, fit


def fitted(
    cases: Sequence[Values], labels: Array, names: Sequence[str], start: Calibration | None = None
) -> Calibration:
    """The weights of `names`, pulled towards those of `start`, or to 0; the threshold is left at 0.

    `labels`: 1.0 for each case that is so, else 0.0. A feature that cannot be told of a case is at its mean.
    """
    known = {n: np.array([v for case in cases if (v := case.get(n)) is not None] or [0.0]) for n in names}
    means = np.array([known[n].mean() for n in names])
    spreads = np.array([known[n].std() for n in names])
    spreads = np.where(spreads > 0, spreads, 1.0)
    given = start.features if start else {}
    began = np.array([given[n].weight if n in given else 0.0 for n in names]) * spreads
    raw = np.array([[np.nan if (v := case.get(n)) is None else v for n in names] for case in cases])
    bias, weights = fit(np.nan_to_num((raw - means) / spreads), labels, began)
    parts = zip(names, weights / spreads, means, strict=True)
    # Rounded: what the file says is what is computed.
    features = {n: Weight(weight=round(float(w), 4), mean=round(float(m), 4)) for n, w, m in parts}
    return Calibration(bias=round(bias, 4), features=features, threshold=0.0, questions=len(cases))
