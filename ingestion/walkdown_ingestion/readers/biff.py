"""What formulas of an .xls showed when the file was saved.

LibreOffice computes them anew as it opens the file: today's date for the day of the print, `#NAME?` for a function of
the site's own macros. A reader sees the values that were saved, so these are taken from the records and put back.
"""

import io
import struct
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

import olefile
from lxml import etree

_PASSWORD = 0x002F
_FORMULA, _STRING, _BOUND_SHEET, _BEGIN, _END = 0x0006, 0x0207, 0x0085, 0x0809, 0x000A
_WORKSHEET = 0
_BIFF8 = 0x0600
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SAME = 1e-9


class Shown(NamedTuple):
    """The type of a cell as .xlsx writes it, and its value."""

    kind: str
    text: str


Cells = dict[str, Shown]
"""The formulas of a sheet by their places (`B7`)."""


def shown_by_sheet(data: bytes) -> dict[str, Cells]:
    """The saved values of the formulas of each sheet by its name; none of a file older than Excel 97 or damaged."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            stream = file.openstream("Workbook").read() if file.exists("Workbook") else b""
        return {name: _cells(stream, start) for name, start in _sheets(stream)}
    except (OSError, struct.error, ValueError, IndexError):
        return {}


def is_locked(stream: bytes) -> bool:
    """True for a workbook under a password."""
    return any(kind == _PASSWORD for kind, _ in _records(stream, 0))


def with_shown(made: bytes, sheets: dict[str, Cells]) -> bytes:
    """The .xlsx with these values in place of those that were computed anew."""
    if not any(sheets.values()):
        return made
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        cells = {part: sheets.get(name, {}) for name, part in _parts(source)}
        for item in source.infolist():
            part = source.read(item)
            target.writestr(item, _put_back(part, cells[item.filename]) if cells.get(item.filename) else part)
    return out.getvalue()


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the stream, without what embedded charts hold."""
    depth = 0
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth == 1:
            yield kind, stream[start + 4 : start + 4 + size]
        if depth <= 0:
            return
        start += 4 + size


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    for kind, body in _records(stream, 0):
        if kind == _BEGIN and struct.unpack_from("<H", body)[0] != _BIFF8:
            return
        if kind == _BOUND_SHEET and body[5] == _WORKSHEET:
            yield _string(body[6:7] + b"\0" + body[7:]), struct.unpack_from("<I", body)[0]


def _cells(stream: bytes, start: int) -> Cells:
    found: Cells = {}
    waiting = ""
    for kind, body in _records(stream, start):
        if kind == _FORMULA:
            row, column = struct.unpack_from("<HH", body)
            place = f"{_letters(column)}{row + 1}"
            shown = _shown(body[6:14])
            waiting = place if shown is None else ""
            if shown is not None:
                found[place] = shown
        elif kind == _STRING and waiting:
            found[waiting] = Shown("str", _string(body))
            waiting = ""
    return found


def _shown(value: bytes) -> Shown | None:
    """The value of a formula, None for a text, which stands in a record of its own."""
    if value[6:] != b"\xff\xff":
        return Shown("n", repr(struct.unpack("<d", value)[0]))
    kinds = {1: Shown("b", str(value[2])), 2: Shown("e", _ERRORS.get(value[2], "#N/A")), 3: Shown("str", "")}
    return kinds.get(value[0])


def _string(body: bytes) -> str:
    length, wide = struct.unpack_from("<HB", body)
    return body[3 : 3 + 2 * length].decode("utf-16-le") if wide & 1 else body[3 : 3 + length].decode("latin-1")


def _letters(column: int) -> str:
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)


def _parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """The sheets by name, each with its part."""
    relations = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    book = etree.fromstring(archive.read("xl/workbook.xml"))
    return [(sheet.get("name", ""), f"xl/{targets.get(sheet.get(_ID), '')}") for sheet in book.iter(f"{_MAIN}sheet")]


def _put_back(part: bytes, cells: Cells) -> bytes:
    root = etree.fromstring(part, etree.XMLParser(huge_tree=True, resolve_entities=False))
    for cell in root.iter(f"{_MAIN}c"):
        shown = cells.get(cell.get("r", ""))
        if shown is None or _says(cell, shown):
            continue
        value = cell.find(f"{_MAIN}v")
        if value is None:
            value = etree.SubElement(cell, f"{_MAIN}v")
        cell.set("t", shown.kind)
        value.text = shown.text
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _says(cell: etree._Element, shown: Shown) -> bool:
    kind, text = cell.get("t", "n"), cell.findtext(f"{_MAIN}v") or ""
    if kind != "n" or shown.kind != "n":
        return (kind, text) == shown or (kind == "s" and shown.kind == "str")
    try:
        now, then = float(text), float(shown.text)
    except ValueError:
        return False
    return abs(now - then) <= _SAME * max(abs(now), abs(then))
