"""Questions about a document as a whole, answered by code: its table, a checklist, a summary, a comparison."""

import re
from collections.abc import Sequence

from walkdown.answering import phrases
from walkdown.answering.claims import join_claims
from walkdown.answering.composed import Composed, checklist, comparison, section, summary, whole_table
from walkdown.answering.line_features import question_terms
from walkdown.answering.phrases import finding
from walkdown.answering.requests import Wish, section_asked, wishes_of
from walkdown.answering.turn import Turn
from walkdown.documents import LANGUAGES, Answer, AnswerStatus, Chunk, DocumentStatus, Principal
from walkdown.reasons import say
from walkdown.retrieval.exclusions import names_excluded
from walkdown.retrieval.intent import plant_units, revisions_named
from walkdown.retrieval.search import Searcher
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.lexical import terms
from walkdown.text.request_words import of_revisions, without_requests
from walkdown.text.tags import Tag, find_tags, normal_form

_BOX = "☐ "
_HISTORY = ("개정 이력", "변경 이력", "revision history", "what change difference version compare")


def _named(turn: Turn) -> list[str]:
    """Document ids that the question names, in its order; as the passages spell them where they do."""
    spelled = {normal_form(e.chunk.document_id): e.chunk.document_id for e in turn.evidence}
    tags = _tags(turn)
    left_out = names_excluded([t.normal for t in tags], turn.plan.excluded)
    tags = [t for t in tags if t.normal not in left_out]
    named = [spelled.get(t.normal, t.text.upper()) for t in tags if t.kind == "document" or t.normal in spelled]
    return list(dict.fromkeys(named))


def _revisions(chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """Passages by revision, oldest first."""
    by: dict[tuple[str, str], list[Chunk]] = {}
    for chunk in chunks:
        by.setdefault((str(chunk.effective_date or ""), chunk.revision), []).append(chunk)
    return [by[key] for key in sorted(by)]


def _in_force(chunks: Sequence[Chunk]) -> list[Chunk]:
    return [c for c in chunks if c.status is DocumentStatus.IN_FORCE]


def _subject(turn: Turn, documents: Sequence[Sequence[Chunk]]) -> set[str]:
    """The terms of what a comparison is to be about; empty where all is: the words of the request itself are none.

    Nor are the names of the documents compared.
    """
    plan = turn.plan
    asking = " ".join([*_HISTORY, *(c[0].title for c in documents), *(t.text for t in _tags(turn))])
    noise = {t for text in (asking, asking.lower()) for t in terms(text)}
    own = {t for t in terms(without_requests(plan.compared)) if t not in FUNCTION_WORDS} - noise
    if not own:
        return set()
    said = {t for language in LANGUAGES for t in question_terms(plan, language)}
    return said - noise - (set(terms(plan.compared)) - own)


def _tags(turn: Turn) -> list[Tag]:
    return find_tags(f"{turn.plan.original} {turn.plan.question}", turn.pack.grammar)


def revisions_compared(question: str, chunks: Sequence[Chunk]) -> tuple[list[Chunk], list[Chunk]] | None:
    """The two revisions that are to be compared: those named; the one named and that before it; else the last two."""
    revisions = _revisions(chunks)
    if len(revisions) < 2:
        return None
    held = {own[0].revision.upper(): i for i, own in enumerate(revisions)}
    named = sorted({held[r] for r in revisions_named(question) if r in held})
    if len(named) > 1:
        return revisions[named[0]], revisions[named[-1]]
    newer = named[0] if named and named[0] > 0 else len(revisions) - 1
    older = named[0] if named and _TO_NOW.search(question) and named[0] < len(revisions) - 1 else newer - 1
    return revisions[older], revisions[len(revisions) - 1 if older == newer else newer]


_TO_NOW = re.compile(
    r"지금|현재|현행|최신|이후|부터|\bnow\b|\bcurrent|\blatest\b|\bsince\b|现在|現在|"
    r"actual",
    re.IGNORECASE,
)
"""A named revision beside these words is set against the one in force, not against the one before it."""


def _compared(turn: Turn, searcher: Searcher, principal: Principal) -> Composed | None:
    """Two documents that the question names by number or unit, or two revisions of one."""
    named = _named(turn)
    found = [searcher.passages(turn.pack, principal, document) for document in named[:2]]
    found = [chunks for chunks in found if chunks]
    if len(found) == 2:
        pair = [_in_force(chunks) or chunks for chunks in found]
        return comparison(pair[0], pair[1], _subject(turn, pair))
    if not found and (own := _of_two_units(turn, searcher, principal)):
        return comparison(own[0], own[1], _subject(turn, own))
    time = turn.plan.time
    if (not found and time is None) or (
        not of_revisions(turn.plan.question) and (time is None or time.kind != "changed")
    ):
        return None
    chunks = found[0] if found else searcher.passages(turn.pack, principal, turn.evidence[0].chunk.document_id)
    revisions = revisions_compared(turn.plan.question, chunks)
    return comparison(*revisions, _subject(turn, revisions)) if revisions else None


def _of_two_units(turn: Turn, searcher: Searcher, principal: Principal) -> list[list[Chunk]]:
    """The documents of the two plant units that are to be compared, each the best found whose title names its unit."""
    units = turn.plan.units
    if len(units) != 2 or not _PAPER.search(turn.plan.compared):
        return []
    titles = {e.chunk.document_id: e.chunk.title for e in turn.evidence}
    own = [next((d for d, title in titles.items() if plant_units(title) == (unit,)), "") for unit in units]
    pair = [_in_force(searcher.passages(turn.pack, principal, d)) for d in own if d]
    return pair if len(pair) == 2 and all(pair) else []


def _summary_of(turn: Turn, searcher: Searcher, principal: Principal) -> Composed | None:
    """Of the document named by its number, or by its name where the question says that it is one."""
    named = _named(turn)
    if not named and turn.evidence and _PAPER.search(turn.plan.compared):
        named = [turn.evidence[0].chunk.document_id]
    chunks = searcher.passages(turn.pack, principal, named[0]) if named else []
    return summary(_in_force(chunks)) if chunks else None


_PAPER = re.compile(
    r"절차서|지침서|문서|보고서|기준서|규격서|목록|작업표준|"
    r"\b(?:procedure|sop|document|report|specification|manual|instruction|guideline|data ?sheet|list)s?\b",
    re.IGNORECASE,
)


def _made(wish: Wish, turn: Turn, searcher: Searcher, principal: Principal) -> Composed | None:
    if wish == "comparison":
        return _compared(turn, searcher, principal)
    if wish == "summary":
        return _summary_of(turn, searcher, principal)
    named = _named(turn)
    if wish == "section":
        chunks = searcher.passages(turn.pack, principal, named[0]) if named else []
        return section(_in_force(chunks), section_asked(turn.plan.question))
    number = _TABLE_NUMBER.search(turn.plan.question)
    evidence = [e for e in turn.evidence if not named or e.chunk.document_id in named] or list(turn.evidence)
    if wish == "checklist":
        first = next((e.chunk.document_id for e in evidence if checklist([e], [e.chunk])), "")
        evidence.sort(key=lambda e: (e.chunk.document_id != first, not _heads(e.chunk, turn)))
    for item in evidence:
        chunks = [
            c
            for c in searcher.passages(turn.pack, principal, item.chunk.document_id)
            if c.revision == item.chunk.revision
        ]
        if wish == "checklist":
            made = checklist([item], chunks)
        else:
            made = whole_table([item], chunks, number["number"] if number else "")
        if made is not None and made.claims:
            return made
    return None


def _heads(chunk: Chunk, turn: Turn) -> bool:
    """True when the heading of a passage names something of the question: `Start`, of two lists of steps."""
    return bool(set(terms(" ".join(chunk.heading_path[-1:]))) & question_terms(turn.plan, chunk.language))


_TABLE_NUMBER = re.compile(
    r"(?:(?<![가-힣])표|\btable|\btabla|"
    r"表)\s?(?:no\.?\s?)?(?P<number>\d{1,2})(?!\d)",
    re.IGNORECASE,
)


def compose(turn: Turn, searcher: Searcher, principal: Principal) -> Answer | None:
    """The answer that code makes from documents; None where the question wishes no such thing, or nothing fits."""
    wishes = ((wish, _made(wish, turn, searcher, principal)) for wish in wishes_of(turn.plan, turn.pack))
    wish, made = next(((w, m) for w, m in wishes if m is not None), (None, None))
    if wish is None or made is None:
        return None
    own = turn.having(evidence=made.evidence or turn.evidence)
    if made.left_out:
        own = own.having(findings=(*own.findings, finding("left_out", own.language, count=made.left_out)))
    if not made.claims:
        return own.answer(AnswerStatus.QUOTED, phrases.composed("same", own.language))
    text = join_claims(made.claims)
    if wish == "checklist":
        text = "\n".join(f"{_BOX}{line}" for line in text.splitlines())
    opening = phrases.composed(wish, own.language)
    reason = say(wish, own.language)
    return own.answer(AnswerStatus.QUOTED, f"{opening}\n{text}", claims=made.claims, reason=reason)
