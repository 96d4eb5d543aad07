"""One search as the API offers it: from the query on the wire to the reply, for the server and for commands alone."""

from walkdown.answering.answerable import judge
from walkdown.answering.turn import number_evidence
from walkdown.packs.schema import Pack
from walkdown.retrieval.explain import explain
from walkdown.retrieval.search import SearchResult
from walkdown.wire import Answerable, SearchHit, SearchQuery, SearchReply
from walkdown_server.access import LOCAL
from walkdown_server.services import Services


def run_search(services: Services, query: SearchQuery) -> SearchReply:
    """The passages nearest to a question, with the reasons where asked for. Raises UsageError, UnknownPackError."""
    pack = services.packs.get(query.pack)
    count = pack.manifest.retrieval.evidence
    # The probability is that of the passages an answer would rest on, however few are shown.
    k = max(query.k, count) if query.explain else query.k
    found = services.searcher.get().search(
        query.question, pack, LOCAL, k=k, filters=query.filters, turns=query.turns, scope=query.scope
    )
    hits = found.hits[: query.k]
    why = explain(found.plan, hits, pack, found.branches, found.contributions) if query.explain else ()
    return SearchReply(
        hits=tuple(SearchHit.of(hit) for hit in hits),
        plan=found.plan.model_dump(mode="json"),
        timings=found.timings,
        judged=found.judged,
        explanations=tuple(why),
        answerable=_answerable(found, pack, count) if query.explain else None,
    )


def _answerable(found: SearchResult, pack: Pack, count: int) -> Answerable | None:
    hits = [*found.hits[:count], *found.neighbours]
    judged = judge(found.plan, number_evidence(hits, len(hits)), pack)
    if judged is None:
        return None
    return Answerable(
        probability=judged.probability, threshold=judged.threshold, features=judged.values, unnamed=judged.unnamed
    )
