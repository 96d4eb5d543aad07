"""Profiles of model families: how vLLM serves each, how its thinking is switched off, and where it comes from.

The statements are data (`families.yaml`): who developed a family, under which licence, what its developer says of
training from scratch and what reuse is acknowledged or disputed, each with its evidence. They are never a badge.
"""

import datetime as dt
import re
from functools import cache
from importlib import resources
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, field_validator

from walkdown.errors import UnknownItemError

Commercial = Literal["allowed", "conditional", "forbidden"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FamilyLicence(_Part):
    """A licence by id, whether it permits commercial use, and what it forbids in one sentence."""

    id: str
    commercial: Commercial
    forbids: str


class Thinking(_Part):
    """Whether the family thinks by default, and the chat-template arguments that switch it off.

    Walkdown reads the model's judgement from the first token of its reply (decision 0003), so thoughts are off.
    """

    by_default: bool
    switch_off: dict[str, Any] = Field(default_factory=dict)


class FamilyServing(_Part):
    """vLLM's arguments for the family; `parallel` GPUs for its largest model; why not, where it is not registered."""

    registered: bool
    arguments: tuple[str, ...] = ()
    parallel: Annotated[int, Field(ge=1)] = 1
    note: str = ""


class FromScratch(_Part):
    """What is said of training from scratch, by whom, and where it can be read."""

    statement: str
    by: str
    evidence: Annotated[tuple[str, ...], Field(min_length=1)]


class Reuse(_Part):
    """Something taken from another's model, acknowledged or alleged."""

    what: str
    kind: Literal["weights", "encoder", "code", "architecture", "tokenizer"]
    status: str
    evidence: str


class ModelFamily(_Part):
    """One family. `match` are expressions found, in any case, in a served model's name; `context` is in tokens."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: str
    developer: str
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    match: Annotated[tuple[str, ...], Field(min_length=1)]
    models: tuple[str, ...]
    architectures: tuple[str, ...]
    context: Annotated[int, Field(gt=0)]
    languages: tuple[str, ...]
    licence: FamilyLicence
    thinking: Thinking
    serving: FamilyServing
    from_scratch: FromScratch
    reuse: tuple[Reuse, ...] = ()
    checked: dt.date

    @field_validator("match")
    @classmethod
    def _compiles(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            re.compile(pattern)
        return patterns

    @property
    def reuses_weights(self) -> bool:
        """Whether reuse of another's weights or encoders is acknowledged, reported or disputed."""
        return any(item.kind in ("weights", "encoder") for item in self.reuse)


class _Families(_Part):
    families: tuple[ModelFamily, ...]


@cache
def load_families() -> tuple[ModelFamily, ...]:
    """All families in the order of the file; the first that matches a name wins."""
    text = resources.files(__package__).joinpath("families.yaml").read_text("utf-8")
    return _Families.model_validate(yaml.safe_load(text)).families


def family_of(model: str) -> ModelFamily | None:
    """The family of a served model by its name (`LGAI-EXAONE/K-EXAONE-236B-A23B`), or None when none matches."""
    for family in load_families():
        if any(re.search(pattern, model, re.IGNORECASE) for pattern in family.match):
            return family
    return None


def find_family(name: str) -> ModelFamily:
    """The family of that id. Raises UnknownItemError, which lists the ids there are."""
    for family in load_families():
        if family.id == name:
            return family
    known = ", ".join(family.id for family in load_families())
    raise UnknownItemError(f"There is no model family {name!r}.", f"Take one of: {known}.")


def request_extras(model: str) -> dict[str, Any]:
    """Fields to add to a chat request so that the model answers without thinking first; empty for an unknown one."""
    family = family_of(model)
    return {"chat_template_kwargs": dict(family.thinking.switch_off)} if family and family.thinking.switch_off else {}
