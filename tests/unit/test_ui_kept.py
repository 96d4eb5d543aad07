"""Conversations that outlive their page: in the process of the UI, from the server, and by the page's address."""

import datetime as dt
import re
import time
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from walkdown.documents import Answer, Chunk, DocumentStatus
from walkdown.testing import plant
from walkdown.testing.fake_server import FakeServer, FakeWorld
from walkdown.wire_conversations import ConversationTurn
from walkdown_ui.asgi import SecurityHeaders
from walkdown_ui.asking import Turn
from walkdown_ui.kept import READER_COOKIE, Kept
from walkdown_ui.languages import TEXTS

MAIN = Path(__file__).parents[2] / "ui/walkdown_ui/entry/main.py"
KO, EN = TEXTS["ko"], TEXTS["en"]
NAME = "0123456789abcdef" * 2
AT = dt.datetime(2026, 3, 4, 5, 6, tzinfo=dt.UTC)


def shown(test: AppTest) -> str:
    assert not test.exception
    return "\n".join((*(e.proto.body for e in test.get("html")), *(button.label for button in test.button)))


def opened(world: FakeWorld, server: FakeServer, **address: str) -> AppTest:
    """The page at an address, in a process that was just started."""
    st.cache_data.clear()
    st.cache_resource.clear()
    test = AppTest.from_file(str(MAIN), default_timeout=60)
    test.secrets["server_url"] = server.url
    for name, value in address.items():
        test.query_params[name] = value
    return test.run()


def world_with(**turn: object) -> FakeWorld:
    world = plant.plant_world()
    [answer] = [item for item in world.script("power", plant.QUOTED) if isinstance(item, Answer)]
    fields = {"record_id": answer.record_id, "question": plant.QUOTED, "asked_at": AT, "answer": answer, **turn}
    world.kept["", NAME] = ("power", [ConversationTurn.model_validate(fields)])
    return world


def test_an_address_brings_its_conversation_back_with_what_has_changed_since() -> None:
    world = world_with(outdated=(1,))
    with FakeServer(world) as server:
        page = shown(opened(world, server, pack="power", lang="en", c=NAME))
    assert EN.quoted in page and EN.asked_at.format(at="2026-03-0")[:-1] in page
    assert EN.outdated.format(numbers="[1]") in page
    assert EN.retry in page


def test_an_answer_that_is_closed_by_now_is_not_shown() -> None:
    world = world_with(answer=None)
    with FakeServer(world) as server:
        page = shown(opened(world, server, pack="power", lang="ko", c=NAME))
    assert KO.closed_answer in page and KO.stopped not in page


@pytest.mark.parametrize("name", ["f" * 32, "../../records", ""])
def test_an_address_of_no_conversation_is_a_fresh_page(name: str) -> None:
    world = world_with()
    with FakeServer(world) as server:
        test = opened(world, server, pack="power", lang="ko", c=name)
        page = shown(test)
        assert KO.welcome.format(pack="발전") in page
        # What is asked now does not go under an id that may be another's.
        test.chat_input[0].set_value(plant.QUOTED).run()
        assert test.query_params["c"] not in ([name], name)


def test_an_unknown_pack_or_language_in_the_address_is_passed_over() -> None:
    world = world_with()
    with FakeServer(world) as server:
        page = shown(opened(world, server, pack="nuclear", lang="xx", c=NAME))
    assert KO.welcome.format(pack="발전") in page


def test_a_click_made_before_the_new_address_came_does_not_bring_the_former_conversation_back() -> None:
    world = world_with()
    with FakeServer(world) as server:
        test = opened(world, server, pack="power", lang="ko", c=NAME)
        next(b for b in test.button if b.label == KO.clear).click().run()
        test.query_params.clear()
        test.query_params.update({"pack": "power", "lang": "ko", "c": NAME})
        test.chat_input[0].set_value(plant.ANSWERED).run()
        page = shown(test)
        assert plant.ANSWERED in page and KO.quoted not in page
        # Later the same address is a step back.
        time.sleep(1.6)
        test.query_params.update({"pack": "power", "lang": "ko", "c": NAME})
        assert KO.quoted in shown(test.run())


def test_kept_conversations_are_of_their_reader_and_bounded() -> None:
    kept, turns = Kept(limit=2), [Turn("power", "?")]
    for name in ("a", "b", "c"):
        kept.put("tablet", name, turns)
    assert kept.get("tablet", "a") is None
    assert kept.get("tablet", "c") is turns
    assert kept.get("another", "c") is None


def test_a_browser_gets_its_cookie_once_and_with_pages_alone() -> None:
    routes = [Route("/", lambda _: HTMLResponse("<p>")), Route("/x.js", lambda _: PlainTextResponse("1"))]
    client = TestClient(SecurityHeaders(Starlette(routes=routes), {}))
    assert "set-cookie" not in client.get("/x.js").headers
    given = client.get("/").headers["set-cookie"]
    assert given.startswith(READER_COOKIE) and "HttpOnly" in given and "SameSite=Lax" in given
    assert "set-cookie" not in client.get("/").headers


def change(world: FakeWorld, status: DocumentStatus) -> Chunk:
    """The first passage of an answer, now of another standing."""
    [answer] = [item for item in world.script("power", plant.QUOTED) if isinstance(item, Answer)]
    chunk = answer.evidence[0].chunk
    world.chunks[chunk.id] = chunk.model_copy(update={"status": status})
    return chunk


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (DocumentStatus.WITHDRAWN, KO.source_withdrawn),
        (DocumentStatus.SUPERSEDED, KO.source_superseded),
        (DocumentStatus.IN_FORCE, ""),
    ],
)
def test_a_source_opened_later_says_that_it_no_longer_stands(status: DocumentStatus, told: str) -> None:
    world = world_with()
    change(world, status)
    with FakeServer(world) as server:
        test = opened(world, server, pack="power", lang="ko", c=NAME)
        next(b for b in test.button if "[1" in b.label.replace("\\", "")).click().run()
        page = shown(test)
    assert all((words in page) is (words == told) for words in (KO.source_withdrawn, KO.source_superseded))


def test_a_page_that_is_loaded_anew_asks_what_still_stands_also_in_the_process_that_answered() -> None:
    world = plant.plant_world()
    with FakeServer(world) as server:
        test = opened(world, server, pack="power", lang="ko")
        test.chat_input[0].set_value(plant.QUOTED).run()
        [((_, name), (pack, turns))] = world.kept.items()
        assert name in test.query_params["c"]
        world.kept["", name] = (pack, [turns[0].model_copy(update={"outdated": (1,)})])
        again = AppTest.from_file(str(MAIN), default_timeout=60)
        again.secrets["server_url"] = server.url
        again.query_params.update({"pack": "power", "lang": "ko", "c": name})
        page = shown(again.run())
    assert KO.outdated.format(numbers="[1]") in page
    assert page.count(f'wd-question">{plant.QUOTED}') == 1


def test_of_a_long_conversation_the_last_turns_are_drawn_and_the_others_on_request() -> None:
    world = world_with()
    [turn] = world.kept["", NAME][1]
    many = [turn.model_copy(update={"question": f"Question {i}?", "record_id": f"r{i}"}) for i in range(35)]
    world.kept["", NAME] = ("power", many)
    with FakeServer(world) as server:
        test = opened(world, server, pack="power", lang="en", c=NAME)
        assert asked(test) == [f"Question {i}?" for i in range(34, 24, -1)]
        for expected in (30, 35):
            next(b for b in test.button if b.key == "earlier-turns").click().run()
            assert len(asked(test)) == expected
        assert not [b for b in test.button if b.key == "earlier-turns"]


def asked(test: AppTest) -> list[str]:
    """The questions that the page shows."""
    found = (re.search(r'wd-question">([^<]*)<', element.proto.body) for element in test.get("html"))
    return [match[1] for match in found if match]


def test_a_question_that_another_tab_has_put_is_not_told_as_stopped() -> None:
    def page() -> None:
        from walkdown_ui.asking import Turn
        from walkdown_ui.languages import TEXTS
        from walkdown_ui.views.ask import _show_turn

        _show_turn(Turn("power", "asked in another tab"), TEXTS["en"])

    said = shown(AppTest.from_function(page).run())
    assert EN.stage_searching in said and EN.stopped not in said
