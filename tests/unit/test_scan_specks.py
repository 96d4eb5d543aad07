"""Specks on the picture of a page are taken away; points of figures, thin letters and clean pages stay as they are."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from walkdown_ingestion.readers.scan.picture import ink
from walkdown_ingestion.readers.scan.specks import without_specks


def page(size: int) -> Image.Image:
    picture = Image.new("L", (900, 600), 245)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size)
    for row in range(6):
        draw.text((40, 30 + 3 * size * row), "PT-301 12.50 bar 1.25 mm; -0.12 %", font=font, fill=20)
    picture.info["dpi"] = (300, 300)
    return picture


def dirty(picture: Image.Image, share: float) -> Image.Image:
    values = np.array(picture)
    found = np.random.default_rng(1).random(values.shape) < share
    values[found] = 60
    spotted = Image.fromarray(values)
    spotted.info.update(picture.info)
    return spotted


def differ(one: Image.Image, other: Image.Image) -> float:
    return float((ink(one) != ink(other)).sum())


def test_specks_are_taken_away_and_points_stay() -> None:
    plain = page(30)
    spotted = dirty(plain, 0.005)
    clean = without_specks(spotted)
    assert clean.info["dpi"] == (300, 300)
    assert differ(clean, plain) < 0.1 * differ(spotted, plain)
    # No letter or point of the page is gone.
    assert not (ink(plain) & ~ink(clean)).any()


def test_pages_with_few_specks_or_thin_letters_are_left() -> None:
    for picture in (page(30), dirty(page(30), 0.0005), dirty(page(15), 0.005)):
        assert without_specks(picture) is picture
