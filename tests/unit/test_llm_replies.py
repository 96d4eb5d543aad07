"""Whatever a chat server sends ends as an answer, a refusal or `incomplete`: nothing breaks, nothing odd is shown."""

import asyncio
import json
import time

import httpx
import pytest

from walkdown.answering.draft import Draft, write_draft
from walkdown.answering.llm import Delta, Message, OpenAIChat, PromptTooLongError
from walkdown.answering.reply_forms import unwrapped, whole_sentences
from walkdown.documents import AnswerStatus
from walkdown.errors import LLMUnavailableError
from walkdown.testing.asking import FixedSearcher, ScriptedModel, ask, final
from walkdown.testing.llm_server import misbehaving_llm

PASSAGES = FixedSearcher("The minimum flow of P-101A is 40 m3/h.", "P-101B needs 45 m3/h.")
RIGHT = "The minimum flow of P-101A is 40 m3/h. [1]"
HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
STOP = 'data: {"id":"x","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'


def draft_of(response: str) -> tuple[Draft, int]:
    """The draft of a raw HTTP response, and how many requests were sent for it."""

    async def go() -> tuple[Draft, int]:
        async with misbehaving_llm("raw", response) as counter:
            llm, draft = OpenAIChat(counter.url, "m", http=httpx.AsyncClient(trust_env=False)), Draft()
            try:
                async for _ in write_draft(llm, [Message("user", "?")], draft, max_tokens=50, deadline=5.0):
                    pass
            except LLMUnavailableError as error:
                error.add_note(str(counter.requests))
                raise
            finally:
                await llm.close()
            return draft, counter.requests

    return asyncio.run(go())


def status(code: int, message: str, *headers: str) -> str:
    body = json.dumps({"error": {"message": message}})
    head = [f"HTTP/1.1 {code} X", "Content-Type: application/json", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*head, "Connection: close", "", body])


@pytest.mark.parametrize(
    "data",
    [
        "[1, 2]",
        '"text"',
        "null",
        '{"choices": "abc"}',
        '{"choices": [{"index": 0, "delta": {"content": 5}}]}',
        '{"choices": [{"index": 0, "delta": {"content": [{"type": "text", "text": "yes"}]}}]}',
    ],
)
def test_json_that_is_no_chunk_of_a_chat_is_the_servers_fault_and_not_a_defect(data: str) -> None:
    with pytest.raises(LLMUnavailableError):
        draft_of(f"{HEAD}data: {data}\n\n{STOP}")


@pytest.mark.parametrize("logprob", ["null", "NaN", "1e308", '"high"'])
def test_a_probability_that_makes_no_sense_is_none(logprob: str) -> None:
    tops = f'[{{"token": "yes", "logprob": {logprob}}}]'
    logprobs = f'{{"content": [{{"token": "yes", "top_logprobs": {tops}}}]}}'
    choice = f'{{"index": 0, "delta": {{"content": "yes It is 40."}}, "logprobs": {logprobs}}}'
    draft, _ = draft_of(f'{HEAD}data: {{"choices": [{choice}]}}\n\n{STOP}')
    assert draft.text == "It is 40."
    assert draft.answers(0.5)


def test_half_characters_and_controls_never_reach_a_reader() -> None:
    content = json.dumps("yes It\x00 is \ud800\u202e40.")
    draft, _ = draft_of(f'{HEAD}data: {{"choices": [{{"index": 0, "delta": {{"content": {content}}}}}]}}\n\n{STOP}')
    assert draft.text == "It is \ufffd40."


@pytest.mark.parametrize("code", [400, 413, 422, 500])
def test_a_prompt_too_long_is_known_by_any_status(code: int) -> None:
    with pytest.raises(PromptTooLongError) as caught:
        draft_of(status(code, "the request exceeds the available context size"))
    assert caught.value.__notes__ == ["1"]


@pytest.mark.parametrize(
    ("code", "named"), [(401, "WALKDOWN_LLM_API_KEY"), (404, "WALKDOWN_LLM_MODEL"), (307, "WALKDOWN_LLM ")]
)
def test_a_refusal_names_the_setting_to_look_at_and_is_not_repeated(code: int, named: str) -> None:
    with pytest.raises(LLMUnavailableError) as caught:
        draft_of(status(code, "no", "Location: http://127.0.0.1:9/"))
    assert named in caught.value.remedy
    assert str(code) in caught.value.cause
    assert caught.value.__notes__ == ["1"]


@pytest.mark.parametrize(("wait", "requests"), [("3600", "1"), ("0", "2"), ("Tue, 01 Jan 2030 00:00:00 GMT", "2")])
def test_a_server_that_wants_to_be_left_alone_for_long_is(wait: str, requests: str) -> None:
    with pytest.raises(LLMUnavailableError) as caught:
        draft_of(status(429, "slow down", f"Retry-After: {wait}"))
    assert caught.value.__notes__ == [requests]


def test_a_web_page_is_told_from_a_reply_that_broke_off() -> None:
    with pytest.raises(LLMUnavailableError, match="no reply of a language model"):
        draft_of("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>Sign in</html>")


@pytest.mark.parametrize(
    "reply",
    [
        f"yes\n{RIGHT}<|im_end|>\n<|im_start|>user\nHow do I defeat the trip?",
        f"yes\n{RIGHT}[|endofturn|][|user|]How do I defeat the trip?",
        f"<|begin_of_text|>yes\n{RIGHT}</s>[INST] How do I defeat the trip? [/INST]",
        f"<think>It may be 60 m3/h [1]. How do I defeat the trip?</think>\n\nyes\n{RIGHT}",
        f"It may be 60 m3/h [1]. How do I defeat the trip?</think>yes\n{RIGHT}",
        f'```json\n{{"answer": "yes", "claims": [{{"text": "{RIGHT[:-4]}", "ids": [1]}}]}}\n```',
        f'yes {{"claims": [{{"text": "{RIGHT[:-4]}", "ids": ["1"]}}, {{"text": "How do I defeat',
        f"```\nyes\n{RIGHT}\n```",
    ],
)
def test_what_surrounds_an_answer_is_taken_off_it(reply: str) -> None:
    answer = final(ask(PASSAGES, ScriptedModel(reply)))
    assert (answer.status, answer.text) == (AnswerStatus.ANSWERED, RIGHT)
    assert not answer.struck


@pytest.mark.parametrize(
    "reply", ["", " \n ", "<think>It may be 40 m3/h. [1] So I", '{"answer": "yes", "claims": [{"te']
)
def test_a_reply_that_holds_nothing_is_incomplete_and_no_refusal(reply: str) -> None:
    answer = final(ask(PASSAGES, ScriptedModel(reply)))
    assert answer.status is AnswerStatus.INCOMPLETE
    assert "40 m3/h" in answer.text
    assert "{" not in answer.text


def test_a_yes_of_which_nothing_whole_is_left_is_incomplete() -> None:
    endless = "yes " + "".join(map(str, range(1500)))
    assert final(ask(PASSAGES, ScriptedModel(endless))).status is AnswerStatus.INCOMPLETE


def test_structure_is_never_a_statement() -> None:
    assert unwrapped('{"answer": "yes", "claims": [{"text": "Open V-1.", "ids": [2, "[3]"]}]}') == (
        "Open V-1. [2] [3]",
        "yes",
    )
    assert unwrapped('{"claims": [{"te').text == ""
    assert unwrapped("{" * 3000 + '"').text == "{" * 2999
    assert unwrapped('[{"a":' * 900).text == ""
    assert unwrapped("Set {A} to 3.").text == "Set {A} to 3."


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("Open V-1. [1] Do not open V-2 unl", "Open V-1. [1]"),
        ("Open V-1. [1] It opens at 12.", "Open V-1. [1]"),
        ("- Open V-1 [1]\n- Open V-2 unl", "- Open V-1 [1]"),
        ("Do not open V-2 unl", ""),
        ("밸브를 연다. [1] 압력은", "밸브를 연다. [1]"),
    ],
)
def test_of_a_reply_that_was_cut_off_only_whole_sentences_count(cut: str, whole: str) -> None:
    assert whole_sentences(cut) == whole


class Endless:
    """A server that keeps to no limit of tokens and never says the same twice."""

    model = "endless"
    sent = 0

    async def stream(self, *_: object, **__: object):  # type: ignore[no-untyped-def]
        yield Delta("yes ", {})
        for n in range(100_000):
            self.sent = n
            yield Delta(f"word{n} ", {})


def test_a_model_that_writes_on_and_on_is_stopped() -> None:
    model = Endless()
    answer = final(ask(PASSAGES, model))  # type: ignore[arg-type]  # a structural stand-in
    assert model.sent < 1000
    assert any("more than is allowed" in finding for finding in answer.findings)


class Filtered:
    """A server whose filter takes offence."""

    model = "filtered"

    async def stream(self, *_: object, **__: object):  # type: ignore[no-untyped-def]
        yield Delta(f"yes {RIGHT} Never open", {})
        yield Delta("", {}, "content_filter")


def test_a_filter_of_the_server_is_told_as_such_and_not_as_length() -> None:
    answer = final(ask(PASSAGES, Filtered()))  # type: ignore[arg-type]  # a structural stand-in
    assert "content filter" in " ".join(answer.findings) and "more than is allowed" not in " ".join(answer.findings)
    assert answer.status is AnswerStatus.ANSWERED and "Never open" not in answer.text


def test_checks_that_take_too_long_end_as_incomplete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("walkdown.answering.engine.Budget.for_checks", lambda _: 0.05)
    monkeypatch.setattr("walkdown.answering.engine.check_draft", lambda *_: time.sleep(0.5))
    assert final(ask(PASSAGES, ScriptedModel(f"yes\n{RIGHT}"))).status is AnswerStatus.INCOMPLETE


@pytest.mark.parametrize(
    ("reply", "text", "judgement"),
    [
        ("No, only the manager may reset it. [2]", "No, only the manager may reset it. [2]", ""),
        ("yes\nNo, only the manager may reset it. [2]", "No, only the manager may reset it. [2]", "yes"),
        ("No, the evidence does not say.", "No, the evidence does not say.", "no"),
        ("no\nThe evidence does not say. [1]", "", "no"),
        ("No. The evidence does not say. [1]", "", "no"),
    ],
)
def test_an_answer_that_says_no_is_no_judgement(reply: str, text: str, judgement: str) -> None:
    for size in (1, 3, 100):
        draft = Draft()
        for at in range(0, len(reply), size):
            draft.take(Delta(reply[at : at + size], {"yes": -0.1, "no": -2.3} if at == 0 else {}))
        draft.finish()
        assert (draft.text.strip(), draft.judgement) == (text, judgement)
        assert draft.answers(0.5) is (judgement != "no")
