"""The UI without a browser: sentences, launching, security headers, the life of a question, tables and filters."""

import ast
import dataclasses
import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from walkdown.answering.verification.outcome import failed
from walkdown.client import HangUp, ServerEvent, WalkdownClient
from walkdown.documents import AnswerPart, AnswerStatus, Box, DocumentStatus
from walkdown.errors import ServerUnavailableError
from walkdown.testing import plant
from walkdown.testing.fake_server import FakeServer
from walkdown.testing.memory import ScriptedLLM
from walkdown.wire import PartStatus, Readiness
from walkdown_server.testing import fake_services, running, wait_until
from walkdown_ui import asgi, languages
from walkdown_ui.asking import Turn, start
from walkdown_ui.launch import command, streamlit_options
from walkdown_ui.parts.answer import parts_text, reason_beside
from walkdown_ui.parts.excerpt import excerpt
from walkdown_ui.shell import state_sentence
from walkdown_ui.texts import Texts
from walkdown_ui.views.documents import matching, status_word
from walkdown_ui.views.evaluation import EvaluationRun, group_name, scores_table

UI = Path(__file__).parents[2] / "ui"
KO, EN = languages.TEXTS["ko"], languages.TEXTS["en"]


def test_every_sentence_is_used() -> None:
    code = "\n".join(p.read_text("utf-8") for p in (UI / "walkdown_ui").rglob("*.py") if "texts" not in p.name)
    unused = [f.name for f in dataclasses.fields(Texts) if not re.search(rf"texts(\(\))?\.{f.name}\b", code)]
    assert not unused


def test_the_pages_hold_no_sentence_of_their_own() -> None:
    for path in (UI / "walkdown_ui").rglob("*.py"):
        if "texts" not in path.name and path.name != "languages.py":
            assert not re.search("[가-힣ぁ-んァ-ン一-龯]", path.read_text("utf-8")), path


def test_every_check_of_the_verification_has_a_name() -> None:
    folder = UI.parent / "platform/walkdown/answering/verification"
    code = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    names = set(re.findall(r'\b(?:passed|failed|skipped)\(\s*"(\w+)"', code)) | {"quote"}
    assert len(names) > 5
    for texts in languages.TEXTS.values():
        assert names <= texts.check_names.keys() and names <= texts.check_failures.keys()


def test_the_ui_knows_only_the_client_and_the_nouns() -> None:
    known = "carried client documents errors outcomes reasons retelling unlabelled wire wire_conversations wire_records"
    allowed = {f"walkdown.{name}" for name in known.split()}
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            ours = {m for m in modules if m.split(".")[0].startswith("walkdown") and m.split(".")[0] != "walkdown_ui"}
            assert ours <= allowed, path


def test_the_command_carries_host_port_and_server() -> None:
    argv = command("127.0.0.1", 9001, "http://127.0.0.1:9000")
    assert argv[0] == sys.executable
    assert argv[1:] == [
        "-m", "walkdown_ui", "--host", "127.0.0.1", "--port", "9001", "--server", "http://127.0.0.1:9000",
    ]  # fmt: skip


def test_a_local_ui_takes_only_local_host_names() -> None:
    assert streamlit_options("127.0.0.1")["server.allowedHosts"]
    assert streamlit_options("localhost")["server.allowedHosts"]
    assert not streamlit_options("0.0.0.0")["server.allowedHosts"]
    assert streamlit_options("127.0.0.1")["browser.gatherUsageStats"] is False


def test_the_policy_lets_nothing_load_from_elsewhere() -> None:
    policy = asgi.security_headers("<script>go()</script>")["Content-Security-Policy"]
    sources = {name: values for name, *values in (part.split() for part in policy.split("; "))}
    assert all(not re.search(r"\*|https?:|//", value) for values in sources.values() for value in values)
    assert "'unsafe-inline'" not in sources["script-src"] and "'unsafe-eval'" not in sources["script-src"]
    assert any(value.startswith("'sha256-") for value in sources["script-src"])
    assert sources["connect-src"] == ["'self'"]


class Scripted:
    """An asker that says what it is told to say and notes whether it was closed."""

    def __init__(self, *events: ServerEvent, error: Exception | None = None) -> None:
        self.events, self.error, self.closed = events, error, False

    def ask_stream(
        self,
        pack: str,
        question: str,
        *,
        conversation_id: str | None = None,
        turns: Sequence[str] = (),
        reader: str = "",
        hang_up: HangUp | None = None,
    ) -> Iterator[ServerEvent]:
        try:
            yield from self.events
            if self.error:
                raise self.error
        finally:
            self.closed = True


def test_a_turn_follows_the_answer_of_a_server() -> None:
    with FakeServer(plant.plant_world()) as server, WalkdownClient(server.url) as client:
        turn = Turn("power", plant.ANSWERED)
        start(client, turn).join(20)
    assert turn.state == "done" and turn.answer is not None
    assert turn.answer.status is AnswerStatus.ANSWERED
    assert turn.draft.split() == turn.answer.text.split()
    first = turn.passage(1)
    assert first is not None and first.chunk.id == "bfp-1" and turn.passage(9) is None


@pytest.mark.parametrize("question", [plant.BROKEN, plant.OVERLOADED])
def test_a_turn_keeps_the_error_of_a_server(question: str) -> None:
    with FakeServer(plant.plant_world()) as server, WalkdownClient(server.url) as client:
        turn = Turn("power", question)
        start(client, turn).join(20)
    assert turn.state == "failed" and turn.error is not None
    assert turn.error.retryable and turn.answer is None


def test_a_turn_without_a_server_fails_in_words() -> None:
    turn = Turn("power", "?")
    start(WalkdownClient("http://127.0.0.1:9"), turn).join(20)
    assert turn.state == "failed" and isinstance(turn.error, ServerUnavailableError)


def test_a_reply_of_another_version_fails_in_words() -> None:
    turn = Turn("power", "?")
    turn.follow(Scripted(ServerEvent("answer", {"status": "odd"})))
    assert turn.state == "failed" and turn.error is not None and "version" in turn.error.remedy


@pytest.mark.parametrize("data", [[], {"evidence": 5}, {"evidence": None}])
def test_no_reply_leaves_a_page_waiting_for_ever(data: Any) -> None:
    turn = Turn("power", "?")
    start(Scripted(ServerEvent("evidence", data)), turn).join(20)
    assert turn.state == "failed" and turn.error is not None


def test_a_stopped_turn_takes_in_nothing_more_and_closes_the_stream() -> None:
    turn = Turn("power", "?")
    asker = Scripted(ServerEvent("token", {"text": "a"}), ServerEvent("token", {"text": "b"}))
    turn.stop()
    turn.follow(asker)
    assert turn.state == "stopped" and turn.draft == "" and asker.closed


def test_a_stop_ends_the_work_of_the_server_though_nothing_comes_meanwhile(tmp_path: Path) -> None:
    llm = ScriptedLLM("yes\nThe minimum flow is 40 m3/h [1].", pause=60)
    services = fake_services(tmp_path, llm=llm, max_concurrent_answers=1)
    question = "What is the minimum flow of P-101A?"
    with running(services) as url, WalkdownClient(url) as client:
        wait_until(lambda: client.ready().ready)
        at_work, queued = Turn("power", question), Turn("power", question)
        threads = [start(client, at_work)]
        wait_until(lambda: llm.started == 1)
        threads.append(start(client, queued))
        wait_until(lambda: queued.stage == "queued")
        for turn in (queued, at_work):
            turn.stop()
        wait_until(lambda: llm.cancelled == 1)
        for thread in threads:
            thread.join(5)
            assert not thread.is_alive()
        # The place is free again, and the question that was given up in the queue never took it.
        assert llm.started == 1 and {at_work.state, queued.state} == {"stopped"}
        assert at_work.error is None and queued.error is None
        again = Turn("power", question)
        threads.append(start(client, again))
        wait_until(lambda: llm.started == 2)
        again.stop()


def test_an_answer_that_arrived_is_not_lost_by_a_late_stop() -> None:
    turn = Turn("power", "?", state="done")
    turn.stop()
    assert turn.state == "done"


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ((PartStatus(name="index", ok=True), PartStatus(name="llm", ok=True, detail="qwen")), ""),
        ((PartStatus(name="llm", ok=True, required=False, detail="none: quotes"),), KO.without_model),
        ((PartStatus(name="index", ok=False, loading=True, cause="c", remedy="r"),), KO.loading),
        ((PartStatus(name="llm", ok=False, required=False, cause="It is away.", remedy="Wait."),), "It is away. Wait."),
        (
            (PartStatus(name="index", ok=False, cause="The index in /d is in use by process 7.", remedy="Wait."),),
            "색인(/d)이 프로세스 7에서 사용 중입니다. Wait.",
        ),
    ],
)
def test_the_reader_is_told_when_the_server_works_less_well(parts: tuple[PartStatus, ...], sentence: str) -> None:
    assert state_sentence(Readiness(ready=True, parts=parts), KO, "ko") == sentence
    assert state_sentence(None, KO, "ko") == ""


def test_documents_are_found_by_every_word() -> None:
    documents = plant.plant_world().documents
    assert [d.id for d in matching(documents, "lube STANDARD")] == ["LO-STD-004"]
    assert matching(documents, "") == documents
    assert matching(documents, "lube 급수펌프") == []
    assert len({status_word(s, KO) for s in DocumentStatus}) == len(DocumentStatus)


def drawn(*boxes: Box) -> bytes:
    return plant.page_png(plant.CHUNKS[0].model_copy(update={"boxes": boxes}))


@pytest.mark.parametrize(
    "boxes",
    [
        (Box(page=2, x0=72, y0=180, x1=520, y1=300),),
        (Box(page=2, x0=72, y0=10, x1=90, y1=22), Box(page=2, x0=72, y0=24, x1=200, y1=36)),
        (Box(page=2, x0=300, y0=800, x1=590, y1=840),),
    ],
)
def test_an_excerpt_holds_the_whole_passage_and_little_else(boxes: tuple[Box, ...]) -> None:
    page = Image.open(io.BytesIO(drawn(*boxes)))
    strip = excerpt(drawn(*boxes), boxes, 130)
    assert strip is not None
    picture = Image.open(io.BytesIO(strip))
    yellow = (255, 233, 122)

    def marked(image: Image.Image) -> int:
        return sum(count for count, colour in image.getcolors(1 << 20) or [] if colour == yellow)

    assert marked(picture) == marked(page) > 0
    assert picture.height < page.height * 0.5


@pytest.mark.parametrize(
    "boxes",
    [(), (Box(page=1, x0=72, y0=50, x1=520, y1=700),), (Box(page=1, x0=72, y0=1200, x1=520, y1=1300),)],
    ids=["none", "most of the page", "off the page"],
)
def test_there_is_no_excerpt_where_it_would_not_help(boxes: tuple[Box, ...]) -> None:
    assert excerpt(drawn(), boxes, 130) is None


def test_what_could_not_be_scored_is_never_a_zero() -> None:
    run = EvaluationRun.model_validate(plant.plant_world().reports["power"])
    table = scores_table(run, EN)
    assert table.count("not scored") >= 4
    assert "0.00" not in table
    assert group_name("cross", KO) == KO.cross and group_name("other", KO) == "other"


def test_the_guide_uses_the_words_of_the_screen() -> None:
    guide = (UI.parent / "docs/engineer.md").read_text("utf-8")
    for texts in (KO, EN):
        named = (
            texts.ask_page, texts.documents_page, texts.evaluation_page, texts.gaps_page, texts.answered, texts.quoted,
            texts.refused, texts.incomplete, texts.draft, texts.stop, texts.download, texts.checks, texts.not_scored,
            texts.retry, texts.server_down, texts.without_model.rstrip("."),
        )  # fmt: skip
        assert [word for word in named if word not in guide] == []
    argv = " ".join(command("127.0.0.1", 8701, "http://127.0.0.1:8700")[1:])
    assert f"python {argv}" in guide


def test_what_became_of_each_question_is_said_in_the_readers_language() -> None:
    parts = [
        AnswerPart(question=q, status=s, text="")
        for q, s in (("유량은?", AnswerStatus.ANSWERED), ("언제?", AnswerStatus.REFUSED))
    ]
    assert parts_text(parts, KO).split("\n") == [f"1. 유량은? — {KO.answered}", f"2. 언제? — {KO.refused}"]
    assert KO.refused not in parts_text(parts, EN)


def test_a_reason_is_not_said_twice() -> None:
    language = failed("language", "other_language")
    numbers = failed("numbers", "not_in_passage", what="0.5 MPa")
    assert reason_beside(language, KO, "ko") == ""
    assert "0.5 MPa" in reason_beside(numbers, KO, "ko") and "0.5 MPa" in reason_beside(numbers, EN, "en")
