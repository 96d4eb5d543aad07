"""Finds a pack's glossary terms in a question and offers their other forms: abbreviation, long form, other language."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from walkdown.documents import Language
from walkdown.packs.schema import GlossaryEntry
from walkdown.text.languages import detect_language, normalise

_HANGUL = re.compile(r"[가-힣]")


class Term(NamedTuple):
    """A glossary term found in a text: the entry and the characters it covers."""

    entry: GlossaryEntry
    start: int
    end: int


def _expression(form: str) -> str:
    """How a form is found: a Latin one stands alone, a Korean one may be followed by a particle."""
    if _HANGUL.search(form):
        return re.escape(form)
    # Two capitals keep their case, because "do" is no dissolved oxygen; before "-201" they are part of a tag.
    body = f"(?-i:{re.escape(form)})" if len(form) <= 2 and form.isupper() else re.escape(form)
    return rf"(?<![A-Za-z0-9]){body}(?:e?s)?(?![A-Za-z0-9]|-\d)"


@lru_cache(maxsize=64)
def _matcher(glossary: tuple[GlossaryEntry, ...]) -> tuple[re.Pattern[str], dict[str, GlossaryEntry]] | None:
    """One alternation over all forms, longest first, and the entry of each form (the first entry wins)."""
    by_form: dict[str, GlossaryEntry] = {}
    spellings: dict[str, str] = {}
    for entry in glossary:
        for form in map(normalise, entry.forms()):
            by_form.setdefault(form.casefold(), entry)
            spellings.setdefault(form.casefold(), form)
    if not by_form:
        return None
    parts = [_expression(form) for form in sorted(spellings.values(), key=len, reverse=True)]
    return re.compile("|".join(parts), re.IGNORECASE), by_form


def find_terms(text: str, glossary: Sequence[GlossaryEntry]) -> list[Term]:
    """Glossary terms of a text in order, longest match first."""
    built = _matcher(tuple(glossary))
    if built is None:
        return []
    pattern, by_form = built
    found = []
    for match in pattern.finditer(normalise(text)):
        key = match.group().casefold()
        entry = by_form.get(key) or by_form.get(key.removesuffix("s")) or by_form.get(key.removesuffix("es"))
        if entry is not None:
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
