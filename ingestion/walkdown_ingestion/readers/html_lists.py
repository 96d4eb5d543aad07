"""Numbers of the items of HTML lists, as a browser counts and writes them: `start`, `value`, `reversed`, styles."""

import re

from lxml import etree

from walkdown_ingestion.readers.counting import page_number
from walkdown_ingestion.readers.html_hidden import MEDIA, RULE, names_in, names_of
from walkdown_ingestion.readers.numerals import BY_STYLE

_LISTED = re.compile(r"(?<![\w-])list-style(?:-type)?\s*:\s*([^;]+)", re.IGNORECASE)
_UNNUMBERED = frozenset({"none", "disc", "circle", "square"})
_COUNTS_ITSELF = "counter-increment"
_KEY = "type"


def tell_numerals(root: etree._Element) -> None:
    """Write the numerals that styles give to ordered lists into their `type`.

    A page that counts by its style sheet keeps plain numbers: what it makes of them is written there in code.
    """
    sheets = [style.text or "" for style in root.iter("style")]
    counts = any(_COUNTS_ITSELF in sheet for sheet in sheets)
    named: dict[tuple[str, str], str] = {}
    for sheet in sheets:
        for selectors, body in RULE.findall(MEDIA.sub("", sheet)):
            if kind := _kind(body):
                tags = {("", part.strip().lower()) for part in selectors.split(",")}
                named.update(dict.fromkeys(names_in(selectors) | tags, kind))
    for listed in root.iter("ol"):
        names = (*names_of(listed), ("", "ol"))
        kind = _kind(listed.get("style") or "") or next((named[name] for name in names if name in named), "")
        if kind and not (counts and kind in _UNNUMBERED):
            listed.set(_KEY, kind)


def _kind(style: str) -> str:
    found = _LISTED.findall(style)
    words = found[-1].lower().split() if found else []
    return next((word for word in words if word in BY_STYLE or word in _UNNUMBERED), "")


def first_number(listed: etree._Element) -> int:
    """The number of the first item of a list; one that counts down begins with the number of its items."""
    return number_in(listed.get("start"), len(listed.findall("li")) if _is_reversed(listed) else 1)


def number_in(text: str | None, default: int) -> int:
    """A number as an attribute tells it."""
    return int(text) if text and text.strip().isdigit() and len(text) < 7 else default


def step(listed: etree._Element) -> int:
    """By how much a list counts on: 1, or -1 for one that counts down."""
    return -1 if _is_reversed(listed) else 1


def marker(listed: etree._Element, number: int) -> str:
    """What a browser writes before an item: `3.`, `c.`, `다.`; a dash where it writes no number."""
    kind = listed.get(_KEY) or "1"
    return "-" if kind in _UNNUMBERED else f"{page_number(number, kind)}."


def place_of(item: etree._Element) -> int:
    """The number of an item of an ordered list."""
    listed = item.getparent()
    number = first_number(listed)
    for other in listed.iterchildren("li"):
        number = number_in(other.get("value"), number)
        if other is item:
            break
        number += step(listed)
    return number


def _is_reversed(listed: etree._Element) -> bool:
    return listed.get("reversed") is not None
