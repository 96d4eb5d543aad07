"""Renders a laid-out figure: as vectors for a PDF (reportlab), as a PNG picture for Word and slides (pillow)."""

import io

from corpus_figures import Box, Layout, Line, Shape, Text, lay_out
from corpus_fonts import DRAWN_AS, REGULAR, check_glyphs, font_file
from PIL import Image, ImageDraw, ImageFont
from reportlab.graphics import shapes as rl
from reportlab.lib import colors

from walkdown.packs.figures import Figure

_SCALE = 2.5
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def _layout(figure: Figure) -> Layout:
    layout = lay_out(figure)
    check_glyphs("".join(shape.text for shape in layout.shapes if isinstance(shape, Text)))
    return layout


def _vector(shape: Shape) -> rl.Shape:
    if isinstance(shape, Line):
        dash = [shape.dash, shape.dash] if shape.dash else None
        gray = colors.Color(shape.gray, shape.gray, shape.gray)
        return rl.Line(
            shape.x1, shape.y1, shape.x2, shape.y2, strokeColor=gray, strokeWidth=shape.width, strokeDashArray=dash
        )
    if isinstance(shape, Box):
        fill = colors.Color(shape.gray, shape.gray, shape.gray)
        return rl.Rect(shape.x, shape.y, shape.width, shape.height, fillColor=fill, strokeWidth=0.6)
    return rl.String(shape.x, shape.y, shape.text, fontName=REGULAR, fontSize=shape.size, textAnchor=shape.anchor)


def to_drawing(figure: Figure, width: float) -> rl.Drawing:
    """The figure as vectors, made smaller where it would be wider than `width` points."""
    layout = _layout(figure)
    scale = min(1.0, width / layout.width)
    group = rl.Group(*map(_vector, layout.shapes), transform=(scale, 0, 0, scale, 0, 0))
    return rl.Drawing(layout.width * scale, layout.height * scale, group)


def _dashes(shape: Line) -> list[tuple[float, float, float, float]]:
    """The strokes of a line: itself, or its dashes."""
    length = ((shape.x2 - shape.x1) ** 2 + (shape.y2 - shape.y1) ** 2) ** 0.5
    if not shape.dash or not length:
        return [(shape.x1, shape.y1, shape.x2, shape.y2)]
    strokes = []
    place = 0.0
    while place < length:
        a, b = place / length, min(1.0, (place + shape.dash) / length)
        dx, dy = shape.x2 - shape.x1, shape.y2 - shape.y1
        strokes.append((shape.x1 + a * dx, shape.y1 + a * dy, shape.x1 + b * dx, shape.y1 + b * dy))
        place += 2 * shape.dash
    return strokes


def _paint(draw: ImageDraw.ImageDraw, shape: Shape, height: float) -> None:
    def at(x: float, y: float) -> tuple[float, float]:
        return x * _SCALE, (height - y) * _SCALE

    if isinstance(shape, Line):
        for x1, y1, x2, y2 in _dashes(shape):
            width = max(1, round(shape.width * _SCALE))
            draw.line([at(x1, y1), at(x2, y2)], fill=int(shape.gray * 255), width=width)
    elif isinstance(shape, Box):
        corners = [at(shape.x, shape.y + shape.height), at(shape.x + shape.width, shape.y)]
        draw.rectangle(corners, fill=int(shape.gray * 255), outline=0)
    else:
        font = ImageFont.truetype(str(font_file(REGULAR)), shape.size * _SCALE)
        draw.text(
            at(shape.x, shape.y), shape.text.translate(DRAWN_AS), fill=0, font=font, anchor=_ANCHORS[shape.anchor]
        )


def to_png(figure: Figure) -> bytes:
    """The figure as a gray PNG of 180 dpi."""
    layout = _layout(figure)
    image = Image.new("L", (round(layout.width * _SCALE), round(layout.height * _SCALE)), 255)
    draw = ImageDraw.Draw(image)
    for shape in layout.shapes:
        _paint(draw, shape, layout.height)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True, dpi=(72 * _SCALE, 72 * _SCALE))
    return out.getvalue()
