"""The bill of materials of the models in use: CycloneDX 1.6 (ML-BOM), with the hash of every file they are made of.

The library writes components, licences and hashes; the model cards, which it does not know yet, are added to its JSON
as the specification has them (CycloneDX 1.6, `modelCard`). Identical models give identical components; only serial
number and time differ from run to run.
"""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.contact import OrganizationalEntity
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion

from walkdown.models.catalogue import ModelEntry
from walkdown.models.families import ModelFamily, family_of
from walkdown.models.weights import is_pulled
from walkdown.settings import Settings

_OCR_DATA = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata")


def _licence(identifier: str) -> DisjunctiveLicense:
    """A licence by SPDX id where it is one, else by name."""
    try:
        return DisjunctiveLicense(id=identifier)
    except ValueError:
        return DisjunctiveLicense(name=identifier)


def _file(name: str, sha256: str, of: str) -> Component:
    kind = "tokenizer" if name.endswith(("sp.model", "tokenizer.json")) else "weights"
    return Component(
        name=name,
        type=ComponentType.FILE,
        bom_ref=f"{of}/{name}",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=sha256)],
        properties=[Property(name="walkdown:file", value=kind)],
    )


def _provenance(family: ModelFamily) -> list[Property]:
    """What the family's profile says, one property a statement with its evidence."""
    stated = family.from_scratch
    found = [
        Property(name="walkdown:family", value=family.id),
        Property(name="walkdown:licence-forbids", value=family.licence.forbids),
        Property(
            name="walkdown:from-scratch",
            value=f"{stated.statement} (by: {stated.by}; evidence: {'; '.join(stated.evidence)})",
        ),
    ]
    return found + [
        Property(name="walkdown:reuse", value=f"{r.kind}: {r.what} ({r.status}; evidence: {r.evidence})")
        for r in family.reuse
    ]


def _model(entry: ModelEntry, settings: Settings) -> Component:
    family = family_of(entry.name) if entry.role == "llm" else None
    properties = [
        Property(name="walkdown:role", value=entry.role),
        Property(name="walkdown:origin", value=entry.origin),
        Property(name="walkdown:upstream", value=entry.upstream),
        Property(name="walkdown:country", value=entry.country),
        Property(name="walkdown:weights-here", value="yes" if is_pulled(entry, settings) else "no"),
        *(_provenance(family) if family else ()),
    ]
    return Component(
        name=entry.name,
        type=ComponentType.MACHINE_LEARNING_MODEL,
        bom_ref=entry.name,
        version=entry.revision,
        description=entry.title,
        supplier=OrganizationalEntity(name=entry.developer),
        licenses=[_licence(entry.licence.id)],
        components=[_file(file.path, file.sha256, entry.name) for file in entry.files],
        properties=properties,
    )


def _ocr() -> Component | None:
    """Tesseract with its trained data, where it is installed."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=30)
    release = (told.stdout or told.stderr).split("\n")[0].removeprefix("tesseract").strip()
    trained = [path for folder in _OCR_DATA for path in sorted(Path(folder).glob("*.traineddata"))]
    return Component(
        name="tesseract",
        type=ComponentType.APPLICATION,
        bom_ref="tesseract",
        version=release,
        licenses=[_licence("Apache-2.0")],
        components=[_file(path.name, _sha256(path), "tesseract") for path in trained],
        properties=[Property(name="walkdown:role", value="ocr")],
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _card(entry: ModelEntry) -> dict[str, Any]:
    """The model card of the specification, as far as the catalogue knows."""
    encodes = entry.role == "embedder"
    return {
        "modelParameters": {
            "task": "feature-extraction" if encodes else "text-generation",
            "inputs": [{"format": "text"}],
            "outputs": [{"format": "vector" if encodes else "text"}],
        },
        "considerations": {
            "useCases": ["retrieval" if encodes else "drafting of answers that are checked against documents by code"],
            "technicalLimitations": [
                f"longest input {entry.context} tokens; languages {', '.join(entry.languages)}",
            ],
        },
    }


def build_bom(entries: Sequence[ModelEntry], settings: Settings) -> dict[str, Any]:
    """The bill of materials of these models and of the OCR found here, as CycloneDX 1.6 JSON data."""
    bom = Bom()
    bom.metadata.component = Component(
        name="walkdown", type=ComponentType.APPLICATION, bom_ref="walkdown", version=version("walkdown")
    )
    for entry in entries:
        bom.components.add(_model(entry, settings))
    ocr = _ocr()
    if ocr is not None:
        bom.components.add(ocr)
    bom.register_dependency(bom.metadata.component, bom.components)
    text = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string()
    data: dict[str, Any] = json.loads(text)
    cards = {entry.name: _card(entry) for entry in entries}
    for component in data["components"]:
        if component["bom-ref"] in cards:
            component["modelCard"] = cards[component["bom-ref"]]
    return data
