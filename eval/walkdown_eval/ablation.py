"""Searches a set of questions with many settings of one pack and says which differences are more than chance.

A grid names fields of the pack's retrieval parameters and values to try (every combination is run); the preset
`parts` switches each part of the search off in turn. The first variant is always the pack as it is.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import ir_measures
from ir_measures import R, nDCG
from pydantic import ValidationError

from walkdown.documents import Hit
from walkdown.errors import UsageError
from walkdown.packs.schema import EvaluationQuestion, Pack, RetrievalParameters
from walkdown_eval.runner import SEARCH_DEPTH
from walkdown_eval.scorers import run_of
from walkdown_eval.significance import paired_randomisation

MEASURES = (R @ 1, R @ 5, R @ 10, nDCG @ 10)
Search = Callable[[Pack, EvaluationQuestion, int], Sequence[Hit]]
"""Pack as varied, question, number of hits."""


class Variant(NamedTuple):
    """One setting: what it is called and the pack with it."""

    name: str
    pack: Pack


class Row(NamedTuple):
    """A variant's means by group ("same", "cross", "all"), and p against the first variant on nDCG@10 over all."""

    name: str
    means: Mapping[str, Mapping[str, float]]
    p: float | None


def _with(pack: Pack, changes: Mapping[str, Any]) -> Pack:
    """The pack with other retrieval parameters. Raises UsageError for an unknown field or a value that is none."""
    try:
        parameters = RetrievalParameters.model_validate(pack.manifest.retrieval.model_dump() | dict(changes))
    except ValidationError as error:
        first = error.errors()[0]
        known = ", ".join(RetrievalParameters.model_fields)
        raise UsageError(
            f"The grid's {'.'.join(map(str, first['loc']))} is not valid: {first['msg']}.", f"Vary one of {known}."
        ) from None
    return pack.model_copy(update={"manifest": pack.manifest.model_copy(update={"retrieval": parameters})})


def grid_variants(pack: Pack, grid: Mapping[str, Sequence[Any]]) -> list[Variant]:
    """The pack as it is, then every combination of the grid's values. Raises UsageError."""
    names = list(grid)
    combined = [dict(zip(names, values, strict=True)) for values in itertools.product(*grid.values())] if names else []
    called = [(", ".join(f"{k}={v}" for k, v in changes.items()), changes) for changes in combined]
    return [Variant("as it is", pack), *(Variant(name, _with(pack, changes)) for name, changes in called)]


def part_variants(pack: Pack) -> list[Variant]:
    """The pack as it is, then without each part of the search."""
    now = pack.manifest.retrieval
    encoders = list(now.dense_weights)
    variants = [
        Variant("as it is", pack),
        Variant("without reordering", _with(pack, {"reranker": "none"})),
        Variant("without lexical search", _with(pack, {"sparse_weight": 0})),
        Variant("without tags", _with(pack, {"tag_weight": 0})),
        Variant("all questions translated", _with(pack, {"translate": "all"})),
        Variant("without other languages", _with(pack, {"cross_share": 0})),
        Variant("without the glossary", pack.model_copy(update={"glossary": ()})),
    ]
    for encoder in encoders:
        off = {
            "dense_weights": now.dense_weights | {encoder: 0.0},
            "cross_weights": now.cross_weights | {encoder: 0.0},
        }
        variants.append(Variant(f"without {encoder}", _with(pack, off)))
    none = dict.fromkeys(encoders, 0.0)
    variants.append(Variant("lexical search alone", _with(pack, {"dense_weights": none, "cross_weights": none})))
    dense = {"sparse_weight": 0, "tag_weight": 0, "reranker": "none"}
    variants.append(Variant("encoders alone, not reordered", _with(pack, dense)))
    return variants


def _scores(variant: Variant, questions: Sequence[EvaluationQuestion], search: Search) -> dict[str, dict[str, float]]:
    """Per question the value of each measure."""
    run = {q.id: run_of(search(variant.pack, q, SEARCH_DEPTH), q) for q in questions}
    qrels = {q.id: {f"evidence-{i}": 1 for i in range(len(q.evidence))} for q in questions}
    scores: dict[str, dict[str, float]] = {q.id: {str(m): 0.0 for m in MEASURES} for q in questions}
    for metric in ir_measures.iter_calc(MEASURES, qrels, run):
        scores[metric.query_id][str(metric.measure)] = float(metric.value)
    return scores


def groups_of(questions: Sequence[EvaluationQuestion]) -> dict[str, list[str]]:
    """Ids by group: evidence in the question's language, in another, all; empty groups are left out."""
    cross = [q.id for q in questions if "cross" in q.tags]
    groups = {"same": [q.id for q in questions if q.id not in set(cross)], "cross": cross}
    return {name: ids for name, ids in groups.items() if ids} | {"all": [q.id for q in questions]}


def ablate(
    variants: Sequence[Variant],
    questions: Sequence[EvaluationQuestion],
    search: Search,
    *,
    on_done: Callable[[str], None] = lambda _: None,
) -> list[Row]:
    """One row per variant over the questions that have evidence. Raises UsageError when there are none."""
    judged = [q for q in questions if q.evidence and q.answerable]
    if not judged:
        raise UsageError("The set has no question with evidence.", "Name a set of answerable questions.")
    groups, rows = groups_of(judged), []
    first: list[float] | None = None
    for variant in variants:
        scores = _scores(variant, judged, search)
        means = {
            group: {str(m): sum(scores[i][str(m)] for i in ids) / len(ids) for m in MEASURES}
            for group, ids in groups.items()
        }
        own = [scores[q.id][str(MEASURES[-1])] for q in judged]
        rows.append(Row(variant.name, means, None if first is None else paired_randomisation(own, first)))
        first = own if first is None else first
        on_done(variant.name)
    return rows


def to_markdown(rows: Sequence[Row], questions: int) -> str:
    """The rows as a table: recall@1/5/10 and nDCG@10 per group, p of the difference to the first row."""
    groups = list(rows[0].means)
    head = ["variant", *(f"{group} R@1/5/10, nDCG" for group in groups), "p"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for row in rows:
        cells = [" / ".join(f"{value:.2f}" for value in row.means[group].values()) for group in groups]
        p = "" if row.p is None else f"{row.p:.3f}" if row.p >= 0.001 else "<0.001"
        lines.append("| " + " | ".join([row.name, *cells, p]) + " |")
    note = "p: paired randomisation on nDCG@10 against the first row, 10,000 rounds."
    return "\n".join([*lines, "", f"{questions} questions with evidence. {note}", ""])
