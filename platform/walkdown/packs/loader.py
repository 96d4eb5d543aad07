"""Finds and loads packs: pack.yaml, prompts, glossary and tag grammar become one `Pack`."""

import string
from pathlib import Path

import yaml
from pydantic import ValidationError

import walkdown
from walkdown.documents import Language
from walkdown.errors import PackError, UnknownPackError
from walkdown.packs.calibration import read_calibration
from walkdown.packs.evaluation_file import read_evaluation_set
from walkdown.packs.faults import Fault, error_of
from walkdown.packs.files import parse_yaml, read_text, schema_faults
from walkdown.packs.glossary_file import read_glossary
from walkdown.packs.grammar import compile_tags
from walkdown.packs.safety import SAFETY, read_safety
from walkdown.packs.schema import MANIFEST, Pack, PackManifest
from walkdown.settings import Settings

__all__ = ["MANIFEST", "PLACEHOLDERS", "find_packs", "get_pack", "load_pack", "read_evaluation_set", "read_pack"]

PLACEHOLDERS = ("title", "site")
"""What a prompt may hold in braces: the pack's title and the manifest's site, in the prompt's language."""


def _read_manifest(folder: Path, faults: list[Fault]) -> tuple[PackManifest | None, yaml.Node | None]:
    text = read_text(folder, MANIFEST, faults)
    if text is None:
        return None, None
    data, node = parse_yaml(text, MANIFEST, faults)
    if node is None:
        if not faults:
            faults.append(Fault(MANIFEST, 1, "The file is empty.", "Begin with the name of the pack."))
        return None, None
    if not isinstance(data, dict):
        faults.append(Fault(MANIFEST, 1, "The file holds no fields.", "Write it as `name: value` lines."))
        return None, None
    try:
        return PackManifest.model_validate(data), node
    except ValidationError as error:
        faults += schema_faults(error, MANIFEST, node)
        return None, node


def _fill(text: str, name: str, values: dict[str, str], faults: list[Fault]) -> str:
    """A prompt with its placeholders filled; a double brace stands for a single one."""
    out = []
    for line, content in enumerate(text.split("\n"), 1):
        try:
            parts = list(string.Formatter().parse(content))
        except ValueError as error:
            faults.append(Fault(name, line, f"A brace is wrong: {error}.", "Write a plain brace twice: {{ or }}."))
            continue
        for literal, field, _, _ in parts:
            out.append(literal)
            if field is None:
                continue
            if field not in values:
                known = ", ".join(f"{{{key}}}" for key in PLACEHOLDERS)
                message = f"The placeholder {{{field}}} is not known or has no value in {MANIFEST}."
                faults.append(Fault(name, line, message, f"Use {known}, or write a plain brace twice."))
            out.append(values.get(field, ""))
        out.append("\n")
    return "".join(out).strip()


def _read_prompts(folder: Path, manifest: PackManifest, faults: list[Fault]) -> dict[Language, str]:
    prompts: dict[Language, str] = {}
    for language, name in manifest.prompts.items():
        text = read_text(folder, name, faults)
        if text is None:
            continue
        values = {"title": manifest.title.get(language)}
        if manifest.site is not None:
            values["site"] = manifest.site.get(language)
        prompts[language] = _fill(text, name, values, faults)
        if not prompts[language]:
            faults.append(Fault(name, 1, "The prompt is empty.", "Say in a few lines how to answer."))
    return prompts


def safety_file(folder: Path, manifest: PackManifest) -> str | None:
    """Name of the file of safety topics: the one the manifest names, else safety.yaml if the pack has it."""
    return manifest.safety or (SAFETY if (folder / SAFETY).is_file() else None)


def read_pack(folder: Path) -> tuple[Pack | None, yaml.Node | None, list[Fault]]:
    """The pack as far as it can be read, the node tree of its manifest, and all faults met on the way.

    The pack is None when the manifest itself is wrong.
    """
    faults: list[Fault] = []
    manifest, node = _read_manifest(folder, faults)
    if manifest is None:
        return None, node, faults
    prompts = _read_prompts(folder, manifest, faults)
    glossary = tuple(entry for _, entry in read_glossary(folder, manifest.glossary, faults))
    grammar = compile_tags(manifest, node, faults)
    name = safety_file(folder, manifest)
    safety = tuple(topic for _, topic in read_safety(folder, name, faults)) if name else ()
    pack = Pack(
        manifest=manifest,
        folder=folder,
        prompts=prompts,
        glossary=glossary,
        grammar=grammar,
        safety=safety,
        calibration=read_calibration(folder, faults),
    )
    return pack, node, faults


def load_pack(folder: Path) -> Pack:
    """The pack in a folder. Raises PackError that names file, line and remedy of the first fault."""
    pack, _, faults = read_pack(folder)
    if faults:
        raise error_of(faults, folder)
    if pack is None:
        raise AssertionError("a pack without a manifest has a fault")
    return pack


def _installed_folder() -> Path:
    """Where the packs are that came with the installation: in the wheel, or `domains/` of the repository."""
    package = Path(walkdown.__file__).parent
    bundled = package / "_domains"
    return bundled if bundled.is_dir() else package.parents[1] / "domains"


def find_packs(settings: Settings) -> dict[str, Path]:
    """Folders of the packs by name (the folder's name), in order of the names.

    Packs are looked for in `settings.packs` if given, else in the installation. Raises PackError when
    `settings.packs` is not a folder.
    """
    root = settings.packs or _installed_folder()
    if settings.packs is not None and not root.is_dir():
        raise PackError(f"{root} is not a folder of packs.", "Set WALKDOWN_PACKS to the folder that holds the packs.")
    if not root.is_dir():
        return {}
    return {folder.name: folder for folder in sorted(root.iterdir()) if (folder / MANIFEST).is_file()}


def get_pack(name: str, settings: Settings) -> Pack:
    """A pack by name. Raises UnknownPackError, naming the packs there are, and PackError when it is broken."""
    packs = find_packs(settings)
    if name not in packs:
        known = f"The packs are {', '.join(packs)}." if packs else "No pack is installed; set WALKDOWN_PACKS."
        raise UnknownPackError(f"There is no pack {name!r}.", known)
    pack = load_pack(packs[name])
    if pack.name != name:
        raise PackError(
            f"{pack.folder / MANIFEST}: the pack is named {pack.name!r} but its folder {name!r}.",
            "Give both the same name.",
        )
    return pack
