"""`walkdown pack list | new | validate | words | bundle | publish | versions | rollback`."""

from pathlib import Path
from typing import Annotated

import typer

from walkdown.documents import DocumentStatus
from walkdown.errors import PackError, UsageError, WalkdownError
from walkdown.packs.bundle import write_bundle
from walkdown.packs.faults import error_of
from walkdown.packs.loader import find_packs
from walkdown.packs.new import new_pack
from walkdown.packs.validation import validate_pack
from walkdown.retrieval.unknown_words import unknown_words
from walkdown.wire_releases import GateFigure, PublishQuery, PublishSummary
from walkdown_server.cli.documents import progress_bar
from walkdown_server.cli.output import Json, failed, print_json, stderr, stdout, table
from walkdown_server.cli.questions import PackArgument
from walkdown_server.cli.state import state_of

app = typer.Typer(help="Domain packs.")


def _located(context: typer.Context, given: Path) -> Path:
    """The folder of a pack, given by its path or by the name of an installed one. Raises UsageError."""
    if given.is_dir():
        return given
    installed = find_packs(state_of(context).settings)
    if str(given) not in installed:
        known = f", or the name of an installed one: {', '.join(installed)}" if installed else ""
        raise UsageError(f"There is no folder {given}.", f"Give the folder that holds pack.yaml{known}.")
    return installed[str(given)]


@app.command("list")
def list_packs(context: typer.Context, as_json: Json = False) -> None:
    """List the installed packs."""
    state = state_of(context)
    packs = state.build(state.settings).packs
    rows = []
    for name, folder in packs.folders().items():
        try:
            manifest = packs.get(name).manifest
            row = {"name": name, "version": manifest.version, "title": manifest.title.model_dump(), "error": None}
        except WalkdownError as error:
            row = {"name": name, "version": "", "title": {"en": ""}, "error": str(error)}
        rows.append({**row, "folder": str(folder)})
    if as_json:
        print_json(rows)
        return
    shown = table("name", "version", "title", "folder")
    for row in rows:
        title = row["title"]
        name = title["en"] if isinstance(title, dict) and not row["error"] else f"broken: {row['error']}"
        shown.add_row(str(row["name"]), str(row["version"]), str(name), str(row["folder"]))
    stdout().print(shown)


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Name of the pack: small letters, digits, hyphens.")],
    parent: Annotated[Path, typer.Option("--in", help="Folder to make it in.", file_okay=False, exists=True)] = Path(),
    as_json: Json = False,
) -> None:
    """Make the skeleton of a pack; it validates, and its files say what belongs in them."""
    written = new_pack(name, parent)
    folder = parent / name
    if as_json:
        print_json({"folder": folder, "files": written})
        return
    for path in written:
        stdout().print(str(path))
    stdout().print(f"Edit the files, then run `walkdown pack validate {folder}`.")


@app.command()
def validate(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Folder of the pack, or the name of an installed one.")],
    as_json: Json = False,
) -> None:
    """Check a pack's files; every fault is named with file and line."""
    folder = _located(context, folder)
    faults = validate_pack(folder)
    if as_json:
        print_json({"folder": folder, "valid": not faults, "faults": [fault._asdict() for fault in faults]})
    for fault in faults:
        if not as_json:
            stdout().print(f"{fault.file}:{fault.line or 1}: {fault.message} {fault.remedy}")
    if faults:
        raise failed(
            PackError(f"The pack in {folder} has {len(faults)} fault(s).", "Mend them; each names its remedy.")
        )
    if not as_json:
        stdout().print(f"{folder} is a valid pack.")


@app.command()
def words(
    context: typer.Context,
    pack: PackArgument,
    top: Annotated[int, typer.Option(help="Words to list, the commonest first.", min=1)] = 50,
    least: Annotated[int, typer.Option(help="Documents that a word must stand in.", min=1)] = 3,
    as_json: Json = False,
) -> None:
    """List frequent words of the documents in force that neither glossary nor lexicon knows, for glossary.csv.

    Stop the server first, unless the index is on a Qdrant server.
    """
    state = state_of(context)
    services = state.build(state.settings)
    known = services.packs.get(pack)
    in_force = (c for c in services.store.get().chunks(known.name) if c.status is DocumentStatus.IN_FORCE)
    found = unknown_words(in_force, known, least=least)[:top]
    if as_json:
        print_json([word._asdict() for word in found])
        return
    for word in found:
        line = f"{word.word:<20} {word.documents:>4}  {word.example} ({word.document_id})"
        stdout().print(line, markup=False, highlight=False, soft_wrap=True)
    if not found:
        stdout().print(f"No unknown word stands in {least} documents of {known.name}.")


@app.command()
def bundle(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Folder of the pack, or the name of an installed one.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File; default NAME-VERSION.walkdownpack.")] = None,
    as_json: Json = False,
) -> None:
    """Write a pack as one file with the hashes of its content; the pack must be valid."""
    folder = _located(context, folder)
    faults = validate_pack(folder)
    if faults:
        raise error_of(faults, folder)
    written = write_bundle(folder, out)
    if as_json:
        print_json(written._asdict())
        return
    stdout().print(f"{written.path}  {written.size / 1e6:.1f} MB\nsha256 of the content: {written.sha256}")


@app.command()
def publish(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="Folder of the pack, or a .walkdownpack file.", exists=True)],
    sha256: Annotated[str, typer.Option(help="The sha256 that the pack's content must have.")] = "",
    answers: Annotated[bool, typer.Option(help="Measure answers too, where a language model is there.")] = True,
    as_json: Json = False,
) -> None:
    """Build a version beside the one in service, measure it, and switch to it only if the gate holds."""
    query = PublishQuery(path=str(path.absolute()), sha256=sha256, answers=answers)
    with state_of(context).connect() as backend, progress_bar(path.name, quiet=as_json) as progress:
        summary = backend.publish(query, progress)
    if as_json:
        print_json(summary)
    else:
        _show_gate(summary)
    for warning in summary.warnings:
        stderr().print(f"warning: {warning}")
    if not summary.published:
        kept = f"Version {summary.before}" if summary.before else "What was in service"
        raise failed(
            PackError(
                f"The gate does not hold, so version {summary.version} of {summary.pack} was not published.",
                f"{kept} still answers. Mend what fell, or change gate.yaml.",
            )
        )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _show_gate(summary: PublishSummary) -> None:
    shown = table("figure", "new", "in service", "gate")
    for item in summary.figures:
        shown.add_row(item.figure, _figure(item.value), _figure(item.before), _verdict(item))
    stdout().print(shown)
    asked = f", {summary.asked} of them asked" if summary.asked else "; no answers were measured"
    stdout().print(f"{summary.questions} questions of {summary.set_name}{asked}.")
    if summary.published:
        taken = f", {summary.carried} taken along from before" if summary.carried else ""
        stdout().print(
            f"{summary.pack} {summary.version} is in service: {summary.documents} documents{taken}, "
            f"{summary.chunks:,} passages, {summary.seconds:.0f} s."
        )


def _verdict(item: GateFigure) -> str:
    return item.reason or "holds"


@app.command()
def versions(context: typer.Context, pack: PackArgument, as_json: Json = False) -> None:
    """List the published versions of a pack with their figures."""
    with state_of(context).connect() as backend:
        found = backend.versions(pack)
    if as_json:
        print_json(found)
        return
    shown = table("version", "in service", "made", "figures", "sha256")
    for item in found:
        figures = ", ".join(f"{name} {value}" for name, value in item.report.items())
        shown.add_row(
            item.version or "(installed files)",
            "yes" if item.in_service else "" if item.finished else "unfinished",
            f"{item.made_at:%Y-%m-%d %H:%M}" if item.made_at else "",
            figures,
            item.sha256[:12],
        )
    stdout().print(shown)


@app.command()
def rollback(
    context: typer.Context,
    pack: PackArgument,
    to: Annotated[str | None, typer.Option("--to", help="Version to go to; default is the one before.")] = None,
    as_json: Json = False,
) -> None:
    """Put an earlier version in service, at once."""
    with state_of(context).connect() as backend:
        summary = backend.rollback(pack, to)
    if as_json:
        print_json(summary)
    else:
        now, was = summary.version or "(installed files)", summary.before or "(installed files)"
        stdout().print(f"{pack} {now} is in service again, instead of {was}.")
    if summary.missing:
        listed = ", ".join(summary.missing[:10])
        stderr().print(
            f"warning: {len(summary.missing)} documents taken in since are not in this version: {listed}. "
            "Ingest them again if they are needed."
        )
