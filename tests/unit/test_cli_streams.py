"""Where the output cannot be written, or not in Hangul, a command says so or writes what can be: it never breaks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from walkdown.errors import UsageError
from walkdown.settings import Settings
from walkdown_server.cli.main import run
from walkdown_server.cli.state import typed
from walkdown_server.testing import fake_services


def command(home: Path, line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {**os.environ, "WALKDOWN_HOME": str(home), "WALKDOWN_PORT": "1", **environment}
    return subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m walkdown_server {line}'],
        env=own,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("flags", ["", "--json"])
def test_a_full_disk_under_the_output_is_told(tmp_path: Path, flags: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    done = command(tmp_path, f"models list {flags} > /dev/full")
    assert done.returncode == 1
    assert "cannot be written (No space left on device)" in done.stderr and "Traceback" not in done.stderr


def test_a_closed_output_is_no_defect(tmp_path: Path) -> None:
    done = command(tmp_path, "models list >&-")
    assert (done.returncode, done.stderr) == (0, "")


def test_an_output_that_knows_no_hangul_gets_escapes(tmp_path: Path) -> None:
    done = command(tmp_path, "gaps 없는팩 --json", PYTHONIOENCODING="ascii")
    assert done.returncode == 2
    assert "unknown_pack" in done.stdout and r"\uc5c6" in done.stdout and "what to do" in done.stderr


def test_a_question_typed_under_another_locale_is_whole() -> None:
    torn = "최소 유량 P-101A".encode().decode("ascii", "surrogateescape")
    assert typed(torn) == "최소 유량 P-101A"
    with pytest.raises(UsageError, match="UTF-8"):
        typed("최소 유량".encode("cp949").decode("ascii", "surrogateescape"))


def test_what_is_not_valid_is_a_usage_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "power", "flow", "--after", "half \ud800"], lambda _: fake_services(tmp_path)) == 2
    assert "half a character" in capsys.readouterr().err


def test_a_home_below_that_of_the_user_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WALKDOWN_HOME", "~/walkdown")
    monkeypatch.setenv("WALKDOWN_PACKS", "~/packs")
    assert Settings().home == Path.home() / "walkdown" and Settings().packs == Path.home() / "packs"
