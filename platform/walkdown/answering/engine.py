"""Evidence to a checked answer: gate, write, split into claims, check each by code, keep what stands."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import NamedTuple

from walkdown.answering import phrases, safety
from walkdown.answering.conversation import split_question
from walkdown.answering.corrections import all_corrected, corrected
from walkdown.answering.events import AnswerEvent, EvidenceFound, Final, Stage, Token
from walkdown.answering.fallback import (
    decline,
    unfinished,
)
from walkdown.answering.finish import Checked, basis_of, check_draft, made_ready
from walkdown.answering.injection import find_instructions
from walkdown.answering.llm import MAX_REQUESTS, LLMClient
from walkdown.answering.parts import joined
from walkdown.answering.phrases import finding
from walkdown.answering.scope import naming_passage
from walkdown.answering.settling import settled
from walkdown.answering.spans import rank_spans
from walkdown.answering.turn import Turn, number_evidence, readings
from walkdown.answering.unasked import without_model
from walkdown.answering.writing import MAX_ANSWER_TOKENS, Budget, Writing
from walkdown.documents import Answer, AnswerStatus, Hit, Language, Principal
from walkdown.errors import IndexUnavailableError, LLMUnavailableError
from walkdown.outcomes import LINES
from walkdown.packs.schema import Pack
from walkdown.reasons import say
from walkdown.retelling import retold
from walkdown.retrieval.search import NO_FILTERS, Searcher, SearchResult

__all__ = ["MAX_ANSWER_TOKENS", "AnswerEngine", "number_evidence"]

_FROM_PROCEDURES = 3
"""Passages of a safety topic's procedures that are looked at besides those the search finds."""
_LINES_KEPT = 5
"""Likeliest lines that are recorded, for those who look into a refusal."""


class _Asked(NamedTuple):
    """What is asked, by whom, in which pack, and what was asked before."""

    question: str
    pack: Pack
    principal: Principal
    language: Language | None
    filters: Mapping[str, Sequence[str]]
    turns: Sequence[str]
    marker: str = ""


class AnswerEngine:
    """Answers questions over one searcher, with or without a language model.

    `verify=False` leaves the checks out; it is there to measure what they are worth, and nothing serves it.
    """

    def __init__(
        self,
        searcher: Searcher,
        llm: LLMClient | None,
        *,
        timeout: float = 120.0,
        verify: bool = True,
        billions: float = 0.0,
    ) -> None:
        """`billions`: parameters of the model in 10⁹, where its name does not say (`walkdown.answering.wording`)."""
        self._searcher = searcher
        self._llm = llm
        self._timeout = timeout
        self._verify = verify
        self._billions = billions

    async def ask(
        self,
        question: str,
        pack: Pack,
        principal: Principal,
        *,
        language: Language | None = None,
        filters: Mapping[str, Sequence[str]] = NO_FILTERS,
        turns: Sequence[str] = (),
        marker: str = "",
        budget: Budget | None = None,
    ) -> AsyncIterator[AnswerEvent]:
        """Answer one question; the last event is `Final`. Raises UsageError, IndexUnavailableError.

        `turns` are the user's earlier questions, oldest first; `marker` is that of a recorded prompt, to build it
        again. A failing language model does not raise: the answer is then `incomplete` and shows the passages. The
        whole question, its parts and a repair included, has one deadline, that of `budget` where the question has
        waited before; a part is one request to the model, and one more is there for all of them.
        """
        typed, turns = corrected(question, turns), all_corrected(turns)
        questions = split_question(typed, pack, turns)
        budget = budget or Budget.of(self._timeout)
        budget.requests = MAX_REQUESTS + len(questions) - 1
        if len(questions) == 1:
            asked = _Asked(typed, pack, principal, language, filters, turns, marker)
            async for event in self._one(asked, budget):
                yield event
            return
        finals = []
        for i, part in enumerate(questions):
            asked = _Asked(part, pack, principal, language, filters, turns if i == 0 else ())
            async for event in self._one(asked, budget):
                if isinstance(event, Final):
                    finals.append(event)
                else:
                    yield event
        yield joined(typed, questions, finals, pack)

    async def _one(self, asked: _Asked, budget: Budget) -> AsyncIterator[AnswerEvent]:
        started = time.perf_counter()
        yield Stage(name="searching")
        # 1. Search; a safety topic also looks into the procedures it names.
        try:
            async with asyncio.timeout(budget.remaining()):
                turn = await asyncio.to_thread(self._found, asked, started)
                turn = await asyncio.to_thread(turn.weighed)
        except TimeoutError:
            raise IndexUnavailableError(
                "The search did not come to an end in the time of a question.",
                "Try again; if it stays, `walkdown doctor` tells whether the index answers.",
            ) from None
        yield EvidenceFound(evidence=turn.evidence)
        # 2. Safety rules, then what code makes from documents, then the gate.
        early = await asyncio.to_thread(
            without_model, turn, self._searcher, asked.principal, has_model=self._llm is not None
        )
        if early is not None:
            yield _final(turn, early)
            return
        if self._llm is not None and budget.late:
            yield _final(turn, unfinished(turn, say("waited_too_long", turn.language)))
            return
        if self._llm is None or budget.requests < 1:
            yield _final(turn, turn.quoted(AnswerStatus.QUOTED, phrases.QUOTED[turn.language]))
            return
        # 3. Write, stream, check.
        async for event in self._write(turn, self._llm, budget, asked.principal):
            yield event

    def _search(self, asked: _Asked, filters: Mapping[str, Sequence[str]], k: int) -> SearchResult:
        return self._searcher.search(
            asked.question, asked.pack, asked.principal, k=k, filters=filters, turns=asked.turns
        )

    def _found(self, asked: _Asked, started: float) -> Turn:
        count = asked.pack.manifest.retrieval.evidence
        result = self._search(asked, asked.filters, count)
        plan = result.plan
        topics = safety.topics_for(plan.said, asked.pack, plan.reading)
        hits = list(result.hits[:count])
        hits += result.neighbours
        if topics:
            procedures = safety.procedures_of(topics)
            hits += self._of_procedures(asked, procedures, hits)
            if not asked.filters:
                held = (c for d in procedures for c in self._searcher.passages(asked.pack, asked.principal, d))
                hits += safety.emergency_hits(
                    f"{plan.question} {plan.reading}", held, hits, asked.language or plan.language
                )
        if not asked.filters:
            hits += naming_passage(plan, hits, asked.pack, asked.principal, self._searcher)
        evidence = number_evidence(hits, len(hits))
        turn = Turn(
            question=plan.original or plan.question,
            pack=asked.pack,
            plan=plan,
            language=asked.language or plan.language,
            evidence=evidence,
            started=started,
            model=self._llm.model if self._llm else "",
            billions=self._billions,
            topics=topics,
            as_of=plan.time.date.isoformat() if plan.time and plan.time.date else "",
            timings={"search": result.timings["total"]},
        )
        if asked.marker:
            turn.trace.fields["marker"] = asked.marker
        turn.trace.fields["plan"] = plan.model_dump(mode="json")
        if result.judged:
            turn.trace.fields["judged"] = result.judged
        turn.trace.fields["hits"] = [
            {"id": h.chunk.id, "document": h.chunk.document_id, "revision": h.chunk.revision, "score": h.score}
            for h in hits
        ]
        return _read(turn, self._searcher)

    def _of_procedures(self, asked: _Asked, documents: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
        known = {hit.chunk.id for hit in hits}
        if not documents or sum(hit.chunk.document_id in documents for hit in hits) >= _FROM_PROCEDURES:
            return []
        wanted = {**asked.filters, "document_id": tuple(documents)}
        found = self._search(asked, wanted, _FROM_PROCEDURES).hits
        return [hit for hit in found if hit.chunk.id not in known]

    async def _write(
        self, turn: Turn, llm: LLMClient, budget: Budget, principal: Principal
    ) -> AsyncIterator[AnswerEvent]:
        yield Stage(name="reading")
        writing = Writing.of(llm, turn, budget)
        # While the model reads the passages, so do the checks.
        ready = asyncio.create_task(asyncio.to_thread(made_ready, turn))
        try:
            async for piece in writing.first():
                if not turn.timings.get("first_token"):
                    turn.timings["first_token"] = time.perf_counter() - turn.started
                    yield Stage(name="writing")
                yield Token(text=piece)
        except LLMUnavailableError as error:
            yield _final(turn, unfinished(turn, retold(str(error), turn.language)))
            return
        yield Stage(name="checking")
        await ready
        if changed := await asyncio.to_thread(_changed, turn, principal, self._searcher):
            yield _final(turn, unfinished(turn.without(changed), say("changed_meanwhile", turn.language)))
            return
        try:
            async with asyncio.timeout(budget.for_checks()):
                answer = await self._finish(writing)
        except TimeoutError:
            answer = unfinished(turn, say("not_checked_in_time", turn.language))
        yield _final(turn, answer)

    async def _finish(self, writing: Writing) -> Answer:
        """Keep the claims that stand; quote where none does; refuse where the model found nothing."""
        turn, draft = writing.turn, writing.draft
        if draft.probability is not None:
            turn.timings["answerable"] = draft.probability
        turn = turn.having(findings=(*turn.findings, *writing.notes()))
        if draft.wrote_nothing:
            return unfinished(turn, say("wrote_nothing", turn.language))
        if not draft.answers(turn.pack.manifest.thresholds.answerable):
            return await asyncio.to_thread(decline, turn)
        if not self._verify:
            return turn.answer(AnswerStatus.ANSWERED, draft.text.strip())
        started = time.perf_counter()
        checked = await asyncio.to_thread(check_draft, draft.text, basis_of(turn))
        turn.timings["check"] = time.perf_counter() - started
        if checked.struck and writing.may_repair(self._timeout):
            checked = await self._repaired(writing, turn, checked)
        return await asyncio.to_thread(settled, turn, checked)

    async def _repaired(self, writing: Writing, turn: Turn, checked: Checked) -> Checked:
        """What stands of a second draft joins what stood of the first; the struck claims stay struck."""
        try:
            text = await writing.repaired(checked.struck)
        except LLMUnavailableError:
            return checked
        again = await asyncio.to_thread(check_draft, text, basis_of(turn))
        known = {c.text for c in checked.kept}
        return Checked((*checked.kept, *(c for c in again.kept if c.text not in known)), checked.struck)


def _changed(turn: Turn, principal: Principal, searcher: Searcher) -> set[str]:
    """Ids of the turn's passages that were withdrawn or superseded since; of another time nothing changes."""
    if turn.plan.time is not None:
        return set()
    return searcher.changed(turn.pack, principal, [e.chunk for e in turn.evidence])


def _read(turn: Turn, searcher: Searcher) -> Turn:
    """The turn with its lines ranked; lines that speak to the machine are left out and told of."""
    found = find_instructions(turn.evidence)
    places = {(f.number, f.start) for f in found}
    spans = rank_spans(turn.plan, turn.evidence, turn.pack, searcher.similarity)
    by_number = {e.number: e.chunk.document_id for e in turn.evidence}
    told = readings(turn.plan, turn.language)
    told += [finding("instruction", turn.language, source=by_number[f.number], text=f.text[:160]) for f in found]
    if turn.as_of:
        told.append(finding("as_of", turn.language, date=turn.as_of))
    spans = [s for s in spans if (s.number, s.start) not in places]
    chunks = {e.number: e.chunk.id for e in turn.evidence}
    turn.trace.fields[LINES] = [
        {"id": chunks[s.number], "start": s.start, "end": s.end, "probability": round(s.probability, 4)}
        for s in spans[:_LINES_KEPT]
    ]
    return turn.having(
        spans=tuple(spans),
        findings=(*turn.findings, *dict.fromkeys(told)),
    )


def _final(turn: Turn, answer: Answer) -> Final:
    trace = turn.trace
    return Final(
        answer=answer,
        trace={
            **trace.fields,
            "prompt_hashes": trace.prompt_hashes,
            "requests": trace.requests,
            "seed": trace.seed,
            "repaired": trace.repaired,
        },
    )
