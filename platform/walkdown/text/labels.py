"""Labels with an index that set otherwise equal things apart: `Unit 2`, `2호기`, `Level 1`, `Grade B`, `3단계`.

The kinds are common to the languages, so that `2호기` is `Unit 2`.
"""

import re
from typing import NamedTuple

from walkdown.text.languages import normalise

_INDEX = r"(?:\d{1,2}(?![\d.,]*\d)|(?-i:[A-F])(?![A-Za-z]))"
_MORE = rf"(?:\s?(?:,|and|or|&|/|와|과|및|·|또는|to|~)\s?(?:{_INDEX})){{0,40}}"
_ENGLISH: dict[str, str] = {
    "unit": r"(?:units?(?: no\.?)?|unidad)",
    "level": r"(?:action )?(?:levels?|stages?|phases?|tiers?)",
    "step": "steps?",
    "grade": r"(?:grades?|class(?:es)?|categor(?:y|ies))",
    "zone": r"(?:zones?|areas?)",
    "train": r"(?:trains?|trails?)",
    "channel": "channels?",
    "line": "lines?",
    "type": "types?",
    "section": r"(?:sections?|clauses?|chapters?)",
    "table": "tables?",
    "revision": r"(?:revisions?|revisi[oó]n|rev\.?)",
    "figure": r"(?:figures?|fig\.)",
    "annex": r"(?:annex(?:es)?|appendix)",
    "article": r"(?:articles?|art\.)",
}
_KOREAN: dict[str, str] = {
    "unit": "(?:호기|号机组?|号機)",
    "level": "단계",
    "grade": "(?:등급|급)",
    "zone": "(?:구역|지역)",
    "train": "계열",
    "channel": "채널",
    "line": "(?:라인|호선)",
    "section": "(?:절|장)",
    "article": "조",
    "type": "(?:종|형)(?![가-힣])",
}
_KOREAN_BEFORE: dict[str, str] = {
    "revision": "개정(?: ?번호)?:?",
    "grade": "등급",
    "zone": "구역",
    "unit": "호기",
    "table": "표",
    "figure": "그림",
    "level": "단계",
    "annex": "(?:별표|부록)",
    "channel": "채널",
    "line": "라인",
    "step": "스텝",
}
_CELL_END = r"(?=\s*(?:\||\n|$))"
_PATTERNS = (
    *(
        (k, re.compile(rf"\b{p}\s?#?({_INDEX}{_MORE})(?![A-Za-z0-9])(?!\s?(?:%|°|℃))", re.IGNORECASE))
        for k, p in _ENGLISH.items()
    ),
    *((k, re.compile(rf"(?<![\d.A-Za-z])(?:제\s?)?({_INDEX}{_MORE})\s?{p}")) for k, p in _KOREAN.items()),
    *((k, re.compile(rf"{p}\s({_INDEX}{_MORE})(?![\d.]*\s?[가-힣%°℃a-zA-Z])")) for k, p in _KOREAN_BEFORE.items()),
    # A cell that holds the index alone, under its heading.
    *(
        (k, re.compile(rf"(?:(?i:\b{_ENGLISH[k]})|{_KOREAN_BEFORE.get(k, _KOREAN[k])})\s?:\s?({_INDEX}){_CELL_END}"))
        for k in ("unit", "grade", "zone", "train", "channel", "line")
    ),
    ("unit", re.compile(rf"#\s?({_INDEX}{_MORE})\b")),
    # As columns are headed: `U1 alarm | U2 alarm`; U-101 is a vessel.
    ("unit", re.compile(r"(?<![A-Za-z0-9/-])U-?([1-9])(?![A-Za-z0-9.-])")),
)
_ONE = re.compile(rf"(?<![A-Za-z0-9]){_INDEX}")


class Label(NamedTuple):
    """One labelled index: its kind, its index in capitals, and the characters of the whole expression."""

    kind: str
    number: str
    start: int
    end: int


def find_labels(text: str) -> list[Label]:
    """All labels of a text; `Units 1 and 2` are two."""
    text = normalise(text)
    return [
        Label(kind, one.group().upper(), match.start(), match.end())
        for kind, pattern in _PATTERNS
        for match in pattern.finditer(text)
        for one in _ONE.finditer(match[1])
    ]
