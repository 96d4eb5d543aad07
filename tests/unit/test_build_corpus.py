"""Building a pack's documents: what the source says stands in the file, and the same bytes come again."""

import io
import re
import subprocess
import sys
from pathlib import Path

import docx
import pypdfium2
import pytest

from walkdown.packs.sources import Source, read_sources
from walkdown.packs.validation import quote_stands

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "build_corpus.py"
FONT = "NanumGothic.ttf"
PACKS = sorted(path.parent for path in (ROOT / "domains").glob("*/pack.yaml"))
BODY = """\
## 1. Limits

Keep the **suction pressure** of P-101A at or above 0.35 MPa, 0.8 µS/cm, -5 °C and 10 m³/h.

| Pump | Rated flow | Note |
|---|---|---|
| P-101A | 52 m³/h | 예비 |
{rows}

## 2. Steps

1. Open the suction valve.
2. Start the pump.

- Watch the level.

> WARNING: Never run it dry.

### 2.1 Again

1. Close the valve.
"""


def needs_fonts() -> None:
    folders = (Path("/usr/share/fonts/truetype/nanum"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
    if not any((folder / FONT).is_file() for folder in folders):
        pytest.skip(f"{FONT} is not installed (Debian: fonts-nanum)")


def run(*arguments: Path | str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def add_source(folder: Path, form: str, language: str = "en", body: str = BODY, **fields: str) -> None:
    header = {
        "id": f"TINY-OP-{form.upper()}",
        "title": "Pump start",
        "revision": '"2"',
        "effective_date": "2025-01-02",
        "language": language,
        "type": "procedure",
        "format": form,
        "file": f"tiny-{form}",
        **fields,
    }
    rows = "\n".join(f"| P-{n} | {n} m³/h | - |" for n in range(102, 180))
    front = "".join(f"{key}: {value}\n" for key, value in header.items())
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "sources" / f"{form}.md").write_text(f"---\n{front}---\n\n{body.format(rows=rows)}", encoding="utf-8")


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def docx_text(data: bytes) -> str:
    """Text of body and margins; the numbers of a list are not text in Word."""
    document = docx.Document(io.BytesIO(data))
    parts = []
    for item in document.iter_inner_content():
        if isinstance(item, docx.table.Table):
            parts += [" ".join(cell.text for cell in row.cells) for row in item.rows]
        else:
            parts.append(item.text)
    section = document.sections[0]
    return "\n".join([*parts, *(p.text for p in (*section.header.paragraphs, *section.footer.paragraphs))])


def file_text(path: Path) -> str:
    data = path.read_bytes()
    text = pdf_text(data) if path.suffix == ".pdf" else docx_text(data) if path.suffix == ".docx" else data.decode()
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("form", ["md", "docx", "pdf"])
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
    assert [quote for quote in wanted if not quote_stands(quote, text)] == []
    before = path.read_bytes()
    run(tmp_path)
    assert path.read_bytes() == before


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
    names = {source.header.file_name for source in sources}
    assert sources
    stale = [name for name in sorted(names) if file_text(tmp_path / name) != file_text(pack / "corpus" / name)]
    assert not stale, f"run python scripts/build_corpus.py {pack.relative_to(ROOT)}"
