"""Denials: how many a text holds, and whether a claim denies the clause or the amount that it rests on."""

import re
from collections.abc import Sequence
from functools import lru_cache

from walkdown.answering.verification.reading import Cited, Matched, clause_at
from walkdown.answering.verification.statements import Part
from walkdown.documents import Claim
from walkdown.text.concepts import sides
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.languages import normalise
from walkdown.text.lexical import terms
from walkdown.text.quantities import find_quantities

_ALL_OF_IT = 0.8
"""Share of a clause's words, by weight, that a claim's clause must hold to say all of it."""
NEGATION = re.compile(
    r"\b(?:not|never|without|cannot|nor|neither|nobody|nothing|none|prohibit\w*|forbid\w*|avoid\w*|refrain\w*|"
    r"refuse[sd]?)\b"
    r"|\b(?<!\bor )no\b(?!\.\s?\d| later| more than| less than)|n't\b"
    r"|않|아(?:니(?!라면)|닙|닌|님)|못|없|미(?:확인|완료|실시|설치|사용|개봉|처리|작동|동작|충족|검출|승인)|말(?:아야|고|것|라|며|도록)|지\s?마|마십시오|금지|불가|(?<![가-힣])안\s?(?:된|되|"
    r"돼|한|하|됩)|삼가|[없]이"
    # Spanish, Chinese, Japanese.
    r"|\b(?:nunca|jamás|tampoco|sin|nadie|nada|ningun[oa]s?|ningún|prohíben?|prohib\w+|evit\w+|rechaz\w+)\b"
    r"|不|没有?|無い|无(?![菌水机尘])|未|禁止|严禁|切勿|請勿|请勿"
    r"|(?<!少)ない|ません|せず|なく(?!な)|なしで?|(?<![必ま])(?<!は)ず(?=に|、|。|$)|厳禁|不可",
    re.IGNORECASE,
)
_NOT_NEGATION = re.compile(
    r"not only|not even|^\s*(?:in order )?to avoid|뿐(?:만)? 아니라|no\. ?\d|whether or not|아니라"
    r"|without (?:any )?exception|예외\s?없이|\bsin (?:ninguna )?excepci\w+|无(?:一)?例外|没有例外|例外なく"
    r"|\bno (?:solo|sólo|obstante)\b|\bsin embargo\b"
    r"|不[仅但同足锈良断稳]|不合格|不銹|不間|不足|不良|不具合|不純|不活性|未満|未满|未反[応应]|不等"
    r"|な(?:けれ|く)[ばて]は?(?:なら|いけ)(?:ない|ません)|ないと(?:いけない|いけません)|だけ(?:で|では)なく|問題ない",
    re.IGNORECASE,
)
"""What looks like a denial and is none; `しなければならない` is a duty."""
ONLY = re.compile(
    r"\bonly\b|\bsolely\b|에만|때만|서만|로만|만이|뿐(?!만)|한하여|한해|에 한"
    r"|\b(?:solamente|únicamente|sólo)\b|(?<!\bno )\bsolo\b|仅|僅|只[有能可限]|のみ|だけ(?!で)|に限[るり]",
    re.IGNORECASE,
)
ANSWER_WORD = re.compile(
    r"^\s*(?:no|yes|네|예|아니오|아니요|아니다|안 됩니다|안 된다|안된다|안 돼요|됩니다|된다|sí|si|"
    r"是的?|不是|不行|不可以|不能|可以|はい|いいえ|いえ)\s*[,.:;。，、—-]\s*(?=\S)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def denials(text: str) -> int:
    """How many negations a text holds; those of limits (`not less than 5 bar`) belong to the numbers."""
    for q in reversed(find_quantities(text)):
        text = f"{text[: q.outer_start]} {text[q.outer_end :]}"
    return len(NEGATION.findall(_NOT_NEGATION.sub(" ", ANSWER_WORD.sub(" ", text))))


_NO_FIRST = re.compile(
    r"^\s*(?:no\b|아니[오요]|아닙니다|아니다|안 ?[됩된돼]|불가|不(?:是|行|可以|能)|いいえ|いえ)", re.IGNORECASE
)


def denies_first(text: str) -> bool:
    """True for an answer that begins with no."""
    return _NO_FIRST.search(text) is not None


_NOT_BEFORE = re.compile(
    r"\b(?:not|never|nor)\b[^.;|]{0,80}?\b(?:before|until)\b|n't\b[^.;|]{0,80}?\b(?:before|until)\b"
    r"|\bonly (?:after|when|once)\b|\bno (?:earlier|sooner) than\b"
    r"|전(?:에|까지)?(?:는|도)?\s[^.|]{0,40}?(?:안\s?(?:된|되|돼|됩)|않|말[고라아며것]|마십|금지|못\s?한)"
    r"|(?:지나|끝나|되어|돼|해|[한된난])(?:야(?!\s?(?:한다|합니다|하며|하고|된다))|\s?(?:뒤|후)에(?:만|야))",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:before|prior to)\b|전에|이전에|전까지", re.IGNORECASE)


def waits(text: str) -> bool:
    """True when a text says that something may not be done before its time ("not before", "지나야 들어갈 수 있다")."""
    return _NOT_BEFORE.search(text) is not None


_WAITED = re.compile(r"지나|경과|기다|대기|\bwait|\bafter (?:at least )?\d|\buntil\b", re.IGNORECASE)


def bides(claim: str, statement: str) -> bool:
    """True when a claim says by waiting what a statement says by "not before"."""
    return waits(statement) and not denials(claim) and bool(waits(claim) or _WAITED.search(claim))


_EVENTS = (
    re.compile(r"(?P<event>\S{1,12}\s?\S{1,12}?)(?:기)?\s?전(?:에|까지)"),
    re.compile(r"\bbefore\b (?P<event>[^.,;|]{3,40})", re.IGNORECASE),
    re.compile(r"\b(?:when|after|once)\b (?P<event>[^.,;|]{3,40})", re.IGNORECASE),
)


def _event(text: str) -> set[str]:
    """Words of what something is said to be done before."""
    match = next((m for pattern in _EVENTS if (m := pattern.search(text))), None)
    return {t for t in terms(match["event"]) if t not in FUNCTION_WORDS} if match else set()


_NEEDS = re.compile(r"\b(?:need\w*|requir\w*|only with)\b|필요|있어야", re.IGNORECASE)
_EXCEPT = re.compile(r"\b(?:except|unless|without)\b|제외|없이|외에|않으면|아니면", re.IGNORECASE)


def jumps_ahead(claim: str, statement: str) -> bool:
    """True when a claim has done before what a statement says is not to be done before.

    "Wait 30 minutes before entering" is no contradiction of "do not enter before 30 minutes have passed".
    """
    rest = _NOT_BEFORE.sub(" ", statement)
    # "Before day 11 you need an instruction" is "not before day 11 except on instruction".
    if _NEEDS.search(claim) and _EXCEPT.search(statement):
        return False
    if not _BEFORE.search(claim) or waits(claim) or rest == statement or _BEFORE.search(rest):
        return False
    return bool(_event(claim) & _event(statement))


WITHOUT = re.compile(r"\bwithout\b|없이", re.IGNORECASE)

LIMIT = re.compile(
    r"\b(?:min(?:imum)?|max(?:imum)?|limits?|at least|at most|allow(?:ed|able)|outside|out of range)\b|"
    r"벗어나|최소|최대|최저|최고|상한|"
    r"하한|한계|제한|허용|\b(?:mínim[oa]s?|máxim[oa]s?|límites?|como mucho|permitid[oa]s?)\b|"
    r"最[大小高低多少]|上限|下限|至少|不得?超过|以内|許容|允许|限[值界度]",
    re.IGNORECASE,
)


_DENIED = re.compile(
    r"(?P<before>[가-힣A-Za-z0-9]{1,40}?)(?:[이가은는을를]|지[는도를]?|기[는도]?|게)?\s?(?:아니|아닙|아닌|아님|않|못|없|금지|불가)"
    r"|(?<![가-힣])안\s(?P<next>[가-힣]+)|\b(?:not|never|cannot|no)\s(?:be\s|to\s)?(?P<word>[A-Za-z]+)",
    re.IGNORECASE,
)


_DUTY = re.compile(
    r"(?P<ko>[가-힣A-Za-z0-9]{1,40}?)지?\s?(?:않|아니하|못하)(?:으면|면)\s?안|"
    r"\b(?:not|never|n't) (?:to )?(?:fail|omit|forget|neglect) to (?P<en>[A-Za-z]+)",
    re.IGNORECASE,
)
"""Two denials that say it must be."""


def denies_a_duty(claim: str, statement: str) -> bool:
    """True when a claim denies what a statement demands by two denials: `켜지 않으면 안 된다`, `not fail to start`."""
    demanded = {(m["ko"] or m["en"]).lower()[:4] for m in _DUTY.finditer(statement)}
    return bool(demanded & _denied(claim)) and not _DUTY.search(claim)


def _denied(text: str) -> set[str]:
    """The words that a text denies, by their beginnings: `방폭형이 아니` denies 방폭형."""
    return {word.lower()[:4] for m in _DENIED.finditer(ANSWER_WORD.sub(" ", text)) for word in m.groups() if word}


def denies_otherwise(claim: str, passage: str) -> bool:
    """True when one denies what the other affirms; a circumstance (`without stirring`) may be added."""
    if denials(claim) % 2 == denials(passage) % 2:
        return False
    if demands(claim, passage):
        return False
    # "The motor is not explosion-proof" is half of "do not run it, since the motor is not explosion-proof".
    if (denied := _denied(claim)) and denied <= _denied(passage) and not _DUTY.search(passage):
        return False
    return WITHOUT.search(passage) is not None or denials(WITHOUT.sub(" ", claim)) % 2 != denials(passage) % 2


_DEMANDS = re.compile(
    r"\b(?:must|has to|have to|need\w*|requir\w*|only (?:\w+ ){0,2}(?:with|once|after|when|if|on)|has been|until)\b|"
    r"(?:해|되어|돼|어|아)야|필요|없이는|있어야|에만|때만|뒤에만|후에만|"
    r"必须|须|需|でなければ|必要|\b(?:debe[n]?|hay que|requier\w+)\b",
    re.IGNORECASE,
)
_UNLESS = re.compile(
    r"\b(?:before|until|unless|except|without)\b|전에|까지|외에|제외|없이|않으면|아니면|"
    r"\b(?:antes|hasta|salvo|excepto|sin)\b|前|除|以外",
    re.IGNORECASE,
)


COMPLEMENTARY = ("active/bypassed", "allow/forbid")
"""Pairs of which one side is the other denied: what is not bypassed is active."""


def says_by_opposite(claim: str, passage: str) -> bool:
    """True where one says by the other word of a pair what the other denies: `is active`, `is not bypassed`."""
    ours, theirs = sides(claim), sides(passage)
    told = ("left", "right")
    return denials(claim) % 2 != denials(passage) % 2 and any(
        ours.get(name) in told and theirs.get(name) in told and ours[name] != theirs[name] for name in COMPLEMENTARY
    )


def demands(claim: str, passage: str) -> bool:
    """True when a claim demands what a passage denies all but: `not before 45 °C`, `must be below 45 °C first`."""
    return denials(passage) % 2 == 1 and bool(_UNLESS.search(passage)) and bool(_DEMANDS.search(claim))


_DENIED_AFTER = re.compile(r"\s*(?:[가-힣]{1,4}\s?)?(?:[이가은는]\s*)?아(?:니(?!라)|닙|닌|님)")
_DENIED_BEFORE = re.compile(r"(?:\bnot|n't)\s*$", re.IGNORECASE)


def denies_an_amount(text: str) -> bool:
    """True when a value itself is denied ("72 t/h이 아니다", "is not 72 t/h"), which no limit implies."""
    return any(
        _DENIED_AFTER.match(text, q.outer_end) or _DENIED_BEFORE.search(text, 0, q.outer_start)
        for q in find_quantities(text)
    )


def denied_amount(claim: Claim, matched: Sequence[Matched]) -> Part | None:
    """A clause or cell that gives an amount which the claim denies, though nothing is denied there.

    "The alarm is not 5 %" passes neither where another cell of the row denies something, nor where it says "maximum".
    """
    text = normalise(claim.text)
    for item in matched:
        q = item.quantity
        denied = _DENIED_AFTER.match(text, q.outer_end) or _DENIED_BEFORE.search(text, 0, q.outer_start)
        corrected = re.search(r"아니라|\bbut\b", text[q.end :])
        if denied and not corrected and item.places and not any(denials(o.part.text) for o in item.places):
            return item.places[0].part
    return None


def turned_clause(claim: Claim, cited: Cited, matched: Sequence[Matched]) -> Part | None:
    """The clause or cell of an amount, where the claim's clause says all of it and denies it, or the other way."""
    for item in matched:
        clause = clause_at(claim.text, item.quantity.start)
        # "Must not exceed the limit of 12 kg/h" denies what a limit implies.
        if LIMIT.search(clause):
            continue
        turned = []
        for o in item.places:
            words = cited.reader.features(NEGATION.sub(" ", o.part.text))
            alike = o.quantity.comparator == item.quantity.comparator and bool(words)
            said = alike and cited.share(words, clause) >= _ALL_OF_IT
            # `자동트립이 없어서 11 mm에 이르면` denies what another cell of the row denies.
            elsewhere = bool(denied := _denied(clause)) and denied <= _denied(o.place.statement.text)
            turns = (
                said and not elsewhere and denies_otherwise(clause, o.part.text) and not demands(clause, o.part.text)
            )
            turned.append(turns and not ONLY.search(f"{clause} {o.part.text}"))
        if turned and all(turned):
            return item.places[0].part
    return None
