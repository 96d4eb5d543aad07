"""Several questions asked at once: each is answered or refused on its own, and the answers are put together."""

import uuid
from collections.abc import Sequence

from walkdown.answering.events import Final
from walkdown.documents import Answer, AnswerPart, AnswerStatus, Claim, Evidence

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


def joined(question: str, questions: Sequence[str], finals: Sequence[Final]) -> Final:
    """One answer of the answers to the parts, in their order."""
    answers = [final.answer for final in finals]
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
            "claims": tuple(c for group in claims for c in group),
            "struck": tuple(struck),
            "nearest": tuple(c for group in nearest for c in group),
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
