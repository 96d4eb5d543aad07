"""What speaks for a line of the passages found being the one that answers: named features, weighed by a calibration.

The weights were fitted on dev questions of the packs by `walkdown eval calibrate --lines` (docs/verification.md).
Each feature compares a line with the question or with the other lines found, never with how the question is put.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from walkdown.answering.verification.kinds import quantities_of
from walkdown.answering.verification.sources import evidence_text
from walkdown.documents import Evidence
from walkdown.packs.schema import Pack
from walkdown.retrieval.lexicon import Concept
from walkdown.retrieval.naming import asked_among, names_freely
from walkdown.retrieval.understanding import QueryPlan
from walkdown.text.asked_amounts import asked_kinds, kind_of_unit, lacks_kind
from walkdown.text.clock import moments_of
from walkdown.text.days import day_numbers, days_of
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.lexical import terms
from walkdown.text.tags import TagPattern, find_tags

LINE_FEATURES = (
    "named", "named_less", "lexical", "near", "other_kind", "no_amount", "other_equipment", "other_time",
    "passage", "rank", "same_language",
)  # fmt: skip
"""What is weighed, see `line_features`."""
Similarity = Callable[[QueryPlan, Sequence[tuple[str, str]]], Sequence[float]]
"""Cosines of the question with (language, text) pairs, from the dense encoder."""

_SCORE = 10.0
"""Scores of the reordering are log-odds of some tens: divided by this they are in the range of the other features."""
_ABOVE = 0.3
"""What a term counts that stands above a line: it speaks for the line, but for all its neighbours alike."""


class Line(NamedTuple):
    """A line of a passage: the index of the passage among those found, and the characters it covers."""

    passage: int
    start: int
    end: int


def line_features(
    plan: QueryPlan, evidence: Sequence[Evidence], lines: Sequence[Line], pack: Pack, similarity: Similarity | None
) -> list[dict[str, float | None]]:
    """The features of each line by name; None where one cannot be told.

    `named`: share of what is asked that the line names with what stands above it. `named_less`: that share less the
    largest of all lines. `lexical`, `near`: shared terms and cosine, in standard deviations of all lines.
    `other_kind`: a unit is asked for, and the line holds no amount of its kind. `no_amount`: the amount of a quantity
    is, and it holds none of that quantity's kind. `other_equipment`: it speaks of another tag than the one asked for,
    1.5, or its passage never names that, 1.
    `other_time`: of another day or time of day, 1.5 each.
    `passage`, `rank`: score and place of its passage. `same_language`: as the question's.
    """
    texts = [evidence[line.passage].chunk.text[line.start : line.end] for line in lines]
    named = _named(plan, evidence, lines, texts, pack)
    lexical = _standardised(_lexical(plan, evidence, lines))
    near = _standardised(similarity(plan, _with_heading(evidence, lines, texts))) if similarity else None
    kinds = asked_kinds(plan.asked)
    sought = () if kinds or plan.wants != "number" else kinds_named(plan.compared, pack)
    equipment = _other_equipment(plan, evidence, lines, pack.grammar)
    times = _other_time(plan.compared, texts)
    ordered = pack.manifest.retrieval.reranker != "none" and pack.manifest.retrieval.judge is None
    return [
        {
            "named": named[i],
            "named_less": named[i] - max(named),
            "lexical": lexical[i],
            "near": near[i] if near else None,
            "other_kind": float(lacks_kind(texts[i], kinds)),
            "no_amount": float(lacks_kind(texts[i], sought)),
            "other_equipment": equipment[i],
            "other_time": times[i],
            "passage": evidence[line.passage].score / _SCORE if ordered else None,
            "rank": float(line.passage),
            "same_language": float(evidence[line.passage].chunk.language == plan.language),
        }
        for i, line in enumerate(lines)
    ]


def question_terms(plan: QueryPlan, language: str) -> set[str]:
    """Terms of the question in every form that reads in a language, expansions included."""
    wanted = {t for t in terms(plan.question) if t not in FUNCTION_WORDS}
    for form in plan.forms:
        if form.language == language:
            wanted |= set(terms(form.text)) | {t for e in form.expansions for t in terms(e)}
    return wanted


def _with_heading(evidence: Sequence[Evidence], lines: Sequence[Line], texts: Sequence[str]) -> list[tuple[str, str]]:
    chunks = [evidence[line.passage].chunk for line in lines]
    return [(c.language, " ".join((*c.heading_path[-1:], text))) for c, text in zip(chunks, texts, strict=True)]


def _named(
    plan: QueryPlan, evidence: Sequence[Evidence], lines: Sequence[Line], texts: Sequence[str], pack: Pack
) -> list[float]:
    asked = asked_among(plan.compared, [evidence_text(e) for e in evidence], pack.glossary)
    if not asked:
        return [1.0] * len(lines)
    question = plan.compared
    above = [_held("\n".join((e.chunk.title, *e.chunk.heading_path)), asked, question) for e in evidence]
    return [
        len(above[line.passage] | _held(text, asked, question)) / len(asked)
        for line, text in zip(lines, texts, strict=True)
    ]


def _held(text: str, asked: Sequence[Concept], question: str) -> set[int]:
    return {i for i, concept in enumerate(asked) if names_freely(text, concept, question)}


def kinds_named(question: str, pack: Pack) -> tuple[frozenset[str], ...]:
    """The kinds of the quantities that a question names: a minimum flow is in t/h or m3/h."""
    units = (unit for _, unit, _ in quantities_of(question, pack.glossary))
    return tuple(dict.fromkeys(kind for unit in units if (kind := kind_of_unit(unit))))


def _lexical(plan: QueryPlan, evidence: Sequence[Evidence], lines: Sequence[Line]) -> list[float]:
    """Share of the question's weight that a line holds; a term is worth less the more lines hold it."""
    held = [set(terms(evidence[line.passage].chunk.text[line.start : line.end])) for line in lines]
    above = [set(terms(" ".join((e.chunk.title, *e.chunk.heading_path)))) for e in evidence]
    frequency = Counter(t for line in held for t in line)
    wanted = [question_terms(plan, e.chunk.language) for e in evidence]

    def weight(term: str) -> float:
        return math.log(1.0 + len(lines) / (1 + frequency[term]))

    scores = []
    for (i, _, _), own in zip(lines, held, strict=True):
        total = sum(weight(t) for t in wanted[i]) or 1.0
        found = sum(weight(t) for t in wanted[i] & own) + _ABOVE * sum(weight(t) for t in wanted[i] & above[i] - own)
        scores.append(found / total)
    return scores


def _standardised(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values)
    deviation = math.sqrt(sum((v - mean) ** 2 for v in values) / len(values)) or 1.0
    return [(v - mean) / deviation for v in values]


def _other_equipment(
    plan: QueryPlan, evidence: Sequence[Evidence], lines: Sequence[Line], grammar: Sequence[TagPattern]
) -> list[float]:
    asked = {(t.kind, t.normal) for t in find_tags(plan.compared, grammar)}
    named = [{(t.kind, t.normal) for t in find_tags(evidence_text(e), grammar)} if asked else set() for e in evidence]
    if not any(asked & names for names in named):
        return [0.0] * len(lines)
    kinds = {kind for kind, _ in asked}
    lost = []
    for i, a, b in lines:
        own = {(t.kind, t.normal) for t in find_tags(evidence[i].chunk.text[a:b], grammar) if t.kind in kinds}
        other = bool(own) and not own & asked
        lost.append(1.5 * other + (not asked & (own | named[i])))
    return lost


def _other_time(question: str, texts: Sequence[str]) -> list[float]:
    """Of each line, where a line of the asked day or time of day is there: the rows of a log differ in little else."""
    lost = [0.0] * len(texts)
    for asked, named in (
        ({minute for moment in moments_of(question) for minute in moment}, _minutes),
        (days_of(question), days_of),
    ):
        held = [named(text) for text in texts] if asked else []
        if any(asked & times for times in held):
            lost = [x + 1.5 * bool(times and not asked & times) for x, times in zip(lost, held, strict=True)]
    return [x + 1.5 * other for x, other in zip(lost, _other_day(question, texts), strict=True)]


def _other_day(question: str, texts: Sequence[str]) -> list[bool]:
    """Of each line, whether it is of another day of a batch than the one asked, where a line of that is there."""
    asked = {first for first, last in day_numbers(question) if first == last}
    held = [day_numbers(text) for text in texts] if asked else []
    of_asked = [any(first <= day <= last for first, last in days for day in asked) for days in held]
    return (
        [bool(days) and not own for days, own in zip(held, of_asked, strict=True)]
        if any(of_asked)
        else [False] * len(texts)
    )


def _minutes(text: str) -> set[int]:
    return {minute for moment in moments_of(text) for minute in moment}
