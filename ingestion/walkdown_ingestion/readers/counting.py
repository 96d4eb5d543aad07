"""Numbers of list items as programs show them without storing them: `2.`, `b)`, `iv`, `나`, `②`."""

from walkdown_ingestion.readers.numerals import BY_FIRST, BY_STYLE, NUMERALS

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def roman(number: int) -> str:
    """Lower-case Roman numeral."""
    out = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out += letters * count
    return out


def format_number(number: int, style: str) -> str:
    """A number in one of Word's numbering formats; unknown formats are decimal."""
    if style == "decimalZero":
        return f"{number:02d}"
    if style in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("lowerRoman", "upperRoman"):
        return roman(number).upper() if style == "upperRoman" else roman(number)
    return NUMERALS[style](number) if number > 0 and style in NUMERALS else str(number)


def numbered(marker: str, text: str) -> str:
    """The text of a paragraph in a cell behind its number, which a value after it must not run into.

    A bullet there would read like a minus sign, so it is left out.
    """
    if not any(map(str.isalnum, marker)):
        return text
    return f"{marker}. {text}" if text.strip() and marker[-1].isalnum() else f"{marker} {text}"


_OPEN_DOCUMENT = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_SLIDES = {
    "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman", "romanUc": "upperRoman",
    "circleNum": "decimalEnclosedCircle", "ea1Chs": "chineseCounting", "ea1Cht": "chineseCounting",
    "ea1JpnChs": "japaneseCounting", "ea1JpnKor": "japaneseCounting", "arabicDb": "decimalFullWidth",
}  # fmt: skip


def short_number(number: int, style: str) -> str:
    """A number in a format named by its first numerals: `1`, `a`, `I`, `가, 나, 다, ...` (OpenDocument)."""
    first = style.split(",")[0].strip()
    return format_number(number, _OPEN_DOCUMENT.get(first) or BY_FIRST.get(first, "decimal"))


def page_number(number: int, style: str) -> str:
    """A number in a format of web pages: `1`, `a` or `I`, or the name of a `list-style-type`."""
    return format_number(number, _OPEN_DOCUMENT.get(style) or BY_STYLE.get(style.lower(), "decimal"))


def slide_number(number: int, scheme: str) -> str:
    """A number in one of the schemes of slides, such as `arabicPeriod` or `alphaLcParenR`."""
    # The longest name wins: `ea1JpnChs` is no `ea1Chs`.
    name = max((name for name in _SLIDES if scheme.startswith(name)), key=len, default="")
    text = format_number(number, _SLIDES.get(name, "decimal"))
    if scheme.startswith("circleNum"):
        return text
    if scheme.endswith("ParenBoth"):
        return f"({text})"
    return f"{text})" if scheme.endswith("ParenR") else text if scheme.endswith("Plain") else f"{text}."
