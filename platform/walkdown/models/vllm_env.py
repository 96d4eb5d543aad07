"""`python -m walkdown.models.vllm_env [MODEL]`: builds vLLM's own environment and converts a model for it, once.

vLLM pins versions that Walkdown's other dependencies forbid, so it lives in a virtual environment of its own in the
cache, out of `requirements-vllm.lock`. What is there already is not done again; an interrupted step starts over.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path

import psutil
from filelock import FileLock

from walkdown.errors import ModelError, ResourceError, UsageError, WalkdownError
from walkdown.models.catalogue import ModelEntry, find_model
from walkdown.models.vllm_layout import DONE, LOCK_NAME, VllmLayout
from walkdown.models.weights import pull
from walkdown.settings import Settings

PYTHON = (3, 11)
TORCH = "torch==2.13.0"
TORCH_INDEX = "https://download.pytorch.org/whl/cpu"
"""Where PyTorch's builds without CUDA are; the ones on PyPI need its libraries. An index of the site goes first."""
DISK_BYTES = 8 << 30
CONVERSION_BYTES = 7 << 30
_CHECK = "import torch, vllm, transformers, gguf"

Run = Callable[[Sequence[str]], subprocess.CompletedProcess[str]]
Say = Callable[[str], None]


def run_captured(argv: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command and keep what it says."""
    return subprocess.run(list(argv), capture_output=True, text=True, check=False)


def build(entry: ModelEntry, settings: Settings, say: Say, *, run: Run = run_captured) -> VllmLayout:
    """The environment and the converted model, made where they are missing.

    Raises UsageError (vLLM cannot serve the model, or this Python is another version), ModelError (a step failed;
    the cause has its last line), ResourceError (disk, memory).
    """
    options = entry.serving
    if options is None or options.vllm is None or options.llamacpp is None:
        raise UsageError(f"{entry.name} has no GGUF file to convert for vLLM.", "Name another model of the catalogue.")
    layout = VllmLayout(settings)
    layout.root.mkdir(parents=True, exist_ok=True)
    with FileLock(layout.root / ".lock"):
        if not (layout.venv / DONE).is_file():
            _require_room(layout.root, settings)
            _build_environment(layout, say, run)
        if not (layout.model(entry) / DONE).is_file():
            gguf = pull(entry, settings) / options.llamacpp.file
            _convert(layout, gguf, layout.model(entry), say, run)
    return layout


def _require_room(root: Path, settings: Settings) -> None:
    if settings.offline:
        raise ModelError(
            "vLLM's environment is not built and Walkdown is offline.",
            f"Run `make vllm` on a machine like this one with a package index and copy {root} here.",
        )
    if sys.version_info[:2] != PYTHON:
        raise UsageError(
            f"vLLM's environment is locked for Python {PYTHON[0]}.{PYTHON[1]}, and this is {sys.version.split()[0]}.",
            "Install Walkdown with that Python, or serve with llama.cpp.",
        )
    free = shutil.disk_usage(root).free
    if free < DISK_BYTES:
        raise ResourceError(
            f"vLLM needs {DISK_BYTES / 1e9:.0f} GB in {root}, where {free / 1e9:.1f} GB is free.",
            "Free space there, or set WALKDOWN_CACHE to a folder on a larger disk.",
        )


def _build_environment(layout: VllmLayout, say: Say, run: Run) -> None:
    shutil.rmtree(layout.venv, ignore_errors=True)
    say("1. Making an environment for vLLM.")
    _do(run, "make an environment", [sys.executable, "-m", "venv", str(layout.venv)])
    pip = [str(layout.python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "--no-deps"]
    say("2. Installing PyTorch for CPUs.")
    _do(run, "install PyTorch", [*pip, "--retries", "1", "--extra-index-url", TORCH_INDEX, TORCH])
    say("3. Installing vLLM and what it needs (some minutes, 3.5 GB in all).")
    with resources.as_file(resources.files(__package__).joinpath(LOCK_NAME)) as lock:
        _do(run, "install vLLM", [*pip, "--require-hashes", "--requirement", str(lock)])
    _do(run, "import vLLM", [str(layout.python), "-c", _CHECK])
    (layout.venv / DONE).touch()


def _convert(layout: VllmLayout, gguf: Path, out: Path, say: Say, run: Run) -> None:
    free = psutil.virtual_memory().available
    if free < CONVERSION_BYTES:
        raise ResourceError(
            f"Converting the model needs {CONVERSION_BYTES / 1e9:.0f} GB of memory and {free / 1e9:.1f} GB is free.",
            "Close other programs and try again.",
        )
    say("4. Converting the model to 8-bit integers (a minute or two).")
    partial = out.with_name(f".{out.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.rmtree(out, ignore_errors=True)
    partial.mkdir(parents=True)
    with resources.as_file(resources.files(__package__).joinpath("vllm_convert.py")) as script:
        _do(run, "convert the model", [str(layout.python), "-I", str(script), str(gguf), str(partial)])
    (partial / DONE).touch()
    partial.rename(out)


def _do(run: Run, what: str, argv: Sequence[str]) -> None:
    done = run(argv)
    if done.returncode != 0:
        said = [line.strip() for line in (done.stderr or done.stdout or "").splitlines() if line.strip()]
        raise ModelError(
            f"Could not {what}: {said[-1] if said else f'exit status {done.returncode}'}",
            "Check that pip reaches a package index with it and run `make vllm` again; llama.cpp serves meanwhile.",
        )


def main(arguments: Sequence[str]) -> None:
    """The command line."""
    settings = Settings()
    try:
        entry = find_model(arguments[0] if arguments else settings.llm_model, settings)
        layout = build(entry, settings, lambda line: print(line, flush=True))  # noqa: T201  # it is a command
    except WalkdownError as error:
        raise SystemExit(str(error)) from error
    print(f"vLLM is in {layout.root}; `walkdown models serve --engine vllm` starts it.")  # noqa: T201  # it is a command


if __name__ == "__main__":
    main(sys.argv[1:])
