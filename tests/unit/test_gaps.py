"""Corpus gaps: reported over HTTP and by the button of a refused answer, listed for the domain team."""

import json
import socket
import time
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from walkdown.client import WalkdownClient
from walkdown.documents import AnswerStatus
from walkdown.errors import UnknownItemError, UnknownPackError, UsageError
from walkdown.settings import Settings
from walkdown.testing import plant
from walkdown.testing.fake_server import FakeServer
from walkdown.testing.memory import ScriptedLLM
from walkdown.wire_records import MAX_NOTE
from walkdown_server.cli.main import run
from walkdown_server.services import Services
from walkdown_server.testing import fake_services, running, wait_until
from walkdown_ui.languages import TEXTS

MAIN = Path(__file__).parents[2] / "ui/walkdown_ui/entry/main.py"
QUESTION = "What is the lube oil pressure of P-101A?"


def test_a_refusal_is_reported_and_listed_over_http(tmp_path: Path) -> None:
    services = fake_services(tmp_path, llm=ScriptedLLM("no"))
    with running(services) as url, WalkdownClient(url) as client:
        wait_until(lambda: client.ready().ready)
        answer = client.ask("power", QUESTION)
        assert answer.status is AnswerStatus.REFUSED
        assert [g.reported_at for g in client.gaps("power").gaps] == [None]
        gap = client.report_gap(answer.record_id, "should be in OP-1")
        (listed,) = client.gaps("power").gaps
        assert (listed.record_id, listed.note, listed.reported_at) == (gap.record_id, gap.note, gap.reported_at)
        assert (gap.question, gap.outcome, gap.note) == (QUESTION, "refused", "should be in OP-1")
        assert gap.nearest[0].document_id == answer.evidence[0].chunk.document_id
        with pytest.raises(UnknownItemError):
            client.report_gap("nothing")
        with pytest.raises(UnknownPackError):
            client.gaps("nothing")
        with pytest.raises((UsageError, ValueError)):
            client.report_gap(answer.record_id, "x" * (MAX_NOTE + 1))


def test_the_command_lists_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        monkeypatch.setenv("WALKDOWN_PORT", str(held.getsockname()[1]))
    monkeypatch.setenv("WALKDOWN_HOME", str(tmp_path))
    monkeypatch.setenv("WALKDOWN_LLM", "none")

    def build(settings: Settings) -> Services:
        return fake_services(settings.home, llm=ScriptedLLM("no"), port=settings.port)

    assert run(["gaps", "power"], build) == 0
    assert "No question" in capsys.readouterr().out
    assert run(["ask", "power", QUESTION, "--json"], build) == 0
    record = json.loads(capsys.readouterr().out)["record_id"]
    log = build(Settings(home=tmp_path)).answers.get()
    log.report_gap(record, "[bold]check[/bold] OP-1")
    log.close()
    assert run(["gaps", "power"], build) == 0
    out = capsys.readouterr().out
    assert QUESTION in out and "note: [bold]check[/bold] OP-1" in out and record in out
    assert run(["gaps", "power", "--json"], build) == 0
    (gap,) = json.loads(capsys.readouterr().out)["gaps"]
    assert gap["record_id"] == record and gap["language"] == "en" and gap["because"] == "model_says_no"
    assert run(["gaps", "nothing"], build) == 2


def _asked(server: FakeServer, question: str) -> AppTest:
    st.cache_data.clear()
    test = AppTest.from_file(str(MAIN), default_timeout=60)
    test.secrets["server_url"] = server.url
    test.session_state["language"] = "ko"
    test.session_state["pack"] = "power"
    test.run()
    test.chat_input[0].set_value(question).run()
    deadline = time.monotonic() + 30
    while not any(b.key.startswith("near") or b.key.startswith("claim") for b in test.button if b.key):
        assert time.monotonic() < deadline
        test.run()
    return test


def _page(test: AppTest) -> str:
    assert not test.exception
    return "\n".join(element.proto.body for element in test.get("html"))


def test_a_refused_answer_is_reported_with_its_note_by_one_button() -> None:
    texts = TEXTS["ko"]
    with FakeServer(plant.plant_world()) as server:
        test = _asked(server, plant.REFUSED)
        next(t for t in test.text_input if t.label == texts.gap_note).set_value("개정 7에 있어야 함")
        next(b for b in test.button if b.label == texts.report_gap).click().run()
        assert server.world.told == [("0123456789abcdef", "개정 7에 있어야 함")]
        assert texts.gap_reported in _page(test)
        assert texts.report_gap not in [b.label for b in test.button]


def test_a_report_that_fails_says_so_and_can_be_tried_again() -> None:
    texts = TEXTS["ko"]
    world = plant.plant_world()
    world.records_lost = True
    with FakeServer(world) as server:
        test = _asked(server, plant.REFUSED)
        next(b for b in test.button if b.label == texts.report_gap).click().run()
        assert "없는 기록입니다" in _page(test)
        world.records_lost = False
        next(b for b in test.button if b.label == texts.report_gap).click().run()
        assert texts.gap_reported in _page(test)


def test_an_answered_question_has_no_such_button() -> None:
    with FakeServer(plant.plant_world()) as server:
        test = _asked(server, plant.ANSWERED)
        assert TEXTS["ko"].report_gap not in [b.label for b in test.button]
