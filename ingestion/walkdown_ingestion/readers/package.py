"""Zipped XML packages (Office, OpenDocument, HWPX) opened with limits, before any library sees them.

Sizes are counted while inflating, not believed from the directory; a part with a document type or entities is refused,
because that is how XML bombs and reads of other files are written and no office program writes one.
"""

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from walkdown.errors import DocumentError
from walkdown_ingestion.readers.base import damaged

MAX_INFLATED = 400 * 2**20
"""Bytes that the XML parts of one package may inflate to in all."""
MAX_PART = 200 * 2**20
"""Bytes that one part which is held as a tree may inflate to."""
MAX_MEMBERS = 20_000
_BLOCK = 2**20
_XML = (".xml", ".rels", ".vml", ".hpf", ".rdf", ".svg")
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_ENCRYPTED = 0x1
_PARSER_OPTIONS: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_comments": True,
    "remove_pis": True,
}  # fmt: skip


def parse_xml(data: bytes, name: str, kind: str) -> Any:
    """The root element of an XML part; lxml's elements carry no types. Raises DocumentError when it is faulty."""
    refuse_declarations(data, name)
    try:
        return etree.fromstring(data, etree.XMLParser(**_PARSER_OPTIONS))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name, kind, error) from error


def refuse_declarations(data: bytes, name: str) -> None:
    """Raise DocumentError when XML declares a document type or entities, in any of the Unicode encodings."""
    plain = data.replace(b"\0", b"") if b"\0" in data[:4] or data[:2] in (b"\xff\xfe", b"\xfe\xff") else data
    if any(mark in plain for mark in _DECLARATIONS):
        raise DocumentError(
            f"{name} declares XML entities, which no office program writes and attacks are made of.",
            "Do not use this file before you know where it comes from; open the original and save it again.",
        )


class Package:
    """The parts of a package by name."""

    def __init__(self, data: bytes, name: str, kind: str) -> None:
        """Raises DocumentError for what is no archive, is encrypted, holds too much or declares XML entities."""
        self.name, self.kind = name, kind
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._items = {item.filename.lstrip("/"): item for item in self._archive.infolist()}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError) as error:
            raise damaged(name, kind, error) from error
        if len(self._archive.infolist()) > MAX_MEMBERS:
            raise DocumentError(
                f"{name} holds {len(self._items)} parts, which no ordinary document does.",
                "Check where it comes from; open it in the program that wrote it and save it again.",
            )
        names = Counter(item.filename.lstrip("/") for item in self._archive.infolist() if not item.is_dir())
        if (twice := next((part for part, count in names.items() if count > 1), None)) is not None:
            # Programs differ in which of the two they show.
            raise damaged(name, kind, f"it holds its part {twice} more than once")
        if any(item.flag_bits & _ENCRYPTED for item in self._items.values()):
            raise protected(name)
        self._check()

    def __contains__(self, part: object) -> bool:
        return part in self._items

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._items)

    def _check(self) -> None:
        """Inflate every XML part once, keeping none of it."""
        declared = sum(item.file_size for item in self._items.values())
        if declared > 2 * MAX_INFLATED:
            raise self._bomb(declared)
        total = 0
        for part in self._items:
            if not part.lower().endswith(_XML):
                continue
            tail = b""
            for block in self._blocks(part):
                total += len(block)
                if total > MAX_INFLATED:
                    raise self._bomb(total)
                refuse_declarations((tail + block) if tail else block, self.name)
                tail = block[-16:]

    def _bomb(self, size: int) -> DocumentError:
        return DocumentError(
            f"{self.name} inflates to more than {size // 2**20} MB, which no ordinary document does.",
            "Check where it comes from; remove embedded media, split it and save it again.",
        )

    def _blocks(self, part: str) -> Iterator[bytes]:
        try:
            with self._archive.open(self._items[part]) as file:
                while block := file.read(_BLOCK):
                    yield block
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise damaged(self.name, self.kind, error) from error

    def read(self, part: str, limit: int = MAX_PART) -> bytes:
        """The bytes of a part. Raises DocumentError when it is missing, damaged or larger than `limit`."""
        if part not in self._items:
            raise damaged(self.name, self.kind, f"its part {part} is missing")
        blocks, size = [], 0
        for block in self._blocks(part):
            size += len(block)
            if size > limit:
                raise self._bomb(size)
            blocks.append(block)
        return b"".join(blocks)

    def xml(self, part: str) -> Any:
        """The root element of a part."""
        return parse_xml(self.read(part), self.name, self.kind)


def protected(name: str) -> DocumentError:
    """The error of a file that cannot be read without a password."""
    return DocumentError(
        f"{name} is protected by a password.",
        "Save a copy without the password in the program it was made with, then ingest the copy.",
    )
