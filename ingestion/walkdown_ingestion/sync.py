"""A synced folder: a document whose file is gone, or holds another one, is withdrawn, and comes back with its file.

Nothing is withdrawn on doubt: not below a folder that could not be listed, not the records of a file that could not be
read, and not all at once when a folder is suddenly empty (a share that is not mounted looks like that).
"""

from walkdown.documents import DocumentStatus
from walkdown.records.registry import DocumentRecord
from walkdown.records.revisions import UPLOADED
from walkdown.text.languages import normalise
from walkdown_ingestion.discovery import Discovery
from walkdown_ingestion.report import Failure
from walkdown_ingestion.run import Run


def withdraw_absent(run: Run, found: Discovery, origin: str) -> None:
    """Withdraw the documents of the folders handed in whose files were not met in this run."""
    roots = (origin,) if origin else tuple(_below(str(folder.absolute())) for folder in found.folders)
    doubtful = (*(_below(path) for path in found.unreadable), *(normalise(path) for path in found.outside))
    absent: list[DocumentRecord] = []
    forgotten: list[str] = []
    for root in roots:
        known = [r for r in run.parts.registry.documents(run.pack.name) if r.source.startswith(root)]
        gone = [r for r in known if _is_gone(run, r) and not r.source.startswith(doubtful or ("\0",))]
        if gone and not any(source.startswith(root) for source in run.seen):
            reason = f"{root} holds no documents any more; the {len(gone)} known ones were not withdrawn."
            remedy = "Check that it is mounted; to withdraw them all the same, use `walkdown withdraw`."
            run.failed.append(Failure(name=root, reason=reason, remedy=remedy))
            continue
        forgotten += [r.source for r in gone if r.status is DocumentStatus.FAILED]
        absent += [r for r in gone if r.status not in (DocumentStatus.FAILED, DocumentStatus.WITHDRAWN)]

    run.publisher.drop([r for r in absent if _is_overwritten(run, r)], "Its file holds another document now.")
    run.publisher.drop([r for r in absent if not _is_overwritten(run, r)], "Its file is gone from the synced folder.")
    run.parts.registry.forget_failures(run.pack.name, forgotten)
    run.withdrawn += len(absent)


def tell_overwritten(run: Run) -> None:
    """Name the documents in force whose file holds another one now; without `sync` nothing goes with its file."""
    for record in run.parts.registry.documents(run.pack.name, DocumentStatus.IN_FORCE):
        if _is_overwritten(run, record) and not record.source.startswith(UPLOADED):
            run.warnings.append(
                f"{record.file_name} holds {run.held[record.source]} now; {record.id}, which it held before, is "
                f"still in force. `walkdown withdraw {record.pack} {record.id}` withdraws it, as a sync does."
            )


def _is_gone(run: Run, record: DocumentRecord) -> bool:
    if _is_overwritten(run, record):
        return True
    return record.source not in run.seen and record.source.partition("#")[0] not in run.refused


def _is_overwritten(run: Run, record: DocumentRecord) -> bool:
    """True where the file holds a document of another number: this one's is gone, or stands elsewhere by now."""
    return record.status is not DocumentStatus.FAILED and run.held.get(record.source, record.id) != record.id


def _below(folder: str) -> str:
    return normalise(folder).rstrip("/") + "/"
