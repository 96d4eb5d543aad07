"""The Korean fonts that built documents embed or draw with."""

from functools import cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDERS = (Path("/usr/share/fonts/truetype/nanum"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
REGULAR, BOLD = "NanumGothic", "NanumGothicBold"
DRAWN_AS = {0x00B5: 0x03BC, 0x2212: 0x2013}
"""Characters the font lacks and the ones that look the same: micro sign and minus. The text keeps its own."""


class MissingFontError(Exception):
    """The fonts that the documents embed are not installed, or lack a character."""


def font_file(name: str) -> Path:
    """Where a font is. Raises MissingFontError."""
    path = next((folder / f"{name}.ttf" for folder in FOLDERS if (folder / f"{name}.ttf").is_file()), None)
    if path is None:
        raise MissingFontError(f"{name}.ttf is not installed; on Debian: apt-get install fonts-nanum")
    return path


@cache
def register_fonts() -> None:
    """Make the fonts known to reportlab. Raises MissingFontError."""
    rl_config.useA85 = 0
    for name in (REGULAR, BOLD):
        font = TTFont(name, str(font_file(name)))
        for wanted, drawn in DRAWN_AS.items():
            if wanted not in font.face.charToGlyph:
                font.face.charToGlyph[wanted] = font.face.charToGlyph[drawn]
                font.face.charWidths[wanted] = font.face.charWidths[drawn]
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def text_width(text: str, size: float, name: str = REGULAR) -> float:
    """Width of a line of text in points."""
    register_fonts()
    return float(pdfmetrics.stringWidth(text, name, size))


def check_glyphs(text: str) -> None:
    """Raise MissingFontError naming the characters of a text that the fonts cannot draw."""
    register_fonts()
    for name in (REGULAR, BOLD):
        glyphs = pdfmetrics.getFont(name).face.charToGlyph
        missing = sorted({c for c in text if not c.isspace() and ord(c) not in glyphs})
        if missing:
            raise MissingFontError(f"{name} has no glyph for {' '.join(missing)}; write it another way")
