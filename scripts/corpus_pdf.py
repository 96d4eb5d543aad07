"""Writes a source as an A4 PDF by reportlab: title block, page margins, headings, steps, ruled tables, Korean font."""

import io
from typing import Any
from xml.sax.saxutils import escape

from corpus_blocks import Block, Runs, parse, plain
from corpus_drawing import to_drawing
from corpus_fonts import BOLD, REGULAR, check_glyphs, register_fonts
from corpus_title import TitleBlock, title_block
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    HRFlowable,
    KeepTogether,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from walkdown.packs.figures import Figure
from walkdown.packs.sources import Source

_MARGIN = 20 * mm
_WIDTH = A4[0] - 2 * _MARGIN
_HEIGHT = A4[1] - 2 * _MARGIN
_GUTTER = 7 * mm
_COLUMN = (_WIDTH - _GUTTER) / 2
_CELL_PADDING = 4
_LEAST_TITLE = 13.0
_RULE = colors.HexColor("#555555")
_SHADE = colors.HexColor("#e8ecef")


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
    "caption": _style("caption", fontSize=9, leading=12, spaceBefore=3, spaceAfter=9),
    "cell": _style("cell", fontSize=8.5, leading=11, spaceAfter=0),
    "head": _style("head", fontName=BOLD, fontSize=8.5, leading=11, spaceAfter=0),
}  # fmt: skip


def _markup(runs: Runs) -> str:
    return "".join(f"<b>{escape(run.text)}</b>" if run.bold else escape(run.text) for run in runs)


def _text_width(text: str) -> float:
    return float(pdfmetrics.stringWidth(text, BOLD, 8.5)) + 2 * _CELL_PADDING + 1


def _column_widths(rows: tuple[tuple[Runs, ...], ...], width: float) -> list[float]:
    """Every column gets its longest word; what is left goes by the length of the longest cell.

    Where even the longest words do not fit, all columns are narrowed and the words break.
    """
    columns = list(zip(*rows, strict=True))
    least = [max(_text_width(word) for cell in column for word in plain(cell).split() or [""]) for column in columns]
    wanted = [max(_text_width(plain(cell)) for cell in column) for column in columns]
    if sum(wanted) <= width:
        spare = (width - sum(wanted)) / len(columns)
        return [column + min(spare, 30) for column in wanted]
    if sum(least) >= width:
        return [column * width / sum(least) for column in least]
    scale = (width - sum(least)) / sum(w - x for w, x in zip(wanted, least, strict=True))
    return [x + (w - x) * scale for w, x in zip(wanted, least, strict=True)]


def _table(block: Block, width: float) -> list[Flowable]:
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
    table = Table(cells, colWidths=_column_widths(block.rows, width), repeatRows=1, style=style, hAlign="LEFT")
    return [Spacer(1, 2), table, Spacer(1, 8)]


def _title(text: str) -> Paragraph:
    """The title, set smaller where it would not fit on one line."""
    style = _STYLES["title"]
    width = float(pdfmetrics.stringWidth(text, style.fontName, style.fontSize))
    size = max(_LEAST_TITLE, min(style.fontSize, style.fontSize * _WIDTH / (width + 1)))
    return Paragraph(escape(text), ParagraphStyle("fitted", parent=style, fontSize=size))


def _figure(figure: Figure, width: float) -> list[Flowable]:
    caption = Paragraph(escape(figure.caption), _STYLES["caption"])
    return [KeepTogether([Spacer(1, 4), to_drawing(figure, width), caption])]


def _flowables(block: Block, width: float) -> list[Flowable]:
    if block.kind == "table":
        return _table(block, width)
    if block.figure is not None:
        return _figure(block.figure, width)
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


def _frame(x: float, width: float, height: float, name: str) -> Frame:
    # The frame's own padding is taken off, so that text begins at the margin.
    return Frame(x - 6, _MARGIN - 6, width + 12, height + 12, id=name)


def _page_templates(head: float, *, two_columns: bool) -> list[PageTemplate]:
    """Pages in one column; or in two, with the title block of `head` points over both on the first page."""
    if not two_columns:
        return [PageTemplate("plain", [Frame(_MARGIN, _MARGIN, _WIDTH, _HEIGHT, id="text")])]
    right = _MARGIN + _COLUMN + _GUTTER

    def columns(height: float) -> list[Frame]:
        return [_frame(_MARGIN, _COLUMN, height, "left"), _frame(right, _COLUMN, height, "right")]

    title = Frame(_MARGIN - 6, A4[1] - _MARGIN - head, _WIDTH + 12, head + 6, id="title", bottomPadding=0)
    return [PageTemplate("first", [title, *columns(_HEIGHT - head - 8)]), PageTemplate("later", columns(_HEIGHT))]


def _head(source: Source, title: TitleBlock) -> list[Flowable]:
    return [
        _title(source.header.title),
        *(Paragraph(escape(line), _STYLES["identity"]) for line in title.lines),
        HRFlowable(width="100%", thickness=0.8, color=_RULE, spaceBefore=3, spaceAfter=4),
    ]


def _height(flowables: list[Flowable]) -> float:
    heights = [f.wrap(_WIDTH, _HEIGHT)[1] + f.getSpaceBefore() + f.getSpaceAfter() for f in flowables]
    return float(sum(heights)) + 2


def to_pdf(source: Source) -> bytes:
    """The PDF of a source in one column or two; the same source gives the same bytes."""
    register_fonts()
    header = source.header
    title = title_block(header)
    check_glyphs(source.body + header.title + "".join(title.lines))
    two = header.layout == "two-column"
    head = _head(source, title)
    story = [*head, FrameBreak("left"), NextPageTemplate("later")] if two else list(head)
    for block in parse(source.body):
        story += _flowables(block, _COLUMN if two else _WIDTH)
    out = io.BytesIO()
    template = BaseDocTemplate(
        out,
        pagesize=A4,
        pageTemplates=_page_templates(_height(head), two_columns=two),
        title=header.title,
        subject=f"{header.id} Rev. {header.revision}",
        author=title.sample,
        lang=header.language,
        invariant=1,
    )
    template.build(story, canvasmaker=_numbered_canvas(title))
    return out.getvalue()
