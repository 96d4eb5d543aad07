"""The packs of the repository pass the conformance suite: every document is read, the scanned ones too."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from walkdown.packs.loader import load_pack
from walkdown.packs.schema import Pack
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
