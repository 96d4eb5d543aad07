"""The `walkdown` command: its groups, and how every failure ends (exit 0 done, 1 failed, 2 usage; no tracebacks)."""

import errno
import io
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError
from typer.exceptions import TyperException

from walkdown.errors import ResourceError, UsageError, WalkdownError
from walkdown.settings import Settings
from walkdown_server.cli import (
    doctor,
    documents,
    evaluation,
    gaps,
    index,
    jobs,
    models,
    packs,
    questions,
    records,
    searching,
    serving,
)
from walkdown_server.cli.interrupts import end_at_once, raise_interrupts, status_of, words_of
from walkdown_server.cli.output import print_error, print_json, stderr
from walkdown_server.cli.state import State, read_settings, said_of
from walkdown_server.log_lines import set_up_log

if TYPE_CHECKING:
    from walkdown_server.services import Services

_CRASH_LOG = "crash.log"
_UNWRITTEN = (errno.ENOSPC, errno.EDQUOT, errno.EIO)


class InternalError(WalkdownError):
    """A defect of Walkdown, not of what it was asked or given."""


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"walkdown {version('walkdown')}\n")
        raise typer.Exit


def _prepare(
    context: typer.Context,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Answers for plant engineers, checked line by line against the documents they rest on."""
    set_up_log()
    context.obj = State(read_settings(), context.obj)


def build_app() -> typer.Typer:
    """The command with all its groups. Its context object is how services are built from settings."""
    app = typer.Typer(no_args_is_help=False, add_completion=False, pretty_exceptions_enable=False)
    app.callback()(_prepare)
    app.command()(serving.up)
    app.command()(serving.serve)
    app.command()(documents.ingest)
    app.command()(jobs.jobs)
    app.command("documents")(documents.list_documents)
    app.command()(documents.withdraw)
    app.command()(documents.restore)
    app.command()(searching.search)
    app.command()(questions.ask)
    app.command()(records.replay)
    app.command()(gaps.gaps)
    app.add_typer(packs.app, name="pack")
    app.add_typer(evaluation.app, name="eval")
    app.add_typer(models.app, name="models")
    app.add_typer(index.app, name="index")
    app.command()(doctor.doctor)
    return app


def _usage(error: TyperException) -> UsageError:
    """A wrong command line as an error of the tree."""
    message = error.format_message() or str(error)
    # In words of the command line, not of the libraries that read it.
    message = message.replace(": Value error, ", ": ").replace(
        "match the formats '%Y-%m-%d'", "have the form YYYY-MM-DD"
    )
    return UsageError(message if message.endswith(".") else f"{message}.", "See `walkdown --help`, or COMMAND --help.")


def _defect(error: Exception) -> InternalError:
    """A defect: its traceback goes to a file, not to the person."""
    cause = f"Walkdown failed unexpectedly ({type(error).__name__}: {error})."
    try:
        log = read_settings().home / "logs" / _CRASH_LOG
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except (OSError, WalkdownError):
        return InternalError(cause, "Report it.")
    return InternalError(cause, f"Report it with {log}.")


def _real_services(settings: Settings) -> "Services":
    """The services of this installation; imported when needed, since that takes seconds."""
    from walkdown_server.composition import build_services

    return build_services(settings)


def _invoked(arguments: Sequence[str], build: Callable[[Settings], "Services"], *, as_json: bool) -> int:
    command = typer.main.get_command(build_app())
    try:
        # Not by `main`, which turns a Ctrl-C into a status and loses what it has to say.
        with command.make_context("walkdown", list(arguments), obj=build) as context:
            command.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    except KeyboardInterrupt as stop:
        return _stopped(stop, as_json=as_json)
    except typer.Abort:
        return _stopped(KeyboardInterrupt(), as_json=as_json)
    return 0


def run(arguments: Sequence[str], build: Callable[[Settings], "Services"] = _real_services) -> int:
    """Run one command line and return its exit status; `build` makes the services where no server runs."""
    as_json = "--json" in arguments
    try:
        return _invoked(arguments, build, as_json=as_json)
    except WalkdownError as error:
        print_error(error, as_json=as_json)
        return error.exit_status
    except TyperException as error:
        print_error(_usage(error), as_json=as_json)
        return UsageError.exit_status
    except BrokenPipeError:
        # The reader of a pipe (`| head`) has enough: no error, but Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ValidationError as error:
        wrong = UsageError(f"What was asked is not valid: {said_of(error)}.", "See COMMAND --help.")
        print_error(wrong, as_json=as_json)
        return wrong.exit_status
    except OSError as error:
        if error.errno not in _UNWRITTEN or error.filename is not None:
            print_error(_defect(error), as_json=as_json)
            return InternalError.exit_status
        full = ResourceError(f"The result cannot be written ({error.strerror}).", "Free some space where it goes.")
        print_error(full, as_json=False)
        return full.exit_status
    except Exception as error:  # noqa: BLE001  # the boundary of the program: a person gets a sentence
        print_error(_defect(error), as_json=as_json)
        return InternalError.exit_status


def _stopped(error: KeyboardInterrupt, *, as_json: bool) -> int:
    stderr().print(words_of(error))
    if as_json:
        body = {"code": "stopped", "cause": words_of(error), "remedy": "Do it again.", "retryable": True}
        print_json({"error": body})
    return status_of(error)


def _any_terminal() -> None:
    """Let whatever is written be written: to a closed stream not at all, in another encoding with escapes."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # for the whole run
        elif isinstance(stream, io.TextIOWrapper):
            # An escape of JSON is what JSON itself would write.
            stream.reconfigure(errors="backslashreplace")


def main() -> None:
    """Entry point of the console script."""
    _any_terminal()
    raise_interrupts()
    status = run(sys.argv[1:])
    end_at_once()
    sys.exit(status)
