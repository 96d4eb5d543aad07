"""The packs of the repository pass the conformance suite: every document is read, the scanned ones too."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from walkdown.packs.loader import load_pack
from walkdown.packs.schema import Pack
from walkdown.packs.sources import read_sources
from walkdown.testing.pack_suite import Carries, PackSuite, Read, Reader
from walkdown_eval.scorers import carries as carries_evidence
from walkdown_ingestion.corpus import read_corpus

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.timeout(1800)]
FOLDERS = sorted(path.parent for path in (Path(__file__).parents[2] / "domains").glob("*/pack.yaml"))


@cache
def _read(folder: Path) -> Sequence[Read]:
    """The corpus of a pack, read once: recognising its scanned pages takes most of the time."""
    return read_corpus(load_pack(folder))


def read_once(pack: Pack) -> Sequence[Read]:
    return _read(pack.folder)


class TestInstalledPacks(PackSuite):
    @pytest.fixture(params=FOLDERS, ids=lambda path: path.name)
    def folder(self, request: pytest.FixtureRequest) -> Path:
        return Path(request.param)

    @pytest.fixture
    def reader(self) -> Reader:
        return read_once

    @pytest.fixture
    def carries(self) -> Carries:
        return carries_evidence

    def test_every_document_says_who_it_is_and_that_its_site_is_fictional(self, pack: Pack) -> None:
        """Known by its own title block (or the register beside it), and marked as a sample."""
        headers = {(s.header.id, s.header.revision): s.header for s in read_sources(pack.folder, [])}
        words = ("가상 사업장의 예시 문서", "Sample document of a fictional site")
        for document, passages in read_once(pack):
            header = headers[document.id, document.revision]
            assert (document.effective_date, document.language) == (header.effective_date, header.language), header.file
            # A CSV holds its table and nothing else; of a scan the words may be misread.
            told = passages[0].confidence is not None or any(
                word in passage.text for passage in passages[:2] for word in words
            )
            assert told or header.format == "csv", header.file
