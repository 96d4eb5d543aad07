"""What speaks for a passage beyond its ranks: numbers in [-1, 1] that the reranker and the evidence gate weigh.

Everything is computed from the question's concepts and the text of the few passages that the fused search found, so it
costs milliseconds and works the same in both languages.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from walkdown.documents import Chunk, DocumentStatus, Hit, Language
from walkdown.packs.schema import Pack
from walkdown.retrieval.foreign_passages import in_english
from walkdown.retrieval.foreign_words import READ
from walkdown.retrieval.intent import plant_units, units_apart
from walkdown.retrieval.lexicon import WORDED, Concept, stem
from walkdown.retrieval.naming import asked_among, names, names_freely
from walkdown.retrieval.nearness import Near
from walkdown.retrieval.understanding import QueryPlan, spoken_of
from walkdown.text.asked_amounts import asked_kinds, lacks_kind
from walkdown.text.lexical import terms
from walkdown.text.quantities import find_quantities
from walkdown.text.sentences import sentences_of
from walkdown.text.tags import normal_form

NAMES = (
    "fused", "cover_head", "cover_line", "cover_all", "number_in_line", "time_in_line", "number_missing", "unit_same",
    "unit_apart", "tag_text", "tag_head", "same_language", "length", "asked_numbers", "near_question", "near_wording",
    "revised", "named_line", "kind_missing",
)  # fmt: skip
NOTHING_NEAR: Mapping[str, Near] = {}
_HISTORY = re.compile(
    r"이력|개정 ?(?:내용|사항)|변경 ?(?:내용|사항)|\bhistory\b|\b(?:list|record) of (?:changes|revisions)",
    re.IGNORECASE,
)
"""A heading under which a document tells what its revisions changed."""
_DIGIT = re.compile(r"\d")
_LINE = re.compile(r"[^\n]+")
_LONG_LINE = 260
_FRACTION = 0.6
"""Share of a name's terms that a text must hold to count as naming it: bigrams of a compound are rarely all there."""


class Passage(NamedTuple):
    """The terms of a passage: of its text, of what stands above it, and of each line with the line itself."""

    text: frozenset[str]
    head: frozenset[str]
    lines: tuple[tuple[str, frozenset[str]], ...]


class _Wanted(NamedTuple):
    """A concept as the sets of terms of its names, any of which counts."""

    names: tuple[frozenset[str], ...]
    weight: float


def _stemmed(term: str) -> str:
    return stem(term) if term.isascii() and term.isalpha() else term


def term_set(text: str) -> frozenset[str]:
    """The lexical terms of a text, English ones stemmed."""
    return frozenset(map(_stemmed, terms(text)))


def _lines(text: str) -> list[str]:
    out: list[str] = []
    for line in _LINE.findall(text):
        if line.strip():
            out += [line] if len(line) <= _LONG_LINE else [line[a:b] for a, b in sentences_of(line)]
    return out


def read_passage(chunk: Chunk) -> Passage:
    """The terms of a passage, its headings and its lines."""
    return _read(chunk.text, " ".join((chunk.title, *chunk.heading_path)), chunk.language)


def _held(text: str, language: Language) -> frozenset[str]:
    """The terms of a text, and of what it is read as."""
    return term_set(f"{text}\n{in_english(text, language)}") if language in READ else term_set(text)


# One question reads the same passages when it orders them, drops those that say the same and weighs the evidence.
@lru_cache(maxsize=256)
def _read(text: str, head: str, language: Language) -> Passage:
    lines = tuple((line, _held(line, language)) for line in _lines(text))
    held = frozenset().union(*(held for _, held in lines)) if lines else frozenset()
    return Passage(held, _held(head, language), lines)


def _wanted(spoken: Sequence[Concept], language: str) -> list[_Wanted]:
    """Concepts as terms in a language; those that have no name in it stay, as nothing can name them."""
    return [
        _Wanted(tuple(held for name in concept.names(language) if (held := term_set(name))), concept.weight)
        for concept in spoken
    ]


def _named(wanted: _Wanted, held: frozenset[str]) -> float:
    best = max((len(name & held) / len(name) for name in wanted.names), default=0.0)
    return best if best >= _FRACTION else 0.0


class _Coverage(NamedTuple):
    """How much of the question a passage holds, by weight of the concepts: headings, best line, anywhere, each line."""

    head: float
    line: float
    everywhere: float
    best: str
    lines: tuple[float, ...]


def _coverage(passage: Passage, wanted: Sequence[_Wanted], weights: Sequence[float]) -> _Coverage:
    total = sum(weights) or 1.0
    in_head = [_named(w, passage.head) for w in wanted]
    in_text = [_named(w, passage.text) for w in wanted]
    scores, best, line_score = [], "", 0.0
    for line, held in passage.lines:
        found = (_named(w, held) if t else 0.0 for w, t in zip(wanted, in_text, strict=True))
        score = sum(x * max(f, 0.6 * h) for x, f, h in zip(weights, found, in_head, strict=True)) / total
        scores.append(score)
        if score > line_score:
            best, line_score = line, score
    return _Coverage(
        sum(x * f for x, f in zip(weights, in_head, strict=True)) / total,
        line_score,
        sum(x * max(f, h) for x, f, h in zip(weights, in_text, in_head, strict=True)) / total,
        best,
        tuple(scores),
    )


def _tags(plan: QueryPlan, chunk: Chunk, head: str) -> tuple[float, float]:
    """Whether a passage names an asked tag, and whether its headings do.

    One of several is enough: to compare two pieces of equipment, the sheet of each is as right as a list of both.
    """
    named = [tag for tag in plan.tags if tag in chunk.tags]
    above = normal_form(head) if named else ""
    return float(bool(named)), float(any(tag in above for tag in named))


def _revised(plan: QueryPlan, chunk: Chunk, replaced: Collection[str]) -> float:
    """Whether a passage can tell what a question about another revision asks; `replaced` are documents with an old one.

    Such a question sees all revisions, so most of what is found never changed: what was replaced comes first, beside
    what is in force where the two are compared.
    """
    if plan.time is None or plan.time.kind == "as_of":
        return 0.0
    if plan.time.kind != "changed":
        return float(chunk.status is DocumentStatus.SUPERSEDED)
    return float(chunk.document_id in replaced or _HISTORY.search(" ".join(chunk.heading_path)) is not None)


def _one(plan: QueryPlan, chunk: Chunk, best: str) -> dict[str, float]:
    """What depends on one passage alone; `best` is its nearest line."""
    head = " ".join((chunk.title, *chunk.heading_path))
    counted = plan.wants in ("number", "time")
    quantities = find_quantities(best) if counted else []
    units = plant_units(f"{head}\n{chunk.text}") if plan.units else ()
    in_text, in_head = _tags(plan, chunk, head)
    asked = [q.text for q in plan.quantities]
    return {
        "number_in_line": float(bool(quantities)),
        "time_in_line": float(plan.wants == "time" and any(q.dimension == "[time]" for q in quantities)),
        "number_missing": float(counted and not _DIGIT.search(chunk.text)),
        "unit_same": float(bool(set(plan.units) & set(units))),
        "unit_apart": float(units_apart(plan.units, units)),
        "tag_text": in_text,
        "tag_head": in_head,
        "same_language": float(chunk.language == plan.language),
        "length": min(1.0, math.log1p(len(chunk.text)) / 8.0),
        "asked_numbers": sum(text in chunk.text for text in asked) / len(asked) if asked else 0.0,
    }


def _named_lines(plan: QueryPlan, hits: Sequence[Hit], passages: Sequence[Passage], pack: Pack) -> list[float]:
    """Share of what is asked that the best line of each passage names as a whole, with its headings."""
    heads = [" ".join((hit.chunk.title, *hit.chunk.heading_path)) for hit in hits]
    texts = [hit.chunk.text for hit in hits]
    asked = asked_among(plan.compared, (*heads, *texts), pack.glossary)
    out = []
    for head, text, passage in zip(heads, texts, passages, strict=True):
        above = [names_freely(head, concept, plan.compared) for concept in asked]
        below = [c for c, named in zip(asked, above, strict=True) if not named and names(text, c)]
        # Where one concept is left, the line that names it need not be sought.
        lines = [line for line, _ in passage.lines] if len(below) > 1 else [text]
        most = max((sum(names_freely(line, c, plan.compared) for c in below) for line in lines), default=0)
        out.append((sum(above) + most) / len(asked) if asked else 0.0)
    return out


def _rarity(wanted: Sequence[_Wanted], passages: Sequence[Passage]) -> list[float]:
    """Weight of each concept: its own, more the fewer of the passages name it."""
    counts = Counter(i for p in passages for i, w in enumerate(wanted) if _named(w, p.text | p.head))
    return [w.weight * math.log(1.5 + len(passages) / (1 + counts[i])) for i, w in enumerate(wanted)]


def _spoken(plan: QueryPlan, pack: Pack) -> list[Concept]:
    if plan.language not in WORDED:
        return spoken_of(plan.compared, pack)
    return spoken_of(next((form.text for form in plan.forms if form.origin == "corrected"), plan.question), pack)


def named_concepts(plan: QueryPlan, chunk: Chunk, pack: Pack) -> dict[str, str]:
    """Words of the question that a passage or its headings name, each with the name found there."""
    held = (passage := read_passage(chunk)).text | passage.head
    found: dict[str, str] = {}
    for concept in _spoken(plan, pack):
        for name in concept.names(chunk.language):
            wanted = term_set(name)
            if concept.weight == 1.0 and wanted and len(wanted & held) / len(wanted) >= _FRACTION:
                found.setdefault(concept.written, name)
    return found


def _weighed(
    plan: QueryPlan, hits: Sequence[Hit], passages: Sequence[Passage], pack: Pack
) -> dict[str, tuple[list[_Wanted], list[float]]]:
    """What is asked in each language of the hits, with the weight of each concept among them."""
    spoken = _spoken(plan, pack)
    by_language: dict[str, tuple[list[_Wanted], list[float]]] = {}
    for language in {hit.chunk.language for hit in hits}:
        wanted = _wanted(spoken, language)
        own = [p for p, hit in zip(passages, hits, strict=True) if hit.chunk.language == language]
        by_language[language] = wanted, _rarity(wanted, own)
    return by_language


def scored_lines(plan: QueryPlan, hits: Sequence[Hit], pack: Pack) -> list[list[tuple[str, float]]]:
    """The lines of each hit in order, each with the share of the question that it and its headings hold."""
    passages = [read_passage(hit.chunk) for hit in hits]
    by_language = _weighed(plan, hits, passages, pack)
    return [
        list(zip((line for line, _ in p.lines), _coverage(p, *by_language[hit.chunk.language]).lines, strict=True))
        for p, hit in zip(passages, hits, strict=True)
    ]


def feature_rows(
    plan: QueryPlan, hits: Sequence[Hit], pack: Pack, near: Mapping[str, Near] = NOTHING_NEAR
) -> npt.NDArray[np.float64]:
    """One row per hit, one column per name of `NAMES`; `near` is the nearness of the hits by chunk id."""
    passages = [read_passage(hit.chunk) for hit in hits]
    by_language = _weighed(plan, hits, passages, pack)
    top = max((hit.score for hit in hits), default=0.0) or 1.0
    replaced = {hit.chunk.document_id for hit in hits if hit.chunk.status is DocumentStatus.SUPERSEDED}
    named, kinds = _named_lines(plan, hits, passages, pack), asked_kinds(plan.asked)
    rows = []
    for i, (hit, passage) in enumerate(zip(hits, passages, strict=True)):
        wanted, weights = by_language[hit.chunk.language]
        cover = _coverage(passage, wanted, weights)
        values = {
            "fused": hit.score / top,
            "cover_head": cover.head,
            "cover_line": cover.line,
            "cover_all": cover.everywhere,
            **_one(plan, hit.chunk, cover.best),
            "near_question": near.get(hit.chunk.id, Near()).question,
            "near_wording": near.get(hit.chunk.id, Near()).wording,
            "revised": _revised(plan, hit.chunk, replaced),
            "named_line": named[i],
            "kind_missing": float(lacks_kind(hit.chunk.text, kinds)),
        }
        rows.append([values[name] for name in NAMES])
    return np.array(rows, np.float64).reshape(len(hits), len(NAMES))
