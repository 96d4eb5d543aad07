"""Makes a new pack: a skeleton that validates, with comments in its files that say what belongs there."""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from walkdown.errors import ResourceError, UsageError

_SKELETON_NAME = "my-plant"
_NAME = re.compile(r"[a-z][a-z0-9-]{1,31}")


def _copy(source: Traversable, target: Path, name: str) -> list[Path]:
    if source.is_dir():
        target.mkdir()
        return [path for item in sorted(source.iterdir(), key=lambda i: i.name) for path in _under(item, target, name)]
    target.write_text(source.read_text(encoding="utf-8").replace(_SKELETON_NAME, name), encoding="utf-8")
    return [target]


def _under(item: Traversable, folder: Path, name: str) -> list[Path]:
    return [] if item.name.startswith(("_", ".")) else _copy(item, folder / item.name, name)


def new_pack(name: str, parent: Path) -> list[Path]:
    """Make the folder of a new pack in `parent`; the files written.

    Raises UsageError for a name that cannot be one and for a folder that is there already, ResourceError.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} cannot be the name of a pack.",
            "Use 2 to 32 small letters, digits and hyphens, beginning with a letter.",
        )
    folder = parent / name
    if folder.exists():
        raise UsageError(f"{folder} is there already.", "Choose another name, or another folder with --in.")
    try:
        return _copy(files("walkdown.packs") / "skeleton", folder, name)
    except OSError as error:
        raise ResourceError(f"{folder} cannot be written ({error.strerror}).", "Choose another folder.") from error
