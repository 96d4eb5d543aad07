"""Weighted reciprocal rank fusion (Cormack et al. 2009) of the branches of a search, as pure functions.

The engine's own weighted fusion returns neither the rank in each branch, which every hit must show, nor the plain
form `weight / (k + rank)`. So an engine runs all branches in one batched call and this fuses their rankings, the
same for every engine. Ties are broken by reading order, so equal input gives equal output.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

K = 60
"""Damping constant of the fusion unless a search asks for another."""


class Candidate(NamedTuple):
    """A point that a branch found: its score there and what ranking needs of its passage."""

    id: str
    score: float
    document_id: str
    ordinal: int
    language: str
    tags: tuple[str, ...]


class Ranking(NamedTuple):
    """One branch's ranks (from 1) by point id, with the branch's name and weight."""

    name: str
    weight: float
    ranks: Mapping[str, int]


class Fused(NamedTuple):
    """A point with its fused score and the share of each branch that found it."""

    id: str
    score: float
    shares: dict[str, float]


def ranks_by_score(candidates: Iterable[Candidate]) -> dict[str, int]:
    """Ranks by falling score; equal scores (to six digits, the engines' precision) share the better rank."""
    scores = {c.id: float(f"{c.score:.6g}") for c in candidates}
    ranks: dict[str, int] = {}
    rank_of: dict[float, int] = {}
    for place, (point, score) in enumerate(sorted(scores.items(), key=lambda item: -item[1]), 1):
        ranks[point] = rank_of.setdefault(score, place)
    return ranks


def ranks_by_tags(candidates: Iterable[Candidate], wanted: Sequence[str], languages: Sequence[str]) -> dict[str, int]:
    """Ranks by exactly matched tags: 1 with all of `wanted`, one more per missing tag; none of them, no rank.

    The rank depends on the passage alone. So it is given to the candidates of all branches, and a tag that occurs in
    more passages than a branch may return still helps each of them.
    """
    asked = set(wanted)
    matched = {c.id: len(asked & set(c.tags)) for c in candidates if not languages or c.language in languages}
    return {point: 1 + len(asked) - count for point, count in matched.items() if count}


def fuse(rankings: Sequence[Ranking], candidates: Mapping[str, Candidate], limit: int, *, k: int = K) -> list[Fused]:
    """The best `limit` points, best first; `candidates` holds every ranked point.

    `k` damps the first ranks: the smaller it is, the more the first places of one branch count against wide agreement.
    """
    shares: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for ranking in rankings:
        for point, rank in ranking.ranks.items():
            shares[point][ranking.name] = ranking.weight / (k + rank)
    fused = [Fused(point, math.fsum(parts.values()), parts) for point, parts in shares.items()]

    def order(item: Fused) -> tuple[float, str, int, str]:
        candidate = candidates[item.id]
        return -item.score, candidate.document_id, candidate.ordinal, item.id

    return sorted(fused, key=order)[:limit]
