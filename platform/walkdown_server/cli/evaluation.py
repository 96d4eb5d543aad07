"""`walkdown eval run`, `eval ablate` and `eval calibrate`: measure a pack on its questions."""

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from walkdown.errors import UsageError
from walkdown.packs.calibration import CALIBRATION, Calibration, product_calibration
from walkdown.packs.evaluation_file import read_evaluation_set
from walkdown.packs.schema import Pack
from walkdown.settings import LLM_NONE
from walkdown_server.access import LOCAL
from walkdown_server.cli.documents import progress_bar
from walkdown_server.cli.output import Json, print_json, stderr, stdout
from walkdown_server.cli.questions import PackArgument
from walkdown_server.cli.state import state_of
from walkdown_server.evaluation_target import EvaluationTarget
from walkdown_server.services import Services

if TYPE_CHECKING:  # The evaluation is loaded when one of its commands runs.
    from walkdown_server.calibrating import Progress, Told

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
    limit: Annotated[int | None, typer.Option(min=1, help="That many questions, spread over the set.")] = None,
    withheld: Annotated[
        bool,
        typer.Option("--withheld", help="Ask with the documents that hold the answer left out: all should be refused."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Run an evaluation set, print the figures and keep the report under WALKDOWN_HOME/eval."""
    from walkdown_eval.report import to_markdown, write_report
    from walkdown_eval.runner import run_set, spread

    state = state_of(context)
    if withheld and retrieval_only:
        raise UsageError("--withheld measures answers.", "Leave --retrieval-only out.")
    settings, answers = state.settings, not retrieval_only
    loaded = state.build(settings).packs.get(pack)
    name, path = _set_file(loaded, set_name)
    questions = list(read_evaluation_set(path))
    if withheld:
        # A safety topic is quoted from its procedure whatever is found.
        name, questions = f"{name}-withheld", [q for q in questions if q.answerable and "safety" not in q.tags]
    questions = spread(questions, limit or len(questions))
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
            withheld=withheld,
            on_done=lambda outcome: progress(outcome.id, next(done), len(questions)),
        )
    written = write_report(report, settings.home / "eval")
    if as_json:
        print_json(report)
    else:
        stdout().print(to_markdown(report))
    stderr().print(f"The report is in {written} and {written.with_suffix('.md').name}.")


def _grid(given: Sequence[str]) -> dict[str, list[Any]]:
    """Values to try by field, from `field=json,json`; each value is JSON. Raises UsageError."""
    grid: dict[str, list[Any]] = {}
    for text in given:
        field, sign, values = text.partition("=")
        try:
            if not sign:
                raise ValueError("no =")
            grid[field.strip()] = json.loads(f"[{values}]")
        except ValueError:
            raise UsageError(
                f"{text!r} is not FIELD=VALUE,VALUE with JSON values.",
                'Write it as in --vary sparse_weight=0,1 or --vary \'reranker="none","features"\'.',
            ) from None
    return grid


@app.command("ablate")
def ablate(
    context: typer.Context,
    pack: PackArgument,
    set_name: Annotated[str, typer.Option("--set", help="dev, or a .jsonl file; never tune on test.")] = "dev",
    vary: Annotated[list[str] | None, typer.Option(help="FIELD=VALUE,VALUE of pack.yaml's retrieval part.")] = None,
    with_model: Annotated[
        bool, typer.Option("--with-model", help="Let the language model translate and judge where the pack says so.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Search a set with many settings and print which differences are more than chance.

    Without --vary each part of the search is switched off in turn. Works on the index in this process: stop the server.
    A language model that happens to run takes no part unless --with-model asks for it: two runs are then alike.
    """
    from walkdown_eval import ablation

    state = state_of(context)
    settings = state.settings if with_model else state.settings.model_copy(update={"llm": LLM_NONE})
    services = state.build(settings)
    loaded = services.packs.get(pack)
    name, path = _set_file(loaded, set_name)
    questions = read_evaluation_set(path)
    variants = ablation.grid_variants(loaded, _grid(vary)) if vary else ablation.part_variants(loaded)
    searcher = services.searcher.get()
    with progress_bar(f"{pack} {name}", quiet=as_json) as progress:
        done = iter(range(1, len(variants) + 1))
        rows = ablation.ablate(
            variants,
            questions,
            lambda varied, q, k: searcher.search(q.question, varied, LOCAL, k=k, turns=q.turns).hits,
            on_done=lambda variant: progress(variant, next(done), len(variants)),
        )
    if as_json:
        print_json([row._asdict() for row in rows])
    else:
        judged = sum(bool(q.evidence) and q.answerable for q in questions)
        stdout().print(ablation.to_markdown(rows, judged))


@app.command("calibrate")
def calibrate(
    context: typer.Context,
    packs: Annotated[list[str], typer.Argument(help="Names of packs; several are fitted together.")],
    write: Annotated[bool, typer.Option("--write", help="Keep the weights in the pack's calibration.yaml.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write the weights to this file.")] = None,
    kept: Annotated[
        Path | None, typer.Option("--cases", help="Read what was found from this file, or write it if it is not there.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="That many questions of each pack.")] = None,
    lines: Annotated[bool, typer.Option("--lines", help="Fit how likely each line answers, for the product.")] = False,
    as_json: Json = False,
) -> None:
    """Fit the probability that passages answer, on dev questions with and without the documents that answer them.

    One pack starts from the product's weights, several from nothing. Works on the index in this process: stop the
    server.
    """
    from walkdown_eval import calibration, calibration_report
    from walkdown_server.calibrating import cases_of

    state = state_of(context)
    services = state.build(state.settings)
    loaded = [services.packs.get(name) for name in packs]
    if write and (len(loaded) > 1 or lines):
        raise UsageError(
            "--write is for one pack, and for its passages.",
            "Name one pack, or write the weights to a file with --out.",
        )

    def told(name: str) -> "AbstractContextManager[Progress]":
        return progress_bar(name, quiet=as_json)

    if lines:
        _calibrate_lines(services, loaded, limit, told, out, as_json=as_json)
        return
    cases = cases_of(services, loaded, kept, limit, told)
    start = product_calibration() if len(loaded) == 1 else None
    calibrated = calibration.calibrate(cases, start)
    _show(calibrated.calibration, calibration_report.to_markdown(calibrated, cases), as_json=as_json)
    _keep(calibrated.calibration, out)
    _keep(calibrated.calibration, loaded[0].folder / CALIBRATION if write else None)


def _calibrate_lines(
    services: Services, packs: Sequence[Pack], limit: int | None, told: "Told", out: Path | None, *, as_json: bool
) -> None:
    from walkdown_eval.line_calibration import calibrate_lines, to_markdown
    from walkdown_server.calibrating import line_cases_of

    calibrated = calibrate_lines(line_cases_of(services, packs, limit, told))
    _show(calibrated.calibration, to_markdown(calibrated), as_json=as_json)
    _keep(calibrated.calibration, out)


def _show(calibration: Calibration, table: str, *, as_json: bool) -> None:
    if as_json:
        print_json(calibration)
    else:
        stdout().print(table)


def _keep(calibration: Calibration, path: Path | None) -> None:
    if path is not None:
        path.write_text(calibration.to_yaml(), encoding="utf-8")
        stderr().print(f"The weights are in {path}.")
