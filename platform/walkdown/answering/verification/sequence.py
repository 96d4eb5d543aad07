"""What comes first: a claim that tells an order tells that of the passage's steps and rows.

"First 650 kg/h, then 850" holds two amounts of a table whose rows have them the other way, and "first isolate the
battery" a step that is the third.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from walkdown.answering.verification.grounding import content_words
from walkdown.answering.verification.ordering import turned
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Matched, Occurrence, Place
from walkdown.documents import Check, Claim
from walkdown.text.languages import normalise
from walkdown.text.lexical import terms

_FIRST = re.compile(
    r"^\W*(?:먼저|우선|제일 먼저|가장 먼저|맨 먼저|"
    r"first(?:ly| of all)?|the first (?:thing|step)|首先|先|まず|最初に|primero|en primer lugar)(?![A-Za-z])",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"그\s?다음|그런\s?뒤|그\s?뒤|그러고|이어서?\s|다음에|\bthen\b|\bafter that\b|\bnext\b|然后|接着|再|次に|その後|"
    r"\b(?:luego|después)\b",
    re.IGNORECASE,
)

_LISTED = 3
"""Actions from which a sentence is a list of them."""
_ALIKE = 0.5
"""Share of the words of a claim's action of which the same action of the passage has more."""
_AND_THEN = re.compile(
    r"[,;，、；]\s?|\b(?:and then|and|then|y luego|y después|y|e|luego|después)\b|(?<=[가-힣])[고며](?:\s나서)?\s|"
    r"(?:한|된|은|ㄴ)\s?(?:다음|뒤|후)(?:에)?\s|并|然后|再(?=[^\s])|てから|し、",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"\b(?:before|after|until|once|when|unless|prior to|antes|hasta|cuando|tras|without|sin)\b|전에|때까지|지 않|말고|"
    r"之前|以前|直到|まで|前に",
    re.IGNORECASE,
)
_STEM = re.compile(r"(?:[aeiou]r|[aeo]s?|ing|ed|s|습니다|(?<=[가-힣])다)$")
_CHARACTERS = re.compile(r"[ぁ-ヿ㐀-鿿]")
_LIGHT = frozenset("la el lo las los de del en por se a al con primer primero last first finally".split())


def check_sequence(claim: Claim, matched: Sequence[Matched], carriers: Sequence[Place], cited: Cited) -> Check:
    """Amounts and actions told one after the other stand so in the passage; what is first is no later step."""
    text = normalise(claim.text)
    first, then = _FIRST.search(text), _THEN.search(text)
    listed = _turned(text, [place.statement.text for place in carriers])
    if order := listed or turned(claim.text, cited):
        return failed("sequence", "other_order", first=order[0], then=order[1])
    if not first and not then:
        return skipped("sequence", "no_order")
    if first and (late := _late_step(carriers)) is not None:
        return failed("sequence", "not_first", number=str(late.statement.step), line=_short(late))
    amounts = sorted((m for m in matched if m.quantity.unit and m.places), key=lambda m: m.quantity.start)
    for one, other in pairwise(amounts) if then else ():
        between = text[one.quantity.end : other.quantity.start]
        same = one.quantity.dimension == other.quantity.dimension and one.quantity.base != other.quantity.base
        if same and _THEN.search(between) and _all_before(other.places, one.places):
            return failed("sequence", "other_order", first=other.quantity.text, then=one.quantity.text)
    return passed("sequence")


def _late_step(carriers: Sequence[Place]) -> Place | None:
    """The statement that carries a claim, where each that does is a later step of its list."""
    late = [p for p in carriers if p.statement.step is not None and p.statement.step > 1 and not _is_list(p)]
    return late[0] if late and len(late) == len(carriers) else None


def _is_list(place: Place) -> bool:
    """True for a step that lists actions of its own: what is first of them is no first step."""
    return len(_actions(place.statement.text)) >= _LISTED


def _actions(text: str) -> list[tuple[str, frozenset[str]]]:
    """Each action of a sentence that lists them, with the stems of its words."""
    parts = _AND_THEN.split(re.split(r"[:：]\s", text)[-1])
    return [(part.strip(), words) for part in parts if (words := _words(part))]


def _words(text: str) -> frozenset[str]:
    """The stems of an action's words; of Chinese and Japanese, which part no words, its lexical terms."""
    if _CHARACTERS.search(text):
        return frozenset(terms(text))
    return frozenset(_STEM.sub("", _plain(w)) for w in content_words(text) if w not in _LIGHT)


def _plain(word: str) -> str:
    """A word without accents and diphthongs, which Spanish verbs put on and off: `cierra`, `cerrar`."""
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).replace("ie", "e")


def _turned(claim: str, passages: Sequence[str]) -> tuple[str, str] | None:
    """Two actions that a claim tells in the other order than the sentence that lists most of its actions.

    Each is known by words that it shares with one action of the sentence and with no other to the same share. A
    sentence that says before or after what something is done need not follow the order of its words.
    """
    if _TURNS.search(claim):
        return None
    own = _actions(claim)
    told = [_places(own, _actions(p)) for p in passages if " | " not in p and not _TURNS.search(p)]
    best = max(told, key=len, default=[])
    return next(((b[1], a[1]) for a, b in pairwise(best) if a[0] > b[0]), None) if len(best) >= _LISTED else None


def _places(
    own: Sequence[tuple[str, frozenset[str]]], there: Sequence[tuple[str, frozenset[str]]]
) -> list[tuple[int, str]]:
    """The place of each of a claim's actions among those of a passage, where just one is most alike."""
    at: list[tuple[int, str]] = []
    for text, words in own if len(there) >= _LISTED else ():
        shares = sorted(((len(words & other) / len(words), i) for i, (_, other) in enumerate(there)), reverse=True)
        if shares[0][0] > _ALIKE and shares[0][0] > shares[1][0]:
            at.append((shares[0][1], text))
    return at


def _all_before(ones: Sequence[Occurrence], others: Sequence[Occurrence]) -> bool:
    """True when every place of some amounts stands before every place of others, in rows or steps."""
    pairs = [(a.place, b.place) for a in ones for b in others]
    return all(
        a.evidence.number == b.evidence.number and a.statement.end <= b.statement.start and _ordered(a) and _ordered(b)
        for a, b in pairs
    )


def _ordered(place: Place) -> bool:
    """True for a row or a step: sentences of prose are not always in the order of what is done."""
    return place.statement.kind in ("row", "step")


def _short(place: Place) -> str:
    return " ".join(place.statement.text.split())[:80]
