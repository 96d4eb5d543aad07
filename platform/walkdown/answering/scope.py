"""The passage that says what a document is about, where no passage found names the equipment that is asked about.

"Store the cells in room R-118" stands in the scope of a procedure, and none of its steps names the room again. Without
that passage the question would be refused as one about equipment that nothing found names.
"""

from collections.abc import Sequence

from walkdown.answering.gate import missing_tags
from walkdown.answering.turn import number_evidence
from walkdown.documents import DocumentStatus, Hit, Principal
from walkdown.packs.schema import Pack
from walkdown.retrieval.search import Searcher
from walkdown.retrieval.understanding import QueryPlan


def naming_passage(
    plan: QueryPlan, hits: Sequence[Hit], pack: Pack, principal: Principal, searcher: Searcher
) -> list[Hit]:
    """The passage in force, of a document that was found, which names all that no passage found names; else none.

    The nearest document's comes first, with the score of its first passage. A question about another time is left
    alone: what was in force then is not looked up again.
    """
    lost = set(missing_tags(plan, number_evidence(hits, len(hits)), pack))
    if not lost or plan.time is not None:
        return []
    first = {hit.chunk.document_id: hit for hit in reversed(hits)}
    for document in dict.fromkeys(hit.chunk.document_id for hit in hits):
        for chunk in searcher.passages(pack, principal, document):
            own = [Hit(chunk=chunk, score=first[document].score)]
            named = not lost & set(missing_tags(plan, number_evidence(own, 1), pack))
            if named and chunk.status is DocumentStatus.IN_FORCE:
                return own
    return []
