"""Runs the checks over right claims and their mutants and prints what was caught, missed and struck wrongly.

`python -m walkdown_eval.bench.mutations` reads the packs' own documents; no index and no model is needed. The rules
were written looking at mutants of the dev questions only; those of the test questions are reported apart.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from walkdown.answering.verification import Basis, check_claim, verify_claim
from walkdown.answering.verification.steps import check_steps, lists_of
from walkdown.documents import Chunk, Claim, DocumentStatus, Evidence, Verdict
from walkdown.packs.loader import find_packs, load_pack
from walkdown.packs.schema import Pack
from walkdown.settings import Settings
from walkdown.text.tags import find_tags
from walkdown_eval.bench.mutations.material import Right, read_corpus, right_claims
from walkdown_eval.bench.mutations.mutators import BESIDE, MUTATORS, Mutant, World

_QUIET = "relevance"
"""Asks whether the passage is about the question: counted for right answers to a question and their `BESIDE`."""


class Result(NamedTuple):
    """What became of one claim: caught by which checks, and whether another passage was found that carries it."""

    right: Right
    kind: str
    text: str
    caught: tuple[str, ...]
    elsewhere: bool = False


def _basis(right: Right, pack: Pack, *, outdated: bool = False) -> Basis:
    evidence = right.evidence
    if outdated:
        old = right.cited[0].model_copy(update={"status": DocumentStatus.SUPERSEDED})
        evidence = tuple(e.model_copy(update={"chunk": old}) if e.chunk.id == old.id else e for e in evidence)
    return Basis(evidence, pack.grammar, pack.glossary, right.question or right.text, right.language)


def _failed(claim: Claim, *, answers: bool = False) -> tuple[str, ...]:
    return tuple(c.name for c in claim.checks if c.verdict is Verdict.FAILED and (answers or c.name != _QUIET))


def judge(right: Right, mutant: Mutant, pack: Pack, basis: Basis) -> Result:
    """Check one mutant at the passages it cites, then let another passage be found for it as an answer would."""
    if mutant.outdated:
        basis = _basis(right, pack, outdated=True)
    claim = Claim(text=mutant.text, citations=mutant.citations)
    caught = _failed(check_claim(claim, basis), answers=mutant.kind == BESIDE)
    elsewhere = bool(caught) and mutant.kind.split()[0] != "citation" and verify_claim(claim, basis).supported
    return Result(right, mutant.kind, mutant.text, caught, elsewhere)


def _step_results(corpus: dict[str, list[Chunk]], pack: Pack, cited: set[str], part: str) -> Iterator[Result]:
    """Procedures given step by step: right, two steps changed over, and one left out."""
    for chunk in (c for chunks in corpus.values() for c in chunks if c.id in cited):
        for steps in lists_of(Evidence(number=1, chunk=chunk, score=1.0)):
            texts = [s.statement.text for s in steps]
            if len(texts) < 3:
                continue
            right = Right(chunk.id, part, pack.name, "steps", "\n".join(texts), chunk.language, (chunk,), ())
            cited_passages = _basis(right, pack).cited((1,))
            middle = len(texts) // 2
            swapped = [*texts[: middle - 1], texts[middle], texts[middle - 1], *texts[middle + 1 :]]
            cases = {"right": texts, "step order": swapped, "step left out": texts[:middle] + texts[middle + 1 :]}
            for kind, given in cases.items():
                checks = check_steps([Claim(text=t, citations=(1,)) for t in given], cited_passages)
                caught = tuple(c.name for c in checks if c.verdict is Verdict.FAILED)
                yield Result(right, kind, " / ".join(given), caught)


def run_pack(pack: Pack, parts: Sequence[str], every: int = 1) -> Iterator[Result]:
    """All results of one pack: right claims under the kind `right`, then mutants."""
    corpus = read_corpus(pack)
    texts = [c.text for chunks in corpus.values() for c in chunks]
    world = World(pack.grammar, sorted({t.text for text in texts for t in find_tags(text, pack.grammar)}))
    for part in parts:
        cited: set[str] = set()
        for right in right_claims(pack, corpus, part, every):
            cited |= {c.id for c in right.cited}
            basis = _basis(right, pack)
            claim = check_claim(Claim(text=right.text, citations=right.citations), basis)
            struck = _failed(claim, answers=bool(right.question))
            caught = _failed(claim)
            yield Result(right, "right", right.text, struck)
            # A right claim that is struck would make its mutants look caught.
            for mutate in MUTATORS if not caught else ():
                for mutant in mutate(right, world):
                    yield judge(right, mutant, pack, basis)
        yield from _step_results(corpus, pack, cited, part)


def table(results: Sequence[Result]) -> str:
    """Markdown: a row per kind with caught, missed and what another passage carries."""
    by_kind: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_kind[result.kind].append(result)
    lines = [
        "| kind | mutants | caught | missed | caught % | carried by another passage |",
        "|---|---|---|---|---|---|",
    ]
    mutants = [r for kind, found in by_kind.items() if kind != "right" for r in found]
    for kind in sorted(by_kind, key=lambda k: (k == "right", k)):
        if kind != "right":
            lines.append(_line(kind, by_kind[kind]))
    lines.append(_line("**all mutants**", mutants))
    right = by_kind["right"]
    lines += ["", "| right claims | number | struck wrongly | % |", "|---|---|---|---|"]
    for form in (*dict.fromkeys(r.right.form for r in right), ""):
        group = [r for r in right if not form or r.right.form == form]
        struck = sum(bool(r.caught) for r in group)
        lines.append(f"| {form or '**all**'} | {len(group)} | {struck} | {100 * struck / len(group):.1f} |")
    return "\n".join(lines)


def _line(kind: str, found: Sequence[Result]) -> str:
    caught = sum(bool(r.caught) for r in found)
    again = sum(r.elsewhere for r in found)
    share = 100 * caught / len(found) if found else 0.0
    return f"| {kind} | {len(found)} | {caught} | {len(found) - caught} | {share:.1f} | {again} |"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packs", nargs="*", default=["power", "chemical", "bio"])
    parser.add_argument("--parts", nargs="*", default=["dev", "test"])
    parser.add_argument("--every", type=int, default=1, help="Take every n-th question only.")
    parser.add_argument("--misses", type=int, default=0, help="Show that many missed and wrongly struck claims a kind.")
    options = parser.parse_args()
    folders: dict[str, Path] = find_packs(Settings())
    console = Console(width=200, soft_wrap=True, highlight=False, markup=False)
    everything: list[Result] = []
    for name in options.packs:
        everything += run_pack(load_pack(folders[name]), options.parts, options.every)
    for part in options.parts:
        results = [r for r in everything if r.right.part == part]
        console.print(f"\n## Claims from {part} questions, packs {', '.join(options.packs)}\n")
        console.print(table(results))
        languages = Counter(r.right.language for r in results if r.kind != "right")
        console.print(f"\nmutants by language: {dict(languages)}")
        _print_misses(console, results, options.misses)


def _print_misses(console: Console, results: Sequence[Result], limit: int) -> None:
    shown: Counter[str] = Counter()
    for r in results:
        wrong = bool(r.caught) == (r.kind == "right")
        if wrong and shown[r.kind] < limit:
            shown[r.kind] += 1
            console.print(f"\n[{r.kind}] {r.right.form} {r.right.id} {r.caught}\n  {r.text}\n  right: {r.right.text}")


if __name__ == "__main__":
    main()
