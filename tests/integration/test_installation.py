"""A whole installation in real processes: `walkdown up` with real encoders on a small pack, and commands beside it."""

import contextlib
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import yaml
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from walkdown.client import WalkdownClient
from walkdown.documents import AnswerStatus
from walkdown_server.testing import wait_until

pytestmark = pytest.mark.integration
ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "walkdown_server"]
PACK = {
    "name": "mini",
    "version": "0.1.0",
    "title": {"ko": "작은 팩", "en": "Small pack"},
    "description": {"ko": "시험용", "en": "For a test"},
    "languages": ["ko", "en"],
    "document_types": [{"id": "procedure", "title": {"ko": "절차서", "en": "Procedure"}}],
    "tags": [{"kind": "equipment", "pattern": r"[A-Z]{1,4}-\d{3,4}[A-Z]?", "examples": ["P-101A"]}],
    "prompts": {"ko": "prompts/ko.md", "en": "prompts/en.md"},
    "evaluation": {"dev": "eval/dev.jsonl", "test": "eval/dev.jsonl"},
    "example_questions": {"en": ["What is the minimum flow of P-101A?"]},
}
PUMP = """# Feed pump procedure

Document No. OP-7 Rev. B

## Minimum flow

The minimum flow of feed pump P-101A is 40 m3/h. Below that, open the recirculation valve.

## Vibration

Stop P-101A when its vibration passes 7.1 mm/s.
"""
KOREAN = """# 급수펌프 점검 절차

## 윤활유

급수펌프 P-101A의 윤활유는 3개월마다 교체한다.
"""
QUESTION = "What is the minimum flow of P-101A?"


def build_pack(folder: Path) -> None:
    for name, text in (
        ("pack.yaml", yaml.safe_dump(PACK, allow_unicode=True)),
        ("prompts/ko.md", "근거로만 답한다."),
        ("prompts/en.md", "Answer from the evidence only."),
        ("glossary.csv", "ko,en,abbreviation,synonyms,definition,unit,note\n급수펌프,feed pump,BFP,,,,\n"),
        ("corpus/pump.md", PUMP),
        ("corpus/oil.md", KOREAN),
        (
            "eval/dev.jsonl",
            json.dumps(
                {
                    "id": "q1",
                    "question": QUESTION,
                    "language": "en",
                    "answer": "40 m3/h",
                    "evidence": [{"document_id": "OP-7", "quote": "The minimum flow of feed pump P-101A is 40 m3/h."}],
                }
            ),
        ),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "corpus" / "valve.pdf").write_bytes(valve_pdf())


def valve_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 600))
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(50, 520, "Safety valve PSV-301")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(50, 480, "The set pressure of PSV-301 is 12.5 barg.")
    canvas.save()
    return out.getvalue()


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        held = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [one.getsockname()[1] for one in held]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables of an installation with one small pack and free ports."""
    base = tmp_path_factory.mktemp("installation")
    build_pack(base / "packs" / "mini")
    port, ui_port, llm_port = free_ports(3)
    own = {
        "WALKDOWN_HOME": str(base / "var"),
        "WALKDOWN_PACKS": str(base / "packs"),
        "WALKDOWN_PORT": str(port),
        "WALKDOWN_UI_PORT": str(ui_port),
        "WALKDOWN_LLM_PORT": str(llm_port),
        "WALKDOWN_LLM": "none",
    }
    return {k: v for k, v in os.environ.items() if not k.startswith("WALKDOWN_") or k == "WALKDOWN_CACHE"} | own


class Up:
    """A running `walkdown up`."""

    def __init__(self, environment: dict[str, str], *options: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "up", "--json", *options],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None and self.process.stderr is not None
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if line.startswith("}"):
                break
        assert lines, self.process.stderr.read()
        self.found = json.loads("".join(lines))
        self.children = psutil.Process(self.process.pid).children(recursive=True)

    def stop(self) -> str:
        """Send SIGTERM; returns what it said on stderr."""
        self.process.send_signal(signal.SIGTERM)
        _, said = self.process.communicate(timeout=60)
        return said


@pytest.fixture(scope="module")
def up(environment: dict[str, str]) -> Iterator[Up]:
    running = Up(environment)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()


@pytest.fixture(scope="module")
def client(up: Up) -> Iterator[WalkdownClient]:
    with WalkdownClient(up.found["server"]) as made:
        yield made


def walkdown(environment: dict[str, str], *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run([*COMMAND, *arguments], env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_the_url_it_prints_shows_the_ui(up: Up) -> None:
    page = httpx.get(up.found["url"])
    assert page.is_success and '<div id="root">' in page.text


def test_the_starter_documents_are_in(client: WalkdownClient) -> None:
    assert client.ready().ready
    documents = {d.id: d for d in client.documents("mini")}
    assert documents["OP-7"].status.value == "in_force" and documents["OP-7"].revision == "B"
    assert len(documents) == 3
    (pack,) = client.packs()
    assert pack.documents == 3 and pack.chunks >= 3


def test_a_quote_answers_where_there_is_no_model(client: WalkdownClient) -> None:
    answer = client.ask("mini", QUESTION)
    assert answer.status is AnswerStatus.QUOTED
    assert "40 m3/h" in answer.text
    assert client.ask("mini", "What is the minimum flow of P-999?").status is AnswerStatus.REFUSED


def test_a_korean_question_finds_the_english_document(client: WalkdownClient) -> None:
    hits = client.search("mini", "급수펌프 최소 유량은?", k=5).hits
    assert "OP-7" in {hit.document_id for hit in hits}


def test_a_passage_of_a_pdf_is_shown_on_its_page(client: WalkdownClient, environment: dict[str, str]) -> None:
    original = Path(environment["WALKDOWN_PACKS"]) / "mini" / "corpus" / "valve.pdf"
    hit = client.search("mini", "set pressure of PSV-301", k=1).hits[0]
    assert hit.page == 1 and hit.boxes
    marked = Image.open(io.BytesIO(client.chunk_page_png("mini", hit.chunk_id, dpi=72).png)).convert("RGB")
    plain = Image.open(io.BytesIO(client.page_png("mini", hit.document_id, 1, dpi=72))).convert("RGB")
    assert marked.size == (400, 600)
    # The line stands 120 points below the top; a point beside its first letter is coloured.
    changed = {(x, y) for x in range(400) for y in range(600) if marked.getpixel((x, y)) != plain.getpixel((x, y))}
    assert (60, 115) in changed and (60, 400) not in changed
    assert client.original("mini", hit.document_id) == original.read_bytes()


def test_commands_use_the_running_server(environment: dict[str, str], client: WalkdownClient, tmp_path: Path) -> None:
    status, out, _ = walkdown(environment, "ask", "mini", QUESTION, "--json")
    assert (status, json.loads(out)["status"]) == (0, "quoted")
    (tmp_path / "tank.md").write_text("# Tank TK-101\n\nThe working volume of TK-101 is 12 m3.\n")
    for expected in ({"added": 1, "unchanged": 0}, {"added": 0, "unchanged": 1}):
        status, out, err = walkdown(environment, "ingest", "mini", str(tmp_path / "tank.md"), "--json")
        assert status == 0, err
        assert expected.items() <= json.loads(out).items()
    assert "12 m3" in client.search("mini", "working volume of TK-101", k=1).hits[0].text
    status, out, _ = walkdown(environment, "doctor", "--json")
    assert status == 0 and json.loads(out)["ok"]
    status, out, err = walkdown(environment, "eval", "run", "mini", "--json")
    assert status == 0, err
    assert json.loads(out)["summaries"][0]["retrieval"]["R@5"] == 1.0
    assert client.eval_reports()["mini"]["summaries"][0]["questions"] == 1


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_in(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "good.md").write_text("# Fan FN-201\n\nFN-201 runs at 980 rpm.\n")
    status, out, err = walkdown(environment, "ingest", "mini", str(tmp_path), "--json")
    assert status == 1
    report = json.loads(out)
    assert report["added"] == 1 and "broken.pdf" in report["failed"][0]["path"]
    assert "broken.pdf" in err


def test_a_second_start_is_told_that_walkdown_runs(up: Up, environment: dict[str, str]) -> None:
    status, _, err = walkdown(environment, "up")
    assert status == 1
    assert "Walkdown is running already with this library" in err


def test_a_second_installation_on_the_same_ports_is_told_so(
    up: Up, environment: dict[str, str], tmp_path: Path
) -> None:
    status, _, err = walkdown(environment | {"WALKDOWN_HOME": str(tmp_path)}, "up")
    assert status == 1
    assert re.search(r"Port \d+ for the server is already used by .*pid \d+", err)


def test_the_index_of_a_running_server_is_not_opened_twice(up: Up, environment: dict[str, str]) -> None:
    elsewhere = environment | {"WALKDOWN_PORT": str(free_ports(1)[0])}
    status, _, err = walkdown(elsewhere, "search", "mini", QUESTION)
    assert status == 1 and "error: The index" in err and "what to do:" in err


def test_stopping_ends_all_and_the_next_start_takes_nothing_in_again(up: Up, environment: dict[str, str]) -> None:
    assert "mini: 3 documents taken in" in up.stop()
    assert up.process.returncode == 0
    wait_until(lambda: not any(child.is_running() and child.status() != "zombie" for child in up.children))
    again = Up(environment, "--no-ui")
    assert again.found["url"] == again.found["server"]
    assert "mini: 0 documents taken in, 3 unchanged" in again.stop()
    status, out, _ = walkdown(environment, "ask", "mini", QUESTION, "--json")
    answer: dict[str, Any] = json.loads(out)
    assert status == 0 and "40 m3/h" in answer["answer"]
