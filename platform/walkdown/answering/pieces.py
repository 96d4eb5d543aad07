"""The pieces of a streamed reply as they may be used: text that can be shown and sent on, probabilities that can be."""

import math
import re
from typing import Any

_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Control characters and those that turn or hide text; tabs and line ends stay."""
_HALF = re.compile(r"[\ud800-\udfff]")


def readable(text: str) -> str:
    """The text without control characters, and with half characters replaced: they can be neither sent nor stored."""
    return _HALF.sub("\ufffd", _UNSHOWN.sub("", text))


def read_logprobs(choice: Any) -> dict[str, float]:
    """The log-probabilities of the likeliest first tokens; empty where there are none that make sense."""
    try:
        top = choice.logprobs.content[0].top_logprobs
        # Positive ones are rounding at best; a larger one would outweigh everything.
        return {str(t.token): min(0.0, float(t.logprob)) for t in top if math.isfinite(float(t.logprob))}
    except (AttributeError, TypeError, ValueError, IndexError, KeyError):
        return {}
