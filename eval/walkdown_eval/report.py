"""Writes a run as JSON and as a page people can read, and finds the latest run of each pack."""

import json
from pathlib import Path

from walkdown_eval.runner import Outcome, Report, Summary

_UNSCORED = "not scored"
_HELD_OUT = "test"
"""The set whose questions are not shown: who has read them tunes on them."""


def _cell(value: float | None) -> str:
    return _UNSCORED if value is None else f"{value:.2f}"


def _row(summary: Summary) -> str:
    cells = [
        summary.group,
        str(summary.questions),
        *(_cell(v) for v in summary.retrieval.values()),
        _cell(summary.citation_hit),
        _cell(summary.number_match),
        _cell(summary.refusal_precision),
        _cell(summary.refusal_recall),
        _cell(summary.as_expected),
        str(summary.unscored),
    ]
    return "| " + " | ".join(cells) + " |"


def _why(o: Outcome) -> str:
    """What went wrong with a question; "" where nothing did."""
    missed = o.evidence_count and not any(name.startswith("evidence-") for name in o.run)
    wrong = o.status is not None and (o.status == "refused") == o.answerable
    reasons = (
        ("evidence not found", missed),
        ("wrongly refused" if o.answerable else "not refused", wrong),
        ("number differs", o.number_match == 0 and not wrong),
        ("cites elsewhere", o.citation_hit == 0),
    )
    went_wrong = missed or wrong or o.number_match == 0 or o.citation_hit == 0
    return ", ".join(reason for reason, true in reasons if true) if went_wrong else ""


def _given(o: Outcome) -> str:
    return f"Given: {o.answer[:160]!r}; expected: {o.gold!r}"


def to_markdown(report: Report) -> str:
    """The report as Markdown: a table per group, then every question that went wrong, of the test set their number."""
    measures = list(report.summaries[0].retrieval)
    head = [
        "group", "questions", *measures, "citation hit", "number match", "refusal precision", "refusal recall",
        "as expected", "unscored",
    ]  # fmt: skip
    lines = [
        f"# {report.pack} · {report.set_name}",
        "",
        f"{report.at:%Y-%m-%d %H:%M} UTC · model: {report.model or 'none'} · {report.seconds:.0f} s",
        "",
        "| " + " | ".join(head) + " |",
        "|" + "---|" * len(head),
        *map(_row, report.summaries),
        "",
        "## Questions to look at",
        "",
    ]
    wrong = [f"- `{o.id}` {o.question} — {why}. {_given(o)}" for o in report.outcomes if (why := _why(o))]
    if report.set_name == _HELD_OUT and wrong:
        wrong = [
            f"{len(wrong)}. They are kept from view, so that nothing is tuned on them; the JSON beside this has them."
        ]
    return "\n".join([*lines, *wrong]) + "\n"


def write_report(report: Report, folder: Path) -> Path:
    """Write `<pack>-<set>-<time>.json` and `.md`; returns the JSON path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{report.pack}-{report.set_name}-{report.at:%Y%m%dT%H%M%S}.json"
    path.write_text(report.model_dump_json(indent=1), encoding="utf-8")
    path.with_suffix(".md").write_text(to_markdown(report), encoding="utf-8")
    return path


def latest_reports(folder: Path) -> dict[str, Report]:
    """The newest run of each pack; files that are no report are passed over."""
    latest: dict[str, Report] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            report = Report.model_validate(json.loads(path.read_text(encoding="utf-8")))
        except ValueError:
            continue
        if report.pack not in latest or report.at > latest[report.pack].at:
            latest[report.pack] = report
    return latest
