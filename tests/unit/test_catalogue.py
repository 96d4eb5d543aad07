"""The catalogue of models: the built-in entries are sound, a site's own are read, and faults are named."""

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from walkdown.errors import ModelError, UnknownItemError
from walkdown.models.catalogue import CATALOGUE_NAME, ModelEntry, PackageSource, find_model, load_catalogue
from walkdown.settings import Settings


def test_the_default_settings_name_models_that_exist() -> None:
    settings = Settings()
    assert find_model(settings.llm_model).role == "llm"
    assert [find_model(name).role for name in settings.embedders] == ["embedder"] * len(settings.embedders)


@pytest.mark.parametrize("name", sorted(load_catalogue()))
def test_entries_state_provenance(name: str) -> None:
    entry = find_model(name)
    assert entry.name == name
    assert entry.upstream and entry.origin and entry.licence.terms
    assert {"ko", "en"} <= set(entry.languages)
    assert any(file.sha256.startswith(entry.revision.rsplit("-", 1)[-1]) for file in entry.files)


def test_packages_are_pinned_in_the_order_of_their_parts() -> None:
    source = find_model("qwen2.5-1.5b").sources[-1]
    assert isinstance(source, PackageSource)
    assert [part.member[-6:-4] for part in source.parts] == [f"{n:02d}" for n in range(1, 23)]
    assert len({part.sha256 for part in source.parts}) == 22


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UnknownItemError, match=r"'gpt-9'.*e5-small, qwen2.5-1.5b, use-multilingual"):
        find_model("gpt-9")


def _entry(**changes: object) -> dict[str, object]:
    return {**find_model("e5-small").model_dump(mode="json"), **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"encoder": None},
        {"role": "llm"},
        {"name": "../up"},
        {"revision": "a/b"},
        {"country": "Korea"},
        {"files": []},
        {"files": [{"path": "e5-small-q4.bin", "sha256": "a" * 64, "size": 71622401}]},
        {"files": [{"path": "../e5-small-q4.bin", "sha256": "a" * 64, "size": 71622400}]},
        {"files": [{"path": "/e5-small-q4.bin", "sha256": "a" * 64, "size": 71622400}]},
        {"files": [{"path": "e5-small-q4.bin", "sha256": "a" * 63, "size": 71622400}]},
        {"weights": "mine"},
    ],
)
def test_an_unsound_entry_is_refused(changes: dict[str, object]) -> None:
    ModelEntry.model_validate(_entry())
    with pytest.raises(ValidationError):
        ModelEntry.model_validate(_entry(**changes))


def test_a_site_adds_and_replaces_entries_in_its_model_folder(tmp_path: Path) -> None:
    models = [_entry(name="plant-e5"), _entry(title="ours")]
    (tmp_path / CATALOGUE_NAME).write_text(yaml.safe_dump({"models": models}), "utf-8")
    settings = Settings(model_dir=tmp_path)
    assert find_model("plant-e5", settings).size == find_model("e5-small").size
    assert find_model("e5-small", settings).title == "ours"
    assert find_model("qwen2.5-1.5b", settings) == find_model("qwen2.5-1.5b")
    assert "plant-e5" not in load_catalogue()


@pytest.mark.parametrize("text", ["models: [{name: x}]", "models: [", "[]", ""])
def test_a_bad_site_catalogue_is_a_model_error_that_names_the_file(tmp_path: Path, text: str) -> None:
    (tmp_path / CATALOGUE_NAME).write_text(text, "utf-8")
    with pytest.raises(ModelError, match=CATALOGUE_NAME):
        load_catalogue(Settings(model_dir=tmp_path))


def test_two_entries_of_one_name_and_a_file_that_is_no_text_are_named(tmp_path: Path) -> None:
    models = [_entry(name="plant-e5"), _entry(name="plant-e5", title="other")]
    (tmp_path / CATALOGUE_NAME).write_text(yaml.safe_dump({"models": models}), "utf-8")
    with pytest.raises(ModelError, match="two entries named plant-e5"):
        load_catalogue(Settings(model_dir=tmp_path))
    (tmp_path / CATALOGUE_NAME).write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ModelError, match=CATALOGUE_NAME):
        load_catalogue(Settings(model_dir=tmp_path))
