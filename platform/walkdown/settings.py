"""All settings, read once from the environment (`WALKDOWN_*`) and passed down; nothing else reads the environment."""

import difflib
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from platformdirs import user_cache_path
from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

LLM_AUTO = "auto"
LLM_NONE = "none"
_PREFIX = "WALKDOWN_"
_OF_OTHERS = ("WALKDOWN_VLLM_MODEL", "WALKDOWN_VLLM_ARGS", "WALKDOWN_CHROMIUM")
"""Variables that the containers and the tests of the browser read."""


def _is_url(text: str) -> bool:
    return text.startswith(("http://", "https://")) and len(text) > len("https://")


def _llm(text: str) -> str:
    if text.lower() in (LLM_AUTO, LLM_NONE):
        return text.lower()
    if not _is_url(text):
        raise ValueError("it must be auto, none or a URL like http://127.0.0.1:8702")
    return text


def _qdrant(text: str) -> str:
    if text and not _is_url(text):
        raise ValueError("it must be empty or a URL like http://qdrant:6333")
    return text


def _host(text: str) -> str:
    if not text.strip():
        raise ValueError("it must be an address to listen on; 0.0.0.0 is all of them")
    return text


def _expanded(path: Path | None) -> Path | None:
    # Nobody expands it in a unit of systemd or an .env file: it would be a folder named "~".
    try:
        return path and path.expanduser()
    except RuntimeError as error:
        raise ValueError("there is no user of that name for its ~") from error


def _seconds(description: str, default: float) -> float:
    """A time that may be set; 0 would let nothing come to an end."""
    return Field(default=default, gt=0, allow_inf_nan=False, description=description)


Place = Annotated[Path, AfterValidator(_expanded)]
Port = Annotated[int, Field(ge=1, le=65535)]


class Settings(BaseSettings):
    """Frozen settings. Times are in seconds."""

    # An empty variable is none: an empty path would be the folder one happens to be in, an empty host every address.
    model_config = SettingsConfigDict(env_prefix="WALKDOWN_", env_ignore_empty=True, frozen=True, extra="ignore")

    home: Place = Field(default=Path("var"), description="Data directory; deleting it resets the installation.")
    cache: Place = Field(
        default_factory=lambda: user_cache_path("walkdown"),
        description="Model weights and engine environments, shared by clones.",
    )
    packs: Place | None = Field(default=None, description="Folder of domain packs; default is the installed ones.")
    model_dir: Place | None = Field(default=None, description="Folder to take model weights from before any network.")
    offline: bool = Field(default=False, description="Never fetch weights or packages.")

    host: Annotated[str, AfterValidator(_host)] = Field(
        default="127.0.0.1", description="Address the server and the UI listen on."
    )
    port: Port = Field(default=8700, description="Port of the HTTP server.")
    ui_port: Port = Field(default=8701, description="Port of the web UI.")
    llm_port: Port = Field(default=8702, description="Port of the local LLM server.")

    qdrant_url: Annotated[str, AfterValidator(_qdrant)] = Field(
        default="", description="Qdrant server; empty uses the embedded index."
    )
    qdrant_api_key: str = Field(default="", description="API key of the Qdrant server.")
    database_url: str = Field(default="", description="SQLAlchemy URL of the registry; empty uses SQLite in home.")

    llm: Annotated[str, AfterValidator(_llm)] = Field(
        default=LLM_AUTO, description="auto, none, or the URL of an OpenAI-compatible server."
    )
    llm_model: str = Field(default="qwen2.5-1.5b", description="Catalogue name of the language model.")
    llm_billions: Annotated[float, Field(ge=0)] = Field(
        default=0.0,
        description="Parameters of the language model in 10⁹, where the name it is served under tells none.",
    )
    llm_engine: str = Field(default="auto", description="auto, vllm or llamacpp.")
    model_policy: Place | None = Field(default=None, description="YAML file of the models the site permits.")
    llm_api_key: str = Field(default="", description="API key of the LLM server.")
    embedders: tuple[str, ...] = Field(
        default=("e5-small", "use-multilingual"), description="Catalogue names of the dense encoders."
    )
    answer_timeout: float = _seconds("One deadline for a whole answer.", 120.0)
    max_concurrent_answers: int = Field(default=2, ge=1, description="Answers generated at once.")
    max_queued_answers: int = Field(default=8, ge=0, description="Answers that may wait; further ones are refused.")
    parse_timeout: float = _seconds("Longest time to read one file when ingesting.", 300.0)
    ray_address: str = Field(
        default="", description="Ray cluster of `ingest --engine ray`; empty starts one on this machine."
    )
    fetch: bool = Field(default=False, description="Fetch URLs that a pack's sources.yaml allows; off by default.")
    fetch_private: tuple[str, ...] = Field(
        default=(), description='Hosts on private addresses that may be fetched, as JSON: ["docs.plant:8080"].'
    )
    fetch_max_mb: int = Field(default=50, ge=1, le=500, description="Largest document fetched, in MB.")
    fetch_timeout: float = _seconds("Longest time to fetch one document.", 120.0)
    source_user: str = Field(default="", description="Account or key of WebDAV, S3 and mail places to sync from.")
    source_password: str = Field(default="", description="Password or secret of that account.")
    s3_endpoint: str = Field(default="", description="URL of an S3-compatible store; empty is AWS.")
    s3_region: str = Field(default="us-east-1", description="Region of the S3-compatible store.")
    max_question_chars: int = Field(default=5000, ge=1, description="Longest question taken.")

    @property
    def library_id(self) -> str:
        """What tells one data directory from another, without saying where it is."""
        return hashlib.sha256(str(self.home.resolve()).encode()).hexdigest()[:16]

    @property
    def weights_dir(self) -> Path:
        """Where assembled model weights live."""
        return self.cache / "models"

    @property
    def index_dir(self) -> Path:
        """Where the embedded index lives."""
        return self.home / "qdrant"

    @property
    def blobs_dir(self) -> Path:
        """Originals by sha256."""
        return self.home / "blobs"

    @property
    def outbox_dir(self) -> Path:
        """Records of answers that the database has not taken yet."""
        return self.home / "records-waiting"

    @property
    def registry_url(self) -> str:
        """SQLAlchemy URL of the registry."""
        return self.database_url or f"sqlite:///{self.home / 'walkdown.db'}"


def unknown_variables(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Variables that look like settings and are none, with the setting each may have been meant for, or ""."""
    known = {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields}
    strange = [n for n in environment if n.upper().startswith(_PREFIX) and n.upper() not in {*known, *_OF_OTHERS}]
    return {n: next(iter(difflib.get_close_matches(n.upper(), known, 1, 0.8)), "") for n in sorted(strange)}
