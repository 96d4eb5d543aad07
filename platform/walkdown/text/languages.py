"""Which of the five languages a text is in, from its script: no model, no dependency, microseconds.

Script tells Korean (Hangul), Japanese (kana) and Chinese (Han without kana) apart. English and Spanish share
the Latin script and are told apart by function words and Spanish letters.
"""

import re
import unicodedata

from walkdown.documents import Language

_HANGUL = re.compile(r"[가-힣ᄀ-ᇿㄱ-ㆎ]")
_KANA = re.compile(r"[぀-ヿ]")
_HAN = re.compile(r"[一-鿿]")
_WORD = re.compile(r"(?<![\w./-])[a-záéíóúñü]+(?![\w/-]|\.\w)")
"""A word that stands by itself: the `O` of `CO2`, `N.O.S.` or `P-O` is none."""
_SPANISH_WORDS = frozenset(
    [
        "el",
        "la",
        "los",
        "las",
        "de",
        "del",
        "que",
        "en",
        "una",
        "un",
        "por",
        "con",
        "para",
        "se",
        "es",
        "son",
        "como",
        "más",
        "según",
        "cuál",
        "qué",
        "cuándo",
        "dónde",
        "y",
        "o",
        "al",
        "lo",
        "su",
    ]
)
_ENGLISH_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "is",
        "are",
        "what",
        "which",
        "how",
        "when",
        "where",
        "for",
        "with",
        "on",
        "at",
        "by",
        "be",
        "shall",
        "must",
        "from",
        "as",
        "an",
        "it",
        "that",
        "or",
        "a",
    ]
)


def normalise(text: str) -> str:
    """Unicode NFC, so that decomposed Hangul (macOS file names) equals composed Hangul."""
    return unicodedata.normalize("NFC", text)


def detect_language(text: str) -> Language:
    """Language of a text; English when nothing speaks for another.

    A text with Hangul is Korean even when most of it is Latin (tags, units and product names are), unless
    Hangul is under a twentieth of its letters.
    """
    hangul, kana, han = (len(p.findall(text)) for p in (_HANGUL, _KANA, _HAN))
    letters = sum(c.isalpha() for c in text) or 1
    if hangul and hangul >= max(kana, 1) and hangul / letters > 0.05:
        return "ko"
    if kana and (kana + han) / letters > 0.05:
        return "ja"
    if han / letters > 0.05:
        return "zh"
    words = _WORD.findall(text.lower())
    accents = len(re.findall(r"[ñ¿¡áéíóú]", text.lower()))
    found = [w for w in words if w in _SPANISH_WORDS]
    spanish, english = len(found) + 2 * accents, sum(w in _ENGLISH_WORDS for w in words)
    # Codes and table cells hold stray "a", "o" or "al", a column of them in every row: little evidence is none.
    enough = spanish >= 3 and (accents > 0 or len({w for w in found if len(w) > 1}) >= 2)
    return "es" if enough and spanish > english else "en"
