"""What an index was built with, kept beside it: an index refuses vectors and terms of anything else."""

from collections.abc import Mapping
from typing import Any

from walkdown.errors import IndexUnavailableError
from walkdown.index.store import IndexIdentity

LAYOUT = 2
"""Version of the points' payload and vector names; another one is another index."""


def to_json(identity: IndexIdentity) -> dict[str, Any]:
    """The form that is stored."""
    encoders = {name: [dim, fingerprint] for name, (dim, fingerprint) in sorted(identity.encoders.items())}
    return {"layout": LAYOUT, "analyser": identity.analyser, "encoders": encoders}


def from_json(found: Mapping[str, Any]) -> IndexIdentity:
    """The identity of its stored form. Raises IndexUnavailableError for one of another layout."""
    if found.get("layout") != LAYOUT:
        raise IndexUnavailableError(
            f"The index has layout {found.get('layout', 'none')}, this Walkdown reads {LAYOUT}.",
            "Delete it and ingest the documents again.",
        )
    encoders = {name: (int(dim), str(fingerprint)) for name, (dim, fingerprint) in found["encoders"].items()}
    return IndexIdentity(encoders, str(found["analyser"]))


def _differences(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    built, asked = found.get("encoders", {}), wanted["encoders"]
    out = [
        f"encoder {name}: index has {built.get(name, 'none')}, asked is {asked.get(name, 'none')}"
        for name in sorted({*built, *asked})
        if built.get(name) != asked.get(name)
    ]
    for part in ("analyser", "layout"):
        if found.get(part) != wanted[part]:
            out.append(f"{part}: index has {found.get(part, 'none')}, asked is {wanted[part]}")
    return out


def require_same(found: Mapping[str, Any], identity: IndexIdentity, place: str) -> None:
    """Raises IndexUnavailableError, naming what differs, when the index at `place` was built with something else."""
    differences = _differences(found, to_json(identity))
    if differences:
        raise IndexUnavailableError(
            f"The index at {place} was built with other models ({'; '.join(differences)}).",
            "Choose the models it was built with (WALKDOWN_EMBEDDERS), or run `walkdown index rebuild`.",
        )
