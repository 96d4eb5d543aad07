"""Why a passage was found and where it stands: what a person needs to replay a search by hand.

Everything shown is what the search itself used; the same question over the same index gives the same figures.
"""

from collections.abc import Mapping, Sequence

from walkdown.documents import Explanation, Hit
from walkdown.index.store import Branch
from walkdown.packs.schema import Pack
from walkdown.retrieval.features import named_concepts
from walkdown.retrieval.understanding import QueryPlan


def explain(
    plan: QueryPlan,
    hits: Sequence[Hit],
    pack: Pack,
    branches: Sequence[Branch],
    contributions: Mapping[str, Mapping[str, float]],
) -> list[Explanation]:
    """One explanation per hit, in order; `contributions` are those of `rerank.order`, by chunk id."""
    weights = {branch.name: branch.weight for branch in branches}
    constant = pack.manifest.retrieval.rank_constant
    return [
        Explanation(
            ranks={name: round(weights[name] / share - constant) for name, share in hit.scores.items() if share},
            named=named_concepts(plan, hit.chunk, pack),
            tags=tuple(tag for tag in plan.tags if tag in hit.chunk.tags),
            contributions={k: round(v, 4) for k, v in contributions.get(hit.chunk.id, {}).items() if v},
        )
        for hit in hits
    ]
