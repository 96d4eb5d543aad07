"""What stands around the cells of a sheet: boxes and charts drawn on it, the margins of the printed page, comments.

Notes such as "all set points in barg" stand in boxes, document number and revision in the head of the printed page.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from walkdown_ingestion.clean import clean_line, clean_paragraph
from walkdown_ingestion.readers.diagrams import diagram_texts
from walkdown_ingestion.readers.package import Package
from walkdown_ingestion.readers.pptx_furniture import run_text

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_NUMBERED = re.compile(r"(?:page|쪽|p\.)?\s*&(?:P|\[Page\])\s*(?:(?:of|/|-)\s*&(?:N|\[Pages\]))?", re.IGNORECASE)
_CODES = re.compile(r"&(&)|&(?:\[[A-Za-z]+\]|[A-Za-z])(?:[+-]\d+)?")
_PARTS = ("left", "center", "right")


def _parts_of(package: Package, sheet: Any, kind: str) -> Iterator[Any]:
    """The roots of the parts of one kind that belong to a sheet."""
    path = sheet._worksheet_path  # noqa: SLF001 - not read by openpyxl from a stream
    return (package.xml(found) for found in _paths(package, path, kind))


def _paths(package: Package, path: str, kind: str) -> Iterator[str]:
    """The paths of the parts of one kind that a part names."""
    folder, _, file = path.lstrip("/").rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    for relation in package.xml(relations) if relations in package else ():
        if str(relation.get("Type", "")).endswith(f"/{kind}") and relation.get("TargetMode") != "External":
            found = posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", ""))).lstrip("/")
            if found in package:
                yield found


def charts(package: Package, path: str) -> Iterator[Any]:
    """The charts drawn on a sheet, or that are one."""
    for drawing in _paths(package, path, "drawing"):
        yield from (package.xml(chart) for chart in _paths(package, drawing, "chart"))


def chart_sheets(package: Package) -> list[str]:
    """The paths of the sheets that are only a chart and are not hidden."""
    if any(part not in package for part in _WORKBOOK):
        return []
    shown = {e.get(_ID): e.get("state", "visible") for e in package.xml(_WORKBOOK[0]).iter("{*}sheet")}
    found = []
    for relation in package.xml(_WORKBOOK[1]):
        if str(relation.get("Type", "")).endswith("/chartsheet") and shown.get(relation.get("Id")) == "visible":
            target = posixpath.join("/xl", relation.get("Target", ""))
            found.append(posixpath.normpath(target).lstrip("/"))
    return found


def comments(package: Package, sheet: Any) -> int:
    """How many comments stand on the cells of a sheet."""
    return sum(1 for root in _parts_of(package, sheet, "comments") for _ in root.iter("{*}comment"))


def box_texts(package: Package, sheet: Any) -> list[str]:
    """The texts of the boxes drawn on a sheet, from top to bottom."""
    found: list[tuple[int, int, str]] = []
    for root in _parts_of(package, sheet, "drawing"):
        for anchor in root:
            place = anchor.find(f"{_DRAWN}from")
            row, column = (int(place.findtext(f"{_DRAWN}{n}") or 0) if place is not None else 0 for n in ("row", "col"))
            for shape in anchor.iter(f"{_DRAWN}sp"):
                # What stands in for a shape in old programs says the same again.
                if not any(e.tag == _FALLBACK for e in shape.iterancestors()) and (text := _shape_text(shape)):
                    found.append((row, column, text))
    return [text for _, _, text in sorted(found, key=lambda one: one[:2])]


def diagrams(package: Package, path: str) -> list[str]:
    """The texts of the diagrams (SmartArt) drawn on a sheet."""
    drawn = (found for drawing in _paths(package, path, "drawing") for found in _paths(package, drawing, "diagramData"))
    return [text for found in drawn for text in diagram_texts(package.xml(found))]


def objects(package: Package, path: str) -> Counter[str]:
    """The objects embedded in a sheet, of which it shows a picture only, by the suffix of their part."""
    return Counter(
        posixpath.splitext(found)[1] for kind in ("oleObject", "package") for found in _paths(package, path, kind)
    )


def _shape_text(shape: Any) -> str:
    properties = shape.find(f"{_DRAWN}nvSpPr/{_DRAWN}cNvPr")
    if properties is not None and properties.get("hidden") in ("1", "true"):
        return ""
    paragraphs = shape.iter(f"{_A}p")
    parts = ("".join(run_text(r) for r in p if r.tag in (f"{_A}r", f"{_A}fld")) for p in paragraphs)
    return clean_paragraph("\n".join(parts))


def margins(header_footer: Any) -> list[str]:
    """What a sheet prints at the head and foot of its pages, without numbers of pages and the like."""
    lines = []
    for item in ("oddHeader", "firstHeader", "evenHeader", "oddFooter", "firstFooter", "evenFooter"):
        parts = [getattr(getattr(header_footer, item, None), part, None) for part in _PARTS]
        texts = [part.text or "" for part in parts if part is not None]
        lines += [
            clean_line(_CODES.sub(lambda m: m[1] or " ", _NUMBERED.sub(" ", line)))
            for text in texts
            for line in text.split("\n")
        ]
    return [line for line in dict.fromkeys(lines) if any(c.isalnum() for c in line)]
