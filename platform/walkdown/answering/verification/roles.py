"""Who: the role that a claim names is one that its passage names, not another of the same rank.

"Approved by the safety team leader" holds no amount and no tag, and most of its words stand where the production team
leader approves.
"""

import re
from collections.abc import Iterator, Sequence

from walkdown.answering.verification.across import other_actor
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited
from walkdown.answering.verification.saying import saying
from walkdown.answering.verification.sources import evidence_text
from walkdown.documents import Check, Claim
from walkdown.text.asked_people import asks_who
from walkdown.text.languages import detect_language, normalise

_KOREAN = re.compile(
    r"(?P<of>[가-힣A-Za-z0-9]{1,12}?)\s?(?P<rank>팀장|과장|부장|반장|조장|실장|소장|공장장|본부장|책임자|관리자|감독자|담당자|센터장|당직자)"
)
_ENGLISH = re.compile(
    r"\b(?P<of>[A-Za-z]+)\s(?P<rank>managers?|supervisors?|engineers?|chemists?|leaders?|directors?|officers?|operators?|"
    r"physicians?|inspectors?|technicians?|superintendents?)\b",
    re.IGNORECASE,
)
_ACTOR = re.compile(
    r"[가-힣A-Za-z]{0,10}(?:팀장|과장|부장|반장|조장|실장|소장|공장장|본부장|책임자|관리자|감독자|담당자|주임|팀|파트)(?![가-힣]{2})|"
    r"(?:生产|安全|设备|质量|值班|车间|设备|工程)?(?:部长|班长|主任|经理|组长|厂长|队长|科长|工程师)|"
    r"(?:製造|安全|設備|品質|当直|保全)?(?:課長|部長|班長|係長|責任者|所長|主任)|"
    r"\b(?:shift|unit|plant|production|quality|safety|area|maintenance|duty) "
    r"(?:manager|supervisor|lead(?:er)?|engineer|head|foreman)\b",
    re.IGNORECASE,
)
"""Who acts or decides, in the words for it: a rank, a team."""
_RANK = re.compile(
    r"[가-힣]{0,8}(?P<rank>(?:팀|과|부|반|조|실|소|공장|본부|센터|원|당직)장)(?=[이은는의가을과와에도님만 ,.])|"
    r"[\u4e00-\u9fff]{0,4}(?P<rank_cjk>工場長|課長|部長|班長|係長|所長|厂长|部长|班长|经理|组长|科长|总监)|"
    r"\b[a-z]+ (?P<rank_en>manager|director|superintendent|chemist|foreman)\b|"
    r"\b(?P<rank_es>director|gerente|jefe|responsable)\b",
    re.IGNORECASE,
)
"""A rank, which nobody puts in other words."""
_ANY = frozenset(
    "the a an any each every one your our their its this that another other of by to from with and or no only 해당 각 "
    "그 이 및 또는 의 현장 담당".split()
)
"""Words before a rank that name no one in particular."""


def roles_of(text: str) -> Iterator[tuple[str, str, str]]:
    """(what of, rank, as written) of each role that a text names."""
    text = normalise(text)
    for pattern in (_KOREAN, _ENGLISH):
        for match in pattern.finditer(text):
            of = match["of"].lower()
            if of not in _ANY:
                yield of, match["rank"].lower().removesuffix("s"), match.group()


def _other_who(claim: Claim, cited: Cited) -> tuple[str, str] | None:
    """Who acts by the claim, and who by the statements that hold most of its other words; None if not told apart."""
    said = _who(claim.text)
    if not said:
        return None
    words = cited.reader.features(_ACTOR.sub(" ", claim.text)) - cited.reader.features(" ".join(said))
    # Between languages who is who is told by the lexicon (`other_actor`).
    language = detect_language(claim.text)
    alike = [p for p in saying(words, cited) if p.evidence.chunk.language == language]
    stated = [_who(p.statement.text) for p in alike]
    if not stated or not all(stated) or any(_is_among(one, group) for one in said for group in stated):
        return None
    return said[0], ", ".join(dict.fromkeys(who for group in stated for who in group))


_ACT_KO = re.compile(
    r"(?P<who>[가-힣A-Za-z0-9·]{2,10}?)\s?(?:이|가|에서|에게서)\s(?:[가-힣A-Za-z0-9]+\s)?"
    r"(?P<act>판단|결정|승인|검토|서명|지시|허가|통보|신고|보고|해제|작성|입회|감독|방출|출하)"
)
_ACT_EN = re.compile(
    r"\b(?:the\s)?(?P<who>(?:[A-Za-z-]+\s){0,3}?[A-Za-z-]+)\s(?:alone\s|only\s|then\s|also\s)?"
    r"(?P<act>decides?|judges?|approves?|signs?|releases?|reviews?|authori[sz]es?|reports?)\b"
)


_ACT = re.compile(
    r"판단|결정|승인|검토|서명|지시|허가|통보|신고|보고|해제|작성|입회|감독|"
    r"\b(?:decid|judg|approv|sign|releas|review|authori[sz]|report)(?:es?|s|ed|ing)?\b",
    re.IGNORECASE,
)


def _by_another(claim: Claim, cited: Cited) -> tuple[str, str] | None:
    """(who does an act by the claim, who by the statement) where the statement that says the same names another one.

    `QA 가 판단` of a row is no `생산감독이 판단`, whether or not somebody else is named in the table.
    """
    language = detect_language(claim.text)
    pattern = _ACT_KO if language == "ko" else _ACT_EN
    text = normalise(claim.text)
    for mine in pattern.finditer(text):
        act = mine["act"].rstrip("s")
        words = cited.reader.features(text.replace(mine["who"], " "))
        alike = [p for p in saying(words, cited) if p.evidence.chunk.language == language]
        theirs = [[m["who"] for m in pattern.finditer(p.statement.text) if m["act"].rstrip("s") == act] for p in alike]
        if not theirs or not all(theirs):
            continue
        held = ["".join(p.statement.text.lower().split()) for p in alike]
        last = mine["who"].lower().split()[-1]
        if not any(last in text_of for text_of in held) and len(last) > 1:
            return mine["who"], ", ".join(dict.fromkeys(w for group in theirs for w in group))
    return None


def _told_besides(text: str, who: Sequence[str], cited: Cited) -> frozenset[str]:
    """What a text speaks of besides those who act and what they do."""
    bare = _ACT.sub(" ", text)
    for one in who:
        bare = bare.replace(one, " ")
    return frozenset(f for f in cited.reader.features(bare) if f[0] not in "@§#")


_SEGMENT = re.compile(r"[,;]\s|\s\|\s|(?<=[가-힣])[,]\s?")


def _of_other_part(claim: Claim, cited: Cited) -> tuple[str, str] | None:
    """(who by the claim, who by the sentence) where a sentence shares out among persons what a claim gives to another.

    `The charge engineer decides for set points, the Operations Manager for trips`: who decides for trips?
    """
    said = [written for _, _, written in roles_of(claim.text)] or _who(claim.text)
    language = detect_language(claim.text)
    words = _told_besides(claim.text, said, cited)
    for place in cited.places if said else ():
        if place.evidence.chunk.language != language or place.statement.kind == "row":
            continue
        parts = [(p, [w for _, _, w in roles_of(p)] or _who(p)) for p in _SEGMENT.split(place.statement.text)]
        held = [_told_besides(p, who, cited) for p, who in parts]
        own = [i for i, h in enumerate(held) if words & (h - set().union(*held[:i], *held[i + 1 :]))]
        named = [i for i, (_, who) in enumerate(parts) if who and any(_is_among(one, who) for one in said)]
        if len(own) != 1 or not named or own[0] in named or not parts[own[0]][1]:
            continue
        if not any(_is_among(one, parts[own[0]][1]) for one in said):
            return said[0], ", ".join(parts[own[0]][1])
    return None


def _who(text: str) -> list[str]:
    return ["".join(m.group().split()) for m in _ACTOR.finditer(normalise(text))]


def _is_among(who: str, others: Sequence[str]) -> bool:
    return any(who.lower() in other.lower() or other.lower() in who.lower() for other in others)


def _made_up(said: str, text: str) -> str:
    """The first rank of a claim that a text in its language does not hold; "" where it holds all."""
    held = normalise(text).casefold()
    ranks = ((m.group(), next(r for r in m.groups() if r)) for m in _RANK.finditer(normalise(said)))
    return next((written for written, rank in ranks if rank.casefold() not in held), "")


def check_role(claim: Claim, cited: Cited, question: str = "") -> Check:
    """Each role of the claim stands in a cited passage of its language, where those name others of that rank.

    Where the question asks for a person, it stands there whatever the passages name. Where the statements that say the
    same say who acts, it is one whom the claim names. A rank that neither passages nor question name is made up.
    """
    asked = asks_who(question)
    if (found := _other_who(claim, cited)) is not None:
        return failed("role", "other_role", who=found[0], stated=found[1])
    if asked and (found := other_actor(claim, cited)) is not None:
        return failed("role", "other_role", who=found[0], stated=found[1])
    if (found := _by_another(claim, cited) or _of_other_part(claim, cited)) is not None:
        return failed("role", "other_role", who=found[0], stated=found[1])
    said = list(roles_of(claim.text))
    language = detect_language(claim.text)
    text = "\n".join(evidence_text(e) for e in cited.evidence if e.chunk.language == language)
    if text and (rank := _made_up(claim.text, f"{text}\n{question}")):
        return failed("role", "not_in_passage", what=rank)
    if not said or not text:
        return skipped("role", "no_role")
    stated = list(roles_of(text))
    held = "".join(text.lower().split())
    for of, rank, written in said:
        others = [w for o, r, w in stated if r == rank and o != of]
        if (others or asked) and "".join(written.lower().split()) not in held:
            return failed("role", "other_role", who=written, stated=", ".join(dict.fromkeys(others)))
    return passed("role")
