"""Several questions asked at once: each is answered or refused on its own, and the answers are put together."""

import uuid
from collections.abc import Sequence

from walkdown.answering.claims import join_claims
from walkdown.answering.events import Final
from walkdown.answering.line_features import kinds_named
from walkdown.answering.phrases import QUOTED
from walkdown.documents import Answer, AnswerPart, AnswerStatus, Claim, Evidence
from walkdown.packs.schema import Pack
from walkdown.text.asked_amounts import asked_kinds, is_of_kind
from walkdown.text.quantities import Quantity, find_quantities, same_quantity

_ORDER = (AnswerStatus.INCOMPLETE, AnswerStatus.ANSWERED, AnswerStatus.QUOTED, AnswerStatus.REFUSED)
"""What the whole is, when one of its parts is that."""


def _renumbered(claim: Claim, numbers: dict[int, int]) -> Claim:
    spans = tuple(s.model_copy(update={"number": numbers[s.number]}) for s in claim.spans if s.number in numbers)
    cited = tuple(numbers[n] for n in claim.citations if n in numbers)
    return claim.model_copy(update={"citations": cited, "spans": spans})


def _gathered(answers: Sequence[Answer]) -> tuple[tuple[Evidence, ...], list[dict[int, int]]]:
    """All evidence numbered anew, a passage once; and for each answer old number -> new number."""
    evidence: list[Evidence] = []
    maps = []
    for answer in answers:
        numbers: dict[int, int] = {}
        for item in answer.evidence:
            known = next((e for e in evidence if e.chunk.id == item.chunk.id), None)
            if known is None:
                known = item.model_copy(update={"number": len(evidence) + 1})
                evidence.append(known)
            numbers[item.number] = known.number
        maps.append(numbers)
    return tuple(evidence), maps


def _text(answer: Answer, claims: Sequence[Claim]) -> str:
    """The answer's text with the new numbers; its first lines where it opens with sentences of ours."""
    if not claims:
        return answer.text
    lines = [" ".join([c.text, *(f"[{n}]" for n in c.citations)]) for c in claims]
    ours = 0 if answer.status is AnswerStatus.ANSWERED else 2 if answer.nearest else 1
    opening = answer.text.split("\n")[:ours]
    return "\n".join([*opening, *lines])


def _shared(answers: Sequence[Answer], pack: Pack) -> list[Answer]:
    """The answers; one that found nothing quotes its nearest line where another part rests on that very line.

    So it does with the row that gives what it asks for beside the amount that another part gives.

    Parts of one question are about one thing: "below what flow does it trip, and after how long" is one row.
    """
    known = {
        (e.chunk.id, s.start)
        for a in answers
        for c in a.claims
        for s in c.spans
        for e in a.evidence
        if e.number == s.number
    }
    told = [amounts for a in answers for c in a.claims if (amounts := [q for q in find_quantities(c.text) if q.unit])]
    return [_quoting(a, known, told, pack) if a.status is AnswerStatus.REFUSED and a.nearest else a for a in answers]


def _quoting(answer: Answer, known: set[tuple[str, int]], told: Sequence[Sequence[Quantity]], pack: Pack) -> Answer:
    chunks = {e.number: e.chunk.id for e in answer.evidence}
    # A quantity may be asked for by its unit or by its name alone.
    kinds = asked_kinds(answer.question) or kinds_named(answer.question, pack)
    lines = []
    for i, claim in enumerate(answer.nearest):
        held = find_quantities(claim.text)
        of_kind = any(is_of_kind(q, kinds) for q in held)
        same = i == 0 and any((chunks[s.number], s.start) in known for s in claim.spans if s.number in chunks)
        beside = any(all(any(same_quantity(q, h) for h in held) for q in own) for own in told)
        if (of_kind and beside) or (same and (of_kind or not kinds)):
            lines.append(claim)
    if not lines:
        return answer
    text = f"{QUOTED[answer.language]}\n{join_claims(tuple(lines))}"
    own = {"status": AnswerStatus.QUOTED, "claims": tuple(lines), "nearest": (), "text": text}
    return answer.model_copy(update=own)


def joined(question: str, questions: Sequence[str], finals: Sequence[Final], pack: Pack) -> Final:
    """One answer of the answers to the parts, in their order."""
    answers = _shared([final.answer for final in finals], pack)
    evidence, maps = _gathered(answers)
    claims = [[_renumbered(c, m) for c in a.claims] for a, m in zip(answers, maps, strict=True)]
    nearest = [[_renumbered(c, m) for c in a.nearest] for a, m in zip(answers, maps, strict=True)]
    struck = [_renumbered(c, m) for a, m in zip(answers, maps, strict=True) for c in a.struck]
    texts = [_text(a, c or n) for a, c, n in zip(answers, claims, nearest, strict=True)]
    status = next(s for s in _ORDER if any(a.status is s for a in answers))
    parts = tuple(
        AnswerPart(question=q, status=a.status, text=t, reason=a.reason)
        for q, a, t in zip(questions, answers, texts, strict=True)
    )
    whole = answers[0].model_copy(
        update={
            "status": status,
            "question": question,
            "text": "\n\n".join(f"{i}. {p.question}\n{p.text}" for i, p in enumerate(parts, 1)),
            "reason": "; ".join(dict.fromkeys(a.reason for a in answers if a.reason)),
            # What answers two parts is shown once.
            "claims": tuple({(c.text, c.citations): c for group in claims for c in group}.values()),
            "struck": tuple({(c.text, c.citations): c for c in struck}.values()),
            "nearest": tuple({(c.text, c.citations): c for group in nearest for c in group}.values()),
            "evidence": evidence,
            "parts": parts,
            "record_id": uuid.uuid4().hex,
            "answerable": min((a.answerable for a in answers if a.answerable is not None), default=None),
            **{
                name: tuple(dict.fromkeys(x for a in answers for x in getattr(a, name)))
                for name in ("warnings", "contacts", "procedures", "findings")
            },
            "timings": {"total": sum(a.timings.get("total", 0.0) for a in answers)},
        }
    )
    trace = {"parts": [final.trace for final in finals], "seed": 0}
    hashes = [h for final in finals for h in final.trace.get("prompt_hashes", [])]
    return Final(answer=Answer.model_validate(whole.model_dump()), trace={**trace, "prompt_hashes": hashes})
