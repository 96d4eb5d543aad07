"""Chat-template tokens in text that is shown to a language model: broken, so that they are words and no structure."""

import re

_TEMPLATE_TOKENS = re.compile(
    # ChatML, Llama 3, Phi, gpt-oss, Qwen, Solar; Llama 2 and Mistral; EXAONE; Gemma; DeepSeek; HyperCLOVA X; thinking.
    r"<\|[^<>|\n]{0,40}\|>|<｜[^<>｜\n]{0,40}｜>|\[/?(?:INST|SYS|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]|<</?SYS>>|"
    r"</?s>|\[\|[^\[\]|\n]{0,20}\|\]|\[(?:BOS|EOS|PAD|UNK|CLS|SEP|MASK)\]|</?(?:start|end)_of_(?:turn|image)>|"
    r"<(?:bos|eos|pad|unk)>|</?(?:think|thought|tool_call|tool_response|tools|function_calls?|channel)>|"
    r"<\|?(?:im_start|im_end|endoftext|eot_id|begin_of_text)\|?>|^\s*#{2,}\s*(?:System|User|Assistant|Instruction|"
    r"Response)\s*:?\s*$|^(?:Human|Assistant)\s*:(?=\s)|^(?:시스템|어시스턴트)\s*:",
    re.IGNORECASE | re.MULTILINE,
)


def neutralise(text: str) -> str:
    """Break chat-template tokens, so that no document or question can open a turn of its own."""
    return _TEMPLATE_TOKENS.sub(lambda m: " ".join(m.group()), text)
