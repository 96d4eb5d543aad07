"""Text as it goes into blocks: NFC, no invisible or control characters, private-use symbols made readable.

Invisible characters can hide instructions from a human reader and break exact matching, so they are taken out:
zero-width characters, bidirectional controls, the Unicode tag block, variation selectors, soft hyphens.
"""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_LINE_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0c\x85\x0b]")
_DOTS = re.compile(r"(?:[.·‧․]\s?){5,}|…{2,}")
_TO_COLON = re.compile(r"[ \t]?(?:\.{3,}|…+)[ \t]*(?=[:：])")
_BLANKS = re.compile(r"_{4,}")
_SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")

_THOUSANDS = re.compile(
    r"(?<![A-Za-z0-9.,/_\-\u00a0\u2007\u2009\u202f])[1-9]\d{0,2}(?P<gap>[\u00a0\u2007\u2009\u202f])\d{3}(?:(?P=gap)\d{3})*(?!\d)"
)
"""A number whose thousands a space that breaks no line sets apart, as programs and style guides write it."""

_STACKED = re.compile(r"(?<=[\d⁰¹²³⁴-⁹])[ \t]*\n\s*(?=[-−–+±~≤≥<>]?\s?\d)")

_STATED = re.compile(r"[^\W\d_][^:：]{0,40}[:：]\s+\S.*")
"""A label with its value in one line."""

_AMOUNT = re.compile(r"[-−–+±~≤≥<>]?\s?\d[\d.,]*\s?(?P<unit>[^\s\d,;.~–-][^\s\d,;]{0,7})")
"""A number with its unit in one line."""

_BROKEN_TAG = re.compile(r"(?<![A-Za-z0-9-])([A-Z0-9]{1,8}-)[ \t]*\n\s*(?=\d)")
"""A tag or range broken at its hyphen: `PSV-` above `4401`."""

_SET_WIDE = re.compile(r"[가-힣](?:[ \t\u3000\xa0]+[가-힣]){2,7}|[가-힣][ \t\u3000\xa0]{2,}[가-힣]")
"""Two letters with one space between them are two words: `할 일`."""
_TWO_WORDS = re.compile(r"[한두세네몇]\s+[번개명대곳줄칸시]|[할될볼쓸둘]\s+[일때것수곳]|그\s+[밖때외]")
_LISTED = (
    "월화수목금토일",
    "가나다라마바사아자차카타파하",
    "유무",
    "적부",
    "상중하",
    "상하좌우",
    "남녀",
    "전후",
    "갑을병정",
    "예",
    "동서남북",
)
_UPRIGHT = re.compile(
    r"[가-힣一-鿿](?:[ \t]*\n\s*[가-힣一-鿿])+(?:[ \t]*\n\s*\d{1,2})?|[^\W\d_](?:[ \t]*\n\s*[^\W\d_A-Z]){2,}"
)

# Word and PDF writers put symbol-font glyphs at U+F000 + code; these are the ones plant documents use.
_SYMBOL_GLYPHS = str.maketrans(
    {
        "\uf02d": "−", "\uf044": "Δ", "\uf057": "Ω", "\uf061": "α", "\uf062": "β", "\uf067": "γ", "\uf06d": "μ",
        "\uf070": "π", "\uf072": "ρ", "\uf073": "σ", "\uf0a3": "≤", "\uf0a5": "∞", "\uf0a7": "•", "\uf0a8": "□",
        "\uf0ae": "→", "\uf0b0": "°", "\uf0b1": "±", "\uf0b3": "≥", "\uf0b4": "×", "\uf0b7": "•", "\uf0b8": "÷",
        "\uf0b9": "≠", "\uf0bb": "≈", "\uf0d2": "®", "\uf0d4": "™", "\uf0d6": "√", "\uf0d8": "•", "\uf0e0": "→",
        "\uf0e8": "→", "\uf0fc": "✓", "\uf0fe": "☑", "\uf06f": "□", "\uf0e2": "®", "\uf0e4": "™", "\uf06e": "•",
        "\uf076": "•", "\uf0ba": "≡", "\uf0c5": "⊕", "\uf0de": "⇒", "\uf0df": "⇓", "\uf53a": "ᄒᆞᆫ",
    }
)  # fmt: skip


_SUPERSCRIPTS = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LETTER_MARKS = dict(zip("abcdefghjklmprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)) | dict.fromkeys("oOº˚", "°")
"""A raised letter: the mark of a footnote (`85ᵃ`), or the sign of a degree (`25°C`)."""
_BRACKETED_LETTER = re.compile(r"(\(?)([a-hj-mp-z])\)")
_ZERO_DEGREES = re.compile(r"(?<=\d)(?P<gap>\s?)⁰(?=\s?[CF](?![A-Za-z]))")
_HYPHENS = str.maketrans("\u2010\u2011", "--")
_RAISED_DIGITS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_RAISED_LIST = re.compile(r"[\[(]?[+\-−]?\d+(?:\s?[,.;/*)–-]\s?\d*)+[\])*]?|[\[(]\d+[\])]|\d+[*†‡]+")
_LETTER_LIST = re.compile(r"[a-hj-mp-z](?:\s?,\s?[a-hj-mp-z])+")
_WORD_MARK = re.compile(r"[(\[]?(?:[가-힣一-鿿぀-ヿ]{1,4}|notes?|nota)\.?\s?\d{0,2}[)\]]?", re.IGNORECASE)
_HELD = "".join(map(chr, range(0xE3F0, 0xE3FA)))
_LOWERED = str.maketrans("0123456789", _HELD)
_SETTLED, _SUBSCRIPTS = str.maketrans(_HELD, "0123456789"), str.maketrans(_HELD, "₀₁₂₃₄₅₆₇₈₉")
_HELD_DIGITS = re.compile(f"[{_HELD}]+")
_RAISABLE = re.compile(r"[0-9+\-−=()ni]+")


def superscript(text: str) -> str:
    """Raised digits as raised characters, so that 10 to the 5th never reads 105 and a footnote mark is no digit.

    Several marks, `1,2` behind 85, keep the comma between them. A letter alone is a mark too, an `o` a degree.
    """
    if (mark := _LETTER_MARKS.get(text.strip())) is not None:
        return mark
    if (bracketed := _BRACKETED_LETTER.fullmatch(text.strip())) is not None:
        return f"{'⁽' if bracketed[1] else ''}{_LETTER_MARKS[bracketed[2]]}⁾"
    if _LETTER_LIST.fullmatch(text.strip()):
        return "".join(_LETTER_MARKS.get(letter, letter) for letter in text)
    if _WORD_MARK.fullmatch(text.strip()):
        # `16.0` with a raised `주1` is no 16 weeks (주).
        return f" [{text.strip(' ()[]').translate(_RAISED_DIGITS)}]"
    if _RAISABLE.fullmatch(text.strip()):
        return text.translate(_SUPERSCRIPTS)
    return text.translate(_RAISED_DIGITS) if _RAISED_LIST.fullmatch(text.strip()) else text


def lowered(text: str) -> str:
    """Lowered digits, held until `clean_text` knows their neighbours: `log` 10 `5` is log₁₀5, never log105."""
    return text.translate(_LOWERED) if text.strip().isascii() and text.strip().isdecimal() else text


def _settled(match: re.Match[str]) -> str:
    """Lowered digits as such beside a digit, else as plain ones, since CO2 and H2SO4 are written and asked for so."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return match[0].translate(_SUBSCRIPTS if before.isdigit() or after.isdecimal() else _SETTLED)


def strip_invisible(text: str) -> str:
    """Remove characters that a reader of the page cannot see; control characters become spaces.

    Some PDF fonts map the space to U+0001, so a control character is a space rather than nothing.
    """
    return _CONTROL.sub(" ", _INVISIBLE.sub("", _LINE_BREAKS.sub("\n", text)))


def clean_text(text: str) -> str:
    """NFC text without invisible characters and with private-use symbol glyphs replaced; line breaks are kept.

    Hyphens that do not break a line are hyphens, a raised zero before C or F is the sign of a degree, and a number is
    in one piece: read with a plain space `12 500 kg` would also state 500 kg.
    """
    text = _HELD_DIGITS.sub(_settled, text)
    text = _THOUSANDS.sub(lambda match: match[0].replace(match["gap"], ""), text)
    text = unicodedata.normalize("NFC", strip_invisible(text.translate(_SYMBOL_GLYPHS).translate(_HYPHENS)))
    return _ZERO_DEGREES.sub(r"\g<gap>°", text) if "⁰" in text else text


def clean_line(text: str) -> str:
    """`clean_text` on one line: every run of white space is one space, none at the ends; leaders are shortened."""
    return _SPACES.sub(" ", _leaders(clean_text(text).replace("\n", " "))).strip()


def clean_cell(text: str) -> str:
    """`clean_line` of a table cell: numbers that stand below each other stay apart, since `12 500` is one number.

    So do labels with their values. A word set from top to bottom, one letter in each line, is one word.
    """
    text = _BROKEN_TAG.sub(r"\1", clean_text(text))
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and (all(map(_STATED.fullmatch, lines)) or _in_one_unit(lines)):
        return clean_line("; ".join(lines))
    return upright_word(text) or clean_line(_STACKED.sub("; ", set_close(text)))


def _in_one_unit(lines: list[str]) -> bool:
    """True for amounts in the same unit: `12 t/h` above `8 t/h`."""
    amounts = [_AMOUNT.fullmatch(line) for line in lines]
    return all(amounts) and len({one["unit"] for one in amounts if one is not None}) == 1


def upright_word(text: str) -> str:
    """A word set from top to bottom in one line, "" for any other text."""
    return "".join(text.split()) if _UPRIGHT.fullmatch(text.strip()) else ""


def set_close(text: str) -> str:
    """A Korean word set with wide spaces between its letters in one piece (`품   명`); any other text as it is.

    Days, choices and letters that count (`월 화 수`, `유 무`, `가 나 다`) are words of their own.
    """
    if not _SET_WIDE.fullmatch(text.strip()):
        return text
    letters = text.split()
    apart = any(set(letters) <= set(kind) for kind in _LISTED) or len(set(letters)) < len(letters)
    apart = apart or _TWO_WORDS.search(text) is not None
    return text if apart else "".join(letters)


def _leaders(text: str) -> str:
    """Dots that lead the eye to a page number, and blanks to fill in, say nothing by their length."""
    return _BLANKS.sub("___", _DOTS.sub(" … ", _TO_COLON.sub("", text)))


def clean_paragraph(text: str) -> str:
    """`clean_text` with each line trimmed and empty lines dropped; line breaks are kept."""
    lines = (_SPACES.sub(" ", _leaders(line)).strip() for line in clean_text(text).split("\n"))
    return "\n".join(line for line in lines if line)


def invisible_count(text: str) -> int:
    """How many invisible characters a text holds; a soft hyphen or a byte order mark is not suspicious."""
    return len(_INVISIBLE.findall(text.replace("\u00ad", "").replace("\ufeff", "")))
