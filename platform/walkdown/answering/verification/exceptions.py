"""Exceptions and conditions: what a statement makes one of is told with it, and none is made up."""

import re
from collections.abc import Sequence

from walkdown.answering.verification.denials import ONLY, denials
from walkdown.answering.verification.meaning import CLOSE, Basis
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Matched, Place
from walkdown.answering.verification.statements import clauses, split_statements
from walkdown.documents import Check, Claim
from walkdown.text.languages import detect_language
from walkdown.text.quantities import same_quantity

_EXCEPTION = re.compile(
    r"\b(?:unless|(?<!without )(?<!no )except(?:ing|ion|ions)?|other than|excluding|save for|apart from|"
    r"does not apply|do not apply|provided(?: that)?(?= \w)|on condition|as long as)\b"
    r"|조건으로|조건 (?:아래|하에)|한하여"
    r"|다만|(?<![가-힣])단,|^\s*단\s(?!\d)|제외|이외|외에는|예외(?! ?없)"
    r"|적용하지 (?:않|아니)|아니면|않는 한|경우가 아니"
    r"|\b(?:salvo|excepto|(?<!sin )excepci(?:ón|ones)|a menos que|siempre que|a no ser que|no se aplica)\b"
    r"|除(?:了|非)|除[^。，]{1,14}外|(?<!无)(?<!没有)例外|ただし|を除[きくい]|但し|限りで?ない",
    re.IGNORECASE,
)
_EXCEPTION_NEXT = re.compile(
    r"^\s*(?:however|except|exception|this does not apply|that does not apply|다만|단(?:,|\s(?!\d))|예외|"
    r"이 규정은 적용하지|excepci|esto no se aplica|ただし|但し|例外)",
    re.IGNORECASE,
)

_UNCONDITIONAL = re.compile(
    r"조건 ?없이|무조건|예외 ?없이|항상|언제나|어떤 경우(?:에도|든지?)|"
    r"\b(?:always|unconditionally|in (?:any|all|every) cases?|"
    r"without (?:any )?(?:conditions?|exceptions?)|siempre|sin (?:ninguna )?(?:excepci\w+|condici\w+)|en todo caso)\b"
    r"|无条件|無条件|总是|一律|常に|例外なく",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"으나[,\s]|지만[,\s]|\b(?:but|however|only|while|whereas)\b|때만|에만|만 가능|但|が、|\b(?:pero|solo|sino)\b",
    re.IGNORECASE,
)
"""What an answer may tell as an exception, too."""
_REGARDLESS = re.compile(
    r"\b(?:does|do) not matter|\bdoesn't matter|\birrelevant\b|(?:상관|관계)\s?없|"
    r"무관하게|불문하고|\b(?:regardless|irrespective|no matter)\b|无论|不论|不管|関係なく|問わず|"
    r"\bindependientemente\b",
    re.IGNORECASE,
)
"""That a thing holds whatever something else is, which the passage must say itself."""


_THINGS = (
    r"points?|pumps?|units?|tanks?|lines?|valves?|alarms?|machines?|reactors?|vessels?|batches|columns?|filters?|fans?|trips?|"
    r"transmitters?|instruments?|detectors?|motors?|bearings?|rooms?|compressors?|boilers?|turbines?"
)
_EVERY = re.compile(
    rf"\b(?:like )?(?:all|every)(?: of)?(?: the)?(?: other)?(?: [a-z-]+){{0,3}}? (?:{_THINGS})\b|"
    r"(?:모든|전체)\s(?:[가-힣A-Za-z0-9]+\s)?(?:설비|펌프|밸브|계기|포인트|배치|뱃치|탱크|라인|호기|기기|진동|경보|트립|"
    r"감지기|검지기|반응기|필터|베어링)|"
    r"\btod[oa]s l[oa]s\b|所有的?(?:设备|泵|阀|点|机组|罐|报警|批)|"
    r"(?:すべて|全て|全)の(?:ポンプ|弁|機器|点|タンク|設備|警報|バッチ)",
    re.IGNORECASE,
)
"""What is said of all things of a kind."""
_OF_ALL = re.compile(r"\b(?:all|every|each|tod[oa]s)\b|모든|전체|전부|공통|各|全|所有|すべて", re.IGNORECASE)


def check_exceptions(
    claim: Claim, cited: Cited, basis: Basis, others: Sequence[str] = (), matched: Sequence[Matched] = ()
) -> Check:
    """An exception of the statement is in the claim, or in another claim of the answer; none is made up."""
    amounts = [o.place for m in matched if m.quantity.unit for o in m.places]
    # The exception of a sentence of its own may be to something else than the amount.
    told_of = [p for p in amounts if _EXCEPTION.search(p.statement.text) or _goes_on(p, cited, matched)]
    places = [p for p in basis.carriers if p in told_of or _covers(claim, cited, basis, p)]
    told = any(_EXCEPTION.search(text) for text in (claim.text, *others))
    for place in places:
        if told:
            break
        if (found := exception_of(place)) and not _is_given(claim, others, cited, found):
            return failed("exceptions", "left_out", line=" ".join(found.split())[:120])
    stated = [p for p in basis.carriers if exception_of(p)]
    if _EXCEPTION.search(claim.text) and basis.carriers and not stated:
        whole = " ".join(e.chunk.text for e in cited.evidence)
        if not (_EXCEPTION.search(whole) or _CONTRAST.search(whole)):
            return failed("exceptions", "exception_made_up")
    return passed("exceptions") if stated else skipped("exceptions", "no_exception")


def _goes_on(place: Place, cited: Cited, matched: Sequence[Matched]) -> bool:
    """True for a sentence that the next one (`다만`) takes back in part: for an amount of the claim's kind, or for all.

    Whoever reads the amount must read that.
    """
    following = place.evidence.chunk.text[place.statement.end : place.statement.end + 200].lstrip(" ")
    if place.statement.kind == "row" or following[:1] == "\n" or not _EXCEPTION_NEXT.match(following):
        return False
    others = {q.dimension for q in cited.reader.quantities(exception_of(place))}
    return not others or any(m.quantity.dimension in others for m in matched if m.places)


def check_unconditional(claim: Claim, carriers: Sequence[Place]) -> Check:
    """What a passage makes an exception to does not hold in every case (`조건 없이`, `always`).

    Nor is what one row of a table tells said of all things of its kind.
    """
    rows = [p for p in carriers if p.statement.kind == "row"]
    every = _EVERY.search(claim.text)
    if every and rows and len(rows) == len(carriers) and not any(_tells_of_all(p) for p in rows):
        return failed("unconditional", "not_in_passage", what=every.group())
    if not (_UNCONDITIONAL.search(claim.text) or _REGARDLESS.search(claim.text)) or any(
        pattern.search(p.statement.text) for p in carriers for pattern in (_UNCONDITIONAL, _REGARDLESS)
    ):
        return skipped("unconditional", "no_exception")
    if (word := _REGARDLESS.search(claim.text)) and carriers:
        return failed("unconditional", "not_in_passage", what=word.group())
    found = next((x for p in carriers if (x := exception_of(p))), "")
    if found:
        return failed("unconditional", "denied_exception", line=" ".join(found.split())[:120])
    return passed("unconditional")


def _is_given(claim: Claim, others: Sequence[str], cited: Cited, exception: str) -> bool:
    """True when an answer gives the exception in other words: its amounts, or most of what it says.

    "Only the manager" is "by nobody except the manager", and a condition may be a sentence of its own.
    """
    made = _EXCEPTION.split(exception, maxsplit=1)[-1]
    features, reader = cited.reader.features(made), cited.reader
    if features and ONLY.search(claim.text) and cited.share(features, claim.text) >= CLOSE:
        return True
    answer = " ".join((claim.text, *others))
    # `BC-12 has a heater and is not changed` is the exception that names BC-12.
    named = {t.normal for t in reader.tags(made)}
    if (
        named
        and denials(made) % 2
        and any(named == {t.normal for t in reader.tags(c.text)} and denials(c.text) % 2 for c in clauses(answer))
    ):
        return True
    if named and ONLY.search(answer) and named <= {t.normal for t in reader.tags(answer)}:
        return True
    amounts, given = reader.quantities(made), reader.quantities(answer)
    if amounts and detect_language(claim.text) != detect_language(exception):
        return all(any(same_quantity(a, q) for q in given) for a in amounts)
    return bool(features) and cited.share(features, answer) >= CLOSE


def exception_of(place: Place) -> str:
    """The exception that a statement makes, in itself or in the sentence that follows it; empty for none."""
    statement = place.statement
    if match := _EXCEPTION.search(statement.text):
        return statement.text[max(0, match.start() - 20) :] if match.start() else statement.text
    following = place.evidence.chunk.text[statement.end : statement.end + 200].lstrip()
    if _EXCEPTION_NEXT.match(following):
        return split_statements(following)[0].text
    return ""


def _covers(claim: Claim, cited: Cited, basis: Basis, place: Place) -> bool:
    """True when a claim says what a statement says, so that its exception belongs to it."""
    features = cited.reader.features(claim.text)
    return not basis.same_language or cited.share(features, place.statement.text) >= CLOSE


def _tells_of_all(place: Place) -> bool:
    """True where a row, or what stands above it, tells of all things of a kind."""
    above = " ".join((place.evidence.chunk.title, *place.evidence.chunk.heading_path))
    return _OF_ALL.search(f"{above} {place.statement.text}") is not None
