"""A statement that only repeats the question is no answer, however well its words stand in the passage.

Looked at where it would be all of an answer: among others it may be a step or the name of what they are about.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.grounding import content_words
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reader import Reader
from walkdown.documents import Check, Claim
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.glossary import find_terms
from walkdown.retrieval.lexicon import concepts
from walkdown.text.held_words import holds, terms_of

_ASKS_FOR = re.compile(
    r"몇|며칠|얼마|언제|누가|누구|어디|어느|어떤|어떻|무엇|뭐|무슨|왜|"
    r"\b(?:what|how|when|who|whom|whose|which|where|why)\b|什么|多少|几|哪|谁|何|いつ|どこ|だれ|どの|"
    r"\b(?:qué|cuánto|cuánta|cuántos|cuántas|cuál|cuándo|dónde|quién|cómo|por qué)\b",
    re.IGNORECASE,
)
"""Words that ask for something to be named."""
_YES_OR_NO = re.compile(
    r"(?:^|[.,;:?]\s*|\b(?:and|or|so|then|but) )(?:is|are|was|were|do|does|did|can|could|may|might|must|should|shall|"
    r"has|have|had|will|would|isn't|aren't|don't|doesn't|can't)\b|"
    r"(?:까|나|니|지|냐|가|죠|요|돼|되|해|어|아|야|음|습니까|ㅂ니까)\s*[?？]*\s*$|吗|か[。？?]?\s*$|^¿?(?:es|está|puede|debe|hay)\b",
    re.IGNORECASE,
)
"""A question to be answered by yes or no may be answered by saying it again; `TK-305 low alarm?` may not."""

_CHOICE = re.compile(r"\bor\b|아니면|혹은|还是|或者|それとも|または|¿.*\bo\b", re.IGNORECASE)
"""A choice is answered with one of the words it offers."""
_SMALL_ES = frozenset(
    "el la los las un una unos unas del al de que se es son está están por para con en y o lo su sus como más pero le "
    "les mi ya luego entonces también este esta esto después primero".split()
)
"""Spanish words by which a question is put as a statement: `cierro las válvulas, luego soplo la manguera`."""
_SAYS_NOTHING = re.compile(
    r"(?:에 의해|에 따라|대로|으로|로)?\s*(?:결정|정의|규정|설정|지정|기재|명시)"
    r"(?:된다|됩니다|되며|되어 있다|되어 있습니다|되었다)|"
    r"(?:에 의해|에 따라)?\s*정해(?:진다|집니다|져 있다|져 있습니다)|"
    r"\b(?:is|are|was|were) (?:determined|defined|specified|given|set|described|stated|based)"
    r"(?: (?:by|in|on|according to))?\b",
    re.IGNORECASE,
)
"""That something is laid down somewhere, without what."""


def check_echo(
    question: str, claim: Claim, reader: Reader, glossary: Sequence[GlossaryEntry] = (), reading: str = ""
) -> Check:
    """The claim is no question, and says more than the question, in whatever words, where something is asked for.

    `reading` is the question in English where it was read from another language: either may be said again.
    """
    if claim.text.rstrip().endswith(("?", "？")):
        return failed("echo", "is_question")
    if _CHOICE.search(question) or (not _ASKS_FOR.search(question) and _YES_OR_NO.search(question)):
        return skipped("echo", "nothing_asked")
    text = _SAYS_NOTHING.sub(" ", claim.text)
    if _figures(text, reader) <= _figures(question, reader) and not reader.written(text):
        known = terms_of(" ".join((question, reading, *_other_words(reading or question, glossary))))
        if all(holds(known, word) for word in content_words(text) if word not in _SMALL_ES):
            return failed("echo", "says_no_more")
    return passed("echo")


def _figures(text: str, reader: Reader) -> set[str]:
    """Amounts, tags and codes of a text: what it names beside its words."""
    amounts = {f"{q.value} {q.unit}" for q in reader.quantities(text)}
    return amounts | {tag.normal for tag in reader.tags(text)} | reader.codes(text)


def _other_words(question: str, glossary: Sequence[GlossaryEntry]) -> list[str]:
    """The names of what a question speaks of, in both languages."""
    spoken = concepts(question, find_terms(question, glossary), ())
    return [name for concept in spoken for name in (*concept.ko, *concept.en)]
