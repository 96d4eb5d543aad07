"""Two things told to be done at the same time, of which the passage has one after the other.

`Feed B may be started together with Feed A` finds both in a table under `day 3`; the note below it says thirty minutes
after. So a sentence of the passage that names the same things and sets them apart in time is looked for.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.denials import denials
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Place
from walkdown.documents import Check, Claim
from walkdown.retrieval.naming import names
from walkdown.text.languages import detect_language, normalise

_AT_ONCE = re.compile(
    r"\b(?:at the same time|simultaneous(?:ly)?|at once|together with|along with|concurrently|in parallel)\b|"
    r"동시에|한꺼번에|함께|(?<![가-힣])같이\s|同时|同時|一緒に|\bal mismo tiempo\b|\bsimultáne\w+|\bjunto con\b",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\b(?:after|before|following|later than|only when|once)\b|\bfirst\b[^.;]*\bthen\b|먼저|首先|先[^。]*[再后]|"
    r"(?:뒤|후|전)(?:에|$|\s)|이후|나서|다음에|"
    r"之后|之前|以后|的?后|てから|後に|前に|\b(?:después|antes) de\b",
    re.IGNORECASE,
)
_NO_DELAY = re.compile(
    r"지연\s?(?:시간\s?)?없이|\b(?:without (?:any )?|no )delay\b|(?:无|不|没有)延[时迟]|遅[延れ]な[しく]|"
    r"\bsin (?:retardo|demora|retraso)\b",
    re.IGNORECASE,
)
_DELAY = re.compile(
    r"(?:지연|\bdelay\b|延[时迟]|遅延|\bretardo\b)[^|.;0-9]{0,20}(?!0+(?:\.0+)?\b)\d|"
    r"(?<![\d.])(?!0+(?:\.0+)?\s?(?:초|s\b))\d+(?:\.\d+)?\s?(?:초|분|s|min|秒|分)\s?"
    r"(?:지연|delay|延[时迟]|の?遅延|de retardo)",
    re.IGNORECASE,
)
"""A delay of some length."""
_SHARE = 0.5
"""Share of a claim's words, by weight, that a sentence must hold to speak of the same things."""
_TELLS = 2


def check_at_once(claim: Claim, cited: Cited, carriers: Sequence[Place]) -> Check:
    """No sentence of the cited passages sets apart in time what a claim has happen at once, or without delay."""
    text = normalise(claim.text)
    if _NO_DELAY.search(text) and (late := next((p for p in carriers if _DELAY.search(p.statement.text)), None)):
        return failed("at_once", "set_apart", line=" ".join(late.statement.text.split())[:80])
    if not _AT_ONCE.search(text) or denials(text) or " | " in text:
        return skipped("at_once", "nothing_at_once")
    apart = next((p for p in cited.places if _sets_apart(text, p, cited)), None)
    if apart is not None:
        return failed("at_once", "set_apart", line=" ".join(apart.statement.text.split())[:80])
    return passed("at_once")


def _sets_apart(text: str, place: Place, cited: Cited) -> bool:
    said = normalise(place.statement.text)
    if place.statement.kind == "row" or not _APART.search(said) or _AT_ONCE.search(said):
        return False
    named = cited.reader.identifiers(text)
    if named and not named <= cited.reader.identifiers(said):
        return False
    bare = _AT_ONCE.sub(" ", text)
    if detect_language(bare) == detect_language(said):
        return cited.share(cited.reader.features(bare), said) >= _SHARE
    return sum(names(said, concept) for concept in cited.reader.known_concepts(bare)) >= _TELLS
