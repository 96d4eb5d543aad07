"""The guide for domain teams is true: its commands are run in their order, its source example is built."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from walkdown.packs.loader import load_pack
from walkdown.packs.validation import validate_pack
from walkdown.testing.memory import HashEmbedder
from walkdown.testing.pack_sample import edit
from walkdown.testing.pack_suite import PackSuite
from walkdown_eval.scorers import carries
from walkdown_ingestion.corpus import read_corpus
from walkdown_ingestion.prepare import Job, Outcome, Recipe, prepare
from walkdown_server import composition
from walkdown_server.cli.main import run

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "domain-team.md").read_text(encoding="utf-8")


class Here:
    """Parses in this process."""

    def __init__(self, recipe: Recipe, **_: object) -> None:
        self._recipe = recipe

    def run(self, job: Job) -> Outcome:
        return prepare(job, self._recipe)

    def kill(self) -> None:
        return

    def __enter__(self) -> "Here":
        return self

    def __exit__(self, *_: object) -> None:
        return


def commands() -> Iterator[str]:
    """The command lines of the guide's fenced blocks, in order."""
    for block in re.findall(r"^```\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE):
        for line in block.splitlines():
            if line.startswith(("walkdown ", "python ")):
                # A table of commands may say what one does after two spaces.
                yield re.split(r"\s{2,}", line)[0]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder and an installation without packs; encoders by hashing, everything else real."""
    monkeypatch.setattr(composition, "load_embedder", lambda name, _: HashEmbedder(name))
    monkeypatch.setattr("walkdown_ingestion.engines.local.ParsingProcess", Here)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WALKDOWN_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("WALKDOWN_LLM", "none")
    monkeypatch.setenv("WALKDOWN_PORT", "8799")
    monkeypatch.setenv("WALKDOWN_EMBEDDERS", '["e5-small"]')
    monkeypatch.setenv("WALKDOWN_PACKS", str(tmp_path / "packs"))
    (tmp_path / "packs").mkdir()
    return tmp_path


def test_the_guide_has_the_commands_of_a_packs_life() -> None:
    verbs = {" ".join(line.split()[1:3]) for line in commands()}
    assert verbs >= {f"pack {verb}" for verb in ("new", "validate", "publish", "versions", "rollback", "bundle")}
    assert {"search my-plant", "eval run"} <= verbs


def test_its_commands_run_in_their_order(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    published = 0
    for line in commands():
        words = shlex.split(line)
        if words[0] == "python":
            continue
        if words[1:3] == ["pack", "publish"]:
            published += 1
            if published == 2:
                edit(folder / "my-plant" / "pack.yaml", "version: 0.1.0", "version: 0.2.0")
            if words[3].endswith(".walkdownpack"):
                # The bundle goes to another installation.
                monkeypatch.setenv("WALKDOWN_HOME", str(folder / "elsewhere"))
        assert run(words[1:]) == 0, (line, capsys.readouterr().err)
        shown = capsys.readouterr().out
        if words[1] == "search":
            assert "40 m3/h" in shown
    assert published == 3


def test_its_example_of_a_source_is_built_and_makes_a_valid_pack(folder: Path) -> None:
    assert run(["pack", "new", "my-plant"]) == 0
    (folder / "domains").mkdir()
    pack = shutil.move(folder / "my-plant", folder / "domains" / "my-plant")
    front = next(block for block in re.findall(r"```yaml\n---\n(.*?)---\n```", GUIDE, re.DOTALL))
    figure = next(iter(re.findall(r"````\n(.*?)````", GUIDE, re.DOTALL)))
    fields = "type: operating_procedure\nformat: html\nfile: plant-op-001\n"
    source = Path(pack) / "sources" / "start.md"
    source.parent.mkdir()
    source.write_text(f"---\n{front}{fields}---\n\n## 1. Start\n\nOpen the valve.\n\n{figure}", encoding="utf-8")
    line = next(line for line in commands() if line.startswith("python "))
    script, argument = line.split()[1:3]
    done = subprocess.run(
        [sys.executable, str(ROOT / script), argument], capture_output=True, text=True, check=False, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    assert (Path(pack) / "corpus" / "plant-op-001.html").is_file()
    assert validate_pack(Path(pack)) == []


class TestThePackOfTheGuide(PackSuite):
    """The pack that its commands make, with what the guide shows as examples put in, passes the suite."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        assert run(["pack", "new", "my-plant", "--in", str(tmp_path)]) == 0
        pack = tmp_path / "my-plant"
        examples = re.findall(r"```(yaml|json)\n(.*?)```", GUIDE, re.DOTALL)
        blocks = [text for _, text in examples]
        for name, key in (("safety.yaml", "topics:"), ("sources.yaml", "sources:")):
            text = next(block for block in blocks if block.startswith(key))
            (pack / name).write_text(text.replace("PLANT-OP-001", "MY-OP-001"), encoding="utf-8")
        question = next(text for kind, text in examples if kind == "json").replace("PLANT-OP-001", "MY-OP-001")
        dev = pack / "eval" / "dev.jsonl"
        kept = dev.read_text(encoding="utf-8").splitlines()[1:]
        dev.write_text("\n".join([question.strip(), *kept]), encoding="utf-8")
        assert load_pack(pack).safety[0].id == "loto"
        return pack

    @pytest.fixture
    def reader(self):  # type: ignore[no-untyped-def]  # the suite's fixture says its type
        return read_corpus

    @pytest.fixture
    def carries(self):  # type: ignore[no-untyped-def]
        return carries
