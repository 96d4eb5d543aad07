"""The UI over the real server: real encoders, the embedded index, real files; answers are quotes, without a model."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from walkdown.client import WalkdownClient
from walkdown.errors import ModelError, ServerUnavailableError
from walkdown.models.catalogue import find_model
from walkdown.models.weights import pull, silent
from walkdown.outcomes import words_of
from walkdown.settings import Settings
from walkdown_ui.languages import TEXTS

pytestmark = [pytest.mark.browser, pytest.mark.integration]

KO = TEXTS["ko"]
START_SECONDS = 180
SERVE = [sys.executable, "-m", "walkdown_server", "serve"]

PROCEDURE = """# 세정수 펌프 P-771 운전 절차

## 2 운전 한계

세정수 펌프 P-771의 베어링 온도는 82 °C를 넘지 않아야 한다. 82 °C에 이르면 펌프를 정지한다.

## 3 점검

필터 차압은 매 교대 기록한다.
"""
SHEET = (
    "Agitator AG-912 data sheet",
    "1 Limits",
    "The seal flush flow of agitator AG-912 is not less than 7.5 L/min.",
    "Stop the agitator when the seal flush flow is lost.",
)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, unused_port: Callable[[], int]) -> Settings:
    """An installation without a language model; skips where the encoders' weights are not to be had."""
    found = Settings(home=tmp_path_factory.mktemp("home"), port=unused_port(), llm="none")
    for name in found.embedders:
        try:
            pull(find_model(name, found), found, silent)
        except ModelError as error:
            pytest.skip(str(error))
    return found


def write_documents(folder: Path) -> list[Path]:
    """A Korean Markdown procedure and an English PDF whose second page states a limit."""
    procedure = folder / "p-771.md"
    procedure.write_text(PROCEDURE, "utf-8")
    sheet = folder / "ag-912.pdf"
    canvas = Canvas(str(sheet), pagesize=A4)
    canvas.drawString(72, 760, "Agitator AG-912: cover sheet of the maker")
    canvas.showPage()
    for i, line in enumerate(SHEET):
        canvas.setFont("Helvetica-Bold" if i < 2 else "Helvetica", 16 - 2 * min(i, 2))
        canvas.drawString(72, 760 - 30 * i, line)
    canvas.save()
    return [procedure, sheet]


def wait_for(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not condition():
        assert process.poll() is None, "the server ended"
        assert time.monotonic() < deadline
        time.sleep(0.2)


@pytest.fixture(scope="session")
def real_server(settings: Settings, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """A server process that has taken two documents into the chemical pack."""
    variables = {"WALKDOWN_HOME": str(settings.home), "WALKDOWN_PORT": str(settings.port), "WALKDOWN_LLM": "none"}
    with (
        subprocess.Popen(SERVE, env={**os.environ, **variables}) as process,
        WalkdownClient(f"http://127.0.0.1:{settings.port}") as client,
    ):
        try:

            def ready() -> bool:
                try:
                    return client.ready().ready
                except ServerUnavailableError:
                    return False

            wait_for(ready, process)
            job = client.ingest("chemical", write_documents(tmp_path_factory.mktemp("files")))
            wait_for(lambda: client.job(job.id).ended, process)
            report = client.job(job.id).report
            assert report is not None and report.added == 2 and not report.failed
            yield client.base_url
        finally:
            process.terminate()
            process.wait(60)


@pytest.fixture(scope="session")
def real_ui(real_server: str, ui_process: Callable[[str], Any]) -> Iterator[str]:
    with ui_process(real_server) as url:
        yield url


def chemical(page: Any) -> None:
    page.get_by_role("radio", name="화학").click()
    expect(page.locator(".wd-welcome")).to_contain_text("화학")


def ask(page: Any, question: str) -> None:
    box = page.get_by_test_id("stChatInputTextArea")
    expect(box).to_be_enabled()
    box.fill(question)
    box.press("Enter")


_MARKED_PIXELS = """async image => {
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const data = context.getImageData(0, 0, canvas.width, canvas.height).data;
    let count = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] - data[i + 2] > 30) count++;
    return count;
}"""


def downloaded(page: Any, button: Any) -> Any:
    """The file that a button gives, once the page is drawn."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    with page.expect_download() as download:
        button.click()
    return download.value


def test_a_limit_in_a_pdf_is_quoted_and_marked_on_its_page(visit: Callable[[str], Any], real_ui: str) -> None:
    page = visit(real_ui).page
    chemical(page)
    ask(page, "What is the minimum seal flush flow of AG-912?")
    expect(page.locator(".wd-status b").first).to_have_text(KO.quoted)
    expect(page.locator(".wd-claim").first).to_contain_text("not less than 7.5 L/min")
    page.locator("[class*=st-key-wd-cites] button").first.click()
    panel = page.locator(".st-key-wd-source")
    expect(panel).to_contain_text(KO.page.format(page=2))
    for image in (panel.locator("img").first, panel.locator("img").last):
        expect(image).to_be_visible()
        assert image.evaluate(_MARKED_PIXELS) > 1_000
    download = downloaded(page, panel.get_by_role("button", name=KO.download))
    assert download.suggested_filename == "ag-912.pdf"
    assert download.path().read_bytes().startswith(b"%PDF")


def test_a_limit_in_a_text_is_marked_where_it_stands(visit: Callable[[str], Any], real_ui: str) -> None:
    page = visit(real_ui).page
    chemical(page)
    ask(page, "P-771 베어링 온도 한계는?")
    expect(page.locator(".wd-status b").first).to_have_text(KO.quoted)
    expect(page.locator(".wd-claim").first).to_contain_text("82 °C")
    page.locator("[class*=st-key-wd-cites] button").first.click()
    expect(page.locator(".wd-mark")).to_contain_text("82 °C")


def test_equipment_that_no_document_names_is_refused(visit: Callable[[str], Any], real_ui: str) -> None:
    page = visit(real_ui).page
    chemical(page)
    ask(page, "P-772 베어링 온도 한계는?")
    expect(page.locator(".wd-status b").first).to_have_text(KO.refused)
    expect(page.locator(".wd-near").first).to_be_visible()


def test_what_was_refused_is_explained_and_given_out_to_label(visit: Callable[[str], Any], real_ui: str) -> None:
    page = visit(real_ui).page
    chemical(page)
    question = "P-775 베어링 온도 한계는?"
    ask(page, question)
    expect(page.locator(".wd-status b").first).to_have_text(KO.refused)
    page.get_by_role("link", name=KO.gaps_page).click()
    expect(page.locator(".wd-scores")).to_contain_text(KO.uncertain)
    page.locator("summary", has_text=question).click()
    facts = page.locator(".wd-facts:visible")
    expect(facts).to_contain_text(KO.why.format(why=words_of("no_tag", "ko")))
    expect(facts).to_contain_text(KO.missing.format(words="P-775"))
    expect(page.locator(".wd-near:visible").first).to_be_visible()
    download = downloaded(page, page.get_by_role("button", name=KO.export_gaps))
    assert download.suggested_filename == "chemical-unlabelled.jsonl"
    lines = [json.loads(line) for line in download.path().read_text("utf-8").splitlines()]
    (own,) = (line for line in lines if line["question"] == question)
    assert own["unlabelled"]["because"] == "no_tag" and own["unlabelled"]["missing"] == ["P-775"]
    page.get_by_role("radio", name=KO.reported).click()
    expect(page.get_by_text(KO.no_gaps)).to_be_visible()


def test_the_documents_page_lists_what_was_taken_in(visit: Callable[[str], Any], real_ui: str) -> None:
    page = visit(real_ui).page
    chemical(page)
    page.get_by_role("link", name=KO.documents_page).click()
    expect(page.locator(".wd-counts div").first).to_contain_text("2")
