"""Reads claims and passages alike: their words, terms, quantities, codes and labels; what was read is kept."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from walkdown.answering.verification.carried_units import shared_unit, unit_of, with_unit
from walkdown.answering.verification.reach import said_of
from walkdown.answering.verification.statements import Part, Statement, clauses, split_statements
from walkdown.documents import Evidence
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.foreign_passages import in_english
from walkdown.retrieval.glossary import find_terms
from walkdown.retrieval.lexicon import Concept, concepts
from walkdown.text.asked_amounts import kind_of_unit
from walkdown.text.codes import PRODUCT
from walkdown.text.concepts import sides
from walkdown.text.function_words import COUNTER, FUNCTION_WORDS, SPANISH_FUNCTION_WORDS
from walkdown.text.held_words import without_endings
from walkdown.text.labels import find_labels
from walkdown.text.languages import normalise
from walkdown.text.lexical import terms
from walkdown.text.quantities import Quantity, find_quantities, find_written_numbers
from walkdown.text.tags import Tag, TagPattern, find_tags

_NO_SUBJECT = FUNCTION_WORDS | SPANISH_FUNCTION_WORDS
_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z\-/.]*\d)(?=[\d\-/.]*[A-Za-z])[A-Za-z0-9]+(?:[-/.][A-Za-z0-9]+)*|"
    rf"{PRODUCT}"
)
_PRODUCT = re.compile(PRODUCT)
_BATCH = re.compile(r"(?<![\w.,-])\d{2,4}-0\d{1,3}(?![\w-]|[.,]\d)")
"""A batch by its number: of `24-032` neither part is an amount, as none begins with a zero."""
_REVISION = re.compile(r"rev[-.]?\d{1,2}", re.IGNORECASE)
"""`Rev.4` is no code: which revision is meant is a check of its own (`check_source`)."""
_OF = r"\s?(?:개|대|채널|つ|个|台)?\s?"
_VOTES = re.compile(
    rf"(?<!\d)(?P<all_ko>\d){_OF}(?:중(?:에서)?|のうち|中(?:取|有)?)\s?(?P<least_ko>\d)(?!\d|\s?개월)(?:\s?(?:개|대|つ|个|台)(?![가-힣]{{2}}))?|"
    r"(?<!\d)(?P<least>\d) (?:(?:out )?of|de) (?P<all>\d)(?!\d)|"
    r"(?<![\d/])(?P<least_in>\d)\s?/\s?(?P<all_in>\d)\s?(?=선택|다수결|투표|일치|로직|vot|logic)",
    re.IGNORECASE,
)
"""`3개 중 2개`, `2 out of 3` and `2/3 선택` are 2oo3."""
_DIGITS = re.compile(r"^[+-]?[\d.]+$")
_NUMBERING = re.compile(
    r"(?:^|\n)\s*(?:\d{1,2}\.){1,3}\d{1,2}\.?\s+(?=[A-Z가-힣(])(?!초과|이상|이하|미만|배|점|회|명|개|대|또는|및|내지|정도)"
)
"""The number of a clause before its text: `4.3 문 가스켓은 400주기마다` tells no 4.3."""
_CONTEXT_SHARE = 0.5
_REMEMBERED = 20_000
TELLING = ("alarm/trip", "alert/action", "maximum/minimum", "normal/abnormal", "high/low", "inlet/outlet",
            "suction/discharge", "hot/cold", "upper/lower", "wet/dry", "automatic/manual", "warm/standby",
            "gauge/absolute", "high-high/low-low", "summer/winter", "before use/after use")  # fmt: skip
"""Pairs that tell one value of a thing from another, in every language alike."""


_TRAIN = re.compile(r"(?<![\w.,-])\d[A-F](?![A-Za-z0-9_/²³·])")
_BESIDE = re.compile(r"(?<![\w.,])(?:[A-Z]{1,5}-)?(\d[A-F])(?![A-Za-z0-9_/²³·])")


def _is_train(text: str, quantity: Quantity) -> bool:
    """True for the figure of `1C` or `2B`, which name a machine; `2A` is an amount but beside such a name."""
    match = _TRAIN.match(text, quantity.start)
    if match is None or (quantity.unit and quantity.end > match.end()):
        return False
    return not match.group().endswith("A") or len(set(_BESIDE.findall(text))) > 1


class Place(NamedTuple):
    """A statement of a cited passage."""

    evidence: Evidence
    statement: Statement


class Occurrence(NamedTuple):
    """A number in a cited passage, with the clause or cell it stands in and all that is said of it there."""

    place: Place
    part: Part
    quantity: Quantity
    said: Part


class Matched(NamedTuple):
    """A number of a claim and the places where it stands for what the claim says; the rival, if one fits better."""

    quantity: Quantity
    places: tuple[Occurrence, ...]
    rival: Occurrence | None = None


class Reader:
    """Reads texts with one pack's grammar and glossary; what was read once is remembered."""

    def __init__(self, grammar: Sequence[TagPattern], glossary: Sequence[GlossaryEntry]) -> None:
        self._grammar, self._glossary = grammar, tuple(glossary)
        self._features: dict[str, frozenset[str]] = {}
        self._quantities: dict[str, tuple[Quantity, ...]] = {}
        self._tags: dict[str, tuple[Tag, ...]] = {}

    def tags(self, text: str) -> tuple[Tag, ...]:
        """Tags that are not the unit of a quantity."""
        if text not in self._tags:
            if len(self._tags) > _REMEMBERED:
                self._tags.clear()
            units = [(q.start, q.end) for q in find_quantities(text) if q.unit]
            found = find_tags(text, self._grammar)
            self._tags[text] = tuple(t for t in found if not any(a < t.end and t.start < b for a, b in units))
        return self._tags[text]

    def quantities(self, text: str) -> tuple[Quantity, ...]:
        """Quantities outside tags and labels (`Unit 2`); where a tag rule would eat a unit, the quantity wins."""
        if text not in self._quantities:
            if len(self._quantities) > _REMEMBERED:
                self._quantities.clear()
            taken = [(t.start, t.end) for t in self.tags(text)] + [(x.start, x.end) for x in find_labels(text)]
            taken += [m.span() for pattern in (_VOTES, _NUMBERING, _BATCH) for m in pattern.finditer(text)]
            self._quantities[text] = tuple(
                q
                for q in find_quantities(text)
                if not any(a <= q.start and q.end <= b for a, b in taken) and not _is_train(text, q)
            )
        return self._quantities[text]

    def without_numbers(self, text: str) -> str:
        """The text with its quantities blanked: a unit or counter is no word of the subject."""
        text = normalise(text)
        text = COUNTER.sub(lambda m: " " * len(m.group()), text)
        for q in self.quantities(text):
            text = f"{text[: q.start]}{' ' * (q.end - q.start)}{text[q.end :]}"
        return text

    def without_tags(self, text: str, named: str) -> str:
        """The text without those of its tags that another text names, too."""
        known = {tag.normal for tag in self.tags(named)}
        for tag in self.tags(text):
            if tag.normal in known:
                text = f"{text[: tag.start]}{' ' * (tag.end - tag.start)}{text[tag.end :]}"
        return text

    def written(self, text: str) -> list[Quantity]:
        """Numbers written as words."""
        return find_written_numbers(text)

    def codes(self, text: str) -> set[str]:
        """Codes of letters and digits that are neither tags nor quantities: `2oo3`, form numbers."""
        text = _VOTES.sub(
            lambda m: f"{m['least'] or m['least_ko'] or m['least_in']}oo{m['all'] or m['all_ko'] or m['all_in']}",
            normalise(text),
        )
        spans = [(q.start, q.end) for q in find_quantities(text)]
        batches = {m.group() for m in _BATCH.finditer(text)}
        return batches | {
            re.sub(r"[-/.]", "", m.group()).upper()
            for m in _CODE.finditer(text)
            if not _REVISION.fullmatch(m.group())
            if not any(a < m.end() and m.start() < b for a, b in spans)
        }

    def identifiers(self, text: str) -> frozenset[str]:
        """Tags and codes of a text: what tells one thing of a kind from another."""
        return frozenset({t.normal for t in self.tags(text)} | self.codes(text))

    def glossary_terms(self, text: str) -> set[str]:
        """The glossary terms of a text, by their English names."""
        found = (*find_terms(text, self._glossary), *find_terms(in_english(text), self._glossary))
        return {term.entry.en for term in found}

    def known_concepts(self, text: str) -> tuple[Concept, ...]:
        """What a text speaks of that glossary or lexicon know in Korean and in English, units left out."""
        text = in_english(text) or text
        spoken = concepts(text, find_terms(text, self._glossary), ())
        return tuple(c for c in spoken if c.ko and c.en and not (c.written.isdigit() or kind_of_unit(c.written)))

    def features(self, text: str) -> frozenset[str]:
        """What a text speaks of, numbers left out.

        Its words; and, in a form common to all languages, its glossary terms, tags, labels and sides of opposite pairs.
        """
        if text not in self._features:
            if len(self._features) > _REMEMBERED:
                self._features.clear()
            bare = without_endings(self.without_numbers(_PRODUCT.sub(" ", text)))
            words = {t for t in terms(bare) if t not in _NO_SUBJECT and not _DIGITS.match(t)}
            common = {f"@{name}" for name in self.glossary_terms(text)}
            common |= {f"#{tag.normal}" for tag in self.tags(text)}
            common |= {f"#{match.group()}" for match in _PRODUCT.finditer(text)}
            common |= {f"§{label.kind}:{label.number}" for label in find_labels(text)}
            common |= {f"~{name}:{side}" for name, side in sides(text).items() if side != "both" and name in TELLING}
            self._features[text] = frozenset(words | common)
        return self._features[text]

    def context(self, evidence: Evidence) -> str:
        """What stands above a passage: title, document number and headings."""
        chunk = evidence.chunk
        return "\n".join((chunk.title, chunk.document_id, *chunk.heading_path))


class Cited:
    """The passages a claim cites, read: their statements, the numbers in them, and what tells statements apart."""

    def __init__(self, evidence: Sequence[Evidence], reader: Reader) -> None:
        self.evidence, self.reader = tuple(evidence), reader
        self.places = tuple(Place(e, s) for e in evidence for s in split_statements(normalise(e.chunk.text)))
        self._idf = _rarity(reader.features(p.statement.text) for p in self.places)
        self._part_idf = _rarity(self.part_features(q) for p in self.places for q in p.statement.parts)
        self.occurrences = tuple(self._occurrences())

    def part_features(self, part: Part) -> frozenset[str]:
        """What a clause or cell speaks of, its label included."""
        own = self.reader.features(part.text)
        return own | self.reader.features(part.label) if part.label else own

    def _occurrences(self) -> Iterable[Occurrence]:
        for place in self.places:
            statement = place.statement
            stated = (*self.reader.quantities(statement.text), *self.reader.written(statement.text))
            for q in stated:
                at = statement.start + q.start
                part = next((p for p in statement.parts if p.start <= at < p.end), None)
                whole = part or Part(statement.start, statement.end, statement.text)
                said = (
                    whole if statement.kind == "row" else whole._replace(text=said_of(statement.text, q.start, stated))
                )
                yield Occurrence(place, whole, q, said)
                if (unit := shared_unit(q, stated, statement)) and part:
                    yield Occurrence(place, part, with_unit(q, unit), whole)
                # A bare number under "Least, mm" may be said with the unit or as it stands; one that a list lends a
                # unit (`LL 6, 10분`) may have that of its row instead.
                bare = not q.unit or q.unit not in q.text
                unit = unit_of(statement, part, q) if part and bare and statement.kind == "row" else ""
                if unit and part:
                    yield Occurrence(place, part, with_unit(q, unit), part)

    def weight(self, features: Iterable[str]) -> float:
        """How much features tell of a statement: rare ones more."""
        return sum(self._idf.get(f, 0.0) for f in features)

    def held(self, claim: frozenset[str], place: Place) -> float:
        """Weight of a claim's features that a statement holds; what stands above it counts half."""
        own = self.reader.features(place.statement.text)
        above = self.reader.features(self.reader.context(place.evidence)) - own
        return self.weight(claim & own) + _CONTEXT_SHARE * self.weight(claim & above)

    def held_by_part(self, clause: frozenset[str], part: Part) -> float:
        """Weight of a clause's features that a clause or cell holds."""
        return sum(self._part_idf.get(f, 0.0) for f in clause & self.part_features(part))

    def share(self, features: frozenset[str], text: str) -> float:
        """Share of features, by weight, that a text holds; features that no passage holds weigh like rare ones."""
        features = frozenset(f for f in features if f[0] not in "~@§")
        top = max(self._idf.values(), default=1.0)
        total = sum(self._idf.get(f, top) for f in features)
        return sum(self._idf.get(f, top) for f in features & self.reader.features(text)) / total if total else 0.0


def _rarity(sets: Iterable[frozenset[str]]) -> dict[str, float]:
    listed = list(sets)
    counts = Counter(f for features in listed for f in features)
    return {f: math.log(1.0 + len(listed) / n) for f, n in counts.items()}


def clause_at(text: str, position: int) -> str:
    """The clause or cell of a text that holds a position."""
    cells = " | " in text
    parts = split_statements(text)[0].parts if cells and split_statements(text) else clauses(text)
    return next((p.text for p in parts if p.start <= position < p.end), text)


def told_of(claim: str, quantity: Quantity, reader: Reader) -> str:
    """What a claim says of one of its numbers: its cell, or its clause with what follows from it."""
    if " | " in claim:
        return clause_at(claim, quantity.start)
    return said_of(claim, quantity.start, reader.quantities(claim))


def _ends_at(text: str, one: Part, other: Part, beside: Part) -> bool:
    """True where a clause beside has an amount, or tells of something else: `it is 30 s; the LL delay stays`."""
    if find_quantities(beside.text):
        return True
    return ";" in text[one.end - 1 : other.start + 1] or _CONTRASTS.search(one.text) is not None


_CONTRASTS = re.compile(r"(?:지만|반면|는데|으나),?\s*$")


def about_at(text: str, position: int) -> str:
    """The clause that holds a position, with the clauses on both sides that hold no amount of their own.

    "0.5 µS/cm 이상이면 트립이다" tells of 0.5 in one clause and what happens at it in the next.
    """
    if " | " in text:
        return clause_at(text, position)
    parts = clauses(text)
    own = next((i for i, p in enumerate(parts) if p.start <= position < p.end), None)
    if own is None:
        return text
    first = last = own
    while first > 0 and not _ends_at(text, parts[first - 1], parts[first], parts[first - 1]):
        first -= 1
    while last + 1 < len(parts) and not _ends_at(text, parts[last], parts[last + 1], parts[last + 1]):
        last += 1
    return text[parts[first].start : parts[last].end]
