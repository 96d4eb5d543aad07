"""From a draft to the claims that stand: check, complete by code what code can complete, keep the rest apart."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from walkdown.answering.claims import split_claims
from walkdown.answering.conflicts import Conflict, find_conflicts
from walkdown.answering.conversions import asked_units, with_conversion
from walkdown.answering.injection import without_instructions
from walkdown.answering.phrases import finding
from walkdown.answering.said_to_differ import other_sides
from walkdown.answering.spans import CELLS, Span, surest
from walkdown.answering.turn import Turn
from walkdown.answering.verbatim import statement_of
from walkdown.answering.verification import Basis, verify_claim
from walkdown.answering.verification.amounts import match_all
from walkdown.answering.verification.denials import ANSWER_WORD
from walkdown.answering.verification.exceptions import exception_of
from walkdown.answering.verification.grounding import content_words
from walkdown.answering.verification.meaning import carriers
from walkdown.answering.verification.outcome import passed
from walkdown.answering.verification.reading import Cited
from walkdown.answering.verification.steps import Step, check_steps, steps_of
from walkdown.documents import Claim, ClaimSpan, Verdict
from walkdown.text.asked_amounts import asked_kinds, is_of_kind
from walkdown.text.held_words import holds, terms_of
from walkdown.text.units import conversion

_OF_QUESTION = frozenset({"relevance", "closest"})
"""Checks of a claim against the question; the others are against the passage."""
_NEAR = 250
"""Characters between sentences that go on from each other."""
_WHOLE_LIST = 14
"""A procedure with more steps is not given whole in an answer."""


class Checked(NamedTuple):
    """Claims that stand and claims that were struck."""

    kept: tuple[Claim, ...]
    struck: tuple[Claim, ...]


def basis_of(turn: Turn) -> Basis:
    """What the claims of a turn are checked against; an instruction in a document bears nothing out."""
    pack = turn.pack
    return Basis(
        without_instructions(turn.evidence),
        pack.grammar,
        pack.glossary,
        turn.plan.compared,
        turn.language,
        turn.as_of,
        revision_asked=turn.plan.time is not None,
        likeliest=[_place(s) for s in surest(turn.spans)],
        weighed=[(_place(s), s.score) for s in turn.spans],
        excluded=turn.plan.excluded,
    )


def made_ready(turn: Turn) -> None:
    """Read the passages of a turn, which is most of what checking takes; the pack's reader remembers them."""
    _ = basis_of(turn).everything


def _place(line: Span) -> ClaimSpan:
    return ClaimSpan(number=line.number, start=line.start, end=line.end)


def _failures(claim: Claim) -> set[str]:
    return {c.name for c in claim.checks if c.verdict is Verdict.FAILED}


def _with_exception(claim: Claim, basis: Basis) -> list[Claim]:
    """A claim that only lacks its exception, followed by the exception in the passage's words."""
    cited = basis.cited(claim.citations)
    for place in carriers(claim, cited, match_all(claim, cited)):
        text = exception_of(place)
        if not text:
            continue
        whole = place.statement.text if text in place.statement.text else text
        at = place.evidence.chunk.text.find(whole)
        number = place.evidence.number
        spans = (ClaimSpan(number=number, start=at, end=at + len(whole)),) if at >= 0 else ()
        quote = Claim(
            text=whole.strip(), citations=(number,), checks=(passed("quote", "exception_verbatim"),), spans=spans
        )
        checks = tuple(passed("exceptions", "added") if c.name == "exceptions" else c for c in claim.checks)
        return [claim.model_copy(update={"checks": checks}), quote]
    return [claim]


def check_draft(text: str, basis: Basis) -> Checked:
    """Check the claims of a draft, one by one."""
    stated = split_claims(text)
    said = [c for c in stated if c is stated[-1] or not _only_echoes(c, basis)]
    # What a model says again is no second claim.
    claims = list({(c.text, c.citations): c for c in said}.values())
    texts = [c.text for c in claims]
    kept: list[Claim] = []
    struck: list[Claim] = []
    looked = [verify_claim(c, basis, [t for j, t in enumerate(texts) if j != i]) for i, c in enumerate(claims)]
    for checked in _going_on(looked, basis):
        if _failures(checked) == {"exceptions"}:
            completed = _with_exception(checked, basis)
            if len(completed) > 1:
                kept += completed
                continue
        (kept if checked.supported else struck).append(checked)
    unique = list({(c.text, c.citations): c for c in kept}.values())
    return Checked(tuple(unique), tuple(struck))


def _going_on(claims: Sequence[Claim], basis: Basis) -> list[Claim]:
    """The claims; one beside the question that tells of sentences next to a claim that stands is not held to it.

    A fluent answer goes on: "stop the feed; if no rise is seen, inform the engineer". All other checks hold; and where
    an amount is asked for, one that stands must have given it.
    """
    stands = [c for c in claims if c.supported]
    kinds = asked_kinds(basis.question)
    if kinds and not any(is_of_kind(q, kinds) for c in stands for q in basis.reader.quantities(c.text)):
        return list(claims)
    beside = [bool(_failures(c)) and _failures(c) <= _OF_QUESTION and _beside(c, stands, basis) for c in claims]
    return [_continued(c) if near else c for c, near in zip(claims, beside, strict=True)]


def _continued(claim: Claim) -> Claim:
    checks = tuple(passed(c.name) if c.name in _OF_QUESTION else c for c in claim.checks)
    return claim.model_copy(update={"checks": checks})


def _beside(claim: Claim, stands: Sequence[Claim], basis: Basis) -> bool:
    """True where all places of a claim are prose of a passage, a few sentences from a claim that stands."""
    texts = {e.number: e.chunk.text for e in basis.evidence}
    near = [s for c in stands for s in c.spans]
    return bool(claim.spans) and all(
        CELLS not in texts[own.number][own.start : own.end]
        and any(s.number == own.number and own.start - _NEAR < s.end and s.start < own.end + _NEAR for s in near)
        for own in claim.spans
    )


def _only_echoes(claim: Claim, basis: Basis) -> bool:
    """True for `No, you may not start it` or `Not yet` before another claim: a verdict and the question's words.

    No code tells whether the verdict is right; the sentences behind it say why, and those are checked.
    """
    said = _VERDICT.sub(" ", ANSWER_WORD.sub("", claim.text))
    if said == claim.text or basis.reader.quantities(said):
        return False
    asked = terms_of(basis.question)
    named = basis.reader.identifiers(said) - basis.reader.identifiers(basis.question)
    return not named and all(holds(asked, word) for word in content_words(said))


_VERDICT = re.compile(
    r"(?:[가-힣]*(?:면|[아어해]서는))?\s?(?:안|못)\s?[되됩된돼][가-힣]*|[가-힣]*[아어여해도]도\s[되됩된돼][가-힣]*|"
    r"[가-힣]*지\s?(?:마|말|않)[가-힣]*|괜찮[가-힣]*(?:\s않[가-힣]*)?|(?:불)?가능[가-힣]*|(?:불)?필요[가-힣]*|아직|"
    r"\b(?:not yet|(?:do|must|may|should|can)(?: not|not|n't)|(?:not )?(?:ok|okay|fine|allowed|acceptable|enough))\b|"
    r"不(?:行|可以|能|用)|还不|まだです|\bno (?:se (?:debe|puede)|es posible)\b|\btodavía no\b",
    re.IGNORECASE,
)


def complete_steps(claims: Sequence[Claim], basis: Basis, *, whole: bool) -> tuple[Claim, ...]:
    """The claims, where they change or leave out steps of a list replaced by the list as it stands."""
    out = list(claims)
    for number in dict.fromkeys(n for claim in claims for n in claim.citations):
        own = [c for c in out if number in c.citations]
        cited = basis.cited((number,))
        checks = check_steps(own, cited, whole=whole)
        if all(c.verdict is not Verdict.FAILED for c in checks):
            by_id = {id(c): check for c, check in zip(own, checks, strict=True)}
            out = [c.model_copy(update={"checks": (*c.checks, by_id[id(c)])}) if id(c) in by_id else c for c in out]
            continue
        steps = _list_of(own, cited)
        if 0 < len(steps) <= _WHOLE_LIST:
            at = out.index(own[0])
            out = [c for c in out if c not in own]
            out[at:at] = [_verbatim(step, number) for step in steps]
    return tuple(out)


def _list_of(claims: Sequence[Claim], cited: Cited) -> list[Step]:
    """The list of a passage that most of the claims' words stand in."""
    steps = [s for e in cited.evidence for s in steps_of(e)]
    words = frozenset(f for c in claims for f in cited.reader.features(c.text))
    lists = dict.fromkeys(s.listed for s in steps)
    texts = {k: "\n".join(s.statement.text for s in steps if s.listed == k) for k in lists}
    best = max(lists, key=lambda k: cited.share(words, texts[k]), default=None)
    return [s for s in steps if s.listed == best]


def _verbatim(step: Step, number: int) -> Claim:
    statement = step.statement
    return Claim(
        text=f"{step.number}. {statement.text.strip()}",
        citations=(number,),
        checks=(passed("quote", "verbatim"), passed("steps", "whole_list")),
        spans=(ClaimSpan(number=number, start=statement.start, end=statement.end),),
    )


def with_conflicts(kept: tuple[Claim, ...], basis: Basis, turn: Turn) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """The claims with the statements that contradict them, and a finding for each contradiction.

    Last of all, values are said in the unit that the question asks for: a converted number is held against nothing.
    """
    sides = other_sides(kept, turn.spans, basis)
    conflicts = find_conflicts(kept, basis)
    shown = [*kept, *sides]
    for conflict in conflicts:
        for occurrence in conflict:
            claim = statement_of(occurrence, "sources_disagree")
            if all(claim.text not in c.text for c in shown):
                shown.append(claim)
    return in_other_units(shown, basis, turn.pack.manifest.site_units), tuple(
        dict.fromkeys(
            [*(_told(c, turn) for c in conflicts), *(finding("said_to_differ", turn.language) for _ in sides)]
        )
    )


def in_other_units(claims: Sequence[Claim], basis: Basis, site: Mapping[str, str]) -> tuple[Claim, ...]:
    """The claims with their values in the unit that the question asks for, else the site uses, marked as converted.

    `site` is from a unit of documents to the site's own.
    """
    asked = asked_units(basis.question)
    out = []
    for claim in claims:
        text = claim.text
        stated = basis.reader.quantities(text)
        if asked:
            text = with_conversion(text, stated, asked, basis.language)
        for old, new in () if asked else site.items():
            # By what it is, not by how it is spelt: ℉ and °F are one.
            foreign = [q for q in stated if q.unit and conversion(q.unit) == conversion(old)]
            text = with_conversion(text, foreign, (new,), basis.language)
        note = (passed("conversion", "by_code"),) if text != claim.text else ()
        out.append(claim.model_copy(update={"text": text, "checks": (*claim.checks, *note)}))
    return tuple(out)


def _told(conflict: Conflict, turn: Turn) -> str:
    one, other = conflict.one, conflict.other
    return finding(
        "conflict",
        turn.language,
        one=one.quantity.text,
        one_source=one.place.evidence.chunk.document_id,
        other=other.quantity.text,
        other_source=other.place.evidence.chunk.document_id,
    )
