"""What slides repeat at their edges outside of placeholders, and text on them that nobody sees."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from walkdown_ingestion.clean import lowered, superscript
from walkdown_ingestion.readers.formulas import formula_text

_EMU = 12700.0
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVES, _CHOICE = f"{_MC}AlternateContent", f"{_MC}Choice"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_SHAPES = frozenset(f"{_P}{name}" for name in ("sp", "grpSp", "graphicFrame", "pic", "cxnSp"))
_TREES = frozenset(f"{_P}{name}" for name in ("spTree", "grpSp"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BAND = 0.14
_SHARE = 0.6
_LEAST = 3
_PLACE = 6.0
_CHARS = 160
_DIGITS = re.compile(r"\d+")
_WHITES = ("FFFFFF",)
_FILLS = (f"{_A}solidFill", f"{_A}gradFill", f"{_A}blipFill", f"{_A}pattFill")

Key = tuple[str, int, int]


def _key(shape: Any, height: float) -> Key | None:
    """Text and place of a short text at the upper or lower edge, its numbers left out; None for any other shape."""
    if not shape.has_text_frame or shape.top is None or shape.height is None or shape.is_placeholder:
        return None
    text = " ".join(shape.text_frame.text.split())
    top, bottom = shape.top / _EMU, (shape.top + shape.height) / _EMU
    if not text or len(text) > _CHARS or not (bottom <= _BAND * height or top >= (1 - _BAND) * height):
        return None
    return _DIGITS.sub("#", text), round(top / _PLACE), round((shape.left or 0) / _EMU / _PLACE)


def repeated(slides: Iterable[Iterable[Any]], height: float) -> dict[Key, str]:
    """The texts at the same place at the edge of most slides (`Confidential`, page numbers), as they first stand."""
    seen: dict[Key, list[str]] = defaultdict(list)
    count = 0
    for shapes in slides:
        count += 1
        for key, text in {k: s.text_frame.text for s in shapes if (k := _key(s, height)) is not None}.items():
            seen[key].append(text)
    return {
        key: texts[0]
        for key, texts in seen.items()
        # A number alone is one of the slide only when it is another one on each.
        if len(texts) >= max(_LEAST, _SHARE * count) and ("#" not in key[0] or len(set(texts)) in (1, len(texts)))
    }


def is_furniture(shape: Any, known: Mapping[Key, str], height: float) -> bool:
    """True for a text that the slides repeat."""
    return bool(known) and _key(shape, height) in known


def run_text(node: Any) -> str:
    """The text of a run: nothing when it is struck through, raised digits as such (10⁻⁶, never 10-6)."""
    text = "".join(t.text or "" for t in node.iter(f"{_A}t"))
    properties = node.find(f"{_A}rPr")
    if properties is None:
        return text
    if is_struck(node):
        return ""
    text = text.upper() if properties.get("cap") == "all" else text
    height = properties.get("baseline", "0").lstrip("+").rstrip("%")
    if height.startswith("-"):
        return lowered(text)
    return superscript(text) if height.isdigit() and int(height) else text


def is_struck(node: Any) -> bool:
    """True for a run that is struck through."""
    properties = node.find(f"{_A}rPr")
    return properties is not None and properties.get("strike") in ("sngStrike", "dblStrike")


def struck_characters(slide: Any) -> int:
    """How many characters of a slide are struck through."""
    runs = (run for run in slide._element.iter(f"{_A}r") if is_struck(run))  # noqa: SLF001
    return sum(len(t.text or "") for run in runs for t in run.iter(f"{_A}t"))


def seen_text(paragraph: Any, *, on_white: bool) -> tuple[str, int]:
    """The text of a paragraph without runs in white on white, and how many characters were left out."""
    parts: list[str] = []
    hidden = 0
    for node in paragraph._p:  # noqa: SLF001 - runs, fields and breaks in order
        if node.tag in (f"{_A}r", f"{_A}fld"):
            text = run_text(node)
            if on_white and _is_white(node):
                hidden += len(text)
            else:
                parts.append(text)
        elif node.tag == f"{_A}br":
            parts.append("\n")
        else:
            parts += formulas(node)
    return "".join(parts), hidden


def formulas(node: Any) -> list[str]:
    """The formulas below a part of a paragraph, each once: what stands in for them in old programs is left out."""
    drawn = node.iter(_FORMULA) if isinstance(node.tag, str) else ()
    return [f" {formula_text(one)} " for one in drawn if not any(e.tag == _FALLBACK for e in one.iterancestors())]


def _is_white(run: Any) -> bool:
    color = run.find(f"{_A}rPr/{_A}solidFill/{_A}srgbClr")
    return color is not None and color.get("val", "").upper() in _WHITES


def stands_on_white(slide: Any) -> bool:
    """True when the slide has no ground of its own and nothing on it that white text could stand on."""
    if slide._element.find(".//{*}bg") is not None or slide.slide_layout._element.find(".//{*}bg") is not None:  # noqa: SLF001
        return False
    if slide.slide_layout.slide_master._element.find(".//{*}bg//{*}srgbClr") is not None:  # noqa: SLF001
        return False
    return not any(_is_filled(other) for other in slide.shapes)


def _is_filled(shape: Any) -> bool:
    """True for a picture, a shape of a style, or one that is filled with anything but white."""
    element = shape._element  # noqa: SLF001
    if element.tag.endswith("}pic") or element.find(".//{*}style") is not None:
        return True
    properties = element.find("{*}spPr")
    fill = (
        next((properties.find(tag) for tag in _FILLS if properties.find(tag) is not None), None)
        if (properties is not None)
        else None
    )
    color = fill.find(f"{_A}srgbClr") if fill is not None else None
    return fill is not None and not (color is not None and color.get("val", "").upper() in _WHITES)


def unwrap(slide: Any) -> None:
    """Put shapes that only newer programs draw, as text boxes with formulas are, in the place of what stands for them.

    The library passes over both.
    """
    for held in list(slide._element.iter(_ALTERNATIVES)):  # noqa: SLF001
        forms = [list(form) for form in held if isinstance(form.tag, str) and form.tag in (_CHOICE, _FALLBACK)]
        shown = next((form for form in forms if form and form[0].tag in _SHAPES), None)
        if shown is None or held.getparent().tag not in _TREES:
            continue
        for shape in reversed(shown):
            held.addnext(shape)
        held.getparent().remove(held)
