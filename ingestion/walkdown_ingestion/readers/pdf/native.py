"""PDF bytes to pages by liteparse (PDFium inside): visible words with their boxes and styles, and drawn rules."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from liteparse import LiteParse, ParseError

from walkdown.errors import DocumentError
from walkdown_ingestion.clean import clean_line, invisible_count, superscript
from walkdown_ingestion.readers.base import damaged
from walkdown_ingestion.readers.pdf.cut import split_at_rules
from walkdown_ingestion.readers.pdf.drawn import drawn_rules
from walkdown_ingestion.readers.pdf.glyphs import Glyphs, PageGlyphs
from walkdown_ingestion.readers.pdf.left_out import left_out
from walkdown_ingestion.readers.pdf.lowered import with_lowered_in_place
from walkdown_ingestion.readers.pdf.notes import with_notes
from walkdown_ingestion.readers.pdf.outline import without_circles
from walkdown_ingestion.readers.pdf.page import Extent, Page, Segment, Word
from walkdown_ingestion.readers.pdf.raised import apply_raised, glued
from walkdown_ingestion.readers.pdf.rewriting import without_unseen
from walkdown_ingestion.readers.pdf.set_wide import with_letters_joined
from walkdown_ingestion.readers.pdf.singly import is_set_singly, touch
from walkdown_ingestion.readers.pdf.slanted import without_diagonal
from walkdown_ingestion.readers.pdf.struck import without_struck
from walkdown_ingestion.readers.pdf.ticks import with_drawn_boxes
from walkdown_ingestion.readers.pdf.touching import numbers_joined
from walkdown_ingestion.readers.pdf.turning import turned_upright
from walkdown_ingestion.readers.pdf.unmapped import unmapped_share

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|semib|,b\b|-b\b|gothicb|고딕b", re.IGNORECASE)
_BOLD_WEIGHT = 600
_UNKNOWN = re.compile(r"[\ue000-\uf8ff\ufffd]")
_GARBLED_SHARE, _MOST_UNMAPPED = 0.02, 0.3
_MIN_SIZE, _FLAT = 1.5, 1.0
_LIGHT = 0xF0
_HALF_TURN = 180
_HEAD = 1024
_TOUCHES, _SMALLER, _SIGNED = 0.08, 0.8, 0.86
_EXPONENT = re.compile(r"[-−–]\d{1,2}")
"""A raised figure with a sign, which browsers print little smaller: 10⁻³ is no 10-3."""
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁾°")


def _parser() -> LiteParse:
    return LiteParse(
        ocr_enabled=False,
        quiet=True,
        output_format="json",
        keep_headers_footers=True,
        emit_word_boxes=True,
        extract_text_metadata=True,
        extract_vector_graphics=True,
        extract_document_metadata=True,
        include_complexity=True,
        continue_on_page_error=True,
        extract_annotations=True,
        extract_form_fields=True,
    )


def _parsed(data: bytes) -> Any:
    result = _parser().parse(data)
    for page in result.pages:
        page.text_items = without_diagonal(page.text_items)
    return result


def _is_light(colour: str | None) -> bool:
    """True for white and nearly white `aarrggbb`."""
    return bool(colour) and len(str(colour)) == 8 and min(bytes.fromhex(str(colour)[2:])) >= _LIGHT


def _is_transparent(colour: str | None) -> bool:
    return bool(colour) and str(colour)[:2] == "00"


def _grounds(shapes: Iterable[Any]) -> list[Extent]:
    """Areas filled with a colour that white text can be read on."""
    return [
        Extent(s.bbox[0], s.bbox[1], s.bbox[0] + s.bbox[2], s.bbox[1] + s.bbox[3])
        for s in shapes
        if s.fill and not _is_light(s.fill_color) and s.bbox[2] > 4 and s.bbox[3] > 4
    ]


def _is_hidden(item: Any, page: Any, grounds: list[Extent], images: bool) -> bool:
    """True for text that a reader of the page cannot see: transparent, minute, off the page, white on white."""
    x, y = item.x + item.width / 2, item.y + item.height / 2
    if _size(item) < _MIN_SIZE or (item.height < _FLAT and not _is_dash(item)):
        return True
    if not (-2 <= x <= page.width + 2 and -2 <= y <= page.height + 2):
        return True
    if _is_transparent(item.fill_color):
        return True
    return _is_light(item.fill_color) and not images and not any(ground.holds(x, y) for ground in grounds)


def _size(item: Any) -> float:
    """Height of the font as shown; `font_size` alone does not know of scaling by the page."""
    return float(item.font_height or item.font_size or item.height)


def _is_dash(item: Any) -> bool:
    """True for signs such as the dash of `80 – 85`, whose box may be as low as its stroke is thick."""
    return not any(c.isalnum() for c in item.text)


def _words(item: Any, singly: bool) -> Iterator[Word]:
    """The words of an item; pieces that its text joins without a space are one word, but of text that is turned.

    `singly`: the glyphs of the page are placed one by one, and those that touch are one word as well.
    """
    position, open_word, before = 0, None, item
    for part in item.words or [item]:
        at = item.text.find(part.text, position)
        joined = at == position or (singly and touch(before, part, _size(item)))
        glued, before = open_word is not None and joined and not _is_turned(item), part
        position = max(at, position) + len(part.text)
        text = clean_line(part.text)
        grown = (_size(item) - part.height) / 2 if part.height < _FLAT else 0.0
        box = (part.x, part.y - grown, part.x + max(part.width, 0.1), part.y + part.height + grown)
        if glued and open_word is not None:
            _, x0, y0, x1, y1, _ = open_word
            open_word = Word(open_word.text + text, x0, min(y0, box[1]), max(x1, box[2]), max(y1, box[3]))
            continue
        if open_word is not None and open_word.text:
            yield open_word
        # A part may hold several words where a control character stands for the space.
        open_word = Word(text, *box)
    if open_word is not None and open_word.text:
        yield open_word


def _is_turned(item: Any) -> bool:
    """True for text that does not run from left to right, such as a label at the edge of the page."""
    return bool(10 < abs(item.rotation or 0.0) % 360 < 350)


def _runs_otherwise(page: Any) -> bool:
    """True when most of a page's text does not run from left to right."""
    letters = [(len(item.text), _is_turned(item)) for item in page.text_items]
    return sum(n for n, turned in letters if turned) > 2 * sum(n for n, turned in letters if not turned)


def _segments(page: Any) -> tuple[list[Segment], list[Segment], int]:
    """The visible upright text of a page, the text that is turned, and how many characters were hidden."""
    shapes = page.vector_graphics.shapes if page.vector_graphics else ()
    grounds = _grounds(shapes)
    images = bool(page.complexity and (page.complexity.image_block_count or page.complexity.full_page_image))
    segments: list[Segment] = []
    turned: list[Segment] = []
    hidden, singly = 0, is_set_singly(page)
    for item in page.text_items:
        hidden += invisible_count(item.text)
        if _is_hidden(item, page, grounds, images):
            hidden += len(item.text.strip())
            continue
        bold = (item.font_weight or 400) >= _BOLD_WEIGHT or bool(_BOLD_NAME.search(item.font_name or ""))
        words = tuple(word._replace(bold=bold) for word in _words(item, singly))
        if words and _is_turned(item):
            turned.append(Segment(words, round(_size(item), 1), bold, (item.rotation or 0.0) % 360 < _HALF_TURN))
        elif words:
            segments.append(Segment(words, round(_size(item), 1), bold))
    return segments, turned, hidden


def raise_superscripts(segments: list[Segment]) -> list[Segment]:
    """Small raised digits join the word before them as superscripts: 10 and a raised 5 must not read 105."""
    out: list[Segment] = []
    for segment in segments:
        base = out[-1] if out else None
        raised = (
            base is not None
            and segment.size <= (_SIGNED if _EXPONENT.fullmatch(segment.text) else _SMALLER) * base.size
            and len(segment.text) <= 4
            and superscript(segment.text) != segment.text
            and -0.5 <= segment.x0 - base.x1 <= 0.35 * base.size
            and segment.y1 < base.y1 - 0.15 * base.size
            and segment.y1 > base.y0
        )
        if base is not None and raised:
            last = base.words[-1]
            joined = last._replace(text=last.text + superscript(segment.text), x1=segment.x1)
            out[-1] = base._replace(words=(*base.words[:-1], joined))
        elif base is not None and _ends_raised(base) and _goes_on(base, segment):
            first = segment.words[0]
            joined = base.words[-1]._replace(text=base.words[-1].text + first.text, x1=first.x1)
            out[-1] = base._replace(words=(*base.words[:-1], joined, *segment.words[1:]))
        else:
            out.append(segment)
    return out


def _ends_raised(segment: Segment) -> bool:
    return segment.text[-1] in _RAISED


def _goes_on(base: Segment, segment: Segment) -> bool:
    """True for text that stands right behind a raised figure on the line below it: the `/h` of m³/h."""
    beside = -0.5 <= segment.x0 - base.x1 <= _TOUCHES * base.size
    return beside and abs(segment.size - base.size) < 0.5 and abs(segment.y1 - base.y1) < 0.3 * base.size


def _page(native: Any, glyphs: PageGlyphs | None) -> Page:
    found, turned, hidden = _segments(native)
    if glyphs is not None:
        found = [s._replace(words=tuple(glyphs.corrected(glyphs.singled(word)) for word in s.words)) for s in found]
        found = with_lowered_in_place(numbers_joined(found), glyphs)
        found = [*found, *left_out(native, glyphs, found)]
    rules = drawn_rules(native, _is_light)
    raised = list(glyphs.raised()) if glyphs is not None else []
    segments, unplaced = apply_raised(raise_superscripts(found), raised)
    segments, rules, struck = without_struck(glued(segments), rules, glyphs.split_at if glyphs is not None else None)
    segments = with_letters_joined(split_at_rules(segments, rules, glyphs))
    segments, rules = with_drawn_boxes(native, segments, rules)
    segments, struck_by_hand, comments, stamps = with_notes(native, segments)
    unmapped = unmapped_share(glyphs.textpage) if glyphs is not None else 0.0
    return Page(
        number=native.page_num,
        width=native.width,
        height=native.height,
        segments=tuple(segments),
        rules=rules,
        scanned=_is_scanned(native, segments, turned, glyphs),
        hidden=hidden,
        unplaced=unplaced,
        struck=struck + struck_by_hand,
        comments=comments,
        stamps=tuple(stamps),
        turned=tuple(turned),
        garbled=_is_garbled(segments) or unmapped > _MOST_UNMAPPED,
        unmapped=unmapped,
    )


def _is_scanned(native: Any, segments: Sequence[Segment], turned: Sequence[Segment], glyphs: PageGlyphs | None) -> bool:
    """True for a page that shows a picture and has next to no text, or no text and anything drawn on it at all."""
    stats = native.complexity
    image = bool(stats and (stats.full_page_image or stats.image_coverage > 0.3))
    letters = sum(len(s.text) for s in (*segments, *turned))
    return letters < 25 if image else letters == 0 and glyphs is not None and glyphs.is_drawn


def _is_garbled(segments: Sequence[Segment]) -> bool:
    """True when many glyphs have no known character: the text layer cannot be trusted."""
    text = "".join(word.text for segment in segments for word in segment.words)
    return len(_UNKNOWN.findall(text)) > _GARBLED_SHARE * len(text)


def load(data: bytes, name: str) -> tuple[list[Page], list[int]]:
    """The pages of a PDF, and the numbers of those that could not be read.

    Raises DocumentError when it needs a password or is damaged.
    """
    # What stands before the head of the file is none of it; places in it are counted from there.
    seen = without_unseen(without_circles(data[max(data.find(b"%PDF-", 0, _HEAD), 0) :]))
    data = seen.data
    try:
        result = _parsed(data)
        sideways = [page.page_num for page in result.pages if _runs_otherwise(page)]
        data, turns = turned_upright(data, sideways) if sideways else (data, {})
        result = _parsed(data) if turns else result
    except ParseError as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise DocumentError(
                f"{name} is protected by a password.",
                "Save a copy without the password in the program it was made with, then ingest the copy.",
            ) from error
        raise damaged(name, "PDF", error) from error
    with Glyphs(data) as glyphs:
        found = [_page(page, glyphs.page(page.page_num)) for page in result.pages]
    pages = [
        page._replace(
            quarter=turns.get(page.number, 0),
            covered=seen.covered.get(page.number, 0),
            switched_off=seen.switched_off.get(page.number, 0),
            stamps=(*seen.stamped.get(page.number, ()), *page.stamps),
        )
        for page in found
    ]
    return pages, [error.page_num for error in result.page_errors]
