"""Orders the passages that the fused search found, by a small linear model over the features of `features`.

Two rules stand above the model. A passage that names the asked equipment comes before one that names only its twin
(P-101B never above P-101A when P-101A is asked). Of passages with nearly the same text only one is kept, the one for
the asked unit first.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from walkdown.documents import Chunk, Hit
from walkdown.packs.schema import Pack
from walkdown.retrieval.exclusions import is_of_excluded, names_excluded
from walkdown.retrieval.features import NAMES, NOTHING_NEAR, feature_rows, read_passage
from walkdown.retrieval.intent import plant_units
from walkdown.retrieval.nearness import Near
from walkdown.retrieval.understanding import QueryPlan

WEIGHTS: Mapping[str, float] = {
    "fused": 5.9,
    "cover_head": 5.3,
    "cover_line": 6.7,
    "cover_all": 4.2,
    "number_in_line": 0.2,
    "time_in_line": 0.9,
    "number_missing": -1.5,
    "unit_same": 1.8,
    "unit_apart": -1.5,
    "tag_text": 0.3,
    "tag_head": 0.3,
    "same_language": 0.0,
    "length": 5.8,
    "asked_numbers": 1.5,
    "near_question": 0.8,
    "near_wording": 2.6,
    "revised": 4.7,
    "named_line": 9.1,
    "kind_missing": -3.8,
}
"""Fitted on the packs' dev questions alone (decision 0031), scaled to leads that the evidence gate reads.

A pack may give its own.
"""

NEAR_DUPLICATE = 0.9
"""Share of terms in common (Jaccard) above which two passages say the same."""


def _is_twin(tag: str, others: Sequence[str]) -> bool:
    """True when a neighbour of a tag is among others: the same but for its last letter or digit."""
    return any(other != tag and len(other) == len(tag) and other[:-1] == tag[:-1] for other in others)


def tag_class(plan: QueryPlan, chunk: Chunk) -> int:
    """0 for a passage that names an asked tag or none of its twins, 1 for one that names only a twin.

    Also 1 for one that names what the question leaves out and nothing asked. Where others are asked for and no tag,
    a passage that names others beside what is left out is as good as any.
    """
    if any(tag in chunk.tags for tag in plan.tags):
        return 0
    if plan.excluded:
        left_out = names_excluded(chunk.tags, plan.excluded)
        if left_out and (plan.tags or left_out == set(chunk.tags)):
            return 1
        if is_of_excluded(" ".join((chunk.title, *chunk.heading_path)), plan.excluded):
            return 1
    return int(any(_is_twin(tag, chunk.tags) for tag in plan.tags))


class Ordered(NamedTuple):
    """Hits in the order of the model, and what each feature contributes to the score of each, by chunk id."""

    hits: list[Hit]
    contributions: dict[str, dict[str, float]]


def rerank(plan: QueryPlan, hits: Sequence[Hit], pack: Pack, near: Mapping[str, Near] = NOTHING_NEAR) -> Ordered:
    """Hits in the order of the model, with its score; the share of each branch stays as the search gave it.

    A hit's score is then the model's log-odds against the other hits, no longer the sum of the shares.
    """
    given = pack.manifest.retrieval.rerank_weights
    weights = np.array([given.get(name, WEIGHTS[name]) for name in NAMES])
    parts = feature_rows(plan, hits, pack, near) * weights
    scores = parts.sum(axis=1)
    order = sorted(range(len(hits)), key=lambda i: (tag_class(plan, hits[i].chunk), -scores[i], i))
    contributions = {
        hit.chunk.id: dict(zip(NAMES, map(float, row), strict=True)) for hit, row in zip(hits, parts, strict=True)
    }
    return Ordered([hits[i].model_copy(update={"score": float(scores[i])}) for i in order], contributions)


def without_duplicates(hits: Sequence[Hit], units: Sequence[str] = (), most: int | None = None) -> list[Hit]:
    """The first `most` hits without those that say nearly the same, in the same language and revision, as a better one.

    Where the question names none of the plant's `units`, the same line of two units is two answers: both are kept.
    """
    kept: list[Hit] = []
    sets: list[frozenset[str]] = []
    for hit in hits:
        if len(kept) == most:
            break
        held = read_passage(hit.chunk).text | frozenset(hit.chunk.tags)
        if not units:
            held |= {f"unit {n}" for n in plant_units(" ".join((hit.chunk.title, *hit.chunk.heading_path)))}
        if not any(_same(hit.chunk, held, other.chunk, seen) for other, seen in zip(kept, sets, strict=True)):
            kept.append(hit)
            sets.append(held)
    return kept


def _same(a: Chunk, held: frozenset[str], b: Chunk, seen: frozenset[str]) -> bool:
    """True when two passages differ in little; a difference in numbers or tags is never little."""
    if (a.language, a.revision) != (b.language, b.revision) or not held or not seen:
        return False
    if len(held & seen) / len(held | seen) < NEAR_DUPLICATE:
        return False
    return not any(any(c.isdigit() for c in term) for term in held ^ seen)
