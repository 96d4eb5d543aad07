"""The prefetch branches of a search: one group per language, weighed against each other."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from walkdown.documents import Language
from walkdown.index.store import Branch
from walkdown.packs.schema import RetrievalParameters
from walkdown.retrieval.understanding import Form, QueryPlan
from walkdown.text.lexical import query_vector

Vectors = Mapping[tuple[str, str], npt.NDArray[np.float32]]
"""(encoder name, wording) -> the question's vector."""


def _form_branches(form: Form, *, own: bool, vectors: Vectors, parameters: RetrievalParameters) -> list[Branch]:
    """The branches of one wording, with weights relative to each other; those of weight 0 are left out."""
    reads = own or form.origin == "translation"
    factor = parameters.translation_weight if form.origin == "translation" else 1.0
    weights = parameters.dense_weights if reads else parameters.cross_weights
    place = (parameters.candidates, (form.language,))
    branches = [
        Branch(f"{encoder}:{form.language}:{form.origin}", encoder, vector, factor * weights.get(encoder, 0.0), *place)
        for (encoder, text), vector in vectors.items()
        if text == form.encoded
    ]
    sparse = query_vector(form.text, expansions=form.expansions)
    # Words that nothing put into the passages' language rank poorly: they match by chance; tags have their own branch.
    if sparse.indices and (reads or form.reading):
        weight = factor * parameters.sparse_weight
        branches.append(Branch(f"lexical:{form.language}:{form.origin}", "sparse", sparse, weight, *place))
    return [branch for branch in branches if branch.weight > 0]


def _scaled(branches: Sequence[Branch], total: float) -> list[Branch]:
    """The branches with weights that add up to `total`."""
    summed = sum(branch.weight for branch in branches)
    return [branch._replace(weight=branch.weight * total / summed) for branch in branches] if summed else []


def build_branches(plan: QueryPlan, vectors: Vectors, parameters: RetrievalParameters) -> list[Branch]:
    """The branches of a plan; each searches only passages in its form's language.

    Ranking inside each language and fusing the ranks keeps an encoder's preference for the question's own language
    from burying the others. All branches of another language together weigh `cross_share` of the question's own, so
    that the lists are merged at a known rate however many branches there are.
    """
    groups: dict[Language, list[Branch]] = {}
    for form in plan.forms:
        own = form.language == plan.language
        groups.setdefault(form.language, []).extend(
            _form_branches(form, own=own, vectors=vectors, parameters=parameters)
        )
    own_total = sum(branch.weight for branch in groups.get(plan.language, ())) or 1.0
    branches = []
    for language, group in groups.items():
        total = own_total if language == plan.language else own_total * parameters.cross_share
        branches += _scaled(group, total) if total else []
    if plan.tags and parameters.tag_weight > 0:
        branches.append(Branch("tags", "tags", plan.tags, parameters.tag_weight, parameters.candidates))
    return branches
