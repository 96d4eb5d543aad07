"""Building a pack's documents: what the source says stands in the file, and the same bytes come again."""

import re
import zipfile
from pathlib import Path

import docx
import numpy as np
import openpyxl
import pptx
import pypdfium2
import pytest
from pack_sources import PACKS, ROOT, add_source, file_text, needs_fonts, pdf_text, run

from walkdown.packs.faults import Fault
from walkdown.packs.sources import Source, read_sources
from walkdown.packs.validation import quote_stands
from walkdown_ingestion import readers


@pytest.mark.parametrize("form", ["md", "docx", "pdf", "xlsx", "pptx", "hwpx", "html"])
def test_a_source_becomes_a_file_that_holds_its_text(tmp_path: Path, form: str) -> None:
    if form == "pdf":
        needs_fonts()
    add_source(tmp_path, form)
    done = run(tmp_path)
    assert done.returncode == 0, done.stderr
    path = tmp_path / "corpus" / f"tiny-{form}.{form}"
    text = file_text(path)
    wanted = [
        "Pump start",
        f"Document No.: TINY-OP-{form.upper()} | Revision: 2 | Effective date: 2025-01-02",
        "Sample document of a fictional site",
        "suction pressure of P-101A at or above 0.35 MPa, 0.8 µS/cm, -5 °C and 10 m³/h.",
        "P-101A 52 m³/h 예비",
        "P-179 179 m³/h",
        "Open the suction valve.",
        "WARNING: Never run it dry.",
    ]
    plain = re.sub(r"</?strong>", "", text)
    assert [quote for quote in wanted if not quote_stands(quote, plain)] == []
    before = path.read_bytes()
    run(tmp_path)
    assert path.read_bytes() == before


def test_a_revision_says_what_it_replaces_and_whether_it_is_superseded(tmp_path: Path) -> None:
    add_source(tmp_path, "md", supersedes='"1"', status="superseded")
    assert run(tmp_path).returncode == 0
    text = file_text(tmp_path / "corpus" / "tiny-md.md")
    assert "Supersedes: Rev. 1 | Status: superseded by a later revision" in text


def test_a_two_column_pdf_has_its_title_over_both_columns(tmp_path: Path) -> None:
    needs_fonts()
    body = "## 1. Text\n\n" + "\n\n".join(f"Paragraph {n} speaks of the pump and of its valve." for n in range(60))
    add_source(tmp_path, "pdf", body=body, layout="two-column")
    assert run(tmp_path).returncode == 0
    document = pypdfium2.PdfDocument(tmp_path / "corpus" / "tiny-pdf.pdf")
    page = document[0].get_textpage()

    def place(text: str) -> tuple[float, float]:
        found = page.search(text).get_next()
        assert found is not None
        left, _, _, top = page.get_charbox(found[0])
        return float(left), float(top)

    assert place("Paragraph 0 ")[0] < 100
    other = next(n for n in range(60) if place(f"Paragraph {n} ")[0] > 300)
    # The second column begins beside the first, under the title.
    assert place("Document No.")[1] > place(f"Paragraph {other} ")[1] > place("Paragraph 3 ")[1]
    assert len(document) == 1


def gray_pages(path: Path) -> list[np.ndarray]:
    return [np.asarray(p.render(scale=1, grayscale=True).to_pil(), dtype=float) for p in pypdfium2.PdfDocument(path)]


def test_a_scan_has_pictures_and_no_text_and_comes_out_the_same_again(tmp_path: Path) -> None:
    needs_fonts()
    add_source(tmp_path, "pdf", layout="scan")
    assert run(tmp_path).returncode == 0
    path = tmp_path / "corpus" / "tiny-pdf.pdf"
    before = path.read_bytes()
    assert pdf_text(before).strip() == ""
    pages = gray_pages(path)
    assert len(pages) > 2
    assert len(before) < 200_000 * len(pages)
    assert all(50 < np.percentile(page, 0.1) < 150 and np.median(page) > 220 for page in pages)
    register = (tmp_path / "corpus" / "documents.csv").read_text(encoding="utf-8")
    assert "tiny-pdf.pdf,TINY-OP-PDF,Pump start,2,2025-01-02,en" in register
    run(tmp_path)
    assert path.read_bytes() == before


def test_a_workbook_has_a_sheet_for_each_section_numbers_as_numbers_and_joined_headers(tmp_path: Path) -> None:
    table = "| Tag | Set | |\n|---|---|---|\n| P-101 | 52 | 0.35 |\n| P-102 | 0.10 | 2,300 |\n| P-103 | 007 | -5 |\n"
    add_source(tmp_path, "xlsx", body=f"## 1. Limits\n\nText above.\n\n{table}\n## 2. What/when?\n\n{table}")
    assert run(tmp_path).returncode == 0
    book = openpyxl.load_workbook(tmp_path / "corpus" / "tiny-xlsx.xlsx")
    assert book.sheetnames == ["1. Limits", "2. What when"]
    rows = [row for row in book["1. Limits"].iter_rows(values_only=True) if row[0]]
    assert [row[0] for row in rows[:5]][0::4] == ["Pump start", "Text above."]
    assert rows[-3:] == [("P-101", 52, 0.35), ("P-102", "0.10", "2,300"), ("P-103", "007", -5)]
    assert [str(joined) for joined in book["2. What when"].merged_cells.ranges] == ["B2:C2"]


def test_a_long_section_goes_over_several_slides_that_repeat_their_title(tmp_path: Path) -> None:
    add_source(tmp_path, "pptx")
    assert run(tmp_path).returncode == 0
    slides = list(pptx.Presentation(str(tmp_path / "corpus" / "tiny-pptx.pptx")).slides)
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert titles[0] == "Pump start"
    assert titles.count("1. Limits") > 5
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    assert all(table.cell(0, 1).text == "Rated flow" and len(table.rows) <= 10 for table in tables)


def test_a_csv_is_its_table_under_the_title_block_and_the_register_says_who_it_is(tmp_path: Path) -> None:
    add_source(tmp_path, "csv", body='| Tag | Limit |\n|---|---|\n| P-101A | 52 m³/h, "max" |\n')
    assert run(tmp_path).returncode == 0
    path = tmp_path / "corpus/tiny-csv.csv"
    assert path.read_text("utf-8-sig").splitlines() == [
        "Pump start",
        "Document No.: TINY-OP-CSV | Revision: 2 | Effective date: 2025-01-02",
        "Sample document of a fictional site",
        "",
        "Tag,Limit",
        'P-101A,"52 m³/h, ""max"""',
    ]
    *above, table = readers.read_bytes(path.read_bytes(), path.name).blocks
    assert [block.text for block in above][0::2] == ["Pump start", "Sample document of a fictional site"]
    assert table.text == 'Tag: P-101A | Limit: 52 m³/h, "max"'
    register = (tmp_path / "corpus/documents.csv").read_text(encoding="utf-8").splitlines()
    assert register == [
        "file,id,title,revision,effective_date,language",
        "tiny-csv.csv,TINY-OP-CSV,Pump start,2,2025-01-02,en",
    ]
    add_source(tmp_path, "csv", body="Text.\n\n| Tag | Limit |\n|---|---|\n| a | b |\n")
    assert "anything but one table" in run(tmp_path).stderr


def test_a_hangul_document_numbers_no_heading_twice(tmp_path: Path) -> None:
    add_source(
        tmp_path, "hwpx", body="## 1. Scope\n\nText.\n\n1. Open it.\n\n| Tag | Limit |\n|---|---|\n| a | b |\n\nEnd.\n"
    )
    assert run(tmp_path).returncode == 0
    path = tmp_path / "corpus/tiny-hwpx.hwpx"
    with zipfile.ZipFile(path) as package:
        header, section = (package.read(f"Contents/{name}.xml").decode() for name in ("header", "section0"))
    numbers = re.findall(r"<hh:paraHead [^>]*>([^<]*)<", header)
    assert numbers and not any(numbers), "the numbers stand in the text"
    styles = dict(re.findall(r'<hh:style id="(\d+)" type="PARA" name="([^"]+)"', header))
    shown = re.findall(r'<hp:p [^>]*styleIDRef="(\d+)"[^>]*>(?:(?!<hp:p ).)*?<hp:t>([^<]+)</hp:t>', section)
    named = {text: styles[style] for style, text in shown}
    assert {named["Pump start"], named["1. Scope"]} == {"개요 1", "개요 2"}
    assert named["Text."] == named["1. Open it."] == named["End."] == "본문"
    headings = [block.text for block in readers.read_bytes(path.read_bytes(), path.name).blocks if block.level]
    assert headings == ["Pump start", "1. Scope"]


def test_revisions_of_one_document_share_its_id_and_nothing_else(tmp_path: Path) -> None:
    add_source(tmp_path, "md")
    for name, fields in (("two", 'revision: "3"\nfile: tiny-three'), ("three", "file: tiny-four")):
        text = (tmp_path / "sources" / "md.md").read_text(encoding="utf-8")
        text = text.replace("file: tiny-md", fields) if name == "three" else text.replace('revision: "2"', fields)
        text = text.replace("file: tiny-md\n", "") if name == "two" else text
        (tmp_path / "sources" / f"{name}.md").write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    sources = read_sources(tmp_path, faults)
    assert [(fault.file, "revision 2 is already that of sources/md.md" in fault.message) for fault in faults] == [
        ("sources/three.md", True)
    ]
    assert {source.header.revision for source in sources} == {"2", "3"}


def test_a_pdf_repeats_table_headers_and_numbers_its_pages(tmp_path: Path) -> None:
    needs_fonts()
    add_source(tmp_path, "pdf", language="ko")
    assert run(tmp_path).returncode == 0
    document = pypdfium2.PdfDocument(tmp_path / "corpus" / "tiny-pdf.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in document]
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        assert "TINY-OP-PDF 개정 2" in text
        assert "가상 사업장의 예시 문서" in text
        assert f"{number} / {len(pages)} 쪽" in text
    assert all("Rated flow" in text for text in pages[:2])
    assert document.get_metadata_dict()["Title"] == "Pump start"


def test_a_word_document_has_headings_restarted_numbers_and_properties(tmp_path: Path) -> None:
    add_source(tmp_path, "docx")
    assert run(tmp_path).returncode == 0
    document = docx.Document(str(tmp_path / "corpus" / "tiny-docx.docx"))
    styles = {p.text: p.style.name for p in document.paragraphs if p.style is not None and p.text}
    assert styles["1. Limits"] == "Heading 1"
    assert styles["2.1 Again"] == "Heading 2"
    numbered = {
        p.text: p._p.xpath("string(./w:pPr/w:numPr/w:numId/@w:val)")
        for p in document.paragraphs
        if styles.get(p.text) == "List Number"
    }
    assert numbered["Open the suction valve."] == numbered["Start the pump."] != numbered["Close the valve."]
    core = document.core_properties
    assert (core.title, core.identifier, core.version) == ("Pump start", "TINY-OP-DOCX", "2")


def test_faults_of_sources_stop_the_build_and_are_named(tmp_path: Path) -> None:
    add_source(tmp_path, "md", type="procedure\ncolour: red")
    done = run(tmp_path)
    assert done.returncode == 1
    assert re.search(r"md\.md:8: colour: unknown field", done.stderr)
    add_source(tmp_path, "docx", body="1. a\n   - b\n")
    (tmp_path / "sources" / "md.md").unlink()
    assert "a list inside a list" in run(tmp_path).stderr


def test_a_character_without_glyph_is_named(tmp_path: Path) -> None:
    needs_fonts()
    add_source(tmp_path, "pdf", body="A gear \N{GEAR} turns.\n")
    assert "no glyph for \N{GEAR}" in run(tmp_path).stderr


@pytest.mark.parametrize("pack", PACKS, ids=lambda path: path.name)
def test_the_documents_of_the_repository_are_those_of_their_sources(pack: Path, tmp_path: Path) -> None:
    needs_fonts()
    done = run(pack, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    sources: list[Source] = read_sources(pack, [])
    assert sources
    stale = []
    for header in (source.header for source in sources):
        new, old = tmp_path / header.file_name, pack / "corpus" / header.file_name
        if header.layout == "scan":
            pairs = list(zip(gray_pages(new), gray_pages(old), strict=False))
            same = len(pairs) == len(gray_pages(new)) == len(gray_pages(old))
            same = same and all(np.abs(a - b).mean() < 2 for a, b in pairs)
        else:
            same = file_text(new) == file_text(old)
        stale += [] if same else [header.file_name]
    assert not stale, f"run python scripts/build_corpus.py {pack.relative_to(ROOT)}"
    register = tmp_path / "documents.csv"
    assert not register.exists() or register.read_bytes() == (pack / "corpus/documents.csv").read_bytes()
