"""What the styles of an OpenDocument file say: bold, hidden, numbered, raised and struck-through text."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from walkdown_ingestion.clean import lowered, superscript
from walkdown_ingestion.readers.counting import short_number

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE = (f"{{{_URN}{part}:1.0}}" for part in ("text", "table"))
_SLIDES = f"{{{_URN}presentation:1.0}}"
_STYLE = f"{{{_URN}style:1.0}}"
_DEPTH = 20
_FO = f"{{{_URN}xsl-fo-compatible:1.0}}"


class NumberStyle(NamedTuple):
    """How the items of a list are numbered: `(a)` from `a`, between brackets."""

    format: str
    before: str
    after: str
    start: int
    levels: int

    def plain(self, number: int) -> str:
        """A number in its format alone."""
        return short_number(number, self.format)

    def shown(self, number: int, above: Sequence[str]) -> str:
        """A number as it stands before its item, with those of the levels above; a list of no format shows none."""
        numbers = ".".join([*above[len(above) + 1 - self.levels :], self.plain(number)])
        return f"{self.before}{numbers}{self.after}".strip() if self.format else ""


class Styles:
    """Which automatic styles are bold, which hide what they style, and which lists are numbered."""

    def __init__(self, roots: list[Any]) -> None:
        self.bold: set[str] = set()
        self.numbered: dict[tuple[str, int], NumberStyle] = {}
        self._lists: dict[str, tuple[str | None, str]] = {}
        self.outline: dict[int, NumberStyle] = {}
        self.hidden: set[str] = set()
        self.struck: set[str] = set()
        self._unseen: set[str] = set()
        self._capital: set[str] = set()
        self.unseen = 0
        self.raised: set[str] = set()
        self.lowered: set[str] = set()
        for root in roots:
            for style in root.iter(f"{_STYLE}style"):
                properties = style.find(f"{_STYLE}text-properties")
                if properties is not None and properties.get(f"{_FO}font-weight") == "bold":
                    self.bold.add(style.get(f"{_STYLE}name", ""))
                if properties is not None:
                    self._letters(style.get(f"{_STYLE}name", ""), properties)
                named = style.get(f"{_STYLE}list-style-name"), style.get(f"{_STYLE}parent-style-name", "")
                self._lists[style.get(f"{_STYLE}name", "")] = named
                if _hides(style):
                    self.hidden.add(style.get(f"{_STYLE}name", ""))
            for level in root.iter(f"{_TEXT}outline-level-style"):
                self.outline[_level(level)] = _number_style(level)
            for listed in root.iter(f"{_TEXT}list-style"):
                for level in listed.iter(f"{_TEXT}list-level-style-number"):
                    self.numbered[listed.get(f"{_STYLE}name", ""), _level(level)] = _number_style(level)

    def is_unlisted(self, name: str) -> bool:
        """True for a style, or one that rests on such, whose headings are not counted."""
        for _ in range(_DEPTH):
            listed, parent = self._lists.get(name, (None, ""))
            if listed is not None or not parent:
                return listed == ""
            name = parent
        return False

    def _letters(self, name: str, properties: Any) -> None:
        through = (properties.get(f"{_STYLE}text-line-through-{part}", "none") for part in ("style", "type"))
        if any(value != "none" for value in through):
            self.struck.add(name)
        if properties.get(f"{_TEXT}display") == "none":
            self._unseen.add(name)
        if properties.get(f"{_FO}text-transform") == "uppercase":
            self._capital.add(name)
        position = properties.get(f"{_STYLE}text-position", "").split(" ")[0]
        if position == "sub" or position.startswith("-"):
            self.lowered.add(name)
        if position == "super" or (position.rstrip("%").isdigit() and int(position.rstrip("%"))):
            self.raised.add(name)

    def apply(self, root: Any) -> int:
        """Write raised digits as such and take out what is struck through; how many characters that were."""
        struck = 0
        for element in list(root.iter(f"{_TEXT}span", f"{_TEXT}p", f"{_TABLE}table-cell")):
            name = element.get(f"{_TEXT}style-name") or element.get(f"{_TABLE}style-name") or ""
            if name in self._capital and element.tag == f"{_TEXT}span":
                element.text = (element.text or "").upper()
            if name in self.struck or (name in self._unseen and element.tag == f"{_TEXT}span"):
                size = len("".join(element.itertext()))
                struck += size if name in self.struck else 0
                self.unseen += 0 if name in self.struck else size
                for child in list(element):
                    element.remove(child)
                element.text = None
            elif name in self.raised and element.tag == f"{_TEXT}span":
                element.text = superscript(element.text or "")
            elif name in self.lowered and element.tag == f"{_TEXT}span":
                element.text = lowered(element.text or "")
        return struck


def _hides(style: Any) -> bool:
    """True for the style of a sheet or a slide that is not shown."""
    table, page = (style.find(f"{_STYLE}{name}-properties") for name in ("table", "drawing-page"))
    if table is not None and table.get(f"{_TABLE}display") == "false":
        return True
    return page is not None and page.get(f"{_SLIDES}visibility") == "hidden"


def _number_style(level: Any) -> NumberStyle:
    start, levels = (level.get(f"{_TEXT}{name}", "1") for name in ("start-value", "display-levels"))
    return NumberStyle(
        level.get(f"{_STYLE}num-format", "" if level.tag == f"{_TEXT}outline-level-style" else "1"),
        level.get(f"{_STYLE}num-prefix", ""),
        level.get(f"{_STYLE}num-suffix", ""),
        int(start) if start.isdigit() and len(start) < 6 else 1,
        int(levels) if levels in ("2", "3", "4", "5") else 1,
    )


def _level(element: Any) -> int:
    text = element.get(f"{_TEXT}level", "1")
    return max(int(text), 1) if text.isdigit() and len(text) < 9 else 1
