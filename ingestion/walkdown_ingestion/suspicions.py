"""What the documents of a pack say against each other, told once the documents of an ingestion are in force.

Two documents that are one to a reader stay two where nothing certain says otherwise: both are in force, and only a
person can tell. So they are named.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from walkdown.documents import DocumentStatus
from walkdown.records.registry import DocumentRecord
from walkdown.records.revisions import order
from walkdown.text.languages import normalise
from walkdown_ingestion.file_names import CALLED, without_version
from walkdown_ingestion.run import Run

_MOST = 20
"""Suspicions of one kind that are told; a folder with more has another way of naming."""
_ALIKE = str.maketrans("OIL", "011")


def tell_suspicions(run: Run) -> None:
    """Add to the warnings what is doubtful about the documents taken in."""
    if not run.taken:
        return
    held = run.parts.registry.documents(run.pack.name, DocumentStatus.IN_FORCE)
    for told in (_called(run, held), _replaced(run, held), _alike(run, held), _older_days(run)):
        run.warnings += list(told)[:_MOST]


def _called(run: Run, held: Sequence[DocumentRecord]) -> Iterator[str]:
    """Documents in force whose file or folder is named as no valid one's is."""
    for record in held:
        if record.id in run.taken and record.metadata.get(CALLED):
            yield (
                f"{record.file_name}: {record.metadata[CALLED]}, but its text does not; it is in force. "
                "State its status (superseded, draft, in_force) in documents.csv."
            )


def _replaced(run: Run, held: Sequence[DocumentRecord]) -> Iterator[str]:
    """Documents in force of which another one in force says that it replaces them."""
    by_number = {_key(record.id): record for record in held}
    for record in held:
        old = by_number.get(_key(record.metadata.get("replaces", "")))
        if old is not None and old.id != record.id and run.taken & {old.id, record.id}:
            yield (
                f"{record.file_name}: it says that it replaces {old.id} ({old.file_name}), which is still in force. "
                f"`walkdown withdraw {record.pack} {old.id}` withdraws it."
            )


def _alike(run: Run, held: Sequence[DocumentRecord]) -> Iterator[str]:
    """Documents whose numbers differ in a zero or a sign only, or whose file names in a version only."""
    groups: dict[tuple[str, str], list[DocumentRecord]] = defaultdict(list)
    for record in held:
        if record.metadata.get("number"):
            groups["number", _key(record.id)].append(record)
        elif "#" not in record.source and normalise(PurePosixPath(record.file_name).stem) in record.id:
            plain = without_version(PurePosixPath(record.id).name)
            groups["name", f"{PurePosixPath(record.id).parent}/{plain.casefold()}"].append(record)
    for (kind, _), alike in groups.items():
        if len({r.id for r in alike}) < 2 or not run.taken & {r.id for r in alike}:
            continue
        names = ", ".join(sorted(f"{r.id} ({r.file_name})" if kind == "number" else r.file_name for r in alike)[:4])
        what = "numbers" if kind == "number" else "names without a document number"
        yield (
            f"{names}: their {what} are nearly the same, and all are in force. If they are revisions of one document, "
            "state one number (and their revisions) in documents.csv, or withdraw the old ones."
        )


def _older_days(run: Run) -> Iterator[str]:
    """Revisions in force whose day is before that of the revision they follow."""
    for records in run.parts.registry.editions(run.pack.name, run.taken).values():
        newest = next((r for r in records if r.status is DocumentStatus.IN_FORCE and r.effective_date), None)
        for old in records if newest is not None else ():
            before = old.status is DocumentStatus.SUPERSEDED and old.effective_date is not None
            if newest and before and old.effective_date > newest.effective_date and order(newest, old) == 1:  # type: ignore[operator]
                yield (
                    f"{newest.file_name}: revision {newest.revision} of {newest.id} is in force and dated "
                    f"{newest.effective_date}, before revision {old.revision} ({old.effective_date}). "
                    "Is one of them wrong?"
                )


def _key(number: str) -> str:
    """A number as a reader takes it: without signs and leading zeros, O as zero and I as one."""
    parts = re.findall(r"[A-Z가-힣一-鿿]+|\d+", re.sub(r"(?<=[A-Z])[0](?=[A-Z])", "O", number.upper()))
    return " ".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)
