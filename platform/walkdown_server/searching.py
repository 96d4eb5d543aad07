"""One search as the API offers it: from the query on the wire to the reply, for the server and for commands alone."""

from walkdown.retrieval.explain import explain
from walkdown.wire import SearchHit, SearchQuery, SearchReply
from walkdown_server.access import LOCAL
from walkdown_server.services import Services


def run_search(services: Services, query: SearchQuery) -> SearchReply:
    """The passages nearest to a question, with the reasons where asked for. Raises UsageError, UnknownPackError."""
    pack = services.packs.get(query.pack)
    found = services.searcher.get().search(
        query.question, pack, LOCAL, k=query.k, filters=query.filters, turns=query.turns, scope=query.scope
    )
    why = explain(found.plan, found.hits, pack, found.branches, found.contributions) if query.explain else ()
    return SearchReply(
        hits=tuple(SearchHit.of(hit) for hit in found.hits),
        plan=found.plan.model_dump(mode="json"),
        timings=found.timings,
        explanations=tuple(why),
    )
