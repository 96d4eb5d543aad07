"""The small parts of the server: lazy parts, the link to the language model, the queue, pages, and what is recorded."""

import asyncio
import io
import threading
from pathlib import Path

import httpx
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from walkdown.answering.events import Final
from walkdown.documents import Answer, Language, Principal
from walkdown.errors import (
    IndexUnavailableError,
    LLMUnavailableError,
    ModelError,
    OverloadedError,
    ResourceError,
    UsageError,
)
from walkdown.packs.schema import Pack
from walkdown.records.answers import AnswerLog
from walkdown.retrieval.understanding import QueryPlan, understand
from walkdown.settings import Settings
from walkdown.testing.memory import ScriptedLLM, sample_pack
from walkdown.wire import SearchQuery
from walkdown_server.access import may_see
from walkdown_server.app import allowed_hosts
from walkdown_server.composition import build_services
from walkdown_server.lazy import Lazy
from walkdown_server.llm_link import LLMLink, llm_url
from walkdown_server.queueing import AnswerQueue
from walkdown_server.readiness import readiness
from walkdown_server.rendering import render_page
from walkdown_server.routers.pages import parse_highlight
from walkdown_server.searching import run_search
from walkdown_server.services import PackShelf, Services
from walkdown_server.testing import FixedLink, fake_services


def test_a_lazy_part_is_made_once_even_by_many_threads() -> None:
    made: list[int] = []
    gate = threading.Barrier(8)

    def make() -> int:
        made.append(1)
        return 7

    part = Lazy(make)
    assert part.peek() is None and not part.loaded

    def get() -> None:
        gate.wait()
        assert part.get() == 7

    threads = [threading.Thread(target=get) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1] and part.loaded


def test_a_lazy_part_that_failed_remembers_why_and_is_tried_again() -> None:
    outcomes: list[object] = [IndexUnavailableError("Held.", "Stop it."), "there"]

    def make() -> str:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return str(outcome)

    part = Lazy(make)
    with pytest.raises(IndexUnavailableError):
        part.get()
    assert part.error is not None and part.error.cause == "Held."
    assert part.get() == "there" and part.error is None


def link(handler: httpx.MockTransport, **settings: object) -> LLMLink:
    return LLMLink(Settings.model_validate(settings), transport=handler)


def offering(*names: str) -> httpx.MockTransport:
    return httpx.MockTransport(lambda _: httpx.Response(200, json={"data": [{"id": name} for name in names]}))


def dead(_: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused")


DEAD = httpx.MockTransport(dead)


@pytest.mark.parametrize(
    ("llm", "url"),
    [("none", ""), ("auto", "http://127.0.0.1:8702"), ("http://gpu:8000/v1/", "http://gpu:8000")],
)
def test_where_the_language_model_is(llm: str, url: str) -> None:
    assert llm_url(Settings(llm=llm, llm_port=8702)) == url


def test_none_is_never_asked_and_auto_waits_for_the_server_to_come_up() -> None:
    assert link(DEAD, llm="none").client() is None
    assert link(DEAD, llm="auto").client() is None
    up = link(offering("qwen2.5-1.5b"), llm="auto").client()
    assert up is not None and up.model == "qwen2.5-1.5b"


def test_a_server_given_by_url_is_used_even_when_it_fails_so_that_its_failure_is_seen() -> None:
    client = link(DEAD, llm="http://gpu:8000", llm_model="big").client()
    assert client is not None and client.model == "big"


def test_the_model_asked_for_wins_and_else_the_one_that_is_offered() -> None:
    assert link(offering("a", "b"), llm="http://gpu:8000", llm_model="b").probe() == "b"
    assert link(offering("a", "b"), llm="http://gpu:8000", llm_model="c").probe() == "a"


@pytest.mark.parametrize(("status", "body"), [(500, "{}"), (200, "hello"), (200, "[]"), (200, '{"data": [{}]}')])
def test_what_is_no_model_server_is_told(status: int, body: str) -> None:
    other = httpx.MockTransport(lambda _: httpx.Response(status, text=body))
    with pytest.raises(LLMUnavailableError, match="does not answer"):
        link(other, llm="http://gpu:8000").probe()


def test_the_key_goes_to_the_server_and_a_probe_is_not_repeated_at_once() -> None:
    seen: list[str | None] = []

    def note(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("authorization"))
        return httpx.Response(200, json={"data": [{"id": "m"}]})

    asked = link(httpx.MockTransport(note), llm="http://gpu:8000", llm_api_key="secret")
    assert [asked.probe(), asked.probe()] == ["m", "m"]
    assert seen == ["Bearer secret"]


class _TranslatingLink(FixedLink):
    """A link that notes what it is asked to translate."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings, None)
        self.asked: list[tuple[str, str]] = []

    def translate(self, plan: QueryPlan, pack: Pack, target: Language) -> str | None:
        self.asked.append((plan.language, target))
        return None


def test_a_question_that_the_lexicon_cannot_carry_reaches_the_model_for_a_translation(tmp_path: Path) -> None:
    services = fake_services(tmp_path)
    services.llm = link = _TranslatingLink(services.settings)
    run_search(services, SearchQuery(pack="power", question="紫砂壶和龙井茶怎样搭配？"))
    run_search(services, SearchQuery(pack="power", question="给水泵的最小流量是多少？"))
    run_search(services, SearchQuery(pack="power", question="minimum flow of P-101A?"))
    assert link.asked == [("zh", "en")]


def test_a_model_that_the_site_forbids_is_neither_asked_to_judge_nor_to_translate(tmp_path: Path) -> None:
    policy = tmp_path / "policy.yaml"
    policy.write_text("llm: {unknown: deny}\n", encoding="utf-8")
    forbidden = link(offering("nobody-knows-1b"), llm="http://gpu:8000", model_policy=policy)
    with pytest.raises(ModelError, match="policy"):
        forbidden.judge("q?", ["a", "b"], seconds=1)
    assert forbidden.translate(understand("q?", sample_pack(), ["en"]), sample_pack(), "ko") is None


def test_the_queue_counts_and_gives_places_back() -> None:
    async def run() -> None:
        queue = AnswerQueue(1, 1)
        with queue.enter() as first:
            assert not first.must_wait
            assert await first.turn(1)
            with queue.enter() as second:
                assert second.must_wait and (queue.running, queue.waiting) == (1, 1)
                with pytest.raises(OverloadedError), queue.enter():
                    pass
                waiting = asyncio.ensure_future(second.turn(60))
                await asyncio.sleep(0)
                waiting.cancel()
                await asyncio.gather(waiting, return_exceptions=True)
                assert not await second.turn(0.01)
            assert (queue.running, queue.waiting) == (1, 0)
        with queue.enter() as third:
            assert await third.turn(1)
        assert queue.running == 0

    asyncio.run(run())


@pytest.mark.parametrize(
    ("access", "groups", "visible"),
    [((), (), True), (("ops",), (), False), (("ops",), ("ops", "lab"), True), (("ops",), ("lab",), False)],
)
def test_who_may_see(access: tuple[str, ...], groups: tuple[str, ...], visible: bool) -> None:
    assert may_see(access, Principal(groups=groups)) is visible


def test_foreign_host_names_are_refused_on_loopback_only() -> None:
    assert "evil.example" not in allowed_hosts("127.0.0.1") and allowed_hosts("localhost") == allowed_hosts("::1")
    assert allowed_hosts("0.0.0.0") == ["*"]


def test_a_huge_page_is_drawn_smaller(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "plan.pdf"), pagesize=(9000, 6000))
    canvas.drawString(10, 10, "plan")
    canvas.save()
    picture = Image.open(io.BytesIO(render_page(tmp_path / "plan.pdf", 1, dpi=200)))
    assert picture.width * picture.height < 21_000_000


def test_highlights_are_parsed_or_refused() -> None:
    (first, second) = parse_highlight("1,2,3,4;5,6,7,8;", 3)
    assert (first.page, first.x0, second.y1) == (3, 1.0, 8.0)
    for wrong in ("1,2,3", "a,b,c,d", "3,2,1,4", "1,2,3,4,5"):
        with pytest.raises(UsageError):
            parse_highlight(wrong, 1)


def asked(services: Services) -> Answer:
    async def run() -> Answer:
        pack = services.packs.get("power")
        events = [event async for event in services.ask("What is the minimum flow of P-101A?", pack)]
        last = events[-1]
        assert isinstance(last, Final)
        return last.answer

    return asyncio.run(run())


def test_every_answer_is_recorded_before_it_is_given(tmp_path: Path) -> None:
    services = fake_services(tmp_path, llm=ScriptedLLM("The minimum flow of P-101A is 40 m3/h [1]."))
    answer = asked(services)
    kept = services.answers.get().get(answer.record_id)
    assert kept.answer == answer and kept.principal == Principal()


def test_an_answer_that_cannot_be_recorded_is_given_without_a_record_id(tmp_path: Path) -> None:
    services = fake_services(tmp_path)

    def no_log() -> AnswerLog:
        raise ResourceError("The disk is full.", "Free it.")

    services.answers = Lazy(no_log)
    assert asked(services).record_id == ""


def test_building_the_services_opens_and_writes_nothing(tmp_path: Path) -> None:
    services = build_services(Settings(home=tmp_path / "var", cache=tmp_path / "cache"))
    assert services.packs.names()
    assert not (tmp_path / "var").exists() and not (tmp_path / "cache").exists()


def test_a_registry_that_cannot_be_read_does_not_hide_how_the_other_parts_are(tmp_path: Path) -> None:
    def damaged() -> dict[str, Path]:
        raise ResourceError("The database is damaged.", "Bring it back.")

    services = fake_services(tmp_path)
    services.packs = PackShelf(damaged, lambda name: sample_pack())
    told = {part.name: part for part in readiness(services).parts}
    assert told["packs"].cause == "The database is damaged." and told["packs"].remedy == "Bring it back."
    assert told["embedders"].ok and not readiness(services).ready
