"""Where vLLM's own environment and the models converted for it lie: `vllm/` in the cache."""

from pathlib import Path

from walkdown.models.catalogue import ModelEntry
from walkdown.settings import Settings

CONVERSION = "w8a8-1"
"""Version of the conversion; a change makes a new folder."""
DONE = "walkdown-done"
"""File that marks an environment or a converted model as whole."""


class VllmLayout:
    """Paths of the environment that `walkdown.models.vllm_env` builds."""

    def __init__(self, settings: Settings) -> None:
        self.root = settings.cache.absolute() / "vllm"
        self.venv = self.root / "venv"
        self.python = self.venv / "bin" / "python"
        self.openmp = self.venv / "lib" / "libiomp5.so"

    def model(self, entry: ModelEntry) -> Path:
        """Folder of a model in the form that vLLM serves."""
        return self.root / "models" / f"{entry.folder_name}-{CONVERSION}"

    def is_ready(self, entry: ModelEntry) -> bool:
        """Whether the environment is built and the model converted."""
        return (self.venv / DONE).is_file() and (self.model(entry) / DONE).is_file()
