"""Which records one may read: those of nobody in groups that one is not in, and of no document that is closed to one.

A record that may not be read is as if it were not there, so that nobody learns of it by its id.
"""

from collections.abc import Callable, Sequence
from functools import cache

from walkdown.documents import Evidence, Principal
from walkdown.errors import UnknownItemError, UnknownPackError
from walkdown.records.answer_record import AnswerRecord
from walkdown.wire import DocumentInfo
from walkdown_server.access import may_see
from walkdown_server.services import Services

Look = Callable[[str], DocumentInfo | None]
"""The document of a number as it stands now, None where there is none."""


def look_into(services: Services, pack: str) -> Look:
    """Documents of a pack as they stand now, each asked for once."""
    library = services.library.get()

    @cache
    def look(document_id: str) -> DocumentInfo | None:
        try:
            return library.get(pack, document_id)
        except UnknownItemError:
            return None

    return look


def is_closed(evidence: Sequence[Evidence], look: Look, principal: Principal) -> bool:
    """True where a passage was closed to the asker, or its document is by now."""
    documents = {e.chunk.document_id for e in evidence}
    access = [e.chunk.access for e in evidence] + [now.access for d in documents if (now := look(d)) is not None]
    return not all(may_see(groups, principal) for groups in access)


def readable_record(services: Services, record_id: str, principal: Principal) -> AnswerRecord:
    """One record. Raises UnknownItemError, also for one that the asker may not read."""
    record = services.answers.get().get(record_id)
    try:
        # Closed in the version in service, whichever version answered.
        pack = services.packs.get(record.pack.partition("@")[0]).name
    except UnknownPackError:
        pack = record.pack
    others = not set(record.principal.groups) <= set(principal.groups)
    if others or is_closed(record.answer.evidence, look_into(services, pack), principal):
        raise UnknownItemError(f"There is no record {record_id!r}.", "Check the id.")
    return record
