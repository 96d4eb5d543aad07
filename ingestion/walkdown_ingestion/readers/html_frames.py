"""Pages inside a page: a frame whose page stands in its own attribute (`srcdoc`) is shown where it stands.

A frame that names another address is not fetched: the page is read as it was handed in.
"""

from lxml import etree, html

from walkdown_ingestion.readers.html_source import plain_source

_DEEPEST = 3
"""Frames within frames that are opened."""
_KEPT = ("style", "class", "id", "hidden")


def open_frames(root: etree._Element, depth: int = 0) -> None:
    """Put the page of each frame that holds one in its place."""
    for frame in [one for one in root.iter("iframe") if (one.get("srcdoc") or "").strip()]:
        page = _page(frame.get("srcdoc") or "")
        if page is None or "0" in (frame.get("width"), frame.get("height")):
            continue
        if depth < _DEEPEST:
            open_frames(page, depth + 1)
        shown = etree.Element("div", {name: frame.get(name, "") for name in _KEPT if frame.get(name) is not None})
        shown.text, shown.tail = page.text, frame.tail
        shown.extend(list(page))
        parent = frame.getparent()
        if parent is not None:
            parent.replace(frame, shown)


def _page(source: str) -> etree._Element | None:
    try:
        page = html.document_fromstring(plain_source(source), parser=html.HTMLParser(huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return page.find("body")
