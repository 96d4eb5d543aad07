"""What can be said about a pack's documents before they are ingested: which ids there are and what texts they hold."""

from typing import NamedTuple

from walkdown.packs.schema import Pack
from walkdown.packs.sources import Source, read_document


class KnownDocuments(NamedTuple):
    """Texts by document id, of sources and of Markdown with an id in its front matter.

    `others` is True when there are files besides: their ids and texts are known only after ingestion.
    """

    texts: dict[str, str]
    others: bool


def known_documents(pack: Pack, sources: list[Source]) -> KnownDocuments:
    """The documents of a pack as far as they can be known from its text files."""
    texts = {source.header.id: source.body for source in sources}
    built = {source.header.file_name for source in sources}
    others = False
    paths = sorted(pack.corpus_dir.rglob("*")) if pack.corpus_dir.is_dir() else []
    for path in paths:
        if not path.is_file() or path.name in built:
            continue
        identity, body = "", ""
        if path.suffix == ".md":
            identity, body = read_document(pack.folder, path.relative_to(pack.folder).as_posix())
        if identity:
            texts.setdefault(identity, body)
        others = others or not identity
    return KnownDocuments(texts, others)
