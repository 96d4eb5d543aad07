"""Makes the text of an answer lead nowhere: no link, no image, no HTML, whatever a document or a model wrote.

A program that shows an answer as Markdown would fetch an image of it at once, and with it tell others what was asked.
The claims keep the documents' words exactly; the text that is shown does not need a working address.
"""

import re

_SCHEME = re.compile(r"\b(https?|ftp|file|data|javascript|mailto|vbscript)(:)(?=//|[^\s:]*[/@,;(])", re.IGNORECASE)
_WWW = re.compile(r"\bwww\.(?=\w)", re.IGNORECASE)
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]]*)\](?=\s*[(\[:])")
_TAG = re.compile(r"<(?=\s*[/!]?\s*[A-Za-z])")


def inert(text: str) -> str:
    """The text with addresses, links, images and HTML broken; `[1]` and plain brackets stay."""
    text = _IMAGE_OR_LINK.sub(lambda m: m.group() if m[1].isdigit() and not m.group().startswith("!") else m[1], text)
    text = _SCHEME.sub(r"\1[:]", text)
    return _TAG.sub("‹", _WWW.sub("www[.]", text))
