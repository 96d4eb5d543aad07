"""How near each found passage is to the question by an encoder, on one scale for all languages.

The fused search ranks inside each language, since ranks of two languages cannot be compared. Cosines can: the encoder
reads the question against every passage found, whatever its language, and the wording in the passage's language too.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from walkdown.documents import Hit
from walkdown.retrieval.branches import Vectors
from walkdown.retrieval.understanding import QueryPlan

_SPREAD = 3.0
"""Standard deviations that make 1: nearness then lies in about [-1, 1], as the other features do."""


class Near(NamedTuple):
    """A passage's cosine with the question and with the nearest wording in its language, against the others found."""

    question: float = 0.0
    wording: float = 0.0


def _standard(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    spread: float = _SPREAD * float(values.std()) + 1e-6
    return np.asarray((values - values.mean()) / spread, np.float64)


def nearness(
    plan: QueryPlan,
    hits: Sequence[Hit],
    asked: Vectors,
    passages: Mapping[str, npt.NDArray[np.float32]],
    encoder: str,
) -> dict[str, Near]:
    """Nearness by chunk id; `passages` are vectors of length 1 by chunk id, `asked` those of the plan's wordings.

    Empty when a passage has no vector (it was just replaced): the other features then order alone.
    """
    whole = asked.get((encoder, plan.question))
    if whole is None or not hits or any(hit.chunk.id not in passages for hit in hits):
        return {}
    wordings: dict[str, list[npt.NDArray[np.float32]]] = {}
    for form in plan.forms:
        vector = asked.get((encoder, form.encoded))
        if vector is not None and form.origin != "original":
            wordings.setdefault(form.language, []).append(vector)
    found = [(hit.chunk.language, passages[hit.chunk.id]) for hit in hits]
    to_question = np.array([float(whole @ row) for _, row in found])
    to_wording = np.array([max(float(v @ row) for v in wordings.get(language, [whole])) for language, row in found])
    pairs = zip(hits, _standard(to_question), _standard(to_wording), strict=True)
    return {hit.chunk.id: Near(float(question), float(wording)) for hit, question, wording in pairs}
