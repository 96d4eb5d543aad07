"""Numbers of list items as programs show them without storing them: `2.`, `b)`, `iv`, `나`, `②`."""

_HANGUL = "가나다라마바사아자차카타파하"
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
    if style in ("ganada", "chosung"):
        return _HANGUL[(number - 1) % len(_HANGUL)]
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    return str(number)


def numbered(marker: str, text: str) -> str:
    """The text of a paragraph in a cell behind its number, which a value after it must not run into.

    A bullet there would read like a minus sign, so it is left out.
    """
    if not any(map(str.isalnum, marker)):
        return text
    return f"{marker}. {text}" if text.strip() and marker[-1].isalnum() else f"{marker} {text}"


_OPEN_DOCUMENT = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_SLIDES = {"alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman", "romanUc": "upperRoman"}
_CIRCLED = "circleNum"


def short_number(number: int, style: str) -> str:
    """A number in a format named by its first: `1`, `a`, `A`, `i`, `I` (HTML and OpenDocument)."""
    return format_number(number, _OPEN_DOCUMENT.get(style, "decimal"))


def slide_number(number: int, scheme: str) -> str:
    """A number in one of the schemes of slides, such as `arabicPeriod` or `alphaLcParenR`."""
    if scheme.startswith(_CIRCLED):
        return format_number(number, "decimalEnclosedCircle")
    style = next((style for name, style in _SLIDES.items() if scheme.startswith(name)), "decimal")
    text = format_number(number, style)
    if scheme.endswith("ParenBoth"):
        return f"({text})"
    return f"{text})" if scheme.endswith("ParenR") else text if scheme.endswith("Plain") else f"{text}."
