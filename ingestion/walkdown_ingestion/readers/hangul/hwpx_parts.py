"""Parts of a HWPX document that say something by themselves: fields, cells, drawn letters, charts, the title."""

from typing import Any

from walkdown.errors import DocumentError
from walkdown_ingestion.clean import clean_line, lowered, superscript
from walkdown_ingestion.readers.hangul.hwpx_header import Char, local
from walkdown_ingestion.readers.package import Package

_BREAKS = (("\u240d", ""), ("\u240a", "\n"), ("\r", ""))
"""Line ends in drawn letters, which are written as signs."""


def field(element: Any) -> str:
    """What a field of a form shows: its caption with a box that is ticked or not, what is typed in or chosen."""
    if local(element) in ("checkBtn", "radioBtn"):
        ticked = element.get("value", "").upper() in ("CHECKED", "1", "TRUE")
        return f" {'☑' if ticked else '☐'} {element.get('caption', '')} "
    if local(element) == "edit":
        return " ".join(e.text or "" for e in element.iter() if local(e) == "text")
    return str(element.get("selectedValue", ""))


def cells(table: Any) -> list[Any]:
    """The cells of a table, row by row."""
    return [c for row in table if local(row) == "tr" for c in row if local(c) == "tc"]


def shifted(text: str, char: Char) -> str:
    """A text as it stands: raised, lowered, or on the line."""
    return superscript(text) if char.raised else lowered(text) if char.lowered else text


def art(element: Any) -> str:
    """Letters that are drawn as a shape (글맵시)."""
    text = str(element.get("text", ""))
    for sign, written in _BREAKS:
        text = text.replace(sign, written)
    return text.strip()


def ruby(element: Any) -> str:
    """A word with what is written above it in small letters in brackets (덧말)."""
    main, above = ("".join(e.text or "" for e in element if local(e) == name) for name in ("mainText", "subText"))
    return f"{main}({above})" if main and above else main or above


def chosen(switch: Any) -> list[Any]:
    """Of several forms of one thing that newest programs show, else what stands there for all others."""
    for name in ("case", "default"):
        if (found := next((e for e in switch if local(e) == name), None)) is not None and len(found):
            return list(found)
    return []


def chart_of(element: Any, package: Package) -> Any:
    """The numbers behind a chart, None where their part is missing. Raises DocumentError when it is faulty."""
    part = str(element.get("chartIDRef", "")).lstrip("/")
    return package.xml(part) if local(element) == "chart" and part in package else None


def title_of(package: Package) -> str:
    """The title that the list of parts tells."""
    if "Contents/content.hpf" not in package:
        return ""
    try:
        root = package.xml("Contents/content.hpf")
    except DocumentError:
        # The list of parts is not needed; a faulty one costs no more than the title.
        return ""
    return clean_line(next((e.text or "" for e in root.iter() if local(e) == "title"), ""))
