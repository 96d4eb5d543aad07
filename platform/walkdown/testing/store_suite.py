"""Conformance suite of the chunk store: an engine is done when a subclass of `StoreSuite` with one fixture passes.

The fixture `store` gives an empty `ChunkStore` opened with `IDENTITY` of `walkdown.testing.store_oracle`.
"""

import datetime as dt
import math

import numpy as np
import pytest

from walkdown.documents import DocumentStatus, Principal
from walkdown.errors import UsageError
from walkdown.index.standing import IN_FORCE, OPEN, Marks, Scope
from walkdown.index.store import Branch, ChunkStore, SearchRequest
from walkdown.testing.store_oracle import ANYONE, branches, fill, index, make_chunk, oracle, search
from walkdown.text.lexical import query_vector

PUMPS = (
    make_chunk(0, "The minimum flow of P-101A is 40 m3/h."),
    make_chunk(1, "The minimum flow of P-101B is 45 m3/h."),
    make_chunk(2, "Start P-101A after P-101B has stopped."),
    make_chunk(3, "Lubricating oil of the gearbox is changed yearly."),
    make_chunk(4, "펌프를 기동하기 전에 흡입 밸브를 연다.", language="ko"),
    make_chunk(5, "터빈의 진동은 7.1 mm/s 이하이어야 한다.", language="ko"),
)


class StoreSuite:
    """What every engine must do."""

    def test_empty(self, store: ChunkStore) -> None:
        """An empty index answers everything with nothing."""
        assert store.count() == 0 and store.count("power") == 0
        assert list(store.chunks("power")) == [] and store.get("power", ["x"]) == []
        assert store.languages("power") == {} and search(store, "pump P-101A") == []
        store.optimise()
        store.delete_document("power", "nothing")

    def test_chunks_come_back_whole_and_in_order(self, store: ChunkStore) -> None:
        """What is read equals what was written, by document and ordinal."""
        full = make_chunk(
            1, "x", document="B", heading_path=("1", "1.2"), revision="C", site="S1", kind="table",
            boxes=({"page": 3, "x0": 1, "y0": 2, "x1": 3, "y1": 4},), access=("ops",), effective_date="2024-02-29",
        )  # fmt: skip
        fill(store, make_chunk(2, "c", document="B"), full, make_chunk(10, "z", document="A"))
        assert [c.id for c in store.chunks("power")] == ["A:10", "B:1", "B:2"]
        assert next(store.chunks("power", "B")) == full
        assert [c.id for c in store.get("power", ["B:2", "nothing", "B:1"])] == ["B:2", "B:1"]

    def test_vectors_are_those_written(self, store: ChunkStore) -> None:
        """By chunk id, of length 1, of the encoder named; what is not there is left out."""
        pump, valve = make_chunk(0, "pump"), make_chunk(1, "old valve")
        fill(store, pump, valve)
        for name, written in index(valve).dense.items():
            found = store.vectors("power", ["D1:1", "nothing", "D0:0"], name)
            assert set(found) == {"D1:1", "D0:0"}
            assert found["D1:1"] == pytest.approx(written / np.linalg.norm(written), abs=1e-5)
        assert store.vectors("power", ["D0:0"], "no such encoder") == {} == store.vectors("power", [], "first")
        assert store.vectors("bio", ["D0:0"], "first") == {}

    def test_upsert_replaces(self, store: ChunkStore) -> None:
        """The same pack and id is the same passage."""
        fill(store, make_chunk(0, "old valve P-7"))
        fill(store, make_chunk(0, "new turbine P-8"))
        assert store.count() == 1 and store.get("power", ["D0:0"])[0].text == "new turbine P-8"
        assert search(store, "P-7", using=["tags"]) == [] and search(store, "valve", using=["lexical"]) == []
        assert len(search(store, "turbine", using=["lexical"])) == 1

    def test_same_id_in_two_packs(self, store: ChunkStore) -> None:
        """Packs do not touch each other, whatever the ids."""
        fill(store, make_chunk(0, "power text"), make_chunk(0, "bio text", pack="bio"))
        assert store.count() == 2 and store.get("bio", ["D0:0"])[0].text == "bio text"
        store.delete_document("bio", "D0")
        assert store.count("power") == 1 and store.count("bio") == 0
        assert {hit.chunk.pack for hit in search(store, "bio text")} == {"power"}

    def test_delete_keeps_what_it_is_told(self, store: ChunkStore) -> None:
        """Only the document's other chunks go."""
        fill(store, *(make_chunk(i, f"step {i}", document="A") for i in range(4)), make_chunk(9, "else", document="B"))
        store.delete_document("power", "A", keep=["A:1", "A:3", "B:9"])
        assert [c.id for c in store.chunks("power")] == ["A:1", "A:3", "B:9"]
        store.delete_document("power", "A")
        assert [c.id for c in store.chunks("power")] == ["B:9"]

    def test_neighbouring_tags_never_match(self, store: ChunkStore) -> None:
        """P-101A never finds P-101B; a passage without the tag has no share from the branch."""
        fill(store, *PUMPS)
        assert {h.chunk.id for h in search(store, "P-101A", using=["tags"])} == {"D0:0", "D2:2"}
        both = search(store, "P-101B and P-101A", using=["tags"])
        assert [h.chunk.id for h in both] == ["D2:2", "D0:0", "D1:1"]
        assert search(store, "P-101", using=["tags"]) == []
        hits = {h.chunk.id: h for h in search(store, "What is the minimum flow of P-101A?")}
        assert "tags" not in hits["D1:1"].scores and hits["D0:0"].scores["tags"] == pytest.approx(2.0 / 61)
        assert max(hits.values(), key=lambda h: h.score).chunk.id == "D0:0"

    def test_a_common_tag_helps_every_passage(self, store: ChunkStore) -> None:
        """A tag in more passages than the branch returns still counts for those that other branches find."""
        many = [make_chunk(i, f"P-5 record {i}", document="A") for i in range(60)]
        fill(store, *many, make_chunk(99, "Rupture pressure of the disc on P-5", document="Z"))
        tags = Branch("tags", "tags", ("P5",), 2.0, 10)
        lexical = Branch("lexical", "sparse", query_vector("rupture disc"), 1.0, 10)
        hits = store.search(SearchRequest("power", ANYONE, [tags, lexical], 5, {}))
        assert hits[0].chunk.id == "Z:99" and set(hits[0].scores) == {"tags", "lexical"}

    def test_korean_particles(self, store: ChunkStore) -> None:
        """The bare noun finds the noun with its particle."""
        fill(store, *PUMPS)
        assert search(store, "펌프", using=["lexical"])[0].chunk.id == "D4:4"
        assert search(store, "진동은", using=["lexical"])[0].chunk.id == "D5:5"

    def test_scores_are_the_shares_of_the_branches(self, store: ChunkStore) -> None:
        """The score is the sum of the shares, each is weight / (60 + rank), and hits fall in score."""
        fill(store, *PUMPS)
        hits = search(store, "minimum flow of P-101A")
        assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
        for hit in hits:
            assert hit.score == pytest.approx(sum(hit.scores.values())) and hit.scores
        first = max(hits, key=lambda h: h.scores.get("lexical", 0))
        assert first.scores["lexical"] == pytest.approx(0.7 / 61)

    def test_limit_and_empty_branches(self, store: ChunkStore) -> None:
        """At most `limit` hits; branches that can find nothing and branches of weight 0 are left out."""
        fill(store, *PUMPS)
        assert len(search(store, "the pump", limit=2)) == 2
        assert store.search(SearchRequest("power", ANYONE, [], 5, {})) == []
        nothing = [
            Branch("tags", "tags", ()),
            Branch("lexical", "sparse", query_vector("")),
            Branch("off", "sparse", query_vector("pump"), 0.0),
        ]
        assert store.search(SearchRequest("power", ANYONE, nothing, 5, {})) == []

    def test_equal_passages_tie_in_reading_order(self, store: ChunkStore) -> None:
        """Passages that differ only in their place have one rank and come in reading order."""
        fill(store, *(make_chunk(i, "identical wording", document=d) for d, i in [("B", 1), ("A", 7), ("A", 2)]))
        hits = search(store, "identical wording")
        assert [h.chunk.id for h in hits] == ["A:2", "A:7", "B:1"] and len({h.score for h in hits}) == 1

    def test_languages(self, store: ChunkStore) -> None:
        """Counts per language; a branch's languages narrow the branch, a filter narrows the search."""
        fill(store, *PUMPS)
        assert store.languages("power") == {"ko": 2, "en": 4}
        assert {h.chunk.language for h in search(store, "P-101A 펌프", languages=("ko",))} == {"ko"}
        assert {h.chunk.language for h in search(store, "P-101A 펌프", filters={"language": ["en"]})} == {"en"}

    def test_tags_are_counted_over_what_may_be_read(self, store: ChunkStore) -> None:
        """Tags in normal form with the number of passages; those of passages out of reach do not show."""
        secret = make_chunk(1, "secret", tags=("V-9",), access=("lab",))
        fill(store, make_chunk(0, "a", tags=("P-101A", "T-1")), make_chunk(2, "b", tags=("P-101A",)), secret)
        assert store.tags("power", ANYONE) == {"P101A": 2, "T1": 1}
        assert store.tags("power", Principal(groups=("lab",))) == {"P101A": 2, "T1": 1, "V9": 1}
        assert store.tags("bio", ANYONE) == {}

    def test_filters_narrow(self, store: ChunkStore) -> None:
        """Every field narrows, several fields are ANDed, several values of one field are alternatives."""
        fill(store, *PUMPS, make_chunk(6, "P-101A at the other site", site="S2", kind="table"))
        for field, value, expected in (
            ("site", "S2", {"D6:6"}),
            ("kind", "table", {"D6:6"}),
            ("document_id", "D3", {"D3:3"}),
            ("tags", "p-101 a", {"D0:0", "D2:2", "D6:6"}),
        ):
            assert {h.chunk.id for h in search(store, "P-101A", filters={field: [value]})} == expected
        assert {h.chunk.id for h in search(store, "flow", filters={"document_id": ["D0", "D1"]})} == {"D0:0", "D1:1"}
        assert search(store, "flow", filters={"document_id": ["D0"], "site": ["S2"]}) == []

    @pytest.mark.parametrize(
        "filters",
        [{"pack": ["bio"]}, {"access": ["ops"]}, {"readers": ["public"]}, {"": ["x"]}, {"site": []}, {"site": "S1"},
         {"site": None}, {"site": [None]}, {"site": [["a"]]}],
    )  # fmt: skip
    def test_a_filter_that_cannot_narrow_is_refused(self, store: ChunkStore, filters: dict[str, list[str]]) -> None:
        """Unknown fields and missing values never mean "everything"."""
        fill(store, *PUMPS)
        with pytest.raises(UsageError):
            search(store, "pump", filters=filters)

    def test_access(self, store: ChunkStore) -> None:
        """A passage with access groups is for their members; names that look like keys open nothing."""
        fill(
            store,
            make_chunk(0, "open pump"),
            make_chunk(1, "pump of ops", access=("ops",)),
            make_chunk(2, "pump of both", access=("ops", "lab")),
            make_chunk(3, "pump of a group with a cunning name", access=("public", "group:ops")),
        )
        for groups, expected in (
            ((), {0}),
            (("lab",), {0, 2}),
            (("ops", "lab"), {0, 1, 2}),
            (("OPS", "", "group:lab", "*"), {0}),
            (("public",), {0, 3}),
        ):
            hits = search(store, "pump", principal=Principal(groups=groups))
            assert {h.chunk.ordinal for h in hits} == expected, groups

    def test_only_what_is_in_force_is_found(self, store: ChunkStore) -> None:
        """Marks for a coming generation hide a passage from every branch; other scopes are asked for by name."""
        old = make_chunk(0, "pump P-1 at 10", edition="old", revision="1")
        new = make_chunk(1, "pump P-1 at 12", edition="new", revision="2", document="D0")
        day = dt.date(2024, 5, 1)
        fill(store, old, new)
        store.mark("power", "old", Marks(since=OPEN, shown=0, from_day=0, to_day=day.toordinal()))
        store.mark("power", "new", Marks(from_day=day.toordinal()))

        def found(scope: Scope) -> set[str]:
            return {h.chunk.revision for h in search(store, "pump P-1", scope=scope)}

        assert found(IN_FORCE) == {"2"}
        for branch in ("first", "second", "lexical", "tags"):
            assert {h.chunk.revision for h in search(store, "pump P-1", using=[branch])} == {"2"}
        assert found(Scope(history=True)) == {"1", "2"} and found(Scope(revisions=("1",))) == {"1"}
        assert found(Scope(as_of=day)) == {"2"} and found(Scope(as_of=day - dt.timedelta(1))) == {"1"}
        assert found(Scope(as_of=day, revisions=("1",))) == set()
        [read] = store.get("power", [old.id])
        assert (read.status, read.effective_until) == (DocumentStatus.SUPERSEDED, day)
        store.mark("power", "new", Marks(until=0, hidden=0))
        assert found(IN_FORCE) == set() and found(Scope(history=True)) == {"1"} and store.languages("power") == {}
        assert store.editions("power") == {"old": 1, "new": 1} and store.count("power") == 2
        assert [c.id for c in store.chunks("power", edition="new")] == [new.id]
        store.annotate("power", {"new": ["D7"], "old": ["D8", "D9"], "nothing": ["D1"]})
        assert [c.twins for c in store.get("power", [new.id, old.id])] == [("D7",), ("D8", "D9")]
        store.annotate("power", {"old": []})
        assert [c.twins for c in store.get("power", [new.id, old.id])] == [("D7",), ()]
        store.annotate("power", {})
        store.delete_edition("power", "new")
        assert store.editions("power") == {"old": 1}
        with pytest.raises(UsageError, match="No edition"):
            store.delete_edition("power", "")
        with pytest.raises(UsageError, match="no scope"):
            search(store, "pump", scope=None)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "hidden",
        [{"pack": "bio"}, {"access": ("board",)}, {"language": "ko"}, {"edition": "old"}],
        ids=["pack", "access", "language", "superseded"],
    )
    def test_unseen_passages_leave_no_trace_in_ranks(self, store: ChunkStore, hidden: dict[str, object]) -> None:
        """How rare a term is, is measured over what the branch may see: `alpha` stays the rarer one."""
        fill(store, make_chunk(0, "beta"), make_chunk(1, "alpha"), make_chunk(2, "beta and much that is not asked for"))

        def found() -> list[tuple[str, float]]:
            hits = search(store, "alpha beta", using=["lexical"], languages=("en",))
            return [(hit.chunk.id, hit.score) for hit in hits]

        before = found()
        assert [name for name, _ in before] == ["D1:1", "D0:0", "D2:2"]
        fill(store, *(make_chunk(100 + i, "alpha", **hidden) for i in range(20)))  # type: ignore[arg-type]
        if "edition" in hidden:
            store.mark("power", "old", Marks(since=OPEN))
        assert found() == before

    @pytest.mark.parametrize("pack", ["", " ", None])
    def test_no_pack_no_search(self, store: ChunkStore, pack: str) -> None:
        """A search without a pack is refused, as is a chunk without one."""
        with pytest.raises(UsageError):
            search(store, "pump", pack=pack)
        with pytest.raises(UsageError):
            store.delete_document(pack, "D0")
        with pytest.raises(UsageError):
            list(store.chunks(pack))

    def test_other_vectors_are_refused(self, store: ChunkStore) -> None:
        """A wrong dimension, an unknown or missing encoder, NaN and zeros: refused, and nothing is written."""
        good = index(PUMPS[0])
        first = good.dense["first"]
        for dense in (
            {"first": first[:-1], "second": good.dense["second"]},
            {"first": first},
            {**good.dense, "third": first},
            {**good.dense, "first": first * math.nan},
            {**good.dense, "first": first * 0},
        ):
            with pytest.raises(UsageError):
                store.upsert([index(PUMPS[1]), good._replace(dense=dense)])
        assert store.count() == 0
        for using, vector in (("first", first[:-1]), ("third", first), ("first", first * math.nan), ("sparse", first)):
            with pytest.raises(UsageError):
                store.search(SearchRequest("power", ANYONE, [Branch("b", using, vector)], 5, {}))

    def test_malformed_requests_are_refused(self, store: ChunkStore) -> None:
        """Branches of one name, negative weights and limits below one."""
        ok = Branch("b", "sparse", query_vector("pump"))
        for chosen, limit in (
            ([ok, ok], 5), ([ok], 0), ([ok._replace(limit=0)], 5), ([ok._replace(weight=-1.0)], 5),
            ([ok._replace(weight=math.nan)], 5),
        ):  # fmt: skip
            with pytest.raises(UsageError):
                store.search(SearchRequest("power", ANYONE, chosen, limit, {}))

    def test_agrees_with_brute_force(self, store: ChunkStore) -> None:
        """Hits and scores are those of the oracle."""
        chunks = [*PUMPS, make_chunk(7, "Pump flow P-101A", access=("ops",)), make_chunk(8, "Flow", pack="bio")]
        fill(store, *chunks)
        for groups in ((), ("ops",)):
            principal = Principal(groups=groups)
            request = SearchRequest("power", principal, branches("minimum flow P-101A 펌프"), 50, {})
            expected = oracle(chunks, request)
            assert {h.chunk.id: pytest.approx(h.score) for h in store.search(request)} == expected
