"""Whether the cited passage speaks of what was asked: a true statement beside the point is no answer.

The question is taken concept by concept, by glossary and lexicon, so that "디오 알람" meets "DO low alarm" and a
passage in the other language is held to the same measure. Words by which one asks carry no weight.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.grounding import content_words
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.sources import evidence_text
from walkdown.documents import Check, Claim, Evidence
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.lexicon import Concept
from walkdown.retrieval.naming import asked_concepts, is_manner, names
from walkdown.text.asked_amounts import is_of_kind, kind_of_unit
from walkdown.text.quantities import find_quantities

MIN_NAMED = 0.4
"""Share of the question's concepts that the cited passages must name."""
MIN_NAMED_BARE = 0.6
"""The same for an amount alone, which takes its subject from the question."""


def is_bare(claim: Claim) -> bool:
    """True when a claim holds an amount and no word of what it is of ("1 month")."""
    return bool(find_quantities(claim.text)) and not content_words(claim.text)


def check_relevance(
    question: str, cited: Sequence[Evidence], glossary: Sequence[GlossaryEntry], *, bare: bool = False
) -> Check:
    """The cited passages name enough of what the question names; of an amount alone more is wanted."""
    asked = _asked_of(question, [evidence_text(e) for e in cited], glossary)
    if not asked:
        return skipped("relevance", "nothing_to_compare")
    share = sum(named for _, named in asked) / len(asked)
    if share < (MIN_NAMED_BARE if bare else MIN_NAMED):
        missing = ", ".join(c.written for c, named in asked if not named)
        return failed("relevance", "share_asked_missing", share=f"{share:.0%}", missing=missing)
    return passed("relevance", "share_asked", share=f"{share:.0%}")


def _asked_of(question: str, texts: Sequence[str], glossary: Sequence[GlossaryEntry]) -> list[tuple[Concept, bool]]:
    """What the question asks about, and whether the texts name it; how someone speaks is left out."""
    asked = [
        (c, any(names(text, c) or _states(text, c.written) for text in texts))
        for c in asked_concepts(question, glossary)
    ]
    amounts = {q.text.lower() for q in find_quantities(question)}
    return [(c, named) for c, named in asked if named or not (is_manner(c) or c.written.lower() in amounts)]


_BOUND = re.compile(
    r"(?:max|min|maximum|minimum|limit|upper|lower|highest|lowest|최대|최소|최고|최저|상한|하한|한계|한도|허용)"
)
_RATE = re.compile(r"(?:rates?|speed|속도|변화율)")
_PER_TIME = re.compile(r"/\s?(?:s|sec|min|h|hr|d|day)$|\bper\b|당$")


def _states(text: str, word: str) -> bool:
    """True when a text states by an amount what a word asks for: a maximum, a rate, an amount in hertz."""
    if kind := kind_of_unit(word):
        return any(is_of_kind(q, [kind]) for q in find_quantities(text))
    if _BOUND.fullmatch(word.lower()):
        return any(q.comparator != "=" for q in find_quantities(text))
    return bool(_RATE.fullmatch(word.lower())) and any(_PER_TIME.search(q.unit) for q in find_quantities(text))


def share_named(question: str, text: str, glossary: Sequence[GlossaryEntry]) -> float:
    """Share of what a question asks about that a text names, 0 to 1; 1 where there is nothing to name."""
    asked = _asked_of(question, [text], glossary)
    return sum(named for _, named in asked) / len(asked) if asked else 1.0
