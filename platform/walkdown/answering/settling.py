"""Checked claims to the answer that is given: steps whole, other units and contradictions shown."""

from collections.abc import Mapping

from walkdown.answering.claims import join_claims
from walkdown.answering.fallback import beside_the_point, fall_back
from walkdown.answering.finish import Checked, basis_of, complete_steps, with_conflicts
from walkdown.answering.instead import with_lines_instead
from walkdown.answering.likely import with_line
from walkdown.answering.other_units import with_other_units
from walkdown.answering.phrases import finding
from walkdown.answering.turn import Turn
from walkdown.answering.verification.reading import Occurrence
from walkdown.answering.wording import in_words_alone, is_small, lines_for
from walkdown.documents import Answer, AnswerStatus, Claim, Language


def settled(turn: Turn, checked: Checked) -> Answer:
    """The answer of checked claims: steps made whole, contradictions shown; or what is said where none stands."""
    drafted = checked.struck
    if aside := beside_the_point(checked.kept, turn):
        checked = _without(checked, aside)
    if not checked.kept:
        return fall_back(turn, checked.struck)
    worded = in_words_alone(checked.kept, turn) if is_small(turn) else ()
    if worded and len(worded) == len(checked.kept):
        return lines_for(worded, checked.struck, turn) or fall_back(turn, (*worded, *checked.struck))
    drafted, checked = (*worded, *drafted), _without(checked, worded)
    basis = basis_of(turn)
    placed = tuple(with_line(claim, turn) for claim in checked.kept)
    whole = with_lines_instead(placed, drafted, turn)
    kept = complete_steps(whole, basis, whole=turn.plan.wants == "procedure")
    kept, units = with_other_units(kept, basis)
    kept, told = with_conflicts(kept, basis, turn)
    own = turn.having(findings=(*turn.findings, *_of_units(units, turn.language), *told))
    return own.answer(AnswerStatus.ANSWERED, join_claims(kept), claims=kept, struck=checked.struck)


def _without(checked: Checked, aside: tuple[Claim, ...]) -> Checked:
    """The claims with some of those that stood, which now carry their failure, among the struck ones."""
    gone = {claim.text for claim in aside}
    return Checked(tuple(claim for claim in checked.kept if claim.text not in gone), (*aside, *checked.struck))


def _of_units(units: Mapping[str, Occurrence], language: Language) -> tuple[str, ...]:
    if not units:
        return ()
    told = [f"{u}: {o.quantity.text} ({o.place.evidence.chunk.document_id})" for u, o in sorted(units.items())]
    return (finding("other_units", language, amounts=" / ".join(told)),)
