"""`walkdown models list | show | pull | serve | families | bom`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, TaskID, TextColumn, TransferSpeedColumn
from rich.progress import Progress as Bar

from walkdown.errors import UsageError
from walkdown.models.catalogue import VllmOptions, find_model, load_catalogue
from walkdown.models.families import family_of
from walkdown.models.serving import ServeCommand, folder_command, serve_command
from walkdown.models.weights import Progress, is_pulled, pull, weights_folder
from walkdown.settings import Settings
from walkdown_server.cli import provenance
from walkdown_server.cli.output import Json, print_json, stderr, stdout, table
from walkdown_server.cli.state import state_of

app = typer.Typer(help="Language models and encoders.")
app.command("families")(provenance.families)
app.command("bom")(provenance.bom)
Name = Annotated[str, typer.Argument(help="Name in the catalogue; `walkdown models list` shows them.")]


@contextmanager
def download_bar(label: str, *, quiet: bool = False) -> Iterator[Progress]:
    """A bar on stderr for the time of a pull, or one line where there is no terminal; nothing when all is there."""
    console = stderr()
    bar = Bar(
        TextColumn(label, markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=console,
        disable=quiet or not console.is_terminal,
        transient=True,
    )
    tasks: dict[str, TaskID] = {}
    with bar:

        def update(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
                if bar.disable and not quiet:
                    console.print(f"Fetching {label}: {what}, {total / 1e6:,.0f} MB")
            bar.update(tasks[what], completed=done)

        yield update


@app.command("list")
def list_models(context: typer.Context, as_json: Json = False) -> None:
    """List the catalogue."""
    settings = state_of(context).settings
    entries = sorted(load_catalogue(settings).values(), key=lambda entry: (entry.role, entry.name))
    used = {settings.llm_model, *settings.embedders}
    if as_json:
        print_json(
            [
                {
                    "name": e.name,
                    "role": e.role,
                    "title": e.title,
                    "licence": e.licence.id,
                    "bytes": e.size,
                    "pulled": is_pulled(e, settings),
                    "in_use": e.name in used,
                }
                for e in entries
            ]
        )
        return
    shown = table("name", "role", "title", "licence", "size", "here", "in use")
    for e in entries:
        here, in_use = ("yes" if fact else "" for fact in (is_pulled(e, settings), e.name in used))
        shown.add_row(e.name, e.role, e.title, e.licence.id, f"{e.size / 1e6:,.0f} MB", here, in_use)
    stdout().print(shown)


@app.command()
def show(context: typer.Context, name: Name, as_json: Json = False) -> None:
    """Show one model: origin, licence and its terms, files, how it is served."""
    settings = state_of(context).settings
    entry = find_model(name, settings)
    if as_json:
        print_json(entry.model_dump(mode="json") | {"pulled": is_pulled(entry, settings)})
        return
    shown = table("", "")
    shown.show_header = False
    for label, value in (
        ("name", entry.name),
        ("title", entry.title),
        ("developer", f"{entry.developer} ({entry.country})"),
        ("upstream", entry.upstream),
        ("revision", entry.revision),
        ("licence", f"{entry.licence.id}: {entry.licence.terms}"),
        ("origin", entry.origin),
        ("languages", ", ".join(entry.languages)),
        ("context", f"{entry.context:,} tokens"),
        ("folder", f"{weights_folder(entry, settings)}{'' if is_pulled(entry, settings) else ' (not pulled)'}"),
        *(("file", f"{file.path}  {file.size:,} bytes  sha256 {file.sha256}") for file in entry.files),
    ):
        shown.add_row(label, value)
    stdout().print(shown)


@app.command("pull")
def pull_model(context: typer.Context, name: Name, as_json: Json = False) -> None:
    """Fetch the weights of a model and check them against the catalogue."""
    settings = state_of(context).settings
    entry = find_model(name, settings)
    with download_bar(entry.name, quiet=as_json) as progress:
        folder = pull(entry, settings, progress)
    if as_json:
        print_json({"name": entry.name, "folder": folder, "bytes": entry.size})
    else:
        stdout().print(f"{entry.name} is in {folder}")


@app.command()
def serve(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name in the catalogue; default is the configured one.")] = "",
    engine: Annotated[str, typer.Option(help="auto, vllm or llamacpp.")] = "",
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on.")] = None,
    folder: Annotated[Path | None, typer.Option(help="A checkpoint of the site, served by vLLM as NAME.")] = None,
    as_json: Json = False,
) -> None:
    """Serve a language model behind an OpenAI-compatible URL, in the foreground.

    With --json the command is printed and not run. With --folder NAME is the model's own name, from which its family
    and so vLLM's arguments are known.
    """
    settings = state_of(context).settings
    if folder is not None:
        _run(_of_folder(folder, name, settings, port or settings.llm_port), as_json=as_json)
        return
    entry = find_model(name or settings.llm_model, settings)
    if entry.role != "llm":
        raise UsageError(f"{entry.name} is an encoder; the server loads it by itself.", "Serve a model of role llm.")
    if not as_json:
        with download_bar(entry.name) as progress:
            pull(entry, settings, progress)
    _run(serve_command(entry, engine or settings.llm_engine, settings, port or settings.llm_port), as_json=as_json)


def _of_folder(folder: Path, name: str, settings: Settings, port: int) -> ServeCommand:
    family = family_of(name)
    if family is None:
        raise UsageError(f"No model family goes by the name {name!r}.", "Give the model's name, as in its model card.")
    return folder_command(folder, name, family, VllmOptions(memory_gb=1), settings, port)


def _run(command: ServeCommand, *, as_json: bool) -> None:
    if as_json:
        print_json({"engine": command.engine, "argv": list(command.argv), "env": dict(command.env)})
        return
    port = command.argv[list(command.argv).index("--port") + 1]
    stderr().print(f"Serving with {command.engine} at http://127.0.0.1:{port}/v1")
    os.execvpe(command.argv[0], list(command.argv), {**os.environ, **command.env})  # noqa: S606  # becomes the server
