"""The lines of the evidence that come closest to the question.

Small models lose themselves in long passages and reading them is what a user waits for, so the model is shown the
nearest lines rather than whole passages; the same ranking chooses what is quoted when no model speaks. A line is a
line of the passage (a table row carries its header) or a sentence of a longer one.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from walkdown.answering.verification.sources import evidence_text
from walkdown.documents import Evidence
from walkdown.retrieval.understanding import QueryPlan
from walkdown.text.clock import moments_of
from walkdown.text.days import days_of
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.lexical import terms
from walkdown.text.tags import TagPattern, find_tags

Similarity = Callable[[QueryPlan, Sequence[tuple[str, str]]], Sequence[float]]
"""Cosines of the question with (language, text) pairs, from the dense encoder."""

_SENTENCE = re.compile(r"\S[^\n]*?(?:[.!?。](?=\s)|(?=\n)|$)")
_LONG_LINE = 220
CELLS = " | "
"""Between the cells of a table row, each of which carries its column's name."""
_OTHER_TAG = 1.5
"""Standard deviations that a line loses which speaks of another tag than the one asked for."""
_TAG_UNNAMED = 1.0
"""And one of a passage that never names it."""
_OTHER_TIME = 1.5
"""And one of another day or time of day: the rows of a log differ in little else."""


class Span(NamedTuple):
    """A line of a passage: the evidence number, the characters it covers, and how close it is to the question."""

    number: int
    start: int
    end: int
    text: str
    score: float


def split_lines(text: str) -> list[tuple[int, int]]:
    """Character spans of the lines of a text; long lines are cut into sentences. Blank lines are left out."""
    out: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        if not line.group().strip():
            continue
        if len(line.group()) <= _LONG_LINE:
            out.append(line.span())
            continue
        sentences = [m.span() for m in _SENTENCE.finditer(line.group())]
        out += [(line.start() + a, line.start() + b) for a, b in sentences if b > a]
    return out


def question_terms(plan: QueryPlan, language: str) -> set[str]:
    """Terms of the question in every form that reads in a language, expansions included."""
    wanted = {t for t in terms(plan.question) if t not in FUNCTION_WORDS}
    for form in plan.forms:
        if form.language == language:
            wanted |= set(terms(form.text)) | {t for e in form.expansions for t in terms(e)}
    return wanted


def _lexical_scores(
    plan: QueryPlan, evidence: Sequence[Evidence], spans: Sequence[tuple[int, int, int]]
) -> list[float]:
    """Share of the question's weight that a line holds; a term is worth less the more lines hold it."""
    held = [set(terms(evidence[i].chunk.text[a:b])) for i, a, b in spans]
    # What stands above a line speaks for it, but for all its neighbours alike.
    above = [set(terms(" ".join((e.chunk.title, *e.chunk.heading_path)))) for e in evidence]
    frequency = Counter(t for line in held for t in line)
    wanted = [question_terms(plan, e.chunk.language) for e in evidence]

    def weight(term: str) -> float:
        return math.log(1.0 + len(spans) / (1 + frequency[term]))

    scores = []
    for (i, _, _), line in zip(spans, held, strict=True):
        total = sum(weight(t) for t in wanted[i]) or 1.0
        found = sum(weight(t) for t in wanted[i] & line) + 0.3 * sum(weight(t) for t in wanted[i] & above[i] - line)
        scores.append(found / total)
    return scores


def _standardised(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values)
    deviation = math.sqrt(sum((v - mean) ** 2 for v in values) / len(values)) or 1.0
    return [(v - mean) / deviation for v in values]


def _beside(
    plan: QueryPlan, evidence: Sequence[Evidence], places: Sequence[tuple[int, int, int]], grammar: Sequence[TagPattern]
) -> list[float]:
    """What a line loses because it speaks of another tag than the one asked for, or its passage never names it."""
    asked = {(t.kind, t.normal) for t in find_tags(plan.question, grammar)}
    named = [{(t.kind, t.normal) for t in find_tags(evidence_text(e), grammar)} if asked else set() for e in evidence]
    if not any(asked & names for names in named):
        return [0.0] * len(places)
    kinds = {kind for kind, _ in asked}
    lost = []
    for i, a, b in places:
        own = {(t.kind, t.normal) for t in find_tags(evidence[i].chunk.text[a:b], grammar) if t.kind in kinds}
        other = bool(own) and not own & asked
        lost.append(_OTHER_TAG * other + _TAG_UNNAMED * (not asked & (own | named[i])))
    return lost


def _of_another_time(question: str, lines: Sequence[str]) -> list[float]:
    """What a line loses that is of another day or time of day than the one asked for, where a line of that is there."""
    lost = [0.0] * len(lines)
    for asked, named in (
        ({minute for moment in moments_of(question) for minute in moment}, _minutes),
        (days_of(question), days_of),
    ):
        held = [named(line) for line in lines] if asked else []
        if any(asked & times for times in held):
            lost = [x + _OTHER_TIME * bool(times and not asked & times) for x, times in zip(lost, held, strict=True)]
    return lost


def _minutes(text: str) -> set[int]:
    return {minute for moment in moments_of(text) for minute in moment}


def rank_spans(
    plan: QueryPlan,
    evidence: Sequence[Evidence],
    similarity: Similarity | None = None,
    grammar: Sequence[TagPattern] = (),
) -> list[Span]:
    """All lines of the evidence, closest first: lexical and, where an encoder is given, dense similarity.

    Lines about another tag than the one asked for come later, as do lines of another day or time of day.
    """
    places = [(i, a, b) for i, e in enumerate(evidence) for a, b in split_lines(e.chunk.text)]
    if not places:
        return []
    scores = _standardised(_lexical_scores(plan, evidence, places))
    if similarity is not None:
        pairs = [
            (evidence[i].chunk.language, " ".join((*evidence[i].chunk.heading_path[-1:], evidence[i].chunk.text[a:b])))
            for i, a, b in places
        ]
        dense = _standardised(similarity(plan, pairs))
        scores = [x + y for x, y in zip(scores, dense, strict=True)]
    apart = _of_another_time(plan.question, [evidence[i].chunk.text[a:b] for i, a, b in places])
    lost = [x + y for x, y in zip(_beside(plan, evidence, places, grammar), apart, strict=True)]
    # An earlier passage is the likelier one.
    spans = [
        Span(evidence[i].number, a, b, evidence[i].chunk.text[a:b], score - less - 0.15 * i)
        for (i, a, b), score, less in zip(places, scores, lost, strict=True)
    ]
    return sorted(spans, key=lambda s: -s.score)


def choose_spans(ranked: Sequence[Span], evidence: Sequence[Evidence], *, budget: int) -> dict[int, list[Span]]:
    """The best lines with their neighbours within `budget` characters, by evidence number, in document order.

    A best line of prose brings the lines before and after it: a step needs its neighbours, a limit its condition. A
    table row says all by itself, and the room of its neighbours is better spent on the next best line.
    """
    order = {e.number: sorted((s for s in ranked if s.number == e.number), key=lambda s: s.start) for e in evidence}
    chosen: dict[tuple[int, int], Span] = {}
    used = 0
    for best in ranked:
        lines = order[best.number]
        at = lines.index(best)
        beside = () if CELLS in best.text else (*lines[at + 1 : at + 2], *lines[max(0, at - 1) : at])
        for span in (best, *beside):
            key = (span.number, span.start)
            if key in chosen or used + len(span.text) > budget:
                continue
            chosen[key] = span
            used += len(span.text)
        if used > 0.9 * budget:
            break
    out: dict[int, list[Span]] = {}
    for key in sorted(chosen):
        out.setdefault(key[0], []).append(chosen[key])
    return out
