"""How many times: `once`, `두 번`, `2회`, `twice`, in digits or words of any language.

Such a count has no unit and is often a word, so it is no amount to the other checks: "disinfect once" passes them where
the passage says twice.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Place
from walkdown.answering.verification.statements import value_of_cell
from walkdown.documents import Check, Claim

_WORDS = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "una": 1, "dos": 2, "tres": 3, "cuatro": 4,
}  # fmt: skip
_COUNTS = re.compile(
    r"(?P<once>\bonce\b(?! (?:the|a|an|it|this|that|all|every|you|they|[a-z]+ (?:is|are|has|have)\b))|\bone time\b)|"
    r"(?P<twice>\b(?:twice|two times)\b)|"
    r"(?P<en>\b(?:\d{1,2}|three|four|five|six)) times\b(?! (?:the|as|more|higher|larger))|"
    r"(?P<ko>한|두|세|네|다섯|여섯)\s?(?:번|차례)(?!째|호)|"
    r"(?<![\d.,-])(?P<hoe>\d{1,2})\s?회(?![차로전의]|\s?(?:째|차))|"
    r"(?P<zh>[一二两三四五]|(?<![\d.,])\d{1,2})次(?![级数要品])|(?P<ja>[一二三四五]|(?<![\d.,])\d{1,2})回(?![目転])|"
    r"\b(?P<es>una|dos|tres|cuatro|\d{1,2}) ve(?:z|ces)\b",
    re.IGNORECASE,
)

_COUNTED = re.compile(
    r"\b(?:starts?|times|cycles|number of|count)\b|횟수|회수|번수|次数|回数|\bveces\b|[(\[]회[)\]]", re.IGNORECASE
)


def times_of(text: str) -> set[int]:
    """The numbers of times that a text names."""
    found = set()
    for match in _COUNTS.finditer(text):
        name, word = next((n, w) for n, w in match.groupdict().items() if w)
        number = {"once": 1, "twice": 2}.get(name) or _WORDS.get(word.lower())
        found.add(number or int(word))
    return found


def _counted(place: Place) -> set[int]:
    """The numbers of times that a statement names, in a row also by its headings: `Starts per hour: 1`."""
    found = times_of(place.statement.text)
    if place.statement.kind == "row":
        cells = (value_of_cell(p).strip() for p in place.statement.parts if _COUNTED.search(p.label))
        found |= {int(cell) for cell in cells if cell.isdigit()}
    return found


def check_times(claim: Claim, cited: Cited, carriers: Sequence[Place]) -> Check:
    """How often a claim says is how often the statements that carry it say, else how often its passages do."""
    said = times_of(claim.text)
    if not said:
        return skipped("times", "no_times")
    carried = {n for place in carriers for n in _counted(place)}
    stated = carried or {n for place in cited.places for n in _counted(place)}
    if not stated:
        return skipped("times", "no_times")
    if wrong := said - stated:
        return failed("times", "other_times", claimed=str(min(wrong)), stated=", ".join(map(str, sorted(stated))))
    return passed("times")
