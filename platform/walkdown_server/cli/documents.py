"""`walkdown ingest` and `walkdown documents`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from walkdown.errors import UsageError
from walkdown.wire import IngestQuery, IngestSummary
from walkdown_server.cli.output import Json, print_json, stderr, stdout, table
from walkdown_server.cli.questions import PackArgument
from walkdown_server.cli.state import state_of
from walkdown_server.jobs import JobProgress

_NAME_WIDTH = 40


@contextmanager
def progress_bar(label: str, *, quiet: bool = False) -> Iterator[JobProgress]:
    """A bar on stderr for the time of an ingestion."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[current]}", markup=False),
        console=stderr(),
        disable=quiet or not stderr().is_terminal,
        transient=True,
    )
    with bar:
        task = bar.add_task(label, total=None, current="")

        def update(current: str, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total or None, current=Path(current).name[:_NAME_WIDTH])

        yield update


def _absolute(path: str) -> str:
    """A path that means the same to a server in another folder. Raises UsageError when nothing is there."""
    if "://" in path:
        raise UsageError(f"{path} is a URL; only files and folders are taken so far.", "Download it and give the file.")
    found = Path(path).expanduser().absolute()
    if not found.exists():
        raise UsageError(f"There is no file or folder {path}.", "Check the path.")
    return str(found)


def describe(report: IngestSummary) -> str:
    """One line on what an ingestion did."""
    return (
        f"{report.pack}: {report.added} added, {report.updated} updated, {report.unchanged} unchanged, "
        f"{len(report.failed)} failed; {report.chunks:,} passages in {report.seconds:.1f} s"
    )


def ingest(
    context: typer.Context,
    pack: PackArgument,
    paths: Annotated[list[str], typer.Argument(help="Files, folders, and .jsonl files of records.")],
    site: Annotated[str, typer.Option(help="Site the documents belong to.")] = "",
    access: Annotated[list[str] | None, typer.Option(help="Group that may see them; repeat for more.")] = None,
    as_json: Json = False,
) -> None:
    """Take documents into a pack; documents that did not change are skipped."""
    query = IngestQuery(pack=pack, paths=tuple(map(_absolute, paths)), access=tuple(access or ()), site=site)
    with (
        state_of(context).connect() as backend,
        progress_bar(pack, quiet=as_json) as progress,
    ):
        report = backend.ingest(query, progress)
    if as_json:
        print_json(report)
    else:
        stdout().print(describe(report))
    for failure in report.failed:
        stderr().print(f"failed: {failure.path}: {failure.cause} {failure.remedy}".rstrip())
    for warning in report.warnings:
        stderr().print(f"warning: {warning}")
    if report.failed:
        raise typer.Exit(1)


def list_documents(context: typer.Context, pack: PackArgument, as_json: Json = False) -> None:
    """List the documents of a pack: id, title, revision, status, passages."""
    with state_of(context).connect() as backend:
        documents = backend.documents(pack)
    if as_json:
        print_json(documents)
        return
    shown = table("id", "title", "revision", "status", "passages", "language")
    for document in documents:
        shown.add_row(
            document.id,
            document.title,
            document.revision,
            document.status.value,
            str(document.chunks),
            document.language or "",
        )
    stdout().print(shown)
