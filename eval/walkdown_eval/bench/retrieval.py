"""Measures retrieval beside other systems: recall@1/5/10 and nDCG@10, with the p-value of each against Walkdown.

`python -m walkdown_eval.bench.retrieval --qa FOLDER [--sets "xquad en" ...] [--questions 300] [--passages 1200]` does
so on public sets, `--packs power bio` on the dev questions of packs over the index under WALKDOWN_HOME. Vectors are
kept under the cache (`bench/vectors`), so that a second run costs no encoding. Peers that are not installed are left
out.
"""

import argparse
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import ir_measures
from ir_measures import R, nDCG
from rich.console import Console

from walkdown.models.embedder import Embedder
from walkdown.models.encoders import load_embedder
from walkdown.settings import Settings
from walkdown_eval.bench.pack_sets import dev_set, installation, keep_vectors, of_installation
from walkdown_eval.bench.sets import PASSAGES, QUESTIONS, Set, narrowed, public_sets
from walkdown_eval.bench.systems import Build, Rank, systems
from walkdown_eval.bench.vectors import KeptVectors
from walkdown_eval.significance import paired_randomisation

MEASURES = (R @ 1, R @ 5, R @ 10, nDCG @ 10)
Result = tuple[Mapping[str, Mapping[str, float]], float]
"""Per question the value of each measure, and the seconds of a search."""
_DEPTH = 10


def score(questions: Set, rank: Rank) -> Result:
    """The measures of each question of a set, and how long a search takes."""
    started, run = time.perf_counter(), {}
    for name, text in questions.questions:
        run[name] = {document: 1.0 / place for place, document in enumerate(rank(text, _DEPTH), 1)}
    seconds = (time.perf_counter() - started) / max(1, len(questions.questions))
    qrels = {name: dict.fromkeys(questions.relevant[name], 1) for name, _ in questions.questions}
    scores = {name: {str(m): 0.0 for m in MEASURES} for name, _ in questions.questions}
    for metric in ir_measures.iter_calc(MEASURES, qrels, run):
        scores[metric.query_id][str(metric.measure)] = float(metric.value)
    return scores, seconds


def rows(questions: Set, builders: Mapping[str, Build], embedders: Sequence[Embedder]) -> list[str]:
    """Table rows of one set, one per group of its questions and system; p on nDCG@10 against the first system."""
    results = {name: score(questions, build(questions, embedders)) for name, build in builders.items()}
    groups = questions.groups or {"": frozenset(q for q, _ in questions.questions)}
    return [row for group, ids in groups.items() for row in _group(f"{questions.name} {group}".strip(), ids, results)]


def _group(name: str, ids: Collection[str], results: Mapping[str, Result]) -> list[str]:
    out: list[str] = []
    first: list[float] | None = None
    for system, (scores, seconds) in results.items():
        own = [scores[q][str(MEASURES[-1])] for q in sorted(ids)]
        means = [sum(scores[q][str(m)] for q in ids) / len(ids) for m in MEASURES]
        p = "" if first is None else f"{paired_randomisation(own, first):.4f}"
        cells = [f"{name} ({len(ids)})", system, *(f"{mean:.3f}" for mean in means), p, f"{seconds * 1000:.0f}"]
        out.append("| " + " | ".join(cells) + " |")
        first = first or own
    return out


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--qa", type=Path, help="Folder of the public sets.")
    parser.add_argument("--sets", nargs="*", help="Names of the public sets; all by default.")
    parser.add_argument("--packs", nargs="*", default=[], help="Packs of the installation whose dev part is asked.")
    parser.add_argument("--systems", nargs="*", help="Names of the systems; all that are installed by default.")
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="Questions drawn of each set.")
    parser.add_argument("--passages", type=int, default=PASSAGES, help="Passages kept of each public set.")
    return parser.parse_args()


def main() -> None:
    """Print the table."""
    arguments = _arguments()
    settings, console = Settings(), Console(width=200)
    folder = settings.cache / "bench" / "vectors"
    embedders = [KeptVectors(load_embedder(name, settings), folder) for name in settings.embedders]
    chosen = {n: build for n, build in systems().items() if not arguments.systems or n in arguments.systems}
    console.print("| set | system | R@1 | R@5 | R@10 | nDCG@10 | p | ms |\n|" + "---|" * 8)
    for questions in public_sets(arguments.qa) if arguments.qa else ():
        if not arguments.sets or questions.name in arguments.sets:
            for row in rows(narrowed(questions, arguments.questions, arguments.passages), chosen, embedders):
                console.print(row, soft_wrap=True)
    if arguments.packs:
        with installation(settings, embedders) as installed:
            for name in arguments.packs:
                pack, asked = dev_set(name, settings, installed.store, most=arguments.questions)
                keep_vectors(asked, name, installed.store, embedders[0])
                for row in rows(asked, of_installation(pack, installed, chosen), embedders):
                    console.print(row, soft_wrap=True)


if __name__ == "__main__":
    main()
