"""What the encoders read of a passage: tables without the names of their columns in every row."""

from collections.abc import Sequence

import numpy as np
import pytest

from walkdown.documents import Chunk
from walkdown.models.embedder import FloatMatrix
from walkdown.text.lexical import document_vector
from walkdown.text.rows import names_once
from walkdown_ingestion.indexing import index_chunks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tag: P-1 | Low: 2\nTag: P-2 | Low: 3\nTag: P-3 | Low: 4", "Tag: P-1 | Low: 2\nP-2 | 3\nP-3 | 4"),
        # Other columns, or one that is left out, are named again.
        ("Tag: P-1 | Low: 2\nTag: P-2 | High: 3", "Tag: P-1 | Low: 2\nTag: P-2 | High: 3"),
        ("A: 1 | B: 2 | C: 3\nA: 1 | C: 3\nA: 4 | C: 5", "A: 1 | B: 2 | C: 3\nA: 1 | C: 3\n4 | 5"),
        # So are those after a line between.
        ("A: 1 | B: 2\nNote.\nA: 3 | B: 4", "A: 1 | B: 2\nNote.\nA: 3 | B: 4"),
        ("h: 6 | Note: open: no\nh: 7 | Note: shut: yes", "h: 6 | Note: open: no\n7 | shut: yes"),
        ("Use: mixing\nUse: storing", "Use: mixing\nUse: storing"),
        ("P-1 | 2\nP-2 | 3", "P-1 | 2\nP-2 | 3"),
        ("", ""),
    ],
)
def test_names_stand_once_over_rows_of_the_same_columns(text: str, expected: str) -> None:
    assert names_once(f"List\n{text}") == f"List\n{expected}"


class Listening:
    """An encoder that remembers what it read."""

    name, dim, fingerprint = "listening", 2, "1"

    def __init__(self) -> None:
        self.read: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        self.read += texts
        return np.ones((len(texts), 2), np.float32)

    embed_questions = embed_passages


def test_the_passage_and_its_terms_stay_whole() -> None:
    text, encoder = "Tag: P-1 | Low: 2\nTag: P-2 | Low: 3", Listening()
    chunk = Chunk(id="D:0:x", document_id="D", pack="p", title="", language="en", ordinal=0, text=text)
    (indexed,) = index_chunks([chunk], [encoder])
    assert encoder.read == ["Tag: P-1 | Low: 2\nP-2 | 3"]
    assert indexed.chunk == chunk
    assert indexed.sparse == document_vector(chunk.search_text)
