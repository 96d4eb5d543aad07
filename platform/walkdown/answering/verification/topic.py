"""Whether the documents of an answer name what the question is about, term by term.

A question about something the documents do not hold finds passages on its neighbours, and a true number of one of them
passes every check of the statement. What gives it away is a technical term of the question that no cited passage names:
the bubble point of a filter whose passages give its flow. So the answer as a whole is held against the glossary's
terms, the abbreviations and the days (`19 July`) of the question. Terms by which one speaks of documents say nothing of
the plant, and an amount names the general quantity it is one of (`°C` a temperature).
"""

import re
from collections.abc import Iterator, Sequence

from walkdown.answering.verification.checks import revisions_named
from walkdown.answering.verification.grounding import content_words
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.sources import evidence_text
from walkdown.documents import Check, Evidence
from walkdown.packs.schema import Pack
from walkdown.retrieval.glossary import Term, find_terms
from walkdown.retrieval.lexicon import WORDED, Concept, concept_of, concepts
from walkdown.retrieval.naming import names
from walkdown.retrieval.understanding import QueryPlan
from walkdown.text.asked_amounts import is_of_kind, kind_of_unit
from walkdown.text.codes import EQUIPMENT_LIKE
from walkdown.text.days import days_of, names_day
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.held_words import holds, terms_of
from walkdown.text.labels import find_labels
from walkdown.text.quantities import Quantity
from walkdown.text.substances import of_kind, substances
from walkdown.text.tags import TagPattern, find_tags

_OF_DOCUMENTS = frozenset(
    {
        "revision", "specification", "document in force", "superseded", "procedure", "limit", "set point", "setting",
        "alarm set point", "standard", "report", "record", "form", "list", "data sheet", "manual", "drawing", "shift",
    }
)  # fmt: skip
"""Terms of documents and their values, which a passage need not call by name."""
_QUANTITIES = frozenset(
    {
        "temperature", "pressure", "flow", "flow rate", "frequency", "output", "load", "power", "speed", "voltage",
        "current", "time", "weight", "volume", "concentration", "torque", "bolt torque", "vibration", "conductivity",
        "turbidity", "rotational speed",
    }
)  # fmt: skip
"""Quantities so general that an amount in their unit names them; `bubble point` is none, though it is in bar."""
_HOLDERS = frozenset({"drum", "container", "bag", "bottle", "can", "vial", "cylinder", "tote", "pail"})
"""What a product comes in, which a sheet about the product need not name."""
_EVERYDAY = frozenset(
    "AM PM OK ID FYI ASAP PLS MAX MIN HIGH LOW TRIP ALARM STOP START OPEN CLOSE LIMIT FLOW LEVEL ONLY NEVER".split()
)
_EQUIPMENT = (
    r"(?:tank|pump|vessel|drum|reactor|column|compressor|fan|blower|heater|cooler|filter|valve|line|탱크|저장조|펌프|"
    r"용기|드럼|반응기|탑|컬럼|압축기|팬|히터|쿨러|필터|밸브|라인)"
)
_BEFORE_TAG = re.compile(rf"\s{_EQUIPMENT}\s", re.IGNORECASE)
_IS_EQUIPMENT = re.compile(rf"{_EQUIPMENT}$", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9-])(?:[A-Z]{2,5}[a-z]?|(?:[A-Z][a-z]?\d?){2,4})(?![A-Za-z0-9-])")


def check_topic(plan: QueryPlan, pack: Pack, cited: Sequence[Evidence], amounts: Sequence[Quantity]) -> Check:
    """Every glossary term, abbreviation, day and revision of the question is named in one of the passages cited.

    `amounts` are those of the answer.
    """
    missing = unnamed(plan, pack, cited, amounts)
    if missing is None:
        return skipped("topic", "no_term_asked")
    if missing:
        return failed("topic", "unnamed", what=", ".join(missing))
    return passed("topic")


_RATES = frozenset(("rate", "speed"))
_PER_TIME = re.compile(r"/\s?(?:s|min|h|hr|hour|day|초|분|시간)\b|\bper (?:second|minute|hour|day)\b|(?:초|분|시간)당")


def unnamed(plan: QueryPlan, pack: Pack, passages: Sequence[Evidence], amounts: Sequence[Quantity]) -> list[str] | None:
    """What a question is about that no passage names and no amount stands for; None where it names nothing technical.

    A term is named by any of its forms or by the words of one; a general quantity by an amount in its unit, too. The
    day of "as of" says when, and not what of. A revision asked for is that of a passage, or named in one.
    """
    texts = [evidence_text(e) for e in passages]
    terms = _terms(plan.compared, pack)
    asked = [*terms, *_abbreviations(plan.compared, pack)]
    if plan.language not in WORDED:
        asked = [(_widened(concept), unit) for concept, unit in asked]
    days = set() if plan.time is not None and plan.time.date is not None else days_of(plan.compared)
    revision = plan.revision_asked
    missing = [c.written for c, unit in asked if not _is_named(c, texts) and not _is_given(unit, amounts)]
    other = {c.written for c, _ in asked if c.written in missing and _in_other_words(c, texts)}
    missing = [written for written in missing if written not in other]
    # A word of a reading may be the wrong one: a chimney is no stack to every document.
    if plan.language not in WORDED and 2 * len(missing) < len(asked):
        missing = []
    held = {name for text in texts for name in substances(text)}
    chemicals = substances(plan.compared)
    missing += [written for name, written in chemicals.items() if name not in held and not _is_spoken_for(name, texts)]
    missing += [f"{month}-{day:02}" for month, day in days if not any(names_day(t, (month, day)) for t in texts)]
    if revision and not any(_is_of_revision(e, revision) for e in passages):
        missing.append(f"rev. {revision}")
    return list(dict.fromkeys(missing)) if asked or days or revision or chemicals else None


def _is_spoken_for(substance: str, texts: Sequence[str]) -> bool:
    """True where a passage names a substance in words of its own, as the lexicon knows them."""
    found = concepts(substance, (), ())
    return bool(found) and all(any(names(text, concept) for text in texts) for concept in found)


def _widened(concept: Concept) -> Concept:
    """A term by what the lexicon calls it as well: the word of a reading is ours, and another may have been meant.

    有効期限 is a shelf life, an expiry date or a validity.
    """
    meant = concepts(concept.written, (), ())
    if len(meant) != 1:
        return concept
    return concept._replace(ko=(*concept.ko, *meant[0].ko), en=(*concept.en, *meant[0].en))


def _in_other_words(concept: Concept, texts: Sequence[str]) -> bool:
    """True where a text names a term as the lexicon knows it, as a whole or word by word (단량체 for 모노머)."""
    for form in concept.ko:
        whole = [c for c in concepts(form, (), ()) if form in c.ko]
        parts = [concepts(word, (), ()) for word in form.split()]
        known = [found[0] for found in parts if len(found) == 1 and found[0].ko and found[0].en]
        if any(all(names(text, c) for c in whole) for text in texts if whole):
            return True
        if len(known) == len(parts) > 1 and any(all(names(text, c) for c in known) for text in texts):
            return True
    return False


def _is_of_revision(evidence: Evidence, revision: str) -> bool:
    named = (evidence.chunk.revision, *revisions_named(evidence_text(evidence)))
    return revision.upper() in (name.upper() for name in named)


def _outside_tags(question: str, start: int, end: int, grammar: Sequence[TagPattern]) -> bool:
    return all(end <= t.start or start >= t.end for t in find_tags(question, grammar))


def _is_name_of_tag(question: str, term: Term, tag: int) -> bool:
    """True for a term before a tag with equipment between, or that is equipment; `기포점 F-201` asks a property."""
    between = question[term.end : tag]
    named = not between.strip() and _IS_EQUIPMENT.search(question[term.start : term.end])
    return bool(named or _BEFORE_TAG.fullmatch(between))


def _terms(question: str, pack: Pack) -> Iterator[tuple[Concept, str]]:
    """Glossary terms, each with its unit where it is a general quantity."""
    labels, tags = find_labels(question), [t.start for t in find_tags(question, pack.grammar)]
    for term in find_terms(question, pack.glossary):
        # `회수용매 탱크 TK-111`: what a tag is called besides need not be named where the tag is.
        if any(_is_name_of_tag(question, term, start) for start in tags if start > term.end):
            continue
        # The `호기` of `4호기` is no subject.
        if any(x.start <= term.start and term.end <= x.end for x in labels):
            continue
        if term.entry.en not in _OF_DOCUMENTS | _HOLDERS and _outside_tags(
            question, term.start, term.end, pack.grammar
        ):
            yield concept_of(term, question), term.entry.unit if term.entry.en in _QUANTITIES else ""


def _abbreviations(question: str, pack: Pack) -> Iterator[tuple[Concept, str]]:
    """Abbreviations and formulas that are no term of the glossary."""
    if question.isupper():
        return
    known = [(t.start, t.end) for t in find_terms(question, pack.glossary)]
    tags = find_tags(question, pack.grammar)
    starts = [t.start for t in tags] + [m.start() for m in EQUIPMENT_LIKE.finditer(question)]
    for match in _ABBREVIATION.finditer(question):
        word = match.group()
        outside = all(match.end() <= a or match.start() >= b for a, b in known)
        # `AA tank TK-4001`: what a tag is called besides is no term of its own.
        named = any(_BEFORE_TAG.fullmatch(question[match.end() : start]) for start in starts)
        if outside and not named and not _is_plain(word) and _outside_tags(question, *match.span(), pack.grammar):
            # `LL` is `low-low` too, as the lexicon has it.
            spoken = next((c for c in concepts(word, (), ()) if word in (*c.ko, *c.en)), None)
            yield spoken or Concept(word, (word,), (word,)), ""


def _is_plain(word: str) -> bool:
    """True for a unit (`in MPa?`), and for an everyday word in capitals (`the MAX flow`)."""
    return bool(kind_of_unit(word)) or word in _EVERYDAY or word.lower() in FUNCTION_WORDS


_VOTED = re.compile(r"\d\s?oo\s?\d|\d/\d\s?선택", re.IGNORECASE)


def _is_named(concept: Concept, texts: Sequence[str]) -> bool:
    if any(names(text, concept) for text in texts):
        return True
    # 2oo3 is a voting, whether or not a passage says so.
    if any("voting" in name.lower() for name in concept.en) and any(_VOTED.search(text) for text in texts):
        return True
    # Toluene is a solvent, whether or not a passage says so.
    if any(kind & substances(text).keys() for name in concept.en if (kind := of_kind(name)) for text in texts):
        return True
    # A compound may stand there in pieces: "high alarm" under "Alarm" and "high".
    words = [w for name in {*concept.ko, *concept.en} if (w := content_words(name))]
    if any(all(holds(terms_of(text), word) for word in form) for form in words for text in texts):
        return True
    # An acceleration rate stands there as `Acceleration (rpm/min)`.
    rates = [form[:-1] for form in words if len(form) > 1 and form[-1] in _RATES]
    timed = [terms_of(text) for text in texts if rates and _PER_TIME.search(text)]
    return any(all(holds(held, word) for word in form) for form in rates for held in timed)


def _is_given(unit: str, amounts: Sequence[Quantity]) -> bool:
    kind = kind_of_unit(unit)
    return bool(kind) and any(is_of_kind(q, [kind]) for q in amounts)
