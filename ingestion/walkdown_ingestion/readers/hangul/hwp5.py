"""HWP 5 (compound file of compressed records) to blocks, after Hancom's published format 5.0 revision 1.3.

Records are a tree by their level: a paragraph holds its text and its controls (tables, boxes, notes), and those hold
paragraphs again. Distribution and encrypted documents are told apart, because they read as one stub sentence.
"""

import io
import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import PurePath

import olefile

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_cell, clean_line
from walkdown_ingestion.readers.base import damaged, empty
from walkdown_ingestion.readers.hangul.flow import Para, Part, Placed, TablePart, grid, write
from walkdown_ingestion.readers.hangul.hwp5_letters import mark_letters
from walkdown_ingestion.readers.hangul.hwp5_records import (
    LIST_HEADER,
    PARA_CHAR_SHAPE,
    PARA_HEADER,
    TABLE,
    DocInfo,
    Record,
    count_memos,
    inflate,
    tree,
)
from walkdown_ingestion.readers.hangul.hwp5_text import (
    COMMENT_ID,
    COUNTED_ID,
    EQUATION_ID,
    MARGIN_IDS,
    NOTE_IDS,
    TABLE_ID,
    counted,
    drawn_text,
    equation,
    note,
    paragraph_runs,
    plain_text,
    strings,
)
from walkdown_ingestion.readers.package import protected
from walkdown_ingestion.tables import inline_table

KIND = "HWP"
_COMPRESSED, _PASSWORD, _DISTRIBUTION, _DRM = 0x01, 0x02, 0x04, 0x10
_SECTION_ID = b"dces"
_OVERLAP_ID, _RUBY_ID = b"spct", b"tudt"
_CELL = struct.Struct("<HHHH")


class Body:
    """Turns the records of the sections into parts."""

    def __init__(self, info: DocInfo) -> None:
        self._info = info
        self._outline = 0
        self.parts: list[Part] = []
        self.margins: list[str] = []
        self.hidden = self.memos = 0

    def walk(self, records: Sequence[Record]) -> None:
        """The paragraphs among some records."""
        for record in records:
            if record.tag == PARA_HEADER:
                self._paragraph(record)

    def _paragraph(self, paragraph: Record) -> None:
        text: list[str] = []
        notes: list[str] = []
        later: list[Record] = []
        for run in paragraph_runs(paragraph):
            text.append(run.text)
            if run.control is not None and run.control.data[:4] in NOTE_IDS:
                notes.append(note(run.control))
            elif run.control is not None:
                text.append(self._control(run.control, later))
        # A note stands at the end: its mark often stands between a number and its unit.
        self._emit(paragraph, "".join((*text, *notes)))
        for control in later:
            self._object(control)

    def _emit(self, paragraph: Record, text: str) -> None:
        if not text.strip():
            return
        char = self._info.char(_main_shape(paragraph))
        if 0 < char.size <= 1.5:
            self.hidden += len(text.strip())
            return
        level, marker, depth = self._number(paragraph)
        self.parts.append(Para(text, level, marker, depth, char.size, char.bold))

    def _number(self, paragraph: Record) -> tuple[int, str, int]:
        """The outline level of a paragraph with text, the number or bullet before it, and its depth."""
        shape_id, style_id = struct.unpack_from("<HB", paragraph.data.ljust(11, b"\0"), 8)
        head = self._info.head(shape_id)
        level, marker = self._info.outline(style_id), ""
        if head.kind == "OUTLINE":
            level = head.level + 1
            marker = self._info.number(self._outline, level)
        elif head.kind == "NUMBER":
            marker = self._info.number(head.number, head.level + 1)
        elif head.kind == "BULLET":
            marker = self._info.bullet(head.number)
        return level, marker, head.level

    def _cell_number(self, paragraph: Record) -> str:
        return self._number(paragraph)[1]

    def _control(self, control: Record, later: list[Record]) -> str:
        """The text of a control that stands in the line; tables and boxes are put off until the line is written."""
        kind = control.data[:4]
        if kind == _SECTION_ID and len(control.data) >= 20:
            self._outline = struct.unpack_from("<H", control.data, 18)[0]
        elif kind in MARGIN_IDS:
            self.margins.append(plain_text(control))
        elif kind in (EQUATION_ID, COUNTED_ID):
            return equation(control) if kind == EQUATION_ID else counted(control)
        elif kind in (_RUBY_ID, _OVERLAP_ID):
            return strings(control.data[4:], 2 if kind == _RUBY_ID else 1)
        elif kind == COMMENT_ID:
            self.memos += 1
        else:
            later.append(control)
        return ""

    def _object(self, control: Record) -> None:
        """A table with its caption, or the text of a drawn shape."""
        if control.data[:4] != TABLE_ID:
            for child in control.children:
                self._shape(child)
            return
        before = _until_table(control.children)
        caption = clean_line(" ".join(plain_text(r) for r in before if r.tag == PARA_HEADER))
        if caption:
            self.parts.append(Para(caption, caption=True))
        cells = list(_cells(control.children[len(before) :]))
        if len(cells) == 1:
            self.walk(cells[0][1])
        else:
            self.parts.append(self._table_part(cells))

    def _nested(self, control: Record) -> str:
        """A table in a cell in one line, row by row under its own header."""
        cells = list(_cells(control.children[len(_until_table(control.children)) :]))
        part = self._table_part(cells)
        return (
            inline_table(part.rows, part.header)
            if len(cells) > 1
            else plain_text(control, self._nested, self._cell_number)
        )

    def _table_part(self, cells: Sequence[tuple[Record, list[Record]]]) -> TablePart:
        """The cells of a table as a table."""
        placed = []
        for record, paragraphs in cells:
            if len(record.data) < 16:
                continue
            column, row, columns, rows = _CELL.unpack_from(record.data, 8)
            text = clean_cell("\n".join(plain_text(p, self._nested, self._cell_number) for p in paragraphs))
            flags = struct.unpack_from("<I", record.data, 4)[0]
            # Bit 18 of the list header marks a cell of the title row.
            placed.append(Placed(row, column, max(rows, 1), max(columns, 1), text, bool(flags & (1 << 18))))
        return grid(placed)

    def _shape(self, record: Record) -> None:
        if record.tag == PARA_HEADER:
            self._paragraph(record)
            return
        if text := drawn_text(record):
            self.parts.append(Para(text))
        for child in record.children:
            self._shape(child)


def _until_table(records: Sequence[Record]) -> Sequence[Record]:
    at = next((i for i, r in enumerate(records) if r.tag == TABLE), 0)
    return records[:at]


def _cells(records: Sequence[Record]) -> Iterator[tuple[Record, list[Record]]]:
    """The cells of a table: the record of each and its paragraphs, which follow it on the same level."""
    cell: Record | None = None
    held: list[Record] = []
    for record in records:
        if record.tag == LIST_HEADER:
            if cell is not None:
                yield cell, held
            cell, held = record, []
        elif record.tag == PARA_HEADER:
            held.append(record)
    if cell is not None:
        yield cell, held


def _main_shape(paragraph: Record) -> int:
    """The character shape that most of a paragraph is set in."""
    found = next((r for r in paragraph.children if r.tag == PARA_CHAR_SHAPE), None)
    if found is None or len(found.data) < 8:
        return -1
    count = len(found.data) // 8
    pairs = [struct.unpack_from("<II", found.data, 8 * i) for i in range(count)]
    end = struct.unpack_from("<I", paragraph.data.ljust(4, b"\0"))[0] & 0x7FFFFFFF
    lengths: dict[int, int] = {}
    for (start, shape), (stop, _) in zip(pairs, [*pairs[1:], (end, 0)], strict=True):
        lengths[shape] = lengths.get(shape, 0) + max(stop - start, 0)
    return max(lengths, key=lengths.__getitem__)


def _check(flags: int, name: str) -> None:
    if flags & (_PASSWORD | _DRM):
        raise protected(name)
    if flags & _DISTRIBUTION:
        raise DocumentError(
            f"{name} is a distribution document (배포용 문서), whose text is locked.",
            "Ask its author for the editable original, or print it to PDF in Hangul and ingest that.",
        )


def _stream(file: olefile.OleFileIO, path: str, *, compressed: bool, name: str) -> bytes:
    with file.openstream(path) as stream:
        data: bytes = stream.read()
    return inflate(data, name) if compressed else data


def read(data: bytes, name: str) -> ParsedDocument:
    """Read an HWP 5 document. Raises DocumentError when it is damaged, locked, encrypted, a bomb or empty."""
    try:
        return _read(data, name)
    except (struct.error, zlib.error, OSError, ValueError, IndexError, TypeError, AttributeError) as error:
        raise damaged(name, KIND, error) from error


def _read(data: bytes, name: str) -> ParsedDocument:
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        header = _stream(file, "FileHeader", compressed=False, name=name)
        if not header.startswith(b"HWP Document File"):
            raise damaged(name, KIND, "its header is not one of Hangul")
        flags = struct.unpack_from("<I", header, 36)[0]
        _check(flags, name)
        compressed = bool(flags & _COMPRESSED)
        info = DocInfo(tree(_stream(file, "DocInfo", compressed=compressed, name=name)))
        body, struck = Body(info), 0
        sections = [e for e in file.listdir() if e[0] == "BodyText" and len(e) == 2]
        for entry in sorted(sections, key=lambda e: (len(e[1]), e[1])):
            records = tree(_stream(file, "/".join(entry), compressed=compressed, name=name))
            struck += mark_letters(records, info)
            body.memos += count_memos(records)
            body.walk(records)
        title = _title(file)
    builder = BlockBuilder()
    write(body.parts, builder)
    if not builder.blocks:
        # All that is said stands in the header or footer.
        write([Para(text) for text in body.margins], builder)
    if not builder.blocks:
        raise empty(name)
    first = next((b.text for b in builder.blocks if b.level and not b.heading_path), "")
    told = [f"{body.hidden} characters that no reader of the page can see were left out"] if body.hidden else []
    told += [f"{struck} characters that are struck through were left out"] if struck else []
    told += [f"{body.memos} memos were left out"] if body.memos else []
    metadata = {"property.title": title, "margins": "\n".join(dict.fromkeys(filter(None, body.margins)))}
    return ParsedDocument(
        title=first or title or PurePath(name).stem,
        blocks=tuple(builder.blocks),
        warnings=tuple(told),
        metadata={key: value for key, value in metadata.items() if value},
    )


def _title(file: olefile.OleFileIO) -> str:
    """The title in the summary information; its strings are UTF-16 in HWP."""
    try:
        value = file.getproperties("\x05HwpSummaryInformation").get(2, "")
    except Exception:  # noqa: BLE001 - olefile raises whatever a faulty summary leads it to; only the title is lost
        return ""
    # olefile reads on over the strings that follow.
    return clean_line(value.split("\0")[0] if isinstance(value, str) else "")
