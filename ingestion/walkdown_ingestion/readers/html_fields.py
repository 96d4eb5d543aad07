"""What fields and formulas of HTML show, and which letters are raised: `☑ open`, the value typed in, `x^2`, 10⁵."""

import re

from lxml import etree

from walkdown_ingestion.clean import lowered, superscript
from walkdown_ingestion.readers.formulas import formula_text

FIELDS = frozenset({"input", "select", "math"})
"""Elements that show something other than the text in them."""
CHECKED, UNCHECKED = "☑", "☐"
_TICKED = frozenset({"checkbox", "radio"})
_SHOW_NOTHING = frozenset("hidden submit reset button image file password".split())
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_LOWERED_STYLE = re.compile(r"vertical-align\s*:\s*sub\b", re.IGNORECASE)
_NO_BOUNDARY = frozenset("a abbr b bdi cite code em font i ins kbd mark q small span strong sub sup u var".split())


def field_text(field: etree._Element) -> str:
    """The text that a field shows: what is typed in or chosen, a box that is ticked or not, a formula in one line."""
    if field.tag == "math":
        return f" {formula_text(field)} "
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return f" {', '.join((option.text or '').strip() for option in chosen)} "
    kind = (field.get("type") or "text").lower()
    if kind in _TICKED:
        return f" {CHECKED if field.get('checked') is not None else UNCHECKED} "
    return "" if kind in _SHOW_NOTHING else f" {field.get('value') or ''} "


def shifted(text: str, element: etree._Element) -> str:
    """The text of an element as it stands: raised or lowered, also inside a link or other letters of its own."""
    for one in (element, *element.iterancestors()):
        style = one.get("style") or ""
        if one.tag == "sup" or _RAISED_STYLE.search(style):
            return superscript(text)
        if one.tag == "sub" or _LOWERED_STYLE.search(style):
            return lowered(text)
        if one.tag not in _NO_BOUNDARY:
            break
    return text
