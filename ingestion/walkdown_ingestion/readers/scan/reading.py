"""The words of a straight picture: running text as a page, the cells of ruled tables each on its own.

Tesseract's page segmentation loses columns of tables, so cells are cut out, stacked in one tall picture and read
together. Pages in Korean, Chinese or Japanese are read once more in English, because a reading in both turns `1.1 vol%`
into `1.1 01%`; of two readings of a word the surer one is taken.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image

from walkdown_ingestion.readers.pdf.page import Extent, Rule
from walkdown_ingestion.readers.pdf.ruled import cell_areas
from walkdown_ingestion.readers.scan import tesseract
from walkdown_ingestion.readers.scan.picture import ink, paper, rules, without
from walkdown_ingestion.readers.scan.spacing import respaced
from walkdown_ingestion.readers.scan.tesseract import Read

_WIDE = re.compile(r"[ᄀ-ᇿ぀-ヿ㄰-㆏一-鿿가-힣]")
_SYLLABLE = re.compile(r"[가-힣]")
_STRAY = re.compile(r"[ㄱ-ㆎ『』「」【】〔〕]")
_NUMBER = re.compile(r"[\d.,:()/~-]+")
_UNIT = re.compile(r"(?:ppm|ppb|mm|cm|rpm|kPa|MPa|barg?|kg|kW|MW|kV|Hz|vol%|wt%|°C|m3)(?:/[A-Za-z0-9]+)?")
_ODD_NUMBER = re.compile(r"0\d{2,}.*")
"""No number begins with zeros: it is `mm` or `ppm` read as digits."""
_ALPHANUMERIC = re.compile(r"[^\W_]")
_NOISE, _UNSURE = 0.30, 0.55
_PAD, _GAP = 12, 28
_INK_SHARE = 0.0015
_INSET = 0.025
_SECOND = "eng"
_LATIN_BONUS, _SURE = 0.1, 0.85
_MOST_UNSURE = 400
_ODD = 0.3
_SURE_UNIT = 0.8
_CELL_LINES = 10_000
_DEGREE = 0.4


class Text(NamedTuple):
    """The words of a picture in reading order, with line numbers, in pixels, and the rules drawn on it in points."""

    words: list[Read]
    rules: list[Rule]
    clean: Image.Image
    """The picture without the rules."""

    @property
    def confidence(self) -> float:
        """Mean confidence by characters; 0 without words."""
        total = sum(len(w.text) for w in self.words)
        return sum(w.confidence * len(w.text) for w in self.words) / total if total else 0.0


def _is_noise(word: Read) -> bool:
    return word.confidence < _NOISE and (len(word.text) < 2 or not _ALPHANUMERIC.search(word.text))


def read(picture: Image.Image, wanted: Sequence[str]) -> Text:
    """Read a straight gray picture in some languages."""
    scale = float(picture.info.get("dpi", (300,))[0]) / 72
    lines = rules(picture)
    clean = without(picture, lines) if lines else picture
    # Tables are found in points, as those of pages with a text layer are.
    found = [Rule(x0 / scale, y0 / scale, x1 / scale, y1 / scale) for x0, y0, x1, y1 in lines]
    tables = [[Extent(*(v * scale for v in cell)) for cell in cells] for cells in cell_areas(found) if len(cells) > 3]
    words = [w for w in _read_twice(_blanked(clean, tables), wanted, tesseract.PAGE) if not _is_noise(w)]
    if tables:
        words += _cells(clean, [cell for cells in tables for cell in cells], wanted, first_line=len(words))
    if len(wanted) > 1 and any(_WIDE.search(w.text) for w in words):
        words = reread(clean, words, wanted)
    return Text(respaced(words, ink(picture)), found, clean)


def _read_twice(picture: Image.Image, wanted: Sequence[str], mode: int) -> list[Read]:
    first = tesseract.recognise(picture, wanted, mode)
    if _SECOND not in wanted or len(wanted) == 1 or not any(_WIDE.search(w.text) for w in first):
        return first
    second = tesseract.recognise(picture, [_SECOND], mode)
    return merged(first, second)


def merged(first: Sequence[Read], second: Sequence[Read]) -> list[Read]:
    """The first reading with words replaced by those of the second where that is surer and the first is not Hangul."""
    out: list[Read] = []
    taken: set[int] = set()
    for word in first:
        over = [i for i, other in enumerate(second) if _within(other, word)]
        other = [second[i] for i in over]
        if not other or not _replaces(word, other):
            out.append(word)
            continue
        out += [part._replace(line=word.line) for i, part in zip(over, other, strict=True) if i not in taken]
        taken.update(over)
    return out


def _within(part: Read, word: Read) -> bool:
    """True when a word of the second reading stands where one of the first does."""
    across = min(part.x1, word.x1) - max(part.x0, word.x0)
    down = min(part.y1, word.y1) - max(part.y0, word.y0)
    return across > 0.6 * (part.x1 - part.x0) and down > 0.5 * min(part.y1 - part.y0, word.y1 - word.y0)


def _replaces(word: Read, other: Sequence[Read]) -> bool:
    sure = min(part.confidence for part in other)
    covered = sum(part.x1 - part.x0 for part in other) > 0.7 * (word.x1 - word.x0)
    syllables = len(_SYLLABLE.findall(word.text))
    if _NUMBER.fullmatch(word.text):
        # A number is never replaced by another one, only by one with its unit: `50000` was `5 ppm`.
        return sure > _SURE_UNIT and any(_UNIT.fullmatch(part.text) for part in other)
    if not covered or (syllables > 1 and word.confidence > _UNSURE):
        return False
    if any("°" in part.text for part in other) and "°" not in word.text and not syllables:
        # The Korean data does not know the degree sign.
        return sure > _DEGREE
    if _STRAY.search(word.text) or syllables:
        # Letters of the alphabet that were forced into another script.
        return sure > max(0.7, word.confidence)
    # The English reading is the better one of what is no other script.
    return sure > word.confidence - (_LATIN_BONUS if word.confidence < _SURE else 0.0)


def _blanked(picture: Image.Image, tables: Sequence[Sequence[Extent]]) -> Image.Image:
    """The picture with its tables painted over."""
    if not tables:
        return picture
    values, fill = np.array(picture), paper(picture)
    for cells in tables:
        for cell in cells:
            values[int(cell.y0) : int(cell.y1) + 1, int(cell.x0) : int(cell.x1) + 1] = fill
    blank = Image.fromarray(values)
    blank.info["dpi"] = picture.info.get("dpi", (300, 300))
    return blank


class Crop(NamedTuple):
    """A piece of the page and where it stands in the stacked picture."""

    area: Extent
    top: int
    bottom: int


def stacked(picture: Image.Image, areas: Sequence[Extent]) -> tuple[Image.Image | None, list[Crop]]:
    """Pieces of a page below each other in one picture; pieces without ink are left out."""
    dark, values, fill = ink(picture), np.asarray(picture), paper(picture)
    width = max((int(area.x1 - area.x0) for area in areas), default=0) + 2 * _PAD
    crops: list[Crop] = []
    strips = [np.full((_GAP, width), fill, dtype=np.uint8)]
    y = _GAP
    for area in areas:
        x0, y0, x1, y1 = (int(v) for v in area)
        if min(x0, y0) < 0 or x1 - x0 < 4 or y1 - y0 < 4 or dark[y0:y1, x0:x1].mean() < _INK_SHARE:
            continue
        cut = values[y0:y1, x0:x1]
        strip = np.full((cut.shape[0] + _GAP, width), fill, dtype=np.uint8)
        strip[: cut.shape[0], _PAD : _PAD + cut.shape[1]] = cut
        crops.append(Crop(Extent(x0, y0, x1, y1), y, y + cut.shape[0]))
        strips.append(strip)
        y += strip.shape[0]
    if not crops:
        return None, []
    tall = Image.fromarray(np.vstack(strips))
    tall.info["dpi"] = picture.info.get("dpi", (300, 300))
    return tall, crops


def _cells(picture: Image.Image, cells: Sequence[Extent], wanted: Sequence[str], first_line: int) -> list[Read]:
    """The words of table cells, each cell's lines being lines of their own."""
    inset = max(round(_INSET * float(picture.info.get("dpi", (300,))[0])), 1)
    inner = [Extent(c.x0 + inset, c.y0 + inset, c.x1 - inset, c.y1 - inset) for c in cells]
    tall, crops = stacked(picture, inner)
    if tall is None:
        return []
    words = _read_twice(tall, wanted, tesseract.BLOCK)
    out: list[Read] = []
    for number, crop in enumerate(crops):
        held = [_moved(word, crop) for word in words if is_in(word, crop) and not _is_noise(word)]
        for k, line in enumerate(_lines(held)):
            out += [word._replace(line=(_CELL_LINES + first_line + number, 0, k)) for word in line]
    return out


def _lines(words: Sequence[Read]) -> list[list[Read]]:
    """Words in lines from top to bottom, each from left to right."""
    lines: list[list[Read]] = []
    for word in sorted(words, key=lambda w: w.y0 + w.y1):
        last = lines[-1][0] if lines else None
        if last is not None and (word.y0 + word.y1) / 2 < last.y1 and (word.y0 + word.y1) / 2 > last.y0:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.x0) for line in lines]


def is_in(word: Read, crop: Crop) -> bool:
    """True when a word of the stacked picture is of one of its pieces."""
    return crop.top - _GAP / 2 <= (word.y0 + word.y1) / 2 < crop.bottom + _GAP / 2


def _moved(word: Read, crop: Crop) -> Read:
    dx, dy = crop.area.x0 - _PAD, crop.area.y0 - crop.top
    return word._replace(x0=word.x0 + dx, x1=word.x1 + dx, y0=word.y0 + dy, y1=word.y1 + dy)


def reread(picture: Image.Image, words: Sequence[Read], wanted: Sequence[str]) -> list[Read]:
    """The words with unsure ones read once more, cut out of the page, in the first language; odd numbers in English.

    An odd number that stays one is marked as unsure.
    """
    odd = [i for i, word in enumerate(words) if _ODD_NUMBER.fullmatch(word.text) or _STRAY.search(word.text)]
    unsure = [i for i, word in enumerate(words) if word.confidence < _UNSURE and i not in odd]
    out = list(words)
    for index, found in _again(picture, words, unsure, wanted[:1]):
        if found.confidence > max(words[index].confidence, _UNSURE):
            out[index] = found
    for index in odd:
        out[index] = out[index]._replace(confidence=min(out[index].confidence, _ODD))
    for index, found in _again(picture, words, odd, [_SECOND]):
        if found.confidence > _UNSURE and re.search(r"[A-Za-z]", found.text):
            out[index] = found
    return out


def _again(
    picture: Image.Image, words: Sequence[Read], chosen: Sequence[int], wanted: Sequence[str]
) -> Iterator[tuple[int, Read]]:
    """Another reading of some words, with their index."""
    if not chosen or len(chosen) > _MOST_UNSURE:
        return
    areas = {i: Extent(w.x0 - 6, w.y0 - 6, w.x1 + 6, w.y1 + 6) for i, w in ((i, words[i]) for i in chosen)}
    tall, crops = stacked(picture, list(areas.values()))
    if tall is None:
        return
    read = tesseract.recognise(tall, wanted, tesseract.BLOCK)
    indexes = {tuple(int(v) for v in area): i for i, area in areas.items()}
    for crop in crops:
        found = [word for word in read if is_in(word, crop)]
        index = indexes[tuple(int(v) for v in crop.area)]
        if found:
            text, sure = "".join(word.text for word in found), min(word.confidence for word in found)
            yield index, words[index]._replace(text=text, confidence=sure)
