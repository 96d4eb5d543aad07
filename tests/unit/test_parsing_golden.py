"""Golden files: what every reader and the chunker make of small documents, reviewed by eye and kept as text."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import sample_files
from docx.enum.style import WD_STYLE_TYPE

from walkdown.documents import Block, Chunk, ParsedDocument, SourceDocument
from walkdown.text.tags import compile_pattern
from walkdown_ingestion import readers
from walkdown_ingestion.chunking import chunk_document
from walkdown_ingestion.readers import jsonl

TESTS = Path(__file__).parents[1]
FIXTURES = TESTS / "fixtures" / "ingestion"
GOLDEN = TESTS / "golden" / "ingestion"
GRAMMAR = (compile_pattern("equipment", r"[A-Z]{1,4}-\d{2,4}[A-Z]?"),)


def word_file() -> bytes:
    """A Word document with styles, numbering, merged cells, a caption and a box."""
    document = docx.Document()
    document.core_properties.title = "Column start-up"
    document.sections[0].header.paragraphs[0].text = "Document No.: CHM-OP-301   Rev. 5"
    document.add_heading("Start-up of T-301", 0)
    document.add_heading("Limits", 1)
    document.add_paragraph("Top pressure is 0.15 barg. Solids hold below 10")
    document.paragraphs[-1].add_run("5").font.superscript = True
    document.paragraphs[-1].add_run(" per litre.")
    hidden = document.add_paragraph("Visible").add_run(" hidden words")
    hidden.font.hidden = True
    document.styles.add_style("Caption 2", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Table 1 Trips (unit: barg)", style="Caption")
    table = document.add_table(rows=4, cols=3)
    for row, texts in zip(
        table.rows,
        (("Tag", "Setting", ""), ("", "Alarm", "Trip"), ("PAH-3101", "0.8", "1.8"), ("PAH-3102", "0.9", "")),
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(2, 2).merge(table.cell(3, 2))
    document.add_heading("Steps", 1)
    for text in ("Open the vent.", "Pressurise to 0.8 barg.", "Release."):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("slowly", style="List Bullet 2")
    box = document.add_table(rows=1, cols=1)
    box.cell(0, 0).text = "WARNING: keep away from the vent."
    document.add_paragraph("운전원은 압력이 안정될 때까지 기다린다.")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def describe_block(block: Block) -> str:
    """One block as lines of a golden file."""
    boxes = " ".join(f"p{b.page}({b.x0:.0f},{b.y0:.0f},{b.x1:.0f},{b.y1:.0f})" for b in block.boxes)
    head = f"[{block.kind}{f' {block.level}' if block.level else ''}] {' > '.join(block.heading_path)}".rstrip()
    lines = [f"{head} {boxes}".rstrip(), *(f"  {line}" for line in block.text.split("\n"))]
    if block.table:
        lines += [f"  header {row}" for row in block.table.header] + [f"  row {row}" for row in block.table.rows]
    return "\n".join(lines)


def describe_chunk(chunk: Chunk) -> str:
    """One chunk as lines of a golden file."""
    boxes = " ".join(f"p{b.page}({b.x0:.0f},{b.y0:.0f},{b.x1:.0f},{b.y1:.0f})" for b in chunk.boxes)
    head = f"#{chunk.ordinal} {chunk.kind} {chunk.language} {' > '.join(chunk.heading_path)} {boxes}"
    return "\n".join([head.rstrip(), f"  tags {' '.join(chunk.tags)}", *(f"  {x}" for x in chunk.text.split("\n"))])


def describe(document: ParsedDocument) -> str:
    """The golden text of a document: title, metadata, warnings, blocks, chunks."""
    source = SourceDocument(
        id="DOC-1",
        pack="power",
        title=document.title,
        language="en",
        sha256="0" * 64,
        media_type="text/plain",
        file_name="file",
        source="file",
    )
    return "\n".join(
        [
            f"title: {document.title}",
            f"pages: {document.page_count}",
            *(f"{key}: {value}" for key, value in sorted(document.metadata.items())),
            *(f"warning: {warning}" for warning in document.warnings),
            "",
            *(describe_block(block) for block in document.blocks),
            "",
            *(describe_chunk(chunk) for chunk in chunk_document(document, source, GRAMMAR)),
            "",
        ]
    )


def file_of(name: str) -> Callable[[], ParsedDocument]:
    """Reads one of the fixture files."""
    return lambda: readers.read(FIXTURES / name)


def records() -> ParsedDocument:
    """Both records of the JSON Lines file, one after the other."""
    parsed = [
        jsonl.parse_record(record, "articles.jsonl")
        for record in jsonl.records(FIXTURES / "articles.jsonl")
        if not isinstance(record, Exception)
    ]
    first, second = parsed
    return first.model_copy(
        update={"blocks": first.blocks + second.blocks, "metadata": {**second.metadata, **first.metadata}}
    )


CASES: dict[str, Callable[[], ParsedDocument]] = {
    "markdown": file_of("procedure.md"),
    "text": file_of("notice.txt"),
    "csv": file_of("alarms.csv"),
    "html": file_of("page.html"),
    "jsonl": records,
    "docx": lambda: readers.read_bytes(word_file(), "word.docx"),
    "xlsx": lambda: readers.read_bytes(sample_files.workbook(), "limits.xlsx"),
    "pptx": lambda: readers.read_bytes(sample_files.slides(), "restart.pptx"),
    "odt": lambda: readers.read_bytes(sample_files.odf_text(), "valve.odt"),
    "ods": lambda: readers.read_bytes(sample_files.odf_sheet(), "alarms.ods"),
    "hwpx": lambda: readers.read_bytes(sample_files.hwpx(), "pump.hwpx"),
    "hwp": lambda: readers.read_bytes(sample_files.hwp(), "pump.hwp"),
}


@pytest.mark.parametrize("name", CASES)
def test_output_equals_the_golden_file(name: str, request: pytest.FixtureRequest) -> None:
    found = describe(CASES[name]())
    path = GOLDEN / f"{name}.txt"
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8")
        pytest.fail(f"{path.name} was written; read it, then run without --update-golden")
    assert path.exists(), f"{path} is missing: run with --update-golden, read it and commit it"
    assert found == path.read_text(encoding="utf-8")


def test_every_golden_file_has_its_case() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(CASES)
