"""Reads a pack's own corpus as an ingestion does, without an index: for tests and tools that look at a pack."""

from walkdown.documents import Chunk, SourceDocument
from walkdown.errors import DocumentError
from walkdown.packs.corpus import REGISTER
from walkdown.packs.schema import Pack
from walkdown_ingestion.discovery import discover
from walkdown_ingestion.metadata import FileFacts
from walkdown_ingestion.prepare import FileJob, Recipe, Refused, prepare
from walkdown_ingestion.sidecar import Sidecars

ReadDocument = tuple[SourceDocument, tuple[Chunk, ...]]


def read_corpus(pack: Pack) -> list[ReadDocument]:
    """Every document of the corpus with its passages. Raises DocumentError for the first that cannot be read."""
    recipe, sidecars, found = Recipe(pack.name, pack.grammar), Sidecars(), []
    for file in discover([pack.corpus_dir]).files:
        if file.path.name == REGISTER:
            continue
        facts = FileFacts(str(file.path), file.relative, "", "", sidecars.row(file.path, pack.corpus_dir))
        for item in prepare(FileJob(file.path, facts), recipe).items:
            if isinstance(item, Refused):
                raise DocumentError(item.cause, item.remedy)
            found.append((item.source, item.chunks))
    return found
