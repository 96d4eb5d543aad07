"""Asking the answer engine without an index or a model: passages that are given, replies that are written down."""

import asyncio
import math
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

from walkdown.answering.engine import AnswerEngine
from walkdown.answering.events import AnswerEvent, Final
from walkdown.answering.llm import Delta, Message
from walkdown.answering.verification import Basis, verify_claim
from walkdown.documents import Answer, Chunk, Claim, Evidence, Hit, Language, Principal, Verdict
from walkdown.errors import LLMUnavailableError
from walkdown.packs.schema import EvaluationSets, Pack, PackManifest, Texts
from walkdown.retrieval.questions import check_question
from walkdown.retrieval.search import SearchResult
from walkdown.retrieval.understanding import understand
from walkdown.text.languages import detect_language
from walkdown.text.tags import compile_pattern

TEXTS = Texts(ko="발전", en="Power")
PACK = Pack(
    manifest=PackManifest(
        name="power",
        version="0.1.0",
        title=TEXTS,
        description=TEXTS,
        languages=("ko", "en"),
        document_types=(),
        tags=(),
        prompts={"ko": "p", "en": "p"},
        evaluation=EvaluationSets(dev="d", test="t"),
    ),
    folder=Path(),
    prompts={"ko": "근거로만 답한다.", "en": "Answer from the evidence only."},
    glossary=(),
    grammar=(compile_pattern("equipment", r"[A-Z]{1,4}-\d{1,4}[A-Z]?"),),
)


def chunk(number: int, text: str) -> Chunk:
    """A passage of OP-1."""
    return Chunk(
        id=f"d:{number}", document_id="OP-1", pack="power", title="Pump", language="en", ordinal=number, text=text
    )


def failed_checks(passage: str, said: str, question: str = "") -> set[str]:
    """Names of the checks that a statement in its own language fails against one passage in its own."""
    own = chunk(1, passage).model_copy(update={"language": detect_language(passage)})
    basis = Basis(
        [Evidence(number=1, chunk=own, score=1.0)], PACK.grammar, PACK.glossary, question, detect_language(said)
    )
    found = verify_claim(Claim(text=said, citations=(1,)), basis)
    return {c.name for c in found.checks if c.verdict is Verdict.FAILED}


class FixedSearcher:
    """Finds the passages it was given, whatever is asked."""

    def __init__(self, *texts: str) -> None:
        self.hits = [Hit(chunk=chunk(i, t), score=1 / i) for i, t in enumerate(texts, 1)]
        self.more: list[Chunk] = []
        self.gone: set[str] = set()

    def search(self, question: str, pack: Pack, principal: Principal, **_: object) -> SearchResult:
        """The passages, and the plan of the question."""
        del principal
        plan = understand(check_question(question, max_chars=5000), pack, ["en"])
        return SearchResult(self.hits, plan, {"total": 0.0})

    def passages(self, pack: Pack, principal: Principal, document_id: str) -> list[Chunk]:
        """The passages of a document, the ones that `more` adds to those found included."""
        del pack, principal
        return [c for c in (*(hit.chunk for hit in self.hits), *self.more) if c.document_id == document_id]

    def changed(self, pack: Pack, principal: Principal, chunks: Sequence[Chunk]) -> set[str]:
        """Those of `gone`, which a test may fill while an answer is written."""
        del pack, principal
        return self.gone & {c.id for c in chunks}

    def similarity(self, plan: object, texts: Sequence[tuple[str, str]]) -> list[float]:
        """No encoder: lines are ranked by their words."""
        del plan
        return [0.0] * len(texts)


class ScriptedModel:
    """Replies what was written down, with the probability `yes` on its first token; with `fail` it breaks off."""

    model = "scripted"

    def __init__(self, reply: str, *, yes: float = 0.9, fail: bool = False) -> None:
        self.reply, self.yes, self.fail = reply, yes, fail
        self.seen: Sequence[Message] = ()

    async def stream(
        self, messages: Sequence[Message], *, max_tokens: int, deadline: float, requests: int = 2
    ) -> AsyncIterator[Delta]:
        """Stream the reply; `seen` keeps the prompt."""
        del max_tokens, deadline, requests
        self.seen = messages
        logprobs: Mapping[str, float] = {"yes": math.log(self.yes), "no": math.log(1 - self.yes)}
        for i in range(0, len(self.reply), 3):
            yield Delta(self.reply[i : i + 3], logprobs if i == 0 else {})
        if self.fail:
            raise LLMUnavailableError("The server broke off.", "Try again.")
        yield Delta("", {}, "stop")


def ask(
    searcher: FixedSearcher,
    model: ScriptedModel | None,
    question: str = "Minimum flow of P-101A?",
    pack: Pack = PACK,
    *,
    language: Language | None = None,
    billions: float = 0.0,
) -> list[AnswerEvent]:
    """All events of one question, answered in its language or the one given."""

    async def run() -> list[AnswerEvent]:
        engine = AnswerEngine(searcher, model, billions=billions)  # type: ignore[arg-type]  # a structural stand-in
        return [event async for event in engine.ask(question, pack, Principal(), language=language)]

    return asyncio.run(run())


def final(events: list[AnswerEvent]) -> Answer:
    """The answer, which comes last and once."""
    last = events[-1]
    assert isinstance(last, Final)
    assert sum(isinstance(e, Final) for e in events) == 1
    return last.answer
