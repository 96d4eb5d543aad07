"""What the checks are worth: the same model and passages with checks, without, and in llama-index's citation engine.

`python -m walkdown_eval.bench.answering --url http://127.0.0.1:8702 --each 8` asks questions of each pack over the
index under WALKDOWN_HOME (no server may hold it), found once by Walkdown's search and given to all alike. A draft is
asked for once and used with checks and without, so the first line is what a reader gets and the second what the model
said. The dev part is asked unless `--part test` says otherwise: to report, never to tune.
"""

import argparse
import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any

from rich.console import Console

from walkdown.answering.engine import AnswerEngine
from walkdown.answering.events import Final
from walkdown.answering.llm import Delta, LLMClient, Message, OpenAIChat
from walkdown.answering.writing import prompt_hash
from walkdown.documents import Answer, AnswerStatus, Evidence, Hit, Principal
from walkdown.models.encoders import load_embedder
from walkdown.packs.loader import get_pack, read_evaluation_set
from walkdown.packs.schema import EvaluationQuestion, Pack
from walkdown.retrieval.llama import to_node
from walkdown.retrieval.search import Searcher, SearchResult
from walkdown.settings import Settings
from walkdown_eval.bench.answering_table import Row, row_of, table
from walkdown_eval.bench.pack_sets import installation
from walkdown_eval.runner import spread

_MARKER = "0" * 16
"""The same fence for both runs of a question, so that the second finds the first one's draft."""
_PATIENCE = 600.0


class Once:
    """A searcher that looks a question up once and gives the same passages to every system."""

    def __init__(self, inner: Searcher) -> None:
        self._inner = inner
        self._known: dict[str, SearchResult] = {}

    def search(self, question: str, pack: Pack, principal: Principal, **more: Any) -> SearchResult:
        """The passages of the question."""
        key = json.dumps([question, more], ensure_ascii=False, default=str, sort_keys=True)
        if key not in self._known:
            self._known[key] = self._inner.search(question, pack, principal, **more)
        return self._known[key]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class Remembering:
    """An `LLMClient` that sends a prompt once and replays the reply afterwards; what the model took is kept."""

    def __init__(self, inner: LLMClient) -> None:
        self._inner, self.model = inner, inner.model
        self._known: dict[str, list[Delta]] = {}
        self.seconds = 0.0
        self.first = 0.0
        self.rate = 0.0

    async def stream(
        self, messages: Sequence[Message], *, max_tokens: int, deadline: float, requests: int = 2
    ) -> AsyncIterator[Delta]:
        """Stream a reply, from memory where the prompt was sent before."""
        key = prompt_hash(messages)
        if key in self._known:
            for delta in self._known[key]:
                yield delta
            return
        heard: list[Delta] = []
        started = time.perf_counter()
        begun = started
        async for delta in self._inner.stream(messages, max_tokens=max_tokens, deadline=deadline, requests=requests):
            begun = begun if heard else time.perf_counter()
            heard.append(delta)
            yield delta
        ended = time.perf_counter()
        if not self._known:
            self.first = begun - started
            self.rate = (len(heard) - 1) / (ended - begun) if len(heard) > 1 else 0.0
        self.seconds += ended - started
        self._known[key] = heard


async def _engine(searcher: Once, model: LLMClient, pack: Pack, asked: EvaluationQuestion, *, verify: bool) -> Answer:
    engine = AnswerEngine(searcher, model, timeout=_PATIENCE, verify=verify)  # type: ignore[arg-type]
    async for event in engine.ask(
        asked.question, pack, Principal(), language=asked.language, turns=asked.turns, marker=_MARKER
    ):
        if isinstance(event, Final):
            return event.answer
    raise AssertionError("no answer")


def _citation_engine(url: str, model: str, hits: Sequence[Hit], asked: EvaluationQuestion, pack: Pack) -> Row:
    """Plain llama-index: its citation prompt over the same passages."""
    from llama_index.core.query_engine import CitationQueryEngine
    from llama_index.core.retrievers import BaseRetriever
    from llama_index.core.schema import NodeWithScore, QueryBundle
    from llama_index.llms.openai_like import OpenAILike  # type: ignore[import-untyped]  # it has no type marker

    class Fixed(BaseRetriever):
        def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
            del query_bundle
            return [to_node(hit) for hit in hits]

    llm = OpenAILike(
        model=model, api_base=f"{url}/v1", api_key="none", is_chat_model=True, temperature=0, max_tokens=320,
        max_retries=0, timeout=_PATIENCE, context_window=16000,
    )  # fmt: skip
    started = time.perf_counter()
    engine = CitationQueryEngine.from_args(None, llm=llm, retriever=Fixed(), citation_chunk_size=2048)  # type: ignore[arg-type]
    text = str(engine.query(" ".join((*asked.turns, asked.question))))
    evidence = tuple(Evidence(number=i, chunk=h.chunk, score=h.score) for i, h in enumerate(hits, 1))
    answer = Answer(
        status=AnswerStatus.ANSWERED, pack=pack.name, question=asked.question, language=asked.language, text=text,
        evidence=evidence,
    )  # fmt: skip
    return row_of("llama-index", pack.name, asked, answer, time.perf_counter() - started)


def ask_one(searcher: Once, model: LLMClient, pack: Pack, asked: EvaluationQuestion) -> list[Row]:
    """With checks and without: two rows from one draft."""
    client, rows = Remembering(model), []
    for system, verify in (("checked", True), ("unchecked", False)):
        spent, started = client.seconds, time.perf_counter()
        answer = asyncio.run(_engine(searcher, client, pack, asked, verify=verify))
        total = time.perf_counter() - started
        row = row_of(system, pack.name, asked, answer, total)
        told = verify and client.seconds > spent
        rows.append(
            row._replace(
                overhead=total - (client.seconds - spent) if told else None,
                first=client.first if told else None,
                rate=client.rate if told else None,
            )
        )
    return rows


def ask_all(
    url: str, model: str, packs: Sequence[str], each: int, *, part: str = "dev", peer: bool, show: Console
) -> list[Row]:
    """Ask `each` questions of every pack, spread evenly; safety topics, which are quoted, are left out."""
    rows: list[Row] = []
    settings = Settings()
    embedders = [load_embedder(name, settings) for name in settings.embedders]
    with installation(settings, embedders) as installed:
        searcher = Once(Searcher(installed.store, embedders))
        for pack in (get_pack(name, settings) for name in packs):
            every = read_evaluation_set(pack.folder / getattr(pack.manifest.evaluation, part))
            for asked in spread([q for q in every if "safety" not in q.tags], each):
                own = ask_one(searcher, OpenAIChat(url, model), pack, asked)
                if peer:
                    count = pack.manifest.retrieval.evidence
                    hits = searcher.search(asked.question, pack, Principal(), k=count, turns=asked.turns).hits[:count]
                    own.append(_citation_engine(url, model, hits, asked, pack))
                for row in own:
                    show.print(json.dumps(row.told(), ensure_ascii=False))
                rows += own
    return rows


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8702")
    parser.add_argument("--model", default="qwen2.5-1.5b")
    parser.add_argument("--packs", nargs="*", default=["power", "chemical", "bio"])
    parser.add_argument("--each", type=int, default=8)
    parser.add_argument("--part", choices=["dev", "test"], default="dev")
    parser.add_argument("--no-peer", action="store_true")
    options = parser.parse_args()
    show = Console(width=400, soft_wrap=True, highlight=False, markup=False)
    rows = ask_all(
        options.url, options.model, options.packs, options.each, part=options.part, peer=not options.no_peer, show=show
    )
    show.print(table(rows))


if __name__ == "__main__":
    main()
