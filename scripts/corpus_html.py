"""Writes a source as an HTML page, and as a CSV table with the title block above it."""

import csv
import io
from html import escape

from corpus_blocks import Block, Runs, UnsupportedMarkdownError, parse, plain, table_rows
from corpus_title import title_block

from walkdown.documents import Language
from walkdown.packs.figures import figure_rows
from walkdown.packs.sources import Source

_STYLE = (
    "body{font-family:sans-serif;max-width:60em;margin:2em auto}"
    "table{border-collapse:collapse}th,td{border:1px solid #555;padding:.2em .5em}th{background:#e8ecef}"
    "blockquote{border:1px solid #555;padding:.5em;font-weight:bold}"
)
_LISTS = {"bullet": "ul", "number": "ol"}


def _inline(runs: Runs) -> str:
    return "".join(f"<strong>{escape(run.text)}</strong>" if run.bold else escape(run.text) for run in runs)


def _table(rows: tuple[tuple[Runs, ...], ...], caption: str = "") -> str:
    def line(row: tuple[Runs, ...], cell: str) -> str:
        return "<tr>" + "".join(f"<{cell}>{_inline(runs)}</{cell}>" for runs in row) + "</tr>"

    title = f"<caption>{escape(caption)}</caption>\n" if caption else ""
    body = "\n".join(line(row, "td") for row in rows[1:])
    return f"<table>\n{title}<thead>\n{line(rows[0], 'th')}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _block(block: Block, language: Language) -> str:
    if block.figure is not None:
        return _table(table_rows(figure_rows(block.figure, language)), block.figure.caption)
    if block.kind == "table":
        return _table(block.rows)
    text = _inline(block.runs)
    if block.kind == "heading":
        return f"<h{block.level}>{text}</h{block.level}>"
    if block.kind == "warning":
        return f"<blockquote><p>{text}</p></blockquote>"
    return f"<li>{text}</li>" if block.kind in _LISTS else f"<p>{text}</p>"


def _body(blocks: list[Block], language: Language) -> list[str]:
    """The blocks in order, list items in their lists; a numbered list begins anew at 1."""
    out: list[str] = []
    inside = ""
    for block in blocks:
        wanted = _LISTS.get(block.kind, "")
        if inside and (wanted != inside or block.number == 1):
            out.append(f"</{inside}>")
            inside = ""
        if wanted and not inside:
            out.append(f"<{wanted}>")
            inside = wanted
        out.append(_block(block, language))
    return [*out, f"</{inside}>"] if inside else out


def to_html(source: Source) -> bytes:
    """The HTML page of a source."""
    header = source.header
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{header.language}">',
        "<head>",
        '<meta charset="utf-8">',
        f"<title>{escape(header.title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        f"<h1>{escape(header.title)}</h1>",
        *(f"<p>{escape(line)}</p>" for line in title_block(header).lines),
        *_body(parse(source.body), header.language),
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode()


def to_csv(source: Source) -> bytes:
    """The one table of a source under its title block and an empty row, as Excel saves it.

    Raises UnsupportedMarkdownError when the source is more than a table.
    """
    blocks = parse(source.body)
    if [block.kind for block in blocks] != ["table"]:
        raise UnsupportedMarkdownError("a CSV source that is anything but one table")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([line] for line in (source.header.title, *title_block(source.header).lines))
    out.write("\r\n")
    writer.writerows([plain(cell) for cell in row] for row in blocks[0].rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def register(sources: list[Source]) -> bytes:
    """documents.csv: identity of the documents whose files cannot state it, in order of their names."""
    columns = ("file", "id", "title", "revision", "effective_date", "language")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for header in sorted((source.header for source in sources), key=lambda h: h.file_name):
        values = (header.id, header.title, header.revision, header.effective_date, header.language)
        writer.writerow((header.file_name, *values))
    return out.getvalue().encode()
