"""`walkdown up` and `walkdown serve`. What only they need is imported in them, so that other commands start at once."""

import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from walkdown.errors import WalkdownError
from walkdown.models.catalogue import find_model
from walkdown.models.weights import pull
from walkdown.settings import Settings
from walkdown_server.backend import address_of
from walkdown_server.cli.documents import progress_bar
from walkdown_server.cli.models import download_bar
from walkdown_server.cli.output import Json, print_json, stderr, stdout
from walkdown_server.cli.state import read_settings, state_of
from walkdown_server.jobs import JobProgress
from walkdown_server.resources import check_server_port

if TYPE_CHECKING:
    from walkdown_server.services import PackShelf

Host = Annotated[str | None, typer.Option(help="Address to listen on.")]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Port of the server.")]
UiPort = Annotated[int | None, typer.Option(min=1, max=65535, help="Port of the web UI.")]
Llm = Annotated[str | None, typer.Option(help="auto, none, or the URL of an OpenAI-compatible server.")]
_GRACE_SECONDS = 5


def serve(context: typer.Context, host: Host = None, port: Port = None, llm: Llm = None, as_json: Json = False) -> None:
    """Run the HTTP server alone, in the foreground."""
    import uvicorn

    from walkdown_server.app import create_app

    settings = read_settings({"host": host, "port": port, "llm": llm})
    check_server_port(settings)
    app = create_app(state_of(context).build(settings))
    if as_json:
        print_json({"url": address_of(settings)})
    stderr().print(f"Serving at {address_of(settings)}")
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    # Ctrl-C and SIGTERM are the ordinary end of this command, once what it had at hand is ended.
    with suppress(KeyboardInterrupt):
        uvicorn.run(
            app,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )


class TerminalScreen:
    """The supervisor's screen: stderr."""

    def __init__(self, console: Console, *, quiet: bool) -> None:
        self._console = console
        self._quiet = quiet

    def say(self, text: str) -> None:
        """One line."""
        self._console.print(text)

    def pull(self, settings: Settings, names: Sequence[str]) -> None:
        """Fetch weights with a bar."""
        for name in names:
            with download_bar(name, quiet=self._quiet) as progress:
                pull(find_model(name, settings), settings, progress)

    def bar(self, label: str) -> AbstractContextManager[JobProgress]:
        """A bar for an ingestion."""
        return progress_bar(label, quiet=self._quiet)


def starter_folders(packs: "PackShelf") -> dict[str, Path]:
    """The packs' own documents by pack; a pack that does not load or has none is left out."""
    found = {}
    for name in packs.names():
        try:
            folder = packs.get(name).corpus_dir
        except WalkdownError as error:
            stderr().print(f"warning: the pack {name} is left out: {error}")
            continue
        if folder.is_dir():
            found[name] = folder
    return found


def up(
    context: typer.Context,
    host: Host = None,
    port: Port = None,
    ui_port: UiPort = None,
    llm: Llm = None,
    ui: Annotated[bool, typer.Option("--ui/--no-ui", help="Start the web UI.")] = True,
    as_json: Json = False,
) -> None:
    """Start language model, server and web UI; Ctrl-C stops them all."""
    from walkdown_server.composition import child_commands
    from walkdown_server.supervisor import Supervisor

    settings = read_settings({"host": host, "port": port, "ui_port": ui_port, "llm": llm})
    starters = starter_folders(state_of(context).build(settings).packs)

    def on_up(url: str) -> None:
        found: dict[str, Any] = {"url": url, "server": address_of(settings)}
        if as_json:
            print_json(found)
        else:
            stdout().print(f"\nWalkdown is ready: {url}\nCtrl-C stops it.")

    supervisor = Supervisor(settings, TerminalScreen(stderr(), quiet=as_json), child_commands())
    # Ctrl-C is the ordinary end of this command, not a failure.
    with suppress(KeyboardInterrupt):
        supervisor.run(starters, ui=ui, on_up=on_up)
