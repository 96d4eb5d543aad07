"""The client: every error comes back as its class, odd servers are told apart, event streams are parsed."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdown import errors
from walkdown.client import WalkdownClient, error_from_body, parse_events
from walkdown.wire import ErrorBody

ALL_ERRORS = [getattr(errors, name) for name in errors.__all__]


@pytest.mark.parametrize("cls", ALL_ERRORS)
def test_an_error_survives_the_wire(cls: type[errors.WalkdownError]) -> None:
    back = error_from_body(ErrorBody.of(cls("A cause.", "A remedy.")).model_dump())
    assert (type(back), back.cause, back.remedy) == (cls, "A cause.", "A remedy.")


def replying(status: int, content: bytes) -> WalkdownClient:
    return WalkdownClient(transport=httpx.MockTransport(lambda _: httpx.Response(status, content=content)))


@pytest.mark.parametrize("content", [b"<html>hello</html>", b"[1]", b'{"status": "UP"}'])
def test_another_program_on_the_port_is_not_taken_for_the_server(content: bytes) -> None:
    with pytest.raises(errors.ServerUnavailableError, match="protocol"):
        replying(200, content).health()


def test_an_error_status_without_our_body_still_has_cause_and_remedy() -> None:
    with pytest.raises(errors.WalkdownError, match="502") as caught:
        replying(502, b"Bad gateway").health()
    assert caught.value.remedy


def test_a_stream_that_ends_early_is_an_error() -> None:
    client = replying(200, b'event: token\ndata: {"text": "half"}\n\n')
    with pytest.raises(errors.ServerUnavailableError, match="before it was complete"):
        list(client.ask_stream("power", "?"))


def test_ids_with_slashes_and_spaces_stay_one_path_segment() -> None:
    seen: list[str] = []

    def note(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path.decode())
        return httpx.Response(200, content=b"png")

    WalkdownClient(transport=httpx.MockTransport(note)).original("power", "29 CFR/1910?a#b")
    assert seen == ["/v1/documents/power/29%20CFR%2F1910%3Fa%23b/original"]


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_a_name_that_would_lead_to_another_address_is_refused(name: str) -> None:
    client = replying(200, b"{}")
    for call in (client.replay, client.versions, client.gaps, client.job, lambda n: client.withdraw("power", n)):
        with pytest.raises(errors.UsageError, match="no name or id"):
            call(name)


@given(st.lists(st.tuples(st.sampled_from(["stage", "token", "answer"]), st.text())), st.booleans())
def test_events_come_back_as_sent(sent: list[tuple[str, str]], comments: bool) -> None:
    lines = []
    for event, text in sent:
        lines += [f"event: {event}", "data: " + httpx.Response(200, json=text).text, ""]
        lines += [": ping", ""] if comments else []
    assert [(e.event, str(e.data)) for e in parse_events(iter(lines))] == sent
