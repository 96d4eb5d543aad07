"""Writes a source as a Word document by python-docx: heading styles, real numbering and tables, reproducible bytes."""

import datetime as dt
import io
from typing import Any

import docx
from corpus_blocks import Block, Runs, parse
from corpus_drawing import to_png
from corpus_title import title_block
from corpus_zip import fixed
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from walkdown.packs.figures import Figure
from walkdown.packs.sources import Source

_FONT = "맑은 고딕"
_LOCALES = {"ko": "ko-KR", "en": "en-GB"}


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _restarted_numbering(document: Document) -> str:
    """Id of a new numbering that counts like `List Number` but begins at 1."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    base = style.pPr.numPr.numId.val
    abstract = next(num for num in numbering.num_lst if num.numId == base).abstractNumId.val
    num = numbering.add_num(abstract)
    num.add_lvlOverride(ilvl=0).add_startOverride(1)
    return str(num.numId)


def _add_runs(paragraph: Any, runs: Runs) -> None:
    for run in runs:
        paragraph.add_run(run.text).bold = True if run.bold else None


def _add_table(document: Document, block: Block) -> None:
    table = document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
    for position, row in enumerate(block.rows):
        cells = table.add_row().cells
        for cell, runs in zip(cells, row, strict=True):
            paragraph = cell.paragraphs[0]
            _add_runs(paragraph, runs)
            paragraph.paragraph_format.space_after = Pt(0)
            for run in paragraph.runs:
                run.font.size = Pt(9)
                run.bold = True if position == 0 else run.bold
    # The first row is the header and is repeated over the pages.
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))  # noqa: SLF001  # no public way
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _add_figure(document: Document, figure: Figure) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    picture = paragraph.add_run().add_picture(io.BytesIO(to_png(figure)), width=Mm(150))
    picture._inline.docPr.set("descr", figure.caption)  # noqa: SLF001  # the description has no API
    document.add_paragraph(figure.caption, style="Caption")


def _add_field(paragraph: Any, instruction: str) -> None:
    """A field such as PAGE, with a value to show until Word computes it."""
    paragraph.add_run()._r.append(_element("w:fldChar", fldCharType="begin"))  # noqa: SLF001  # fields have no API
    code = _element("w:instrText")
    code.text = instruction
    paragraph.add_run()._r.append(code)  # noqa: SLF001
    paragraph.add_run()._r.append(_element("w:fldChar", fldCharType="separate"))  # noqa: SLF001
    paragraph.add_run("1")
    paragraph.add_run()._r.append(_element("w:fldChar", fldCharType="end"))  # noqa: SLF001


def _add_margins(document: Document, source: Source) -> None:
    title = title_block(source.header)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.header.paragraphs[0].text = title.header
    footer = section.footer.paragraphs[0]
    footer.paragraph_format.tab_stops.add_tab_stop(Mm(166), WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run(f"{title.sample}\t")
    before, rest = title.page.split("{page}")
    between, after = rest.split("{pages}")
    footer.add_run(before)
    _add_field(footer, "PAGE")
    footer.add_run(between)
    _add_field(footer, "NUMPAGES")
    footer.add_run(after)


def _set_properties(document: Document, source: Source) -> None:
    header = source.header
    core = document.core_properties
    stamp = dt.datetime.combine(header.effective_date, dt.time())
    core.created = core.modified = core.last_printed = stamp
    core.title, core.subject, core.identifier = header.title, header.id, header.id
    core.version, core.language, core.category = header.revision, _LOCALES.get(header.language, ""), header.type
    core.author = core.last_modified_by = core.comments = title_block(header).sample
    core.keywords = ""


def _set_fonts(document: Document) -> None:
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.name = _FONT
        style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Title"].font.size = Pt(18)


def _drop_thumbnail(document: Document) -> None:
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]


def to_docx(source: Source) -> bytes:
    """The Word document of a source; the same source gives the same bytes."""
    document = docx.Document()
    title = title_block(source.header)
    _drop_thumbnail(document)
    _set_fonts(document)
    _set_properties(document, source)
    _add_margins(document, source)
    document.add_heading(source.header.title, 0)
    for line in title.lines:
        document.add_paragraph(line)
    numbering = ""
    for block in parse(source.body):
        if block.kind == "table":
            _add_table(document, block)
        elif block.figure is not None:
            _add_figure(document, block.figure)
        elif block.kind == "heading":
            _add_runs(document.add_heading(level=max(1, block.level - 1)), block.runs)
        elif block.kind == "number":
            numbering = _restarted_numbering(document) if block.number == 1 else numbering
            paragraph = document.add_paragraph(style="List Number")
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001  # numbering has no API
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = int(numbering)
            _add_runs(paragraph, block.runs)
        else:
            style = {"bullet": "List Bullet", "warning": "Intense Quote"}.get(block.kind, "Normal")
            _add_runs(document.add_paragraph(style=style), block.runs)
    out = io.BytesIO()
    document.save(out)
    return fixed(out.getvalue())
