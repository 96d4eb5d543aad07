"""The single checks that need no alignment: citation, tags, codes, labels, language, content, source, anchor."""

import re
from collections.abc import Sequence
from itertools import pairwise

from walkdown.answering.verification.cells import amiss
from walkdown.answering.verification.columns import misplaced
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reader import Reader
from walkdown.answering.verification.reading import Cited, Matched, Occurrence, Place, clause_at
from walkdown.answering.verification.sources import evidence_text
from walkdown.answering.verification.statements import clauses
from walkdown.documents import Check, Claim, DocumentStatus, Evidence, Language, Verdict
from walkdown.text.labels import Label, find_labels
from walkdown.text.languages import detect_language
from walkdown.text.tags import Tag, of_unit, unit_of

_DESIGNATOR = re.compile(r"\d{1,2}[A-F]")
_FORMULA = re.compile(r"(?:[A-Z][a-z]?\d{0,2}){1,5}")
_REVISION = re.compile(
    r"(?:\brev(?:ision)?s?\b\.?|개정(?: ?번호)?|판번호|修订版?|改訂|revisión)"
    r"\s*(?:no\.?|:)?\s*(?P<after>\d{1,3}|[A-Z])(?![A-Za-z0-9_]|\.\d|\s?[월년일회건])|"
    r"(?<![\w-])(?P<before>\d{1,3}|[A-Z])\s*(?:판|차 개정|번째 개정)",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"\s*([A-Z])(?=[\s/]|[가-힣]|$)")
_BRACKET = re.compile(r"\s?[(（]\s?")
_LINK = re.compile(r"https?://|\bwww\.|\bftp://|\bdata:[a-z]+/|javascript:|mailto:", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]]*\]\s*[(\[]|\]\(\s*\S+\s*\)|^\s*\[[^\]]+\]:\s*\S+")
_HTML = re.compile(r"<\s*/?\s*[a-zA-Z][^<>]{0,200}>|<!--|&#x?[0-9a-f]+;", re.IGNORECASE)
_TEMPLATE = re.compile(r"<\|[^|>]{1,40}\|>|\[/?INST\]|<(?:start|end)_of_turn>")
_OWNERS = ("unit", "train", "channel", "line", "zone", "level", "grade")
"""Labels of what an amount may belong to; sections and tables only say where it stands."""
_FORBIDDEN = {"a_link": _LINK, "an_image": _IMAGE, "html": _HTML, "a_token": _TEMPLATE}
"""What no statement may hold, by the code of the reason."""


def check_citation(claim: Claim, retrieved: Sequence[Evidence]) -> Check:
    """Every citation resolves to a passage retrieved for this question, and there is at least one."""
    known = {e.number for e in retrieved}
    dangling = [n for n in claim.citations if n not in known]
    if dangling:
        return failed("citation", "no_such_evidence", numbers=", ".join(map(str, dangling)))
    if not claim.citations:
        return failed("citation", "nothing_cited")
    return passed("citation")


def check_tags(claim: Claim, cited: Cited, question: str = "", everything: Cited | None = None) -> Check:
    """Every equipment tag, document number and other code of the claim stands in the cited evidence.

    The number of a batch or report that the question names may stand in another passage found of the same document.
    """
    reader = cited.reader
    tags, codes = reader.tags(claim.text), reader.codes(claim.text)
    if not tags and not codes:
        return skipped("tags", "no_tag")
    texts = [evidence_text(e) for e in cited.evidence]
    stated = {t.normal for text in texts for t in reader.tags(text)} | {c for text in texts for c in reader.codes(text)}
    missing = [t.text for t in tags if t.normal not in stated]
    named = {t.normal for t in tags}
    other_language = all(e.chunk.language != detect_language(claim.text) for e in cited.evidence)
    for code in sorted(codes - named - stated):
        # A formula may be a name in the other language: H2S is 황화수소.
        if (other_language and _FORMULA.fullmatch(code)) or any(code in n for n in named):
            continue
        # "Feed pump 1A" is BFP-1A where the passage has it.
        if not (_DESIGNATOR.fullmatch(code) and any(re.search(rf"[^\d]{code}$", name) for name in stated)):
            missing.append(code)
    missing = [code for code in missing if code not in _of_document(question, cited, everything)]
    if missing:
        return failed("tags", "not_in_passage", what=", ".join(missing))
    for tag, other in _belonging(claim.text, reader).items():
        stated_others = {o for text in texts for t, o in _belonging(text, reader).items() if t == tag}
        if stated_others and other not in stated_others:
            return failed("tags", "other_owner", tag=tag, owner=", ".join(sorted(stated_others)), claimed=other)
    return passed("tags", "found", what=", ".join([t.text for t in tags] or sorted(codes)))


def _of_document(question: str, cited: Cited, everything: Cited | None) -> set[str]:
    """Codes of a question, tags of equipment left out, that other passages of the cited documents hold."""
    documents = {e.chunk.document_id for e in cited.evidence}
    others = [e for e in everything.evidence if e.chunk.document_id in documents] if everything else []
    tags = {t.normal for t in cited.reader.tags(question)}
    asked = cited.reader.codes(question) - tags
    return {code for code in asked if any(code in cited.reader.codes(evidence_text(e)) for e in others)}


def _belonging(text: str, reader: Reader) -> dict[str, str]:
    """What a tag in brackets behind another says of it: `20LAC11AA151 (BFP-2A)` is the valve of that pump."""
    tags = sorted(reader.tags(text), key=lambda tag: tag.start)
    pairs = ((a, b) for a, b in pairwise(tags) if _BRACKET.fullmatch(text[a.end : b.start]))
    return {a.normal: b.normal for a, b in pairs if text[b.end : b.end + 1] in (")", "）")}


def check_labels(claim: Claim, cited: Cited, matched: Sequence[Matched] = (), everything: Cited | None = None) -> Check:
    """`Unit 2`, `Level 1`, `Grade B`: where the passage names such a thing, it is the one of the claim."""
    claimed = find_labels(claim.text)
    if not claimed:
        return skipped("labels", "no_label")
    texts = [f"{cited.reader.context(e)}\n{e.chunk.text}" for e in cited.evidence]
    stated = {(label.kind, label.number) for text in texts for label in find_labels(text)}
    kinds = {kind for kind, _ in stated}
    wrong = [x for x in claimed if x.kind in kinds and (x.kind, x.number) not in stated]
    if wrong:
        return failed("labels", "not_spoken_of", what=_written(wrong, claim))
    if other := _of_other_label(claim, matched):
        return failed("labels", "other_label", amount=other[0], stated=other[1], claimed=other[2])
    if (mine := _tag_of_other_unit(claim, claimed, everything or cited)) is not None:
        return failed("labels", "other_label", amount=mine.text, stated=unit_of(mine.normal), claimed=claimed[0].number)
    if apart := _apart(claim, cited):
        return failed("labels", "labels_apart", what=", ".join(apart))
    return passed("labels", "found", what=_written(claimed, claim))


def _tag_of_other_unit(claim: Claim, claimed: Sequence[Label], found: Cited) -> Tag | None:
    """The only tag of a claim about one unit, where it bears the number of another: 10EKG02AA101 is not Unit 2's.

    Only where the passages found hold that equipment of the claim's unit as well: some is common to all units.
    """
    units = {label.number for label in claimed if label.kind == "unit"}
    tags = {t.normal: t for t in found.reader.tags(claim.text)}
    if len(units) != 1 or len(tags) != 1:
        return None
    (unit,), (tag,) = units, tags.values()
    own = of_unit(tag.normal, unit)
    stated = {t.normal for e in found.evidence for t in found.reader.tags(evidence_text(e))}
    return tag if unit_of(tag.normal) not in ("", unit) and own in stated else None


def _of_other_label(claim: Claim, matched: Sequence[Matched]) -> tuple[str, str, str] | None:
    """An amount that a clause of the claim gives to a unit, where its clause in the passage names other ones only."""
    for item in matched:
        # What one unit is named for at the start goes for all clauses.
        ours = find_labels(clause_at(claim.text, item.quantity.start)) or _only_label(claim.text)
        for label in ours:
            if label.kind not in _OWNERS or any(x.kind == label.kind and x.number != label.number for x in ours):
                continue
            stated = [{x.number for x in find_labels(o.part.text) if x.kind == label.kind} for o in item.places]
            stated = stated if any(stated) else [_heading_letter(o, label.number) for o in item.places]
            if stated and all(s and label.number not in s for s in stated):
                return item.quantity.text, ", ".join(sorted(stated[0])), label.number
    return None


def _only_label(text: str) -> Sequence[Label]:
    found = find_labels(text)
    return found if len(found) == 1 else ()


def _heading_letter(occurrence: Occurrence, number: str) -> set[str]:
    """The letter that begins the heading of a cell (`A trip`), where another column of its row begins with `number`."""
    heads = [m[1] for p in occurrence.place.statement.parts if (m := _LETTERED.match(p.label))]
    own = _LETTERED.match(occurrence.part.label)
    return {own[1]} if own and number in heads else set()


def _written(labels: Sequence[Label], claim: Claim) -> str:
    """Labels as a claim writes them, each once."""
    return ", ".join(dict.fromkeys(claim.text[x.start : x.end].strip() for x in labels))


def _keys(text: str, reader: Reader) -> set[str]:
    """What identifies a record: tags, and labels with their index."""
    return {t.normal for t in reader.tags(text)} | {f"{x.kind} {x.number}" for x in find_labels(text)}


def _apart(claim: Claim, cited: Cited) -> list[str]:
    """Tags and labels that one clause of the claim joins, but no row or sentence of the passage does."""
    rows = [_keys(p.statement.text, cited.reader) for p in cited.places if p.statement.kind == "row"]
    prose = [_keys(p.statement.text, cited.reader) for p in cited.places if p.statement.kind != "row"]
    in_rows = {key for row in rows for key in row}
    pieces = [claim.text] if " | " in claim.text else [part.text for part in clauses(claim.text)]
    for piece in pieces:
        keys = _keys(piece, cited.reader) & in_rows
        if len(keys) > 1 and not any(keys <= held for held in (*rows, *prose)):
            return sorted(keys)
    return []


def check_row(claim: Claim, cited: Cited, carriers: Sequence[Place] = ()) -> Check:
    """A claim has the cells of one row, and the codes of a cell under that cell's heading."""
    if wrong := misplaced(claim, carriers, cited.reader):
        return failed("row", "other_column", what=wrong.what, column=wrong.column, claimed=wrong.claimed)
    if " | " not in claim.text and (cell := amiss(claim, cited)) is not None:
        if cell.column:
            return failed("row", "other_column", what=cell.what, column=cell.stated, claimed=cell.claimed)
        return failed("row", "other_row", what=cell.what, row=cell.stated, claimed=cell.claimed)
    cells = {_plain(cell) for cell in claim.text.split(" | ")}
    if len(cells) < 2:
        return skipped("row", "no_row_copied")
    rows = [{_plain(c) for c in p.statement.text.split(" | ")} for p in cited.places if p.statement.kind == "row"]
    across = all(e.chunk.language != detect_language(claim.text) for e in cited.evidence)
    if rows and not across and not any(cells <= row for row in rows):
        return failed("row", "cells_apart")
    return passed("row") if rows and not across else skipped("row", "no_row")


def _plain(text: str) -> str:
    return "".join(text.split()).strip(".|").casefold()


def check_language(claim: Claim, language: Language) -> Check:
    """The claim is in the reader's language; one of codes and numbers only is in any."""
    words = re.sub(r"[^\w\s]|\d|_", " ", claim.text).split()
    if len("".join(words)) < 12:
        return skipped("language", "too_short")
    if detect_language(claim.text) == language:
        return passed("language")
    return failed("language", "other_language")


def check_content(claim: Claim) -> Check:
    """No link, image, HTML or chat-template token: an answer leads nowhere but to its passages."""
    for code, pattern in _FORBIDDEN.items():
        if pattern.search(claim.text):
            return failed("content", code)
    return passed("content")


def check_source(claim: Claim, cited: Sequence[Evidence], as_of: str = "") -> Check:
    """The cited documents are in force, or the answer says as of when; a revision that is named is the passage's."""
    for item in cited:
        chunk = item.chunk
        if chunk.status is not DocumentStatus.IN_FORCE and not as_of:
            return failed("source", "not_in_force", document=chunk.document_id, revision=chunk.revision)
    stated = {m.upper() for item in cited for m in revisions_named(_revision_text(item))}
    wrong = [r for r in revisions_named(claim.text) if r.upper() not in stated]
    if wrong:
        return failed("source", "other_revision", revision=wrong[0])
    revisions = ", ".join(f"{e.chunk.document_id} rev. {e.chunk.revision}" for e in cited if e.chunk.revision)
    if as_of:
        return passed("source", "as_of", revisions=revisions, date=as_of)
    return passed("source", "found", what=revisions)


def _revision_text(item: Evidence) -> str:
    return f"rev {item.chunk.revision}\n{item.chunk.text}"


def revisions_named(text: str) -> list[str]:
    """Revisions that a text names (`rev. 5`, `개정 5`, `5판`), as written."""
    return [m["after"] or m["before"] for m in _REVISION.finditer(text)]


def check_anchor(found: Sequence[Check]) -> Check:
    """Something of the claim was positively found in the evidence: a number, a tag, a term, or enough of its words.

    Without this a claim that every other check skipped would stand on nothing.
    """
    anchors = [
        c.name for c in found if c.name in ("numbers", "tags", "grounding", "terms") and c.verdict is Verdict.PASSED
    ]
    if anchors:
        return passed("anchor")
    return failed("anchor", "nothing_found")
