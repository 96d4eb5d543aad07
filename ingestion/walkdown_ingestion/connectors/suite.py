"""Conformance suite of connectors: one is done when a subclass of `ConnectorSuite` with the fixture `site` passes.

`site` is a place on a local server that tests write to; its `connector()` gives a fresh connector.
"""

import io
import unicodedata
from pathlib import Path
from typing import Protocol

import pytest

from walkdown.errors import DocumentError, ResourceError
from walkdown_ingestion.connectors.base import Connector
from walkdown_ingestion.connectors.mirror import mirror


class Site(Protocol):
    """A place that a test can write to."""

    def put(self, path: str, content: bytes) -> None:
        """Write or replace a file."""
        ...

    def remove(self, path: str) -> None:
        """Remove a file."""
        ...

    def stop(self) -> None:
        """Make the place unreachable."""
        ...

    def connector(self) -> Connector:
        """A connector that has not been used."""
        ...


def fetched(connector: Connector, path: str) -> bytes:
    """The bytes of a file."""
    out = io.BytesIO()
    connector.fetch(path, out)
    return out.getvalue()


class ConnectorSuite:
    """What every connector does."""

    def test_lists_and_fetches(self, site: Site) -> None:
        """Files come with their paths, sizes and bytes, whatever their names and contents."""
        contents = {
            "a.md": b"# A",
            "sub folder/b & c.md": b"x" * 200_000,
            "sub folder/deeper/100%.md": b"",
            "절차/급수 펌프.md": "밸브".encode(),
            f"{unicodedata.normalize('NFD', '나눔')}.md": b"NFD",
            "plus+and=equals;comma,.md": b"signs",
        }
        for path, content in contents.items():
            site.put(path, content)
        connector = site.connector()
        listed = {file.path: file for file in connector.files()}
        normal = {unicodedata.normalize("NFC", path): content for path, content in contents.items()}
        assert {unicodedata.normalize("NFC", path) for path in listed} == normal.keys()
        for path, file in listed.items():
            content = normal[unicodedata.normalize("NFC", path)]
            assert fetched(connector, path) == content and file.size in (-1, len(content))

    def test_an_empty_place_is_no_error(self, site: Site) -> None:
        """Nothing there: nothing listed."""
        assert list(site.connector().files()) == []

    def test_versions_change_with_the_file(self, site: Site) -> None:
        """A file that is written anew has another version; one that is not touched keeps it."""
        site.put("a.md", b"one")
        site.put("b.md", b"same")
        before = {file.path: file.version for file in site.connector().files()}
        site.put("a.md", b"three")
        after = {file.path: file.version for file in site.connector().files()}
        assert before["b.md"] == after["b.md"] and before["a.md"] != after["a.md"]

    def test_what_is_not_there_is_a_document_error(self, site: Site) -> None:
        """A file that vanished between listing and fetching concerns that file only."""
        site.put("a.md", b"one")
        connector = site.connector()
        list(connector.files())
        site.remove("a.md")
        with pytest.raises(DocumentError):
            fetched(connector, "a.md")

    def test_a_place_that_cannot_be_reached_is_never_taken_for_an_empty_one(self, site: Site) -> None:
        """No listing at all, with cause and remedy."""
        site.put("a.md", b"one")
        site.stop()
        with pytest.raises(ResourceError) as caught:
            list(site.connector().files())
        assert caught.value.cause and caught.value.remedy

    def test_a_mirror_follows(self, site: Site, tmp_path: Path) -> None:
        """Only what is new or changed is fetched; what is gone is removed; nothing is half there."""
        folder = tmp_path / "mirror"
        site.put("a.md", b"one")
        site.put("sub/b.md", b"two")
        first = mirror(site.connector(), folder)
        assert (first.fetched, first.removed, first.failed) == (2, 0, ())
        site.put("a.md", b"three")
        site.put("c.md", b"four")
        site.remove("sub/b.md")
        second = mirror(site.connector(), folder)
        assert (second.fetched, second.removed) == (2, 1)
        held = {
            p.relative_to(second.folder).as_posix(): p.read_bytes() for p in second.folder.rglob("*") if p.is_file()
        }
        assert held == {"a.md": b"three", "c.md": b"four"}
        assert mirror(site.connector(), folder).fetched == 0
        site.stop()
        with pytest.raises(ResourceError):
            mirror(site.connector(), folder)
        assert (second.folder / "a.md").read_bytes() == b"three"
