"""The source of a page made fit for the parser of HTML, which knows nothing of XML and drowns in attributes."""

import html
import re

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,300}\[.*?\]\s*>", re.IGNORECASE | re.DOTALL)
_CDATA = re.compile(r"(?<!/\*)(?<!//)<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
"""Text of XHTML that a parser of HTML takes for a comment; behind `//` or `/*` it stands in a script."""
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{100000,}")
_MOST_ATTRIBUTES = 5000
_HEAD = 20_000


def plain_source(text: str) -> str:
    """The source without what only XML has. Raises ValueError for a tag of too many attributes."""
    text = _XML_DECLARATION.sub("", text)
    head = _DOCTYPE.sub("<!DOCTYPE html>", text[:_HEAD], count=1)
    text = head + text[_HEAD:]
    if any(tag.count("=") > _MOST_ATTRIBUTES for tag in _LONG_TAG.findall(text)):
        raise ValueError("a tag has more attributes than any page's")
    return _CDATA.sub(lambda match: html.escape(match[1]), text) if "<![CDATA[" in text else text
