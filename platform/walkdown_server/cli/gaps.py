"""`walkdown gaps`: what readers asked and the documents did not surely answer, for the domain team of a pack."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from walkdown.errors import UsageError
from walkdown.outcomes import words_of
from walkdown.unlabelled import unlabelled_lines
from walkdown.wire_records import MAX_GAPS, MAX_WEEKS, GapInfo, GapReport, GapsQuery, NearLine, Only
from walkdown_server.cli.output import Json, print_json, stderr, stdout, table
from walkdown_server.cli.questions import PackArgument
from walkdown_server.cli.state import state_of


def gaps(
    context: typer.Context,
    pack: PackArgument,
    weeks: Annotated[int, typer.Option(help="Weeks to look back, this one included.", min=1, max=MAX_WEEKS)] = 8,
    only: Annotated[Only | None, typer.Option(help="Only questions that ended so.")] = None,
    limit: Annotated[int, typer.Option(help="Questions to list, the newest.", min=1, max=MAX_GAPS)] = 100,
    export: Annotated[
        Path | None, typer.Option(help="Write them to this file as questions to label, one JSON object a line.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the questions that the pack's documents gave no sure answer to, newest first, and how many were asked."""
    if export is not None and export.is_dir():
        raise UsageError(f"{export} is a folder.", "Name a file in it.")
    if export is not None and export.exists():
        raise UsageError(f"There is a file {export} already; it may hold labels.", "Name another one.")
    with state_of(context).connect() as backend:
        report = backend.gaps(pack, GapsQuery(weeks=weeks, only=only, limit=limit))
    if export is not None:
        _export(report, export)
    if as_json:
        print_json(report)
        return
    console = stdout()
    _print_weeks(report, console)
    for gap in report.gaps:
        _print_gap(gap, console)
    if not report.gaps:
        console.print("No question is left open.")
    if report.more:
        console.print(f"{report.more} more; see --limit.")
    if report.closed:
        console.print(f"{report.closed} more rest on documents that are closed to you.")


def _export(report: GapReport, path: Path) -> None:
    try:
        # Made anew: what another program wrote there meanwhile is not lost.
        with path.open("x", encoding="utf-8") as file:
            file.write(unlabelled_lines(report.gaps))
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}).", "Choose another place.") from error
    stderr().print(f"{len(report.gaps)} questions to label are in {path}.")


def _print_weeks(report: GapReport, console: Console) -> None:
    names = ("answered", "quoted", "uncertain", "partly", "refused", "incomplete")
    shown = table("week of", "asked", *names)
    for week in report.weeks:
        counts = [getattr(week, name) for name in names]
        shown.add_row(str(week.monday), *(str(n) for n in (sum(counts), *counts)))
    if report.weeks:
        console.print(shown)
        console.print(f"Passages less likely than {report.threshold:.2f} to hold the answer are refused.\n")


def _print_gap(gap: GapInfo, console: Console) -> None:
    why = f" ({words_of(gap.because, 'en')})" if gap.because else ""
    times = f"  asked {gap.times} times" if gap.times > 1 else ""
    since = f"  {gap.latest} since" if gap.latest in ("answered", "quoted") and gap.outcome != gap.latest else ""
    console.print(f"{gap.asked_at.astimezone():%Y-%m-%d %H:%M}  {gap.language}  {gap.outcome}{why}{times}{since}")
    console.print(f"  {gap.question}")
    if gap.reason:
        console.print(f"  reader was told: {gap.reason}")
    if gap.probability is not None and gap.threshold is not None:
        console.print(f"  probability: {gap.probability:.2f}, threshold {gap.threshold:.2f}")
    if gap.missing:
        console.print(f"  missing: {', '.join(gap.missing)}")
    for line in gap.nearest:
        console.print(f"  near: {_near(line)}")
    if gap.note:
        console.print(f"  note: {gap.note}")
    console.print(f"  record: {gap.record_id}")


def _near(line: NearLine) -> str:
    likely = f"{line.probability:.2f}  " if line.probability is not None else ""
    text = " ".join(line.text.split()) or line.title
    place = [line.document_id]
    place += [f"rev. {line.revision}"] if line.revision else []
    place += [f"page {line.page}"] if line.page else []
    place += [f"{line.standing} now".replace("_", " ")] if line.standing not in (None, "in_force") else []
    return f"{likely}{text}  ({', '.join(place)})"
