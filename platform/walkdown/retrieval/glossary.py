"""Finds a pack's glossary terms in a question and offers their other forms: abbreviation, long form, other language."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from walkdown.documents import Language
from walkdown.packs.schema import GlossaryEntry
from walkdown.text.languages import detect_language, normalise
from walkdown.text.units import UNITS

_HANGUL = re.compile(r"[가-힣]")
_UNITS = tuple(unit for unit in UNITS if len(unit) > 2 and _HANGUL.match(unit))
_SEAM = re.compile(r"(?<=[가-힣]{2})(?=[가-힣]{2})")


class Term(NamedTuple):
    """A glossary term found in a text: the entry and the characters it covers."""

    entry: GlossaryEntry
    start: int
    end: int


def _closed(form: str) -> str:
    """A form as it is looked up: case folded, and a Korean one without the spaces its writers set as they like."""
    folded = form.casefold()
    return "".join(folded.split()) if _HANGUL.search(form) else folded


def _expression(form: str) -> str:
    """How a form is found: a Latin one stands alone, a Korean one may be followed by a particle.

    Korean compounds are written with and without a space (`설정압력`, `설정 압력`): one is let pass where the form has
    one and where two syllables stand on either side.
    """
    if _HANGUL.search(form):
        return " ?".join(_SEAM.sub(" ?", re.escape(word)) for word in form.split())
    # Two capitals keep their case, because "do" is no dissolved oxygen; before "-201" they are part of a tag.
    body = f"(?-i:{re.escape(form)})" if len(form) <= 2 and form.isupper() else re.escape(form)
    return rf"(?<![A-Za-z0-9]){body}(?:e?s)?(?![A-Za-z0-9]|-\d)"


class _Forms(NamedTuple):
    """The forms of a glossary, longest first: as looked up, as written, and the entry of each (the first one wins)."""

    glossary: tuple[GlossaryEntry, ...]
    folded: tuple[str, ...]
    spellings: dict[str, str]
    entries: dict[str, GlossaryEntry]


_read: dict[int, _Forms] = {}
_KEPT = 64


def _forms(glossary: tuple[GlossaryEntry, ...]) -> _Forms:
    """The forms of a glossary, kept by the tuple's identity: hashing hundreds of entries for each text is slow."""
    known = _read.get(id(glossary))
    if known is not None and known.glossary is glossary:
        return known
    entries: dict[str, GlossaryEntry] = {}
    spellings: dict[str, str] = {}
    for entry in glossary:
        for form in map(normalise, entry.forms()):
            entries.setdefault(_closed(form), entry)
            spellings.setdefault(_closed(form), form)
    if len(_read) >= _KEPT:
        _read.clear()
    _read[id(glossary)] = built = _Forms(glossary, tuple(sorted(spellings, key=len, reverse=True)), spellings, entries)
    return built


@lru_cache(maxsize=4096)
def _pattern(spellings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(_expression, spellings)), re.IGNORECASE)


def _begins_unit(text: str, start: int, end: int) -> bool:
    """True where a match is but the beginning of a unit's name: no detergent (`세제`) is in `세제곱미터`."""
    return any(len(unit) > end - start and text.startswith(unit, start) for unit in _UNITS)


def find_terms(text: str, glossary: Sequence[GlossaryEntry]) -> list[Term]:
    """Glossary terms of a text in order, longest match first."""
    forms = _forms(glossary if isinstance(glossary, tuple) else tuple(glossary))
    text = normalise(text)
    folded, closed = text.casefold(), "".join(text.casefold().split())
    # Only the forms that occur at all are put into the expression: one of hundreds of forms is slow.
    present = tuple(forms.spellings[form] for form in forms.folded if form in folded or form in closed)
    if not present:
        return []
    found = []
    for match in _pattern(present).finditer(text):
        key = _closed(match.group())
        entry = forms.entries.get(key) or forms.entries.get(key.removesuffix("s"))
        entry = entry or forms.entries.get(key.removesuffix("es"))
        if entry is not None and not _begins_unit(text, match.start(), match.end()):
            found.append(Term(entry, match.start(), match.end()))
    return found


def expansions(terms: Sequence[Term], language: Language) -> tuple[str, ...]:
    """Every form of the terms that reads in a language; abbreviations read in all."""
    forms = [
        form
        for term in terms
        for form in term.entry.forms()
        if form == term.entry.abbreviation or detect_language(form) == language
    ]
    return tuple(dict.fromkeys(forms))


def substitute(text: str, terms: Sequence[Term], language: Language) -> str:
    """The text with each term replaced by its name in `language` (Korean or English)."""
    out, at = [], 0
    text = normalise(text)
    for term in terms:
        name = term.entry.ko if language == "ko" else term.entry.en
        out += [text[at : term.start], f" {name} "]
        at = term.end
    return re.sub(r"\s{2,}", " ", "".join([*out, text[at:]])).strip()
