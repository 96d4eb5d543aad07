"""The pure rules of the index: ranks and fusion, filters, points."""

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdown.documents import Principal
from walkdown.errors import IndexUnavailableError, UsageError
from walkdown.index import identity as identities
from walkdown.index.conditions import Condition, mandatory, narrowing, reader_keys
from walkdown.index.fusion import Candidate, K, Ranking, fuse, ranks_by_score, ranks_by_tags
from walkdown.index.points import point_id, tag_vector, to_chunk, to_point
from walkdown.index.standing import IN_FORCE, Marks, Scope, Span, spans
from walkdown.index.store import FILTER_FIELDS
from walkdown.testing.store_oracle import IDENTITY, index, make_chunk


def candidate(name: str, score: float = 0.0, tags: tuple[str, ...] = (), language: str = "en") -> Candidate:
    return Candidate(name, score, name, 0, language, tags)


def test_ranks_share_a_place_at_equal_scores() -> None:
    found = [candidate("a", 0.5), candidate("b", 0.9), candidate("c", 0.5 + 1e-9), candidate("d", 0.1)]
    assert ranks_by_score(found) == {"b": 1, "a": 2, "c": 2, "d": 4}
    assert ranks_by_score([]) == {}


def test_tag_ranks_depend_on_the_passage_alone() -> None:
    found = [
        candidate("both", tags=("P1", "P2", "X")),
        candidate("one", tags=("P2",)),
        candidate("none", tags=("P12",)),
    ]
    assert ranks_by_tags(found, ("P1", "P2"), ()) == {"both": 1, "one": 2}
    assert ranks_by_tags(found[1:], ("P1", "P2"), ()) == {"one": 2}
    assert ranks_by_tags(found, ("P1", "P2"), ("ko",)) == {}


def test_fusion_by_hand() -> None:
    everyone = {name: candidate(name) for name in "abc"}
    rankings = [Ranking("x", 1.0, {"a": 1, "b": 2}), Ranking("y", 0.5, {"b": 1, "c": 2})]
    fused = fuse(rankings, everyone, 3)
    assert [(item.id, item.shares) for item in fused] == [
        ("b", {"x": 1 / 62, "y": 0.5 / 61}),
        ("a", {"x": 1 / 61}),
        ("c", {"y": 0.5 / 62}),
    ]
    assert fused[0].score == pytest.approx(1 / 62 + 0.5 / 61) and fuse(rankings, everyone, 1) == fused[:1]


ranks = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 50), max_size=8)
weighted = st.lists(st.tuples(st.floats(0.01, 5), ranks), max_size=4)


@given(weighted)
def test_fusion_neither_loses_nor_invents(branches: list[tuple[float, dict[str, int]]]) -> None:
    rankings = [Ranking(str(i), weight, own) for i, (weight, own) in enumerate(branches)]
    everyone = {name: candidate(name) for name in "abcdefgh"}
    fused = fuse(rankings, everyone, 100)
    assert {item.id for item in fused} == {name for _, own in branches for name in own}
    assert [item.score for item in fused] == sorted((item.score for item in fused), reverse=True)
    for item in fused:
        assert item.score == pytest.approx(
            sum(weight / (K + own[item.id]) for weight, own in branches if item.id in own)
        )
    assert fuse(list(reversed(rankings)), everyone, 100) == fused, "the order of the branches does not matter"


group = st.text(max_size=8)


@given(st.lists(group, max_size=4), st.lists(group, max_size=4))
def test_readers_meet_exactly_when_a_group_is_shared(access: list[str], groups: list[str]) -> None:
    readers = mandatory("power", Principal(groups=tuple(groups)), IN_FORCE, 1)[1]
    assert isinstance(readers, Condition)
    may_read = not set(readers.values).isdisjoint(reader_keys(access))
    assert may_read == (not access or not set(access).isdisjoint(groups))


def test_mandatory_conditions() -> None:
    pack, readers, since, until, languages = mandatory("power", Principal(groups=("ops",)), IN_FORCE, 7, ("ko", "en"))
    assert (since, until) == (Span("since", at_most=7), Span("until", above=7))
    assert pack == Condition("pack", ("power",)) and languages == Condition("language", ("ko", "en"))
    assert readers == Condition("readers", ("public", "group:ops"))
    with pytest.raises(UsageError, match="No pack"):
        mandatory("", Principal(), IN_FORCE, 1)
    with pytest.raises(UsageError, match="no scope"):
        mandatory("power", Principal(), None, 1)  # type: ignore[arg-type]


def test_a_point_without_marks_is_seen_by_nobody() -> None:
    marks = Marks.of({})._asdict()
    for scope in (IN_FORCE, Scope(history=True), Scope(as_of=dt.date(2024, 1, 1)), Scope(revisions=("A",))):
        assert not all(span.holds(marks[span.key]) for span in spans(scope, 5))


@given(st.dictionaries(st.text(max_size=12), st.lists(st.text(max_size=5), max_size=3), min_size=1, max_size=3))
def test_a_filter_becomes_a_condition_or_an_error(filters: dict[str, list[str]]) -> None:
    known = set(FILTER_FIELDS)
    if filters.keys() <= known and all(filters.values()):
        assert [c.key for c in narrowing(filters)] == list(filters)
    else:
        with pytest.raises(UsageError):
            narrowing(filters)


def test_a_point_holds_its_chunk_and_the_same_chunk_has_the_same_point() -> None:
    chunk = make_chunk(3, "P-101 A와 P-101B", access=("ops",), site="S1")
    point = to_point(index(chunk), IDENTITY)
    assert to_chunk(point.payload, 0) == chunk and point.id == point_id("power", chunk.id)
    assert point.payload["tags"] == ["P101A", "P101B"] and point.payload["readers"] == ["group:ops"]
    assert len({point_id(p, c) for p, c in (("a", "b"), ("ab", ""), ("", "ab"), ("b", "a"))}) == 4


def test_tags_are_stored_in_normal_form() -> None:
    chunk = make_chunk(3, "x", tags=("p-101 a", "P101A"))
    assert to_point(index(chunk), IDENTITY).payload["tags"] == ["P101A"]
    assert tag_vector(["A", "B", "A"]).values == [1.0, 1.0]


@pytest.mark.parametrize(
    "sparse", [([1, 2], [1.0]), ([1, 1], [1.0, 1.0]), ([1], [math.nan]), ([1], [math.inf])]
)  # fmt: skip
def test_malformed_sparse_vectors(sparse: tuple[list[int], list[float]]) -> None:
    item = index(make_chunk(1, "x"))
    with pytest.raises(UsageError, match="malformed"):
        to_point(item._replace(sparse=type(item.sparse)(*sparse)), IDENTITY)


def test_a_matrix_is_no_vector() -> None:
    item = index(make_chunk(1, "x"))
    with pytest.raises(UsageError, match="shape"):
        to_point(item._replace(dense={**item.dense, "first": np.ones((1, 48), dtype=np.float32)}), IDENTITY)


def test_an_index_of_unknown_origin_is_refused() -> None:
    identities.require_same(identities.to_json(IDENTITY), IDENTITY, "x")
    with pytest.raises(IndexUnavailableError, match="layout"):
        identities.require_same({}, IDENTITY, "x")
