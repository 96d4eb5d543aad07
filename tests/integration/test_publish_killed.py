"""Killed with SIGKILL at any moment, a publication leaves the version in service whole, old or new: real processes."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from walkdown.packs.new import new_pack
from walkdown.settings import Settings
from walkdown.testing.memory import HashEmbedder
from walkdown.testing.pack_sample import edit
from walkdown.wire_releases import PublishQuery
from walkdown_server import composition
from walkdown_server.access import LOCAL
from walkdown_server.publishing import PackPublisher
from walkdown_server.services import Services

pytestmark = [pytest.mark.integration, pytest.mark.slow]
_CALL = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import test_publish_killed as t; t."
RUN, SHOW = f"{_CALL}run()", f"{_CALL}show()"
KILLS = 8


def services_in(home: Path) -> Services:
    """A real installation but for the encoder, which needs no weights."""
    vars(composition)["load_embedder"] = lambda name, _: HashEmbedder(name)
    (home / "packs-installed").mkdir(parents=True, exist_ok=True)
    settings = Settings(home=home / "var", packs=home / "packs-installed", llm="none", embedders=("e5-small",))
    return composition.build_services(settings)


def run() -> None:
    """What the child process does."""
    services = services_in(Path(os.environ["TEST_HOME"]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    PackPublisher(services).publish(PublishQuery(path=os.environ["TEST_PACK"]), lambda *_: None)


def show() -> None:
    """Print the version in service and what it says of the minimum flow."""
    services = services_in(Path(os.environ["TEST_HOME"]))
    pack = services.packs.get("plant")
    hits = services.searcher.get().search("minimum flow of P-101A", pack, LOCAL, k=3).hits
    text = " ".join(hit.chunk.text for hit in hits)
    sys.stdout.write(f"{pack.name}: {[value for value in ('40 m3/h', '48 m3/h') if value in text]}\n")
    asyncio.run(services.close())


def child(program: str, home: Path, pack: Path) -> "subprocess.Popen[str]":
    environment = os.environ | {"TEST_HOME": str(home), "TEST_PACK": str(pack)}
    command = [sys.executable, "-c", program]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def look(home: Path, pack: Path) -> str:
    out, _ = child(SHOW, home, pack).communicate(timeout=300)
    return out.strip().splitlines()[-1]


def test_a_publication_that_is_killed_leaves_one_whole_version(tmp_path: Path) -> None:
    home = tmp_path / "home"
    new_pack("plant", tmp_path)
    pack = tmp_path / "plant"
    first = child(RUN, home, pack)
    began = time.monotonic()
    assert first.wait(300) == 0
    whole = time.monotonic() - began
    assert look(home, pack) == "plant@0.1.0: ['40 m3/h']"
    edit(pack / "pack.yaml", "version: 0.1.0", "version: 0.2.0")
    for name in ("corpus/my-op-001-feed-pump.md", "eval/dev.jsonl"):
        (pack / name).write_text((pack / name).read_text("utf-8").replace("40 m3/h", "48 m3/h"), encoding="utf-8")
    chance = random.Random(7)
    old, new = "plant@0.1.0: ['40 m3/h']", "plant@0.2.0: ['48 m3/h']"
    for _ in range(KILLS):
        running = child(RUN, home, pack)
        assert running.stdout is not None
        running.stdout.readline()
        time.sleep(chance.uniform(0, whole))
        running.send_signal(signal.SIGKILL)
        running.wait(60)
        seen = look(home, pack)
        assert seen in (old, new)
        if seen == new:
            break
    if look(home, pack) == old:
        assert child(RUN, home, pack).wait(300) == 0
    assert look(home, pack) == new
    assert [path.name for path in (home / "var" / "packs").glob(".*") if path.is_dir()] == []
