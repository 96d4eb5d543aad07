"""What a question asks for, as a typed plan: language, tags, terms, units, time, and the forms it is searched in."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from walkdown.documents import Language
from walkdown.index import standing
from walkdown.packs.safety import topics_of
from walkdown.packs.schema import Pack
from walkdown.retrieval.exclusions import names_excluded, without_excluded
from walkdown.retrieval.followup import condense
from walkdown.retrieval.foreign import ENOUGH, question_language, read
from walkdown.retrieval.foreign_names import render_foreign
from walkdown.retrieval.foreign_words import READ
from walkdown.retrieval.glossary import Term, expansions, find_terms, substitute
from walkdown.retrieval.intent import (
    AnswerKind,
    AskedQuantity,
    TimeIntent,
    answer_kind,
    asked_quantities,
    asked_time,
    plant_units,
)
from walkdown.retrieval.lexicon import WORDED, Concept, concepts, render
from walkdown.retrieval.naming import fewest
from walkdown.retrieval.spelling import Repair, repairs
from walkdown.text import clock, days
from walkdown.text.languages import detect_language
from walkdown.text.tags import find_tags

Origin = Literal["question", "original", "corrected", "glossary", "translation"]


class Form(BaseModel):
    """One wording of the question, searched in passages of one language.

    `reading` is what the encoders read where that is not `text`: they do better with a sentence around the words.
    """

    model_config = ConfigDict(frozen=True)

    language: Language
    text: str
    origin: Origin
    expansions: tuple[str, ...] = ()
    reading: str = ""

    @property
    def encoded(self) -> str:
        """What the encoders read."""
        return self.reading or self.text


class Correction(BaseModel):
    """A word taken for a slip of the keyboard; both spellings are searched."""

    model_config = ConfigDict(frozen=True)

    typed: str
    meant: str


class UnknownTag(BaseModel):
    """A tag of the question that no readable passage names, and the nearest that exist."""

    model_config = ConfigDict(frozen=True)

    tag: str
    nearest: tuple[str, ...] = ()


class Trains(BaseModel):
    """A tag of the question that names no equipment of its own, and the trains it was read as: P-101A and P-101B."""

    model_config = ConfigDict(frozen=True)

    tag: str
    trains: tuple[str, ...]


class QueryPlan(BaseModel):
    """How a question is searched: kept in the record and shown on request.

    `question` stands alone; `original` is what was typed where the two differ. `wants` is the kind of answer asked,
    `safety` the pack's safety topics that the question is on. `reading` is a Chinese, Japanese or Spanish question word
    by word in English (`walkdown.retrieval.foreign`), `read` the share of its words that was read.
    """

    model_config = ConfigDict(frozen=True)

    question: str
    language: Language
    original: str = ""
    reading: str = ""
    read: float = 0.0
    tags: tuple[str, ...] = ()
    unknown_tags: tuple[UnknownTag, ...] = ()
    trains: tuple[Trains, ...] = ()
    excluded: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    quantities: tuple[AskedQuantity, ...] = ()
    units: tuple[str, ...] = ()
    wants: AnswerKind = "unknown"
    time: TimeIntent | None = None
    safety: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    forms: tuple[Form, ...]

    @property
    def revision_asked(self) -> str:
        """The one revision that the question is about; "" where it names none or sets it against another."""
        return self.time.revision if self.time is not None and self.time.kind == "revision" else ""

    @property
    def worded(self) -> str:
        """The question in a language whose words are known (`WORDED`), to compare with passages; "" if there is none.

        Itself, else its reading where enough was read, else a model's translation.
        """
        if self.language in WORDED:
            return self.question
        if self.reading and self.read >= ENOUGH:
            return self.reading
        translated = {form.language: form.text for form in self.forms if form.origin == "translation"}
        return translated.get("en") or translated.get("ko") or ""

    @property
    def compared(self) -> str:
        """What passages are compared with: `worded`, or the question as it is."""
        return self.worded or self.question

    @property
    def asked(self) -> str:
        """The question as typed, before anything was added to it, or what it was read as."""
        return self.original or self.question if self.language in WORDED else self.compared

    @property
    def said(self) -> str:
        """The question in all wordings that were not made for searching: what a rule that must miss nothing looks at.

        A poor reading counts, too: an emergency may be all that was read of a question.
        """
        foreign = () if self.language in WORDED else (self.reading, self.worded)
        return " ".join(dict.fromkeys(filter(None, (self.original, self.question, *foreign))))


def _corrected(question: str, slips: Sequence[Repair]) -> str:
    text = question
    for slip in sorted(slips, key=lambda slip: -slip.start):
        text = text[: slip.start] + slip.meant + text[slip.end :]
    return text


def _stated(text: str, pack: Pack) -> tuple[AskedQuantity, ...]:
    """Quantities of a text outside its tags: the 24 of DP-24-0042 is none."""
    for tag in find_tags(text, pack.grammar):
        text = text[: tag.start] + " " * (tag.end - tag.start) + text[tag.end :]
    return asked_quantities(text)


def _spoken_of(text: str, found: Sequence[Term], pack: Pack) -> list[Concept]:
    return concepts(text, found, [(tag.start, tag.end) for tag in find_tags(text, pack.grammar)])


def spoken_of(text: str, pack: Pack) -> list[Concept]:
    """The concepts of a text by the pack's glossary and grammar and the lexicon."""
    return fewest(_spoken_of(text, find_terms(text, pack.glossary), pack))


def _foreign_form(question: str, text: str, language: Language, pack: Pack) -> Form:
    """A question, known by `text` in Korean or English, word by word in a language that is read."""
    words = render_foreign(_spoken_of(text, find_terms(text, pack.glossary), pack), language)
    form = Form(language=language, text=words.text or question, origin="glossary", expansions=words.alternatives)
    return form.model_copy(update={"reading": f"{question} {words.text}"}) if words.text else form


def _other_form(text: str, found: Sequence[Term], language: Language, pack: Pack) -> Form:
    """The question in another language, word by word; as it is where its words are not known."""
    if language in READ and detect_language(text) in WORDED:
        return _foreign_form(text, text, language, pack)
    if language not in WORDED or detect_language(text) not in WORDED:
        replaced = substitute(text, found, language) if found and language in WORDED else text
        return Form(language=language, text=replaced, origin="glossary", expansions=expansions(found, language))
    rendered = render(_spoken_of(text, found, pack), language)
    more = tuple(dict.fromkeys((*expansions(found, language), *rendered.alternatives)))
    reading = f"{substitute(text, found, language)} {rendered.text}"
    return Form(language=language, text=rendered.text or text, origin="glossary", expansions=more, reading=reading)


def _other_names(text: str, found: Sequence[Term], language: Language, pack: Pack) -> tuple[str, ...]:
    """What documents may call what a question speaks of, in its own language: "flat out" is base load there."""
    names = render(_spoken_of(text, found, pack), language).names if language in WORDED else ()
    return tuple(dict.fromkeys((*expansions(found, language), *names)))


def _read_form(question: str, reading: str, language: Language, pack: Pack) -> Form:
    """A question in Korean or English by its reading; the encoders read it as typed and the words together."""
    found = find_terms(reading, pack.glossary)
    rendered = render(_spoken_of(reading, found, pack), language)
    text = reading if language == "en" else rendered.text or reading
    more = tuple(dict.fromkeys((*expansions(found, language), *rendered.alternatives)))
    return Form(language=language, text=text, origin="glossary", expansions=more, reading=f"{question} {text}")


_HISTORY: dict[Language, tuple[str, ...]] = {
    "ko": ("개정 이력", "변경 이력"),
    "en": ("revision history", "history"),
}
"""What the section is called that tells what a revision changed, which a question about a change looks for as well."""


def _also(forms: Sequence[Form], words: Mapping[Language, Sequence[str]]) -> list[Form]:
    """The wordings, each with further words of its language to look for."""
    return [form.model_copy(update={"expansions": (*form.expansions, *words.get(form.language, ()))}) for form in forms]


def _as_written(question: str) -> tuple[str, ...]:
    """The days and times of a question as logs write them: `7 o'clock on July 19` is `07:00` and `07-19` there."""
    times = [text for moment in clock.moments_of(question) for text in clock.spellings(moment)]
    return (*(text for day in sorted(days.days_of(question)) for text in days.spellings(day)), *times)


def _without_tags(text: str, excluded: Sequence[str], pack: Pack) -> str:
    for tag in reversed(find_tags(text, pack.grammar)):
        if names_excluded((tag.normal,), excluded):
            text = f"{text[: tag.start]}{text[tag.end :]}"
    return " ".join(text.split())


def _standing(question: str, excluded: Sequence[str], turns: Sequence[str], pack: Pack) -> str:
    """The question made to stand alone; what it leaves out is not carried over from the questions before it."""
    if excluded and not find_tags(question, pack.grammar):
        turns = [_without_tags(turn, excluded, pack) for turn in turns]
    return condense(question, turns, pack) if turns else question


def understand(
    question: str,
    pack: Pack,
    corpus_languages: Sequence[Language],
    *,
    turns: Sequence[str] = (),
    today: dt.date | None = None,
) -> QueryPlan:
    """Plan a search without any model: one form per language of the corpus.

    `turns` are the user's earlier questions, oldest first; a follow-up is made to stand alone and is searched as typed
    as well. The form in the question's own language is the question with the other names of its terms and words as
    expansions; in another language it is the question word by word. `today` is what relative dates count from. What
    the rules find nothing of in the question they look for in its reading.
    """
    typed, (original, excluded) = question, without_excluded(question, pack.grammar)
    question = _standing(original, excluded, turns, pack)
    language = question_language(question)
    said = read(question, language, glossary=pack.glossary, grammar=pack.grammar)
    written = find_terms(question, pack.glossary)
    # `presión` is no slip for `pressure`.
    slips = [] if language == "es" else repairs(question, written, pack.glossary)
    text = _corrected(question, slips)
    found = find_terms(text, pack.glossary) if slips else written
    own = _other_names(text, found, language, pack)
    forms = [Form(language=language, text=question, origin="question", expansions=own)]
    if text != question:
        forms.append(Form(language=language, text=text, origin="corrected"))
    if original != question:
        forms.append(Form(language=detect_language(original), text=original, origin="original"))
    for other in corpus_languages:
        if other != language and said.enough:
            forms.append((_read_form if other in WORDED else _foreign_form)(question, said.text, other, pack))
        elif other != language:
            forms.append(_other_form(text, found, other, pack))
    time = asked_time(question, said.text, today or standing.today())  # of the plant, not of UTC
    if time is not None and time.kind == "changed":
        forms = _also(forms, _HISTORY)
    if when := _as_written(question) or _as_written(said.text):
        forms = _also(forms, {form.language: when for form in forms})
    tags, wants = find_tags(question, pack.grammar) or find_tags(said.text, pack.grammar), answer_kind(question)
    return QueryPlan(
        question=question,
        language=language,
        original=typed if typed != question else "",
        reading=said.text,
        read=round(said.share, 3),
        tags=tuple(dict.fromkeys(tag.normal for tag in tags)),
        excluded=excluded,
        terms=tuple(dict.fromkeys(term.entry.en for term in (*found, *find_terms(said.text, pack.glossary)))),
        quantities=_stated(question, pack) or _stated(said.text, pack),
        units=plant_units(question) or plant_units(said.text),
        wants=answer_kind(said.text) if wants == "unknown" and said.text else wants,
        time=time,
        safety=tuple(
            topic.id for topic in topics_of(pack.safety, f"{typed if excluded else ''} {question} {said.text}".strip())
        ),
        corrections=tuple(Correction(typed=slip.typed, meant=slip.meant) for slip in slips),
        forms=tuple(forms),
    )
