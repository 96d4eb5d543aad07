"""Chat-template tokens in text that is shown to a language model: broken, so that they are words and no structure."""

import re

_TOKENS = (
    # ChatML, Llama 3, Phi, gpt-oss, Qwen, Solar; Llama 2 and Mistral; EXAONE; Gemma; DeepSeek; HyperCLOVA X; thinking.
    r"<\|[^<>|\n]{0,40}\|>|<｜[^<>｜\n]{0,40}｜>|\[/?(?:INST|SYS|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]|<</?SYS>>|"
    r"</?s>|\[\|[^\[\]|\n]{0,20}\|\]|\[(?:BOS|EOS|PAD|UNK|CLS|SEP|MASK)\]|</?(?:start|end)_of_(?:turn|image)>|"
    r"<(?:bos|eos|pad|unk)>|</?(?:think|thought|tool_call|tool_response|tools|function_calls?|channel)>|"
    r"<\|?(?:im_start|im_end|endoftext|eot_id|begin_of_text)\|?>"
)
_ROLE_LINES = (
    r"^\s*#{2,}\s*(?:System|User|Assistant|Instruction|"
    r"Response)\s*:?\s*$|^(?:Human|Assistant)\s*:(?=\s)|^(?:시스템|어시스턴트)\s*:"
)
_TEMPLATE_TOKENS = re.compile(f"{_TOKENS}|{_ROLE_LINES}", re.IGNORECASE | re.MULTILINE)
_TOKEN = re.compile(_TOKENS, re.IGNORECASE)
LONGEST_TOKEN = 50
"""No token has more characters."""


def neutralise(text: str) -> str:
    """Break chat-template tokens, so that no document or question can open a turn of its own."""
    return _TEMPLATE_TOKENS.sub(lambda m: " ".join(m.group()), text)


def find_token(text: str, at: int = 0) -> re.Match[str] | None:
    """The first chat-template token of a reply from `at` on; a turn ends there where its server does not stop at it."""
    return _TOKEN.search(text, at)
