"""Fetches one URL into a file: each hop checked, the connection made to the checked address, size and time bounded."""

import datetime as dt
import hashlib
import json
import os
import re
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urljoin

import httpx

from walkdown.errors import DocumentError, UsageError
from walkdown_ingestion.fetching.allowed import AllowList, Target
from walkdown_ingestion.readers import SUFFIXES

MAX_HOPS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_SUFFIX_OF = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/xml": ".html",
    "text/xml": ".html",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/hwp+zip": ".hwpx",
    "application/x-hwp": ".hwp",
}
_UNSAFE = re.compile(r"[^\w.\-가-힣]+")
_LOG = "fetched.jsonl"


class Limits(NamedTuple):
    """The most that is fetched of one document, in bytes, and the longest it may take in all, in seconds."""

    size: int
    seconds: float


class Fetched(NamedTuple):
    """A document that was fetched: its file, and the URL it came from in the end."""

    path: Path
    url: str


def fetch(url: str, allowed: AllowList, folder: Path, limits: Limits) -> Fetched:
    """Fetch a URL into `folder`; fetched again, it replaces its file. Each fetch is noted in fetched.jsonl.

    Raises UsageError for a URL, or a redirect, that is not allowed; DocumentError when the source fails, is too large
    or too slow.
    """
    deadline = time.monotonic() + limits.seconds
    asked = url
    for _ in range(MAX_HOPS + 1):
        target = allowed.check(url)
        found = _hop(target, folder, limits, deadline)
        if isinstance(found, Path):
            return _settled(asked, url, found, folder)
        url = urljoin(url, found)
    raise DocumentError(f"{asked} redirects more than {MAX_HOPS} times.", "Give the URL it ends at.")


def _hop(target: Target, folder: Path, limits: Limits, deadline: float) -> Path | str:
    """The file of a document, or the URL that a redirect names."""
    place, address = target.place, target.address
    literal = f"[{address}]" if ":" in address else address
    pinned = httpx.URL(target.url).copy_with(host=literal.strip("[]"), port=place.port)
    usual = place.port == {"http": 80, "https": 443}[place.scheme]
    headers = {
        "Host": place.host if usual else f"{place.host}:{place.port}",
        "User-Agent": "Walkdown",
        "Accept-Encoding": "identity",
    }
    left = max(0.1, deadline - time.monotonic())
    try:
        with (
            # The environment's proxy would resolve the host again, past the check.
            httpx.Client(trust_env=False, timeout=min(left, 30.0), follow_redirects=False) as client,
            client.stream("GET", pinned, headers=headers, extensions={"sni_hostname": place.host}) as response,
        ):
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return response.headers["location"]
            return _saved(target.url, response, folder, limits, deadline)
    except httpx.HTTPError as error:
        cause = f"{target.url} cannot be fetched ({type(error).__name__})."
        raise DocumentError(cause, "Try again later, or download it and give the file.") from error


def _saved(url: str, response: httpx.Response, folder: Path, limits: Limits, deadline: float) -> Path:
    if response.status_code != httpx.codes.OK:
        raise DocumentError(f"{url} answered with status {response.status_code}.", "Check the URL in a browser.")
    if response.headers.get("content-encoding", "identity") != "identity":
        raise DocumentError(f"{url} came compressed although that was not asked for.", "Download it and give the file.")
    too_large = DocumentError(f"{url} is larger than {limits.size >> 20} MB.", "Download it and give the file.")
    too_slow = DocumentError(f"{url} took longer than {limits.seconds:.0f} s.", "Download it and give the file.")
    stated = response.headers.get("content-length", "")
    if stated.isdigit() and int(stated) > limits.size:
        raise too_large
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            size = 0
            for block in response.iter_raw():
                size += len(block)
                if size > limits.size:
                    raise too_large
                if time.monotonic() > deadline:
                    raise too_slow
                file.write(block)
        path = folder / file_name(url, response.headers.get("content-type", ""))
        return draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def file_name(url: str, content_type: str) -> str:
    """The file name of a URL's document: its last part, a mark of the whole URL, and the suffix of what it is."""
    last = PurePosixPath(unquote(httpx.URL(url).path)).name
    stem, suffix = PurePosixPath(last).stem, PurePosixPath(last).suffix.lower()
    stated = _SUFFIX_OF.get(content_type.partition(";")[0].strip().lower(), "")
    suffix = suffix if suffix in SUFFIXES else stated or ".html"
    mark = hashlib.sha256(url.encode()).hexdigest()[:8]
    return f"{_UNSAFE.sub('-', stem).strip('-.')[:60] or 'document'}-{mark}{suffix}"


def _settled(asked: str, url: str, path: Path, folder: Path) -> Fetched:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    entry = {"at": dt.datetime.now(dt.UTC).isoformat(), "asked": asked, "url": url, "file": path.name, "sha256": digest}
    with (folder / _LOG).open("a", encoding="utf-8") as log:
        log.write(json.dumps(entry, ensure_ascii=False) + "\n")
    return Fetched(path, url)


def require_on(on: bool, urls: Sequence[str]) -> None:
    """Raise UsageError for URLs while fetching is off."""
    if urls and not on:
        raise UsageError(
            f"{urls[0][:200]} is not fetched: fetching is off.",
            "Download it and give the file, or let the operator set WALKDOWN_FETCH=true.",
        )
