"""What the styles of an OpenDocument file say: bold, hidden, numbered, raised and struck-through text."""

from typing import Any

from walkdown_ingestion.clean import superscript

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE = (f"{{{_URN}{part}:1.0}}" for part in ("text", "table"))
_STYLE = f"{{{_URN}style:1.0}}"
_FO = f"{{{_URN}xsl-fo-compatible:1.0}}"


class Styles:
    """Which automatic styles are bold, which hide what they style, and which lists are numbered."""

    def __init__(self, roots: list[Any]) -> None:
        self.bold: set[str] = set()
        self.numbered: set[tuple[str, int]] = set()
        self.hidden: set[str] = set()
        self.struck: set[str] = set()
        self.raised: set[str] = set()
        for root in roots:
            for style in root.iter(f"{_STYLE}style"):
                properties = style.find(f"{_STYLE}text-properties")
                if properties is not None and properties.get(f"{_FO}font-weight") == "bold":
                    self.bold.add(style.get(f"{_STYLE}name", ""))
                if properties is not None:
                    self._letters(style.get(f"{_STYLE}name", ""), properties)
                table = style.find(f"{_STYLE}table-properties")
                if table is not None and table.get(f"{_TABLE}display") == "false":
                    self.hidden.add(style.get(f"{_STYLE}name", ""))
            for listed in root.iter(f"{_TEXT}list-style"):
                for level in listed.iter(f"{_TEXT}list-level-style-number"):
                    self.numbered.add((listed.get(f"{_STYLE}name", ""), _level(level)))

    def _letters(self, name: str, properties: Any) -> None:
        through = (properties.get(f"{_STYLE}text-line-through-{part}", "none") for part in ("style", "type"))
        if any(value != "none" for value in through):
            self.struck.add(name)
        position = properties.get(f"{_STYLE}text-position", "").split(" ")[0]
        if position == "super" or (position.rstrip("%").isdigit() and int(position.rstrip("%"))):
            self.raised.add(name)

    def apply(self, root: Any) -> int:
        """Write raised digits as such and take out what is struck through; how many characters that were."""
        struck = 0
        for element in list(root.iter(f"{_TEXT}span", f"{_TEXT}p", f"{_TABLE}table-cell")):
            name = element.get(f"{_TEXT}style-name") or element.get(f"{_TABLE}style-name") or ""
            if name in self.struck:
                struck += len("".join(element.itertext()))
                for child in list(element):
                    element.remove(child)
                element.text = None
            elif name in self.raised and element.tag == f"{_TEXT}span":
                element.text = superscript(element.text or "")
        return struck


def _level(element: Any) -> int:
    text = element.get(f"{_TEXT}level", "1")
    return max(int(text), 1) if text.isdigit() and len(text) < 9 else 1
