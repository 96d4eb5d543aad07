"""How likely it is that the passages found answer the question: named features, weighed by a calibration.

What is looked at is the question against the passages, never the question alone: the near misses of an evaluation set
are all short questions about a tag, and a model that learned that would tell how the set was written. The weights were
fitted on questions in Korean and English, so one that was not read into either has no figure. Decision 0032 tells what
it is worth.
"""

from collections.abc import Sequence
from typing import NamedTuple

from walkdown.answering.gate import missing_amounts, missing_tags, missing_terms
from walkdown.answering.phrases import unlikely
from walkdown.answering.verification.sources import evidence_text
from walkdown.documents import Evidence, Language
from walkdown.packs.calibration import Values, product_calibration
from walkdown.packs.schema import Pack
from walkdown.retrieval.naming import asked_among, names
from walkdown.retrieval.understanding import QueryPlan

FEATURES = ("missing_terms", "missing_tags", "missing_amounts", "first", "documents", "lead")
"""What is weighed, see `features`."""
_RULES = ("missing_terms", "missing_tags", "missing_amounts")
_SCORE = 10.0
"""Scores of the reordering are log-odds of some tens: divided by this they are in the range of the other features."""
_MOST_TERMS = 2
_ENOUGH = 6
"""Passages that can be set against each other."""


class Judged(NamedTuple):
    """The probability that the passages answer, what it is made of, and the words that no passage names."""

    probability: float
    threshold: float
    values: dict[str, float | None]
    unnamed: tuple[str, ...]

    @property
    def refuses(self) -> bool:
        """True below the threshold."""
        return self.probability < self.threshold

    def reason(self, language: Language) -> str:
        """Why a question is refused below the threshold, and what is missing."""
        return unlikely(self.probability, self.threshold, self.unnamed, language)


def judge(plan: QueryPlan, evidence: Sequence[Evidence], pack: Pack) -> Judged | None:
    """How likely the passages answer; None without passages, and for questions that nothing put into words."""
    if not evidence or not plan.worded:
        return None
    calibration = pack.calibration or product_calibration()
    values = features(plan, evidence, pack)
    own = pack.manifest.thresholds.evidence
    threshold = calibration.threshold if own is None else own
    about = _About(plan, pack, [evidence_text(e) for e in evidence])
    return Judged(calibration.probability(values), threshold, values, about.unnamed)


def rules_refuse(values: Values) -> bool:
    """True where a rule of the gate refuses already: nothing found names a tag or a term, or holds such an amount."""
    return any(values.get(name) for name in _RULES)


def features(plan: QueryPlan, evidence: Sequence[Evidence], pack: Pack) -> dict[str, float | None]:
    """The features by name; None where one cannot be told.

    `missing_terms`, `missing_tags`, `missing_amounts`: what the rules of the gate find. `first`: share of what is asked
    about that the first passage names. `documents`: how many documents the passages are of, for each passage.
    `lead`: of the first passage over the sixth, by the score of the reordering.
    """
    found = evidence[: pack.manifest.retrieval.evidence]
    texts = [evidence_text(e) for e in found]
    about = _About(plan, pack, texts)
    return {
        "missing_terms": float(min(_MOST_TERMS, len(missing_terms(plan, evidence, pack)))),
        "missing_tags": float(bool(missing_tags(plan, evidence, pack))),
        "missing_amounts": float(missing_amounts(plan, evidence, pack)),
        "first": about.share(texts[0]) if texts else 0.0,
        "documents": _documents(found),
        "lead": _lead(found, pack),
    }


class _About:
    """What a question is about; a word of how someone speaks counts only where a passage has it."""

    def __init__(self, plan: QueryPlan, pack: Pack, texts: Sequence[str]) -> None:
        self._concepts = asked_among(plan.compared, texts, pack.glossary)
        self.unnamed = tuple(c.written for c in self._concepts if not any(names(text, c) for text in texts))

    def share(self, text: str) -> float:
        """Share of it that a text names; 1 where there is nothing to name."""
        if not self._concepts:
            return 1.0
        return sum(names(text, c) for c in self._concepts) / len(self._concepts)


def _documents(found: Sequence[Evidence]) -> float | None:
    """None where there are few passages, as in a library of a few pages."""
    return len({e.chunk.document_id for e in found}) / len(found) if len(found) >= _ENOUGH else None


def _lead(found: Sequence[Evidence], pack: Pack) -> float | None:
    """None where there are few passages, or scores of another kind: nothing was reordered, or a model judged too."""
    parameters = pack.manifest.retrieval
    if len(found) < _ENOUGH or parameters.reranker == "none" or parameters.judge is not None:
        return None
    return (found[0].score - found[_ENOUGH - 1].score) / _SCORE
