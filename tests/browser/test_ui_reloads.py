"""A page that is loaded anew, left and come back to: the conversation is there again, for its reader alone."""

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect
from typed_questions import ask, speak

from walkdown.testing import plant
from walkdown.testing.fake_server import FakeServer
from walkdown_ui.languages import TEXTS

pytestmark = pytest.mark.browser

KO, EN = TEXTS["ko"], TEXTS["en"]
Visitor = Callable[[str], Any]


def questions(page: Page) -> Any:
    return page.locator(".wd-question")


def answered(page: Page, word: str = KO.answered) -> None:
    expect(page.locator(".wd-status b").first).to_have_text(word)
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_enabled()


def test_a_reloaded_page_shows_its_conversation_and_opens_its_sources(visit: Visitor, plant_ui: str) -> None:
    page = visit(plant_ui).page
    speak(page, "English")
    ask(page, plant.ANSWERED)
    answered(page, EN.answered)
    ask(page, plant.QUOTED)
    answered(page, EN.quoted)
    page.reload()
    expect(questions(page)).to_have_text([plant.QUOTED, plant.ANSWERED])
    answered(page, EN.quoted)
    page.get_by_role("button", name="[1] 보일러").first.click()
    expect(page.locator(".st-key-wd-source img").first).to_be_visible()
    ask(page, plant.ANSWERED)
    expect(questions(page)).to_have_count(3)


def test_a_page_reloaded_while_its_answer_is_written_shows_the_answer(visit: Visitor, plant_ui: str) -> None:
    page = visit(plant_ui).page
    ask(page, plant.ANSWERED)
    expect(page.locator(".wd-draft")).to_be_visible()
    page.reload()
    answered(page)
    expect(questions(page)).to_have_text([plant.ANSWERED])


def test_a_conversation_outlives_the_process_of_the_ui(
    visit: Visitor, plant_server: FakeServer, ui_process: Callable[[str], Any]
) -> None:
    with ui_process(plant_server.url) as first:
        seen = visit(first)
        ask(seen.page, plant.ANSWERED)
        answered(seen.page)
        address = seen.page.url
    with ui_process(plant_server.url) as second:
        # Another process, another port: the browser is the same.
        tab = seen.page.context.new_page()
        tab.goto(address.replace(first, second))
        answered(tab)
        expect(questions(tab)).to_have_text([plant.ANSWERED])
        expect(tab.locator(".wd-note").first).to_contain_text(KO.asked_at.format(at=""))
        tab.get_by_role("button", name="[1] 보일러").first.click()
        expect(tab.locator(".st-key-wd-source img").first).to_be_visible()


def test_a_question_typed_after_the_session_was_lost_is_asked(
    visit: Visitor, plant_server: FakeServer, ui_process: Callable[..., Any], unused_port: Callable[[], int]
) -> None:
    # A tablet that slept, a UI that was started anew: the page is still there, its session is not.
    port = unused_port()
    with ui_process(plant_server.url, port) as url:
        page = visit(url).page
        ask(page, plant.ANSWERED)
        answered(page)
    app = page.get_by_test_id("stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    with ui_process(plant_server.url, port):
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
        ask(page, plant.QUOTED)
        expect(questions(page)).to_have_text([plant.QUOTED, plant.ANSWERED])
        answered(page, KO.quoted)


def test_another_browser_does_not_get_a_conversation_by_its_address(visit: Visitor, plant_ui: str) -> None:
    page = visit(plant_ui).page
    ask(page, plant.ANSWERED)
    answered(page)
    other = visit(page.url).page
    expect(other.locator(".wd-welcome")).to_be_visible()
    expect(other.get_by_text(KO.no_conversation)).to_be_visible()
    expect(questions(other)).to_have_count(0)
    expect(other.locator(".st-key-wd-recent")).to_have_count(0)


def test_the_last_conversations_are_listed_and_gone_on_with(visit: Visitor, plant_ui: str) -> None:
    page = visit(plant_ui).page
    ask(page, plant.ANSWERED)
    answered(page)
    page.get_by_role("button", name=KO.clear).click()
    expect(page.locator(".wd-welcome")).to_be_visible()
    page.locator(".st-key-wd-recent button").click()
    answered(page)
    expect(questions(page)).to_have_text([plant.ANSWERED])
    page.reload()
    expect(questions(page)).to_have_text([plant.ANSWERED])


def test_pages_and_steps_back_keep_the_conversation(visit: Visitor, plant_ui: str) -> None:
    page = visit(plant_ui).page
    page.get_by_role("radio", name="화학").click()
    expect(page.locator(".wd-welcome")).to_contain_text("화학")
    page.reload()
    expect(page.locator(".wd-welcome")).to_contain_text("화학")
    page.get_by_role("radio", name="발전").click()
    ask(page, plant.ANSWERED)
    answered(page)
    page.get_by_role("link", name=KO.documents_page).click()
    expect(page.locator(".wd-failures")).to_be_visible()
    page.reload()
    expect(page.locator(".wd-failures")).to_be_visible()
    page.get_by_role("link", name=KO.ask_page).click()
    answered(page)
    page.go_back()
    expect(page.locator(".wd-failures")).to_be_visible()
    page.go_forward()
    answered(page)
    # However many steps a browser counts, they lead out: no page puts a step back of its own in the way.
    for _ in range(20):
        if page.url == "about:blank":
            break
        # A step may be overtaken by the one before it.
        with contextlib.suppress(PlaywrightError):
            page.go_back()
    expect(page).to_have_url("about:blank")
