"""The model's unchecked draft: its yes/no judgement first, then the text, passed on as it comes."""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from walkdown.answering.gate import probability_of_yes
from walkdown.answering.llm import MAX_REQUESTS, LLMClient, Message

_JUDGEMENTS = ("yes", "no")
_LOOP = re.compile(r"(\S[\s\S]{10,120}?)\1{2,}$")


@dataclass
class Draft:
    """What the model has written so far. `probability` is that of `yes` on its first token, if it gave one."""

    judgement: str = ""
    requests: int = 0
    looped: bool = False
    probability: float | None = None
    text: str = ""

    def answers(self, threshold: float) -> bool:
        """True when the model found an answer with at least the pack's probability and wrote one."""
        if self.judgement == "no" or not self.text.strip():
            return False
        return self.probability is None or self.probability >= threshold


def _split_judgement(head: str) -> tuple[str, str] | None:
    """(judgement, rest) once the head shows one, ("", head) once it cannot, None while undecided."""
    stripped = head.lstrip().lower()
    for word in _JUDGEMENTS:
        if stripped.startswith(word) and len(stripped) > len(word) and not stripped[len(word)].isalnum():
            return word, head.lstrip()[len(word) :].lstrip(" .,:\n")
    if any(word.startswith(stripped) for word in _JUDGEMENTS):
        return None
    return "", head


def _loops(text: str) -> int:
    """Where a text begins to repeat itself (the same 12 to 120 characters three times at its end); 0 if it does not."""
    match = _LOOP.search(text[-400:])
    return max(0, len(text) - 400) + match.end(1) if match else 0


async def write_draft(
    llm: LLMClient,
    messages: Sequence[Message],
    draft: Draft,
    *,
    max_tokens: int,
    deadline: float,
    requests: int = MAX_REQUESTS,
) -> AsyncIterator[str]:
    """Stream the draft's text into `draft` and to the caller; the judgement word is kept out of the text.

    A model that repeats itself is stopped and the repetition dropped.
    """
    head, decided = "", False
    draft.requests = 1
    async for delta in llm.stream(messages, max_tokens=max_tokens, deadline=deadline, requests=requests):
        draft.requests = max(draft.requests, delta.request)
        if draft.probability is None and delta.logprobs and not head.strip():
            draft.probability = probability_of_yes(delta.logprobs)
        piece = delta.text
        if not decided:
            head += delta.text
            split = _split_judgement(head)
            if split is None:
                continue
            decided, (draft.judgement, piece) = True, split
            if draft.judgement == "no":
                return
        if piece:
            draft.text += piece
            yield piece
            if end := _loops(draft.text):
                draft.text, draft.looped = draft.text[:end], True
                return
    if not decided and head.strip().lower() in _JUDGEMENTS:
        draft.judgement = head.strip().lower()
