"""Writes a source as an A4 PDF by reportlab: title block, page margins, headings, steps, ruled tables, Korean font."""

import io
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from corpus_blocks import Block, Runs, parse, plain
from corpus_title import TitleBlock, title_block
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from walkdown.packs.sources import Source

FONT_FOLDERS = (Path("/usr/share/fonts/truetype/nanum"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
REGULAR, BOLD = "NanumGothic", "NanumGothicBold"
_DRAWN_AS = {0x00B5: 0x03BC, 0x2212: 0x2013}
"""Characters the font lacks and the ones that look the same: micro sign and minus. The text keeps its own."""
_MARGIN = 20 * mm
_WIDTH = A4[0] - 2 * _MARGIN
_CELL_PADDING = 4
_LEAST_TITLE = 13.0
_RULE = colors.HexColor("#555555")
_SHADE = colors.HexColor("#e8ecef")


class MissingFontError(Exception):
    """The fonts that the documents embed are not installed, or lack a character."""


def register_fonts(folders: tuple[Path, ...] = FONT_FOLDERS) -> None:
    """Make the Korean fonts known to reportlab. Raises MissingFontError."""
    rl_config.useA85 = 0
    for name in (REGULAR, BOLD):
        path = next((folder / f"{name}.ttf" for folder in folders if (folder / f"{name}.ttf").is_file()), None)
        if path is None:
            raise MissingFontError(f"{name}.ttf is not installed; on Debian: apt-get install fonts-nanum")
        font = TTFont(name, str(path))
        for wanted, drawn in _DRAWN_AS.items():
            if wanted not in font.face.charToGlyph:
                font.face.charToGlyph[wanted] = font.face.charToGlyph[drawn]
                font.face.charWidths[wanted] = font.face.charWidths[drawn]
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def _style(name: str, **fields: Any) -> ParagraphStyle:
    return ParagraphStyle(name, **{"fontName": REGULAR, "fontSize": 9.5, "leading": 14, "spaceAfter": 5, **fields})


_BODY = _style("body")
_STYLES = {
    "title": _style("title", fontName=BOLD, fontSize=16, leading=21, spaceAfter=4),
    "identity": _style("identity", fontSize=9, spaceAfter=1),
    "heading2": _style("heading2", fontName=BOLD, fontSize=12.5, leading=17, spaceBefore=9, keepWithNext=1),
    "heading3": _style("heading3", fontName=BOLD, fontSize=10.5, leading=15, spaceBefore=6, keepWithNext=1),
    "paragraph": _BODY,
    "bullet": _style("bullet", leftIndent=14, bulletIndent=3, spaceAfter=3),
    "number": _style("number", leftIndent=20, bulletIndent=3, spaceAfter=3),
    "warning": _style(
        "warning", fontName=BOLD, borderWidth=1, borderColor=_RULE, borderPadding=5, spaceBefore=9, spaceAfter=11,
        leftIndent=6, rightIndent=6,
    ),
    "cell": _style("cell", fontSize=8.5, leading=11, spaceAfter=0),
    "head": _style("head", fontName=BOLD, fontSize=8.5, leading=11, spaceAfter=0),
}  # fmt: skip


def _markup(runs: Runs) -> str:
    return "".join(f"<b>{escape(run.text)}</b>" if run.bold else escape(run.text) for run in runs)


def _text_width(text: str) -> float:
    return float(pdfmetrics.stringWidth(text, BOLD, 8.5)) + 2 * _CELL_PADDING + 1


def _column_widths(rows: tuple[tuple[Runs, ...], ...]) -> list[float]:
    """Every column gets its longest word; what is left goes by the length of the longest cell."""
    columns = list(zip(*rows, strict=True))
    least = [max(_text_width(word) for cell in column for word in plain(cell).split() or [""]) for column in columns]
    wanted = [max(_text_width(plain(cell)) for cell in column) for column in columns]
    if sum(wanted) <= _WIDTH:
        spare = (_WIDTH - sum(wanted)) / len(columns)
        return [width + min(spare, 30) for width in wanted]
    scale = max(0.0, _WIDTH - sum(least)) / sum(w - x for w, x in zip(wanted, least, strict=True))
    return [x + (w - x) * scale for w, x in zip(wanted, least, strict=True)]


def _table(block: Block) -> list[Flowable]:
    head, *body = block.rows
    cells = [[Paragraph(_markup(cell), _STYLES["head"]) for cell in head]]
    cells += [[Paragraph(_markup(cell), _STYLES["cell"]) for cell in row] for row in body]
    style = TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, _RULE),
            ("BACKGROUND", (0, 0), (-1, 0), _SHADE),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
        ]
    )
    table = Table(cells, colWidths=_column_widths(block.rows), repeatRows=1, style=style, hAlign="LEFT")
    return [Spacer(1, 2), table, Spacer(1, 8)]


def _title(text: str) -> Paragraph:
    """The title, set smaller where it would not fit on one line."""
    style = _STYLES["title"]
    width = float(pdfmetrics.stringWidth(text, style.fontName, style.fontSize))
    size = max(_LEAST_TITLE, min(style.fontSize, style.fontSize * _WIDTH / (width + 1)))
    return Paragraph(escape(text), ParagraphStyle("fitted", parent=style, fontSize=size))


def _flowables(block: Block) -> list[Flowable]:
    if block.kind == "table":
        return _table(block)
    name = f"heading{max(2, min(block.level, 3))}" if block.kind == "heading" else block.kind
    bullet = {"bullet": "•", "number": f"{block.number}."}.get(block.kind)
    return [Paragraph(_markup(block.runs), _STYLES[name], bulletText=bullet)]


def _numbered_canvas(title: TitleBlock) -> type[Canvas]:
    """A canvas that writes page header and footer when the number of pages is known."""

    class NumberedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
        def __init__(self, *args: Any, **fields: Any) -> None:
            super().__init__(*args, **fields)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802  # reportlab's name
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                self.setFont(REGULAR, 8)
                self.drawString(_MARGIN, A4[1] - 12 * mm, title.header)
                self.drawString(_MARGIN, 11 * mm, title.sample)
                self.drawRightString(A4[0] - _MARGIN, 11 * mm, title.page.format(page=number, pages=len(self._pages)))
                super().showPage()
            super().save()

    return NumberedCanvas


def _check_glyphs(text: str) -> None:
    for name in (REGULAR, BOLD):
        glyphs = pdfmetrics.getFont(name).face.charToGlyph
        missing = sorted({c for c in text if not c.isspace() and ord(c) not in glyphs})
        if missing:
            raise MissingFontError(f"{name} has no glyph for {' '.join(missing)}; write it another way")


def to_pdf(source: Source) -> bytes:
    """The PDF of a source; the same source gives the same bytes. Fonts must be registered."""
    header = source.header
    title = title_block(header)
    _check_glyphs(source.body + header.title + title.identity)
    story: list[Flowable] = [
        _title(header.title),
        Paragraph(escape(title.identity), _STYLES["identity"]),
        Paragraph(title.sample, _STYLES["identity"]),
        HRFlowable(width="100%", thickness=0.8, color=_RULE, spaceBefore=3, spaceAfter=4),
    ]
    for block in parse(source.body):
        story += _flowables(block)
    out = io.BytesIO()
    template = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
        title=header.title,
        subject=f"{header.id} Rev. {header.revision}",
        author=title.sample,
        lang=header.language,
        invariant=1,
    )
    template.build(story, canvasmaker=_numbered_canvas(title))
    return out.getvalue()
