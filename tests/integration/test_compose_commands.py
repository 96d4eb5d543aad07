"""The commands of docker-compose.yml: ours are run here without containers, on free ports; the others are parsed."""

import os
import re
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from walkdown.models.catalogue import load_catalogue
from walkdown.models.vllm_layout import VllmLayout
from walkdown.settings import Settings
from walkdown_server.testing import wait_until

pytestmark = pytest.mark.integration
ROOT = Path(__file__).parents[2]
SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
OURS = ("server", "ui")


@pytest.fixture(scope="module")
def ports() -> dict[str, str]:
    """A free port here for each port inside the containers."""
    with ExitStack() as stack:
        held = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(4)]
        free = [str(one.getsockname()[1]) for one in held]
    return dict(zip(("8700", "8701", "8702", "6333"), free, strict=True))


def here(text: str, ports: dict[str, str]) -> str:
    """A word of a command as it reads on this machine: host names and ports of the containers replaced."""
    text = re.sub(r"//(?:server|vllm|qdrant):", "//127.0.0.1:", text).replace("0.0.0.0", "127.0.0.1")
    for inside, outside in ports.items():
        text = re.sub(rf"\b{inside}\b", outside, text)
    return text


def program(words: list[str], ports: dict[str, str]) -> list[str]:
    """A command with the programs of this environment."""
    programs = {"walkdown": [sys.executable, "-m", "walkdown_server"], "python": [sys.executable]}
    first, *rest = words
    return [*programs[first], *(here(word, ports) for word in rest)]


def variables(name: str, ports: dict[str, str], home: Path) -> dict[str, str]:
    """The environment of a service; the index is the embedded one, since no Qdrant server runs here."""
    given = {k: here(str(v), ports) for k, v in SERVICES[name].get("environment", {}).items() if "${" not in str(v)}
    kept = {k: v for k, v in os.environ.items() if not k.startswith("WALKDOWN_") or k == "WALKDOWN_CACHE"}
    return kept | given | {"WALKDOWN_HOME": str(home), "WALKDOWN_QDRANT_URL": "", "WALKDOWN_OFFLINE": "false"}


def healthy(name: str, ports: dict[str, str]) -> bool:
    """Outcome of the service's own health check, run here."""
    kind, *words = SERVICES[name]["healthcheck"]["test"]
    assert kind == "CMD"
    return subprocess.run(program(words, ports), capture_output=True, check=False).returncode == 0


@contextmanager
def service(name: str, ports: dict[str, str], home: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(program(SERVICES[name]["command"], ports), env=variables(name, ports, home))
    try:
        yield process
    finally:
        process.terminate()
        assert process.wait(30) is not None


def test_server_and_ui_start_by_their_commands_and_pass_their_health_checks(
    ports: dict[str, str], tmp_path: Path
) -> None:
    assert not any(healthy(name, ports) for name in OURS), "a health check must be able to fail"
    with service("server", ports, tmp_path) as server:
        wait_until(lambda: healthy("server", ports) or server.poll() is not None, 180)
        assert server.poll() is None
        with service("ui", ports, tmp_path) as ui:
            wait_until(lambda: healthy("ui", ports) or ui.poll() is not None, 120)
            assert ui.poll() is None


def test_the_health_check_of_qdrant_tells_an_open_port_from_a_closed_one(ports: dict[str, str]) -> None:
    words = [here(word, ports) for word in SERVICES["qdrant"]["healthcheck"]["test"][1:]]
    assert subprocess.run(words, capture_output=True, check=False).returncode != 0
    with socket.create_server(("127.0.0.1", int(ports["6333"]))):
        assert subprocess.run(words, capture_output=True, check=False).returncode == 0


def vllm_words() -> list[str]:
    """The arguments of vLLM with the defaults of their variables."""
    return shlex.split(re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", SERVICES["vllm"]["command"]))


def test_vllm_takes_the_arguments(tmp_path: Path) -> None:
    entry = next(e for e in load_catalogue().values() if e.serving is not None and e.serving.vllm is not None)
    layout = VllmLayout(Settings(home=tmp_path))
    if not layout.is_ready(entry):
        pytest.skip("vLLM is not installed; `make vllm` installs it")
    check = (
        "import sys; from vllm.utils.argparse_utils import FlexibleArgumentParser as P; "
        "from vllm.entrypoints.launchers.cli_args import make_arg_parser as m; "
        "a = m(P()).parse_args(sys.argv[1:]); print(a.port, a.served_model_name)"
    )
    done = subprocess.run([str(layout.python), "-c", check, *vllm_words()], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines()[-1].startswith("8702 ")
