"""What an engineer reads is there in every language: sentences of the pages, and those that come from the server."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from string import Formatter

import pytest

from walkdown.answering import phrases
from walkdown.documents import LANGUAGES, Language
from walkdown.outcomes import WORDS
from walkdown.packs.figures import Figure, figure_rows
from walkdown.reasons import REASONS
from walkdown.retelling import SENTENCES
from walkdown_ui.languages import LABELS, TEXTS, in_language, of_browser
from walkdown_ui.texts import Texts

OTHERS: tuple[Language, ...] = ("ja", "zh", "es")
HANGUL, KANA, HAN = re.compile("[가-힣]"), re.compile("[ぁ-んァ-ヶ]"), re.compile("[一-龯]")
AS_IN_ENGLISH = {
    ("es", "waited"), ("es", "revision"), ("en", "distribution"), *((code, "found") for code in LANGUAGES)
}  # fmt: skip
"""Signs, and a few words that are the same, or of another language: by language and key."""


def sentences(texts: Texts) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in dataclasses.fields(texts):
        value = getattr(texts, field.name)
        if isinstance(value, Mapping):
            found |= {f"{field.name}.{key}": sentence for key, sentence in value.items()}
        else:
            found[field.name] = value
    return found


def of_the_server() -> Iterator[tuple[str, Mapping[Language, str]]]:
    """The phrases of answers by name, in all their languages."""
    for name, value in vars(phrases).items():
        if name.isupper():
            if "ko" in value:
                yield name, value
            else:
                yield from ((f"{name}.{key}", texts) for key, texts in value.items())


def by_language() -> Iterator[tuple[str, Mapping[Language, Mapping[str, str]]]]:
    """Every collection of sentences: a name, and the sentences of each language by key."""
    yield "pages", {code: sentences(texts) for code, texts in TEXTS.items()}
    yield "phrases", {code: {key: texts[code] for key, texts in of_the_server()} for code in LANGUAGES}
    yield "reasons", REASONS
    yield "outcomes", WORDS
    yield "retold", SENTENCES


COLLECTIONS = dict(by_language())


def blanks(sentence: str) -> list[tuple[str, str | None]]:
    """What is filled in, with how it is written: `{threshold:.2f}`."""
    return sorted((name, how) for _, name, how, _ in Formatter().parse(sentence) if name is not None)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_language_has_every_sentence_with_the_same_blanks(name: str) -> None:
    collection = COLLECTIONS[name]
    assert set(collection) == set(LANGUAGES)
    english = collection["en"]
    assert len(english) >= 12
    for code in LANGUAGES:
        assert collection[code].keys() == english.keys(), code
        for key, sentence in collection[code].items():
            assert sentence.strip() == sentence != "", (code, key)
            assert blanks(sentence) == blanks(english[key]), (code, key)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_no_sentence_is_left_in_another_language(name: str) -> None:
    collection = COLLECTIONS[name]
    for code in LANGUAGES:
        for key, sentence in collection[code].items():
            if (code, key) in AS_IN_ENGLISH:
                continue
            assert bool(HANGUL.search(sentence)) == (code == "ko"), (code, key)
            assert not KANA.search(sentence) or code == "ja", (code, key)
            assert bool(HAN.search(sentence) or KANA.search(sentence)) == (code in ("ja", "zh")), (code, key)
            assert code == "en" or sentence != collection["en"][key], (code, key)


def test_what_is_called_alike_in_english_is_not_another_thing_elsewhere() -> None:
    # A status is named on the answer, on the page of unanswered questions and in the sentences about it.
    for texts in TEXTS.values():
        states = [texts.answered, texts.quoted, texts.refused, texts.incomplete, texts.uncertain, texts.partly]
        assert len(set(states)) == len(states)
        documents = [texts.in_force, texts.superseded, texts.pending, texts.conflict, texts.withdrawn]
        assert len(set(documents)) == len(documents)


def test_the_notice_of_an_answer_is_the_one_of_the_first_page() -> None:
    for code, texts in TEXTS.items():
        assert texts.advice == phrases.NOTICE[code]


def test_the_reader_is_told_every_language_that_can_be_asked_in() -> None:
    names: dict[Language, tuple[str, ...]] = {
        "ko": ("한국어", "영어", "중국어", "일본어", "스페인어"),
        "en": ("Korean", "English", "Chinese", "Japanese", "Spanish"),
        "ja": ("韓国語", "英語", "中国語", "日本語", "スペイン語"),
        "zh": ("韩语", "英语", "中文", "日语", "西班牙语"),
        "es": ("coreano", "inglés", "chino", "japonés", "español"),
    }
    for code, texts in TEXTS.items():
        assert all(name in texts.welcome_hint for name in names[code]), code
    assert list(TEXTS) == list(LABELS) and set(TEXTS) == set(LANGUAGES)


def test_the_steps_of_a_drawn_flow_are_headed_in_the_language_of_their_document() -> None:
    flow = Figure(caption="f", kind="flow", steps=("A", "B"))
    heads = {figure_rows(flow, code)[0] for code in LANGUAGES}
    assert len(heads) == len(LANGUAGES) and all(number and step for number, step in heads)


def test_a_text_of_a_pack_falls_back_to_english() -> None:
    assert in_language({"ko": "발전", "en": "Power", "es": "Central"}, "es", "power") == "Central"
    assert in_language({"ko": "발전", "en": "Power"}, "es", "power") == "Power"
    assert in_language({}, "ja", "power") == "power"


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("ko-KR", "ko"), ("ja", "ja"), ("zh-TW", "zh"), ("es_MX", "es"),
        ("en-GB", "en"), ("fr-FR", "en"), (None, "ko"), ("", "ko"),
    ],
)  # fmt: skip
def test_a_new_page_is_in_the_language_of_the_browser(locale: str | None, language: Language) -> None:
    assert of_browser(locale) == language
