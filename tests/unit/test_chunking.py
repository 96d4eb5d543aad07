"""Properties that hold for every document the chunker may meet, and examples of where it cuts."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walkdown.documents import Block, BlockKind, Box, Chunk, Language, ParsedDocument, SourceDocument
from walkdown.text.tags import compile_pattern
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.chunking import MAX_CHARS, MAX_TOKENS, chunk_document, estimate_tokens
from walkdown_ingestion.chunking.chunks import passage_language
from walkdown_ingestion.chunking.pieces import boxes_of_span, union
from walkdown_ingestion.chunking.sentences import split_spans
from walkdown_ingestion.tables import make_table

GRAMMAR = (compile_pattern("equipment", r"[A-Z]{1,3}-\d{2,4}[A-Z]?"),)


def source(title: str = "Title", language: Language = "en", document_id: str = "PWR-OP-101") -> SourceDocument:
    return SourceDocument(
        id=document_id,
        pack="power",
        title=title,
        language=language,
        sha256="0" * 64,
        media_type="text/plain",
        file_name="file.txt",
        source="file.txt",
    )


def chunk(builder: BlockBuilder, language: Language = "en") -> list[Chunk]:
    document = ParsedDocument(title="Title", blocks=tuple(builder.blocks))
    return chunk_document(document, source(language=language), GRAMMAR)


words = st.sampled_from(
    [
        "valve",
        "P-101A",
        "펌프를",
        "12.5",
        "MPa",
        "다.",
        "shall",
        "close",
        "정지한다.",
        "Then",
        "℃",
        "(a)",
        "|",
        "x" * 40,
    ]
)
sentences = st.lists(words, min_size=1, max_size=60).map(" ".join)
long_texts = st.one_of(sentences, st.text(min_size=1, max_size=60), st.just("A" * 3000), st.just("가나다. " * 900))


@st.composite
def documents(draw: st.DrawFn) -> BlockBuilder:
    """Blocks of every kind in any order, some far too long."""
    builder = BlockBuilder()
    for _ in range(draw(st.integers(1, 12))):
        kind = draw(st.sampled_from(["heading", "paragraph", "item", "table", "caption"]))
        if kind == "heading":
            builder.heading(draw(st.lists(words, min_size=1, max_size=6).map(" ".join)), draw(st.integers(1, 4)))
        elif kind == "paragraph":
            builder.paragraph(draw(long_texts))
        elif kind == "item":
            builder.item(f"{draw(st.integers(1, 99))}.", draw(sentences), draw(st.integers(0, 3)))
        elif kind == "caption":
            builder.caption(draw(sentences))
        else:
            width = draw(st.integers(1, 5))
            cell = st.one_of(sentences, st.just(""))
            rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=12))
            builder.table(rows, draw(st.integers(0, 2)))
    return builder


def tokens_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


@settings(max_examples=60, deadline=None)
@given(documents())
def test_chunks_lose_nothing_and_stay_in_bounds(builder: BlockBuilder) -> None:
    chunks = chunk(builder)
    assert [c.ordinal for c in chunks] == list(range(len(chunks)))
    assert len({c.id for c in chunks}) == len(chunks)
    for c in chunks:
        assert len(c.text) <= MAX_CHARS
        assert estimate_tokens(c.text) <= MAX_TOKENS
        assert c.text.strip()
    kept = tokens_of("\n".join(part for c in chunks for part in (c.title, *c.heading_path, c.text)))
    cells = [cell for b in builder.blocks if b.table for row in (*b.table.header, *b.table.rows) for cell in row]
    # A word longer than a passage may be cut in two.
    wanted = {w for b in builder.blocks if not b.table for w in tokens_of(b.text)}
    wanted |= {w for cell in cells if builder.blocks for w in tokens_of(cell)}
    headers = {w for b in builder.blocks if b.table for row in b.table.header for cell in row for w in tokens_of(cell)}
    assert {w for w in wanted - headers if len(w) < 60} <= kept


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 90)), min_size=1, max_size=30))
def test_a_chunk_stays_inside_one_top_section(plan: list[tuple[int, int]]) -> None:
    builder = BlockBuilder()
    section = {}
    top = 0
    builder.heading("Document", 1)
    for number, (level, length) in enumerate(plan):
        top = number if level == 1 else top
        section[f"id{number}"] = top
        if level:
            builder.heading(f"id{number}", level + 1)
        else:
            builder.paragraph(f"id{number} " + "word " * length)
    for c in chunk(builder):
        assert len({section[w] for w in re.findall(r"id\d+", c.text)}) == 1


@settings(max_examples=60, deadline=None)
@given(st.one_of(long_texts, st.text(max_size=3000)), st.integers(20, 300))
def test_split_spans_cover_all_but_white_space(text: str, limit: int) -> None:
    spans = split_spans(text, limit)
    gaps = [
        text[a:b] for a, b in zip([0, *(s.end for s in spans)], [*(s.start for s in spans), len(text)], strict=True)
    ]
    assert not "".join(gaps).strip()
    assert all(estimate_tokens(text[a:b]) <= limit for a, b in spans)


def test_ids_are_deterministic_and_change_with_the_text() -> None:
    first, again, other = (BlockBuilder() for _ in range(3))
    for builder, text in ((first, "Open V-12."), (again, "Open V-12."), (other, "Open V-13.")):
        builder.paragraph(text)
    assert [c.id for c in chunk(first)] == [c.id for c in chunk(again)]
    assert chunk(first)[0].id != chunk(other)[0].id
    assert chunk(first)[0].id.startswith("PWR-OP-101:0:")


def test_sentences_are_not_cut_at_abbreviations_or_decimals() -> None:
    text = "See Fig. 3 and No. 7 of Rev. 2. The limit is 12.5 MPa approx. at 540 °C. Stop then."
    pieces = [text[a:b] for a, b in split_spans(text, 14)]
    assert pieces == ["See Fig. 3 and No. 7 of Rev. 2.", "The limit is 12.5 MPa approx. at 540 °C.", "Stop then."]


def test_korean_text_is_cut_at_the_end_of_sentences() -> None:
    text = "펌프를 정지한다. 밸브를 12.5 MPa에서 닫는다. 이후 기록한다."
    assert [text[a:b] for a, b in split_spans(text, 13)] == [
        "펌프를 정지한다.",
        "밸브를 12.5 MPa에서 닫는다.",
        "이후 기록한다.",
    ]


def test_a_split_table_names_every_column_in_every_row_and_repeats_its_caption() -> None:
    builder = BlockBuilder()
    builder.heading("Limits", 1)
    builder.paragraph("A text before.")
    builder.heading("Trips", 2)
    builder.caption("Table 4 Trip settings (unit: barg)")
    builder.table([["Tag", "Alarm", "Trip"], *([f"PT-{i}", f"{i}.5", f"{i}.9"] for i in range(100, 160))], 1)
    chunks = [c for c in chunk(builder) if c.kind is BlockKind.TABLE]
    assert len(chunks) > 2
    rows = [line for c in chunks for line in c.text.split("\n") if line.startswith("Tag")]
    assert rows == [f"Tag: PT-{i} | Alarm: {i}.5 | Trip: {i}.9" for i in range(100, 160)]
    assert all(c.text.startswith("Table 4 Trip settings (unit: barg)\n") for c in chunks)
    assert {c.heading_path for c in chunks} == {("Limits", "Trips")}
    sizes = [estimate_tokens(c.text) for c in chunks]
    assert min(sizes) > 0.5 * max(sizes)


def test_a_unit_line_above_a_table_goes_with_every_part_of_it() -> None:
    builder = BlockBuilder()
    builder.paragraph("(단위: MPa)")
    builder.table([["계기", "경보", "정지"], *([f"PT-{i}", f"{i}.5", f"{i}.9"] for i in range(100, 160))], 1)
    chunks = chunk(builder, "ko")
    assert len(chunks) > 1
    assert all(c.text.startswith("(단위: MPa)") for c in chunks)


def test_a_row_too_long_for_a_passage_keeps_its_first_cell() -> None:
    builder = BlockBuilder()
    builder.table([["Deviation", "Action"], ["High pressure", "Close the valve at once. " * 120]], 1)
    chunks = chunk(builder)
    assert len(chunks) > 1
    assert all(line.startswith("Deviation: High pressure | Action: ") for c in chunks for line in c.text.split("\n"))


def test_steps_stay_together_with_their_opening_line() -> None:
    builder = BlockBuilder()
    builder.paragraph("General text about the pump. " * 28)
    builder.paragraph("Start the pump as follows:")
    for i in range(1, 9):
        builder.item(f"{i}.", f"Do step {i} with valve V-{i}0.")
    chunks = chunk(builder)
    assert len(chunks) == 2
    assert chunks[1].text.startswith("Start the pump as follows:")
    assert "8. Do step 8" in chunks[1].text


def test_a_long_list_repeats_its_opening_line_and_marks_the_gap() -> None:
    builder = BlockBuilder()
    builder.paragraph("The operator shall check the following:")
    for i in range(1, 40):
        builder.item(f"{i}.", f"Check that item {i} of the train is closed and tagged by the shift.")
    chunks = chunk(builder)
    assert len(chunks) > 2
    assert not chunks[0].text.startswith("The operator shall check the following:\n\n…")
    for c in chunks[1:]:
        assert c.text.startswith("The operator shall check the following:\n\n…\n")


def test_tiny_sections_are_read_together_but_top_sections_are_not() -> None:
    builder = BlockBuilder()
    builder.heading("4. First aid", 1)
    for name in ("Inhaled", "Skin", "Eyes"):
        builder.heading(name, 2)
        builder.paragraph(f"{name}: rinse with water.")
    builder.heading("5. Fire", 1)
    builder.paragraph("Use foam.")
    first, second = chunk(builder)
    assert first.heading_path == ("4. First aid",)
    assert first.text.startswith("Inhaled\nInhaled: rinse")
    assert second.heading_path == ("5. Fire",)
    assert second.text == "Use foam."


def test_tags_are_those_of_title_headings_and_text_and_the_document_number() -> None:
    builder = BlockBuilder()
    builder.heading("Limits of P-101A", 1)
    builder.heading("Limits", 2)
    builder.paragraph("Close v-12.")
    assert set(chunk(builder)[0].tags) == {"P101A", "V12", "PWROP101"}


@pytest.mark.parametrize(
    ("text", "document", "expected"),
    [
        ("PT-101 | 12.5 MPa", "ko", "ko"),
        ("The operator shall close the valve before the pump is started again.", "ko", "en"),
        ("밸브를 닫는다", "en", "ko"),
        ("安全弁", "ja", "ja"),
        ("12.5", "es", "es"),
    ],
)
def test_language_of_a_passage(text: str, document: Language, expected: Language) -> None:
    assert passage_language(text, document) == expected


def test_boxes_of_a_piece_are_the_lines_it_stands_on() -> None:
    lines = tuple(Box(page=1, x0=50, y0=100 + 12 * i, x1=250, y1=110 + 12 * i) for i in range(10))
    assert boxes_of_span(lines, 1000, 0, 300) == lines[:3]
    assert boxes_of_span(lines, 1000, 450, 620) == lines[4:7]
    assert boxes_of_span(lines, 1000, 0, 1000) == lines


def test_lines_join_to_one_box_but_columns_and_pages_do_not() -> None:
    left = [Box(page=1, x0=50, y0=y, x1=250, y1=y + 10) for y in (100, 112, 124)]
    right = [Box(page=1, x0=300, y0=y, x1=500, y1=y + 10) for y in (100, 112)]
    over = [Box(page=2, x0=50, y0=50, x1=250, y1=60)]
    joined = union([*left, *right, *over])
    assert [(b.page, b.x0, b.y0, b.x1, b.y1) for b in joined] == [
        (1, 50, 100, 250, 134),
        (1, 300, 100, 500, 122),
        (2, 50, 50, 250, 60),
    ]


def test_a_table_part_is_highlighted_row_by_row() -> None:
    rows = [["Tag", "Alarm"], *([f"PT-{i}", f"{i}.5 barg is the alarm of this instrument"] for i in range(100, 140))]
    table = make_table(rows, 1)
    assert table is not None
    boxes = [Box(page=1 + i // 25, x0=50, y0=50 + 12 * (i % 25), x1=300, y1=60 + 12 * (i % 25)) for i in range(41)]
    builder = BlockBuilder()
    builder.add_table(table, boxes)
    chunks = chunk(builder)
    assert len(chunks) > 1
    assert chunks[0].boxes[0].y0 == pytest.approx(62)
    assert chunks[-1].boxes[-1] == union(boxes[25:])[0] or chunks[-1].boxes[-1].y1 == boxes[-1].y1
    assert {b.page for b in chunks[-1].boxes} == {2}


def test_empty_document_has_no_chunks() -> None:
    assert chunk(BlockBuilder()) == []
    blank = ParsedDocument(title="", blocks=(Block(kind=BlockKind.PARAGRAPH, text=" "),))
    assert chunk_document(blank, source(), GRAMMAR) == []


def test_tokens_are_estimated_letter_by_letter() -> None:
    assert estimate_tokens("펌프 1, Ab") == pytest.approx(0.69 * 2 + 0.55 + 1.2 + 0.33 + 0.22)
    assert estimate_tokens("насос") == 5.0
    assert estimate_tokens("펌프 насос") == pytest.approx(estimate_tokens("펌프") + estimate_tokens("насос"))
