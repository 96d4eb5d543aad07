"""Scores of one question: each is a number in [0, 1] or None, "could not be scored", which is never counted as 0."""

import re
from collections.abc import Sequence

from walkdown.answering.claims import strip_citations
from walkdown.documents import Answer, AnswerStatus, Chunk, Hit
from walkdown.packs.schema import EvaluationEvidence, EvaluationQuestion
from walkdown.text.languages import normalise
from walkdown.text.quantities import find_quantities, same_quantity

_SCRAP = 10
"""Characters below which a line stands in a quote by chance."""
_LOOSE = re.compile(r"[\s|*_`#>:;,\-–—·]+")


def _loose(text: str) -> str:
    """Text without white space, table bars and Markdown marks, which parsing may change."""
    return _LOOSE.sub("", normalise(text)).casefold()


def _row_stands(quote: str, text: str) -> bool:
    """True when one line of the text holds the quoted cells of a table row in order, whatever stands between them."""
    cells = [re.escape(_loose(cell)) for cell in quote.split("|") if _loose(cell)]
    row = re.compile(".*?".join(cells))
    return any(row.search(_loose(line)) for line in text.splitlines())


def carries(chunk: Chunk, evidence: EvaluationEvidence) -> bool:
    """True when the passage is of the named document and holds the quote (any passage of it without a quote).

    Evidence that names a revision is carried by a passage of that revision only.

    A quote may name cells of one table row with a bar between them; a passage gives each cell its column's name.
    """
    if chunk.document_id != evidence.document_id or evidence.revision not in (None, chunk.revision):
        return False
    if not evidence.quote:
        return True
    text = "\n".join((*chunk.heading_path, chunk.text))
    return _loose(evidence.quote) in _loose(text) or ("|" in evidence.quote and _row_stands(evidence.quote, text))


def holds_quote(chunk: Chunk, line: str, evidence: EvaluationEvidence) -> bool:
    """True when the quote of the evidence stands in this line of a passage that carries it, or is put together from it.

    Of a quote over several lines each that is no mere scrap counts.
    """
    said, quote = _loose(line), _loose(evidence.quote or "")
    if not said or not quote or not carries(chunk, evidence):
        return False
    whole = len(said) >= _SCRAP and said in quote
    return quote in said or whole or ("|" in (evidence.quote or "") and _row_stands(evidence.quote or "", line))


def run_of(hits: Sequence[Hit], question: EvaluationQuestion) -> dict[str, float]:
    """Ranked ids for ir-measures: a hit that carries evidence i is `evidence-i` (once), any other its chunk id.

    The score is the reciprocal rank, so that ties in the fused score keep the order the user sees.
    """
    run: dict[str, float] = {}
    for rank, hit in enumerate(hits, 1):
        found = [i for i, e in enumerate(question.evidence) if carries(hit.chunk, e)]
        names = [f"evidence-{i}" for i in found] or [hit.chunk.id]
        for name in names:
            run.setdefault(name, 1.0 / rank)
    return run


def citation_hit(answer: Answer, question: EvaluationQuestion) -> float | None:
    """Share of the answer's citations whose passage carries gold evidence; None where nothing was to be cited."""
    if not question.evidence or answer.status not in (AnswerStatus.ANSWERED, AnswerStatus.QUOTED):
        return None
    cited = {n for claim in answer.claims for n in claim.citations}
    passages = [e.chunk for e in answer.evidence if e.number in cited]
    if not passages:
        return 0.0
    return sum(any(carries(c, e) for e in question.evidence) for c in passages) / len(passages)


def number_match(answer: Answer, question: EvaluationQuestion) -> float | None:
    """1 when every number of the gold answer, unit-aware, is in the answer; None when the gold answer has none."""
    gold = find_quantities(question.answer or "")
    if not gold or answer.status is AnswerStatus.INCOMPLETE:
        return None
    if answer.status is AnswerStatus.REFUSED:
        return 0.0
    given = find_quantities(strip_citations(answer.text))
    return float(all(any(same_quantity(g, q) or same_quantity(q, g) for q in given) for g in gold))


def as_expected(answer: Answer, question: EvaluationQuestion) -> float | None:
    """1 when the reply has the status that the question expects; None when the model failed on the way."""
    return None if answer.status is AnswerStatus.INCOMPLETE else float(answer.status == question.expected)


def refused(answer: Answer) -> bool:
    """True when the answer says that the documents do not hold it."""
    return answer.status is AnswerStatus.REFUSED
