"""The model's unchecked draft: its yes/no judgement first, then the text, passed on as it comes."""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from walkdown.answering.gate import probability_of_yes
from walkdown.answering.llm import MAX_REQUESTS, Delta, LLMClient, Message
from walkdown.answering.reply_forms import unwrapped, whole_sentences
from walkdown.text.template_tokens import LONGEST_TOKEN, find_token

_JUDGEMENTS = ("yes", "no")
_CHARS_PER_TOKEN = 8
"""A reply with more characters for each token allowed comes from a server that does not keep to `max_tokens`."""
_FILTERED = "content_filter"
_CUT_OFF = ("length", _FILTERED)
_THINK, _THOUGHT = "<think>", "</think>"
_OPENING = re.compile(r"begin|start|bos|<s>|assistant", re.IGNORECASE)
"""Of a token that opens the model's turn rather than ending it."""
_NO_AND = re.compile(r"no, \S")
"""An answer that says no ("No, only the manager may [2]"), where a judgement stands alone."""
_CITED = re.compile(r"\[\d")
_LOOP = re.compile(r"(\S[\s\S]{10,120}?)\1{2,}$")


@dataclass
class Draft:
    """What the model has written so far. `probability` is that of `yes` on its first token, if it gave one.

    `cut`: it would have gone on. `filtered`: a filter of the server cut it. `ended`: nothing more of it is wanted.
    `head` is what tells no judgement yet, `taken` counts the characters that came.
    """

    judgement: str = ""
    requests: int = 0
    looped: bool = False
    cut: bool = False
    filtered: bool = False
    probability: float | None = None
    text: str = ""
    head: str = ""
    decided: bool = False
    ended: bool = False
    taken: int = 0

    @property
    def wrote_nothing(self) -> bool:
        """True for a reply without a sentence that neither says `no` nor ends after its `yes`."""
        return not self.text.strip() and self.judgement != "no" and (self.cut or not self.judgement)

    def take(self, delta: Delta) -> str:
        """Add a piece; what it adds to the text."""
        self.requests = max(self.requests, delta.request)
        self.taken += len(delta.text)
        self.cut = self.cut or delta.finish_reason in _CUT_OFF
        self.filtered = self.filtered or delta.finish_reason == _FILTERED
        if self.probability is None and delta.logprobs and not self.head.strip():
            self.probability = probability_of_yes(delta.logprobs)
        piece = delta.text
        if not self.decided:
            thinking, self.head = self.head.startswith(_THINK), _spoken(self.head + piece)
            if thinking and not self.head.startswith(_THINK):
                self.probability = None  # that of the thought's first word
            split = _split_judgement(self.head)
            if split is None:
                return ""
            self.decided, (self.judgement, piece) = True, split
            self.ended = self.judgement == "no"
            if _NO_AND.match(piece.lstrip().lower()):
                self.probability = None  # that of the answer's own first word
        self.text += piece if not self.ended else ""
        return self._without_template(piece)

    def _without_template(self, piece: str) -> str:
        """The piece up to the end of the model's turn; what was thought aloud before an answer is dropped."""
        begin = max(0, len(self.text) - len(piece) - LONGEST_TOKEN)
        token = find_token(self.text, begin)
        if token is None or self.ended:
            return piece
        before, after = self.text[: token.start()], self.text[token.end() :]
        if token.group().lower() == _THOUGHT or (not before.strip() and _OPENING.search(token.group())):
            self.head, self.decided, self.probability = after.lstrip(), False, None
            self.judgement = self.text = ""
            return self.take(Delta("", {}, request=self.requests))
        self.text, self.ended = before, True
        return piece[: max(0, len(piece) - len(token.group()) - len(after))]

    def finish(self) -> None:
        """Take the wrapping off the reply, and leave out the sentence that was cut off."""
        if not self.decided and (said := self.head.strip(" ,.\n").lower()) in _JUDGEMENTS:
            self.judgement = said
        plain = unwrapped(self.text)
        self.judgement = self.judgement or plain.judgement
        if not self.judgement and _NO_AND.match(plain.text.lower()) and not _CITED.search(plain.text):
            self.judgement = "no"
        self.text = whole_sentences(plain.text) if self.cut and not self.looped else plain.text

    def answers(self, threshold: float) -> bool:
        """True when the model found an answer with at least the pack's probability and wrote one."""
        if self.judgement == "no" or not self.text.strip():
            return False
        return self.probability is None or self.probability >= threshold


def _spoken(head: str) -> str:
    """The head without what the model thinks before it speaks, and without tokens that open its turn."""
    said = head.lstrip()
    if said.lower().startswith(_THINK):
        at = said.lower().find(_THOUGHT)
        return said[at + len(_THOUGHT) :].lstrip() if at >= 0 else said
    token = find_token(said)
    return said[token.end() :] if token and token.start() == 0 and _OPENING.search(token.group()) else head


def _split_judgement(head: str) -> tuple[str, str] | None:
    """(judgement, rest) once the head shows one, ("", head) once it cannot, None while undecided."""
    stripped = head.lstrip().lower()
    if stripped.startswith(_THINK):
        return None
    if _NO_AND.match(stripped):
        return "", head
    if re.fullmatch(r"no,\s*", stripped):
        return None
    for word in _JUDGEMENTS:
        if stripped.startswith(word) and len(stripped) > len(word) and not stripped[len(word)].isalnum():
            return word, head.lstrip()[len(word) :].lstrip(" .,:\n")
    if any(word.startswith(stripped) for word in (*_JUDGEMENTS, _THINK)):
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

    A model that repeats itself is stopped and the repetition dropped; one that writes on and on is stopped too.
    """
    draft.requests, most = 1, _CHARS_PER_TOKEN * max_tokens
    async for delta in llm.stream(messages, max_tokens=max_tokens, deadline=deadline, requests=requests):
        # One piece alone may be longer than all that is allowed, and checking what is written must come to an end.
        if piece := draft.take(delta._replace(text=delta.text[: most + 1 - draft.taken])):
            yield piece
        if end := _loops(draft.text):
            draft.text, draft.looped, draft.ended = draft.text[:end], True, True
        if draft.taken > most:
            draft.cut = draft.ended = True
        if draft.ended:
            break
    draft.finish()
