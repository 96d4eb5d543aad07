"""Thousands parted by points, as Spanish writes them: `10.000 UFC/L` is ten thousand and `3,5 bar` three and a half.

`1.500 m` of an English or Korean page has three decimals, so a text must show that it is Spanish, and must have no
number with a decimal point.
"""

import re

_POINTED = re.compile(r"(?<![\w.,-])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.]|,\d{3})")
_DECIMAL_POINT = re.compile(r"(?<![\w.])(?:\d+\.(?:\d{1,2}|\d{4,})|0\.\d+)(?![\d.])")
_CLAUSE = re.compile(r"(?:^|\n)\s*\d{1,2}(?:\.\d{1,2})+\.?\s+(?=[A-ZÁÉÍÓÚ¿¡])")
"""The number of a clause before its text: `4.3 Si la ...` tells of no decimal point."""
_SPANISH = re.compile(
    r"\b(?:de|la|el|los|las|del|por|con|para|cada|hasta|se|en|una?|según|si|y|o|que|no|unidad|caudal|presión|"
    r"temperatura|nivel|valor|máxim[oa]|mínim[oa]|horas|días|mensual|anual|diari[oa]|límite|parada|ensayo|equipo)\b|"
    r"[¿¡ñ]|[a-z]ción\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"[가-힣ぁ-ヿ一-鿿]|\b(?:the|of|is|and|to|for|with)\b", re.IGNORECASE)
_ENOUGH = 2


def without_points(text: str) -> str:
    """The text with an apostrophe for each point that parts thousands; its length stays as it is."""
    if _POINTED.search(text) is None or not _is_spanish(text) or _DECIMAL_POINT.search(_CLAUSE.sub(" ", text)):
        return text
    return _POINTED.sub(lambda m: m.group().replace(".", "'"), text)


def _is_spanish(text: str) -> bool:
    told = {m.group().lower() for m in _SPANISH.finditer(text)}
    return len(told) >= _ENOUGH and _OTHER.search(text) is None
