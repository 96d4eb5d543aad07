"""Whether what a pack's questions and safety topics name stands in the version that was built of it.

`walkdown pack validate` knows only the texts it can read by itself; here every document has been read.
"""

from collections.abc import Iterator

from walkdown.errors import PackError
from walkdown.index.store import ChunkStore
from walkdown.packs.evaluation_file import read_questions
from walkdown.packs.loader import safety_file
from walkdown.packs.safety import read_safety
from walkdown.packs.schema import EvaluationQuestion, Pack
from walkdown.records.registry import Registry
from walkdown_eval.scorers import carries

_SHOWN = 5


def _named(pack: Pack) -> Iterator[tuple[str, str]]:
    """Where a document is named, and which."""
    sets = pack.manifest.evaluation
    for name in (sets.dev, sets.test):
        for line, question in read_questions(pack.folder, name, []):
            for item in question.evidence:
                yield f"{name}:{line}: {question.id}", item.document_id
    safety = safety_file(pack.folder, pack.manifest)
    for line, topic in read_safety(pack.folder, safety, []) if safety else ():
        for identity in topic.documents:
            yield f"{safety}:{line}: the topic {topic.id}", identity


def require_documents(pack: Pack, registry: Registry) -> None:
    """Raise PackError when questions or safety topics name documents that the built version does not have."""
    known = {record.id for record in registry.documents(pack.name)}
    lost = [(place, identity) for place, identity in _named(pack) if identity not in known]
    if lost:
        place, identity = lost[0]
        more = f" ({len(lost) - 1} more like it)" if len(lost) > 1 else ""
        raise PackError(
            f"{place}: the document {identity!r} is not among those of the pack{more}.",
            f"Add it to {pack.manifest.corpus}, or give the number that the document states: "
            f"`walkdown documents {pack.manifest.name}` lists those of the version in service.",
        )


def unfound(pack: Pack, questions: tuple[EvaluationQuestion, ...], store: ChunkStore) -> list[str]:
    """A warning that names the questions whose evidence no passage holds, as readers see the documents."""
    lost = [
        question.id
        for question in questions
        if not all(
            any(carries(chunk, item) for chunk in store.chunks(pack.name, item.document_id))
            for item in question.evidence
        )
    ]
    if not lost:
        return []
    shown = ", ".join(lost[:_SHOWN])
    return [f"The evidence of {len(lost)} questions stands in no passage as it was read: {shown}."]
