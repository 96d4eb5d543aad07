"""Where a passage belongs: plant unit (호기), clause number, document type, safety topics."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from walkdown.packs.safety import SafetyTopic
from walkdown.packs.schema import DocumentType, Pack
from walkdown.text.languages import normalise
from walkdown.text.tags import normal_form

_UNIT = re.compile(
    r"(?<![\w.])(?:제\s*)?(?P<ko>\d{1,3})\s*호\s*기|\bunit\s*(?:no\.?\s*|#\s*)?(?P<en>\d{1,3})\b(?!\s*(?:%|[.,]\d))"
    r"|(?<![\w])#(?P<sign>\d{1,2})\s*(?:unit|호기|GT|ST|HRSG)\b",
    re.IGNORECASE,
)
_FILE_UNIT = re.compile(r"(?:^|[-_ .])(?:unit|u)[-_ ]?(?P<n>\d{1,2})(?=$|[-_ .])", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\s*(?:§\s*)?(?P<clause>제\s*\d+\s*[조항장절편관](?:의\s*\d+)?|\d+(?:\.\d+)*(?=[.)]?\s)|[A-Z]\.\d+(?:\.\d+)*|Article\s+\d+)",
    re.IGNORECASE,
)


class Vocabulary(NamedTuple):
    """What of a pack the enrichment needs."""

    types: tuple[DocumentType, ...] = ()
    topics: tuple[SafetyTopic, ...] = ()

    @classmethod
    def of(cls, pack: Pack) -> "Vocabulary":
        """The vocabulary of a pack."""
        return cls(pack.manifest.document_types, pack.safety)


def units_in(text: str) -> tuple[str, ...]:
    """Plant units a text names, as plain numbers: `1호기`, `Unit 1` and `unit no. 1` are "1"."""
    found = (m["ko"] or m["en"] or m["sign"] for m in _UNIT.finditer(normalise(text)))
    return tuple(dict.fromkeys(str(int(number)) for number in found))


def document_unit(stated: str, title: str, file_name: str) -> str:
    """The one plant unit a document is for, or "": as stated, else by title, else by file name."""
    if stated:
        return (units_in(stated) or (stated.strip(),))[0]
    named = units_in(title) or tuple(str(int(m["n"])) for m in _FILE_UNIT.finditer(file_name))
    return named[0] if len(set(named)) == 1 else ""


def passage_unit(document: str, path: Sequence[str], text: str) -> str:
    """The plant unit of a passage: that of its document, else the only one its headings or its text name."""
    if document:
        return document
    named = next((found for part in (*reversed(path), text) if (found := units_in(part))), ())
    return named[0] if len(named) == 1 else ""


def clause_of(path: Sequence[str]) -> str:
    """The number of the innermost numbered heading, as `3.2.1` or `제5조`, or ""."""
    for heading in reversed(path):
        match = _CLAUSE.match(heading)
        if match:
            return re.sub(r"\s+", "", match["clause"])
    return ""


def document_type(stated: str, title: str, types: Sequence[DocumentType]) -> str:
    """The type of a document: as stated, else that whose title the document's title holds; the longest wins."""
    if stated:
        return stated
    folded = normalise(title).casefold()
    held = [
        (len(name), kind.id)
        for kind in types
        for name in kind.title.model_dump().values()
        if name and normalise(name).casefold() in folded
    ]
    return max(held)[1] if held else ""


def safety_topics(document_id: str, title: str, path: Sequence[str], topics: Sequence[SafetyTopic]) -> tuple[str, ...]:
    """Ids of the topics whose procedures the document is among, or that its title or headings are on."""
    number, place = normal_form(document_id), "\n".join((title, *path))
    return tuple(t.id for t in topics if number in map(normal_form, t.documents) or t.covers(place))
