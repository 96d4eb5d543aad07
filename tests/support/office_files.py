"""A procedure, a sheet and a slide as Word, Excel and PowerPoint write them, and the same saved by LibreOffice."""

import datetime
import io
import shutil
import subprocess
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph
from pptx.util import Inches

ROWS = (
    ("설비", "한계", "", "비고"),
    ("", "Min (m³/h)", "Max (m³/h)", ""),
    ("BFP-1A", "65", "180", "운전"),
    ("BFP-1B", "± 0.5", "≤ 210", "예비"),
)


def needs_office() -> None:
    """Skip where LibreOffice is not installed."""
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not installed (Debian: libreoffice-writer-nogui, -calc-nogui and -impress-nogui)")


def saved_as(data: bytes, suffix: str, target: str, folder: Path) -> bytes:
    """The file as LibreOffice saves it in another format."""
    source = folder / f"made.{suffix}"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", target, "--outdir"]
    subprocess.run([*command, str(folder), str(source)], check=True, capture_output=True, timeout=180)
    return source.with_suffix(f".{target.split(':')[0]}").read_bytes()


def _add(paragraph: Paragraph, text: str, **font: bool) -> None:
    run = paragraph.add_run(text)
    for name, value in font.items():
        setattr(run.font, name, value)


def _fill(table: Table) -> None:
    for i, row in enumerate(ROWS):
        for j, text in enumerate(row):
            if text:
                table.cell(i, j).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 3).merge(table.cell(1, 3))


def procedure() -> bytes:
    """A heading, raised and lowered figures, hidden and struck text, a table with merged names, steps."""
    document = docx.Document()
    document.add_heading("급수펌프 BFP-1A 절차서", 1)
    paragraph = document.add_paragraph("Leak rate 10")
    _add(paragraph, "-6", superscript=True)
    _add(paragraph, " Pa·m")
    _add(paragraph, "3", superscript=True)
    _add(paragraph, "/s, H")
    _add(paragraph, "2", subscript=True)
    _add(paragraph, "S below 10 ppm.")
    _add(document.add_paragraph("Visible 45 °C."), " Hidden 99 °C.", hidden=True)
    paragraph = document.add_paragraph("설정값 ")
    _add(paragraph, "30", strike=True)
    _add(paragraph, "45 bar.")
    table = document.add_table(rows=len(ROWS), cols=len(ROWS[0]))
    table.style = "Table Grid"
    _fill(table)
    for step in ("Open the suction valve.", "밸브를 닫는다."):
        document.add_paragraph(step, style="List Number")
    return _bytes(document)


def alarms() -> bytes:
    """A sheet with units in its names, days, formulas, merged cells, and a hidden sheet behind it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "알람"
    sheet.append(["태그", "설명", "High (°C)", "Low (°C)", "점검일", "합계"])
    sheet.append(["TI-101", "베어링 온도", 85, -5, datetime.date(2025, 3, 14), "=C2+D2"])
    sheet.append(["TI-102", "Oil temp", 72.5, 10, datetime.date(2025, 11, 2), "=C3*2"])
    for place in ("E2", "E3"):
        sheet[place].number_format = "yyyy-mm-dd"
    sheet.merge_cells("A5:B5")
    sheet["A5"] = "비고: ≤ 85 °C"
    hidden = book.create_sheet("Hidden")
    hidden["A1"] = "secret 999"
    hidden.sheet_state = "hidden"
    return _bytes(book)


def slides() -> bytes:
    """A slide with a table and a raised figure, and a hidden one."""
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "냉각수 한계 Cooling water"
    table = slide.shapes.add_table(3, 3, Inches(1), Inches(2), Inches(6), Inches(2)).table
    for i, row in enumerate([("Tag", "Flow (t/h)", "온도 (°C)"), ("P-301A", "120", "32.5"), ("P-301B", "95", "31")]):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    paragraph = slide.shapes.add_textbox(Inches(1), Inches(5), Inches(6), Inches(1)).text_frame.paragraphs[0]
    for text, raised in (("k = 10", False), ("-3", True), (" per hour", False)):
        run = paragraph.add_run()
        run.text = text
        if raised:
            run.font._element.set("baseline", "30000")
    hidden = deck.slides.add_slide(deck.slide_layouts[5])
    hidden.shapes.title.text = "Hidden slide 777"
    hidden._element.set("show", "0")
    return _bytes(deck)


def _bytes(made: object) -> bytes:
    file = io.BytesIO()
    made.save(file)  # type: ignore[attr-defined]
    return file.getvalue()
