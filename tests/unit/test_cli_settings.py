"""A setting that is wrong, or written wrongly, is told by its name."""

from pathlib import Path

import pytest

from walkdown.settings import Settings, unknown_variables
from walkdown_server.cli.main import run
from walkdown_server.testing import fake_services


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("EMBEDDERS", "e5-small"),
        ("FETCH_PRIVATE", "docs.plant:8080"),
        ("MAX_CONCURRENT_ANSWERS", "0"),
        ("ANSWER_TIMEOUT", "-5"),
        ("ANSWER_TIMEOUT", "nan"),
        ("PARSE_TIMEOUT", "0"),
        ("LLM", "127.0.0.1:8702"),
        ("QDRANT_URL", "qdrant"),
    ],
)
def test_a_wrong_setting_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv("WALKDOWN_HOME", str(tmp_path))
    monkeypatch.setenv(f"WALKDOWN_{name}", value)
    assert run(["models", "list"], lambda settings: fake_services(settings.home)) == 2
    err = capsys.readouterr().err
    assert f"WALKDOWN_{name}" in err and "what to do" in err and "Traceback" not in err


def test_a_setting_written_wrongly_is_told_with_the_one_that_was_meant() -> None:
    found = unknown_variables({"WALKDOWN_HOEM": "/x", "WALKDOWN_QQQQQQQQ": "1", "WALKDOWN_HOME": "/x", "PATH": "/x"})
    assert found == {"WALKDOWN_HOEM": "WALKDOWN_HOME", "WALKDOWN_QQQQQQQQ": ""}
    assert Settings(llm="None").llm == "none"
