"""Writes a source as a Hangul document (HWPX) by python-hwpx: headings, paragraphs, ruled tables, page margins.

The headings carry their numbers as text, as the sources have them, so the outline styles print none of their own.
"""

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
_BODY = "본문"
_OUTLINE_NUMBER = re.compile(rb"(<hh:paraHead [^>]*>)[^<]*(</hh:paraHead>)")


def _paragraph(document: HwpxDocument, text: str) -> None:
    # Without a style of its own a paragraph takes that of the one before it: below a heading it would be a heading.
    document.add_paragraph(text, style=_BODY)


def _add_table(document: HwpxDocument, rows: tuple[tuple[Runs, ...], ...]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for row_number, row in enumerate(rows):
        for column, runs in enumerate(row):
            table.set_cell_text(row_number, column, plain(runs))


def _add(document: HwpxDocument, block: Block, source: Source) -> None:
    if block.kind == "table":
        _add_table(document, block.rows)
    elif block.figure is not None:
        _paragraph(document, block.figure.caption)
        _add_table(document, table_rows(figure_rows(block.figure, source.header.language)))
    elif block.kind == "heading":
        document.add_heading(plain(block.runs), block.level)
    else:
        mark = {"number": f"{block.number}. ", "bullet": "• "}.get(block.kind, "")
        _paragraph(document, mark + plain(block.runs))


def _counted(section: bytes) -> bytes:
    """A section whose random identifiers are counted up instead, wherever they are referred to."""
    for number, identifier in enumerate(dict.fromkeys(_IDENTIFIER.findall(section)), _FIRST_IDENTIFIER):
        section = section.replace(b'"' + identifier + b'"', b'"' + str(number).encode() + b'"')
    return section


def _mended(name: str, content: bytes) -> bytes:
    """A part of the package: sections with identifiers that repeat, and a header whose outline prints no numbers."""
    if name.startswith("Contents/section"):
        return _counted(content)
    return _OUTLINE_NUMBER.sub(rb"\1\2", content) if name == "Contents/header.xml" else content


def _with_mended_parts(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            new.writestr(item, _mended(item.filename, old.read(item)))
    return out.getvalue()


def to_hwpx(source: Source) -> bytes:
    """The Hangul document of a source; the same source gives the same bytes."""
    title = title_block(source.header)
    document = HwpxDocument.new()
    document.set_header_text(title.header)
    document.set_footer_text(title.sample)
    document.add_heading(source.header.title, 1)
    for line in title.lines:
        _paragraph(document, line)
    for block in parse(source.body):
        _add(document, block, source)
    return fixed(_with_mended_parts(document.to_bytes()), f"{source.header.effective_date}T00:00:00Z")
