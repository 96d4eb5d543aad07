"""Plain elements that a style sheet makes tables of, and text in drawings: written as what a browser shows.

`<div class=row><span>Weight</span><span>120 kg</span></div>` shows two cells; as it is written it says `Weight120 kg`.
"""

import re

from lxml import etree

from walkdown_ingestion.readers.html_hidden import MEDIA, RULE, names_in, names_of

_DISPLAY = re.compile(r"(?<![\w-])display\s*:\s*([\w-]+)", re.IGNORECASE)
_TEMPLATE = re.compile(r"grid-template-columns\s*:\s*([^;]+)", re.IGNORECASE)
_REPEAT = re.compile(r"repeat\(\s*(\d{1,2})\s*,([^()]*(?:\([^()]*\)[^()]*)*)\)")
_WIDTH = re.compile(r"[\w.%-]+(?:\([^()]*\))?")
_DOWNWARDS = re.compile(r"flex-(?:direction|flow)\s*:\s*column", re.IGNORECASE)
_TAGS = {
    "table": "table", "inline-table": "table", "table-row": "tr", "table-cell": "td", "table-header-group": "thead",
    "table-row-group": "tbody", "table-footer-group": "tfoot",
}  # fmt: skip
_ROLES = {
    "table": "table", "grid": "table", "treegrid": "table", "rowgroup": "tbody", "row": "tr", "cell": "td",
    "gridcell": "td", "columnheader": "th", "rowheader": "th",
}  # fmt: skip
_CELLS = ("td", "th")
_PLAIN = frozenset("div span section article p b strong em i label small li dl dt dd ul".split())
_BLOCKS = ("table", "div", "p", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "section")
_INLINE = frozenset("span b strong em i label small".split())
_INNER = frozenset("div p span b strong em h3 h4 h5 h6".split())
_ENDS_WORD = re.compile(r"[a-zà-ÿ]{3}$|[가-힣]{2}$")
_KEPT = ("class", "style", "id", "hidden")
_MOST_COLUMNS, _MOST_CHARS, _LEAST = 8, 200, 2

Name = tuple[str, str]


def show_boxes(root: etree._Element) -> None:
    """Rename elements of a page to the tables they are shown as; set parts of a line apart; write out drawings."""
    for drawing in list(root.iter("svg")):
        _write_out(drawing)
    for table in list(root.iter()):
        if isinstance(table.tag, str) and table.tag in _PLAIN and _ROLES.get(table.get("role") or "") == "table":
            _as_told(table)
    styles = _styles(root)
    for element in list(root.iter()):
        if isinstance(element.tag, str) and element.tag in _PLAIN:
            named = [styles[n] for n in (*names_of(element), ("", element.tag)) if n in styles]
            _show(element, ";".join((element.get("style") or "", *named)))
            _set_apart(element)


def _as_told(table: etree._Element) -> None:
    """A table of plain elements that say what they are to who cannot see the page."""
    rows = [row for row in table.iter() if row.get("role") == "row"]
    if not any(sum(_ROLES.get(cell.get("role") or "") in _CELLS for cell in row.iter()) >= _LEAST for row in rows):
        return
    for element in table.iter():
        if isinstance(element.tag, str) and element.tag in _PLAIN and (tag := _ROLES.get(element.get("role") or "")):
            element.tag = tag


def _styles(root: etree._Element) -> dict[Name, str]:
    """What the style sheets say of elements by class or id, where they say how these are laid out."""
    found: dict[Name, str] = {}
    for sheet in root.iter("style"):
        for selectors, body in RULE.findall(MEDIA.sub("", sheet.text or "")):
            if _DISPLAY.search(body):
                tags = {("", tag.strip().lower()) for tag in selectors.split(",")} if "block" in body else set()
                for name in names_in(selectors) | {tag for tag in tags if tag[1] in _INLINE}:
                    found[name] = f"{found.get(name, '')};{body}"
    return found


def _show(element: etree._Element, style: str) -> None:
    display = _DISPLAY.search(style)
    kind = display[1].lower() if display is not None else ""
    children = [child for child in element if isinstance(child.tag, str)]
    if kind in _TAGS:
        element.tag = _TAGS[kind]
    elif kind == "block" and element.tag in _INLINE:
        element.tag = "div"
    elif kind in ("grid", "inline-grid", "flex", "inline-flex") and _are_cards(children):
        for child in children:
            _as_lines(child)
    elif kind in ("grid", "inline-grid") and _are_cells(element, children):
        _as_rows(element, children, _columns(style))
    elif kind in ("flex", "inline-flex") and not _DOWNWARDS.search(style) and _are_cells(element, children):
        for child in children:
            child.tag = "span"
            child.tail = f" {child.tail or ''}"


def _set_apart(element: etree._Element) -> None:
    """A label and its value in two elements one behind the other: a style sheet that is not there sets them apart."""
    after = element.getnext()
    if element.tag not in _INLINE or after is None or after.tag not in _INLINE or element.tail:
        return
    if _ENDS_WORD.search("".join(element.itertext())) and "".join(after.itertext())[:1].isdigit():
        element.tail = " "


def _are_cells(element: etree._Element, children: list[etree._Element]) -> bool:
    """True for elements with little text each, in none of which another block stands, and no text between them."""
    loose = (element.text or "").strip() or any((child.tail or "").strip() for child in children)
    plain = all(child.tag in _PLAIN and next(child.iter(*_BLOCKS), child) is child for child in children)
    short = all(len(" ".join("".join(child.itertext()).split())) <= _MOST_CHARS for child in children)
    return len(children) >= _LEAST and not loose and plain and short


def _are_cards(children: list[etree._Element]) -> bool:
    """True for boxes that each hold several lines of their own, as a name, a value and its limit: no cells of a row."""
    lines = [[inner for inner in child if isinstance(inner.tag, str)] for child in children]
    lined = all(len(inner) >= _LEAST and all(not len(one) and one.tag in _INNER for one in inner) for inner in lines)
    return len(children) >= _LEAST and lined and not any((child.text or "").strip() for child in children)


def _as_lines(card: etree._Element) -> None:
    """The lines of a box in one paragraph, so that its value stays with its name."""
    card.tag = "p"
    for at, inner in reversed(list(enumerate(list(card)))):
        inner.tag, inner.tail = "span", ""
        if at:
            card.insert(at, etree.Element("br"))


def _columns(style: str) -> int:
    """How many columns a grid has; 0 where it does not say."""
    template = _TEMPLATE.search(style)
    if template is None:
        return 0
    text = _REPEAT.sub(lambda m: " ".join([m[2].strip() or "x"] * int(m[1])), template[1])
    return 0 if "repeat(" in text else len(_WIDTH.findall(text))


def _as_rows(element: etree._Element, children: list[etree._Element], columns: int) -> None:
    if not _LEAST <= columns <= _MOST_COLUMNS or len(children) % columns:
        for child in children:
            child.tail = f" {child.tail or ''}"
        return
    element.tag = "table"
    for at in range(0, len(children), columns):
        row = etree.SubElement(element, "tr")
        for child in children[at : at + columns]:
            child.tag = "td"
            row.append(child)


def _write_out(drawing: etree._Element) -> None:
    """A drawing with text in it as lines of text; any other one stays what it is."""
    texts = [" ".join("".join(text.itertext()).split()) for text in drawing.iter("text")]
    texts = [text for text in texts if text]
    if drawing.get("aria-hidden") == "true" or not any(any(map(str.isalpha, text)) for text in texts):
        return
    tail, kept = drawing.tail, {key: value for key, value in drawing.attrib.items() if key in _KEPT}
    drawing.clear()
    drawing.tag, drawing.tail = "div", tail
    drawing.attrib.update(kept)
    drawing.text = texts[0]
    for text in texts[1:]:
        etree.SubElement(drawing, "br").tail = text
