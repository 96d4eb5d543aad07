"""Word's XML: the visible text of a paragraph, its style and outline level, and tables with merged cells expanded.

Elements are lxml's, which carry no types, so they are `Any` here.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from walkdown_ingestion.clean import clean_cell, lowered, superscript
from walkdown_ingestion.readers.counting import numbered
from walkdown_ingestion.readers.docx_symbols import field_text, font_of, symbols
from walkdown_ingestion.readers.formulas import formula_text, joined
from walkdown_ingestion.tables import inline_table

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MATH = f"{_M}oMath"
_HEADING_STYLE = re.compile(r"(?:heading|제목|标题|見出し|título)\s*(\d)", re.IGNORECASE)
_REMOVED = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:rt"), FALLBACK})
_DRAWN_LETTERS = "{urn:schemas-microsoft-com:vml}textpath"
"""Letters drawn as a shape: a watermark in the head of the pages, a title."""
_BREAKS = {
    qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-",
}  # fmt: skip
_TEXT_BODY = 9
_MINUTE = 2
"""Half points."""
_LIFTED = 4
"""Half points."""
_MAX_SPAN = 200


def above(element: Any, top: Any) -> Iterator[Any]:
    """The ancestors of an element below `top`."""
    parent = element.getparent()
    while parent is not None and parent is not top:
        yield parent
        parent = parent.getparent()


def is_on(parent: Any, path: str) -> bool:
    """True when a switch such as `w:rPr/w:vanish` is set below an element."""
    found = parent.find("/".join(qn(part) for part in path.split("/")))
    return found is not None and found.get(qn("w:val"), "1") not in ("0", "false", "off")


def body_parts(body: Any) -> Iterator[Any]:
    """Paragraphs, outermost tables and files taken in, in order, also inside content controls and text boxes."""
    for element in body.iter(qn("w:p"), qn("w:tbl"), qn("w:altChunk")):
        tags = {e.tag for e in above(element, body)}
        if qn("w:tbl") not in tags and FALLBACK not in tags:
            yield element


def box_parts(table: Any) -> Iterator[Any]:
    """Paragraphs and tables inside the cells of a table that only draws a box around them."""
    for cell in table.iter(qn("w:tc")):
        if next((e for e in above(cell, table) if e.tag == qn("w:tbl")), None) is None:
            yield from body_parts(cell)


def paragraph_text(paragraph: Any) -> str:
    """Visible text with line breaks, formulas in one line; hidden and deleted runs are left out, inserted ones stay."""
    parts: list[str] = []
    formula = False
    if is_prompt(paragraph.getparent()):
        return ""
    for element in paragraph.iter(qn("w:r"), _MATH):
        if any(e.tag in _REMOVED or e.tag == _MATH or is_prompt(e) for e in above(element, paragraph)):
            continue
        text = formula_text(element) if element.tag == _MATH else _run_text(element)
        parts = [joined(["".join(parts), text])] if formula or element.tag == _MATH else [*parts, text]
        formula = element.tag == _MATH
    return "".join(parts)


def is_prompt(element: Any) -> bool:
    """True for the content of a field of a form that nobody filled in: `Click here to enter text.`."""
    return (
        element is not None
        and element.tag == qn("w:sdtContent")
        and is_on(element.getparent(), "w:sdtPr/w:showingPlcHdr")
    )


def is_unseen(run: Any) -> bool:
    """True for a run that is minute, or white on paper that has no other ground."""
    properties = run.find(qn("w:rPr"))
    if properties is None:
        return False
    size, color = properties.find(qn("w:sz")), properties.find(qn("w:color"))
    if size is not None and size.get(qn("w:val"), "").isdigit() and int(size.get(qn("w:val"))) <= _MINUTE:
        return True
    if color is None or color.get(qn("w:val"), "").upper() != "FFFFFF" or color.get(qn("w:themeColor")) is not None:
        return False
    if properties.find(qn("w:shd")) is not None or properties.find(qn("w:highlight")) is not None:
        return False
    # A cell, a paragraph, a drawn shape or a style may bring a ground.
    grounds = (qn("w:tbl"), qn("w:txbxContent"))
    paragraph = next((e for e in above(run, None) if e.tag == qn("w:p")), None)
    styled = paragraph is not None and any(
        paragraph.find(f"{qn('w:pPr')}/{qn(tag)}") is not None for tag in ("w:shd", "w:pStyle")
    )
    return not styled and not any(e.tag in grounds for e in above(run, None))


def is_deleted(paragraph: Any) -> bool:
    """True for a paragraph whose end was deleted under tracked changes; Word gives its number to the next."""
    marks = ("w:pPr/w:rPr/w:del", "w:pPr/w:rPr/w:moveFrom")
    return any(paragraph.find("/".join(qn(part) for part in path.split("/"))) is not None for path in marks)


def follows(paragraph: Any) -> bool:
    """True when another paragraph comes right after one."""
    after = paragraph.getnext()
    return after is not None and after.tag == qn("w:p")


def is_struck(run: Any) -> bool:
    """True for a run that is struck through: what no longer holds, kept to be seen as such."""
    return is_on(run, "w:rPr/w:strike") or is_on(run, "w:rPr/w:dstrike")


def struck_characters(body: Any) -> int:
    """How many characters of a document are struck through."""
    return sum(len(text.text or "") for run in body.iter(qn("w:r")) if is_struck(run) for text in run.iter(qn("w:t")))


def deleted_characters(body: Any) -> int:
    """How many characters are deleted under tracked changes; what was moved stands elsewhere."""
    gone = qn("w:moveFrom")
    texts = {text for text in body.iter(qn("w:delText")) if not any(e.tag == gone for e in above(text, body))}
    for row in body.iter(qn("w:tr")):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            texts.update(row.iter(qn("w:t")))
    return sum(len(text.text or "") for text in texts)


def unseen_characters(body: Any) -> int:
    """How many characters of a document are hidden, minute or white on white."""
    runs = (run for run in body.iter(qn("w:r")) if is_on(run, "w:rPr/w:vanish") or is_unseen(run))
    return sum(len(text.text or "") for run in runs for text in run.iter(qn("w:t")))


def _run_text(run: Any) -> str:
    if is_on(run, "w:rPr/w:vanish") or is_unseen(run) or is_struck(run):
        return ""
    text = "".join(_node_text(node, run) for node in run)
    if is_on(run, "w:rPr/w:caps"):
        text = text.upper()  # `mw` is shown as MW
    height = _height(run)
    return superscript(text) if height > 0 else lowered(text) if height < 0 else text


def _node_text(node: Any, run: Any) -> str:
    """What one part of a run shows."""
    if node.tag == qn("w:t"):
        return symbols(node.text or "", font_of(run))
    if node.tag in _BREAKS:
        return _BREAKS[node.tag]
    if node.tag == qn("w:sym"):
        return symbols(chr(int(node.get(qn("w:char"), "20"), 16)), node.get(qn("w:font"), ""))
    if node.tag == qn("w:pict"):
        return "".join(f"\n{path.get('string', '')}\n" for path in node.iter(_DRAWN_LETTERS))
    field = node.find(qn("w:ffData"))
    return field_text(field) if field is not None else ""


def _height(run: Any) -> int:
    """1 for a run set as a superscript or lifted by hand by two points and more, -1 for one set lower."""
    align, lifted = (run.find(f"{qn('w:rPr')}/{qn(tag)}") for tag in ("w:vertAlign", "w:position"))
    if align is not None:
        return {"superscript": 1, "subscript": -1}.get(align.get(qn("w:val")), 0)
    height = lifted.get(qn("w:val"), "") if lifted is not None else ""
    high = height.lstrip("-").isdigit() and abs(int(height)) >= _LIFTED
    return 0 if not high else -1 if int(height) < 0 else 1


class Styles:
    """The paragraph styles of a document by the id that paragraphs name."""

    def __init__(self, document: Document) -> None:
        self._part = document.part

    def chain(self, paragraph: Any) -> Iterator[Any]:
        """The style of a paragraph and those it rests on."""
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style: Any = self._part.get_style(
            found.get(qn("w:val")) if found is not None else None, WD_STYLE_TYPE.PARAGRAPH
        )
        seen = 0
        while style is not None and seen < 20:
            yield style
            style, seen = style.base_style, seen + 1

    def name(self, paragraph: Any) -> str:
        """Name of the paragraph's style."""
        return next((str(style.name or "") for style in self.chain(paragraph)), "")

    def properties(self, paragraph: Any) -> Iterator[Any]:
        """The `w:pPr` of the paragraph and of its styles, nearest first."""
        for element in (paragraph, *(style.element for style in self.chain(paragraph))):
            found = element.find(qn("w:pPr"))
            if found is not None:
                yield found

    def heading_level(self, paragraph: Any) -> int:
        """Heading level by outline level or by the name of a style; 0 for text."""
        own = _outline(paragraph)
        if own:
            return own
        for style in self.chain(paragraph):
            match = _HEADING_STYLE.search(style.name or "")
            level = int(match[1]) if match else _outline(style.element)
            if level:
                return level
        return 0


def _outline(element: Any) -> int:
    found = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    level = int(found.get(qn("w:val"), "9")) if found is not None else _TEXT_BODY
    return level + 1 if level < _TEXT_BODY else 0


Markers = Mapping[Any, tuple[str, int]]
"""The number or bullet before each paragraph of a document, and its depth."""


def cell_text(cell: Any, markers: Markers) -> str:
    """The text of a cell in one line, with its numbers; a table in it row by row under its own header."""
    if cell.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is not None:
        return ""  # deleted under tracked changes
    parts = []
    for part in body_parts(cell):
        text = inline_table(*table_rows(part, markers)) if part.tag == qn("w:tbl") else paragraph_text(part)
        text = numbered(markers.get(part, ("", 0))[0], text)
        if text.strip():
            parts.append(text)
    return clean_cell("\n".join(parts))


def table_rows(table: Any, markers: Markers) -> tuple[list[list[str]], int | None]:
    """The cells of a table with merged ones expanded, and how many leading rows are marked as header (None: none)."""
    rows: list[list[str]] = []
    marked = 0
    for row in table.iter(qn("w:tr")):
        if next((e for e in above(row, table) if e.tag == qn("w:tbl")), None) is not None:
            continue
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            continue  # deleted under tracked changes
        if is_on(row, "w:trPr/w:tblHeader") and marked == len(rows):
            marked += 1
        rows.append(_row(row, rows[-1] if rows else [], markers))
    return rows, marked or None


def _row(row: Any, row_above: list[str], markers: Markers) -> list[str]:
    texts = [""] * _value(row, "w:trPr/w:gridBefore", 0)
    for cell in row.iter(qn("w:tc")):
        if next((e for e in above(cell, row) if e.tag == qn("w:tc")), None) is not None:
            continue
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        text = cell_text(cell, markers)
        if merge is not None and merge.get(qn("w:val"), "continue") == "continue" and len(texts) < len(row_above):
            text = row_above[len(texts)]
        across = cell.find(f"{qn('w:tcPr')}/{qn('w:hMerge')}")
        if across is not None and across.get(qn("w:val"), "continue") == "continue" and texts:
            text = texts[-1]
        texts += [text] * max(_value(cell, "w:tcPr/w:gridSpan", 1), 1)
    return texts


def _value(element: Any, path: str, default: int) -> int:
    found = element.find("/".join(qn(part) for part in path.split("/")))
    text = found.get(qn("w:val"), "") if found is not None else ""
    return min(int(text), _MAX_SPAN) if text.isdigit() and len(text) < 5 else default
