"""What is answered without asking a model: what safety refuses, what no passage names, what is put together by code."""

from collections.abc import Sequence

from walkdown.answering import phrases, safety
from walkdown.answering.documents_asked import compose
from walkdown.answering.gate import MIN_COVERAGE, coverage, missing_amounts, missing_tags, missing_terms
from walkdown.answering.nearest import NEAR_WITHOUT_TERM, nearest_lines
from walkdown.answering.phrases import finding
from walkdown.answering.turn import Turn
from walkdown.documents import Answer, Principal
from walkdown.reasons import say
from walkdown.retrieval.foreign import said_as
from walkdown.retrieval.search import Searcher


def without_model(turn: Turn, searcher: Searcher, principal: Principal, *, has_model: bool) -> Answer | None:
    """The answer where no model is needed or allowed; None where one is."""
    if safety.refuses(turn.plan.said, turn.topics, turn.plan.reading, turn.pack.grammar):
        return safety.refusal(turn)
    if not turn.evidence:
        return turn.noted("no_passage").refused(say("no_passage", turn.language))
    absent = missing_tags(turn.plan, turn.evidence, turn.pack)
    if absent:
        near = [f for t in turn.plan.unknown_tags if t.nearest for f in (_near_tags(turn, t.tag, t.nearest),)]
        own = turn.having(findings=(*turn.findings, *near))
        return own.noted("no_tag", missing=absent).refused(phrases.NO_TAG[turn.language].format(tags=", ".join(absent)))
    made = compose(turn, searcher, principal)
    if made is not None:
        return made
    if turn.topics:
        return safety.quotation(turn)
    if missing_amounts(turn.plan, turn.evidence, turn.pack):
        return turn.noted("no_amount").refused(phrases.NO_AMOUNT[turn.language])
    unnamed = missing_terms(turn.plan, turn.evidence, turn.pack)
    if unnamed:
        reason = phrases.NO_TERM[turn.language].format(terms=", ".join(_own_words(turn, unnamed)))
        noted = turn.noted("no_term", missing=unnamed)
        return noted.refused(reason, nearest=nearest_lines(turn, NEAR_WITHOUT_TERM))
    if turn.judged is not None and turn.judged.refuses:
        noted = turn.noted("below_gate", missing=turn.judged.unnamed)
        told = turn.judged._replace(unnamed=tuple(_own_words(turn, turn.judged.unnamed)))
        return noted.refused(told.reason(turn.language))
    if not has_model and coverage(turn.plan, turn.evidence) < MIN_COVERAGE:
        return turn.noted("shares_little").refused(say("shares_little", turn.language))
    return None


def _own_words(turn: Turn, terms: Sequence[str]) -> list[str]:
    """Terms as the question has them: of one in Chinese, Japanese or Spanish they come from its English reading."""
    plan, pack = turn.plan, turn.pack
    own = (said_as(t, plan.question, plan.language, glossary=pack.glossary, grammar=pack.grammar) for t in terms)
    return list(dict.fromkeys(own))


def _near_tags(turn: Turn, tag: str, nearest: Sequence[str]) -> str:
    return finding("nearest_tag", turn.language, tag=tag, nearest=", ".join(nearest))
