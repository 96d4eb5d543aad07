"""The cited passage is about the equipment that was asked for: the pressure of BR-202 is no answer about BR-102."""

import re
from collections.abc import Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.owning import owners_of
from walkdown.answering.verification.reader import Reader
from walkdown.answering.verification.reading import Cited, Place
from walkdown.answering.verification.sources import evidence_text
from walkdown.documents import Check, Claim
from walkdown.retrieval.exclusions import names_excluded
from walkdown.text.codes import EQUIPMENT_LIKE, others_of_its_kind, spelled
from walkdown.text.labels import find_labels

_KINDS = ("unit", "class", "grade", "level", "stage", "channel", "train")
_TURNS = {"첫": "1", "두": "2", "세": "3", "네": "4", "first": "1", "second": "2", "third": "3", "fourth": "4"}
_TURN = re.compile(
    r"(?<![가-힣])([첫두세네]|\d) ?번째|\b(first|second|third|fourth)(?= (?:time|test|try|attempt|trial))"
)


def check_asked(
    question: str, claim: Claim, cited: Cited, carriers: Sequence[Place], excluded: Sequence[str] = ()
) -> Check:
    """A claim that names no tag takes it from the question, so its passage must name it and not only its neighbours.

    A passage that names no tag of that kind at all speaks of all equipment alike. A claim about nothing but what the
    question leaves out (`excluded`) is no answer.
    """
    if other := _other_label(question, claim.text) or _other_thing(question, claim, cited.reader, carriers):
        return failed("asked", "other_equipment", others=other[0], asked=other[1])
    asked = cited.reader.tags(question)
    wanted = {t.normal for t in asked}
    told = [t.normal for t in cited.reader.tags(claim.text)]
    if excluded and told and names_excluded(told, excluded) == set(told):
        return failed("asked", "left_out_by_question", others=", ".join(excluded))
    if wrong := _other_code(question, claim, cited):
        return wrong
    if not asked:
        return skipped("asked", "no_tag_asked")
    if wanted & set(told):
        return skipped("asked", "tag_in_claim")
    kinds = {t.kind for t in asked}
    named = [t for e in cited.evidence for t in cited.reader.tags(evidence_text(e)) if t.kind in kinds]
    if named and not wanted & {t.normal for t in named}:
        others = ", ".join(list(dict.fromkeys(t.text for t in named))[:3])
        return failed("asked", "other_equipment", others=others, asked=", ".join(t.text for t in asked))
    return passed("asked") if named else skipped("asked", "no_tag_there")


def _other_code(question: str, claim: Claim, cited: Cited) -> Check | None:
    """The failure of a claim that rests on `AC-201` where `AC-02` is asked for, neither of which the grammar knows."""
    known = [(t.start, t.end) for t in cited.reader.tags(question)]
    codes = [m for m in EQUIPMENT_LIKE.finditer(question) if not any(a < m.end() and m.start() < b for a, b in known)]
    texts = [f"{e.chunk.document_id}\n{evidence_text(e)}" for e in cited.evidence]
    if not codes or any(spelled(code).search(text) for code in codes for text in (claim.text, *texts)):
        return None
    others = [other for code in codes for text in texts for other in others_of_its_kind(code, text)]
    if not others:
        return None
    asked = ", ".join(code.group() for code in codes)
    return failed("asked", "other_equipment", others=", ".join(others[:3]), asked=asked)


def _other_thing(question: str, claim: Claim, reader: Reader, carriers: Sequence[Place]) -> tuple[str, str] | None:
    """The thing whose amount a claim gives, and the one asked about which no carrying statement names: KT-2, CS-3."""
    asked, told = ({o.name: o for o in owners_of(text, reader, every=True)} for text in (question, claim.text))
    if len(asked) != 1 or len(told) != 1 or asked.keys() == told.keys() or not reader.quantities(claim.text):
        return None
    wanted, other = next(iter(asked.values())), next(iter(told.values()))
    if " " in wanted.name or " " in other.name:
        return None
    for place in carriers:
        chunk = place.evidence.chunk
        above = "\n".join((place.statement.text, chunk.document_id, chunk.title, *chunk.heading_path))
        named = {o.name for o in owners_of(above, reader, every=True)}
        if wanted.name in named or other.name not in named:
            return None
    return (other.written, wanted.written) if carriers else None


def _other_label(question: str, claim: str) -> tuple[str, str] | None:
    """The class, unit or turn that a claim speaks of where another one is asked for: `class 1` for `class 2`."""
    ours, asked = _labels(claim), _labels(question)
    for kind, numbers in asked.items():
        if len(numbers) == 1 and kind in ours and not numbers & ours[kind]:
            return ", ".join(sorted(ours[kind])), ", ".join(numbers)
    return None


def _labels(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for label in find_labels(text):
        if label.kind in _KINDS:
            found.setdefault(label.kind, set()).add(label.number)
    for match in _TURN.finditer(text):
        found.setdefault("turn", set()).add(_TURNS.get((match[1] or match[2]).lower(), match[1] or match[2]))
    return found
