"""Fields that a document states about itself by name: what is misspelt in them is told, or keeps the document out.

A field that nobody reads is worse than none: a revision, the day it takes effect or the group that may see it was
meant, and the document would be in force, today and for everyone, as if nothing had been said.
"""

from collections.abc import Mapping
from difflib import get_close_matches

from walkdown.documents import LANGUAGES
from walkdown.errors import DocumentError
from walkdown_ingestion.label_dates import parse_date
from walkdown_ingestion.label_status import find_draft, find_superseded

FIELDS = (
    "id", "title", "revision", "effective_date", "language", "access", "site", "number", "unit", "type", "supersedes",
    "status",
)  # fmt: skip
_OTHERS = frozenset(("effective", "format", "layout", "file", "notes"))
_MISSPELT = [name for name in FIELDS if len(name) > 5]
_IN_FORCE = frozenset(
    "in_force in-force inforce current valid effective active approved released issued published final "
    "시행 시행중 유효 현행 승인 발행".split()
)
_ALIKE = 0.8


def checked_fields(front: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The fields under their known names, and what to tell about them.

    Raises DocumentError for a group or a day that cannot be read.
    """
    fields: dict[str, str] = {}
    told = []
    for key, value in front.items():
        plain = key.strip().lower().replace("-", "_").replace(" ", "_")
        name = plain if plain in FIELDS and plain not in front else key
        fields[name] = value
        if value and plain not in FIELDS and plain not in _OTHERS:
            told += _misspelt(key, plain, front)
    _require_day(fields)
    return fields, told + _unknown_values(fields)


def _misspelt(key: str, plain: str, front: Mapping[str, str]) -> list[str]:
    meant = next(iter(get_close_matches(plain, _MISSPELT, 1, _ALIKE)), "")
    if not meant or front.get(meant):
        return []
    if meant == "access":
        raise DocumentError(
            f"The front matter between the --- lines has a field {key!r}; if access is meant, everyone could see it.",
            "Write it as access, or give it another name.",
        )
    return [f"the front matter's field {key!r} is not known and was not read; is {meant} meant?"]


def _require_day(fields: Mapping[str, str]) -> None:
    written = fields.get("effective_date") or fields.get("effective", "")
    if written and parse_date(written) is None:
        raise DocumentError(
            f"The front matter between the --- lines holds an effective date that cannot be read ({written}).",
            "Write it as 2025-03-01; of 03/04/2025 nobody can tell which is the month.",
        )


def status_known(status: str) -> bool:
    """True where a status says that a document is superseded, a draft, or in force."""
    told = f"status: {status}"
    return find_superseded(told) or find_draft(told) or status.strip().lower().replace(" ", "_") in _IN_FORCE


def _unknown_values(fields: Mapping[str, str]) -> list[str]:
    status, language = fields.get("status", ""), fields.get("language", "").strip().lower()
    told = []
    if status and not status_known(status):
        told.append(f"the front matter's status {status!r} is not known; the document counts as any other")
    if language and language[:2] not in LANGUAGES:
        told.append(f"the front matter's language {language!r} is not known; it was found by the text")
    return told
