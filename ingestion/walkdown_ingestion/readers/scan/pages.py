"""From the picture of a page to a page of words and rules, as the layout step takes it, and back to places on the page.

A page is straightened first; when it reads poorly, its orientation is asked for. The first page decides the languages
of the others.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from PIL import Image

from walkdown.documents import Block, Box, Figure
from walkdown.text.languages import detect_language
from walkdown_ingestion.readers.pdf.page import Extent, Page, Segment, Word
from walkdown_ingestion.readers.scan import tesseract
from walkdown_ingestion.readers.scan.decimals import doubted
from walkdown_ingestion.readers.scan.figures import figures
from walkdown_ingestion.readers.scan.picture import Straight, straighten
from walkdown_ingestion.readers.scan.reading import Text, read
from walkdown_ingestion.readers.scan.specks import without_specks
from walkdown_ingestion.readers.scan.tesseract import Read

DPI = 300
MAX_PIXELS = 26_000_000
"""A page of A4 at 300 dpi has 8.7 million; larger ones are read at less."""
DEFAULT = ("kor", "eng")
BY_LANGUAGE = {"ko": DEFAULT, "en": ("eng",), "ja": ("jpn", "eng"), "zh": ("chi_sim", "eng"), "es": ("spa", "eng")}
BY_SCRIPT = {
    "Japanese": ("jpn", "eng"), "Hiragana": ("jpn", "eng"), "Katakana": ("jpn", "eng"), "Han": ("chi_sim", "eng"),
    "HanS": ("chi_sim", "eng"), "HanT": ("chi_sim", "eng"), "Korean": DEFAULT, "Hangul": DEFAULT,
}  # fmt: skip
DOUBT = "(?)"
"""Follows a figure that could not be read surely."""
_DOUBTFUL = 0.5
_GOOD, _POOR = 0.80, 0.62
_TURNED = 1.0
_WIDE_GAP = 1.3
_LARGE = 1.3
_FEW = 8
_HANGUL = re.compile(r"[가-힣]{2}")
_LIKE_DIGITS = str.maketrans("OoIlS", "00115")
_TAIL = re.compile(r"[0-9OoIlS]+$")
_MIXED = re.compile(r"(?=.*\d)(?=.*[A-Z])[A-Z0-9][A-Z0-9-]{3,}")


class Scan(NamedTuple):
    """A page that was read: as the layout step takes it, how it was turned, and the words with their confidence."""

    page: Page
    straight: Straight
    scale: float
    words: tuple[tuple[Word, float], ...]
    size: tuple[float, float]
    """Width and height in points of the page as it is filed."""
    figures: tuple[tuple[Extent, Figure], ...] = ()
    """The words with digits, with their places on the upright page."""

    @property
    def confidence(self) -> float:
        """Mean confidence of the words by characters."""
        total = sum(len(word.text) for word, _ in self.words)
        return sum(len(word.text) * sure for word, sure in self.words) / total if total else 0.0

    def place(self, box: Box) -> Box:
        """A box of the upright page on the page as it is filed."""
        corners = [(box.x0, box.y0), (box.x1, box.y0), (box.x0, box.y1), (box.x1, box.y1)]
        found = [self.straight.origin(x * self.scale, y * self.scale) for x, y in corners]
        xs = [min(max(x / self.scale, 0.0), self.size[0]) for x, _ in found]
        ys = [min(max(y / self.scale, 0.0), self.size[1]) for _, y in found]
        return Box(
            page=box.page, x0=round(min(xs), 1), y0=round(min(ys), 1), x1=round(max(xs), 1), y1=round(max(ys), 1)
        )

    def sure(self, boxes: Iterable[Box]) -> float | None:
        """How sure the words inside some boxes of the upright page are; None where there are none."""
        held = [
            (len(word.text), sure)
            for word, sure in self.words
            if any(Extent(b.x0, b.y0, b.x1, b.y1).holds(*word.middle) for b in boxes if b.page == self.page.number)
        ]
        total = sum(length for length, _ in held)
        return round(sum(length * sure for length, sure in held) / total, 3) if total else None

    def figures_in(self, boxes: Iterable[Box]) -> list[Figure]:
        """The figures inside some boxes of the upright page."""
        areas = [Extent(b.x0, b.y0, b.x1, b.y1) for b in boxes if b.page == self.page.number]
        return [
            figure
            for place, figure in self.figures
            if any(area.holds((place.x0 + place.x1) / 2, (place.y0 + place.y1) / 2) for area in areas)
        ]


def languages_for(hint: str) -> tuple[str, ...]:
    """Languages to read a document in of which some text is known; Korean and English without."""
    return BY_LANGUAGE[detect_language(hint)] if len(hint.strip()) > 200 else DEFAULT


def _plain(text: Text) -> str:
    return " ".join(word.text for word in text.words if word.confidence > 0.5)


def read_page(
    picture: Image.Image, number: int, size: tuple[float, float], wanted: Sequence[str]
) -> tuple[Scan, tuple[str, ...]]:
    """Read the gray picture of a page of `size` points; also the languages that the next page is best read in."""
    picture = without_specks(picture)
    scale = float(picture.info["dpi"][0]) / 72
    straight = straighten(picture)
    text = read(straight.picture, wanted)
    chosen = tuple(wanted)
    if text.confidence < _GOOD or len(text.words) < _FEW:
        straight, text, chosen = _better(picture, straight, text, chosen)
    if chosen == DEFAULT and not _HANGUL.search(_plain(text)):
        # In Korean and English at once `°C` reads `“6`, and without the Spanish letters `presión` reads `presi6n`.
        chosen = BY_LANGUAGE["es" if detect_language(_plain(text)) == "es" else "en"]
        text = read(straight.picture, chosen)
    scan = _scan(text, straight, scale, number, size)
    return scan._replace(figures=tuple(_figures(text, scan, chosen))), chosen


def _figures(text: Text, scan: Scan, wanted: Sequence[str]) -> Iterator[tuple[Extent, Figure]]:
    for word, other in figures(text.clean, text.words, wanted):
        area = Extent(*(v / scan.scale for v in (word.x0, word.y0, word.x1, word.y1)))
        box = scan.place(area.box(scan.page))
        yield area, Figure(text=word.text, confidence=round(word.confidence, 2), other=other, box=box)


def _better(
    picture: Image.Image, straight: Straight, text: Text, wanted: tuple[str, ...]
) -> tuple[Straight, Text, tuple[str, ...]]:
    """A page that reads poorly, turned upright and in the language of its script, where that reads better."""
    found = tesseract.orientation(picture)
    best = (straight, text, wanted)
    tries: list[tuple[int, tuple[str, ...]]] = []
    if found is not None:
        script = BY_SCRIPT.get(found.script, wanted)
        quarter = found.rotate // 90 if found.confidence >= _TURNED else 0
        tries += [(quarter, script)] if quarter or script != wanted else []
    if not tries and text.confidence < _POOR:
        tries = [(quarter, wanted) for quarter in (1, 3, 2)]
    for quarter, languages in tries:
        turned = straighten(picture, quarter)
        other = read(turned.picture, languages)
        if _worth(other) > _worth(best[1]):
            best = (turned, other, languages)
        if other.confidence > _GOOD:
            break
    return best


def _worth(text: Text) -> float:
    return sum(len(word.text) * (word.confidence - 0.4) for word in text.words)


def _scan(text: Text, straight: Straight, scale: float, number: int, size: tuple[float, float]) -> Scan:
    words = [_marked(word) for word in mended(text.words)]
    width, height = (v / scale for v in straight.picture.size)
    segments = tuple(_segments(words, scale))
    page = Page(number, width, height, segments, tuple(text.rules))
    return Scan(page, straight, scale, tuple((_word(w, scale), w.confidence) for w in words), size)


def _marked(word: Read) -> Read:
    """A figure that was read with little confidence, marked: it must not be quoted as if it stood there."""
    unsure = word.confidence < _DOUBTFUL and any(c.isdigit() for c in word.text)
    return word._replace(text=f"{word.text}{DOUBT}") if unsure else word


def _word(read: Read, scale: float) -> Word:
    return Word(read.text, read.x0 / scale, read.y0 / scale, read.x1 / scale, read.y1 / scale)


def _segments(words: Sequence[Read], scale: float) -> Iterable[Segment]:
    """Runs of words on a line without a wide gap. All text has one size unless a line is much larger."""
    lines: dict[tuple[int, int, int], list[Read]] = defaultdict(list)
    for word in words:
        lines[word.line].append(word)
    heights = {line: median(w.y1 - w.y0 for w in held) / scale for line, held in lines.items()}
    body = median(heights[w.line] for w in words) if words else 0.0
    for line, held in lines.items():
        size = round(heights[line], 1) if heights[line] > _LARGE * body else round(body, 1)
        run: list[Read] = []
        for word in sorted(held, key=lambda w: w.x0):
            if run and (word.x0 - run[-1].x1) / scale > _WIDE_GAP * size:
                yield Segment(tuple(_word(w, scale) for w in run), size, bold=False)
                run = []
            run.append(word)
        yield Segment(tuple(_word(w, scale) for w in run), size, bold=False)


def _shape(text: str) -> str:
    return re.sub(r"[A-Z]", "A", re.sub(r"\d", "9", text))


def mended(words: Sequence[Read]) -> list[Read]:
    """Tags that end in letters like digits (`10BBBO5`) mended where most tags of the page have the shape that gives."""
    shapes = Counter(_shape(word.text) for word in words if _MIXED.fullmatch(word.text))
    out = []
    for word in words:
        tail = _TAIL.search(word.text)
        if tail is not None and _MIXED.fullmatch(word.text):
            other = word.text[: tail.start()] + tail.group().translate(_LIKE_DIGITS)
            if shapes[_shape(other)] > max(2, shapes[_shape(word.text)]):
                word = word._replace(text=other, confidence=min(word.confidence, _GOOD))
        out.append(word)
    return out


def placed(block: Block, scans: Mapping[int, Scan]) -> Block:
    """A block with its boxes on the pages as filed, and how sure its text is where it was recognised."""
    pages = {box.page for box in block.boxes} & scans.keys()
    if not pages:
        return block
    sure = [s for s in (scans[page].sure(block.boxes) for page in pages) if s is not None]
    boxes = tuple(scans[box.page].place(box) if box.page in scans else box for box in block.boxes)
    found = tuple(figure for page in sorted(pages) for figure in scans[page].figures_in(block.boxes))
    block = block.model_copy(update={"boxes": boxes, "confidence": min(sure, default=None), "figures": found})
    return doubted(block, DOUBT)


def scan_warnings(scans: Mapping[int, Scan]) -> list[str]:
    """What a person should know of pages that were recognised."""
    if not scans:
        return []
    poor = sorted(number for number, scan in scans.items() if scan.confidence < _GOOD)
    sure = sum(scan.confidence for scan in scans.values()) / len(scans)
    found = [f"{len(scans)} pages were read by text recognition (confidence {sure:.0%})"]
    if poor:
        numbers = ", ".join(map(str, poor[:12])) + (" and more" if len(poor) > 12 else "")
        found.append(f"pages read with little confidence, check figures against the original: {numbers}")
    return found
