"""The reason of each check, in the reader's language: none is missing or unknown, and older records still read."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

import walkdown.answering
from walkdown.answering.requests import Wish
from walkdown.answering.verification.checks import _FORBIDDEN
from walkdown.answering.verification.outcome import failed, passed
from walkdown.documents import LANGUAGES, Check, Claim, Language, Verdict
from walkdown.reasons import REASONS, in_language, reason_of, say
from walkdown.testing.asking import FixedSearcher, ScriptedModel, ask, final
from walkdown_ui.languages import TEXTS

# Who gives a reason, and which argument is its code.
_CODE_AT = {"passed": 1, "failed": 1, "skipped": 1, "say": 0, "verbatim": 4, "statement_of": 1}


def calls() -> Iterator[ast.Call]:
    """Where the platform gives a reason: a check's verdict, a quoted line, or `say` of an answer."""
    for source in Path(walkdown.answering.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CODE_AT:
                yield node


def given() -> Iterator[tuple[str, frozenset[str]]]:
    """(code, names filled in) of every call with a code as it stands; `**_where(...)` fills in two."""
    for call in calls():
        assert isinstance(call.func, ast.Name)
        at = _CODE_AT[call.func.id]
        if len(call.args) > at and isinstance(code := call.args[at], ast.Constant):
            names = [("page", "document") if k.arg is None else (k.arg,) for k in call.keywords]
            yield str(code.value), frozenset(name for some in names for name in some)


def blanks(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def test_each_language_of_answers_and_of_pages_has_every_reason_with_the_same_blanks() -> None:
    assert set(REASONS) == set(LANGUAGES) >= set(TEXTS)
    for code, text in REASONS["en"].items():
        for language in LANGUAGES:
            assert REASONS[language][code].strip(), (language, code)
            assert blanks(REASONS[language][code]) == blanks(text), (language, code)
    assert {frozenset(texts) for texts in REASONS.values()} == {frozenset(REASONS["en"])}


def test_every_reason_that_a_check_gives_is_known_and_filled_in_and_every_one_known_is_given() -> None:
    known = REASONS["en"]
    found = dict(given())
    assert len(found) > 70
    for code, names in given():
        assert names == blanks(known[code]), code
    assert set(known) - set(found) == {*get_args(Wish), *_FORBIDDEN}


@pytest.mark.parametrize("language", [x for x in LANGUAGES if x != "en"])
def test_a_reason_is_said_in_the_language_and_not_in_english(language: Language) -> None:
    same = [code for code, text in REASONS[language].items() if text == REASONS["en"][code]]
    assert same == ["found"]


def test_a_claim_is_told_in_another_language_with_its_figures() -> None:
    checks = (failed("numbers", "not_in_passage", what="41 bar"), passed("row"))
    claim = Claim(text="41 bar", citations=(1,), checks=checks)
    (told,) = in_language((claim,), "ko")
    assert told.checks[0].reason == "41 bar이(가) 인용한 구절에 없습니다"
    assert told.checks[1].reason == ""
    assert reason_of(told.checks[0], "es") == "41 bar no figura en el pasaje citado"
    assert in_language((told,), "en") == (claim,)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ko", "60 m3/h이(가) 인용한 구절에 없습니다"),
        ("en", "60 m3/h does not stand in the cited passage"),
        ("zh", "所引段落中没有 60 m3/h"),
    ],
)
def test_an_answer_tells_why_a_statement_was_struck_in_its_own_language(language: Language, expected: str) -> None:
    passages = FixedSearcher("The minimum flow of P-101A is 40 m3/h.")
    model = ScriptedModel("yes\nThe minimum flow of P-101A is 60 m3/h. [1]")
    answer = final(ask(passages, model, language=language))
    assert expected in [c.reason for c in answer.struck[0].checks]
    # The model is told in English, whatever the reader speaks.
    assert "60 m3/h does not stand" in model.seen[-1].content


def test_braces_in_a_document_are_no_blanks() -> None:
    assert say("passage_says", "en", line="set {what} to 5 bar") == "the passage says: set {what} to 5 bar"


@pytest.mark.parametrize("code", ["", "of_a_later_version", "not_in_passage"])
def test_a_record_without_a_code_that_can_be_told_keeps_its_reason(code: str) -> None:
    old = Check.model_validate({"name": "numbers", "verdict": "failed", "reason": "41 bar does not stand there"})
    assert reason_of(old.model_copy(update={"code": code}), "ko") == "41 bar does not stand there"
    assert old.verdict is Verdict.FAILED
