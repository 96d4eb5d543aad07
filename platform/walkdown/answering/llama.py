"""Walkdown as a llama-index query engine: a checked answer with its evidence as source nodes."""

import asyncio
from typing import Any

from llama_index.core.base.response.schema import Response
from llama_index.core.query_engine import CustomQueryEngine

from walkdown.answering.engine import AnswerEngine
from walkdown.answering.events import Final
from walkdown.documents import Answer, Hit, Principal
from walkdown.packs.schema import Pack
from walkdown.retrieval.llama import to_node


class WalkdownQueryEngine(CustomQueryEngine):
    """Asks one pack as one principal. `Response.metadata["answer"]` is the whole `Answer` as JSON data."""

    engine: Any
    pack: Any
    principal: Any

    def __init__(self, engine: AnswerEngine, pack: Pack, principal: Principal) -> None:
        super().__init__(engine=engine, pack=pack, principal=principal)

    def custom_query(self, query_str: str) -> Response:
        """Answer a question (blocking)."""
        return asyncio.run(self.acustom_query(query_str))

    async def acustom_query(self, query_str: str) -> Response:
        """Answer a question."""
        answer = await _final(self.engine, query_str, self.pack, self.principal)
        nodes = [to_node(Hit(chunk=e.chunk, score=e.score, scores=e.scores)) for e in answer.evidence]
        return Response(response=answer.text, source_nodes=nodes, metadata={"answer": answer.model_dump(mode="json")})


async def _final(engine: AnswerEngine, question: str, pack: Pack, principal: Principal) -> Answer:
    async for event in engine.ask(question, pack, principal):
        if isinstance(event, Final):
            return event.answer
    raise AssertionError("an engine always ends with Final")
