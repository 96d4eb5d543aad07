"""What an engineer does in the browser: ask, read while it is written, open the source, look at the documents."""

import socket
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from typed_questions import ask, speak

from walkdown.answering.phrases import NOTICE
from walkdown.documents import Language
from walkdown.testing import plant
from walkdown.testing.fake_server import FakeServer
from walkdown_ui.languages import LABELS, TEXTS

pytestmark = pytest.mark.browser

KO, EN = TEXTS["ko"], TEXTS["en"]
Visitor = Callable[[str], Any]


def status(page: Page, word: str) -> None:
    expect(page.locator(".wd-status b").first).to_have_text(word)


def test_ask_stream_and_see_the_marked_page(visit: Visitor, plant_ui: str) -> None:
    seen = visit(plant_ui)
    page = seen.page
    page.get_by_role("button", name="최소 흡입 압력").click()
    # The draft is shown as such while it is written, and is gone once the checked answer is there.
    draft = page.locator(".wd-draft")
    expect(draft).to_contain_text(KO.draft)
    expect(draft).to_contain_text("0.35 MPa")
    status(page, KO.answered)
    expect(draft).to_have_count(0)
    expect(page.locator(".wd-claim").first).to_contain_text("0.35 MPa 이상")
    expect(page.locator(".wd-struck s")).to_contain_text("0.50 MPa")
    expect(page.locator(".wd-struck")).to_contain_text(KO.check_failures["numbers"])
    expect(page.get_by_text(KO.advice)).to_be_visible()
    # The citation opens document, revision and the page with the passage marked.
    page.get_by_role("button", name="[1] 보일러").first.click()
    panel = page.locator(".st-key-wd-source")
    expect(panel).to_contain_text("보일러 급수펌프 기동 절차서")
    expect(panel).to_contain_text("BFP-SOP-012")
    expect(panel).to_contain_text(KO.revision.format(revision="3"))
    # The marked lines are in view at once; the whole page is below.
    expect(panel.locator("img")).to_have_count(2)
    expect(panel.locator("img").first).to_be_in_viewport(ratio=0.9)
    assert panel.locator("img").last.evaluate("async i => { await i.decode(); return i.naturalWidth }") > 500
    with page.expect_download() as download:
        panel.get_by_role("button", name=KO.download).click()
    assert download.value.suggested_filename == "BFP-SOP-012.pdf"
    assert download.value.path().read_bytes() == b"%PDF-1.7 sample"
    panel.get_by_role("button").first.click()
    expect(panel).to_have_count(0)
    assert seen.console_errors == []


def test_a_source_without_pages_is_shown_as_text_with_the_passage_marked(visit: Visitor, plant_ui: str) -> None:
    page = visit(plant_ui).page
    ask(page, plant.QUOTED)
    status(page, KO.quoted)
    page.get_by_role("button", name="[1] Lube").click()
    panel = page.locator(".st-key-wd-source")
    expect(panel.locator(".wd-mark")).to_contain_text("between 40 °C and 49 °C")
    expect(panel.locator(".wd-document")).to_contain_text("Take an oil sample")
    expect(panel.locator("img")).to_have_count(0)


def test_a_refusal_shows_the_nearest_passages(visit: Visitor, plant_ui: str) -> None:
    page = visit(plant_ui).page
    ask(page, plant.REFUSED)
    status(page, KO.refused)
    expect(page.locator(".wd-near")).to_have_count(2)
    page.get_by_role("button", name="[1] Lube").click()
    expect(page.locator(".wd-mark")).to_contain_text("720 h")


def test_an_unfinished_answer_and_errors_say_what_to_do(visit: Visitor, plant_ui: str) -> None:
    page = visit(plant_ui).page
    ask(page, plant.INCOMPLETE)
    status(page, KO.incomplete)
    expect(page.get_by_role("button", name=KO.retry)).to_be_enabled()
    ask(page, plant.BROKEN)
    problem = page.locator(".wd-problem")
    expect(problem).to_contain_text("stopped in the middle")
    expect(problem).to_contain_text("Try again; see")
    ask(page, plant.OVERLOADED)
    expect(problem.first).to_contain_text("8개가 기다립니다")
    page.get_by_role("button", name=KO.retry).first.click()
    expect(problem.first).to_contain_text("8개가 기다립니다")
    expect(problem).to_have_count(2)


def test_stopping_a_question_drops_its_draft(visit: Visitor, plant_ui: str) -> None:
    page = visit(plant_ui).page
    ask(page, plant.ANSWERED)
    expect(page.locator(".wd-draft")).to_be_visible()
    page.get_by_role("button", name=KO.stop).click()
    expect(page.get_by_text(KO.stopped_hint)).to_be_visible()
    expect(page.locator(".wd-draft")).to_have_count(0)


def test_a_source_can_be_read_while_the_answer_is_written(visit: Visitor, plant_ui: str) -> None:
    page = visit(plant_ui).page
    ask(page, plant.ANSWERED)
    page.get_by_role("button", name="[1] 보일러").click()
    expect(page.locator(".st-key-wd-source")).to_contain_text("BFP-SOP-012")
    status(page, KO.answered)
    expect(page.locator(".st-key-wd-source")).to_contain_text("BFP-SOP-012")


def test_opening_a_source_keeps_what_is_half_typed(visit: Visitor, plant_ui: str) -> None:
    page = visit(plant_ui).page
    ask(page, plant.QUOTED)
    status(page, KO.quoted)
    box = page.get_by_test_id("stChatInputTextArea")
    expect(box).to_be_enabled()
    box.fill("그리고")
    page.get_by_role("button", name="[1] Lube").click()
    expect(page.locator(".st-key-wd-source")).to_be_visible()
    expect(box).to_have_value("그리고")
    page.get_by_role("radio", name="화학").click()
    expect(page.locator(".wd-welcome")).to_contain_text("화학")
    expect(box).to_have_value("그리고")


def test_the_conversation_survives_pages_packs_and_languages(visit: Visitor, plant_ui: str) -> None:
    page = visit(plant_ui).page
    ask(page, plant.ANSWERED)
    # Left while the answer is being written.
    page.get_by_role("link", name=KO.documents_page).click()
    expect(page.locator(".wd-failures")).to_contain_text("암호로 보호되어 있습니다.")
    page.get_by_role("link", name=KO.evaluation_page).click()
    expect(page.locator(".wd-scores")).to_contain_text(KO.not_scored)
    page.get_by_role("link", name=KO.ask_page).click()
    status(page, KO.answered)
    page.get_by_role("radio", name="화학").click()
    expect(page.locator(".wd-welcome")).to_contain_text("화학")
    speak(page, "English")
    expect(page.locator(".wd-welcome")).to_contain_text("Chemical")
    page.get_by_role("radio", name="Power").click()
    status(page, EN.answered)
    page.get_by_role("button", name=EN.clear).click()
    expect(page.locator(".wd-welcome")).to_contain_text("Power")


ASKED: dict[Language, str] = {
    "ja": "給水ポンプ P-101A の最低吸込圧力は？",
    "zh": "给水泵 P-101A 的最低吸入压力是多少？",
    "es": "¿Cuál es la presión mínima de aspiración de la bomba P-101A?",
}


def test_the_frame_of_an_answer_speaks_the_language_of_the_screen(visit: Visitor, plant_ui: str) -> None:
    page = visit(plant_ui).page
    for language, question in ASKED.items():
        speak(page, LABELS[language])
        expect(page.get_by_role("link", name=TEXTS[language].gaps_page)).to_be_visible()
        ask(page, question)
        expect(page.locator(".wd-question").first).to_have_text(question)
        status(page, TEXTS[language].answered)
        expect(page.locator(".wd-notice").first).to_have_text(NOTICE[language])
        expect(page.locator(".wd-struck").first).to_contain_text(TEXTS[language].check_failures["numbers"])
        # Nothing of the header lies over anything else of it.
        fields = page.get_by_role("radio").first.bounding_box()
        pages = page.get_by_role("link", name=TEXTS[language].gaps_page).bounding_box()
        assert fields and pages and pages["x"] + pages["width"] <= fields["x"]


def test_the_original_of_a_document_can_be_downloaded(visit: Visitor, plant_ui: str) -> None:
    page = visit(plant_ui).page
    page.get_by_role("link", name=KO.documents_page).click()
    table = page.locator("[data-testid=stDataFrame] canvas").first
    expect(table).to_be_visible()
    # The table is a picture to the browser: the box of its first row stands at the left, below the header.
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 16, box["y"] + 55)
    with page.expect_download() as download:
        page.get_by_role("button", name=KO.download).click()
    assert download.value.suggested_filename == "BFP-SOP-012.pdf"


def test_without_a_server_the_page_says_so_and_recovers(visit: Visitor, ui_for: Callable[[str], str]) -> None:
    with FakeServer(plant.plant_world()) as server:
        port = int(server.url.rsplit(":", 1)[1])
    page = visit(ui_for(f"http://127.0.0.1:{port}")).page
    problem = page.locator(".wd-problem")
    expect(problem).to_contain_text(KO.server_down)
    expect(problem).to_contain_text("walkdown up")
    with FakeServer(plant.plant_world(), port):
        page.get_by_role("button", name=KO.retry).click()
        expect(page.locator(".wd-welcome")).to_contain_text("발전")


def upgrade(url: str, host: str, origin: str) -> int:
    """HTTP status of an attempt to open the UI's WebSocket as a page of `origin` would."""
    address = url.removeprefix("http://")
    name, port = address.split(":")
    with socket.create_connection((name, int(port)), 20) as connection:
        connection.sendall(
            f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: streamlit\r\n"
            "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n".encode()
        )
        return int(connection.recv(1000).split()[1])


def test_pages_of_other_sites_cannot_drive_the_ui(plant_ui: str) -> None:
    address = plant_ui.removeprefix("http://")
    assert upgrade(plant_ui, address, plant_ui) == 101
    assert upgrade(plant_ui, address, "http://elsewhere.example") == 403
    # A name elsewhere that was pointed at this machine.
    assert upgrade(plant_ui, "elsewhere.example", "http://elsewhere.example") == 403


def test_every_response_carries_the_policy(plant_ui: str) -> None:
    for path in ("/", "/_stcore/health", "/documents"):
        headers = httpx.get(f"{plant_ui}{path}", trust_env=False).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(("locale", "language"), [("es-MX", "es"), ("fr-FR", "en"), ("ko-KR", "ko")])
def test_the_screen_starts_in_the_language_of_the_browser(
    browser: Browser, plant_ui: str, locale: str, language: Language
) -> None:
    context = browser.new_context(locale=locale)
    try:
        page = context.new_page()
        page.goto(plant_ui)
        expect(page.locator(f".st-key-wd-language-{language}")).to_be_visible()
        page.goto(f"{plant_ui}?lang=ja")
        expect(page.locator(".st-key-wd-language-ja")).to_be_visible()
    finally:
        context.close()
