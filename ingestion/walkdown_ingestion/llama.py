"""Our readers and chunker as a llama-index transformation, for pipelines that others build.

Our own ingestion does not run inside a llama-index pipeline; docs/decisions/0005 says why.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from llama_index.core.schema import BaseNode, TextNode, TransformComponent
from pydantic import ConfigDict

from walkdown.documents import Hit
from walkdown.errors import UsageError
from walkdown.packs.schema import Pack
from walkdown.retrieval.llama import to_node
from walkdown_ingestion.metadata import FileFacts
from walkdown_ingestion.prepare import FileJob, Prepared, Recipe, prepare

FILE_PATH = "file_path"
"""The metadata key by which llama-index's readers name the file of a document."""


class WalkdownChunks(TransformComponent):
    """Turns documents that name a file into the passages Walkdown would index, with the same ids.

    The file is read by our readers; the document's own text is not used. Raises UsageError for a document without
    a file and for a file that cannot be read.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    pack: Pack

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> list[BaseNode]:
        """The passages of all documents, in order."""
        del kwargs
        return [node for document in nodes for node in self._passages(document)]

    def _passages(self, document: BaseNode) -> list[TextNode]:
        named = document.metadata.get(FILE_PATH)
        if not named:
            raise UsageError("A document names no file.", f"Set its metadata {FILE_PATH!r}.")
        path = Path(named)
        facts = FileFacts(str(path.absolute()), path.name, hashlib.sha256(b"").hexdigest(), "")
        (item,) = prepare(FileJob(path, facts), Recipe(self.pack.name, self.pack.grammar)).items
        if not isinstance(item, Prepared):
            raise UsageError(item.cause, item.remedy)
        nodes = (to_node(Hit(chunk=chunk, score=0.0)).node for chunk in item.chunks)
        return [node for node in nodes if isinstance(node, TextNode)]
