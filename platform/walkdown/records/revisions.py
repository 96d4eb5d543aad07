"""Which revision of a document is in force: the rules, as functions of all its revisions and the day.

The outcome does not depend on the order in which revisions arrive. The newest revision that has taken effect is in
force and the older ones are superseded. Nothing is in force where a person must decide: two contents claim to be the
newest revision, two revisions cannot be compared, or the newest one says of itself that it is superseded; an older
revision is then not in force either, because it is known to have been replaced.
"""

import datetime as dt
from collections.abc import Sequence
from functools import cmp_to_key
from itertools import pairwise
from pathlib import Path

from walkdown.documents import DocumentStatus
from walkdown.index.standing import OPEN, Marks, day_at_plant
from walkdown.records.entries import DocumentRecord
from walkdown.text.revisions import revision_order

ABSENT = "absent"
"""Mark in the metadata of an edition that was withdrawn because its file is gone."""
UPLOADED = "upload://"
"""How the source of an uploaded file begins."""
DRAFT = "draft"
"""What the metadata of an edition say under `status` that is not approved yet."""
VALID_UNTIL = "valid_until"
"""Under which they say the last day on which it holds."""
_SEEN = (DocumentStatus.IN_FORCE, DocumentStatus.SUPERSEDED, DocumentStatus.PENDING)


def order(one: DocumentRecord, other: DocumentRecord) -> int | None:
    """How one revision of a document stands to another: 1 newer, -1 older, 0 the same, None unknown.

    By the revisions; where they cannot be compared by what a document says it supersedes, then by the days they take
    effect.
    """
    found = revision_order(one.revision, other.revision)
    if found is not None:
        return found
    for first, second, sign in ((one, other, 1), (other, one, -1)):
        replaced = first.metadata.get("supersedes", "")
        if replaced and second.revision and revision_order(replaced, second.revision) == 0:
            return sign
    mine, theirs = one.effective_date, other.effective_date
    if mine and theirs and mine != theirs:
        return 1 if mine > theirs else -1
    return 0 if one.revision == other.revision else None


def stands(source: str) -> bool:
    """True while the file a document came from is still there, as far as can be told."""
    return "://" in source or Path(source.partition("#")[0]).exists()


def replaces(new: DocumentRecord, old: DocumentRecord) -> bool:
    """Whether an entry takes the place of another of the same revision, rather than standing beside it.

    It does when the content is the same, or the file was changed or moved. An uploaded file with a revision never
    replaces another content of that revision: both were handed in by somebody.
    """
    if new.revision != old.revision or new.edition == old.edition:
        return False
    if new.sha256 == old.sha256:
        return True
    if new.source == old.source:
        return not new.source.startswith(UPLOADED) or not new.revision
    return not stands(old.source)


def admit(new: DocumentRecord, known: Sequence[DocumentRecord]) -> tuple[DocumentRecord, list[DocumentRecord]]:
    """A new entry with what it takes over from the known ones of its document, and those that it replaces.

    What a person withdrew or rejected stays so, until a newer revision comes or it is restored.
    """
    replaced = [old for old in known if replaces(new, old)]
    heirs = [*replaced, *(old for old in known if old.edition == new.edition)]
    out = [old for old in heirs if _by_person(old)]
    if not out and known and all(map(_by_person, known)):
        out = [old for old in known if not old.rejected and order(new, old) != 1]
    if out:
        taken = {"status": DocumentStatus.WITHDRAWN, "reason": out[0].reason, "rejected": out[0].rejected}
        return new.model_copy(update=taken), replaced
    return new, replaced


def _by_person(record: DocumentRecord) -> bool:
    """True for what somebody withdrew; what went with its file comes back with it."""
    return record.status is DocumentStatus.WITHDRAWN and ABSENT not in record.metadata


def settle(records: Sequence[DocumentRecord], today: dt.date) -> list[DocumentRecord]:
    """All entries of one document with their status, the reason for it, and the days they held."""
    open_ = [r for r in records if r.status is not DocumentStatus.WITHDRAWN]
    due = [r for r in open_ if not _waits(r, today)]
    # Statements that contradict each other in a circle leave nobody on top: then all of them need a decision.
    top = [r for r in due if not any(order(other, r) == 1 for other in due)] or due
    settled = {r.edition: r for r in records}
    for record in open_:
        status, reason = _status(record, open_, top, today)
        settled[record.edition] = record.model_copy(update={"status": status, "reason": reason})
    return _with_days([settled[r.edition] for r in records])


def _status(
    record: DocumentRecord, open_: Sequence[DocumentRecord], top: Sequence[DocumentRecord], today: dt.date
) -> tuple[DocumentStatus, str]:
    if record.metadata.get("status") == DRAFT:
        return DocumentStatus.PENDING, _why_it_waits(record)
    rivals = [o for o in open_ if o is not record and order(o, record) == 0 and o.metadata.get("status") != DRAFT]
    if record in top and not rivals:
        rivals = [o for o in top if o is not record]
    if rivals:
        name = f"{record.id} revision {record.revision}" if record.revision else record.id
        what = (
            "says it is the same revision" if order(rivals[0], record) == 0 else "is another revision, older or newer"
        )
        return DocumentStatus.CONFLICT, (
            f"{record.file_name} says it is {name}; {rivals[0].file_name} {what}, but their content differs. "
            f"`walkdown documents {record.pack} --decide {record.id} {record.sha256[:8]}` puts this one in force."
        )
    if _waits(record, today):
        return DocumentStatus.PENDING, _why_it_waits(record)
    if record not in top:
        newer = next((o for o in top if order(o, record) == 1), top[0])
        if newer.source == record.source and newer.ingested_at < record.ingested_at:
            return DocumentStatus.SUPERSEDED, (
                f"The file went back from revision {newer.revision} to {record.revision or '(none)'}; {newer.revision} "
                f"stays. `walkdown documents {record.pack} --decide {record.id} {record.sha256[:8]}` goes back."
            )
        return DocumentStatus.SUPERSEDED, f"Superseded by revision {newer.revision or '(none)'} ({newer.file_name})."
    if record.metadata.get("status") == DocumentStatus.SUPERSEDED:
        return DocumentStatus.SUPERSEDED, "It says of itself that it is superseded, and no newer revision is known."
    if expired(record, today):
        until = record.metadata[VALID_UNTIL]
        return DocumentStatus.SUPERSEDED, f"It says that it held until {until}, and no newer revision is known."
    return DocumentStatus.IN_FORCE, ""


def expired(record: DocumentRecord, today: dt.date) -> bool:
    """True once the last day on which a document says that it holds has passed."""
    until = record.metadata.get(VALID_UNTIL, "")
    return bool(until) and until < today.isoformat()


def _waits(record: DocumentRecord, today: dt.date) -> bool:
    """True for a draft, and for what takes effect on a later day."""
    return record.metadata.get("status") == DRAFT or (
        record.effective_date is not None and record.effective_date > today
    )


def _why_it_waits(record: DocumentRecord) -> str:
    if record.metadata.get("status") != DRAFT:
        return f"It takes effect on {record.effective_date}."
    return (
        "It says of itself that it is a draft or not approved. If it holds, state the status in_force in "
        "documents.csv, or "
        f"`walkdown documents {record.pack} --decide {record.id} {record.sha256[:8]}`."
    )


def _compared(one: DocumentRecord, other: DocumentRecord) -> int:
    return order(one, other) or 0


def _with_days(records: Sequence[DocumentRecord]) -> list[DocumentRecord]:
    """Each revision holds from the day it takes effect (else the day it was taken in) until that of the next."""
    drafts = [r for r in records if r.status is DocumentStatus.PENDING and r.metadata.get("status") == DRAFT]
    line = sorted((r for r in records if r.status in _SEEN and r not in drafts), key=cmp_to_key(_compared))
    start = {
        r.edition: (r.effective_date or day_at_plant(r.ingested_at)).toordinal() if r.effective_date or i else 0
        for i, r in enumerate(line)
    }
    end = {one.edition: start[following.edition] for one, following in pairwise(line)}
    if line and line[-1].status is DocumentStatus.SUPERSEDED:
        until = line[-1].metadata.get(VALID_UNTIL)
        last = dt.date.fromisoformat(until) + dt.timedelta(1) if until else day_at_plant(line[-1].ingested_at)
        end[line[-1].edition] = last.toordinal()
    # A draft holds on no day.
    start |= {r.edition: OPEN for r in drafts}
    return [
        r.model_copy(
            update={"marks": r.marks._replace(from_day=start.get(r.edition, 0), to_day=end.get(r.edition, OPEN))}
        )
        for r in records
    ]


def marked(record: DocumentRecord, coming: int, *, known: bool) -> DocumentRecord:
    """An entry with the marks that give it its status from generation `coming` on, and change nothing before it.

    `known`: its present marks are those of the index.
    """
    marks = record.marks if known else record.marks._replace(since=OPEN, until=OPEN, shown=OPEN, hidden=OPEN)
    in_force, seen = record.status is DocumentStatus.IN_FORCE, record.status in _SEEN
    since, until = _turned(marks.since, marks.until, coming, wanted=in_force)
    shown, hidden = _turned(marks.shown, marks.hidden, coming, wanted=seen)
    days = marks.from_day, marks.to_day
    return record.model_copy(update={"marks": Marks(since, until, shown, hidden, *days)})


def _turned(start: int, end: int, coming: int, *, wanted: bool) -> tuple[int, int]:
    now = start < coming <= end
    if wanted == now:
        return start, end
    return (coming, OPEN) if wanted else (start, coming)
