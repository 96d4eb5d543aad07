"""Runs an evaluation set against a target: search and ask each question, score, and gather per language."""

import datetime as dt
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

import ir_measures
from ir_measures import MRR, R, Success, nDCG
from pydantic import BaseModel, ConfigDict

from walkdown.documents import Answer, AnswerStatus, Hit, Language
from walkdown.packs.schema import EvaluationQuestion
from walkdown_eval import scorers

RETRIEVAL_MEASURES = (R @ 1, R @ 5, R @ 10, Success @ 5, nDCG @ 10, MRR @ 10)
"""R is the share of a question's places found, Success whether any is: a fact that stands twice need be found once."""
SEARCH_DEPTH = 10


class Target(Protocol):
    """What is evaluated: a pack behind a server or in this process."""

    def search(self, question: str, *, k: int, turns: Sequence[str] = ()) -> list[Hit]:
        """The best k passages; `turns` are the earlier questions."""
        ...

    def ask(
        self, question: str, language: Language, *, turns: Sequence[str] = (), without: Sequence[str] = ()
    ) -> Answer:
        """The checked answer; `turns` are the earlier questions, `without` documents to leave out of the search."""
        ...


class Outcome(BaseModel):
    """What came of one question. A score of None could not be scored, for the reason in `note`."""

    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    language: Language
    cross: bool
    answer_type: str = ""
    tags: tuple[str, ...] = ()
    answerable: bool
    status: AnswerStatus | None = None
    answer: str = ""
    gold: str = ""
    run: dict[str, float]
    evidence_count: int
    citation_hit: float | None = None
    number_match: float | None = None
    as_expected: float | None = None
    seconds: float = 0.0
    note: str = ""


class Summary(BaseModel):
    """Mean scores of a group of questions; None where no question of the group could be scored.

    `as_expected` is the share of replies with the status that their question expects.
    """

    model_config = ConfigDict(frozen=True)

    group: str
    questions: int
    retrieval: dict[str, float | None]
    answered: int
    citation_hit: float | None
    number_match: float | None
    refusal_precision: float | None
    refusal_recall: float | None
    as_expected: float | None = None
    unscored: int


class Report(BaseModel):
    """One run of one set: when, on what, the summaries by group and every outcome."""

    model_config = ConfigDict(frozen=True)

    pack: str
    set_name: str
    at: dt.datetime
    model: str
    seconds: float
    summaries: tuple[Summary, ...]
    outcomes: tuple[Outcome, ...]


def _outcome(question: EvaluationQuestion, answer: Answer | None, started: float, **scores: Any) -> Outcome:
    """What is kept of a question whatever was measured; `scores` are the fields that differ."""
    return Outcome(
        id=question.id,
        question=question.question,
        language=question.language,
        cross="cross" in question.tags,
        answer_type=question.answer_type,
        tags=question.tags,
        status=answer.status if answer else None,
        answer=answer.text if answer else "",
        gold=question.answer or "",
        seconds=time.perf_counter() - started,
        note=answer.reason if answer else "",
        **scores,
    )


def run_question(question: EvaluationQuestion, target: Target, *, answers: bool = True) -> Outcome:
    """Search and ask one question and score what comes back."""
    started = time.perf_counter()
    hits = target.search(question.question, k=SEARCH_DEPTH, turns=question.turns)
    answer = target.ask(question.question, question.language, turns=question.turns) if answers else None
    return _outcome(
        question,
        answer,
        started,
        answerable=question.answerable,
        run=scorers.run_of(hits, question),
        evidence_count=len(question.evidence),
        citation_hit=scorers.citation_hit(answer, question) if answer else None,
        number_match=scorers.number_match(answer, question) if answer and question.answerable else None,
        as_expected=scorers.as_expected(answer, question) if answer else None,
    )


def run_withheld(question: EvaluationQuestion, target: Target) -> Outcome:
    """Ask an answerable question with the documents that hold its answer left out: a refusal is what is expected.

    Another document may hold the answer too: `number_match` tells a right answer from an invented one.
    """
    started = time.perf_counter()
    without = sorted({e.document_id for e in question.evidence})
    answer = target.ask(question.question, question.language, turns=question.turns, without=without)
    answered = answer.status is AnswerStatus.ANSWERED
    return _outcome(
        question,
        answer,
        started,
        answerable=False,
        run={},
        evidence_count=0,
        number_match=scorers.number_match(answer, question) if answered else None,
        as_expected=None if answer.status is AnswerStatus.INCOMPLETE else float(scorers.refused(answer)),
    )


def _mean(values: Iterable[float | None]) -> float | None:
    scored = [v for v in values if v is not None]
    return sum(scored) / len(scored) if scored else None


def _retrieval(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    judged = [o for o in outcomes if o.evidence_count]
    if not judged:
        return {str(m): None for m in RETRIEVAL_MEASURES}
    qrels = {o.id: {f"evidence-{i}": 1 for i in range(o.evidence_count)} for o in judged}
    run = {o.id: o.run for o in judged}
    found = ir_measures.calc_aggregate(RETRIEVAL_MEASURES, qrels, run)
    return {str(m): float(found[m]) for m in RETRIEVAL_MEASURES}


def summarise(group: str, outcomes: Sequence[Outcome]) -> Summary:
    """Mean scores of a group. Refusal precision: of the refused, how many were unanswerable; recall: the reverse."""
    asked = [o for o in outcomes if o.status is not None]
    refused = [o for o in asked if o.status is AnswerStatus.REFUSED]
    unanswerable = [o for o in asked if not o.answerable]
    rightly = [o for o in refused if not o.answerable]
    return Summary(
        group=group,
        questions=len(outcomes),
        retrieval=_retrieval(outcomes),
        answered=sum(o.status is AnswerStatus.ANSWERED for o in outcomes),
        citation_hit=_mean(o.citation_hit for o in outcomes),
        number_match=_mean(o.number_match for o in outcomes),
        refusal_precision=len(rightly) / len(refused) if refused else None,
        refusal_recall=len(rightly) / len(unanswerable) if unanswerable else None,
        as_expected=_mean(o.as_expected for o in outcomes),
        unscored=sum(o.status in (None, AnswerStatus.INCOMPLETE) for o in outcomes),
    )


def groups_of(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """All questions, then by language, those whose evidence is in another language or in their own, type, and tag."""
    groups: dict[str, list[Outcome]] = {"all": list(outcomes)}
    for language in sorted({o.language for o in outcomes}):
        groups[language] = [o for o in outcomes if o.language == language]
    cross = [o for o in outcomes if o.cross]
    if cross:
        groups["same language"] = [o for o in outcomes if not o.cross]
        groups["cross-language"] = cross
    for kind in sorted({o.answer_type for o in outcomes} - {""}):
        groups[f"type {kind}"] = [o for o in outcomes if o.answer_type == kind]
    for tag in sorted({tag for o in outcomes for tag in o.tags} - {"cross"}):
        groups[f"tag {tag}"] = [o for o in outcomes if tag in o.tags]
    return groups


def spread(questions: Sequence[EvaluationQuestion], count: int) -> list[EvaluationQuestion]:
    """`count` questions at even distances, so that every part of the set is among them; all when there are fewer."""
    if count >= len(questions):
        return list(questions)
    return [questions[position * len(questions) // count] for position in range(count)]


def run_set(
    questions: Sequence[EvaluationQuestion],
    target: Target,
    *,
    pack: str,
    set_name: str,
    model: str = "",
    answers: bool = True,
    withheld: bool = False,
    on_done: Callable[[Outcome], None] = lambda _: None,
) -> Report:
    """Run a whole set; `answers=False` measures retrieval only, `withheld` leaves out the documents that answer."""
    started, outcomes = time.perf_counter(), []
    for question in questions:
        outcome = run_withheld(question, target) if withheld else run_question(question, target, answers=answers)
        outcomes.append(outcome)
        on_done(outcome)
    return Report(
        pack=pack,
        set_name=set_name,
        at=dt.datetime.now(dt.UTC),
        model=model,
        seconds=time.perf_counter() - started,
        summaries=tuple(summarise(name, group) for name, group in groups_of(outcomes).items()),
        outcomes=tuple(outcomes),
    )
