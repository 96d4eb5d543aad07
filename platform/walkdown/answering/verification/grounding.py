"""Whether the words of a claim stand in the passage it cites: the subject must be the passage's, not the question's.

A small model likes to repeat the question with a number from a neighbouring line ("the lube oil alarm is 85 °C" from
a passage on bearings). Its number passes; its subject does not. So the question never counts as support here.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.sources import evidence_text
from walkdown.documents import Check, Claim, Evidence
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.glossary import find_terms
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.languages import detect_language
from walkdown.text.lexical import terms
from walkdown.text.quantities import find_quantities

MIN_GROUNDED = 0.6
"""Share of a claim's content words that the cited passage must hold when both are in one language."""
MIN_RELEVANT = 0.3
"""Share of the question's content words that the cited passage must hold when both are in one language."""

_CODE = re.compile(r"(?=[A-Za-z0-9\-/.]*\d)[A-Za-z0-9]+(?:[-/.][A-Za-z0-9]+)*")
_PARTICLE = re.compile(r"(?<=[가-힣])(?:이다|입니다|이며|이고|인가요?|이야|여야|[은는이가을를의])$")
_WORD = re.compile(r"[가-힣]+|[぀-ヿ]+|[一-鿿]+|[A-Za-zÀ-ɏ]{2,}")

_OF_ANSWERS = frozenset(
    "according revision document documents procedure passage evidence states stated says specified section table "
    "문서 문서에 절차서 절차서에 개정 근거 근거에 따르면 명시 규정 answer yes note 답 네 아니오".split()
)
"""Words by which an answer speaks of its sources."""


def content_words(text: str) -> list[str]:
    """Words that carry meaning, lower case, without function words; codes and numbers are left to other checks."""
    for q in reversed(find_quantities(text)):
        text = f"{text[: q.start]} {text[q.end :]}"
    words = [m.lower() for m in _WORD.findall(_CODE.sub(" ", text))]
    words = [w for w in words if w not in _OF_ANSWERS]
    return [w for w in words if w not in FUNCTION_WORDS and _PARTICLE.sub("", w) not in FUNCTION_WORDS]


def _holds(held: set[str], word: str) -> bool:
    """True when a passage's terms hold a word; a Korean word may carry a particle, so half its bigrams will do."""
    wanted = terms(word)
    return bool(wanted) and sum(t in held for t in wanted) * 2 >= len(wanted)


def _share(words: Sequence[str], cited: Sequence[Evidence]) -> float:
    held = {t for e in cited for t in terms(evidence_text(e))}
    return sum(_holds(held, w) for w in words) / len(words)


def check_grounding(claim: Claim, cited: Sequence[Evidence]) -> Check:
    """Enough of the claim's content words stand in the cited passage. Only within one language."""
    language = detect_language(claim.text)
    same = [e for e in cited if e.chunk.language == language]
    words = content_words(claim.text)
    if not same:
        return skipped("grounding", "claim and passage are in different languages")
    if not words:
        return skipped("grounding", "the claim holds no content word")
    share = _share(words, same)
    if share < MIN_GROUNDED:
        return failed("grounding", f"only {share:.0%} of its words stand in the cited passage")
    return passed("grounding", f"{share:.0%} of its words")


def check_relevance(question: str, cited: Sequence[Evidence], glossary: Sequence[GlossaryEntry]) -> Check:
    """The cited passage speaks of what was asked: a true statement beside the point is no answer.

    Across languages the question's glossary terms take the place of its words.
    """
    language = detect_language(question)
    same = [e for e in cited if e.chunk.language == language]
    words = content_words(question)
    if same and words:
        share = _share(words, same)
        if share < MIN_RELEVANT:
            return failed("relevance", f"only {share:.0%} of the question's words stand in the cited passage")
        return passed("relevance", f"{share:.0%} of the question's words")
    asked = find_terms(question, glossary)
    if same or not asked:
        return skipped("relevance", "the question gives nothing to compare")
    named = [t for t in asked if _names(cited, t.entry)]
    if not named:
        return failed("relevance", "the cited passage names none of the terms asked")
    return passed("relevance", ", ".join(t.entry.en for t in named))


def _names(cited: Sequence[Evidence], entry: GlossaryEntry) -> bool:
    text = "\n".join(evidence_text(e) for e in cited)
    found = find_terms(text, (entry,))
    if found:
        return True
    # A term may stand there inflected or compounded: then its words do.
    words = [w for form in (entry.ko, entry.en) if (w := content_words(form))]
    return any(all(_holds(set(terms(text)), word) for word in form) for form in words)


def check_terms(claim: Claim, cited: Sequence[Evidence], glossary: Sequence[GlossaryEntry]) -> Check:
    """Every glossary term of the claim is named in the cited passage, in either language or as a synonym.

    Across languages a document may use other words than the glossary: then most of them must be.
    """
    used = {t.entry.en: t.entry for t in find_terms(claim.text, glossary)}
    if not used:
        return skipped("terms", "the claim uses no glossary term")
    missing = [name for name, entry in used.items() if not _names(cited, entry)]
    across = all(e.chunk.language != detect_language(claim.text) for e in cited)
    if missing and (not across or 2 * len(missing) > len(used)):
        return failed("terms", f"the cited passage does not speak of {', '.join(missing)}")
    return passed("terms", ", ".join(used))
