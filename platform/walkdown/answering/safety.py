"""The safety rules of a pack applied: procedures quoted and never paraphrased, requests to defeat refused."""

import re
from collections.abc import Iterable, Sequence

from walkdown.answering import phrases
from walkdown.answering.claims import join_claims
from walkdown.answering.defeat import asks_for_permission, asks_to_defeat, reads_as_defeat
from walkdown.answering.quotes import whole_passages
from walkdown.answering.spans import Span
from walkdown.answering.turn import Turn
from walkdown.documents import Answer, AnswerStatus, Chunk, DocumentStatus, Hit, Language
from walkdown.packs.safety import SafetyTopic, topics_of
from walkdown.packs.schema import Pack
from walkdown.reasons import say
from walkdown.text.tags import TagPattern

QUOTE_CHARS, WHOLE_CHARS = 1800, 900
"""A procedure is quoted at greater length than the nearest lines of a plain question: in all, and a passage of it."""
_PREFERRED = 3.5
"""Added to the log-odds of lines from the procedures that a topic names."""
_SECTIONS = 3
_URGENT = 10.0
"""Added in an emergency to the log-odds of lines of the sections that are for one: more than words can make up for."""
_EMERGENCY = re.compile(
    r"쓰러|의식|다쳤|다친|데었|데였|찔렸|베였|불(?:이)? ?(?:났|나면|붙)|폭발|터졌|터진|새고 있|누출됐|쏟았|엎질|"
    r"구조|응급|비상|대피|"
    r"\b(?:collaps\w+|unconscious|passed out|injur\w+|burnt|scald\w+|caught fire|on fire|explo\w+|burst|ruptur\w+|"
    r"spilled|spilt|leaking|emergency|rescue|evacuat\w+|first aid|casualty|trapped)\b",
    re.IGNORECASE,
)
_FOR_EMERGENCIES = re.compile(
    r"비상|응급|구조|사고|대피|유출 대응|누출 대응|"
    r"\b(?:emergenc\w+|rescue|first aid|accident|evacuation|casualt\w+|spill response)\b",
    re.IGNORECASE,
)
"""Headings of sections that say what to do in an emergency."""


def topics_for(question: str, pack: Pack, reading: str = "") -> tuple[SafetyTopic, ...]:
    """The pack's topics that a question is on, those that refuse first; a request to defeat is one whatever its words.

    Honest questions on a topic that is quoted are not refused because they share a word with one that is refused.
    `reading` is the part of the question that was read word by word from another language.
    """
    found = topics_of(pack.safety, question)
    refusing = tuple(t for t in found if t.handling == "refuse")
    if asks_to_defeat(question, pack.grammar) or reads_as_defeat(reading):
        others = [t for t in pack.safety if t.handling == "refuse"]
        return refusing or tuple(([t for t in others if t.id.startswith("defeat")] or others)[:1])
    if refusing and asks_for_permission(question, pack.grammar):
        return tuple(t for t in found if t.handling == "quote") or refusing
    return found


def refuses(
    question: str, topics: Sequence[SafetyTopic], reading: str = "", grammar: Sequence[TagPattern] = ()
) -> bool:
    """True when a question is refused outright."""
    if asks_to_defeat(question, grammar) or reads_as_defeat(reading):
        return True
    return any(t.handling == "refuse" for t in topics) and not asks_for_permission(question, grammar)


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
    return own.noted("defeat").refused(say("defeat", own.language), text, procedures=wanted)


def is_emergency(question: str) -> bool:
    """True where something has happened, and what to do now is asked."""
    return bool(_EMERGENCY.search(question))


def emergency_sections(passages: Iterable[Chunk], language: Language) -> list[Chunk]:
    """The passages that say what to do in an emergency, those in the reader's language alone where there are some."""
    found = [c for c in passages if c.heading_path and _FOR_EMERGENCIES.search(c.heading_path[-1])]
    return [c for c in found if c.language == language] or found


def emergency_hits(question: str, passages: Iterable[Chunk], hits: Sequence[Hit], language: Language) -> list[Hit]:
    """What procedures say to do in an emergency, where one is asked about and the search did not find it."""
    if not is_emergency(question):
        return []
    known = {hit.chunk.id for hit in hits}
    sections = emergency_sections((c for c in passages if c.status is DocumentStatus.IN_FORCE), language)
    return [Hit(chunk=c, score=0.0) for c in sections if c.id not in known][:_SECTIONS]


def preferred(turn: Turn, documents: Sequence[str]) -> tuple[Span, ...]:
    """The lines ranked anew: those of the procedures that a topic names come sooner, in an emergency their sections."""
    ours = {e.number for e in turn.evidence if e.chunk.document_id in documents}
    urgent: set[int] = set()
    if is_emergency(f"{turn.question} {turn.plan.reading}"):
        known = emergency_sections((e.chunk for e in turn.evidence if e.number in ours), turn.language)
        urgent = {e.number for e in turn.evidence if e.chunk in known}
    ranked = [
        s._replace(score=s.score + _PREFERRED * (s.number in ours) + _URGENT * (s.number in urgent)) for s in turn.spans
    ]
    return tuple(sorted(ranked, key=lambda s: -s.score))


def quotation(turn: Turn) -> Answer:
    """The procedure in force, word for word."""
    documents = procedures_of(turn.topics)
    spans = preferred(turn, documents)
    claims = whole_passages(spans, turn.evidence, whole=WHOLE_CHARS, budget=QUOTE_CHARS)
    text = f"{phrases.SAFETY_QUOTED[turn.language]}\n{join_claims(claims)}"
    reason = say("safety_topic", turn.language)
    return turn.answer(AnswerStatus.QUOTED, text, reason=reason, claims=claims, procedures=documents)
