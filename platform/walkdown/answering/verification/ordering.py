"""Two acts that a sentence sets in order: `the vent filter first, then the sparger` where the passage has them turned.

Each act of a claim is given to the act of the passage's sentence that alone has words of it; what both acts share, as
the verb and the kind of thing (`close ... valve`), tells nothing. Across languages concepts of glossary and lexicon are
held against each other. A sentence that does not say in words that something comes first is no order.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from walkdown.answering.verification.grounding import content_words
from walkdown.answering.verification.reading import Cited, Place
from walkdown.answering.verification.statements import value_of_cell
from walkdown.retrieval.naming import names
from walkdown.text.held_words import without_endings
from walkdown.text.languages import detect_language, normalise
from walkdown.text.lexical import terms

BEFORE_AFTER = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<late>[^,;，、。]+?)기\s?전에[,\s]+(?P<early>[^,;，、。]+)",
        r"\bafter\s(?P<early>[^,]+),\s(?P<late>[^,;，、。]+)",
        r"\bbefore\s(?P<late>[^,]+),\s(?P<early>[^,;，、。]+)",
        r"(?P<late>[^,;，、。]+?)\s(?:only\s)?after\s(?P<early>[^,;，、。]+)",
        r"(?P<early>[^,;，、。]+?)\sbefore\s(?P<late>[^,;，、。]+)",
        r"(?P<late>[^,;，、。]+?)前に[、\s]*(?P<early>[^,;，、。]+)",
        r"(?P<late>[^,;，、。]+?)之?前[，\s]*(?P<early>[^,;，、。]+)",
        r"\bdespués de\s(?P<early>[^,]+),\s(?P<late>[^,;，、。]+)",
        r"\bantes de\s(?P<late>[^,]+),\s(?P<early>[^,;，、。]+)",
        r"(?P<early>[^,;，、。]+?)\santes de\s(?P<late>[^,;，、。]+)",
    )
)
"""What is done `early` and what `late`, where a text says before or after what."""
_DANGLING = re.compile(r"(?:with|by|under|at|on|in|for|and|but|or|as|con|y|a|en)\b", re.IGNORECASE)
_SAID = re.compile(
    r"먼저|우선|(?:다음|뒤|후)(?:에야|에)?(?=[\s,])|나서|\bfirst\b|\bthen\b|先|然后|再|之?后|てから|その後|次に|た後|最初|"
    r"\b(?:primero|luego|después)\b",
    re.IGNORECASE,
)
_PARTED = re.compile(
    r"[,;，、；]\s?|\b(?:and then|and|then|y luego|y después|luego|después)\b|\sy\s|(?<=[가-힣])[고며](?:\s나서)?,?\s|"
    r"(?<=[가-힣])\s(?:다음|뒤|후)(?:에)?,?\s|然后|再(?=[^\s])|之?后|てから|た後に?|し、",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"지\s?(?:않|말|마)|안\s?[되된됩돼]|보다\s(?:먼저|우선)|\bnot\b|n't|\bnever\b|\bunless\b|\buntil\b|\bwithout\b|"
    r"때까지|不|ません|ない|\bno\b|\bnunca\b|\bsin\b",
    re.IGNORECASE,
)
"""What tells an order by denying the other one, or until when something lasts."""
_LAPSE = re.compile(
    r"\d[\d.,]*\s?(?:초|분|시간|일|주|개월|년)\s?(?:뒤|후|이내|지나)(?:에|의)?|\s후\s?(?=\d)|"
    r"\b(?:after|within|for|before)\s(?:at least\s|about\s)?\d[\d.,]*\s?[a-z]+\b|"
    r"\d+\s?(?:秒|分|時間|小时|分钟)間?(?:之?后|後)",
    re.IGNORECASE,
)
"""A lapse of time sets nothing in order: `10초 뒤`, `after 10 s`, `정지 후 8시간 이내`."""
_SENTENCE = re.compile(r"(?<=[가-힣a-z)])\.\s+(?=\S)|(?<=[。！])")
_MADE_VERB = re.compile(r"(?<=[가-힣]{2})[하되]$")
_LONGEST = 400
_CHARACTERS = re.compile(r"[ぁ-ヿ㐀-鿿]")
_ORDINALS = frozenset("first then next first, after before 먼저 우선 다음 그다음 primero luego después".split())
_OF_ONE = 0.5
"""Share of a claim's words that the sentence of the passage must hold to tell of the same."""


class Turned(NamedTuple):
    """Two acts of a claim, in its order, which the passage has the other way round."""

    first: str
    then: str


def turned(claim: str, cited: Cited) -> Turned | None:
    """The acts that a claim has in another order than the sentence of the passages that tells of both."""
    own = _acts(normalise(claim))
    if len(own) < 2:
        return None
    language = detect_language(claim)
    told: list[tuple[int, Turned | None]] = []
    for place in cited.places:
        for text in _sentences(place):
            there = _acts(text)
            same = detect_language(text) == language
            found = _places(own, there, cited, same=same) if len(there) > 1 else []
            if len(found) < 2 or (same and _held(claim, text) < _OF_ONE):
                continue
            back = next((Turned(a, b) for (i, a), (j, b) in pairwise(found) if i > j), None)
            told.append((round(100 * _held(claim, text)) if same else len(found), back))
            break
    most = max((share for share, _ in told), default=0)
    best = [back for share, back in told if share == most]
    return best[0] if best and all(best) else None


def _sentences(place: Place) -> list[str]:
    """A statement, then the one sentence of it that sets an order (a step may hold several); of a row the cells."""
    statement = place.statement
    if statement.kind == "row":
        return [value_of_cell(part) for part in statement.parts]
    ordered = [s for s in _SENTENCE.split(statement.text) if _SAID.search(s)]
    return [statement.text, *(ordered if len(ordered) == 1 else ())]


def _acts(text: str) -> list[str]:
    """The acts that a text sets in order, the earliest first; none where it says nothing of an order."""
    if len(text) > _LONGEST or " | " in text or _DENIED.search(text):
        return []
    text = _LAPSE.sub(" ", text)
    for pattern in BEFORE_AFTER:
        if match := pattern.search(text):
            acts = [match["early"].strip(), match["late"].strip()]
            # `with the approval and after the valve has been opened`: what is done after it stands before the comma.
            return [] if any(map(_DANGLING.match, acts)) else acts
    if not _SAID.search(text):
        return []
    return [part.strip() for part in _PARTED.split(text) if _words(part)]


def _places(own: Sequence[str], there: Sequence[str], cited: Cited, *, same: bool) -> list[tuple[int, str]]:
    """The place of each of a claim's acts among those of a sentence, where one alone has what tells it apart."""
    found: list[tuple[int, str]] = []
    sets = [_words(act) for act in there]
    for act in own:
        if same:
            mine = _words(act)
            hits = [len(mine & (s - _others(sets, i))) for i, s in enumerate(sets)]
        else:
            spoken = cited.reader.known_concepts(act)
            named = [[names(x, c) for x in there] for c in spoken]
            hits = [sum(row[i] and sum(row) == 1 for row in named) for i in range(len(there))]
        best = max(hits)
        if best and hits.count(best) == 1 and hits.index(best) not in [i for i, _ in found]:
            found.append((hits.index(best), act))
    return found


def _others(sets: Sequence[frozenset[str]], own: int) -> frozenset[str]:
    return frozenset().union(*(s for i, s in enumerate(sets) if i != own))


def _words(text: str) -> frozenset[str]:
    if _CHARACTERS.search(text):
        return frozenset(terms(text))
    # Cut before `고`, an act of one word keeps the verb that makes it one: `재개하`.
    words = (_MADE_VERB.sub("", w) for w in content_words(without_endings(text)))
    return frozenset(w for w in words if w not in _ORDINALS)


def _held(claim: str, text: str) -> float:
    mine = _words(normalise(claim))
    return len(mine & _words(text)) / len(mine) if mine else 0.0
