"""Near-duplicates among many documents: the same as comparing them one by one, and marked in a few writes."""

import random
from collections import Counter
from pathlib import Path
from unittest.mock import patch

import pytest

from walkdown.documents import SKETCH, SourceDocument
from walkdown.records.publishing import NewEdition, Publisher
from walkdown.records.registry import DocumentRecord, Registry
from walkdown.records.twins import Twins, find_twins
from walkdown.testing.memory import MemoryStore, sample_chunk
from walkdown.testing.store_oracle import index
from walkdown_ingestion.enrichment.sketch import sketch_of

WORDING = " ".join(
    f"{a} {b}" for a in "open close check read stop start".split() for b in "valve pump line tank fan seal".split()
)


def one_by_one(sketches: dict[str, list[int]]) -> dict[str, tuple[str, ...]]:
    """The rule of `find_twins` said plainly: pairs that share a band of a small bucket and 60 % of their places."""
    buckets = Counter((at, *sketch[at : at + 4]) for sketch in sketches.values() for at in range(0, SKETCH, 4))
    found: dict[str, list[str]] = {}
    for one, mine in sketches.items():
        for other, theirs in sketches.items():
            bands = [(at, *mine[at : at + 4]) for at in range(0, SKETCH, 4) if mine[at : at + 4] == theirs[at : at + 4]]
            same = sum(a == b for a, b in zip(mine, theirs, strict=True))
            if one != other and same >= 0.6 * SKETCH and any(buckets[band] <= 200 for band in bands):
                found.setdefault(one, []).append(other)
    return {one: tuple(sorted(others)) for one, others in sorted(found.items())}


@pytest.mark.parametrize(("families", "each", "changed"), [(6, 40, 0.1), (12, 12, 0.35), (1, 230, 0.05), (0, 0, 0)])
def test_twins_among_many_are_those_of_comparing_one_by_one(families: int, each: int, changed: float) -> None:
    chance = random.Random(families)
    sketches: dict[str, list[int]] = {}
    for family in range(families):
        base = [chance.getrandbits(32) for _ in range(SKETCH)]
        for copy in range(each):
            sketches[f"{copy:03d}-{family}"] = [
                n if chance.random() > changed else chance.getrandbits(32) for n in base
            ]
    assert find_twins(sketches) == one_by_one(sketches)


def test_many_twins_are_marked_in_a_few_writes(tmp_path: Path) -> None:
    registry = Registry(f"sqlite:///{tmp_path / 'r.db'}")
    store = MemoryStore(generations=registry)
    publisher, twins = Publisher(registry, store, "power"), Twins(registry, store, "power")
    names = [f"D{number:03d}" for number in range(150)]
    items = []
    for name in names:
        document = SourceDocument(
            id=name, pack="power", title=name, language="en", sha256=name.lower() * 16, media_type="text/plain",
            file_name=f"{name}.md", source=f"folder://{name}",
        )  # fmt: skip
        chunk = sample_chunk(0, WORDING, id=name, document_id=name, edition=f"e{name}")
        items.append(NewEdition(DocumentRecord.of(document, f"e{name}", chunk_count=1), [index(chunk)]))
    twins.keep(dict.fromkeys([f"e{name}" for name in names], sketch_of([WORDING])))
    publisher.publish(items)
    with patch.object(store, "annotate", wraps=store.annotate) as writes:
        twins.link()
        assert writes.call_count == 1  # each write waits for the disk: 150 of them took half a minute
        twins.link()
        assert writes.call_count == 1  # nothing changed
    assert {c.document_id: c.twins for c in store.chunks("power")} == {
        name: tuple(other for other in names if other != name) for name in names
    }
    registry.close()
