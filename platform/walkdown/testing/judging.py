"""A judge of passages that is written down, and replies of a chat server with the probabilities of `yes` and `no`."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from walkdown.errors import LLMUnavailableError


class FixedJudge:
    """Gives the log-odds of the first of `odds` whose text is in a passage, else 0; fails with `cause` if there is one.

    `asked` are the calls: the question, the passages and the seconds given.
    """

    def __init__(self, odds: Mapping[str, float] | None = None, *, cause: str = "") -> None:
        self._odds = odds or {}
        self._cause = cause
        self.asked: list[tuple[str, list[str], float]] = []

    def judge(self, question: str, passages: Sequence[str], *, seconds: float) -> list[float]:
        """See `walkdown.retrieval.judge.Judge`."""
        self.asked.append((question, list(passages), seconds))
        if self._cause:
            raise LLMUnavailableError(self._cause, "Start it.")
        return [next((x for text, x in self._odds.items() if text in passage), 0.0) for passage in passages]


def first_token(probabilities: Mapping[str, float]) -> dict[str, Any]:
    """A chat completion of one token, as vLLM and llama.cpp both write it."""
    top = [{"token": token, "logprob": math.log(p), "bytes": None} for token, p in probabilities.items()]
    logprobs = {"content": [{**top[0], "top_logprobs": top}]}
    message = {"role": "assistant", "content": top[0]["token"]}
    return {"choices": [{"index": 0, "finish_reason": "length", "message": message, "logprobs": logprobs}]}
