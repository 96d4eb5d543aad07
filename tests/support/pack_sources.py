"""Sources of a pack written for a test, the build run over them, and the text of what it made."""

import io
import re
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pptx
import pypdfium2
import pytest
from hwp_hwpx_parser import Reader

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
    (folder / "sources" / f"{form}.md").write_text(
        f"---\n{front}---\n\n{body.replace('{rows}', rows)}", encoding="utf-8"
    )


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


def xlsx_text(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    margins = [sheet.oddFooter.left.text for sheet in book]
    return "\n".join([*(" ".join(str(cell) for cell in row if cell is not None) for row in rows), *margins])


def pptx_text(data: bytes) -> str:
    parts = []
    for slide in pptx.Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                parts.append(shape.text_frame.text)
            elif shape.has_table:
                parts += [" ".join(cell.text for cell in row.cells) for row in shape.table.rows]
    return "\n".join(parts)


def hwpx_text(path: Path) -> str:
    with Reader(path) as reader:
        tables = [" ".join(map(str, row)) for table in reader.get_tables() for row in table.rows]
        return "\n".join([str(reader.text), *tables])


def marked_text(data: bytes) -> str:
    return re.sub("<[^>]+>", " ", data.decode())


READERS = {".pdf": pdf_text, ".docx": docx_text, ".xlsx": xlsx_text, ".pptx": pptx_text}


def file_text(path: Path) -> str:
    text = hwpx_text(path) if path.suffix == ".hwpx" else READERS.get(path.suffix, marked_text)(path.read_bytes())
    return re.sub(r"\s+", " ", text)
