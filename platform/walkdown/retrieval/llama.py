"""Walkdown as llama-index parts: our search as a retriever, for pipelines that others build on it."""

from collections.abc import Mapping, Sequence

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from walkdown.documents import Hit, Principal
from walkdown.packs.schema import Pack
from walkdown.retrieval.search import NO_FILTERS, Searcher


def to_node(hit: Hit) -> NodeWithScore:
    """A hit as a llama-index node; page, boxes and revision are in the metadata but not in the model's text."""
    chunk = hit.chunk
    metadata = {
        "document_id": chunk.document_id,
        "title": chunk.title,
        "revision": chunk.revision,
        "page": chunk.page,
        "language": chunk.language,
        "headings": list(chunk.heading_path),
    }
    keys = list(metadata)
    node = TextNode(
        id_=chunk.id,
        text=chunk.text,
        metadata=metadata,
        excluded_embed_metadata_keys=keys,
        excluded_llm_metadata_keys=keys,
    )
    return NodeWithScore(node=node, score=hit.score)


class WalkdownRetriever(BaseRetriever):
    """Retrieves from one pack as one principal; neither can be left out."""

    def __init__(
        self,
        searcher: Searcher,
        pack: Pack,
        principal: Principal,
        *,
        k: int = 10,
        filters: Mapping[str, Sequence[str]] = NO_FILTERS,
    ) -> None:
        super().__init__()
        self._searcher, self._pack, self._principal = searcher, pack, principal
        self._k, self._filters = k, filters

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._searcher.search(
            query_bundle.query_str, self._pack, self._principal, k=self._k, filters=self._filters
        )
        return [to_node(hit) for hit in found.hits]
