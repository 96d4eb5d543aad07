"""Letters that a character style of a Word document raises or strikes through: written onto the runs that name it."""

from copy import deepcopy
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

_PROPERTIES = ("w:strike", "w:dstrike", "w:vertAlign", "w:vanish", "w:caps")
_DEPTH = 20


def apply_character_styles(document: Document) -> None:
    """Give each run what its character style says of `_PROPERTIES`, unless the run says otherwise itself."""
    styles = {style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))}
    known: dict[str, dict[str, Any]] = {}
    for named in list(document.element.body.iter(qn("w:rStyle"))):
        name, properties = named.get(qn("w:val"), ""), named.getparent()
        if name not in known:
            known[name] = _of_style(name, styles)
        for tag, element in known[name].items():
            if properties.find(qn(tag)) is None:
                properties.append(deepcopy(element))


def _of_style(name: str, styles: dict[str, Any]) -> dict[str, Any]:
    """What a style and those it rests on say of the properties, the nearest first."""
    found: dict[str, Any] = {}
    for _ in range(_DEPTH):
        style = styles.get(name)
        if style is None:
            break
        for tag in _PROPERTIES:
            element = style.find(f"{qn('w:rPr')}/{qn(tag)}")
            if element is not None:
                found.setdefault(tag, element)
        base = style.find(qn("w:basedOn"))
        name = base.get(qn("w:val"), "") if base is not None else ""
    return found
