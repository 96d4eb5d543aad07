"""The asker's own amount against a limit: "7 is above 5 and does not reach 10" is right or wrong by arithmetic.

"Reads 7, is that fine?" is asked on every shift. The 7 stands in no document, so no check finds it; but what a
statement says of it beside limits that the passages hold can be reckoned.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from walkdown.answering.verification.statements import clauses
from walkdown.text.quantities import Quantity, same_quantity

_NOT = (
    r"(?:넘|초과하|도달하|이르|미치|닿)지\s?(?:는\s?)?(?:않|못)|못\s?(?:미[치칩쳤친]|넘)|안\s?넘|"
    r"(?:does|did|do|has|have|is|was|are|were)(?:\s?n['’]t|\snot)\s(?:yet\s)?(?:been\s)?"
    r"(?:exceed\w*|reach\w*|above|over|beyond|past|higher|more)|not\s(?:yet\s)?(?:reached|exceeded|above|over)|"
    r"(?:没有?|未|尚未)(?:超过|达到|超出|到)|超えて(?:い)?(?:ない|ませ)|(?:達して|届いて)(?:い)?(?:ない|ませ)|"
    r"\bno (?:supera|excede|alcanza|llega)"
)
_IS = r"(?:\b(?:is|are|was|were|be|being|lies?|reads?|sits?|already|still|now|well|far|just|slightly|clearly)\s|,\s)"
"""What makes of `above` a statement: `above 90 °C the mill trips` is a rule."""
_OVER = (
    r"넘[어었겼은긴습]|넘으?므로|초과(?:했|하였|됐|되었|합니다|입니다|이므로|하므로|하여|해\s)|웃돌|지났|높(?:습|아|고|으|다|은)|"
    r"더\s(?:길|깁|긴|높|많|큽|큰)|"
    rf"\bexceed(?:s|ed|ing)\b|{_IS}(?:above|beyond|past|over|(?:high|long|great)er than|more than)\b|"
    r"\btoo (?:high|long|much|hot)\b|"
    r"(?<=[已经均])(?:超过|超出|高于)|(?:超过|超出)了|超えて(?:い[るま]|おり)|超えまし|上回って|"
    r"\b(?:lo|la|los|las|ya) (?:supera|excede)n?\b|\best(?:á|án) por encima de\b"
)
_UNDER = (
    r"미달(?:했|합니다|입니다|이므로)|밑돌|낮(?:습|아|고|으|다|은)|모자라|부족|더\s(?:짧|낮|적|작)|"
    rf"{_IS}(?:below|under|less than|lower than|shorter than|short of)\b|"
    r"\b(?:too (?:low|short|little|cold)|not enough)\b|"
    r"(?<=[已经均])(?:低于|少于)|不足|下回って|足り(?:ない|ませ)|\best(?:á|án) por debajo de\b"
)
_RELATION = re.compile(rf"(?P<not>{_NOT})|(?P<over>{_OVER})|(?P<under>{_UNDER})", re.IGNORECASE)
_ALREADY = re.compile(r"(?:이미|벌써|\balready(?: at)?|已经|すでに|\bya)\s?$", re.IGNORECASE)
_GENERAL_AFTER = re.compile(
    r"[가-힣]{0,3}(?:면(?![가-힣])|도(?![가-힣])|라도|[는을를]?\s?(?:때|경우|시)(?![가-힣])|야(?![가-힣])|"
    r"지\s?않(?:아야|도록|게)|도록|게\s?하)|時|时|場合|とき"
)
"""What makes of a relation a rule, which is no statement about the amount at hand: `초과하면`, `넘지 않아야`."""
_GENERAL_BEFORE = re.compile(
    r"\b(?:if|when|whenever|once|unless|while|as long as|provided|only|must|"
    r"shall|should|may|can|until|si|cuando|mientras)\b[^.;,]{0,40}$|[若如]果?[^，,]{0,12}$",
    re.IGNORECASE,
)
_BAD = (
    r"not\s(?:\w+\s)?(?:acceptable|allowed|permitted|ok|okay|fine|valid|within|good|safe)|unacceptable|"
    r"out of (?:range|limits?|spec\w*|it\b)|\boutside\b|fails?\b|no longer valid|부적합|불합격|"
    r"(?:안|못)\s?[되된됩돼씁쓴]|"
    r"괜찮지 않|쓸 수 없|사용할 수 없|사용 ?불가|불가|벗어|"
    r"不合格|不可|不行|不能|无效|無効|だめ|外れ|使え(?:ない|ません)|"
    r"no (?:es aceptable|se puede|vale)|fuera de"
)
_GOOD = (
    r"acceptable|allowed|permitted|\bok(?:ay)?\b|\bfine\b|valid|within\b|in (?:range|spec\w*)|passes\b|meets\b|"
    r"inside\b|(?<![부가-힣])적합|합격|(?:기준|범위|한도|제한|허용)\s?(?:범위)?\s?(?:안|내|이내|입니다|이다)|이내|충족|만족|괜찮|문제없|"
    r"쓸 수 있|사용할 수 있|合格|范围内|可以|有效|範囲内|以内|使えます|aceptable|cumple|dentro"
)
_VERDICT = re.compile(rf"(?P<bad>{_BAD})|(?P<good>{_GOOD})", re.IGNORECASE)
_UPPER = re.compile(
    r"\b(?:limit|max\w*|up to|until|no more than|not exceed|at most|hold|or (?:lower|less|below))\b|한도|상한|최대|"
    r"까지|이하|이내|유효|上限|まで|以内|以下|hasta|máxim\w+",
    re.IGNORECASE,
)
_LOWER = re.compile(
    r"\b(?:at least|min\w*|or (?:more|higher|above))\b|하한|최소|이상|下限|以上|al menos|mínim\w+", re.IGNORECASE
)
_AMONG = re.compile(r"\bbetween\b|사이(?:이|에|의|라|입|인|여)|之间|の間|\bentre\b", re.IGNORECASE)
_SIGN = re.compile(r"\s*([≥>≤<])")
_COUNT = re.compile(r"\s?(?:개|대|번|회|명|점|차|호|건|채널|つ|個|个|台|次|of\b|out of\b|sensors?\b|channels?\b)")
"""What makes of a bare number a count, which is no limit."""
_NEAR = 15
"""Characters behind a limit in which its kind may be told."""
_PAIR = 2


class _Said(NamedTuple):
    """What a statement says of an amount against a limit: `over` it or not, in which clause."""

    over: bool
    at: int
    clause: tuple[int, int]


def judgement(
    text: str,
    said: Sequence[Quantity],
    asked: Sequence[Quantity],
    limits: Sequence[Quantity],
    elsewhere: Sequence[Quantity] = (),
) -> bool | None:
    """Whether all that a statement says of the asker's amounts against its limits holds; None where it says nothing.

    `said`: all amounts of the statement; `asked`: those of the question; `limits`: the amounts of the statement that
    its passage holds, with the comparators that it gives them. An amount of the statement that no limit is stands for
    the asker's where that has none of the kind. `elsewhere`: the passage's amounts, of which a statement without a
    limit (`9 h is not enough`) may speak.
    """
    bounds = [q for q in limits if not any(same_quantity(q, a) and a.unit for a in asked)]
    bounds = [q for q in bounds if q.unit or not _COUNT.match(text, q.end)]
    found = []
    for relation in _relations(text, asked):
        if not bounds and _is_borne_out(relation, asked, elsewhere):
            return True
        near = _nearest(relation, bounds)
        own = _measured(near, asked, limits) if near else None
        if near and own and own.base != near.base:
            holds = relation.over == (own.base > near.base)
            if not holds and own in limits:
                # Of three amounts of a statement no code tells which two it compares.
                return None
            found.append(holds)
    if not all(found):
        return False
    # "At most 0.5 M may be used" calls nothing fine.
    given = [a for a in asked if any(q.value == a.value and not any(q is b for b in bounds) for q in said)]
    verdict = _of_range(text, given, bounds) if len(bounds) == _PAIR else _of_limit(text, given, bounds)
    return verdict if verdict is not None else True if found else None


def beyond_verdict(text: str) -> str:
    """A statement without the words by which it holds an amount against a limit and calls it fine or bad."""
    return _VERDICT.sub(" ", _RELATION.sub(" ", text))


def _relations(text: str, asked: Sequence[Quantity]) -> Iterator[_Said]:
    parts = clauses(text)
    for match in _RELATION.finditer(text):
        general = _GENERAL_AFTER.match(text, match.end()) or _GENERAL_BEFORE.search(text[: match.start()])
        if not general:
            span = next(((p.start, p.end) for p in parts if p.start <= match.start() < p.end), (0, len(text)))
            yield _Said(match["over"] is not None, match.start(), span)
    for q in asked:
        at = text.find(q.text)
        if at >= 0 and _ALREADY.search(text[:at]):
            yield _Said(True, at, (0, len(text)))
        if at >= 0 and (sign := _SIGN.match(text, at + len(q.text))):
            yield _Said(sign[1] in "≥>", at, (0, len(text)))


def _is_borne_out(said: _Said, asked: Sequence[Quantity], elsewhere: Sequence[Quantity]) -> bool:
    """True where some amount of the passages lies on the side of the asker's that is said."""
    pairs = [(a, q) for a in asked for q in elsewhere if a.unit and a.dimension == q.dimension and a.base != q.base]
    return any(said.over == (a.base > q.base) for a, q in pairs)


def _nearest(said: _Said, bounds: Sequence[Quantity]) -> Quantity | None:
    """The limit that a relation speaks of: the nearest of its clause, else before it, else behind it."""
    inside = [q for q in bounds if said.clause[0] <= q.start < said.clause[1]]
    before = [q for q in bounds if q.end <= said.at]
    return min(inside or before or bounds, key=lambda q: abs(q.start - said.at), default=None)


def _measured(limit: Quantity, asked: Sequence[Quantity], held: Sequence[Quantity]) -> Quantity | None:
    """The one amount that is held against a limit: the asker's, else the first other one of the kind before it."""
    own = [q for q in asked if _comparable(q, limit)]
    if own:
        return own[0] if len({q.base for q in own}) == 1 else None
    others = [q for q in held if q.unit and q.dimension == limit.dimension and q.start < limit.start]
    return others[0] if others else None


def _comparable(one: Quantity, other: Quantity) -> bool:
    """True for two amounts of a kind; who asks may leave out the unit, and so may a cell."""
    return one.dimension == other.dimension or not (one.unit and other.unit)


def _of_limit(text: str, asked: Sequence[Quantity], bounds: Sequence[Quantity]) -> bool | None:
    """Whether what is called fine keeps the one limit, and what is called bad does not; None where no word tells."""
    verdict = _verdict(text, bounds)
    own = [q for q in asked if len(bounds) == 1 and _comparable(q, bounds[0])]
    if verdict is None or len(own) != 1 or own[0].base == bounds[0].base:
        return None
    limit = bounds[0]
    words = text[: limit.start] + text[limit.end : limit.end + _NEAR]
    upper = limit.comparator in ("<", "<=") or (limit.comparator == "=" and _UPPER.search(words) is not None)
    lower = limit.comparator in (">", ">=") or (limit.comparator == "=" and _LOWER.search(words) is not None)
    if upper == lower:
        return None
    return ((own[0].base < limit.base) == upper) == bool(verdict["good"])


def _verdict(text: str, bounds: Sequence[Quantity]) -> re.Match[str] | None:
    """The word that calls something fine or bad; the `within` of a limit is none."""
    held = [(q.outer_start, q.outer_end) for q in bounds]
    found = _VERDICT.finditer(text)
    return next((m for m in found if not any(a <= m.end() and m.start() <= b for a, b in held)), None)


def _of_range(text: str, asked: Sequence[Quantity], bounds: Sequence[Quantity]) -> bool | None:
    """The same for a range of two amounts: `50 to 80 ms, so 85 ms is out of it`."""
    verdict, among = _verdict(text, bounds), _AMONG.search(text)
    low, high = sorted(bounds, key=lambda q: q.base)
    own = [q for q in asked if _comparable(q, low)]
    if not (verdict or among) or low.dimension != high.dimension or len(own) != 1 or low.base == high.base:
        return None
    within = low.base <= own[0].base <= high.base
    return within == bool(verdict["good"]) if verdict else within
