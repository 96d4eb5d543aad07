"""What a passage rules out in so many words is not what a claim says: `not the mean`, `센서 문제 아님`.

The words stand in the passage, so nothing else strikes "take the mean" or "the sensor was the cause". A clause of a
claim that itself denies says the same as the passage and is left alone.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.denials import denials
from walkdown.answering.verification.grounding import content_words, share_held
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Place
from walkdown.answering.verification.statements import clauses
from walkdown.documents import Check, Claim
from walkdown.retrieval.naming import names
from walkdown.text.languages import detect_language, normalise

_NO_CAUSE = re.compile(
    r"(?P<ko>[^.;|,:：—]{2,60}?)\s?(?:의\s)?(?:문제|원인|이상|불량|고장|탓)[은는이가도]?\s?(?:아님|아니[다며고라었]|아닙|아닌)|"
    r"(?P<en>[^.;|,:]{2,60}?)\s(?:is|was|are|were)\s(?:not|ruled out|excluded)\s?(?:as\s)?"
    r"(?:an?\s|the\s)?(?:causes?|at fault|to blame|faulty)|"
    r"\bnot (?:caused by|due to|because of) (?P<en_by>[^.;|,:]{2,60})|"
    r"(?P<zh>[^。；|，：]{2,30}?)(?:不是|并非)(?:直接|根本)?原因|"
    r"(?:不是|并非)(?P<zh_by>[^。；|，：]{2,30}?)(?:的问题|引起|所致|造成)|"
    r"(?P<ja>[^。；|、：]{2,30}?)(?:の(?:問題|異常|不良)|が(?:直接の?)?原因)では(?:な|ありません)|"
    r"\bno (?:fue|es|era) (?:por|debid[oa] a|causad[oa] por) (?P<es>[^.;|,:]{2,60})|"
    r"\bse descart(?:ó|aron) (?P<es_out>[^.;|,:]{2,60})",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"원인|때문|탓|로 인[해한]|\b(?:caused?|because|due to|fault of)\b|原因|因为|由于|引起|ため|せいで|"
    r"\b(?:causas?|causad[oa]|debid[oa]|culpa)\b|(?:문제|고장|불량)(?:였|이었|입니다|이다|로)",
    re.IGNORECASE,
)
_EACH = re.compile(r"\s?(?:,|、|/|·|(?<=[가-힣A-Za-z)])(?:이나|나|와|과|및)\s|\b(?:and|or|nor|y|o|ni)\b|[和与或])\s?")
_INSTEAD = re.compile(
    r"\((?:not|no)\s(?P<in_brackets>[^)]{2,40})\)|"
    r",\s(?:and\s)?not (?:the |an? |by |to |in |on )?(?P<behind>[A-Za-z-]+(?:\s[A-Za-z-]+){0,2})(?=[.;]|$)|"
    r"\b(?:rather than|instead of) (?:the |an? )?(?P<rather>[A-Za-z-]+(?:\s[A-Za-z-]+){0,2})(?=[.;,]|$)|"
    r"(?P<ko>[가-힣A-Za-z0-9-]+(?:\s[가-힣A-Za-z0-9-]+)?)(?:이|가) 아니라|"
    r"(?P<ja>[ァ-ヶー一-鿿A-Za-z0-9-]{2,20})ではなく|(?:，|；|、)(?:而不是|而非)(?P<zh>[^。；，|]{2,15})",
    re.IGNORECASE,
)
_JA_NOT = re.compile(
    r"(?P<what>[ァ-ヶー一-鿿A-Za-z0-9-]+)[をはが](?P<stem>[一-鿿]{1,2})[めまわさらかべけえせれし]?な(?:い|く)"
)
_WITHOUT = re.compile(
    r"(?P<ko>[가-힣A-Za-z0-9-]{2,}?)[이가은는도을를]?\s(?:없어도|없이도|안 [가-힣]+도|(?:하|되|나|오)지 않아도)|"
    r"\b(?:even (?:if|when) (?:there is )?no |(?:even )?without (?:any |an? |the )?)(?P<en>[A-Za-z-]+)",
    re.IGNORECASE,
)
_CAN = re.compile(
    r"[가-힣]도\s?(?:됩|된|돼|괜찮)|수\s?있|가능(?!성)|\b(?:may|can|is allowed|are allowed|permitted)\b", re.IGNORECASE
)
_IF_NOT = (
    r"(?:없으면|안 [가-힣]+면|지 않으면)[^.|]{0,40}?(?:지\s?(?:말|않|마)|금지|불가|안\s?[되된됩돼])",
    r"[^.|]{0,20}?(?:확인|보인|나온|된|한|뜬)[^.|]{0,6}\s?(?:뒤|후|다음)에?(?:만|야)",
)
_IF_WITHOUT = re.compile(r"없으면|않으면|[뒤후]에?만|\b(?:if|when) (?:there is )?no\b", re.IGNORECASE)
_NO_SUCH = r"\b(?:if|when) (?:there is )?no {what}\b[^.|]{{0,60}}\b(?:do not|don't|never|not)\b"
_TELLS = 2
"""Concepts of a claim that a statement in another language must name to speak of the same."""
_EARLIER = re.compile(r"\b(?:can|may)\b[^.;]{0,80}\b(?:before|without waiting|ahead of)\b", re.IGNORECASE)
_NOT_UNTIL = re.compile(
    r"전까지[^.|]{0,40}?(?:지\s?(?:말|않|마)|금지|불가|안\s?[되된됩돼])|[之以]?前[^。|]{0,20}(?:不得|禁止|不能)|"
    r"まで[^。|]{0,20}(?:ない|禁止|ません)|\bno\b[^.|]{0,60}\bhasta\b",
    re.IGNORECASE,
)


def check_ruled_out(claim: Claim, carriers: Sequence[Place], cited: Cited) -> Check:
    """A claim affirms nothing that its passages rule out: a cause, an alternative, an act, or what must come first."""
    if " | " in claim.text:
        return skipped("ruled_out", "nothing_ruled_out")
    parts = [p.text for p in clauses(normalise(claim.text))]
    said = [p for p in parts if not denials(p)]
    looked = False
    carrying = {(p.evidence.number, p.statement.start) for p in carriers or _spoken_of(claim, cited)}
    for place in cited.places:
        text = place.statement.text
        near = (place.evidence.number, place.statement.start) in carrying
        if (what := _ruled_out(said, text, place, cited, at_carrier=near)) is None:
            continue
        looked = True
        if what or any(_goes_without(clause, text) for clause in parts):
            return failed("ruled_out", "ruled_out", line=" ".join(text.split())[:80])
    return passed("ruled_out") if looked else skipped("ruled_out", "nothing_ruled_out")


def _ruled_out(said: Sequence[str], text: str, place: Place, cited: Cited, *, at_carrier: bool) -> bool | None:
    """True where a clause of a claim affirms what a statement rules out; None where that rules out nothing."""
    causes = [one for m in _NO_CAUSE.finditer(text) for one in _EACH.split(_group(m))]
    others = [_group(m) for m in _INSTEAD.finditer(text)] if at_carrier else []
    undone = list(_JA_NOT.finditer(text))
    earlier = at_carrier and _NOT_UNTIL.search(text) is not None
    found = any(_CAUSE.search(clause) and _affirms(clause, one, place, cited) for clause in said for one in causes)
    found = found or any(_affirms(clause, one, place, cited) for clause in said for one in others)
    found = found or any(_done_in_japanese(clause, m["what"], m["stem"]) for clause in said for m in undone)
    found = found or (earlier and any(_EARLIER.search(clause) for clause in said))
    return found or (False if causes or others or undone or earlier or _IF_WITHOUT.search(text) else None)


def _spoken_of(claim: Claim, cited: Cited) -> list[Place]:
    """The statements that name what a claim in another language speaks of, where no word or amount is shared."""
    spoken = cited.reader.known_concepts(claim.text)
    return [p for p in cited.places if sum(names(p.statement.text, c) for c in spoken) >= _TELLS]


def _group(match: re.Match[str]) -> str:
    return next((g for g in match.groups() if g), "").strip()


def _affirms(clause: str, ruled: str, place: Place, cited: Cited) -> bool:
    """True where a clause names what is ruled out: all its words, or its tag, or between languages its concepts."""
    tags = {t.normal for t in cited.reader.tags(ruled)}
    if tags:
        return bool(tags & {t.normal for t in cited.reader.tags(clause)})
    language = detect_language(clause)
    if place.evidence.chunk.language == language:
        words = content_words(ruled)
        return bool(words) and share_held(words, [clause], language) == 1.0
    spoken = cited.reader.known_concepts(ruled)
    return bool(spoken) and all(names(clause, concept) for concept in spoken)


def _done_in_japanese(clause: str, what: str, stem: str) -> bool:
    """True where a Japanese clause has happen to a thing what is not done to it: `ポンプは止まる` for `止めない`."""
    return (
        re.search(rf"{re.escape(what)}[をはがも][^。、]{{0,12}}?{re.escape(stem)}(?![^。、]{{0,4}}な[いく])", clause)
        is not None
    )


def _goes_without(clause: str, text: str) -> bool:
    """True where a clause permits without a thing what the passage does not do without it, or only after it."""
    match = _WITHOUT.search(clause)
    if match is None or not _CAN.search(clause):
        return False
    what = re.escape(_group(match))
    if match["en"]:
        return re.search(_NO_SUCH.format(what=what), text, re.IGNORECASE) is not None
    return any(re.search(rf"{what}[이가은는을를]?\s?{rest}", text) is not None for rest in _IF_NOT)
