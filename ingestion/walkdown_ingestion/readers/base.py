"""What the readers share: the type of a reader, errors of cause and remedy, and joining wrapped lines."""

import re
from collections.abc import Callable
from typing import NamedTuple

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError

Read = Callable[[bytes, str], ParsedDocument]
"""A reader takes the bytes of a file and its name (for messages) and raises DocumentError when it cannot."""


class Format(NamedTuple):
    """One kind of file: its suffixes, media type, what its bytes begin with, and its reader."""

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    read: Read


_NEW_LINE_MARK = re.compile(
    r"\s*(?:[-•·▪◦*※○●□■▶→]\s|\(?\d{1,3}[.)]\s?|\([a-zA-Z0-9가-힣]{1,3}\)|[가-하][.)]\s|[a-zA-Z][.)]\s|[①-⑳㉠-㉻]"
    r"|\|)"
)
_WRAPPED = 55
TOO_DEEP = "its parts stand inside each other deeper than can be read"
_OBJECT = re.compile(r"<[\w.]+ object at 0x[0-9a-f]+>")
"""How libraries name what has no name; it tells a person nothing."""
_SENTENCE_END = re.compile(r"[.!?。:;]$|다\.$")


def empty(name: str) -> DocumentError:
    """The error of a file in which there is no text at all."""
    return DocumentError(f"{name} holds no text.", "Check that the file was exported completely, then ingest it again.")


def damaged(name: str, kind: str, reason: object) -> DocumentError:
    """The error of a file that its format's parser refuses."""
    said = _OBJECT.sub("it", str(reason)).strip().rstrip(".")
    said = TOO_DEEP if "Excessive depth" in said else said
    return DocumentError(
        f"{name} cannot be read as {kind}: {said[:200]}.",
        f"Open it in the program that wrote it and save it again as {kind}, or check that the copy is complete.",
    )


def join_wrapped(lines: list[str]) -> str:
    """Lines of one paragraph: hard-wrapped lines are joined by a space, deliberate breaks are kept.

    A line is taken as wrapped when it is long, or not short and the next goes on in lower case; a line that opens
    an item or follows a colon is not joined.
    """
    text = ""
    previous = ""
    for line in (line.strip() for line in lines):
        if not line:
            continue
        width = _WRAPPED // 2 if _is_cjk(previous) or line[0].islower() else _WRAPPED
        wrapped = len(previous) >= width
        breaks = not wrapped or _NEW_LINE_MARK.match(line) or (_SENTENCE_END.search(previous) and previous[-1] in ":;")
        text += line if not text else f"\n{line}" if breaks else f" {line}"
        previous = line
    return text


def _is_cjk(line: str) -> bool:
    return sum("가" <= c <= "힣" or "぀" <= c <= "鿿" for c in line) * 3 > len(line)
