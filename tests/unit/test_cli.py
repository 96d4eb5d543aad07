"""The `walkdown` command over fakes: exit statuses, JSON shapes, errors in two lines, a running server preferred."""

import json
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from walkdown.errors import DocumentError, IndexUnavailableError, ResourceError
from walkdown.packs.schema import JudgeParameters
from walkdown.settings import Settings
from walkdown.testing.judging import FixedJudge
from walkdown.testing.memory import MemoryStore, ScriptedLLM, sample_pack
from walkdown.wire import FailedFile, IngestQuery, IngestSummary
from walkdown_server.cli.main import run
from walkdown_server.jobs import JobProgress
from walkdown_server.lazy import Lazy
from walkdown_server.services import Services
from walkdown_server.testing import SAMPLE_CHUNKS, FixedLink, fake_services, running

QUESTION = "What is the minimum flow of P-101A?"
REPLY = "The minimum flow of P-101A is 40 m3/h [1]."
Build = Callable[[Settings], Services]


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data directory of its own and ports where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        free = held.getsockname()[1]
    monkeypatch.setenv("WALKDOWN_HOME", str(tmp_path))
    monkeypatch.setenv("WALKDOWN_PORT", str(free))
    monkeypatch.setenv("WALKDOWN_LLM", "none")
    monkeypatch.setenv("WALKDOWN_CACHE", str(tmp_path / "cache"))


def raised(error: Exception) -> Any:
    """Raise in a place that takes an expression."""
    raise error


def build(**options: Any) -> Build:
    """Services over fakes; the model is scripted."""
    return lambda settings: fake_services(settings.home, llm=ScriptedLLM(REPLY), port=settings.port, **options)


def test_ask_prints_the_answer_and_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "power", QUESTION], build()) == 0
    out = capsys.readouterr().out
    assert "40 m3/h" in out
    assert "[1] Feed pump, rev. B  (OP-1)" in out


def test_ask_as_json_is_the_contracts_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "power", QUESTION, "--language", "ko", "--json"], build()) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["status"] in ("answered", "quoted") and answer["language"] == "ko"
    assert {"answer", "claims", "evidence", "timings", "record_id"} <= set(answer)


def test_a_warning_in_the_log_does_not_mix_into_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Red where the log keeps structlog's default, stdout."""

    def unrecorded(settings: Settings) -> Services:
        services = build()(settings)
        services.answers = Lazy(lambda: raised(ResourceError("The database is full.", "Free some space.")))
        return services

    assert run(["ask", "power", QUESTION, "--json"], unrecorded) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["record_id"] == ""
    assert "answer_not_recorded" in captured.err


def test_a_question_too_long_is_refused_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Red where only its parts are measured: each of the two is short enough."""
    monkeypatch.setenv("WALKDOWN_MAX_QUESTION_CHARS", "60")
    assert run(["ask", "power", QUESTION + " What is the minimum flow of P-101B?"], build(max_question_chars=60)) == 2
    assert "at most 60 are taken" in capsys.readouterr().err


def test_a_refusal_is_no_failure_and_shows_the_nearest_passages(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "power", "What is the minimum flow of P-999?"], build()) == 0
    out = capsys.readouterr().out
    assert "P-999" in out and "Nearest passages:" in out


def test_an_answer_that_broke_off_is_shown_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    def failing(settings: Settings) -> Services:
        return fake_services(settings.home, llm=ScriptedLLM(REPLY, fail=True), port=settings.port)

    assert run(["ask", "power", QUESTION], failing) == 1
    captured = capsys.readouterr()
    assert "40 m3/h" in captured.out and captured.err.startswith("error: The language model did not finish")
    assert run(["ask", "power", QUESTION, "--json"], failing) == 1
    assert json.loads(capsys.readouterr().out)["status"] == "incomplete"


def test_search_explains_what_found_each_passage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "power", QUESTION, "-k", "1", "--explain"], build()) == 0
    out = capsys.readouterr().out
    assert "searched in en (question)" in out and "tags: ['P101A']" in out and "minimum flow" in out
    assert run(["search", "power", QUESTION, "-k", "1", "--explain", "--json"], build()) == 0
    reply = json.loads(capsys.readouterr().out)
    why = reply["explanations"][0]
    assert why["contributions"] and sum(why["contributions"].values()) == pytest.approx(
        reply["hits"][0]["score"], abs=0.01
    )


class _JudgingLink(FixedLink):
    """A link whose model judges in this process."""

    def judge(self, question: str, passages: Sequence[str], *, seconds: float) -> list[float]:
        return FixedJudge({"45 m3/h": 3.0}).judge(question, passages, seconds=seconds)


def judging(link: Callable[[Settings, None], FixedLink]) -> Build:
    """Services whose pack asks for a judge."""

    def make(settings: Settings) -> Services:
        pack = sample_pack()
        parameters = pack.manifest.retrieval.model_copy(update={"judge": JudgeParameters()})
        manifest = pack.manifest.model_copy(update={"retrieval": parameters})
        pack = pack.model_copy(update={"manifest": manifest})
        services = fake_services(settings.home, port=settings.port, pack=pack)
        services.llm = link(services.settings, None)
        return services

    return make


def test_search_says_that_passages_were_not_judged_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "power", "minimum flow", "--explain"], judging(FixedLink)) == 0
    out = capsys.readouterr().out
    assert "not judged: There is no language model." in out and "P-101A" in out


def test_search_shows_what_the_judge_added(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "power", "minimum flow", "--explain", "--json"], judging(_JudgingLink)) == 0
    reply = json.loads(capsys.readouterr().out)
    assert reply["judged"] == "2 passages judged by the language model" and reply["timings"]["judge"] >= 0
    assert "45 m3/h" in reply["hits"][0]["text"] and reply["explanations"][0]["contributions"]["judge"] > 0
    assert run(["search", "power", "minimum flow", "--explain"], judging(_JudgingLink)) == 0
    out = capsys.readouterr().out
    assert reply["judged"] in out and " judge +" in out


def test_search_says_that_a_tag_is_unknown_and_suggests(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "power", "minimum flow of P-109A"], build()) == 0
    assert "No passage names P109A. Nearest: P101A" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "cause"),
    [
        (["--filter", "sitte=ulsan"], "There is no filter 'sitte'"),
        (["--filter", "site"], "is not FIELD=VALUE"),
        (["--as-of", "soon"], "--as-of"),
    ],
)
def test_a_filter_that_cannot_narrow_is_refused(
    options: list[str], cause: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["search", "power", QUESTION, *options], build()) == 2
    assert cause in capsys.readouterr().err


def test_search(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "power", QUESTION, "-k", "1", "--json"], build()) == 0
    (hit,) = json.loads(capsys.readouterr().out)["hits"]
    assert hit["chunk_id"] == "OP-1:0"
    assert {"document_id", "title", "revision", "page", "boxes", "text", "score", "scores"} <= set(hit)
    assert run(["search", "power", QUESTION], build()) == 0
    assert "OP-1" in capsys.readouterr().out


def test_documents(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["documents", "power", "--json"], build()) == 0
    (document,) = json.loads(capsys.readouterr().out)
    assert {"id", "title", "revision", "status", "chunks"} <= set(document)
    assert run(["documents", "power"], build()) == 0
    assert "in_force" in capsys.readouterr().out


def test_ingest_reports_and_fails_when_a_file_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[IngestQuery] = []

    def take_in(query: IngestQuery, progress: JobProgress) -> IngestSummary:
        seen.append(query)
        progress("a.md", 1, 2)
        bad = [FailedFile(path=p, cause="It is locked.", remedy="Unlock it.") for p in query.paths if "bad" in p]
        return IngestSummary(pack=query.pack, added=len(query.paths) - len(bad), failed=tuple(bad))

    (tmp_path / "good.md").write_text("x")
    (tmp_path / "bad.pdf").write_text("x")
    good, bad = str(tmp_path / "good.md"), str(tmp_path / "bad.pdf")
    assert run(["ingest", "power", good, "--site", "west", "--access", "ops"], build(ingest=take_in)) == 0
    assert "1 added" in capsys.readouterr().out
    assert seen[0] == IngestQuery(pack="power", paths=(good,), access=("ops",), site="west")
    assert run(["ingest", "power", good, "--engine", "ray"], build(ingest=take_in)) == 0 and seen[1].engine == "ray"
    assert run(["ingest", "power", good, "--engine", "spark"], build(ingest=take_in)) == 2
    capsys.readouterr()
    assert run(["ingest", "power", good, bad, "--json"], build(ingest=take_in)) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["added"] == 1
    assert "bad.pdf: It is locked. Unlock it." in captured.err


def no_index() -> MemoryStore:
    raise IndexUnavailableError("Another process holds the index.", "Stop it.")


@pytest.mark.parametrize(
    ("arguments", "status", "cause"),
    [
        (["ask", "nuclear", QUESTION], 2, "nuclear"),
        (["ask", "power", "   "], 2, "empty"),
        (["ask", "power", "ab " * 7000], 2, "characters"),
        (["ask", "power", QUESTION, "--language", "fr"], 2, "'fr'"),
        (["search", "power", QUESTION, "-k", "0"], 2, "-k"),
        (["search", "power", QUESTION, "--as-of", "yesterday"], 2, "'yesterday' does not have the form YYYY-MM-DD"),
        (["gaps", "power", "--only", "never"], 2, "'--only': 'never' is not one of"),
        (["gaps", "power", "--export", "/tmp"], 2, "is a folder"),
        (["pack", "publish", "/etc/passwd"], 2, "/etc/passwd is no .walkdownpack file"),
        (["ingest", "power", "/not/there.pdf"], 2, "/not/there.pdf"),
        (["ask", "power"], 2, "question"),
        (["frobnicate"], 2, "frobnicate"),
        ([], 2, "command"),
        (["models", "show", "gpt-9"], 2, "gpt-9"),
        (["models", "serve", "e5-small"], 2, "encoder"),
        (["pack", "validate", "/not/there"], 2, "/not/there"),
        (["eval", "run", "power", "--set", "/not/there.jsonl"], 2, "/not/there.jsonl"),
    ],
)
def test_wrong_use_is_told_in_two_lines_without_traceback(
    arguments: list[str], status: int, cause: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments, build()) == status
    captured = capsys.readouterr()
    first, second = captured.err.strip().splitlines()
    assert first.startswith("error: ") and cause in first
    assert second.startswith("what to do: ") and len(second) > len("what to do: ")
    assert "Traceback" not in captured.err and not captured.out


def test_a_failure_is_status_1_and_with_json_an_object_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "power", QUESTION, "--json"], build(store=no_index)) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["error"] == {
        "code": "index_unavailable",
        "cause": "Another process holds the index.",
        "remedy": "Stop it.",
        "retryable": True,
    }
    assert captured.err.startswith("error: Another process")


def test_a_defect_is_one_sentence_and_its_traceback_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> MemoryStore:
        raise ZeroDivisionError("by zero")

    assert run(["search", "power", QUESTION], build(store=broken)) == 1
    err = capsys.readouterr().err
    assert "ZeroDivisionError" in err.splitlines()[0] and "Traceback" not in err
    assert "Traceback" in (tmp_path / "logs" / "crash.log").read_text()


def test_commands_go_through_a_running_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: Settings) -> Services:
        raise AssertionError("the index must not be opened beside the server")

    def take_in(query: IngestQuery, progress: JobProgress) -> IngestSummary:
        if "bad" in query.paths[0]:
            raise DocumentError("It is locked.", "Unlock it.")
        return IngestSummary(pack=query.pack, added=1)

    served = fake_services(tmp_path, llm=ScriptedLLM(REPLY), chunks=SAMPLE_CHUNKS, ingest=take_in)
    with running(served) as url:
        monkeypatch.setenv("WALKDOWN_PORT", url.rpartition(":")[2])
        assert run(["ask", "power", QUESTION, "--json"], refuse) == 0
        assert json.loads(capsys.readouterr().out)["status"] == "answered"
        assert run(["search", "power", QUESTION, "--json"], refuse) == 0
        assert run(["documents", "power"], refuse) == 0
        (tmp_path / "bad.pdf").touch()
        (tmp_path / "a.pdf").touch()
        assert run(["ingest", "power", str(tmp_path / "a.pdf")], refuse) == 0
        assert run(["ingest", "power", str(tmp_path / "bad.pdf")], refuse) == 1
        assert run(["ask", "nuclear", QUESTION], refuse) == 2
        captured = capsys.readouterr()
    assert "error: It is locked." in captured.err and "nuclear" in captured.err


def test_models_list_and_show(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["models", "list", "--json"], build()) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["e5-small"]["role"] == "embedder" and rows["e5-small"]["in_use"]
    assert not rows["qwen2.5-1.5b"]["pulled"]
    assert run(["models", "list"], build()) == 0
    assert run(["models", "show", "qwen2.5-1.5b"], build()) == 0
    assert "Apache-2.0" in capsys.readouterr().out
    assert run(["models", "show", "qwen2.5-1.5b", "--json"], build()) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "qwen2.5-1.5b"


def test_models_serve_as_json_prints_the_command_and_runs_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["models", "serve", "--engine", "llamacpp", "--port", "9123", "--json"], build()) == 0
    command = json.loads(capsys.readouterr().out)
    assert command["engine"] == "llamacpp" and "9123" in command["argv"]


def test_packs_are_listed_and_a_broken_one_is_no_failure_of_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "list", "--json"], build()) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["name"], row["title"]["ko"]) == ("power", "발전")
    assert run(["pack", "list"], build()) == 0


def test_a_pack_with_faults_is_told_file_by_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pack.yaml").write_text("name: X\n")
    assert run(["pack", "validate", str(tmp_path)], build()) == 1
    assert "pack.yaml:1" in capsys.readouterr().out
    assert run(["pack", "validate", str(tmp_path), "--json"], build()) == 1
    found = json.loads(capsys.readouterr().out)
    assert not found["valid"] and {"file", "line", "message", "remedy"} <= set(found["faults"][0])


def test_eval_run_prints_figures_and_keeps_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    questions = tmp_path / "own.jsonl"
    evidence = [{"document_id": "OP-1", "quote": "40 m3/h"}]
    questions.write_text(
        json.dumps({"id": "q1", "question": QUESTION, "language": "en", "answer": "40 m3/h", "evidence": evidence})
    )
    assert run(["eval", "run", "power", "--set", str(questions), "--json"], build()) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["summaries"][0]["questions"] == 1 and report["outcomes"][0]["status"] == "answered"
    assert list((tmp_path / "eval").glob("power-own-*.json"))
    assert run(["eval", "run", "power", "--set", str(questions), "--retrieval-only"], build()) == 0


def test_doctor_takes_a_nearly_full_disk_for_no_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Red where the disk is a required part: questions are answered still."""
    monkeypatch.setattr("walkdown_server.resources.ROOM_FOR_DOCUMENTS", 2**60)
    run(["doctor"], build())
    out = capsys.readouterr().out
    assert "note  disk" in out and "questions are answered still" in out


def test_doctor_names_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--json"], build()) == 1
    found = json.loads(capsys.readouterr().out)
    parts = {part["name"]: part for part in found["parts"]}
    assert not found["ok"] and parts["registry"]["ok"] and parts["llm"]["ok"]
    assert not parts["embedders"]["ok"], "nothing may be fetched to find out that it is missing"
    assert "walkdown models pull e5-small" in parts["weights"]["remedy"]
    assert run(["doctor"], build()) == 1
    assert "FAIL  weights" in capsys.readouterr().out


def test_up_says_which_port_is_taken(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        assert run(["up", "--no-ui", "--port", str(port)], build()) == 1
        assert run(["serve", "--port", str(port)], build()) == 1
    err = capsys.readouterr().err
    assert err.count(f"error: Port {port} for the server is already used") == 2
    assert run(["up", "--port", "70000"], build()) == 2


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"], build()) == 0
    assert capsys.readouterr().out.startswith("walkdown ")
