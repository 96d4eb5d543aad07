"""Debian's tesseract, called once for each picture; its TSV gives each word a box and a confidence.

One thread for each call: pages run beside each other, and tesseract's own threads only get in their way.
"""

import io
import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from PIL import Image

from walkdown.errors import DocumentError

REMEDY = (
    "Install it where Walkdown runs: apt-get install tesseract-ocr tesseract-ocr-kor (and -jpn, -chi-sim, -spa for "
    "those languages); then ingest the file again."
)
PAGE, BLOCK, LINE, WORDS = 3, 6, 7, 11
"""Page segmentation modes: a whole page, one block of text, one line, words anywhere."""
_SECONDS = 90.0
_WORD_LEVEL = "5"
_COLUMNS = 12


class Read(NamedTuple):
    """One word that was read: its line, its box in pixels, and how sure the reading is (0 to 1)."""

    text: str
    line: tuple[int, int, int]
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float


@cache
def languages() -> frozenset[str]:
    """The languages tesseract can read here; empty where it is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(line.strip() for line in listed.stdout.splitlines()[1:] if line.strip())


def is_installed() -> bool:
    """True when pictures can be read at all."""
    return bool(languages())


def missing(name: str, what: str) -> DocumentError:
    """The error of a file that only text recognition could read."""
    return DocumentError(f"{name} {what}, and text recognition (tesseract) is not installed.", REMEDY)


def available(wanted: Sequence[str]) -> str:
    """Those of some languages that are installed, as tesseract takes them; any other if none is."""
    known = languages()
    found = [language for language in wanted if language in known]
    return "+".join(found or sorted(known - {"osd"})[:1])


def _graymap(picture: Image.Image) -> bytes:
    """The picture as a PGM: what goes through a pipe need not be pressed together first."""
    file = io.BytesIO()
    picture.save(file, "PPM")
    return file.getvalue()


def _run(picture: Image.Image, arguments: Sequence[str]) -> str:
    """What tesseract prints. A picture that it cannot deal with gives nothing."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", *arguments],
            input=_graymap(picture),
            capture_output=True,
            timeout=_SECONDS,
            env=environment,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")


def recognise(picture: Image.Image, wanted: Sequence[str], mode: int = PAGE) -> list[Read]:
    """The words of a picture in the order tesseract reads them."""
    dpi = str(round(picture.info.get("dpi", (300,))[0]))
    out = _run(picture, ["-l", available(wanted), "--psm", str(mode), "--dpi", dpi, "tsv"])
    return [word for line in out.splitlines()[1:] if (word := _word(line)) is not None]


def _word(line: str) -> Read | None:
    cells = line.split("\t")
    if len(cells) != _COLUMNS or cells[0] != _WORD_LEVEL or not cells[11].strip():
        return None
    block, paragraph, number = int(cells[2]), int(cells[3]), int(cells[4])
    left, top, width, height = (float(cell) for cell in cells[6:10])
    confidence = min(max(float(cells[10]), 0.0), 100.0) / 100
    return Read(cells[11].strip(), (block, paragraph, number), left, top, left + width, top + height, confidence)


class Orientation(NamedTuple):
    """How far a page must be turned clockwise to stand upright, the script on it, and how sure that is."""

    rotate: int
    script: str
    confidence: float


def orientation(picture: Image.Image) -> Orientation | None:
    """What tesseract takes a page's orientation for; None when there is too little text."""
    if "osd" not in languages():
        return None
    out = _run(picture, ["--psm", "0", "-l", "osd"])
    values = dict(line.split(": ", 1) for line in out.splitlines() if ": " in line)
    try:
        return Orientation(int(values["Rotate"]), values["Script"], float(values["Orientation confidence"]))
    except (KeyError, ValueError):
        return None
