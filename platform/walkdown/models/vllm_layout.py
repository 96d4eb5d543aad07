"""Where vLLM's own environment and the models converted for it lie: `vllm/` in the cache."""

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path

from walkdown.models.catalogue import ModelEntry
from walkdown.settings import Settings

LOCK_NAME = "requirements-vllm.lock"
CONVERSION = "w8a8-1"
"""Version of the conversion; a change makes a new folder."""
DONE = "walkdown-done"
"""File that marks an environment or a converted model as whole."""


@cache
def lock_version() -> str:
    """Short name of the locked versions: another lock makes another environment."""
    return hashlib.sha256(resources.files(__package__).joinpath(LOCK_NAME).read_bytes()).hexdigest()[:8]


class VllmLayout:
    """Paths of the environment that `walkdown.models.vllm_env` builds."""

    def __init__(self, settings: Settings) -> None:
        self.root = settings.cache.absolute() / "vllm"
        self.venv = self.root / f"venv-{lock_version()}"
        self.python = self.venv / "bin" / "python"
        self.openmp = self.venv / "lib" / "libiomp5.so"

    def model(self, entry: ModelEntry) -> Path:
        """Folder of a model in the form that vLLM serves."""
        return self.root / "models" / f"{entry.folder_name}-{CONVERSION}"

    @property
    def has_engine(self) -> bool:
        """Whether the environment is built."""
        return (self.venv / DONE).is_file()

    def is_ready(self, entry: ModelEntry) -> bool:
        """Whether the environment is built and the model converted."""
        return self.has_engine and (self.model(entry) / DONE).is_file()
