"""`walkdown ingest`, `walkdown documents`, `walkdown withdraw` and `walkdown restore`."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from walkdown.documents import DocumentStatus
from walkdown.errors import UsageError, WalkdownError
from walkdown.wire import DocumentInfo, IngestEngine, IngestQuery, IngestSummary
from walkdown_ingestion.connectors.open import is_address
from walkdown_ingestion.paths import is_there
from walkdown_server.cli.output import Json, print_error, print_json, stderr, stdout, table
from walkdown_server.cli.questions import PackArgument
from walkdown_server.cli.state import State, state_of
from walkdown_server.cli.watching import insisting, passes
from walkdown_server.jobs import JobProgress

_NAME_WIDTH = 40


@contextmanager
def progress_bar(label: str, *, quiet: bool = False) -> Iterator[JobProgress]:
    """A bar on stderr for the time of an ingestion."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[current]}", markup=False),
        console=stderr(),
        disable=quiet or not stderr().is_terminal,
        transient=True,
    )
    with bar:
        task = bar.add_task(label, total=None, current="", rate="")
        began = time.monotonic()

        def update(current: str, done: int, total: int) -> None:
            rate = f"{done / max(time.monotonic() - began, 1e-3):.1f}/s" if done else ""
            name = Path(current).name[:_NAME_WIDTH]
            bar.update(task, completed=done, total=total or None, current=name, rate=rate)

        yield update


def _absolute(path: str) -> str:
    """A path that means the same to a server in another folder. Raises UsageError when nothing is there."""
    if is_address(path):
        return path
    if not path.strip():
        # An unset variable of a script: it would mean the folder one happens to be in.
        raise UsageError("A path is empty.", "Name the files or folders to take in.")
    found = Path(path).expanduser().absolute()
    if not is_there(found):
        raise UsageError(f"There is no file or folder {path}.", "Check the path.")
    return str(found)


def describe(report: IngestSummary) -> str:
    """One line on what an ingestion did."""
    withdrawn = f"{report.withdrawn} withdrawn, " if report.withdrawn else ""
    return (
        f"{report.pack}: {report.added} added, {report.updated} updated, {report.unchanged} unchanged, {withdrawn}"
        f"{len(report.failed)} failed; {report.chunks:,} passages in {report.seconds:.1f} s"
    )


def ingest(
    context: typer.Context,
    pack: PackArgument,
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, .jsonl files; URLs, webdavs://, s3://, imaps:// places."),
    ],
    site: Annotated[str, typer.Option(help="Site the documents belong to.")] = "",
    access: Annotated[list[str] | None, typer.Option(help="Group that may see them; repeat for more.")] = None,
    sync: Annotated[bool, typer.Option("--sync", help="Withdraw documents whose files are gone.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Go on: take in what changes in the folders.")] = False,
    every: Annotated[float, typer.Option(help="Go on: take in what changed every so many minutes.", min=0)] = 0,
    engine: Annotated[IngestEngine, typer.Option(help="Prepare them here, or on a Ray cluster.")] = "local",
    as_json: Json = False,
) -> None:
    """Take documents into a pack; documents that did not change are skipped."""
    located = tuple(map(_absolute, paths))
    if not all(group.strip() for group in access or ()):
        raise UsageError("A group of --access has no name.", "Name it, or leave --access out: everyone may see them.")
    query = IngestQuery(pack=pack, paths=located, access=tuple(access or ()), site=site, sync=sync, engine=engine)
    going_on = watch or every > 0
    for _ in passes(located, watch=watch, every=every):
        try:
            failed = insisting(lambda: _one_pass(state_of(context), query, as_json=as_json), watch=watch)
        except WalkdownError as error:
            if not going_on:
                raise
            print_error(error, as_json=False)
            continue
        if failed and not going_on:
            raise typer.Exit(1)


def _one_pass(state: State, query: IngestQuery, *, as_json: bool) -> bool:
    """Take in what is new or changed, and say so; True when files failed."""
    try:
        with state.connect() as backend, progress_bar(query.pack, quiet=as_json) as progress:
            report = backend.ingest(query, progress)
    except KeyboardInterrupt as stop:
        # A server has said what became of the job.
        raise type(stop)(*(stop.args or ("What was taken in stays; the same command goes on from there.",))) from None
    if as_json:
        print_json(report)
    else:
        stdout().print(describe(report))
    for failure in report.failed:
        stderr().print(f"failed: {failure.path}: {failure.cause} {failure.remedy}".rstrip())
    for warning in report.warnings:
        stderr().print(f"warning: {warning}")
    return bool(report.failed)


def list_documents(
    context: typer.Context,
    pack: PackArgument,
    failed: Annotated[bool, typer.Option("--failed", help="Only files that could not be taken in, and why.")] = False,
    conflicts: Annotated[bool, typer.Option("--conflicts", help="Only contents that a person must decide on.")] = False,
    decide: Annotated[
        tuple[str, str], typer.Option(metavar="ID SHA", help="Put the content whose sha256 begins so in force.")
    ] = ("", ""),
    as_json: Json = False,
) -> None:
    """List the documents of a pack: every file with its status, and the reason where it is not in force."""
    with state_of(context).connect() as backend:
        documents = backend.decide(pack, *decide) if decide[0] else backend.documents(pack)
    wanted = {DocumentStatus.FAILED} if failed else {DocumentStatus.CONFLICT} if conflicts else set(DocumentStatus)
    show([document for document in documents if document.status in wanted], as_json=as_json)


DocumentArgument = Annotated[str, typer.Argument(help="Id of the document, as `walkdown documents` lists it.")]


def withdraw(
    context: typer.Context,
    pack: PackArgument,
    document: DocumentArgument,
    reason: Annotated[str, typer.Option(help="Why; it is shown in the list.")] = "",
    as_json: Json = False,
) -> None:
    """Take a document out of every answer at once, with all its revisions; `walkdown restore` undoes it."""
    with state_of(context).connect() as backend:
        show(backend.withdraw(pack, document, reason), as_json=as_json)


def restore(context: typer.Context, pack: PackArgument, document: DocumentArgument, as_json: Json = False) -> None:
    """Put a withdrawn document back as it was."""
    with state_of(context).connect() as backend:
        show(backend.restore(pack, document), as_json=as_json)


def show(documents: Sequence[DocumentInfo], *, as_json: bool) -> None:
    """Print documents as a table, the reasons below it."""
    if as_json:
        print_json(documents)
        return
    shown = table("id", "title", "revision", "status", "passages", "language", "sha256")
    for document in documents:
        shown.add_row(
            document.id,
            document.title,
            document.revision,
            document.status.value,
            str(document.chunks),
            document.language or "",
            document.sha256[:8],
        )
    stdout().print(shown)
    for document in documents:
        if document.error:
            stdout().print(f"{document.file_name} ({document.status.value}): {document.error}")
