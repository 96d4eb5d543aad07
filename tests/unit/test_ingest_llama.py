"""The llama-index transformation gives the passages that Walkdown itself would index."""

from pathlib import Path

import pytest
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import Document

from walkdown.errors import UsageError
from walkdown.testing.memory import sample_pack
from walkdown_ingestion.llama import FILE_PATH, WalkdownChunks
from walkdown_ingestion.metadata import FileFacts
from walkdown_ingestion.prepare import FileJob, Prepared, Recipe, prepare

PROCEDURE = Path(__file__).parents[1] / "fixtures" / "ingestion" / "procedure.md"


def test_a_llama_index_pipeline_gives_the_same_passages() -> None:
    pack = sample_pack()
    pipeline = IngestionPipeline(transformations=[WalkdownChunks(pack=pack)], disable_cache=True)
    nodes = pipeline.run(documents=[Document(text="", metadata={FILE_PATH: str(PROCEDURE)})])
    job = FileJob(PROCEDURE, FileFacts(str(PROCEDURE), PROCEDURE.name, "0" * 64, ""))
    (item,) = prepare(job, Recipe(pack.name, pack.grammar)).items
    assert isinstance(item, Prepared)
    assert [(n.node_id, n.get_content()) for n in nodes] == [(c.id, c.text) for c in item.chunks]
    assert {n.metadata["document_id"] for n in nodes} == {"PWR-OP-101"}


def test_what_cannot_be_read_is_said() -> None:
    chunks = WalkdownChunks(pack=sample_pack())
    with pytest.raises(UsageError, match="names no file"):
        chunks([Document(text="x")])
    with pytest.raises(UsageError, match="cannot be opened"):
        chunks([Document(text="x", metadata={FILE_PATH: "/absent/a.md"})])
