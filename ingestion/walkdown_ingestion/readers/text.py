"""Plain text to blocks: paragraphs at empty lines, numbered and all-capital lines as headings, list items."""

import re

from walkdown.documents import BlockKind, ParsedDocument
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_text
from walkdown_ingestion.decoding import decode
from walkdown_ingestion.readers.base import empty, join_wrapped
from walkdown_ingestion.readers.text_boxes import drawn_table
from walkdown_ingestion.readers.text_tables import delimited_inside, is_columned, names_above, table_inside, text_table

_ITEM = re.compile(
    r"(?P<indent>\s*)(?P<marker>[-•·▪◦*○●]|\(?\d{1,3}[.)]|\([a-z가-하]\)|[가-하][.)]|[a-z]\)|[①-⑳])\s+(?P<text>\S.*)"
)
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?P<text>\S.{0,78})")
_CHAPTER = re.compile(
    r"제\s?\d+\s?(?P<unit>[편장절조관])|(?:chapter|section|part|article|annex|appendix)\s+[\dIVXA-Z]", re.IGNORECASE
)
_KOREAN_LEVELS = {"편": 2, "장": 3, "절": 4, "관": 5, "조": 6}
_CAPITALS = 1
_BELOW_NUMBERED = 6
_SIGNALS = frozenset({"WARNING", "CAUTION", "DANGER", "NOTE", "NOTICE", "END"})
_COLOURS = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")
"""What makes a terminal show a line of a log in red."""
_UNDERLINE = re.compile(r"(?:={3,}|-{3,}|_{3,}|\*{3,}|─{3,}|━{3,})")


def heading_level(line: str) -> int:
    """Level of a line that reads like a heading (all capitals 1, `1.` 2, `1.1` 3, Korean chapters), or 0."""
    line = line.strip()
    if len(line) > 90 or line.endswith((".", ",", ";", "다", "음", "함", ":")):
        return 0
    if (match := _CHAPTER.match(line)) is not None:
        return _KOREAN_LEVELS.get(match["unit"] or "", 2)
    if (match := _NUMBERED.fullmatch(line)) is not None and re.search(r"[^\W\d_]{2}", match["text"]):
        return match["number"].count(".") + 2
    letters = [c for c in line if c.isalpha()]
    if len(letters) >= 4 and all(c.isupper() for c in letters) and not any(c.isdigit() for c in line):
        return 0 if line.split()[0] in _SIGNALS else _CAPITALS
    return 0


def _groups(text: str) -> list[list[str]]:
    """Runs of non-empty lines; a line of dashes or the like separates as well."""
    groups: list[list[str]] = [[]]
    for line in text.split("\n"):
        if not line.strip() or _UNDERLINE.fullmatch(line.strip()):
            groups.append([])
        else:
            groups[-1].append(line)
    return [group for group in groups if group]


def _append_group(group: list[str], builder: BlockBuilder) -> None:
    """One run of lines: a table, text, or a table with text around it."""
    if (drawn := drawn_table(group)) is not None:
        begin, end, rows = drawn
        if begin:
            _append_group(group[:begin], builder)
        builder.table(rows)
        if group[end:]:
            _append_group(group[end:], builder)
        return
    if (found := text_table(group)) is not None:
        above, rows, header = found
        for line in above:
            builder.paragraph(line)
        builder.table(rows, header)
        return
    cut = delimited_inside(group)
    if (inside := cut or table_inside(group)) is not None:
        begin, end, rows = inside
        if begin:
            _append_group(group[:begin], builder)
        builder.table(rows, None if cut else 1)
        if group[end:]:
            _append_group(group[end:], builder)
        return
    _append_text(group, builder)


def _append_text(group: list[str], builder: BlockBuilder) -> None:
    """An opening heading, then paragraphs and items with the lines that continue them."""
    others = group[1:]
    numbered = any(_NUMBERED.fullmatch(line.strip()) for line in others)
    wrapped = bool(_ITEM.fullmatch(group[0])) and any(
        line[:1].isspace() and not _ITEM.fullmatch(line) for line in others
    )
    if "  " not in group[0].strip() and not numbered and not wrapped and (level := heading_level(group[0])):
        if level == _CAPITALS and any(b.level > _CAPITALS for b in builder.blocks):
            level = _BELOW_NUMBERED
        builder.heading(group[0], level)
        group = others
    units: list[tuple[re.Match[str] | None, list[str]]] = []
    for line in group:
        item = _ITEM.fullmatch(line)
        if item:
            units.append((item, [item["text"]]))
        elif units and (units[-1][0] is None or line[:1].isspace()):
            units[-1][1].append(line)
        else:
            units.append((None, [line]))
    for item, lines in units:
        if item:
            depth = min(len(item["indent"].expandtabs(4)) // 2, 4)
            builder.item(item["marker"], join_wrapped(lines), depth)
        else:
            builder.paragraph("\n".join(lines) if is_columned(lines) else join_wrapped(lines))


def parse_text(text: str, *, title: str = "") -> ParsedDocument:
    """Blocks of a plain text."""
    builder = BlockBuilder()
    groups = _groups(clean_text(text))
    while groups:
        group = groups.pop(0)
        if len(group) == 1 and groups and (rows := names_above(group[0], groups[0])) is not None:
            builder.table(rows, 1)
            groups.pop(0)
        else:
            _append_group(group, builder)
    first = builder.blocks[0] if builder.blocks else None
    if not title and first is not None and first.kind is BlockKind.HEADING:
        title = first.text
    return ParsedDocument(title=title, blocks=tuple(builder.blocks))


def read(data: bytes, name: str) -> ParsedDocument:
    """Read a text file in UTF-8, UTF-16 or a legacy encoding."""
    decoded = decode(data, name)
    document = parse_text(_COLOURS.sub("", decoded.text))
    if not document.blocks:
        raise empty(name)
    return document.model_copy(update={"warnings": decoded.told}) if decoded.told else document
