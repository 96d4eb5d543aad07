"""What can be said about a pack's documents before they are ingested: which ids there are and what texts they hold."""

from typing import NamedTuple

from walkdown.packs.figures import with_figures_as_text
from walkdown.packs.schema import Pack
from walkdown.packs.sources import Source, in_force, read_document

REGISTER = "documents.csv"
"""The table of ids and titles beside the files; it is no document."""
REGISTER_COLUMNS = (
    "file", "id", "title", "revision", "effective_date", "language", "access", "site", "unit", "type", "number",
    "supersedes", "status",
)  # fmt: skip
"""Those that an ingestion reads (`walkdown_ingestion.sidecar`), which refuses others."""
_DRAWN = frozenset({"pdf", "docx", "pptx"})
"""Formats in which a figure is drawn, so that its data are no text."""


class KnownDocuments(NamedTuple):
    """Texts of the documents in force by id, and of all revisions by (id, revision).

    They are those of sources and of Markdown with an id in its front matter. `others` is True when there are files
    besides: their ids and texts are known only after ingestion.
    """

    texts: dict[str, str]
    revisions: dict[tuple[str, str], str]
    others: bool

    def text(self, identity: str, revision: str | None = None) -> str | None:
        """The text of a document: of the revision named, else of the one in force; None when it is not known."""
        return self.texts.get(identity) if revision is None else self.revisions.get((identity, revision))


def built_text(source: Source) -> str:
    """The text that stands in the built file of a source."""
    header = source.header
    return with_figures_as_text(source.body, header.language, data=header.format not in _DRAWN)


def known_documents(pack: Pack, sources: list[Source]) -> KnownDocuments:
    """The documents of a pack as far as they can be known from its text files."""
    revisions = {(source.header.id, source.header.revision): built_text(source) for source in sources}
    texts = {identity: built_text(source) for identity, source in in_force(sources).items()}
    built = {source.header.file_name for source in sources} | {REGISTER}
    others = False
    paths = sorted(pack.corpus_dir.rglob("*")) if pack.corpus_dir.is_dir() else []
    for path in paths:
        if not path.is_file() or path.name in built:
            continue
        identity, revision, body = "", "", ""
        if path.suffix == ".md":
            identity, revision, body = read_document(pack.folder, path.relative_to(pack.folder).as_posix())
        if identity:
            texts.setdefault(identity, body)
            revisions.setdefault((identity, revision), body)
        others = others or not identity
    return KnownDocuments(texts, revisions, others)
