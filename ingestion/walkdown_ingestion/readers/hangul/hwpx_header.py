"""What the header of an HWPX document says: styles, paragraph and character properties, numberings, bullets."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from walkdown_ingestion.readers.hangul.numbers import Level, Numbering

_WHITE = 0xF0
_TINY = 150
_NOT_STRUCK = ("NONE", "3D", "")
"""Hangul writes `3D` for text that is not struck through."""


class Char(NamedTuple):
    """Size in points, weight; whether a run is too small or too light to be seen on white; what is done to it."""

    size: float = 0.0
    bold: bool = False
    hidden: bool = False
    white: bool = False
    struck: bool = False
    raised: bool = False
    lowered: bool = False


class Head(NamedTuple):
    """How a paragraph begins: OUTLINE, NUMBER, BULLET or NONE; the id of its numbering; level from 0."""

    kind: str = "NONE"
    number: str = ""
    level: int = 0


def local(element: Any) -> str:
    """The name of an element without its namespace; the namespaces differ between versions of the format."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def whole(text: str | None, default: int = 0) -> int:
    """An attribute as a whole number, the default where it is none."""
    return int(text) if text and text.isdigit() and len(text) < 9 else default


def _is_white(colour: str) -> bool:
    digits = colour.lstrip("#")
    try:
        return len(digits) in (6, 8) and min(bytes.fromhex(digits[-6:])) >= _WHITE
    except ValueError:
        return False


class Header:
    """Styles, paragraph and character properties, numberings and bullets of the document by their ids."""

    def __init__(self, root: Any) -> None:
        self.outlines: dict[str, int] = {}
        self.heads: dict[str, Head] = {}
        self.chars: dict[str, Char] = {}
        self.numberings: dict[str, Numbering] = {}
        self.bullets: dict[str, str] = {}
        for element in root.iter() if root is not None else ():
            name, own = local(element), element.get("id", "")
            if name == "style":
                self._style(element)
            elif name == "paraPr":
                found = next((e for e in element.iter() if local(e) == "heading"), None)
                if found is not None:
                    self.heads[own] = Head(found.get("type", "NONE"), found.get("idRef", ""), whole(found.get("level")))
            elif name == "charPr":
                self.chars[own] = self._char(element)
            elif name == "numbering":
                self.numberings[own] = Numbering(dict(self._levels(element)))
            elif name == "bullet":
                self.bullets[own] = element.get("char", "-")

    @staticmethod
    def _char(element: Any) -> Char:
        parts = {local(e): e for e in element}
        height = whole(element.get("height"), 1000)
        strike = parts["strikeout"].get("shape", "NONE") if "strikeout" in parts else "NONE"
        return Char(
            height / 100,
            "bold" in parts,
            0 < height <= _TINY,
            _is_white(element.get("textColor", "#000000")),
            strike not in _NOT_STRUCK,
            "supscript" in parts,
            "subscript" in parts,
        )

    def _style(self, element: Any) -> None:
        name = element.get("engName", "") or element.get("name", "")
        word, _, number = name.rpartition(" ")
        if word in ("Outline", "개요") and number.isdigit():
            self.outlines[element.get("id", "")] = min(int(number), 10)

    @staticmethod
    def _levels(element: Any) -> Iterator[tuple[int, Level]]:
        for head in element.iter():
            if local(head) == "paraHead":
                level = Level(head.text or "", head.get("numFormat", "DIGIT"), whole(head.get("start"), 1))
                yield whole(head.get("level"), 1), level
