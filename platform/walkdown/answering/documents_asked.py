"""Questions about a document as a whole, answered by code: its table, a checklist, a summary, a comparison."""

from collections.abc import Sequence

from walkdown.answering import phrases
from walkdown.answering.claims import join_claims
from walkdown.answering.composed import Composed, checklist, comparison, summary, whole_table
from walkdown.answering.line_features import question_terms
from walkdown.answering.phrases import finding
from walkdown.answering.requests import wish_of
from walkdown.answering.turn import Turn
from walkdown.documents import LANGUAGES, Answer, AnswerStatus, Chunk, DocumentStatus, Principal
from walkdown.reasons import say
from walkdown.retrieval.exclusions import names_excluded
from walkdown.retrieval.search import Searcher
from walkdown.text.tags import find_tags, normal_form

_BOX = "☐ "


def _named(turn: Turn) -> list[str]:
    """Document ids that the question names, in its order; as the passages spell them where they do."""
    spelled = {normal_form(e.chunk.document_id): e.chunk.document_id for e in turn.evidence}
    tags = find_tags(f"{turn.plan.original} {turn.plan.question}", turn.pack.grammar)
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


def _compared(turn: Turn, searcher: Searcher, principal: Principal) -> Composed | None:
    """Two documents that the question names, or the last two revisions of one."""
    named = _named(turn)
    wanted = {t for language in LANGUAGES for t in question_terms(turn.plan, language)}
    found = [searcher.passages(turn.pack, principal, document) for document in named[:2]]
    found = [chunks for chunks in found if chunks]
    if len(found) == 2:
        return comparison(_in_force(found[0]) or found[0], _in_force(found[1]) or found[1], wanted)
    if not found and turn.plan.time is None:
        return None
    chunks = found[0] if found else searcher.passages(turn.pack, principal, turn.evidence[0].chunk.document_id)
    revisions = _revisions(chunks)
    return comparison(revisions[-2], revisions[-1], wanted) if len(revisions) > 1 else None


def _made(wish: str, turn: Turn, searcher: Searcher, principal: Principal) -> Composed | None:
    if wish == "comparison":
        return _compared(turn, searcher, principal)
    named = _named(turn)
    if wish == "summary":
        chunks = searcher.passages(turn.pack, principal, named[0]) if named else []
        return summary(_in_force(chunks)) if chunks else None
    evidence = [e for e in turn.evidence if not named or e.chunk.document_id in named] or list(turn.evidence)
    make = whole_table if wish == "table" else checklist
    for item in evidence:
        chunks = [
            c
            for c in searcher.passages(turn.pack, principal, item.chunk.document_id)
            if c.revision == item.chunk.revision
        ]
        made = make([item], chunks)
        if made is not None and made.claims:
            return made
    return None


def compose(turn: Turn, searcher: Searcher, principal: Principal) -> Answer | None:
    """The answer that code makes from documents; None where the question wishes no such thing, or nothing fits."""
    wish = wish_of(turn.plan)
    made = _made(wish, turn, searcher, principal) if wish else None
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
