"""Measures a pack for the gate of a publication: retrieval on every question of its set, answers on some."""

import asyncio
import dataclasses
from collections.abc import Callable, Sequence
from typing import NamedTuple

from walkdown.answering.events import Final
from walkdown.documents import Answer, Hit, Language
from walkdown.packs.evaluation_file import read_evaluation_set
from walkdown.packs.gate import GateRules
from walkdown.packs.schema import EvaluationQuestion, Pack
from walkdown_eval.runner import Report, run_set, spread
from walkdown_server.access import LOCAL
from walkdown_server.services import Services

ANSWER_FIGURES = ("citation_hit", "number_match", "refusal_precision", "refusal_recall", "as_expected")


class Measured(NamedTuple):
    """Figures of one version: of retrieval, and of the answers, empty where none was asked."""

    retrieval: dict[str, float | None]
    answers: dict[str, float | None]
    asked: int


class _Target:
    """One version of a pack, searched and asked in this process; nothing of it is recorded."""

    def __init__(self, services: Services, pack: Pack, runner: asyncio.Runner) -> None:
        self._services, self._pack, self._runner = services, pack, runner

    def search(self, question: str, *, k: int, turns: Sequence[str] = ()) -> list[Hit]:
        """The best k passages."""
        return self._services.searcher.get().search(question, self._pack, LOCAL, k=k, turns=turns).hits

    def ask(
        self, question: str, language: Language, *, turns: Sequence[str] = (), without: Sequence[str] = ()
    ) -> Answer:
        """The checked answer; a gate withholds nothing."""
        del without
        return self._runner.run(self._ask(question, language, turns))

    async def _ask(self, question: str, language: Language, turns: Sequence[str]) -> Answer:
        async for event in self._services.engine().ask(question, self._pack, LOCAL, language=language, turns=turns):
            if isinstance(event, Final):
                return event.answer
        raise RuntimeError("the engine ended without an answer")


def questions_of(pack: Pack, rules: GateRules) -> tuple[EvaluationQuestion, ...]:
    """The questions that the gate looks at."""
    sets = pack.manifest.evaluation
    return read_evaluation_set(pack.folder / (sets.test if rules.set == "test" else sets.dev))


def measure(
    services: Services,
    pack: Pack,
    questions: Sequence[EvaluationQuestion],
    rules: GateRules,
    *,
    answers: bool,
    on_done: Callable[[str], None] = lambda _: None,
) -> Measured:
    """Figures of a version on the questions; without a language model, or without `answers`, of retrieval only."""
    own = dataclasses.replace(services, llm=services.llm.fresh())
    asks = spread(questions, rules.answer_questions) if answers and own.llm.client() is not None else []
    with asyncio.Runner() as runner:
        target = _Target(own, pack, runner)
        searched = _run(target, pack, questions, answers=False, on_done=on_done)
        asked = _run(target, pack, asks, answers=True, on_done=on_done) if asks else None
        runner.run(own.llm.close())
    overall = asked.summaries[0] if asked else None
    return Measured(
        dict(searched.summaries[0].retrieval),
        {name: getattr(overall, name) for name in ANSWER_FIGURES} if overall else {},
        len(asks),
    )


def _run(
    target: _Target,
    pack: Pack,
    questions: Sequence[EvaluationQuestion],
    *,
    answers: bool,
    on_done: Callable[[str], None],
) -> Report:
    return run_set(
        questions,
        target,
        pack=pack.name,
        set_name="gate",
        answers=answers,
        on_done=lambda outcome: on_done(outcome.id),
    )
