"""Writes a source as a Hangul document (HWPX) by python-hwpx: headings, paragraphs, ruled tables, page margins."""

import io
import re
import zipfile

from corpus_blocks import Block, Runs, parse, plain, table_rows
from corpus_title import title_block
from corpus_zip import fixed
from hwpx.document import HwpxDocument

from walkdown.packs.figures import figure_rows
from walkdown.packs.sources import Source

_IDENTIFIER = re.compile(rb'\bid="(\d{5,})"')
_FIRST_IDENTIFIER = 1_000_000_001


def _add_table(document: HwpxDocument, rows: tuple[tuple[Runs, ...], ...]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for row_number, row in enumerate(rows):
        for column, runs in enumerate(row):
            table.set_cell_text(row_number, column, plain(runs))


def _add(document: HwpxDocument, block: Block, source: Source) -> None:
    if block.kind == "table":
        _add_table(document, block.rows)
    elif block.figure is not None:
        document.add_paragraph(block.figure.caption)
        _add_table(document, table_rows(figure_rows(block.figure, source.header.language)))
    elif block.kind == "heading":
        document.add_heading(plain(block.runs), max(1, block.level - 1))
    else:
        mark = {"number": f"{block.number}. ", "bullet": "• "}.get(block.kind, "")
        document.add_paragraph(mark + plain(block.runs))


def _counted(section: bytes) -> bytes:
    """A section whose random identifiers are counted up instead, wherever they are referred to."""
    for number, identifier in enumerate(dict.fromkeys(_IDENTIFIER.findall(section)), _FIRST_IDENTIFIER):
        section = section.replace(b'"' + identifier + b'"', b'"' + str(number).encode() + b'"')
    return section


def _with_counted_identifiers(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            new.writestr(item, _counted(content) if item.filename.startswith("Contents/section") else content)
    return out.getvalue()


def to_hwpx(source: Source) -> bytes:
    """The Hangul document of a source; the same source gives the same bytes."""
    title = title_block(source.header)
    document = HwpxDocument.new()
    document.set_header_text(title.header)
    document.set_footer_text(title.sample)
    document.add_heading(source.header.title, 1)
    for line in title.lines:
        document.add_paragraph(line)
    for block in parse(source.body):
        _add(document, block, source)
    return fixed(_with_counted_identifiers(document.to_bytes()), f"{source.header.effective_date}T00:00:00Z")
