"""What a search keeps between questions: counts until the generation moves on, vectors of the last questions."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from hypothesis import example, given
from hypothesis import strategies as st

from walkdown.documents import Principal
from walkdown.index.edge import EdgeStore
from walkdown.index.kept_counts import KeptCounts
from walkdown.index.standing import Marks
from walkdown.index.store import IndexedChunk
from walkdown.retrieval.question_vectors import AskedVectors
from walkdown.retrieval.spelling import distance
from walkdown.testing.memory import HashEmbedder
from walkdown.testing.store_oracle import IDENTITY, index, make_chunk


class Counting:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> Mapping[str, int]:
        self.calls += 1
        return {"P101A": self.calls}


def test_a_count_is_made_once_and_anew_when_what_is_asked_differs() -> None:
    kept, counting = KeptCounts(), Counting()
    assert [kept.get(("tags", "bio", 1), counting) for _ in range(3)] == [{"P101A": 1}] * 3
    assert kept.get(("tags", "bio", 2), counting) == {"P101A": 2}
    assert kept.get(("tags", "bio", 1), counting) == {"P101A": 1}


def test_the_least_used_count_is_forgotten() -> None:
    kept, counting = KeptCounts(), Counting()
    for number in range(200):
        kept.get((number,), counting)
        kept.get((0,), counting)
    assert counting.calls == 200
    kept.get((1,), counting)
    assert counting.calls == 201


class _Reading(HashEmbedder):
    """Remembers the questions that it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    def embed_questions(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.read += texts
        return super().embed_questions(texts)


def test_a_question_is_encoded_once() -> None:
    asked, embedder = AskedVectors(), _Reading()
    first = asked.vectors(embedder, ["pump", "valve"])
    again = asked.vectors(embedder, ["valve", "pump", "valve", "tank"])
    assert embedder.read == ["pump", "valve", "tank"]
    assert np.array_equal(again[0], first[1]) and np.array_equal(again[1], first[0])
    assert np.array_equal(again[3], HashEmbedder().embed_questions(["tank"])[0])


def _plain_distance(a: str, b: str) -> int:
    """Edits by the textbook, swaps of neighbours included."""
    table = {(i, j): i + j for i in range(len(a) + 1) for j in range(len(b) + 1) if not i or not j}
    for i, x in enumerate(a, 1):
        for j, y in enumerate(b, 1):
            least = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                least = min(least, table[i - 2, j - 2] + 1)
            table[i, j] = least
    return table[len(a), len(b)]


words = st.text("abc", max_size=7)


@example("aa", "bbbbb", 3)
@given(words, words, st.integers(1, 4))
def test_the_short_way_to_a_distance_changes_nothing(a: str, b: str, most: int) -> None:
    assert distance(a, b, most) == min(_plain_distance(a, b), most + 1)


class _Moving:
    """A generation that a test moves on."""

    def __init__(self) -> None:
        self.number = 0

    def current(self, pack: str) -> int:
        del pack
        return self.number


def test_counts_of_the_index_follow_the_generation_and_the_reader(tmp_path: Path) -> None:
    moving = _Moving()
    lab = Principal(groups=("lab",))
    with EdgeStore(tmp_path / "qdrant", IDENTITY, moving) as store:
        now = IndexedChunk(*index(make_chunk(0, "a", tags=("P-101A",)))[:3], Marks(until=1))
        later = IndexedChunk(*index(make_chunk(1, "b", tags=("V-9",), access=("lab",)))[:3], Marks(since=1))
        store.upsert([now, later])
        assert store.tags("power", Principal()) == {"P101A": 1} == store.tags("power", lab)
        assert store.languages("power") == {"en": 1}
        moving.number = 1
        assert store.tags("power", lab) == {"V9": 1} and store.tags("power", Principal()) == {}
        assert store.tags("bio", lab) == {}
