"""Safety topics of a pack: what is answered only by quoting the procedure in force, and what is refused outright."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from walkdown.documents import Language
from walkdown.packs.faults import Fault
from walkdown.packs.files import line_of, parse_yaml, read_text, schema_faults
from walkdown.packs.texts import Texts
from walkdown.text.languages import normalise

SAFETY = "safety.yaml"
"""Name of the file when the manifest names none."""
_REQUIRED: tuple[Language, ...] = ("ko", "en")
_HANGUL = re.compile(r"[가-힣]")
_NO_LETTER = re.compile(r"[^\w+]+")
_WHOLE_WORD = 3
Items = dict[Language, tuple[Annotated[str, Field(min_length=1)], ...]]


def _pattern(word: str) -> re.Pattern[str]:
    """What finds a word of an item.

    Korean stands anywhere, since particles follow it. Latin begins a word, as bypass does in bypassing; up to three
    letters are a word of their own.
    """
    if _HANGUL.search(word):
        # Korean is written with and without spaces: 밀폐공간, 밀폐 공간.
        return re.compile(r"\s*".join(map(re.escape, word.replace(" ", ""))))
    end = r"(?![a-z0-9])" if len(word) <= _WHOLE_WORD else ""
    return re.compile(rf"(?<![a-z0-9]){re.escape(word)}{end}")


def _folded(text: str) -> str:
    """Small letters, single spaces, no hyphens or other signs: lock-out and Lock Out are one."""
    return _NO_LETTER.sub(" ", normalise(text).casefold()).strip()


def _occurs(item: str, question: str) -> bool:
    return all(pattern.search(question) for pattern in _patterns(item))


@lru_cache(maxsize=4096)
def _patterns(item: str) -> tuple[re.Pattern[str], ...]:
    """What finds the words of an item: every question is tried on hundreds of them."""
    return tuple(map(_pattern, _words(item)))


def _words(item: str) -> list[str]:
    return [word.strip() for word in _folded(item).split("+")]


class SafetyTopic(BaseModel):
    """One safety topic. Its `match` items are tried on the whole question, whatever its language.

    `quote`: the procedure in force among `documents` is quoted word for word, never paraphrased. `refuse`: there is
    no answer, and the reader is pointed to `documents`. `warning` and `contact` are shown either way.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    title: Texts
    handling: Literal["quote", "refuse"]
    match: Items
    unless: Items = Field(default_factory=dict)
    documents: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    warning: Texts
    contact: Texts

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        absent = [language for language in _REQUIRED if not self.match.get(language)]
        if absent:
            raise ValueError(f"match has no items in {' and '.join(absent)}")
        items = [item for group in (self.match, self.unless) for part in group.values() for item in part]
        wrong = next((item for item in items if not all(_words(item))), None)
        if wrong is not None:
            raise ValueError(f"the item {wrong!r} lacks a word beside its +")
        if self.handling == "quote" and not self.documents:
            raise ValueError("a topic that is quoted names the documents to quote from")
        return self

    def covers(self, question: str) -> bool:
        """True when the question is on this topic: an item of `match` occurs in it and none of `unless` does."""
        text = _folded(question)
        return _any_occurs(self.match, text) and not _any_occurs(self.unless, text)


def _any_occurs(items: Items, text: str) -> bool:
    return any(_occurs(item, text) for part in items.values() for item in part)


class SafetyRules(BaseModel):
    """The content of safety.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topics: tuple[SafetyTopic, ...]


def topics_of(topics: Iterable[SafetyTopic], question: str) -> tuple[SafetyTopic, ...]:
    """The topics that a question is on; those that refuse come first, since they outweigh the others."""
    found = [topic for topic in topics if topic.covers(question)]
    return tuple(sorted(found, key=lambda topic: topic.handling != "refuse"))


def _parse(text: str, name: str, faults: list[Fault]) -> tuple[Any, yaml.Node | None]:
    data, node = parse_yaml(text, name, faults)
    if node is None and not faults:
        faults.append(Fault(name, 1, "The file is empty.", "Write `topics:` and a list of topics."))
    return data, node


def read_safety(folder: Path, name: str, faults: list[Fault]) -> list[tuple[int, SafetyTopic]]:
    """Topics with the line each begins on; faults (a duplicate id among them) are appended."""
    found: list[Fault] = []
    text = read_text(folder, name, found)
    data, node = _parse(text, name, found) if text is not None else (None, None)
    faults += found
    if node is None:
        return []
    try:
        rules = SafetyRules.model_validate(data)
    except ValidationError as error:
        faults += schema_faults(error, name, node)
        return []
    topics: dict[str, tuple[int, SafetyTopic]] = {}
    for position, topic in enumerate(rules.topics):
        line = line_of(node, ("topics", position))
        if topic.id in topics:
            message = f"The topic {topic.id!r} is already that of line {topics[topic.id][0]}."
            faults.append(Fault(name, line, message, "Give each topic an id of its own, or join the two."))
            continue
        topics[topic.id] = (line, topic)
    return list(topics.values())
