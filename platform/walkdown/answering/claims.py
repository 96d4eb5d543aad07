"""Turns a model's free text into claims: one sentence or list item each, with the evidence numbers it cites."""

import re

from walkdown.documents import Claim

_CITATION = re.compile(r"\s*[\[［【](\d{1,2}(?:\s*[,;]\s*\d{1,2})*)[\]］】]")
_MARKER = re.compile(r"\s*\[[0-9a-f]{8,32}\]")
"""The fence's marker, which a small model takes for the number of a passage."""
_BULLET = re.compile(r"^\s*(?:[-*•·]|\(?\d{1,2}[.)])\s+")
# A sentence ends at . ! ? (or the CJK full stop) before a space; not after a number with a decimal or an abbreviation.
_SENTENCE_END = re.compile(
    r"(?<!\bNo)(?<!\bArt)(?<!\bRev)(?<!\bmin)(?<!\bmax)(?<!\be\.g)(?<!\bi\.e)(?<=[.!?。])((?:\s*[\[［【]\d[\d,;\s]*[\]］】])*)\s+(?=\S)"
)


def citations_of(text: str) -> tuple[int, ...]:
    """Evidence numbers cited in a text, in order, each once."""
    numbers = [int(n) for m in _CITATION.finditer(text) for n in re.findall(r"\d+", m[1])]
    return tuple(dict.fromkeys(numbers))


def strip_citations(text: str) -> str:
    """The text without its `[n]` marks."""
    return re.sub(r"\s{2,}", " ", _MARKER.sub("", _CITATION.sub("", text))).strip()


def _sentences(line: str) -> list[str]:
    out, at = [], 0
    for end in _SENTENCE_END.finditer(line):
        out.append(line[at : end.end(1)])
        at = end.end()
    return [*out, line[at:]]


def split_claims(text: str) -> list[Claim]:
    """Claims of an answer in order; a citation after the full stop belongs to the sentence before it.

    A list item is one claim. A citation that stands alone on its line goes to the claim above.
    """
    claims: list[Claim] = []
    for line in text.splitlines():
        item = _BULLET.match(line)
        for sentence in [line] if item else _sentences(line):
            cited, bare = citations_of(sentence), strip_citations(_BULLET.sub("", sentence))
            if any(c.isalnum() for c in bare):
                claims.append(Claim(text=bare, citations=cited))
            elif cited and claims:
                last = claims[-1]
                claims[-1] = Claim(text=last.text, citations=tuple(dict.fromkeys((*last.citations, *cited))))
    return claims


def join_claims(claims: list[Claim] | tuple[Claim, ...]) -> str:
    """The text shown: each claim followed by its citations."""
    return "\n".join(" ".join([c.text, *(f"[{n}]" for n in c.citations)]) for c in claims)
