"""The compose file: valid by the specification, bound to this machine, pinned; its commands and settings exist."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_pydantic import ComposeSpecification
from typer.main import get_command

from walkdown.settings import Settings
from walkdown_server.cli.main import build_app

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
ALL = pytest.mark.parametrize("name", sorted(SERVICES))


def standard(compose: dict[str, Any]) -> dict[str, Any]:
    """Without the extension fields, which the specification allows and the models do not know."""
    return {key: value for key, value in compose.items() if not key.startswith("x-")}


def test_the_file_is_valid_by_the_compose_specification() -> None:
    ComposeSpecification.model_validate(standard(COMPOSE))


@pytest.mark.parametrize("wrong", [{"helthcheck": {}}, {"ports": [{"target": "x", "oops": 1}]}, {"cap_drop": "ALL"}])
def test_the_validation_sees_what_is_wrong(wrong: dict[str, Any]) -> None:
    broken = standard(COMPOSE) | {"services": {"ui": SERVICES["ui"] | wrong}}
    with pytest.raises(ValueError, match="validation error"):
        ComposeSpecification.model_validate(broken)


def test_references_between_services_and_volumes_resolve() -> None:
    for service in SERVICES.values():
        assert set(service.get("depends_on", {})) <= set(SERVICES)
        named = {volume.split(":")[0] for volume in service.get("volumes", []) if not volume.startswith((".", "/"))}
        assert named <= set(COMPOSE["volumes"])


@ALL
def test_every_service_is_pinned_checked_and_reachable_from_this_machine_only(name: str) -> None:
    service = SERVICES[name]
    assert re.fullmatch(r"[\w./-]+:v?\d+\.\d+\.\d+", service["image"])
    assert service["healthcheck"]["test"][0] == "CMD"
    assert all(str(port).startswith("127.0.0.1:") for port in service.get("ports", []))


@ALL
def test_settings_that_are_set_exist(name: str) -> None:
    own = {key.removeprefix("WALKDOWN_").lower() for key in SERVICES[name].get("environment", {}) if "WALKDOWN" in key}
    assert own <= set(Settings.model_fields)


def interpolated(text: str) -> str:
    """A value with the defaults of its variables; required ones become a word."""
    text = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)
    return re.sub(r"\$\{\w+:\?[^}]*\}", "required", text)


def server_settings() -> Settings:
    """The settings that the server's container gets."""
    given: dict[str, str] = SERVICES["server"]["environment"]
    return Settings.model_validate({k.removeprefix("WALKDOWN_").lower(): interpolated(v) for k, v in given.items()})


def test_the_server_finds_the_other_services_where_they_listen() -> None:
    settings = server_settings()
    words = shlex.split(interpolated(SERVICES["vllm"]["command"]))
    assert settings.llm == f"http://vllm:{words[words.index('--port') + 1]}"
    assert settings.llm_model == words[words.index("--served-model-name") + 1]
    assert settings.qdrant_url == "http://qdrant:6333"
    ui = SERVICES["ui"]["command"]
    assert ui[ui.index("--server") + 1] == f"http://server:{settings.port}"
    assert SERVICES["server"]["ports"] == ["127.0.0.1:${WALKDOWN_PORT:-8700}:8700"] and settings.port == 8700


def test_keys_are_the_same_on_both_sides() -> None:
    environment = SERVICES["server"]["environment"]
    assert environment["WALKDOWN_QDRANT_API_KEY"] == SERVICES["qdrant"]["environment"]["QDRANT__SERVICE__API_KEY"]
    assert environment["WALKDOWN_LLM_API_KEY"] == SERVICES["vllm"]["environment"]["VLLM_API_KEY"]


def test_the_servers_command_is_one_of_ours() -> None:
    program, command = SERVICES["server"]["command"]
    assert program == "walkdown"
    assert command in get_command(build_app()).commands  # type: ignore[attr-defined]
    assert SERVICES["server"]["command"] == yaml.safe_load(
        re.search(r"^CMD (.*)$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)[1]  # type: ignore[index]
    )
