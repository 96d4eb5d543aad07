"""What all commands share: the settings, read once, and who does the work (a running server, or this process)."""

import os
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError

from walkdown.errors import UsageError
from walkdown.settings import Settings
from walkdown_server.backend import Backend, connect

if TYPE_CHECKING:
    from walkdown_server.services import Services

_HALF = re.compile(r"[\ud800-\udfff]")


def said_of(error: ValidationError) -> str:
    """The first fault in words."""
    return str(error.errors()[0]["msg"]).removeprefix("Value error, ")


def typed(text: str) -> str:
    """What was typed, in whole characters, whatever the locale. Raises UsageError for what is no text.

    Where the locale is not that of the terminal, each byte of a Hangul syllable comes as half a character.
    """
    try:
        return os.fsencode(text).decode() if _HALF.search(text) else text
    except UnicodeError:
        raise UsageError(
            "The question is not written in UTF-8.", "Set the terminal and LC_ALL to UTF-8, e.g. LC_ALL=C.UTF-8."
        ) from None


def read_settings(overrides: Mapping[str, Any] | None = None) -> Settings:
    """Settings of the environment with the options given; None leaves the environment's value.

    Raises UsageError that names the variable that is wrong.
    """
    given = {name: value for name, value in (overrides or {}).items() if value is not None}
    try:
        return Settings(**given)
    except SettingsError as error:
        field = re.search(r'field "(\w+)"', str(error))
        raise UsageError(
            f"The setting WALKDOWN_{field[1].upper() if field else '…'} is no list in JSON.",
            """Write it like '["e5-small", "use-multilingual"]'; docs/operator.md lists all settings.""",
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        where = f"--{name.replace('_', '-')}" if name in given else f"WALKDOWN_{name.upper()}"
        raise UsageError(
            f"The setting {where} is not valid: {said_of(error)}.", "Correct it; docs/operator.md lists all settings."
        ) from error


@dataclass(frozen=True)
class State:
    """What the main callback hands to a command."""

    settings: Settings
    build: Callable[[Settings], "Services"]

    def connect(self) -> AbstractContextManager[Backend]:
        """Who does the work: a running server, or this process."""
        return connect(self.settings, self.build)


def state_of(context: typer.Context) -> State:
    """The state of the running command."""
    state = context.obj
    if not isinstance(state, State):
        raise TypeError("the main callback has not run")
    return state
