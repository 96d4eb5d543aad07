"""Turns a model's free text into claims: one sentence or list item each, with the evidence numbers it cites."""

import re

from walkdown.documents import Claim

_CITATION = re.compile(r"\s*[\[［【](\d{1,2}(?:\s*[,;]\s*\d{1,2})*)[\]］】]")
_MARKER = re.compile(r"\s*\[[0-9a-f]{8,32}\]")
"""The fence's marker, which a small model takes for the number of a passage."""
_BULLET = re.compile(r"^\s*(?:[-*•·]|\(?\d{1,2}[.)])\s+")
# A sentence ends at . ! ? before a space, not after a number with a decimal or an abbreviation; after a full stop of
# Chinese and Japanese no space follows.
_SENTENCE_END = re.compile(
    r"(?<!\bNo)(?<!\bArt)(?<!\bRev)(?<!\bmin)(?<!\bmax)(?<!\be\.g)(?<!\bi\.e)(?<=[.!?])((?:\s*[\[［【]\d[\d,;\s]*[\]］】])*)\s+(?=\S)"
    r"|(?<=[。！？])(?P<cjk>(?:\s*[\[［【]\d[\d,;\s]*[\]］】])*)\s*(?=[^\s」』”）)])"
)

_YES_NO = (
    r"yes|no|correct|incorrect|right|(?:that|this|it) (?:is|was|does|must|may|can|should)(?:n't| not)?"
    r"(?: (?:correct|right|allowed|permitted|true|so|possible))?|not (?:allowed|permitted|possible|the same)|"
    r"네|예|넵|아니요|아니오|아뇨|아닙니다|아니다|맞습니다|맞다|그렇습니다|그렇지 않습니다|"
    r"안 ?(?:됩니다|된다|돼요|되요)|됩니다|돼요|된다|하지 마세요|하지 마십시오|"
    r"(?:다릅|같습|동일합)니다|다르다|같다|동일하다|"
    r"(?:they|these|those) (?:are|differ)(?: not)?(?: the same| different)?|"
    r"不一样|不同|一样|相同|同じです|異なります|"
    r"(?:불)?가능합니다|(?:불)?가능하다|불가합니다|불가하다|가능하지 않습니다|"
    r"是的?|不是的?|不|不可以|可以|不行|行|不能|能|对|不对|正确|不正确|"
    r"はい|いいえ|いえ|できません|できます|可能です|不可能です|不可です|そうです|違います|"
    r"sí|correcto|incorrecto|no se (?:puede|permite)|se puede|así es"
)
_ANSWER_ONLY = re.compile(rf"\W*(?:{_YES_NO})(?:[\s,.:;—。、，-]+(?:{_YES_NO}))*\W*", re.IGNORECASE)
"""A sentence that answers by yes or no and says nothing of the plant."""


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
        out.append(line[at : end.end(1) if end["cjk"] is None else end.end("cjk")])
        at = end.end()
    return [*out, line[at:]]


def split_claims(text: str) -> list[Claim]:
    """Claims of an answer in order; a citation after the full stop belongs to the sentence before it.

    A list item is one claim. A citation that stands alone on its line goes to the claim above. A sentence that only
    says yes or no before another one is left out: what the passage says answers.
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
    return _without_openings(claims)


def _without_openings(claims: list[Claim]) -> list[Claim]:
    """The claims without each yes or no before another one: no code tells whether it is the right one of the two."""
    last = len(claims) - 1
    return [claim for i, claim in enumerate(claims) if i == last or not is_answer_word(claim.text)]


def is_answer_word(text: str) -> bool:
    """True for a sentence that says yes or no and nothing else: `No.`, `아니요, 안 됩니다`."""
    return _ANSWER_ONLY.fullmatch(text) is not None


def join_claims(claims: list[Claim] | tuple[Claim, ...]) -> str:
    """The text shown: each claim followed by its citations."""
    return "\n".join(" ".join([c.text, *(f"[{n}]" for n in c.citations)]) for c in claims)
