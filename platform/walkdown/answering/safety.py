"""The safety rules of a pack applied: procedures quoted and never paraphrased, requests to defeat refused."""

from collections.abc import Sequence

from walkdown.answering import phrases
from walkdown.answering.claims import join_claims
from walkdown.answering.defeat import asks_for_permission, asks_to_defeat
from walkdown.answering.quotes import quote_claims
from walkdown.answering.spans import Span
from walkdown.answering.turn import Turn
from walkdown.documents import Answer, AnswerStatus, Evidence
from walkdown.packs.safety import SafetyTopic, topics_of
from walkdown.packs.schema import Pack

QUOTE_CHARS = 1100
"""A procedure is quoted at greater length than the nearest lines of a plain question."""
_PREFERRED = 0.6
"""Added to the rank of lines from the procedures that a topic names (a standard deviation and a bit)."""


def topics_for(question: str, pack: Pack) -> tuple[SafetyTopic, ...]:
    """The pack's topics that a question is on, those that refuse first; a request to defeat is one whatever its words.

    Honest questions on a topic that is quoted are not refused because they share a word with one that is refused.
    """
    found = topics_of(pack.safety, question)
    refusing = tuple(t for t in found if t.handling == "refuse")
    if asks_to_defeat(question):
        others = [t for t in pack.safety if t.handling == "refuse"]
        return refusing or tuple(([t for t in others if t.id.startswith("defeat")] or others)[:1])
    if refusing and asks_for_permission(question):
        return tuple(t for t in found if t.handling == "quote") or refusing
    return found


def refuses(question: str, topics: Sequence[SafetyTopic]) -> bool:
    """True when a question is refused outright."""
    if asks_to_defeat(question):
        return True
    return any(t.handling == "refuse" for t in topics) and not asks_for_permission(question)


def procedures_of(topics: Sequence[SafetyTopic]) -> tuple[str, ...]:
    """The documents that topics name, each once."""
    return tuple(dict.fromkeys(document for topic in topics for document in topic.documents))


def refusal(turn: Turn) -> Answer:
    """Refused, with the procedure for doing it rightly; its passages are attached, nothing of them is quoted."""
    named = {e.chunk.document_id: e.chunk.title for e in turn.evidence}
    wanted = procedures_of(turn.topics)
    lines = [f"- {named.get(document, '')} ({document})".replace("-  (", "- (") for document in wanted]
    text = "\n".join([phrases.DEFEAT[turn.language], *lines])
    own = turn.having(evidence=tuple(e for e in turn.evidence if e.chunk.document_id in wanted))
    return own.refused("asks how to defeat a protection", text, procedures=wanted)


def preferred(spans: Sequence[Span], evidence: Sequence[Evidence], documents: Sequence[str]) -> tuple[Span, ...]:
    """The lines ranked anew: those of the procedures that a topic names come sooner."""
    ours = {e.number for e in evidence if e.chunk.document_id in documents}
    ranked = [s._replace(score=s.score + _PREFERRED) if s.number in ours else s for s in spans]
    return tuple(sorted(ranked, key=lambda s: -s.score))


def quotation(turn: Turn) -> Answer:
    """The procedure in force, word for word."""
    documents = procedures_of(turn.topics)
    spans = preferred(turn.spans, turn.evidence, documents)
    claims = quote_claims(spans, turn.evidence, budget=QUOTE_CHARS)
    text = f"{phrases.SAFETY_QUOTED[turn.language]}\n{join_claims(claims)}"
    return turn.answer(AnswerStatus.QUOTED, text, reason="safety topic", claims=claims, procedures=documents)
