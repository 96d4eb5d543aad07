"""What an unset variable of a script leaves empty means nothing else: no folder one happens to be in, no address."""

from pathlib import Path

import pytest

from walkdown.settings import Settings
from walkdown_server.cli.main import run
from walkdown_server.testing import fake_services


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(f"WALKDOWN_{name.upper()}", raising=False)
    usual = getattr(Settings(), name)
    monkeypatch.setenv(f"WALKDOWN_{name.upper()}", "")
    # An empty host was every address of the machine, an empty home the current folder.
    assert getattr(Settings(), name) == usual


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ingest", "power", ""], "A path is empty"),
        (["ingest", "power", "/", "--access", ""], "has no name"),
        (["serve", "--host", ""], "an address to listen on"),
    ],
)
def test_an_empty_argument_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run(arguments, lambda settings: fake_services(tmp_path)) == 2
    assert said in capsys.readouterr().err
