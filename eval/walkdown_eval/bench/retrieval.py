"""Measures retrieval beside other systems on public sets: recall@1/5/10 and nDCG@10, with the p-value against each.

`python -m walkdown_eval.bench.retrieval --qa FOLDER [--sets "xquad en" ...] [--questions 300]`. Vectors are kept under
the cache (`bench/vectors`), so that a second run costs no encoding. Peers that are not installed are left out.
"""

import argparse
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import ir_measures
from ir_measures import R, nDCG
from rich.console import Console

from walkdown.models.encoders import load_embedder
from walkdown.settings import Settings
from walkdown_eval.bench.sets import QUESTIONS, Set, public_sets
from walkdown_eval.bench.systems import Build, Rank, systems
from walkdown_eval.bench.vectors import KeptVectors
from walkdown_eval.significance import paired_randomisation

MEASURES = (R @ 1, R @ 5, R @ 10, nDCG @ 10)
_DEPTH = 10


def score(questions: Set, rank: Rank) -> tuple[dict[str, dict[str, float]], float]:
    """Per question the value of each measure, and the seconds of a search."""
    started, run = time.perf_counter(), {}
    for name, text in questions.questions:
        run[name] = {document: 1.0 / place for place, document in enumerate(rank(text, _DEPTH), 1)}
    seconds = (time.perf_counter() - started) / max(1, len(questions.questions))
    qrels = {name: dict.fromkeys(questions.relevant[name], 1) for name, _ in questions.questions}
    scores = {name: {str(m): 0.0 for m in MEASURES} for name, _ in questions.questions}
    for metric in ir_measures.iter_calc(MEASURES, qrels, run):
        scores[metric.query_id][str(metric.measure)] = float(metric.value)
    return scores, seconds


def rows(questions: Set, builders: Mapping[str, Build], embedders: Sequence[KeptVectors]) -> list[str]:
    """Table rows of one set, one per system; p on nDCG@10 against the first system."""
    out: list[str] = []
    first: list[float] | None = None
    for name, build in builders.items():
        scores, seconds = score(questions, build(questions, embedders))
        own = [scores[q][str(MEASURES[-1])] for q, _ in questions.questions]
        means = [sum(scores[q][str(m)] for q, _ in questions.questions) / len(own) for m in MEASURES]
        p = "" if first is None else f"{paired_randomisation(own, first):.4f}"
        cells = [questions.name, name, *(f"{mean:.3f}" for mean in means), p, f"{seconds * 1000:.0f}"]
        out.append("| " + " | ".join(cells) + " |")
        first = first or own
    return out


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--qa", type=Path, required=True, help="Folder of the public sets.")
    parser.add_argument("--sets", nargs="*", help="Names of the sets; all by default.")
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="Questions drawn of each set.")
    arguments = parser.parse_args()
    settings, console = Settings(), Console(width=200)
    folder = settings.cache / "bench" / "vectors"
    embedders = [KeptVectors(load_embedder(name, settings), folder) for name in settings.embedders]
    console.print("| set | system | R@1 | R@5 | R@10 | nDCG@10 | p | ms |\n|" + "---|" * 8)
    for questions in public_sets(arguments.qa):
        if not arguments.sets or questions.name in arguments.sets:
            chosen = questions._replace(questions=questions.questions[: arguments.questions])
            for row in rows(chosen, systems(), embedders):
                console.print(row, soft_wrap=True)


if __name__ == "__main__":
    main()
