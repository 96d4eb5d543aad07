"""A pack as one file (`.walkdownpack`): a zip archive with a manifest of hashes, written and unpacked with care.

A bundle comes from elsewhere, so nothing in it is believed: paths stay inside the folder, sizes are bounded before
anything is read, every byte is hashed against the manifest, and nothing is left behind when something is wrong.
"""

import errno
import hashlib
import io
import json
import shutil
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from walkdown.errors import PackError, ResourceError, UsageError, WalkdownError
from walkdown.packs.loader import load_pack

SUFFIX = ".walkdownpack"
MANIFEST_NAME = "manifest.json"
MAX_FILES = 20_000
MAX_FILE_BYTES = 512 * 2**20
MAX_BYTES = 4 * 2**30
_MAX_MANIFEST_BYTES = 16 * 2**20
_DATE = (1980, 1, 1, 0, 0, 0)
_BLOCK = 1 << 20
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)
_REMEDY = "Have the bundle made anew with `walkdown pack bundle`, and compare the sha256 with its sender."


class BundledFile(BaseModel):
    """One file of a bundle: path with forward slashes, bytes, sha256."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    size: Annotated[int, Field(ge=0, le=MAX_FILE_BYTES)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class BundleManifest(BaseModel):
    """The content of manifest.json. `sha256` is that of all paths and hashes: it names the content of the pack."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["walkdownpack/1"] = "walkdownpack/1"
    name: str
    version: str
    sha256: str
    files: Annotated[tuple[BundledFile, ...], Field(max_length=MAX_FILES)]


class Bundle(NamedTuple):
    """A bundle that was written: where, its bytes, and the sha256 of the pack's content."""

    path: Path
    size: int
    sha256: str


def pack_files(folder: Path) -> list[Path]:
    """The files that belong to a pack, in order of their paths; hidden and temporary ones do not.

    Raises PackError for a link, which would carry something from outside, and for too many files.
    """
    found = []
    for path in sorted(folder.rglob("*"), key=lambda p: p.relative_to(folder).as_posix()):
        parts = path.relative_to(folder).parts
        if any(part.startswith((".", "~$")) or part in ("__pycache__", "Thumbs.db") for part in parts):
            continue
        if path.is_symlink():
            raise PackError(f"{path} is a link.", "Put the file itself into the pack.")
        if path.is_file():
            found.append(path)
    if len(found) > MAX_FILES:
        raise PackError(
            f"{folder} has {len(found)} files; a pack has at most {MAX_FILES}.", "Leave out what is not needed."
        )
    return found


def _described(folder: Path) -> tuple[BundledFile, ...]:
    files = []
    for path in pack_files(folder):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise PackError(f"{path} has {size >> 20} MB; at most {MAX_FILE_BYTES >> 20} MB are taken.", "Split it.")
        files.append(BundledFile(path=path.relative_to(folder).as_posix(), size=size, sha256=digest))
    return tuple(files)


def _digest(files: tuple[BundledFile, ...]) -> str:
    lines = "".join(f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda f: f.path))
    return hashlib.sha256(lines.encode()).hexdigest()


def content_sha256(folder: Path) -> str:
    """What names the content of a pack: the sha256 of all its paths and hashes. Raises PackError."""
    return _digest(_described(folder))


def copy_pack(folder: Path, target: Path) -> None:
    """Copy the files of a pack; the folder has its name only once it is complete."""
    draft = target.with_name(f".{target.name}.part")
    for old in (draft, target):
        shutil.rmtree(old, ignore_errors=True)
    for path in pack_files(folder):
        place = draft / path.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    draft.replace(target)


def write_bundle(folder: Path, target: Path | None = None) -> Bundle:
    """Write the pack in a folder as one file; the same content gives the same bytes.

    `target` is a file, default NAME-VERSION.walkdownpack in the working folder. Raises PackError, ResourceError.
    """
    manifest = load_pack(folder).manifest
    files = _described(folder)
    described = BundleManifest(name=manifest.name, version=manifest.version, sha256=_digest(files), files=files)
    out = target or Path(f"{manifest.name}-{manifest.version}{SUFFIX}")
    draft = out.with_name(f".{out.name}.part")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            _add(archive, MANIFEST_NAME, io.BytesIO(described.model_dump_json(indent=1).encode()))
            for file in files:
                with (folder / file.path).open("rb") as content:
                    _add(archive, file.path, content)
        draft.replace(out)
    except OSError as error:
        raise ResourceError(f"{out} cannot be written ({error.strerror}).", "Choose another place.") from error
    finally:
        draft.unlink(missing_ok=True)
    return Bundle(out, out.stat().st_size, described.sha256)


def _add(archive: zipfile.ZipFile, name: str, content: "io.BufferedIOBase") -> None:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as file:
        shutil.copyfileobj(content, file, _BLOCK)


def _refuse(bundle: Path, why: str) -> PackError:
    return PackError(f"{bundle.name} is not a sound bundle: {why}.", _REMEDY)


def _is_safe(path: str) -> bool:
    parts = path.split("/")
    return (
        0 < len(path) <= 300
        and not any(sign in path for sign in '\\:\0<>|"?*')
        and path.isprintable()
        and all(part and part not in (".", "..") and not part.startswith(".") for part in parts)
        and not PurePosixPath(path).is_absolute()
    )


def _read_manifest(archive: zipfile.ZipFile, bundle: Path) -> BundleManifest:
    try:
        info = archive.getinfo(MANIFEST_NAME)
    except KeyError:
        raise _refuse(bundle, f"it has no {MANIFEST_NAME}") from None
    if info.file_size > _MAX_MANIFEST_BYTES:
        raise _refuse(bundle, f"its {MANIFEST_NAME} is too large")
    with archive.open(info) as file:
        data = file.read(_MAX_MANIFEST_BYTES + 1)
    try:
        manifest = BundleManifest.model_validate(json.loads(data))
    except (ValidationError, ValueError, RecursionError):
        raise _refuse(bundle, f"its {MANIFEST_NAME} cannot be read") from None
    _check_paths(archive, manifest, bundle)
    return manifest


def _check_paths(archive: zipfile.ZipFile, manifest: BundleManifest, bundle: Path) -> None:
    """That the archive holds exactly the files of the manifest, none of them outside the pack or too large."""
    listed = [file.path for file in manifest.files]
    unsafe = next((path for path in listed if not _is_safe(path)), None)
    if unsafe is not None:
        raise _refuse(bundle, f"the path {unsafe[:80]!r} would leave the pack's folder")
    folded = [path.casefold() for path in listed]
    held = archive.namelist()
    if len(set(folded)) < len(folded) or len(set(held)) < len(held):
        raise _refuse(bundle, "a file is in it twice")
    strangers = sorted({*held} ^ {*listed, MANIFEST_NAME})
    if strangers:
        raise _refuse(bundle, f"{strangers[0][:80]!r} is in the archive or in the manifest, but not in both")
    if sum(file.size for file in manifest.files) > MAX_BYTES:
        raise _refuse(bundle, f"it is larger than {MAX_BYTES >> 30} GB")
    if _digest(manifest.files) != manifest.sha256:
        raise _refuse(bundle, "the manifest does not fit its own hash")


def _extract(archive: zipfile.ZipFile, file: BundledFile, target: Path, bundle: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), file.size
    with archive.open(file.path) as source, target.open("xb") as out:
        # Never more than the manifest says is read, whatever the archive would inflate to.
        while block := source.read(min(_BLOCK, left + 1)):
            left -= len(block)
            if left < 0:
                break
            digest.update(block)
            out.write(block)
    if left or digest.hexdigest() != file.sha256:
        raise _refuse(bundle, f"{file.path!r} was changed after it was packed")


def unpack_bundle(bundle: Path, parent: Path, *, sha256: str = "") -> Path:
    """Unpack a bundle into a new folder in `parent`; the folder. With `sha256` the pack's content must have that one.

    Raises UsageError (no such file), PackError (tampered, damaged, unsafe), ResourceError (disk). Nothing is left
    behind when it fails.
    """
    if not bundle.is_file():
        raise UsageError(f"There is no file {bundle}.", f"Give a folder or a {SUFFIX} file.")
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=parent, prefix=".unpacked-"))
    try:
        with zipfile.ZipFile(bundle) as archive:
            manifest = _read_manifest(archive, bundle)
            if sha256 and manifest.sha256 != sha256.lower():
                raise _refuse(bundle, f"its content is {manifest.sha256[:16]}…, not {sha256[:16]}…")
            for file in manifest.files:
                _extract(archive, file, folder / file.path, bundle)
        own = load_pack(folder).manifest
        if (own.name, own.version) != (manifest.name, manifest.version):
            raise _refuse(bundle, f"it says {manifest.name} {manifest.version} but holds {own.name} {own.version}")
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError) and error.errno in _DISK:
            raise ResourceError(f"{bundle.name} cannot be unpacked ({error.strerror}).", "Free some space.") from error
        if isinstance(error, Exception) and not isinstance(error, WalkdownError):
            # zipfile raises a dozen kinds of errors for an archive that lies.
            raise _refuse(bundle, "the archive is damaged or of another kind") from error
        raise
    return folder
