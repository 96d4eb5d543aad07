"""Forms in which models wrap a reply: JSON, a code fence, a sentence cut off. What is left is text with `[n]` marks.

A small model writes JSON though nobody asked for it, and structure that passes for a sentence is shown as an answer.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_FENCE = re.compile(r"^[ \t]*```[^\n]*\n?", re.MULTILINE)
_OBJECT = re.compile(r"\[?\s*\{\s*\"")
_TEXT_KEYS = ("text", "claim", "statement", "sentence", "content", "answer")
_CITED_KEYS = ("ids", "id", "citations", "citation", "evidence", "sources", "source", "refs")
_MOST_OBJECTS = 50
_SENTENCE = re.compile(r"(?:(?<!\d)[.!?。]|[.!?。](?=\s))(?:\s*[\[［【][\d,;\s]*[\]］】])*(?=\s|$)|[\]］】](?=\s|$)|\n")


class Plain(NamedTuple):
    """A reply without its wrapping, and the yes or no that stood inside of it."""

    text: str
    judgement: str = ""


def unwrapped(text: str) -> Plain:
    """The reply's statements as plain text; of broken JSON those that are whole, and nothing of the structure."""
    text = _FENCE.sub("", text)
    begin = _OBJECT.search(text)
    if begin is None:
        return Plain(text)
    said = list(_statements(text[begin.start() :]))
    judgement = next((s.lower() for s in said if s.lower() in ("yes", "no")), "")
    lines = [text[: begin.start()].rstrip(), *(s for s in said if s.lower() not in ("yes", "no"))]
    return Plain("\n".join(line for line in lines if line), judgement)


def _statements(text: str) -> Iterator[str]:
    """Statements of the outermost objects that can be read, in order; a cut one is looked into."""
    decoder, at = json.JSONDecoder(), 0
    for _ in range(_MOST_OBJECTS):
        at = text.find("{", at)
        if at < 0:
            return
        try:
            found, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at += 1
            continue
        yield from _of(found, 0)
        at = end


def _of(value: Any, depth: int) -> Iterator[str]:
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value:
            yield from _of(item, depth + 1)
    elif isinstance(value, dict):
        text = next((value[k] for k in _TEXT_KEYS if isinstance(value.get(k), str)), None)
        if text is not None:
            yield " ".join([text.strip(), *(f"[{n}]" for n in _numbers(value))])
        for key, inner in value.items():
            if key not in _CITED_KEYS:
                yield from _of(inner, depth + 1)


def _numbers(value: dict[str, Any]) -> list[int]:
    cited: Any = next((value[k] for k in _CITED_KEYS if k in value), [])
    items = cited if isinstance(cited, list) else [cited]
    return [int(n) for item in items if isinstance(item, str | int) for n in re.findall(r"\d{1,2}", str(item))]


def whole_sentences(text: str) -> str:
    """A text that was cut off, up to its last whole sentence: what would have followed may have been the exception."""
    ends = [m.end() for m in _SENTENCE.finditer(text)]
    return text[: ends[-1]].rstrip() if ends else ""
