"""Evidence to a checked answer: gate, write, split into claims, check each by code, keep what stands."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field

from walkdown.answering import phrases
from walkdown.answering.claims import join_claims, split_claims
from walkdown.answering.draft import Draft, write_draft
from walkdown.answering.events import AnswerEvent, EvidenceFound, Final, Stage, Token
from walkdown.answering.gate import MIN_COVERAGE, coverage, missing_tags
from walkdown.answering.llm import LLMClient
from walkdown.answering.prompt import build_messages
from walkdown.answering.quotes import quote_claims
from walkdown.answering.spans import Span, choose_spans, rank_spans
from walkdown.answering.verification import Basis, verify_claim
from walkdown.documents import Answer, AnswerStatus, Claim, Evidence, Hit, Language, Principal
from walkdown.errors import LLMUnavailableError
from walkdown.packs.schema import Pack
from walkdown.retrieval.search import NO_FILTERS, Searcher
from walkdown.retrieval.understanding import QueryPlan

MAX_ANSWER_TOKENS = 320


def number_evidence(hits: Sequence[Hit], count: int) -> tuple[Evidence, ...]:
    """The first `count` hits, numbered from 1."""
    return tuple(
        Evidence(number=i, chunk=h.chunk, score=h.score, scores=h.scores) for i, h in enumerate(hits[:count], 1)
    )


@dataclass(frozen=True)
class _Turn:
    """One question on its way: what is known so far, and the clock."""

    question: str
    pack: Pack
    plan: QueryPlan
    language: Language
    evidence: tuple[Evidence, ...]
    started: float
    model: str
    spans: tuple[Span, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)

    def answer(
        self,
        status: AnswerStatus,
        text: str,
        *,
        reason: str = "",
        claims: tuple[Claim, ...] = (),
        struck: tuple[Claim, ...] = (),
    ) -> Answer:
        """The answer of this turn, with notice, timings and a fresh record id."""
        return Answer(
            status=status,
            pack=self.pack.name,
            question=self.question,
            language=self.language,
            text=text,
            reason=reason,
            claims=claims,
            struck=struck,
            evidence=self.evidence,
            notice=phrases.NOTICE[self.language],
            timings=self.timings | {"total": time.perf_counter() - self.started},
            model=self.model,
            record_id=uuid.uuid4().hex,
        )

    def refused(self, reason: str) -> Answer:
        """The documents do not hold it; the nearest passages stay attached as evidence."""
        return self.answer(AnswerStatus.REFUSED, phrases.NOT_FOUND[self.language], reason=reason)

    def quoted(
        self, status: AnswerStatus, sentence: str, *, reason: str = "", struck: tuple[Claim, ...] = ()
    ) -> Answer:
        """Verbatim passages only."""
        claims = quote_claims(self.spans, self.evidence)
        text = f"{sentence}\n{join_claims(claims)}"
        return self.answer(status, text, reason=reason, claims=claims, struck=struck)


class AnswerEngine:
    """Answers questions over one searcher, with or without a language model."""

    def __init__(self, searcher: Searcher, llm: LLMClient | None, *, timeout: float = 120.0) -> None:
        self._searcher = searcher
        self._llm = llm
        self._timeout = timeout

    async def ask(
        self,
        question: str,
        pack: Pack,
        principal: Principal,
        *,
        language: Language | None = None,
        filters: Mapping[str, Sequence[str]] = NO_FILTERS,
    ) -> AsyncIterator[AnswerEvent]:
        """Answer one question; the last event is `Final`. Raises UsageError, IndexUnavailableError.

        A failing language model does not raise: the answer is then `incomplete` and shows the passages.
        """
        started = time.perf_counter()
        yield Stage(name="searching")
        # 1. Search.
        result = await asyncio.to_thread(
            self._searcher.search, question, pack, principal, k=pack.manifest.retrieval.evidence, filters=filters
        )
        evidence = number_evidence(result.hits, pack.manifest.retrieval.evidence)
        turn = _Turn(
            question=result.plan.question,
            pack=pack,
            plan=result.plan,
            language=language or result.plan.language,
            evidence=evidence,
            started=started,
            model=self._llm.model if self._llm else "",
            spans=tuple(await asyncio.to_thread(rank_spans, result.plan, evidence, self._searcher.similarity)),
            timings={"search": result.timings["total"]},
        )
        yield EvidenceFound(evidence=turn.evidence)
        # 2. Gate: refuse what the passages cannot answer.
        refusal = self._gate(turn)
        if refusal is not None:
            yield Final(answer=refusal)
            return
        if self._llm is None:
            yield Final(answer=turn.quoted(AnswerStatus.QUOTED, phrases.QUOTED[turn.language]))
            return
        # 3. Write, stream, check.
        async for event in self._write(turn, self._llm):
            yield event

    def _gate(self, turn: _Turn) -> Answer | None:
        if not turn.evidence:
            return turn.refused("no passage was found")
        absent = missing_tags(turn.plan, turn.evidence, turn.pack)
        if absent:
            return turn.refused(phrases.NO_TAG[turn.language].format(tags=", ".join(absent)))
        if self._llm is None and coverage(turn.plan, turn.evidence) < MIN_COVERAGE:
            return turn.refused("the passages share too few words with the question")
        return None

    async def _write(self, turn: _Turn, llm: LLMClient) -> AsyncIterator[AnswerEvent]:
        yield Stage(name="reading")
        lines = choose_spans(turn.spans, turn.evidence, budget=turn.pack.manifest.retrieval.prompt_chars)
        messages = build_messages(turn.pack, turn.question, turn.language, turn.evidence, lines)
        remaining = self._timeout - (time.perf_counter() - turn.started)
        draft = Draft()
        try:
            async for piece in write_draft(llm, messages, draft, max_tokens=MAX_ANSWER_TOKENS, deadline=remaining):
                if not turn.timings.get("first_token"):
                    turn.timings["first_token"] = time.perf_counter() - turn.started
                    yield Stage(name="writing")
                yield Token(text=piece)
        except LLMUnavailableError as error:
            yield Final(
                answer=turn.quoted(AnswerStatus.INCOMPLETE, phrases.INCOMPLETE[turn.language], reason=str(error))
            )
            return
        yield Stage(name="checking")
        yield Final(answer=self._finish(turn, draft))

    def _finish(self, turn: _Turn, draft: Draft) -> Answer:
        """Keep the claims that stand; quote where none does; refuse where the model found nothing."""
        if draft.probability is not None:
            turn.timings["answerable"] = draft.probability
        if not draft.answers(turn.pack.manifest.thresholds.answerable):
            return turn.refused("the passages do not state what is asked")
        basis = Basis(turn.evidence, turn.pack.grammar, turn.pack.glossary, turn.question, turn.language)
        checked = [verify_claim(claim, basis) for claim in split_claims(draft.text)]
        kept = tuple(c for c in checked if c.supported)
        struck = tuple(c for c in checked if not c.supported)
        if not kept:
            reason = "no statement of the draft could be verified"
            return turn.quoted(AnswerStatus.QUOTED, phrases.QUOTED[turn.language], reason=reason, struck=struck)
        return turn.answer(AnswerStatus.ANSWERED, join_claims(kept), claims=kept, struck=struck)
