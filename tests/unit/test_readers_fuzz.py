"""Mutated files of every format: a reader gives blocks or says what is wrong, and nothing else.

`pytest tests/unit/test_readers_fuzz.py --fuzz-cases 5000` looks longer. Parts of packages are mutated before they are
packed, because a mutation of the packed bytes ends at the checksum.
"""

import io
import random
import zipfile
from collections.abc import Callable

import pytest
import sample_files
from sample_files import mail_with, word, zipped

from walkdown.errors import DocumentError
from walkdown_ingestion import readers
from walkdown_ingestion.readers.containers import read_all

SEEDS: dict[str, Callable[[], bytes]] = {
    "docx": word,
    "xlsx": sample_files.workbook,
    "pptx": sample_files.slides,
    "odt": sample_files.odf_text,
    "ods": sample_files.odf_sheet,
    "hwpx": sample_files.hwpx,
    "hwp": sample_files.hwp,
    "eml": lambda: mail_with(("a.txt", b"Open the valve.")),
    "zip": lambda: zipped(("a.txt", b"Open the valve."), ("b.csv", b"Tag,Limit\nP-1,12.5\n")),
    "md": lambda: sample_files.KOREAN_PROCEDURE.encode(),
    "html": lambda: b"<html><table><tr><th rowspan=2>Tag<td>1</table><ol><li>x<ul><li>y</html>",
    "csv": lambda: "태그,한계\nP-1,12.5\n".encode("cp949"),
    "txt": lambda: "1. 목적\n\n가. 밸브를 닫는다.\n".encode("utf-16"),
}
NUMBERS = [b"0", b"-1", b"65535", b"99999999999", b"1e308", b"\xff\xff", b"NaN", b""]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, cut, doubled, moved or replaced by numbers that programs trip over."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        if not out:
            break
        at = chance.randrange(len(out))
        end = min(at + chance.choice((1, 2, 8, 60)), len(out))
        kind = chance.randrange(5)
        if kind == 0:
            out[at] = chance.randrange(256)
        elif kind == 1:
            del out[at:end]
        elif kind == 2:
            out[at:at] = out[at:end] * chance.randint(1, 20)
        elif kind == 3:
            other = chance.randrange(len(out))
            out[at:end] = out[other : other + end - at]
        else:
            digits = [i for i in range(at, min(at + 400, len(out))) if 48 <= out[i] <= 57]
            if digits:
                out[digits[0] : digits[0] + 1] = chance.choice(NUMBERS)
    return bytes(out)


def mutated_part(data: bytes, chance: random.Random) -> bytes:
    """A package with one of its XML parts mutated."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        chosen = chance.choice([n for n in old.namelist() if n.endswith((".xml", ".rels", ".hpf", ".txt"))])
        for item in old.infolist():
            content = old.read(item)
            new.writestr(item, mutated(content, chance) if item.filename == chosen else content)
    return target.getvalue()


@pytest.mark.parametrize("kind", SEEDS)
def test_a_mutated_file_is_read_or_refused(kind: str, request: pytest.FixtureRequest) -> None:
    seed = SEEDS[kind]()
    for number in range(request.config.getoption("--fuzz-cases")):
        chance = random.Random(f"{kind} {number}")
        packed = seed.startswith(b"PK") and chance.random() < 0.8
        data = mutated_part(seed, chance) if packed else mutated(seed, chance)
        try:
            form = readers.choose(data, f"a.{kind}") if data else None
            parts = list(read_all(data, f"a.{kind}", form)) if form is not None else []
        except DocumentError:
            continue
        for part in parts:
            assert isinstance(part.parsed, DocumentError) or part.parsed.blocks, f"{kind} {number}"
