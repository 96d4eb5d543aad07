"""Plant words in two languages: verbs by their inflections, rows that read as meant."""

import pytest

from walkdown.retrieval.korean_verbs import inflections
from walkdown.retrieval.lexicon import concepts, lexicon, parse_lexicon, render, stem


@pytest.mark.parametrize(
    ("verb", "found", "never"),
    [
        ("끊다", {"끊는", "끊어", "끊으"}, {"끈어", "끊"}),
        ("자르다", {"자르", "잘라", "자른"}, {"자르어", "잘르"}),
        ("뜨겁다", {"뜨겁", "뜨거워", "뜨거운"}, {"뜨겁어"}),
        ("잡다", {"잡아", "잡은", "잡으"}, {"자와", "자우"}),
        ("붙잡다", {"붙잡", "붙잡아", "붙잡은"}, {"붙자워"}),
        ("눕다", {"누워", "누운"}, {"눕어"}),
        ("붓다", {"부어", "부은", "붓고"}, {"붓어"}),
        ("듣다", {"들어", "들은", "듣고"}, {"듣어"}),
        ("닫다", {"닫아", "닫은"}, {"달아"}),
        ("끄다", {"꺼서", "껐다", "끄면", "끈다"}, {"끄어", "꺼"}),
        ("잠그다", {"잠그", "잠가", "잠갔"}, {"잠거"}),
        ("바꾸다", {"바꾸", "바꿔", "바꿨", "바꾼"}, set()),
        ("붙이다", {"붙이", "붙여", "붙였"}, {"붙이어"}),
        ("열다", {"열어", "여는", "열면"}, {"열은"}),
        ("떼어 내다", {"떼어 내", "떼어 냈"}, set()),
        ("높다", {"높음"}, set()),
        ("떨어지다", {"떨어짐"}, set()),
        ("뜨겁다", {"뜨거움"}, {"뜨겁음"}),
        ("이르다", {"이르"}, {"이름"}),
    ],
)
def test_a_verb_is_known_by_its_inflections(verb: str, found: set[str], never: set[str]) -> None:
    forms = set(inflections(verb))
    assert found <= forms
    assert not never & forms
    assert all(len(form) > 1 for form in forms)


@pytest.mark.parametrize(
    ("question", "language", "words"),
    [
        ("밸브가 얼어붙어서 안 열려", "en", {"valve", "open"}),
        ("배관을 잘라도 돼?", "en", {"pipe", "cut"}),
        ("호스가 뜨거워지면?", "en", {"hose", "hot"}),
        ("the hose burst and we shut the valve", "ko", {"호스", "밸브"}),
        ("The line was tripped", "ko", {"배관", "트립"}),
        ("프로토콜 어디 있어?", "en", {"protocol"}),
        ("개정 갱신입니까?", "en", {"renewal"}),
        ("어제 일보에 적혀 있어?", "en", {"daily", "report"}),
        ("who is on the graveyard shift", "ko", {"야간조"}),
    ],
)
def test_everyday_words_cross_the_languages(question: str, language: str, words: set[str]) -> None:
    rendered = render(concepts(question, [], []), "en" if language == "en" else "ko").text
    assert words <= set(rendered.split())


def test_a_short_inflection_counts_only_where_a_word_begins() -> None:
    words = parse_lexicon(["새다=leak"])
    assert "새는" in words.initial
    assert "leak" in render(concepts("냉각수가 새는 곳", [], []), "en").text
    # 차고 (a garage, or "being full") inside another word is no verb.
    assert "fill up" not in render(concepts("자동차고객", [], []), "en").text


def test_a_noun_that_ends_like_a_verb_stays_whole() -> None:
    assert "가성소다" in lexicon().korean
    assert "가성소" not in lexicon().korean


@pytest.mark.parametrize(
    ("word", "stemmed"), [("stopped", "stop"), ("running", "run"), ("filling", "fill"), ("pressing", "press")]
)
def test_doubled_consonants_of_endings_go(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


def test_every_row_of_the_lexicons_has_both_sides() -> None:
    for rows in (*lexicon().korean.values(), *lexicon().english.values()):
        for row in rows:
            assert all(form.strip() == form and form for form in (*row.ko, *row.en))


@pytest.mark.parametrize(
    ("question", "named", "other"),
    [
        ("forecast wind", "바람", "권선"),
        ("trips at 3 bar", "바", "터닝"),
        ("winding temperature", "권선", "바람"),
        ("kg per second", "초당", "두 번째"),
    ],
)
def test_a_word_as_written_goes_before_one_with_the_same_stem(question: str, named: str, other: str) -> None:
    names = {name for concept in concepts(question, [], []) for name in concept.ko}
    assert named in names and other not in names


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("boundary shutoff valve", "차단 밸브"),
        ("by pass of the strainer", "우회"),
        ("the set point", "설정값"),
        ("start up of the pump", "기동"),
    ],
)
def test_a_compound_is_known_with_and_without_its_space(question: str, named: str) -> None:
    assert named in {name for concept in concepts(question, [], []) for name in concept.ko}
