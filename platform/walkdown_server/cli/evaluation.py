"""`walkdown eval run`: measures a pack on its questions."""

from pathlib import Path
from typing import Annotated

import typer

from walkdown.packs.evaluation_file import read_evaluation_set
from walkdown.packs.schema import Pack
from walkdown_server.backend import EvaluationTarget
from walkdown_server.cli.documents import progress_bar
from walkdown_server.cli.output import Json, print_json, stderr, stdout
from walkdown_server.cli.questions import PackArgument
from walkdown_server.cli.state import state_of

app = typer.Typer(help="Evaluation.")


@app.callback()
def _group() -> None:
    """Measure a pack on its questions."""


def _set_file(pack: Pack, name: str) -> tuple[str, Path]:
    """Name and file of a set: `dev` and `test` are the pack's own, anything else is a path."""
    own = {"dev": pack.manifest.evaluation.dev, "test": pack.manifest.evaluation.test}
    return (name, pack.folder / own[name]) if name in own else (Path(name).stem, Path(name))


@app.command("run")
def run(
    context: typer.Context,
    pack: PackArgument,
    set_name: Annotated[str, typer.Option("--set", help="dev, test, or a .jsonl file.")] = "dev",
    retrieval_only: Annotated[
        bool,
        typer.Option("--retrieval-only", "--no-answers", help="Search, do not ask: fast, no model needed."),
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first questions.")] = None,
    as_json: Json = False,
) -> None:
    """Run an evaluation set, print the figures and keep the report under WALKDOWN_HOME/eval."""
    from walkdown_eval.report import to_markdown, write_report
    from walkdown_eval.runner import run_set

    state = state_of(context)
    settings, answers = state.settings, not retrieval_only
    loaded = state.build(settings).packs.get(pack)
    name, path = _set_file(loaded, set_name)
    questions = read_evaluation_set(path)[:limit]
    with (
        state.connect() as backend,
        progress_bar(f"{pack} {name}", quiet=as_json) as progress,
    ):
        done = iter(range(1, len(questions) + 1))
        report = run_set(
            questions,
            EvaluationTarget(backend, pack),
            pack=pack,
            set_name=name,
            model=settings.llm_model if answers else "",
            answers=answers,
            on_done=lambda outcome: progress(outcome.id, next(done), len(questions)),
        )
    written = write_report(report, settings.home / "eval")
    if as_json:
        print_json(report)
    else:
        stdout().print(to_markdown(report))
    stderr().print(f"The report is in {written} and {written.with_suffix('.md').name}.")
