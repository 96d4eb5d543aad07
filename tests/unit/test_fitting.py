"""From named features to weights: what few cases have is held back, and how strongly is chosen on unseen packs."""

import numpy as np
import pytest

from walkdown_eval.fitting import PULLS, apart, chosen_pull, fitted, tenths, tuned
from walkdown_eval.logistic import fit


def test_a_feature_of_one_case_in_thousands_does_not_run_away() -> None:
    rows = np.zeros((20_000, 1))
    rows[0] = 141.0
    labels = np.zeros(20_000)
    labels[:200] = 1.0
    bias, weights = fit(rows, labels, np.zeros(1))
    assert 0 < weights[0] < 0.1 and bias == pytest.approx(np.log(0.01 / 0.99), abs=0.1)
    cases = [{"rare": float(i == 0)} for i in range(20_000)]
    assert 0 < fitted(cases, labels, ["rare"]).features["rare"].weight < 10


def drawn(packs: int, share: float, seed: int = 3) -> tuple[list[dict[str, float | None]], np.ndarray, list[str]]:
    """Cases of several packs whose label follows `real` in every pack, and `own` with another sign in each."""
    draw = np.random.default_rng(seed)
    cases: list[dict[str, float | None]] = []
    labels, groups = [], []
    for pack in range(packs):
        for _ in range(120):
            real, own = draw.normal(), draw.normal()
            odds = share * real + (1 - share) * own * (3 if pack % 2 else -3)
            labels.append(float(draw.random() < 1 / (1 + np.exp(-odds))))
            cases.append({"real": real, "own": own, "told": None})
            groups.append(f"pack {pack}")
    return cases, np.array(labels), groups


def test_what_holds_in_every_pack_is_held_back_less_than_what_does_not() -> None:
    names = ["real", "own", "told"]
    cases, labels, groups = drawn(4, 1.0)
    calibration, pull = tuned(cases, labels, groups, names)
    assert pull <= 30 and calibration.features["real"].weight > 0.5
    assert calibration.features["told"].weight == 0
    cases, labels, groups = drawn(2, 0.0)
    assert chosen_pull(cases, labels, groups, names) == max(PULLS)


def test_one_group_says_nothing_of_unseen_ones() -> None:
    cases, labels, _ = drawn(1, 1.0)
    assert chosen_pull(cases, labels, ["a"] * len(cases), ["real"]) == 3.0
    ids = [f"q{i}" for i in range(len(cases))]
    assert apart(["a"] * len(cases), ids) == tenths(ids) and apart(["a", "b"], ["x", "y"]) == ["a", "b"]
