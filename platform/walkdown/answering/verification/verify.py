"""All checks of one claim, and the search for the passage that carries a claim whose citation is missing or wrong."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from walkdown.answering.verification import (
    actions,
    amounts,
    asked_case,
    at_once,
    by_or_to,
    changed,
    checks,
    closest,
    coded,
    columns,
    crossed,
    dated_rows,
    equipment,
    exceptions,
    extremes,
    grounding,
    intervals,
    joins,
    judging,
    keyed,
    kinds,
    levels,
    limits,
    meaning,
    members,
    moment,
    opposites,
    other_row,
    own_row,
    pairing,
    permissions,
    precedence,
    reasons_told,
    relevance,
    roles,
    ruled_out,
    sameness,
    scan,
    sequence,
    step_order,
    swapped,
    things,
    times,
    together,
)
from walkdown.answering.verification.basis import Basis
from walkdown.answering.verification.denials import denials
from walkdown.answering.verification.designators import in_full
from walkdown.answering.verification.locate import locate
from walkdown.answering.verification.outcome import failed, passed
from walkdown.answering.verification.reading import Cited, Matched
from walkdown.documents import Check, Claim, ClaimSpan, Verdict


class _Held(NamedTuple):
    """A claim beside what it is held against: the passages cited, where its amounts and its words stand in them."""

    claim: Claim
    cited: Cited
    matched: Sequence[Matched]
    aligned: meaning.Basis
    basis: Basis
    others: Sequence[str]
    judged: bool | None
    """What arithmetic says of its verdict on an amount of the asker; None where it gives none."""


def check_claim(claim: Claim, basis: Basis, others: Sequence[str] = ()) -> Claim:
    """The claim as it stands with all its checks and the places that carry it. `others`: the answer's other claims."""
    cited = basis.cited(claim.citations)
    found = [checks.check_citation(claim, basis.evidence)]
    spans: tuple[ClaimSpan, ...] = ()
    if cited.evidence:
        matched = amounts.match_all(claim, cited, basis.question)
        aligned = meaning.align(claim, cited, matched)
        judged = amounts.judgement_of(claim, matched, basis.judged_amounts, cited)
        held = _Held(claim, cited, matched, aligned, basis, others, judged)
        found += _of_amounts(held) + _of_words(held)
        found += _of_subject(held, anchored=_anchored(found)) + _of_question(held)
        found.append(reasons_told.check_reason(claim, cited, basis.question))
        read = scan.check_scan(claim, cited.evidence)
        found += [read] if read is not None else []
        found.append(checks.check_anchor(found))
        spans = locate(claim, cited, aligned)
    found += [checks.check_language(claim, basis.language), checks.check_content(claim)]
    return claim.model_copy(update={"checks": tuple(found), "spans": spans})


def _of_amounts(held: _Held) -> list[Check]:
    """Whether the passage is in force, and each amount is the one that stands there for what the claim says."""
    claim, cited, matched, aligned, basis = held[:5]
    return [
        checks.check_source(claim, cited.evidence, basis.as_of),
        amounts.check_numbers(claim, cited, matched, basis.asked_amounts, basis.as_of, held.judged),
        limits.check_comparators(claim, _unbounded(matched) if held.judged else matched),
        levels.check_level(claim, matched, basis.everything),
        amounts.check_subject(claim, matched),
        _pairing(held),
        pairing.check_both(claim, matched, cited),
        joins.check_joined(claim, matched, cited),
        _column(held),
        swapped.check_swapped(claim, matched, cited.reader),
        swapped.check_direction(claim, matched),
        sequence.check_sequence(claim, matched, aligned.carriers, cited),
        precedence.check_precedence(claim, cited),
        step_order.check_step_order(claim, cited),
        at_once.check_at_once(claim, cited, aligned.carriers),
        times.check_times(claim, cited, aligned.carriers),
        by_or_to.check_by_or_to(claim, matched),
        kinds.check_kind(claim, cited.reader, basis.glossary),
        sameness.check_sameness(claim, cited, aligned.carriers),
    ]


def _unbounded(matched: Sequence[Matched]) -> list[Matched]:
    """The amounts without the comparators of a sentence that holds the asker's amount against them."""
    return [m._replace(quantity=m.quantity._replace(comparator="=")) for m in matched]


def _pairing(held: _Held) -> Check:
    """Whether each amount is that of the thing it is said of, by sentence, column or row."""
    claim, cited, matched, _, basis = held[:5]
    if (found := own_row.of_anothers_row(claim, matched, basis.everything, basis.question)) is not None:
        return failed("pairing", "other_owner", tag=found.amount, owner=found.owner, claimed=found.claimed)
    return pairing.check_pairing(claim, matched, cited, basis.question)


def _column(held: _Held) -> Check:
    """Whether each amount stands under the heading that the claim gives it, in whatever language that is."""
    if (other := columns.under_other_name(held.claim, held.matched, held.cited.reader)) is not None:
        own, claimed = other
        return failed("column", "other_column_amount", amount=own.quantity.text, stated=own.part.label, claimed=claimed)
    return pairing.check_column(held.matched, held.cited)


def _of_words(held: _Held) -> list[Check]:
    """Whether what else the claim names and says stands there: cells, tags, roles, denials, exceptions."""
    claim, cited, matched, aligned, basis = held[:5]
    return [
        checks.check_row(claim, cited, aligned.carriers),
        checks.check_tags(claim, cited, basis.question, basis.everything),
        checks.check_labels(claim, cited, matched, basis.everything),
        roles.check_role(claim, cited, basis.question),
        things.check_thing(claim, matched, aligned.carriers, cited),
        actions.check_action(claim, aligned.carriers),
        crossed.check_crossed(claim, matched, aligned.carriers, cited),
        together.check_together(claim, matched, aligned.carriers, cited),
        keyed.check_keyed(claim, cited),
        other_row.check_other_row(claim, matched, cited, basis.question),
        coded.check_coded(claim, matched, cited, basis.question),
        dated_rows.check_dated_row(claim, cited),
        extremes.check_extreme(claim, matched, cited),
        permissions.check_permission(claim, aligned.carriers, cited, matched),
        ruled_out.check_ruled_out(claim, aligned.carriers, cited),
        exceptions.check_exceptions(claim, cited, aligned, held.others, matched),
        exceptions.check_unconditional(claim, aligned.carriers),
        opposites.check_opposites(claim, cited, aligned, matched),
        _negation(held),
    ]


def _of_subject(held: _Held, *, anchored: bool) -> list[Check]:
    """Whether the terms and the words of the claim stand there. `anchored`: a number or tag of it does."""
    claim, cited, _, aligned, basis = held[:5]
    named = _named_there(claim, aligned, cited)
    return [
        grounding.check_terms(claim, cited.evidence, basis.glossary, anchored=named),
        grounding.check_grounding(claim, cited.evidence, basis.glossary, anchored=anchored, question=basis.question),
    ]


def _of_question(held: _Held) -> list[Check]:
    """Whether the claim is about what is asked: the equipment, the time, the range, the value that holds."""
    claim, cited, matched, aligned, basis = held[:5]
    question = basis.question
    return [
        _relevance(held),
        equipment.check_asked(question, claim, cited, aligned.carriers, basis.excluded),
        members.check_member(question, claim, cited, aligned.carriers),
        moment.check_moment(question, aligned.carriers, basis.everything),
        intervals.check_interval(question, aligned.carriers, cited, matched),
        asked_case.check_case(question, claim, aligned.carriers, cited, matched),
        changed.check_changed(question, claim, cited, basis.revision_asked, matched),
        closest.check_closest(question, matched, basis.everything, basis.glossary, basis.odds),
    ]


def _negation(held: _Held) -> Check:
    """Whether nothing is denied or affirmed that the passage does not; of the asker's amount arithmetic tells."""
    if held.judged and not denials(judging.beyond_verdict(held.claim.text)):
        return passed("negation", "reckoned")
    return meaning.check_negation(held.claim, held.cited, held.aligned, held.matched, held.basis.question)


def _relevance(held: _Held) -> Check:
    """Whether the claim speaks of what is asked; one that rests on the line which likeliest answers does."""
    claim, cited, _, aligned, basis = held[:5]
    bare = relevance.is_bare(claim) and not cited.reader.identifiers(claim.text)
    check = relevance.check_relevance(basis.question, cited.evidence, basis.glossary, bare=bare)
    if check.verdict is Verdict.FAILED and _is_likeliest(aligned, basis):
        return passed("relevance", "likeliest_line")
    return check


def _is_likeliest(aligned: meaning.Basis, basis: Basis) -> bool:
    """True for a claim that rests on the line which in all likelihood answers."""
    return any(
        place.evidence.number == line.number and line.start < place.statement.end and place.statement.start < line.end
        for place in aligned.carriers
        for line in basis.likeliest
    )


def _anchored(found: Sequence[Check]) -> bool:
    """True when a number or tag of the claim stands in the passage, and for what the claim says."""
    names = {c.name for c in found if c.verdict is Verdict.PASSED}
    return "tags" in names or {"numbers", "subject"} <= names


def _named_there(claim: Claim, aligned: meaning.Basis, cited: Cited) -> bool:
    """True when the very statement that carries the claim names the claim's tag: then its subject is known."""
    tags = {t.normal for t in cited.reader.tags(claim.text)}
    return any(tags & {t.normal for t in cited.reader.tags(p.statement.text)} for p in aligned.carriers)


def _joined(claim: Claim, basis: Basis, failures: frozenset[str]) -> Iterator[tuple[int, ...]]:
    cited = basis.cited(claim.citations)
    matched = amounts.match_all(claim, cited)
    alone = [basis.cited((e.number,)) for e in basis.evidence]
    return joins.passages_to_join(claim, matched, cited, alone, failures)


_FORM = frozenset({"language"})
_TURNED = frozenset(
    "sequence precedence thing case role action permission unconditional crossed member times at_once pairing".split()
)
"""Checks whose failure says that the cited passage tells of the very thing, and otherwise."""


def _failures(claim: Claim) -> frozenset[str]:
    return frozenset(c.name for c in claim.checks if c.verdict is Verdict.FAILED)


def _passed(claim: Claim, name: str) -> bool:
    return any(c.name == name and c.verdict is Verdict.PASSED for c in claim.checks)


def verify_claim(claim: Claim, basis: Basis, others: Sequence[str] = ()) -> Claim:
    """The claim with its checks; citations that do not resolve are dropped first.

    Small models cite carelessly: where the cited passage does not carry the claim and another retrieved one
    does and speaks of what was asked, the citation is set to that passage. The claim itself is never changed.
    """
    known = {e.number for e in basis.evidence}
    written = claim.text
    cites = tuple(n for n in claim.citations if n in known)
    cited = [e.chunk.text for e in basis.cited(cites).evidence]
    claim = claim.model_copy(update={"text": in_full(written, basis.tags, cited), "citations": cites})
    return _best_carried(claim, basis, others).model_copy(update={"text": written})


def _best_carried(claim: Claim, basis: Basis, others: Sequence[str]) -> Claim:
    """The claim checked with its own citations, else with those of the first passage that carries it."""
    checked = check_claim(claim, basis, others)
    # What the cited passage says otherwise is not looked for in one that tells of the same things.
    if checked.supported or _failures(checked) == _FORM or _failures(checked) & _TURNED:
        return checked
    carried = (
        rechecked
        for numbers in (*((e.number,) for e in basis.evidence), *_joined(claim, basis, _failures(checked)))
        for rechecked in (check_claim(claim.model_copy(update={"citations": numbers}), basis, others),)
        if _failures(rechecked) <= _FORM and _passed(rechecked, "relevance")
    )
    # In another language than the reader's it does not stand yet, but it is known where it comes from.
    return next(carried, checked)
