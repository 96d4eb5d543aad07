"""Documents into a pack: from the server's own disk, or sent by upload; both are jobs."""

import errno
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from walkdown.errors import ResourceError, UsageError
from walkdown.text.languages import normalise
from walkdown.wire import IngestQuery, JobInfo
from walkdown.wire_text import Group, Whole
from walkdown_server.access import require_local, require_whole_path
from walkdown_server.context import InContext

router = APIRouter(prefix="/v1", tags=["ingestion"])
_FIELDS, _ONCE = ("pack", "files", "access", "site"), ("pack", "site")


@router.post("/ingest", status_code=202)
def ingest(query: IngestQuery, request: Request, context: InContext) -> JobInfo:
    """Take in paths on the server's disk; only for callers on the same machine, who could read them anyway."""
    require_local(request)
    for path in query.paths:
        require_whole_path(path)
    context.services.packs.get(query.pack)
    return context.jobs.submit(query)


@router.post("/documents", status_code=202)
async def upload(
    context: InContext,
    request: Request,
    pack: Annotated[str, Form()],
    files: Annotated[list[UploadFile], File()],
    access: Annotated[list[Group] | None, Form()] = None,
    site: Annotated[Whole, Form()] = "",
) -> JobInfo:
    """Take in files that are sent; they are kept as originals once they are read."""
    _require_fields(await request.form())
    await run_in_threadpool(context.services.packs.get, pack)
    names = _names(files)
    folder = await run_in_threadpool(_upload_folder, context.services.settings.home)
    try:
        paths = []
        for number, (file, name) in enumerate(zip(files, names, strict=True)):
            path = folder / str(number) / name
            await run_in_threadpool(_save, file, path)
            paths.append(str(path))
        query = IngestQuery(pack=pack, paths=tuple(paths), access=tuple(access or ()), site=site, uploaded=True)
        return context.jobs.submit(query, after=lambda: shutil.rmtree(folder, ignore_errors=True))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _require_fields(form: FormData) -> None:
    """Let no field pass that would be overlooked: `acess=board` would leave a document open to everyone.

    Raises UsageError.
    """
    counts = Counter(name for name, _ in form.multi_items())
    unknown = next((name for name in counts if name not in _FIELDS), None)
    if unknown is not None:
        raise UsageError(f"The form has a field {unknown!r} that means nothing.", f"Fields: {', '.join(_FIELDS)}.")
    twice = next((name for name in _ONCE if counts[name] > 1), None)
    if twice is not None:
        raise UsageError(
            f"The form has the field {twice!r} {counts[twice]} times.", "Send it once; one request is for one pack."
        )


def _upload_folder(home: Path) -> Path:
    uploads = home / "uploads"
    with _kept():
        uploads.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(dir=uploads))


@contextmanager
def _kept() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise UsageError("The name of a file is longer than it may be.", "Give it a shorter one.") from None
        raise ResourceError(
            f"What was sent cannot be kept ({error.strerror}).", "Free some space on the disk of WALKDOWN_HOME."
        ) from None


def _names(files: Sequence[UploadFile]) -> list[str]:
    """A name for each file. One name for two would let the second replace the first without a word."""
    names = [_safe_name(file.filename) for file in files]
    twice = next((name for name, count in Counter(map(normalise, names)).items() if count > 1), None)
    if twice is not None:
        raise UsageError(
            f"Two files of the upload are named {twice}: the second would replace the first.",
            "Rename one of them; where it is to replace the other, send it afterwards.",
        )
    return names


def _safe_name(name: str | None) -> str:
    """The last part of a client's file name: no folder of its choice, no hidden file."""
    last = (name or "").replace("\\", "/").rpartition("/")[2].strip().lstrip(".")
    if not last or "\0" in last:
        raise UsageError("A file of the upload has no usable name.", "Give every file its name.")
    return last


def _save(file: UploadFile, path: Path) -> None:
    with _kept():
        path.parent.mkdir(parents=True)
        with path.open("wb") as out:
            shutil.copyfileobj(file.file, out)


@router.get("/jobs")
def jobs(context: InContext) -> dict[str, list[JobInfo]]:
    """The jobs, the newest first."""
    return {"jobs": context.jobs.all()}


@router.get("/jobs/{job_id}")
def job(job_id: str, context: InContext) -> JobInfo:
    """How far a job is."""
    return context.jobs.get(job_id)


@router.post("/jobs/{job_id}/cancel")
def cancel(job_id: str, context: InContext) -> JobInfo:
    """End a job: one that waits at once, one at work at its next step. One that has ended is given as it is."""
    return context.jobs.cancel(job_id)
