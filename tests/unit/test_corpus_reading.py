"""The built documents, read as any other file, say who they are and hold every passage that a question cites."""

import hashlib
from pathlib import Path

import pytest

from walkdown.documents import Chunk, SourceDocument
from walkdown.packs.loader import load_pack, read_evaluation_set
from walkdown.packs.schema import Pack
from walkdown.packs.sources import SourceHeader, in_force, read_sources
from walkdown_eval.scorers import carries
from walkdown_ingestion.chunking.chunks import chunk_document
from walkdown_ingestion.metadata import FileFacts, identify
from walkdown_ingestion.readers import choose
from walkdown_ingestion.sidecar import Sidecars

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[2] / "domains").glob("*/pack.yaml"))
Read = tuple[SourceHeader, SourceDocument, list[Chunk]]


def read(pack: Pack, header: SourceHeader) -> Read:
    path = pack.corpus_dir / header.file_name
    data = path.read_bytes()
    form = choose(data, path.name)
    parsed = form.read(data, path.name)
    facts = FileFacts(
        source=str(path),
        relative=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=form.media_type,
        overrides=Sidecars().row(path, pack.corpus_dir),
    )
    document = identify(parsed, facts, pack.name)
    return header, document, chunk_document(parsed, document, pack.grammar)


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda path: path.name)
def corpus(request: pytest.FixtureRequest) -> tuple[Pack, list[Read]]:
    pack = load_pack(request.param)
    return pack, [read(pack, source.header) for source in read_sources(pack.folder, [])]


def test_every_document_is_known_by_its_own_title_block(corpus: tuple[Pack, list[Read]]) -> None:
    _, documents = corpus
    wrong = [
        (header.file_name, found)
        for header, document, _ in documents
        for found in [(document.id, document.revision, document.effective_date, document.language)]
        if found != (header.id, header.revision, header.effective_date, header.language)
    ]
    assert not wrong


def test_every_quoted_passage_survives_reading(corpus: tuple[Pack, list[Read]]) -> None:
    pack, documents = corpus
    sources = in_force(read_sources(pack.folder, []))
    chunks = {(header.id, header.revision): passages for header, _, passages in documents}
    sets = (pack.manifest.evaluation.dev, pack.manifest.evaluation.test)
    lost = [
        (question.id, item.quote)
        for name in sets
        for question in read_evaluation_set(pack.folder / name)
        for item in question.evidence
        for revision in [item.revision or sources[item.document_id].header.revision]
        if not any(carries(chunk, item) for chunk in chunks[item.document_id, revision])
    ]
    assert not lost


def test_every_document_says_that_its_site_is_fictional(corpus: tuple[Pack, list[Read]]) -> None:
    _, documents = corpus
    words = ("가상 사업장의 예시 문서", "Sample document of a fictional site")
    silent = [
        header.file_name
        for header, _, chunks in documents
        # A CSV holds its table and nothing else.
        if header.format != "csv" and not any(w in c.text for c in chunks[:2] for w in words)
    ]
    assert not silent
