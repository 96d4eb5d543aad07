"""What a chat server's refusal means: the error an operator can act on, and whether asking again can help."""

import json
import re
from collections.abc import Mapping

import openai

from walkdown.answering.pieces import readable
from walkdown.errors import LLMUnavailableError
from walkdown.tls import tls_fault

_TOO_LONG = re.compile(r"context|too long|maximum.{0,20}tokens|exceed", re.IGNORECASE)
_SURELY_TOO_LONG = re.compile(r"context (?:length|size|window)|(?:prompt|input) is too long", re.IGNORECASE)
"""Said with a status of 500: `context` alone may be one of the GPU."""
_MAY_BE_TOO_LONG = (400, 413, 422)
_TOO_MANY, _SERVER_FAULT = 429, 500
_MOST_WORDS = 160
_MEANINGS = {
    401: ("does not take the key", "Set WALKDOWN_LLM_API_KEY"),
    403: ("does not take the key", "Set WALKDOWN_LLM_API_KEY"),
    404: ("does not know the model {model!r}, or has no such address", "Check WALKDOWN_LLM_MODEL and WALKDOWN_LLM"),
    _TOO_MANY: ("is overloaded", "Ask again shortly, or let fewer answers run at once"),
}


class PromptTooLongError(LLMUnavailableError):
    """The model's context is too short for the prompt; the same prompt can never be answered."""

    retryable = False


class LLMRefusedError(LLMUnavailableError):
    """The server refuses what it is asked and would refuse it again."""

    retryable = False


def fault_of(error: openai.APIStatusError, url: str, model: str) -> LLMUnavailableError:
    """The error of a reply with a status that is not 200; `retryable` where the same request may work later."""
    status = error.status_code
    if _too_long(error):
        return PromptTooLongError(
            "The prompt is longer than the model's context.", "Lower prompt_chars in the pack's retrieval."
        )
    says, remedy = _MEANINGS.get(status, ("failed", "Check that it runs (`walkdown doctor`)"))
    if 300 <= status < 400:
        says, remedy = "sends requests elsewhere", "Set WALKDOWN_LLM to where the server really is"
    if fault := tls_fault(error, url, "WALKDOWN_LLM"):
        says, remedy, _ = fault
    said = words_of(error.body) if says == "failed" else ""
    kind = LLMUnavailableError if status == _TOO_MANY or status >= _SERVER_FAULT else LLMRefusedError
    return kind(
        f"The language model server at {url} {says.format(model=model)} (status {status}{said and ': '}{said}).",
        f"{remedy}; the passages found are shown meanwhile.",
    )


def words_of(body: object) -> str:
    """What a server says went wrong, of the error it sent as JSON; "" where it does not say. One line, and short."""
    try:
        found = json.loads(body) if isinstance(body, bytes) else body
    except ValueError:
        return ""
    for name in ("error", "message", "detail"):
        if isinstance(found, dict) and name in found:
            found = found[name]
    return " ".join(readable(found).split())[:_MOST_WORDS] if isinstance(found, str) else ""


def _too_long(error: openai.APIStatusError) -> bool:
    if error.status_code in _MAY_BE_TOO_LONG:
        return error.status_code == 413 or _TOO_LONG.search(str(error)) is not None
    return error.status_code >= _SERVER_FAULT and _SURELY_TOO_LONG.search(str(error)) is not None


def pause_asked(headers: Mapping[str, str]) -> float:
    """Seconds the server asks to be left alone; 0 where it does not say, or says it as a date."""
    said = headers.get("retry-after", "")
    return float(said) if said.isascii() and said.isdecimal() else 0.0
