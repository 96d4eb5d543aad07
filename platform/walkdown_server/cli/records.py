"""`walkdown replay`: what an answer would be today, and why it differs."""

from typing import Annotated

import typer

from walkdown_server.cli.output import Json, print_json, stdout
from walkdown_server.cli.state import state_of


def replay(
    context: typer.Context,
    record: Annotated[str, typer.Argument(help="Id of the record; every answer has one.")],
    as_json: Json = False,
) -> None:
    """Ask the question of a recorded answer again and show what differs, and why."""
    with state_of(context).connect() as backend:
        found = backend.replay(record)
    if as_json:
        print_json(found)
        return
    console = stdout()
    console.print(found.question, markup=False)
    if not found.differences:
        console.print("The same plan, passages, prompt and claims.")
    for item in found.differences:
        console.print(f"\n{item.what}" + (f" — {item.why}" if item.why else ""), markup=False)
        console.print(f"  then: {item.then or '(none)'}", markup=False)
        console.print(f"  now:  {item.now or '(none)'}", markup=False)
