"""How commands speak: results on stdout (text or JSON), progress and errors on stderr."""

import json
import sys
from typing import Annotated, Any

import typer
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table
from rich.text import Text

from walkdown.errors import WalkdownError
from walkdown_server.log_lines import inert

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]

_PIPE_WIDTH = 240


class _InertConsole(Console):
    """A console that shows controls of a terminal as signs: they come with file names and questions."""

    def render_str(self, text: str, **options: Any) -> Text:
        """Text, also that of a table's cell."""
        return super().render_str(inert(text), **options)


def stdout() -> Console:
    """The console for results; nothing in documents or answers is taken for markup."""
    # A pipe has no width: a table in it must not be folded at the 80 columns of an unknown terminal.
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return _InertConsole(markup=False, highlight=False, emoji=False, soft_wrap=True, width=width)


def stderr() -> Console:
    """The console for progress and errors."""
    return _InertConsole(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True)


def plain(value: Any) -> Any:
    """A value made of what JSON knows."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def print_json(value: Any) -> None:
    """One JSON document, Hangul as it is."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n")


def table(*columns: str) -> Table:
    """A table without lines, which reads well in a terminal and in a pipe."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def print_error(error: WalkdownError, *, as_json: bool) -> None:
    """The error in two lines on stderr; as JSON on stdout too where JSON was asked for."""
    console = stderr()
    console.print(f"error: {error.cause}")
    console.print(f"what to do: {error.remedy}")
    if as_json:
        body = {"code": error.code, "cause": error.cause, "remedy": error.remedy, "retryable": error.retryable}
        print_json({"error": body})


def failed(error: WalkdownError) -> typer.Exit:
    """The end of a command that printed its result and failed all the same: the error goes to stderr only."""
    print_error(error, as_json=False)
    return typer.Exit(error.exit_status)
