"""A statement that only repeats the question is no answer, however well its words stand in the passage.

Looked at where it would be all of an answer: among others it may be a step or the name of what they are about.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Reader
from walkdown.documents import Check, Claim
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.glossary import find_terms
from walkdown.retrieval.lexicon import concepts

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


def check_echo(question: str, claim: Claim, reader: Reader, glossary: Sequence[GlossaryEntry] = ()) -> Check:
    """The claim is no question, and says more than the question, in whatever words, where something is asked for."""
    if claim.text.rstrip().endswith(("?", "？")):
        return failed("echo", "it is a question")
    if not _ASKS_FOR.search(question) and _YES_OR_NO.search(question):
        return skipped("echo", "the question asks for nothing to be named")
    said = reader.features(claim.text)
    amounts = {(q.value, q.unit) for q in reader.quantities(claim.text)}
    known = {(q.value, q.unit) for q in reader.quantities(question)}
    if (
        said
        and said <= _asked_in_any_words(question, reader, glossary)
        and amounts <= known
        and not reader.written(claim.text)
    ):
        return failed("echo", "it says no more than the question")
    return passed("echo")


def _asked_in_any_words(question: str, reader: Reader, glossary: Sequence[GlossaryEntry]) -> frozenset[str]:
    spoken = concepts(question, find_terms(question, glossary), ())
    return reader.features(question).union(*(reader.features(name) for c in spoken for name in (*c.ko, *c.en)))
