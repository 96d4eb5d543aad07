"""Electronic books (.epub) to blocks: chapters in reading order, each a page of HTML; vendors send manuals so."""

import posixpath
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.readers.base import damaged, empty
from walkdown_ingestion.readers.html import decoded, page_of, walk_page
from walkdown_ingestion.readers.package import Package, protected

KIND = "an electronic book"
_CONTAINER = "META-INF/container.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
_MAX_CHAPTERS, _MAX_BYTES = 2000, 100 * 2**20


def _named(root: Any, name: str) -> list[Any]:
    return list(root.iter(f"{{*}}{name}"))


def _chapters(package: Package, path: str, book: Any) -> list[str]:
    """The parts of the book in the order they are read; those outside the order (cover, notes) are not read."""
    folder = posixpath.dirname(path)
    parts = {
        item.get("id", ""): posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        for item in _named(book, "item")
        if item.get("media-type") in _PAGES
    }
    ordered = [parts[ref] for item in _named(book, "itemref") if (ref := item.get("idref", "")) in parts]
    missing = [part for part in ordered if part not in package]
    if missing:
        raise damaged(package.name, KIND, f"its chapter {missing[0]} is missing")
    return list(dict.fromkeys(ordered))[:_MAX_CHAPTERS]


def read(data: bytes, name: str) -> ParsedDocument:
    """Read a book. Raises DocumentError when it is damaged, locked, a bomb or empty."""
    package = Package(data, name, KIND)
    if "META-INF/rights.xml" in package or "META-INF/encryption.xml" in package:
        # Fonts alone may be scrambled; then the chapters can still be read.
        locked = (
            {e.get("URI", "") for e in _named(package.xml("META-INF/encryption.xml"), "CipherReference")}
            if ("META-INF/encryption.xml" in package)
            else {".xhtml"}
        )
        if any(uri.lower().endswith((".xhtml", ".html", ".htm", ".opf")) for uri in locked):
            raise protected(name)
    roots = _named(package.xml(_CONTAINER), "rootfile")
    path = roots[0].get("full-path", "") if roots else ""
    book = package.xml(path)
    builder = BlockBuilder()
    told: dict[str, None] = {}
    size = 0
    for part in _chapters(package, path, book):
        chapter = package.read(part, limit=_MAX_BYTES)
        size += len(chapter)
        if size > _MAX_BYTES:
            raise DocumentError(
                f"{name} inflates to more than {_MAX_BYTES // 2**20} MB of text, which no book does.",
                "Check where it comes from; convert the chapters you need to PDF.",
            )
        text = decoded(chapter, part)
        if text.strip():
            told.update(
                dict.fromkeys(f"{posixpath.basename(part)}: {w}" for w in walk_page(page_of(text, part), builder))
            )
    if not builder.blocks:
        raise empty(name)
    titles = _named(book, "title")
    title = clean_line("".join(titles[0].itertext())) if titles else ""
    return ParsedDocument(title=title or PurePath(name).stem, blocks=tuple(builder.blocks), warnings=tuple(told))
