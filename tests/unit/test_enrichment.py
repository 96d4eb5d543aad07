"""What is known of a passage beyond its words: quantities, cells, unit, clause, dates, near-duplicates."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walkdown.documents import SKETCH, Chunk, SourceDocument, Table
from walkdown.packs.schema import DocumentType
from walkdown.packs.texts import Texts
from walkdown.records.publishing import NewEdition, Publisher
from walkdown.records.registry import DocumentRecord, Registry
from walkdown.records.twins import Twins, find_twins, twins_of
from walkdown.testing.memory import MemoryStore, sample_chunk
from walkdown.testing.store_oracle import index
from walkdown.text.heads import head_unit
from walkdown.text.units import expression_of
from walkdown_ingestion.chunking import chunk_document
from walkdown_ingestion.enrichment.dates import dates_in
from walkdown_ingestion.enrichment.disagreements import disagreements
from walkdown_ingestion.enrichment.measures import measures_of
from walkdown_ingestion.enrichment.places import clause_of, document_type, document_unit, passage_unit, units_in
from walkdown_ingestion.enrichment.sketch import sketch_of
from walkdown_ingestion.metadata import FileFacts, identify
from walkdown_ingestion.readers import markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("최소 유량은 40 m3/h 이상이어야 한다.", [("40 m3/h", 40, None, ">=", "m3/h")]),
        ("Keep 10 ~ 12 °C.", [("10 ~ 12 °C", 10, 12, "=", "°C")]),
        ("Trip at 12.5 MPa", [("12.5 MPa", 12.5, None, "=", "MPa")]),
        ("not above 90 °C", [("90 °C", 90, None, "<=", "°C")]),
        ("5 barg and 5 bar", [("5 barg", 5, None, "=", "barg"), ("5 bar", 5, None, "=", "bar")]),
        ("Open P-101A, see 3.2.1 and page 7.", []),
    ],
)  # fmt: skip
def test_measures_of_text(text: str, expected: list[tuple[Any, ...]]) -> None:
    found = [(m.text, m.value, m.upper, m.comparator, m.unit) for m in measures_of(text)]
    assert found == [(*rest, expression_of(unit)) for *rest, unit in expected]


def test_measures_compare_across_notations() -> None:
    one, other = measures_of("0.5 MPa")[0], measures_of("5 bar")[0]
    assert one.base == pytest.approx(other.base) and one.dimension == other.dimension
    low = measures_of("20 ~ 30 kPa")[0]
    assert [low.base, low.base_upper] == pytest.approx([20_000, 30_000])


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Pressure (MPa)", "MPa"),
        ("유량, m3/h", "m3/h"),
        ("Temp [°C]", "°C"),
        ("Limit (max)", ""),
        ("Tag", ""),
        ("", ""),
    ],
)
def test_units_in_the_heads_of_columns(name: str, unit: str) -> None:
    assert head_unit(name) == unit


def test_units_are_carried_from_head_and_unit_column_to_the_cells() -> None:
    heads = Table(header=(("Tag", "Trip (MPa)", "Note"),), rows=(("P-101A", "12.5", "see 4"), ("P-101B", "≤ 13", "-")))
    assert [(m.text, m.value, m.comparator, m.unit) for m in measures_of("", [heads])] == [
        ("12.5", 12.5, "=", expression_of("MPa")),
        ("≤ 13", 13.0, "<=", expression_of("MPa")),
    ]
    column = Table(header=(("Parameter", "Low", "High", "Unit"),), rows=(("Drum level", "-50", "75", "mm"),))
    assert [(m.value, m.unit) for m in measures_of("", [column])] == [(-50, "millimeter"), (75, "millimeter")]


def passages(text: str) -> list[Chunk]:
    parsed = markdown.read(text.encode(), "a.md")
    return chunk_document(parsed, identify(parsed, file_facts(), "power"), ())


def file_facts(relative: str = "a.md", **fields: object) -> FileFacts:
    return FileFacts(relative, relative, "0" * 64, "text/markdown", **fields)  # type: ignore[arg-type]


def test_a_passage_keeps_the_cells_of_its_tables() -> None:
    table = "| Tag | Low (bar) | High (bar) |\n|---|---|---|\n" + "".join(
        f"| P-{n} | {n} | {n + 10} |\n" for n in range(100, 180)
    )
    found = passages(f"# Limits\n\n## 4.2 Set points\n\n{table}")
    assert len(found) > 1
    rows = [row for chunk in found for t in chunk.tables for row in t.rows]
    assert rows == [(f"P-{n}", str(n), str(n + 10)) for n in range(100, 180)]
    for chunk in found:
        [cells] = chunk.tables
        assert cells.header == (("Tag", "Low (bar)", "High (bar)"),) and chunk.clause == "4.2"
        assert all(row[0] in chunk.text and row[2] in chunk.text for row in cells.rows)
        assert {(m.text, m.unit) for m in chunk.measures} == {
            (c, expression_of("bar")) for row in cells.rows for c in row[1:]
        }


_cell = st.sampled_from(["", "x", "12.5", "P-1", "a long text " * 30, "one sentence. " * 120])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(_cell, min_size=3, max_size=3).filter(any), max_size=12))
def test_every_row_of_a_table_is_kept_with_a_passage(rows: list[list[str]]) -> None:
    lines = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    parsed = markdown.read(f"# T\n\n| A | B | C |\n|---|---|---|\n{lines}\n".encode(), "a.md")
    found = chunk_document(parsed, identify(parsed, file_facts(), "power"), ())
    stated = [row for block in parsed.blocks if block.table for row in block.table.rows]
    kept = [row for chunk in found for t in chunk.tables for row in t.rows]
    # The parts of a row too long for one passage each keep it.
    assert list(dict.fromkeys(kept)) == list(dict.fromkeys(stated)) and len(kept) >= len(stated)


def test_plant_units() -> None:
    assert units_in("1호기와 제 2 호기, Unit 03, unit no. 4") == ("1", "2", "3", "4")
    assert units_in("unit 5.5 and 3 units, P-101") == ()
    assert document_unit("", "급수펌프 운전 (2호기)", "x") == "2" and document_unit("Unit 1", "2호기", "x") == "1"
    assert document_unit("", "Feed pumps", "hcc-op-101-bfp-unit1") == "1"
    assert document_unit("", "1호기 및 2호기 절차", "x") == ""
    assert passage_unit("", ("3 Unit 2",), "as in unit 1") == "2" and passage_unit("1", ("Unit 2",), "") == "1"
    assert passage_unit("", (), "unit 1 and unit 2") == ""
    assert {c.plant_unit for c in passages("# Start of unit 2\n\n## Steps\n\nOpen the valve of unit 1.")} == {"2"}


def test_clauses_types_and_dates() -> None:
    assert clause_of(("3 Limits", "3.2.1 Drum")) == "3.2.1" and clause_of(("제 5 조 (보고)", "Note")) == "제5조"
    assert clause_of(("Limits",)) == "" and clause_of(("2024 outage",)) == "2024"
    types = (
        DocumentType(id="procedure", title=Texts(ko="절차서", en="procedure")),
        DocumentType(id="emergency", title=Texts(ko="비상 절차서", en="Emergency procedure")),
    )
    assert document_type("", "정전 비상 절차서", types) == "emergency"
    assert document_type("", "Start procedure", types) == "procedure" and document_type("own", "x", types) == "own"
    assert document_type("", "Report", types) == ""
    assert dates_in("Tested 2024-05-01, again 2025. 3. 2.; due 03/04/2025.") == (
        dt.date(2024, 5, 1),
        dt.date(2025, 3, 2),
    )


def test_sources_that_disagree_are_named() -> None:
    text = "# Pump\n\n| Document No. | HCC-OP-101 |\n|---|---|\n| Revision | 6 |\n| Effective date | 2025-03-17 |\n"
    parsed = markdown.read(text.encode(), "a.md")
    assert disagreements(parsed, file_facts("HCC-OP-101 rev 6.md")) == ()
    said = disagreements(
        parsed,
        file_facts("HCC-OP-102-rev5.md", overrides={"revision": "7", "effective_date": "2025-04-01"}),
    )
    assert said == (
        "its text gives the document number as HCC-OP-101, but its name says HCC-OP-102; HCC-OP-101 is taken.",
        "documents.csv gives the revision as 7, but its text says 6, its name says 5; 7 is taken.",
        "documents.csv gives the effective date as 2025-04-01, but its text says 2025-03-17; 2025-04-01 is taken.",
    )


UNIT_1 = (
    "Start of boiler feed pump BFP-1A of unit 1. Check that the suction valve is open and the minimum flow line is "
    "lined up. Start the lube oil pump and wait until the pressure is above 1.5 bar. Start the motor. The discharge "
    "pressure must reach 182 bar within 20 s, otherwise stop the pump and report to the shift supervisor before a "
    "second start. Never start it a third time within one hour."
)


def test_twins_are_found_whatever_their_figures() -> None:
    unit_2 = UNIT_1.replace("BFP-1A", "BFP-2A").replace("unit 1", "unit 2").replace("182", "185").replace("1.5", "1.8")
    other = (
        "The gas turbine is washed off line every 1000 h. " + "Drain the water from each low point and close it. " * 9
    )
    sketches = {"a": sketch_of([UNIT_1]), "b": sketch_of([unit_2]), "c": sketch_of([other])}
    assert all(len(sketch) == SKETCH for sketch in (sketches["a"], sketches["b"]))
    assert find_twins({k: v for k, v in sketches.items() if v}) == {"a": ("b",), "b": ("a",)}
    assert sketch_of(["too short to tell"]) == ()


@settings(max_examples=15, deadline=None)
@given(st.sets(st.integers(0, 10**6), min_size=300, max_size=400), st.floats(0, 1))
def test_sketches_estimate_the_share_of_common_wording(words: set[int], share: float) -> None:
    letters = str.maketrans("0123456789", "abcdefghij")
    ordered = [f"w{n}".translate(letters) for n in words]
    cut = int(len(ordered) * share)
    other = ordered[:cut] + [f"{word}x" for word in ordered[cut:]]
    one, two = sketch_of([" ".join(ordered)]), sketch_of([" ".join(other)])
    common = max(cut - 2, 0)
    total = 2 * (len(ordered) - 2) - common
    alike = sum(a == b for a, b in zip(one, two, strict=True)) / SKETCH
    assert abs(alike - common / total) < 0.3


def test_twins_are_linked_in_the_index_and_unlinked_when_one_goes(tmp_path: Path) -> None:
    registry = Registry(f"sqlite:///{tmp_path / 'r.db'}")
    store = MemoryStore(generations=registry)
    publisher, twins = Publisher(registry, store, "power"), Twins(registry, store, "power")
    for name in ("A", "B"):
        document = SourceDocument(
            id=name, pack="power", title=name, language="en", sha256=name.lower() * 64, media_type="text/plain",
            file_name=f"{name}.md", source=f"folder://{name}",
        )  # fmt: skip
        edition = f"e{name}"
        twins.keep({edition: sketch_of([UNIT_1])})
        chunk = sample_chunk(0, UNIT_1, id=name, document_id=name, edition=edition)
        publisher.publish([NewEdition(DocumentRecord.of(document, edition, chunk_count=1), [index(chunk)])])
    assert twins.link() == {"A": ("B",), "B": ("A",)} == {c.document_id: c.twins for c in store.chunks("power")}
    assert twins_of(registry, "power") == {"eA": ("B",), "eB": ("A",)}
    publisher.withdraw("B")
    assert twins.link() == {} and store.get("power", ["A"])[0].twins == ()
    registry.close()
