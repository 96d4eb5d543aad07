"""Text that goes over HTTP: whole characters only. JSON can name half a one; no index, encoder or reply holds it.

Nor does a database hold a NUL: the record of such a question would never be written.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, PlainSerializer, model_validator

_HALF = re.compile(r"[\ud800-\udfff]")
_NO_TEXT = re.compile(r"[\ud800-\udfff\0]")
_NO_BYTE = re.compile(r"[\ud800-\udc7f\udd00-\udfff]")
_SAID = "a text holds half a character (a lone surrogate) or a NUL"
_SEPARATORS = re.compile(r"[,;|]")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(key)
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


class WholeText(BaseModel):
    """A request that is refused where any text in it holds half a character."""

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, value: Any) -> Any:
        if any(_NO_TEXT.search(text) for text in _texts(value)):
            raise ValueError(_SAID)
        return value


def _whole_text(text: str) -> str:
    if _NO_TEXT.search(text):
        raise ValueError(_SAID)
    return text


def _on_disk(path: str) -> str:
    if _NO_BYTE.search(path):
        raise ValueError(_SAID)
    if not path.strip():
        # It would mean the folder that the server runs in, and all below it.
        raise ValueError("a path is empty")
    return path


def _group(text: str) -> str:
    # Nobody is in a group without a name: the document would be hidden from everyone.
    if not text.strip():
        raise ValueError("a group has no name; leave it out where everyone may see the document")
    if _SEPARATORS.search(text):
        # Tables of documents separate groups so: taken for one name, the document would be hidden from all of them.
        raise ValueError(f"{text!r} is no name of a group; name each group by itself")
    return _whole_text(text)


def _addressable(name: str) -> str:
    if name in (".", ".."):
        raise ValueError(f"{name!r} leads to another address and could not be read back")
    return name


Addressable = Annotated[str, AfterValidator(_addressable)]
"""A name of a client's own choice that stands in an address afterwards."""
Whole = Annotated[str, AfterValidator(_whole_text)]
"""One text of whole characters, in a request that may hold other ones."""
Group = Annotated[str, AfterValidator(_group)]
"""The name of a group that may see a document."""
OnDisk = Annotated[str, AfterValidator(_on_disk)]
"""A path as Python writes it: a byte of a name that is no UTF-8 stands as the half character that means it."""


def _shown(text: str) -> str:
    return _HALF.sub("\ufffd", text)


Shown = Annotated[str, PlainSerializer(_shown, return_type=str)]
"""Text that may come from the disk: a file name that is no UTF-8 is shown with replacement characters."""
