"""Asking the model: one request for each question asked, and one more to shorten, to retry or to repair."""

import hashlib
import secrets
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from walkdown.answering.draft import Draft, write_draft
from walkdown.answering.llm import MAX_REQUESTS, LLMClient, Message, PromptTooLongError
from walkdown.answering.phrases import finding
from walkdown.answering.prompt import build_messages, repair_messages
from walkdown.answering.spans import choose_spans
from walkdown.answering.turn import Turn
from walkdown.documents import Claim, Language
from walkdown.errors import LLMUnavailableError
from walkdown.retrieval.understanding import QueryPlan

MAX_ANSWER_TOKENS = 320
REPAIR_TOKENS = 200
_REPAIR_SHARE = 0.25
"""Share of the deadline that must be left to begin a repair."""
_LEAST_FOR_CHECKS = 3.0

_EXCEPT: dict[Language, str] = {
    "ko": "{tags} 제외",
    "en": "except {tags}",
    "zh": "{tags}除外",
    "ja": "{tags}を除く",
    "es": "excepto {tags}",
}


@dataclass
class Budget:
    """What one question may still spend: requests to the model, and seconds until its deadline.

    `late`: it waited so long that only the search is left in time.
    """

    deadline: float
    requests: int = MAX_REQUESTS
    late: bool = False

    @classmethod
    def of(cls, seconds: float) -> "Budget":
        """The budget of a question that is asked now."""
        return cls(time.perf_counter() + seconds)

    def remaining(self) -> float:
        """Seconds left, at least a tenth."""
        return max(0.1, self.deadline - time.perf_counter())

    def for_checks(self) -> float:
        """Seconds for checking what was written, a little even at the deadline: it is what the time was spent on."""
        return max(_LEAST_FOR_CHECKS, self.remaining())


def prompt_hash(messages: Sequence[Message]) -> str:
    """The sha256 of a prompt."""
    joined = "\x1e".join(f"{m.role}\x1f{m.content}" for m in messages)
    return hashlib.sha256(joined.encode()).hexdigest()


@dataclass
class Writing:
    """The model's part of one turn: the prompt, the draft and whether the evidence had to be shortened."""

    llm: LLMClient
    turn: Turn
    budget: Budget
    draft: Draft
    messages: list[Message]
    trimmed: bool = False

    @classmethod
    def of(cls, llm: LLMClient, turn: Turn, budget: Budget) -> "Writing":
        """Ready to write."""
        return cls(llm, turn, budget, Draft(), _prompt(turn, turn.pack.manifest.retrieval.prompt_chars))

    async def first(self) -> AsyncIterator[str]:
        """Stream the draft; a prompt that is too long is shortened once. Raises LLMUnavailableError."""
        try:
            async for piece in self._stream(self.draft, self.messages, MAX_ANSWER_TOKENS):
                yield piece
        except PromptTooLongError:
            if self.budget.requests < 1:
                raise
            self.trimmed, self.draft = True, Draft()
            self.messages = _prompt(self.turn, self.turn.pack.manifest.retrieval.prompt_chars // 3)
            async for piece in self._stream(self.draft, self.messages, MAX_ANSWER_TOKENS):
                yield piece

    async def _stream(self, draft: Draft, messages: Sequence[Message], max_tokens: int) -> AsyncIterator[str]:
        trace, allowed = self.turn.trace, self.budget.requests
        trace.prompt_hashes.append(prompt_hash(messages))
        # Spent before it is sent: a request that fails has been one.
        self.budget.requests -= 1
        trace.requests += 1
        try:
            async for piece in write_draft(
                self.llm,
                messages,
                draft,
                max_tokens=max_tokens,
                deadline=self.budget.remaining(),
                requests=allowed,
            ):
                yield piece
        except PromptTooLongError:
            raise
        except LLMUnavailableError:
            # A server that failed is not asked again for the rest of the question.
            self.budget.requests = 0
            raise
        finally:
            again = max(0, draft.requests - 1)
            self.budget.requests = max(0, self.budget.requests - again)
            trace.requests += again

    def notes(self) -> list[str]:
        """What a reader is told of how the draft came about."""
        cut = self.draft.cut and not self.draft.filtered
        told = {
            "trimmed": self.trimmed,
            "looped": self.draft.looped,
            "cut_off": cut,
            "filtered": self.draft.filtered,
        }
        return [finding(name, self.turn.language) for name, so in told.items() if so]

    def may_repair(self, timeout: float) -> bool:
        """True while a request and enough time are left."""
        return self.budget.requests > 0 and self.budget.remaining() > _REPAIR_SHARE * timeout

    async def repaired(self, struck: Sequence[Claim]) -> str:
        """What the model writes instead of struck claims, told the reasons. Raises LLMUnavailableError."""
        draft = Draft()
        messages = repair_messages(self.messages, self.draft.text, struck, self.turn.language)
        async for _ in self._stream(draft, messages, REPAIR_TOKENS):
            pass
        self.turn.trace.repaired = True
        return draft.text


def _prompt(turn: Turn, budget: int) -> list[Message]:
    lines = choose_spans(turn.spans, turn.evidence, budget=budget)
    # The fence's marker is kept by the turn, so that a replay can build the very same prompt.
    marker = turn.trace.fields.setdefault("marker", new_marker())
    return build_messages(turn.pack, _posed(turn.plan), turn.language, turn.evidence, lines, marker=marker)


def _posed(plan: QueryPlan) -> str:
    """The question as the model is asked it; what it leaves out is said where no tag tells what it is about instead."""
    if not plan.excluded or plan.tags:
        return plan.question
    return f"{plan.question} ({_EXCEPT[plan.language].format(tags=', '.join(plan.excluded))})"


def new_marker() -> str:
    """A marker that no document can guess."""
    return secrets.token_hex(8)
