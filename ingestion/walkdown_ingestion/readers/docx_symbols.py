"""Letters of Word's symbol fonts and boxes to tick as the signs they show: an empty box is no `≤`.

The same code shows another sign in each font: 0xA3 is `≤` in Symbol and an empty box in Wingdings 2.
"""

from typing import Any

from docx.oxml.ns import qn

_PRIVATE = 0xF000
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x78: "☒", 0x9F: "•", 0xA0: "▪",
    0xA7: "▪", 0xA8: "□",
    0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS |= {0x81 + n: chr(0x2460 + n) for n in range(10)} | {0x8C + n: chr(0x2776 + n) for n in range(10)}
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x96: "●", 0x97: "●", 0x98: "●", 0x99: "○",
    0xA1: "■", 0xA2: "■", 0xA3: "□", 0xA4: "□",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
_UNKNOWN = "wingdings 3", "webdings"
_NAMES = tuple(qn(f"w:{name}") for name in ("ascii", "hAnsi"))


def font_of(run: Any) -> str:
    """The font that a run names, or ""."""
    fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    return next((fonts.get(name) for name in _NAMES if fonts.get(name)), "") if fonts is not None else ""


def symbols(text: str, font: str) -> str:
    """A text in the signs that its font shows; letters of other fonts stay as they are."""
    font = font.casefold()
    if font in _UNKNOWN:
        return "".join("" if ord(c) >= _PRIVATE and ord(c) < _PRIVATE + 0x100 else c for c in text)
    table = _FONTS.get(font)
    if table is None:
        return text
    return "".join(_sign(c, table) for c in text)


def _sign(letter: str, table: dict[int, str]) -> str:
    code = ord(letter)
    private = _PRIVATE <= code < _PRIVATE + 0x100
    own = table.get(code - _PRIVATE if private else code)
    return own if own is not None else "" if private else letter


def field_text(field: Any) -> str:
    """What a field of an old form shows of its own: a box, or the entry of a list. Typed text stands behind it."""
    box, listed = (field.find(qn(f"w:{name}")) for name in ("checkBox", "ddList"))
    if box is not None:
        return _box_sign(box)
    return _chosen_entry(listed) if listed is not None else ""


def _box_sign(box: Any) -> str:
    """The sign of a box of an old form: ticked by hand, else as it is from the start."""
    for name in ("w:checked", "w:default"):
        found = box.find(qn(name))
        if found is not None:
            return "☑" if found.get(qn("w:val"), "1") not in ("0", "false", "off") else "☐"
    return "☐"


def _chosen_entry(listed: Any) -> str:
    """What a list of an old form shows: the entry that was chosen, else the first."""
    entries = [entry.get(qn("w:val"), "") for entry in listed.findall(qn("w:listEntry"))]
    for name in ("w:result", "w:default"):
        found = listed.find(qn(name))
        number = found.get(qn("w:val"), "") if found is not None else ""
        if number.isdigit() and int(number) < len(entries):
            return str(entries[int(number)])
    return str(entries[0]) if entries else ""
