"""What a question speaks of, concept by concept, and its wording in Korean and English without any model.

The pack's glossary comes first, then a lexicon of plant words (`lexicon.txt`, `lexicon_plant.txt`). The wording in the
other language is no sentence: it is a bag of words, which a lexical search and a sentence encoder can use.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from walkdown.documents import Language
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.glossary import Term
from walkdown.retrieval.korean_verbs import inflections
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.languages import detect_language, normalise

_RUN = re.compile(
    r"(?P<code>(?=[A-Za-z./-]*\d)[A-Za-z0-9][A-Za-z0-9./-]*)|(?P<ko>[가-힣]+(?: [가-힣]+)*)"
    r"|(?P<en>[A-Za-z]+(?:[ '’-](?![A-Za-z]*[-./]?\d)[A-Za-z]+)*)|(?P<other>[^\s가-힣A-Za-z][^\s가-힣]*)"
)
_MAX_WORDS = 4
_KEPT = re.compile(r"[A-Z]{2,}[a-z]?")
"""Latin that Korean documents write as it is: abbreviations."""
WORDED: frozenset[Language] = frozenset({"ko", "en"})
"""Languages between which the lexicon carries a question."""
_ASKING_SECTION = "# --- asking"
_PARTICLE = re.compile(
    r"(?:은|는|이|가|을|를|에|의|로|와|과|도|만|까지|부터|에서|으로|에게|한테|보다|이나|나|면|이면|라면|이라면|인|야|지|요)?$"
)
_STANDS_ALONE = re.compile(r"(?:은|는|이|가|을|를|에|의|로|와|과|도|만|까지|부터|에서|으로)?(?:\s|$)")


class Row(NamedTuple):
    """One line of the lexicon: forms in both languages; `asking` marks question words, which carry no subject."""

    ko: tuple[str, ...]
    en: tuple[str, ...]
    asking: bool


class Lexicon(NamedTuple):
    """Rows by their forms: Korean as written, English by the stems of its words.

    `initial` are Korean forms that count only where a word begins: the short inflections of verbs occur in other words.
    `closed` leads from an English key without its spaces to the key: `shutoff` is `shut off`, `set point` `setpoint`.
    """

    korean: Mapping[str, tuple[Row, ...]]
    english: Mapping[str, tuple[Row, ...]]
    longest: int
    initial: frozenset[str] = frozenset()
    closed: Mapping[str, str] = {}


class Concept(NamedTuple):
    """One thing that a question speaks of: as written and by its names; `weight` is its share in what is asked."""

    written: str
    ko: tuple[str, ...]
    en: tuple[str, ...]
    weight: float = 1.0

    def names(self, language: str) -> tuple[str, ...]:
        """Its names in a language; others are read into English (`walkdown.retrieval.foreign_passages`)."""
        return self.ko if language == "ko" else self.en if language == "en" else (self.written, *self.en)


class Rendered(NamedTuple):
    """A text in a language: the words, further names for them, and all names that what is asked has there."""

    text: str
    alternatives: tuple[str, ...]
    names: tuple[str, ...]


_FORMED = re.compile(r"\w{3}[^aeo]at$")
_DOUBLING = ("ed", "ing", "ings")


_IRREGULAR = dict(
    pair.split("=")
    for pair in "frozen=freeze froze=freeze broken=break broke=break held=hold kept=keep taken=take took=take "
    "drawn=draw written=write worn=wear blown=blow sent=send built=build ran=run risen=rise rose=rise fallen=fall "
    "fell=fall driven=drive drove=drive begun=begin began=begin chosen=choose given=give gave=give made=make "
    "shaken=shake sunk=sink spun=spin stuck=stick torn=tear thrown=throw fed=feed bent=bend burnt=burn laid=lay".split()
)


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """An English word without its commonest endings, so that "inspected" meets "inspect", "frozen" "freeze"."""
    word = _IRREGULAR.get(word.lower(), word.lower())
    for ending, least in (("ations", 4), ("ation", 4), ("ings", 4), ("ing", 4), ("ied", 3), ("ies", 3), ("ed", 4),
                          ("es", 4), ("s", 3), ("e", 4)):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            bare = word[: -len(ending)]
            # "stopped" is "stop", but "filling" is "fill".
            if ending in _DOUBLING and bare[-1] == bare[-2] and bare[-1] in "bdgmnprt":
                return bare[:-1]
            # "regenerated" is "regeneration".
            return bare[:-2] if _FORMED.search(bare) else bare
    return word


def english_key(text: str) -> str:
    """The stems of a phrase's words, which make two spellings of it equal."""
    return " ".join(stem(word) for word in re.findall(r"[A-Za-z]+", text))


_NOUN = re.compile(r"소다$")
"""Nouns that end as dictionary forms of verbs do: soda."""
_NAMES_OF_VERB = 7
_SHORT = 2


def _is_verb(form: str) -> bool:
    return len(form) > 1 and form.endswith("다") and not _NOUN.search(form)


def _named_forms(forms: Sequence[str]) -> tuple[str, ...]:
    """What documents may hold of the forms: a verb by its commonest inflections."""
    names = [name for form in forms for name in (inflections(form)[:_NAMES_OF_VERB] if _is_verb(form) else (form,))]
    return tuple(dict.fromkeys(names))


def parse_lexicon(lines: Sequence[str]) -> Lexicon:
    """The lexicon of lines `form;form=form;form`; lines after "# --- asking" up to the next heading ask.

    A Korean form that ends in 다 is a verb, found by its inflections.
    """
    korean: dict[str, list[Row]] = {}
    whole: set[str] = set()
    short: set[str] = set()
    english: dict[str, list[Row]] = {}
    asking = False
    for line in lines:
        if line.startswith("# ---"):
            asking = line.startswith(_ASKING_SECTION)
        if not line.strip() or line.startswith("#"):
            continue
        left, right = (tuple(part.split(";")) for part in line.strip().split("=", 1))
        row = Row(_named_forms(left), right, asking)
        for form in left:
            found = inflections(form) if _is_verb(form) else (form,)
            (short if _is_verb(form) else whole).update(f for f in found if len(f) == _SHORT or not _is_verb(form))
            for inflected in found:
                korean.setdefault(inflected, []).append(row)
        for form in right:
            english.setdefault(english_key(form), []).append(row)
    return Lexicon(
        {form: tuple(rows) for form, rows in korean.items()},
        {form: tuple(rows) for form, rows in english.items()},
        max(map(len, korean), default=0),
        frozenset(short - whole),
        {key.replace(" ", ""): key for key in english},
    )


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with Walkdown."""
    folder = resources.files("walkdown.retrieval")
    texts = [folder.joinpath(name).read_text("utf-8") for name in ("lexicon.txt", "lexicon_plant.txt")]
    return parse_lexicon(normalise("\n".join(texts)).splitlines())


def _of_rows(written: str, rows: Sequence[Row]) -> Concept:
    ko = tuple(dict.fromkeys(form for row in rows for form in row.ko))
    en = tuple(dict.fromkeys(form for row in rows for form in row.en))
    return Concept(written, ko, en, 0.3 if rows[0].asking else 1.0)


def _counts(piece: str, at: int, word: str, words: Lexicon) -> bool:
    """True where a form found within a word may be taken for itself."""
    if len(piece) == 1:
        return at == 0 and _STANDS_ALONE.match(word, 1) is not None
    return at == 0 or piece not in words.initial


def _korean_word(word: str, words: Lexicon) -> Iterator[Concept]:
    """Concepts of one Korean word: lexicon forms, longest first, and what precedes them if no form accounts for it.

    A single syllable counts only where it is the word but for a particle, because endings look like nouns.
    """
    at, left_over = 0, ""
    while at < len(word):
        for size in range(min(words.longest, len(word) - at), 0, -1):
            piece = word[at : at + size]
            if piece in words.korean and _counts(piece, at, word, words):
                yield _of_rows(piece, words.korean[piece])
                at += size
                break
        else:
            left_over += word[at] if at == len(left_over) else ""
            at += 1
    bare = _PARTICLE.sub("", left_over)
    if len(bare) > 1 and bare not in FUNCTION_WORDS and left_over not in FUNCTION_WORDS:
        yield Concept(bare, (bare,), ())


def _korean_run(run: str, words: Lexicon) -> Iterator[Concept]:
    """Concepts of a Hangul run; forms of several words come before those of one."""
    at = 0
    for match in re.finditer(r"\S+", run):
        if match.start() < at:
            continue
        for size in range(min(words.longest, len(run) - match.start()), len(match.group()), -1):
            piece = run[match.start() : match.start() + size]
            if piece in words.korean:
                yield _of_rows(piece, words.korean[piece])
                at = match.start() + size
                break
        else:
            yield from _korean_word(match.group(), words)


_BOUNDS = frozenset({"minimum", "maximum", "limit", "limits", "before", "after", "during", "below", "above"})
"""Words that a lexical search takes for filler but that say what is asked."""


def _is_filler(word: str) -> bool:
    return word.lower() in FUNCTION_WORDS and word.lower() not in _BOUNDS


def _meant(tokens: Sequence[str], words: Lexicon) -> Sequence[Row]:
    """The rows of a phrase; where some have it as written, those alone: `wind` is no winding, `bar` no barring."""
    stems = list(map(stem, tokens))
    rows = words.english.get(" ".join(stems)) or words.english.get(words.closed.get("".join(stems), ""), ())
    written = " ".join(tokens).lower()
    return [row for row in rows if any(form.lower() == written for form in row.en)] or rows


def _english_run(run: str, words: Lexicon) -> Iterator[Concept]:
    """Concepts of a Latin run, longest phrase first."""
    tokens = re.findall(r"[A-Za-z]+", run)
    at = 0
    while at < len(tokens):
        for size in range(min(_MAX_WORDS, len(tokens) - at), 0, -1):
            rows = _meant(tokens[at : at + size], words)
            if rows and not (size == 1 and _is_filler(tokens[at]) and not rows[0].asking):
                yield _of_rows(" ".join(tokens[at : at + size]), rows)
                at += size
                break
        else:
            word = tokens[at]
            if len(word) > 1 and word.lower() not in FUNCTION_WORDS:
                yield Concept(word, (word,) if _KEPT.fullmatch(word) else (), (word,))
            at += 1


def _gap(text: str, words: Lexicon) -> Iterator[Concept]:
    """Concepts of a stretch without glossary terms; numbers and codes are themselves in every language."""
    for match in _RUN.finditer(text):
        if match["ko"]:
            yield from _korean_run(match["ko"], words)
        elif match["en"]:
            yield from _english_run(match["en"], words)
        elif any(c.isalnum() for c in match.group()):
            kept = match.group().strip("?!.,:;()\"'-/")
            yield Concept(kept, (kept,), (kept,))


def concept_of(term: Term, text: str) -> Concept:
    """A glossary term found in a text, as a concept: by all its forms."""
    return of_entry(term.entry, text[term.start : term.end])


def of_entry(entry: GlossaryEntry, written: str = "") -> Concept:
    """An entry of a glossary as a concept, as written in a text or by its English name."""
    forms = entry.forms()
    ko = (entry.ko, *(f for f in forms if f != entry.ko and (f == entry.abbreviation or detect_language(f) == "ko")))
    en = (entry.en, *(f for f in forms if f != entry.en and (f == entry.abbreviation or detect_language(f) != "ko")))
    return Concept(written or entry.en, tuple(dict.fromkeys(ko)), tuple(dict.fromkeys(en)))


def concepts(text: str, terms: Sequence[Term], codes: Sequence[tuple[int, int]]) -> list[Concept]:
    """What a question speaks of, in order.

    `terms` are the glossary's terms in it and `codes` the spans of its tags, which are the same in every language.
    """
    text = normalise(text)
    words = lexicon()
    fixed = [(start, end, Concept(text[start:end], (text[start:end],), (text[start:end],))) for start, end in codes]
    for term in terms:
        if all(term.end <= a or term.start >= b for a, b, _ in fixed):
            fixed.append((term.start, term.end, concept_of(term, text)))
    found: list[Concept] = []
    at = 0
    for start, end, concept in sorted(fixed, key=lambda item: item[0]):
        found += [*_gap(text[at:start], words), concept]
        at = end
    return [*found, *_gap(text[at:], words)]


def render(spoken: Sequence[Concept], target: Language) -> Rendered:
    """Concepts as words of Korean or English; what has no name there is left out."""
    named = [names for concept in spoken if (names := concept.names(target))]
    every = [names for concept in spoken if concept.weight == 1.0 and (names := concept.names(target))]
    more, all_names = (dict.fromkeys(n for names in every for n in names[at:] if len(n) > 1) for at in (1, 0))
    return Rendered(" ".join(names[0] for names in named), tuple(more), tuple(all_names))
