"""Looks up the dev questions of packs for a calibration: each with all documents and without those that answer it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from walkdown.answering.turn import number_evidence
from walkdown.documents import Evidence
from walkdown.errors import UsageError
from walkdown.packs.evaluation_file import read_evaluation_set
from walkdown.packs.schema import EvaluationQuestion, Pack
from walkdown.retrieval.understanding import QueryPlan
from walkdown_eval.calibration import Case, Look, gather
from walkdown_eval.line_calibration import LineCase, gather_lines
from walkdown_eval.runner import spread
from walkdown_server.access import LOCAL
from walkdown_server.services import Services

Progress = Callable[[str, int, int], None]
Told = Callable[[str], AbstractContextManager[Progress]]
"""Shows progress under a name."""


def look_into(services: Services, pack: Pack) -> Look:
    """What the engine would have found for a question of a pack, without some of its documents."""
    documents = sorted({document.id for document in services.library.get().documents(pack.name)})
    count = pack.manifest.retrieval.evidence

    def look(question: EvaluationQuestion, without: Sequence[str]) -> tuple[QueryPlan, Sequence[Evidence]]:
        filters = {"document_id": [i for i in documents if i not in without]} if without else {}
        found = services.searcher.get().search(
            question.question, pack, LOCAL, k=count, filters=filters, turns=question.turns
        )
        hits = [*found.hits[:count], *found.neighbours]
        return found.plan, number_evidence(hits, len(hits))

    return look


def _counted(look: Look, total: int, progress: Progress) -> Look:
    seen: dict[str, None] = {}

    def counted(question: EvaluationQuestion, without: Sequence[str]) -> tuple[QueryPlan, Sequence[Evidence]]:
        seen[question.id] = None
        progress(question.id, len(seen), total)
        return look(question, without)

    return counted


def cases_of(services: Services, packs: Sequence[Pack], kept: Path | None, limit: int | None, told: Told) -> list[Case]:
    """The cases of the packs' dev questions; from the file `kept` if it is there, else looked up and kept in it."""
    if kept is not None and kept.is_file():
        return _read(kept)
    cases: list[Case] = []
    for pack, questions in _dev_sets(packs, limit):
        with told(f"{pack.name} dev") as progress:
            cases += gather(pack, questions, _counted(look_into(services, pack), len(questions), progress))
    if kept is not None:
        kept.write_text("".join(f"{case.model_dump_json()}\n" for case in cases), encoding="utf-8")
    return cases


def line_cases_of(services: Services, packs: Sequence[Pack], limit: int | None, told: Told) -> list[LineCase]:
    """The lines found for the packs' dev questions."""
    cases: list[LineCase] = []
    similarity = services.searcher.get().similarity
    for pack, questions in _dev_sets(packs, limit):
        with told(f"{pack.name} dev") as progress:
            look = _counted(look_into(services, pack), len(questions), progress)
            cases += gather_lines(pack, questions, look, similarity)
    return cases


def _dev_sets(packs: Sequence[Pack], limit: int | None) -> Iterator[tuple[Pack, Sequence[EvaluationQuestion]]]:
    for pack in packs:
        every = read_evaluation_set(pack.folder / pack.manifest.evaluation.dev)
        yield pack, spread(every, limit or len(every))


def _read(path: Path) -> list[Case]:
    try:
        return [Case.model_validate_json(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except ValueError as error:
        raise UsageError(
            f"{path} holds no cases of a calibration.", "Name a file that `eval calibrate --cases` wrote."
        ) from error
