"""`walkdown pack list | new | validate`."""

from pathlib import Path
from typing import Annotated

import typer

from walkdown.errors import PackError, UsageError, WalkdownError
from walkdown.packs.new import new_pack
from walkdown.packs.validation import validate_pack
from walkdown_server.cli.output import Json, failed, print_json, stdout, table
from walkdown_server.cli.state import state_of

app = typer.Typer(help="Domain packs.")


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
    folder: Annotated[Path, typer.Argument(help="Folder of the pack.")],
    as_json: Json = False,
) -> None:
    """Check a pack's files; every fault is named with file and line."""
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", "Give the folder that holds pack.yaml.")
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
