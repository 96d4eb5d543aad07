"""A calibration as tables: what it tells apart, how reliable its probabilities are, what its threshold costs."""

from collections.abc import Sequence

from walkdown_eval.calibration import KINDS, Calibrated, Case, Figures


def _told(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _weights(calibrated: Calibrated) -> list[str]:
    lines = ["| feature | weight | mean |", "|---|---|---|"]
    parts = calibrated.calibration.features.items()
    return [*lines, *(f"| {name} | {part.weight:+.2f} | {part.mean:.2f} |" for name, part in parts)]


def _summary(name: str, figures: Figures) -> str:
    cells = [name, *(_told(figures.auc[kind]) for kind in KINDS[1:]), f"{figures.brier:.3f}", f"{figures.base:.3f}"]
    cells += [f"{figures.threshold:.2f}", str(figures.lost)]
    for kind in KINDS:
        of = figures.refused[kind]
        cells.append(f"{of.by_rules} -> {of.in_all} of {of.cases}")
    return "| " + " | ".join(cells) + " |"


def _reliability(figures: Figures) -> list[str]:
    lines = ["| cases | probability said | share that was so |", "|---|---|---|"]
    return [*lines, *(f"| {b.cases} | {b.said:.2f} | {b.was:.2f} |" for b in figures.bins)]


def to_markdown(calibrated: Calibrated, cases: Sequence[Case]) -> str:
    """All tables; what is said of a question comes from weights that never saw it."""
    counts = ", ".join(f"{sum(c.kind == kind for c in cases)} {kind}" for kind in KINDS)
    found = sum(case.answerable for case in cases)
    head = "| unseen | AUC withheld | AUC near miss | Brier | of the base rate | threshold | lost | "
    head += " | ".join(f"{kind} refused" for kind in KINDS) + " |"
    rows = [_summary("tenths of the questions", calibrated.folds)]
    if calibrated.packs is not None:
        rows.append(_summary("pack by pack", calibrated.packs))
    return "\n".join(
        [
            f"{len(cases)} cases: {counts}; in {found} the passages found hold the answer.",
            "",
            head,
            "|" + "---|" * 10,
            *rows,
            "",
            "Refused: by the rules alone -> with the threshold. Answerable are those whose passage was found; lost are",
            "those of them that only the threshold refuses.",
            "",
            *_reliability(calibrated.folds),
            "",
            *_weights(calibrated),
            "",
            f"Each weight is held to its beginning with {calibrated.pull:g} for each standard deviation.",
            "",
        ]
    )
