"""Reads claims and passages alike: their words, terms, quantities, codes and labels; what was read is kept."""

import re
from collections.abc import Sequence
from typing import TypeVar

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

_Read = TypeVar("_Read")

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
_REMEMBERED = 10_000
"""Texts that a reader keeps: the lines of some ten questions' passages."""
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


def _kept(memory: dict[str, _Read], text: str, read: _Read) -> _Read:
    """What was read, remembered. Another thread may read the same or empty the memory at any moment."""
    if len(memory) > _REMEMBERED:
        memory.clear()
    memory[text] = read
    return read


class Reader:
    """Reads texts with one pack's grammar and glossary; what was read once is remembered."""

    def __init__(self, grammar: Sequence[TagPattern], glossary: Sequence[GlossaryEntry]) -> None:
        self._grammar, self._glossary = grammar, tuple(glossary)
        self._features: dict[str, frozenset[str]] = {}
        self._quantities: dict[str, tuple[Quantity, ...]] = {}
        self._tags: dict[str, tuple[Tag, ...]] = {}
        self._codes: dict[str, frozenset[str]] = {}
        self._terms: dict[str, frozenset[str]] = {}

    def tags(self, text: str) -> tuple[Tag, ...]:
        """Tags that are not the unit of a quantity."""
        if (known := self._tags.get(text)) is not None:
            return known
        units = [(q.start, q.end) for q in find_quantities(text) if q.unit]
        found = find_tags(text, self._grammar)
        return _kept(self._tags, text, tuple(t for t in found if not any(a < t.end and t.start < b for a, b in units)))

    def quantities(self, text: str) -> tuple[Quantity, ...]:
        """Quantities outside tags and labels (`Unit 2`); where a tag rule would eat a unit, the quantity wins."""
        if (known := self._quantities.get(text)) is not None:
            return known
        taken = [(t.start, t.end) for t in self.tags(text)] + [(x.start, x.end) for x in find_labels(text)]
        taken += [m.span() for pattern in (_VOTES, _NUMBERING, _BATCH) for m in pattern.finditer(text)]
        found = tuple(
            q
            for q in find_quantities(text)
            if not any(a <= q.start and q.end <= b for a, b in taken) and not _is_train(text, q)
        )
        return _kept(self._quantities, text, found)

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

    def codes(self, text: str) -> frozenset[str]:
        """Codes of letters and digits that are neither tags nor quantities: `2oo3`, form numbers."""
        if (known := self._codes.get(text)) is not None:
            return known
        spelt = _VOTES.sub(
            lambda m: f"{m['least'] or m['least_ko'] or m['least_in']}oo{m['all'] or m['all_ko'] or m['all_in']}",
            normalise(text),
        )
        spans = [(q.start, q.end) for q in find_quantities(spelt)]
        found = {m.group() for m in _BATCH.finditer(spelt)} | {
            re.sub(r"[-/.]", "", m.group()).upper()
            for m in _CODE.finditer(spelt)
            if not _REVISION.fullmatch(m.group())
            if not any(a < m.end() and m.start() < b for a, b in spans)
        }
        return _kept(self._codes, text, frozenset(found))

    def identifiers(self, text: str) -> frozenset[str]:
        """Tags and codes of a text: what tells one thing of a kind from another."""
        return self.codes(text) | {t.normal for t in self.tags(text)}

    def glossary_terms(self, text: str) -> frozenset[str]:
        """The glossary terms of a text, by their English names."""
        if (known := self._terms.get(text)) is not None:
            return known
        found = (*find_terms(text, self._glossary), *find_terms(in_english(text), self._glossary))
        return _kept(self._terms, text, frozenset(term.entry.en for term in found))

    def known_concepts(self, text: str) -> tuple[Concept, ...]:
        """What a text speaks of that glossary or lexicon know in Korean and in English, units left out."""
        text = in_english(text) or text
        spoken = concepts(text, find_terms(text, self._glossary), ())
        return tuple(c for c in spoken if c.ko and c.en and not (c.written.isdigit() or kind_of_unit(c.written)))

    def features(self, text: str) -> frozenset[str]:
        """What a text speaks of, numbers left out.

        Its words; and, in a form common to all languages, its glossary terms, tags, labels and sides of opposite pairs.
        """
        if (known := self._features.get(text)) is not None:
            return known
        bare = without_endings(self.without_numbers(_PRODUCT.sub(" ", text)))
        words = {t for t in terms(bare) if t not in _NO_SUBJECT and not _DIGITS.match(t)}
        common = {f"@{name}" for name in self.glossary_terms(text)}
        common |= {f"#{tag.normal}" for tag in self.tags(text)}
        common |= {f"#{match.group()}" for match in _PRODUCT.finditer(text)}
        common |= {f"§{label.kind}:{label.number}" for label in find_labels(text)}
        common |= {f"~{name}:{side}" for name, side in sides(text).items() if side != "both" and name in TELLING}
        return _kept(self._features, text, frozenset(words | common))

    def context(self, evidence: Evidence) -> str:
        """What stands above a passage: title, document number and headings."""
        chunk = evidence.chunk
        return "\n".join((chunk.title, chunk.document_id, *chunk.heading_path))


_readers: dict[tuple[int, int], tuple[Sequence[TagPattern], Sequence[GlossaryEntry], Reader]] = {}
_PACKS = 16


def reader_of(grammar: Sequence[TagPattern], glossary: Sequence[GlossaryEntry]) -> Reader:
    """The one reader of a pack's grammar and glossary, so that a passage found by two questions is read once."""
    known = _readers.get((id(grammar), id(glossary)))
    if known is not None and known[0] is grammar and known[1] is glossary:
        return known[2]
    if len(_readers) >= _PACKS:
        _readers.clear()
    # Both are kept beside their reader: while they live, no other object has their id.
    _readers[id(grammar), id(glossary)] = (grammar, glossary, reader := Reader(grammar, glossary))
    return reader
