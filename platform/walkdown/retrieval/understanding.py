"""What a question asks for: language, tags, glossary terms, and the forms in which it is searched."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from walkdown.documents import Language
from walkdown.errors import UsageError
from walkdown.packs.schema import Pack
from walkdown.retrieval.glossary import expansions, find_terms, substitute
from walkdown.text.languages import detect_language, normalise
from walkdown.text.tags import find_tags


class Form(BaseModel):
    """One wording of the question, searched in passages of one language."""

    model_config = ConfigDict(frozen=True)

    language: Language
    text: str
    origin: Literal["question", "glossary", "translation"]
    expansions: tuple[str, ...] = ()


class QueryPlan(BaseModel):
    """How a question is searched: kept in the record and shown on request."""

    model_config = ConfigDict(frozen=True)

    question: str
    language: Language
    tags: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    forms: tuple[Form, ...]


def check_question(question: str, *, max_chars: int) -> str:
    """The question as NFC without outer white space; UsageError when it is empty or too long."""
    cleaned = normalise(question).strip()
    if not any(c.isalnum() for c in cleaned):
        raise UsageError("The question is empty.", "Type a question in Korean or English.")
    if len(cleaned) > max_chars:
        raise UsageError(
            f"The question has {len(cleaned):,} characters; at most {max_chars:,} are taken.",
            "Shorten it to what you need to know.",
        )
    return cleaned


def understand(question: str, pack: Pack, corpus_languages: Sequence[Language]) -> QueryPlan:
    """Plan a search without any model: one form per language of the corpus.

    The form in the question's own language is the question with its glossary terms' other names as expansions;
    in another language it is the question with the glossary terms replaced.
    """
    language = detect_language(question)
    found = find_terms(question, pack.glossary)
    forms = [Form(language=language, text=question, origin="question", expansions=expansions(found, language))]
    for other in corpus_languages:
        if other == language:
            continue
        text = substitute(question, found, other) if found and other in ("ko", "en") else question
        forms.append(Form(language=other, text=text, origin="glossary", expansions=expansions(found, other)))
    return QueryPlan(
        question=question,
        language=language,
        tags=tuple(dict.fromkeys(t.normal for t in find_tags(question, pack.grammar))),
        terms=tuple(dict.fromkeys(term.entry.en for term in found)),
        forms=tuple(forms),
    )
