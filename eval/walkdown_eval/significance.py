"""Whether two systems differ on the same questions: the paired randomisation test (Smucker et al. 2007)."""

from collections.abc import Sequence

import numpy as np

ROUNDS = 10_000


def paired_randomisation(a: Sequence[float], b: Sequence[float], *, rounds: int = ROUNDS, seed: int = 0) -> float:
    """Two-sided p-value for the difference of the means of paired scores.

    Under the null hypothesis each pair's signs may be swapped at random; p is the share of `rounds` random swaps whose
    difference is at least the observed one, the observed swap counted. 1.0 when the pairs are all equal. Raises
    ValueError when the lengths differ or nothing is compared.
    """
    if len(a) != len(b) or not a:
        raise ValueError("a paired test needs two equally long, non-empty lists of scores")
    differences = np.asarray(a, np.float64) - np.asarray(b, np.float64)
    observed = abs(differences.sum())
    signs = np.random.default_rng(seed).choice(np.array([-1.0, 1.0]), size=(rounds, len(differences)))
    extreme = int((np.abs(signs @ differences) >= observed - 1e-12).sum())
    return (extreme + 1) / (rounds + 1)
