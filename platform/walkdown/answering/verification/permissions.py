"""What a passage forbids is not permitted by a claim, and what it has happen at a limit does not go on in spite of it.

"Nitrogen is never connected to the header" does not carry "nitrogen may be connected for an hour", in whatever
language each is. Between languages no clause can be held against another, so there every statement that carries the
claim must forbid, without an exception and without permitting anything.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.denials import ANSWER_WORD, NEGATION, denials, says_by_opposite
from walkdown.answering.verification.grounding import content_words, share_held
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.owning import owners_of
from walkdown.answering.verification.reading import Cited, Matched, Place
from walkdown.answering.verification.statements import clauses, value_of_cell
from walkdown.documents import Check, Claim
from walkdown.retrieval.foreign_words import READ
from walkdown.retrieval.naming import names
from walkdown.text.languages import detect_language, normalise
from walkdown.text.quantities import find_quantities

_PERMITS = re.compile(
    r"[가-힣]면\s?(?:됩니다|된다|돼)|[가-힣]도\s?(?:됩|된|돼|되[며고나]|괜찮|좋|무방)|수\s?있|가능(?!성)|허용(?:됩|된|돼|한)|"
    r"\b(?:may|can|allowed|permitted|permissible|acceptable|ok(?:ay)?)\b|"
    r"可以|允许|允許|てもよい|ても良い|てもいい|できます|できる|許可|許され|"
    r"\b(?:pued(?:o|es?|en)|podemos|permite[n]?|permitid[oa]s?)\b",
    re.IGNORECASE,
)
_FORBIDS = re.compile(
    r"\b(?:never|must not|may not|shall not|cannot|do not|don't|not (?:allowed|permitted)|prohibited|forbidden)\b|"
    r"금지|절대|불가|안\s?(?:된|되|돼|됩)|지\s?(?:않는다|않습니다|말|마)|"
    r"不得|禁止|不可|不能|严禁|てはならない|てはいけ|しないこと|"
    r"\b(?:nunca|prohibid[oa]s?)\b|\bno se (?:debe|puede|permite)",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"\b(?:unless|except|until|before|without|only|other than)\b|전에|없이|외에|제외|에만|때만|한해|않으면|아니면|"
    r"除|以外|前に|\b(?:salvo|excepto|hasta|sin|solo)\b",
    re.IGNORECASE,
)
_ONLY_ONCE = re.compile(
    r"\bonly\b[^.;]{0,60}\b(?:once|after|when|if|with|on|until)\b|(?:뒤|후|때|경우|이면|되면|으면)에?만|"
    r"(?:돼|되어|해|어|아)야(?:만)?\s?[^.]{0,20}수 있|才[能可]|のみ|\bsolo\b[^.;]{0,60}\b(?:cuando|si|con|tras)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"때까지|까지\s|まで|直到|\buntil\b|\bhasta\b|단,|다만", re.IGNORECASE)
_IN_SPITE = re.compile(
    r"(?:[어아여해]도|더라도|라도)(?!\s?(?:됩|된|돼|되|괜찮|좋|무방|안))|"
    r"\beven (?:if|when|above|below|after|over|beyond)\b|"
    r"即使|即便|[てで]も(?!よい|良い|いい|かまわ)|\b(?:aunque|incluso si)\b",
    re.IGNORECASE,
)
_WHATEVER = re.compile(
    r"관계없|상관없|무관|항상|언제나|도(?=\s)|\b(?:even|regardless|irrespective|always|whatever|any)\b|无论|不论|関係なく|"
    r"\b(?:siempre|cualquier|incluso)\b",
    re.IGNORECASE,
)
_BEFORE_CODE = re.compile(
    r"(?P<ko>[A-Z][A-Z0-9-]+)(?:가|이)?\s?(?:끝나기\s?)?전에|\b(?:before|without|until)\s(?:the\s)?(?P<en>[A-Z][A-Z0-9-]+)\b"
)
_VERB = re.compile(r"(?<![가-힣])(?P<verb>[가-힣]{1,7}(?:습니다|는다|니다))[.\s]*$")
_DONE = re.compile(r"(?<![가-힣])(?P<verb>[가-힣]{1,7}(?:습니다|는다|니다))(?![가-힣])")
_NOT_DONE = re.compile(r"(?<![가-힣])(?P<verb>[가-힣]{1,7})지\s?(?:않는다|않습니다|말|못한다|못합니다)")
_AUXILIARY = frozenset(("하", "되", "있", "이", "아니", "않", "두", "주"))
"""Stems that say nothing of what is done."""
_FINALS = 28
_TELLS = 2
"""Concepts of a clause that forbids which a claim must name to say the same."""
_NOBODY = re.compile(
    r"(?:(?:nobody|no one)[;,. ]*)?(?:not (?:allowed|permitted)|prohibited|forbidden)|"
    r"nobody|no one|누구도 ?불가|금지|불가",
    re.IGNORECASE,
)
"""A cell that lets nobody do what its row is about."""
_DOER = re.compile(r"(?P<who>[가-힣A-Z]{2,8}?)(?:은|는|이|가)\s")
_CASE_THEN = re.compile(r"(?P<case>[^.,;|]*[가-힣]면)\s(?P<then>[^.;|]+)")
_GOES_WRONG = re.compile(
    r"굳|막히|막힌|찢|깨|파손|손상|휘[어고]|휜|터[지진]|폭발|화재|누출|넘[치친]|얼[어고]|타[고버]|과열|역류|위험|죽|오염|변형|고장|소손"
)
"""What happens that nobody wants."""
_WHOLE, _MOST = 3, 0.75
"""Content words of a clause that forbids, and the share of them that a clause of a claim must hold to do it."""
_MOST_READ = 0.5
"""The same in Chinese and Japanese, whose words are cut in more than one way."""
_STEM, _STEM_WIDE = 5, 2
"""Letters with which forms of one word begin alike, in an alphabet and in Korean, Chinese and Japanese."""
_SAID = 0.6
"""Share of the words, by weight, of what is forbidden that a claim must say to permit it."""


def check_permission(claim: Claim, carriers: Sequence[Place], cited: Cited, matched: Sequence[Matched]) -> Check:
    """A claim permits nothing that each statement which carries it forbids, nor goes on in spite of a limit there."""
    text = ANSWER_WORD.sub(" ", normalise(claim.text))
    forbidden = (
        _forbidden_elsewhere(text, cited)
        or _forbidden_to_it(text, cited)
        or _denied_act(text, cited)
        or _warned_of(text, cited)
    )
    if forbidden is not None:
        return failed("permission", "passage_forbids", line=" ".join(forbidden.statement.text.split())[:80])
    named = cited.reader.identifiers(text)
    own = [p for p in carriers if named & cited.reader.identifiers(p.statement.text)]
    carriers = own or carriers or _spoken_of(claim, cited)
    if denials(text) or not carriers:
        return skipped("permission", "nothing_permitted")
    if undone := next((p for p in carriers if _is_not_done(text, p.statement.text)), None):
        return failed("permission", "passage_forbids", line=" ".join(undone.statement.text.split())[:80])
    line = " ".join(carriers[0].statement.text.split())[:80]
    if any(_names_forbidden(claim, place, cited) for place in carriers):
        return failed("permission", "passage_forbids", line=line)
    if _PERMITS.search(text):
        if all(_forbids(claim, place, cited, matched) for place in carriers):
            return failed("permission", "passage_forbids", line=line)
        return passed("permission")
    if (goes_on := _IN_SPITE.search(text)) is None or not any(m.places for m in matched):
        return skipped("permission", "nothing_permitted")
    said = [p.statement.text for p in carriers]
    if not any(_WHATEVER.search(s) or _IN_SPITE.search(s) or denials(s) for s in said):
        return failed("permission", "not_in_spite", what=goes_on.group(), line=line)
    return passed("permission")


def _forbidden_elsewhere(text: str, cited: Cited) -> Place | None:
    """The statement that forbids what a clause of a claim has done, beside the one that carries the claim."""
    language = detect_language(text)
    done = [p.text for p in clauses(text) if not denials(p.text) and not _FORBIDS.search(p.text)]
    for place in cited.places:
        if (
            place.evidence.chunk.language != language
            or place.statement.kind == "row"
            or _BUT.search(place.statement.text)
        ):
            continue
        for part in clauses(place.statement.text):
            # A reason may follow: `禁止直接喷水：会生成盐酸`.
            said = next((t for t in re.split(r"[:：]", part.text) if _FORBIDS.search(t)), "")
            bare = _FORBIDS.sub(" ", said)
            words = content_words(bare) if said and not _PERMITS.search(bare) else []
            most = _MOST_READ if language in READ else _MOST
            said_so = [t for t in done if not says_by_opposite(t, part.text)]
            if len(words) >= _WHOLE and any(share_held(words, [clause], language) >= most for clause in said_so):
                return place
    return None


def _forbidden_to_it(text: str, cited: Cited) -> Place | None:
    """The statement that forbids to the thing which a claim names the act that it permits: `en CT-1 está prohibida`."""
    things = {o.name for o in owners_of(text, cited.reader)}
    if not things or not _PERMITS.search(text) or denials(text):
        return None
    said = content_words(_PERMITS.sub(" ", text))
    for place in cited.places if _ONLY_ONCE.search(text) is None else ():
        for part in clauses(place.statement.text) if place.statement.kind != "row" else ():
            named = {o.name for o in owners_of(part.text, cited.reader)}
            if not named & things or not _FORBIDS.search(part.text) or _BUT.search(place.statement.text):
                continue
            if any(_of_one_stem(a, b) for a in said for b in content_words(_FORBIDS.sub(" ", part.text))):
                return place
    return None


def _of_one_stem(one: str, other: str) -> bool:
    """True for forms of one word: `invertir` and `inversión`, `역전` and `역전을`; tags and numbers are none."""
    least = _STEM if one[0] < "\u0250" else _STEM_WIDE
    begun = one.casefold()[:least]
    return len(begun) == least and begun.isalpha() and other.casefold().startswith(begun)


def _denied_act(text: str, cited: Cited) -> Place | None:
    """The statement by which the one whom a claim has do something does not do it: `운전자는 뽑지 않는다`."""
    for place in cited.places:
        for part in clauses(place.statement.text) if place.statement.kind != "row" else ():
            for match in _NOT_DONE.finditer(part.text):
                stem, who = match["verb"], [m["who"] for m in _DOER.finditer(part.text[: match.start()])]
                done = re.search(rf"(?<![가-힣]){re.escape(stem)}(?:[아어여]|고|며|은|는|습)(?!지)", text)
                if stem not in _AUXILIARY and done and any(re.search(rf"{name}[이가은는]?\s", text) for name in who):
                    return place
    return None


def _warned_of(text: str, cited: Cited) -> Place | None:
    """The statement that says what goes wrong if one does what a claim permits: `먼저 끄면 굳는다`."""
    if not _PERMITS.search(text) or detect_language(text) != "ko":
        return None
    for place in cited.places:
        for match in _CASE_THEN.finditer(place.statement.text) if place.statement.kind != "row" else ():
            case, then = match["case"], match["then"]
            words = content_words(case) if not denials(case) else []
            first = "먼저" not in case or re.search(r"먼저|부터", text)
            harmless = _PERMITS.search(then) or find_quantities(then) or not _GOES_WRONG.search(then)
            if words and first and not harmless and share_held(words, [text], "ko") == 1.0:
                return place
    return None


def _spoken_of(claim: Claim, cited: Cited) -> list[Place]:
    """The statements that name what a claim in another language speaks of, where no word or amount is shared."""
    spoken = cited.reader.known_concepts(claim.text)
    return [p for p in cited.places if sum(names(p.statement.text, c) for c in spoken) >= _TELLS]


def _forbids(claim: Claim, place: Place, cited: Cited, matched: Sequence[Matched]) -> bool:
    """True when a statement forbids what a claim permits; an amount that bounds it there is what it is bounded by.

    `Acid may only be fed once the pH is below 8.5` permits no more than `no acid until the pH is below 8.5`.
    """
    text = place.statement.text
    if _ONLY_ONCE.search(claim.text) and (_BUT.search(text) or _UNTIL.search(text) or _PERMITS.search(text)):
        return False
    values = [value_of_cell(p) for p in place.statement.parts if p.label] or [text.rpartition(": ")[2]]
    if any(_NOBODY.fullmatch(value.strip(" .")) for value in values):
        return True
    if not _FORBIDS.search(text) or (_BUT.search(text) and not _leaves_out(claim.text, text)):
        return False
    if place.evidence.chunk.language == detect_language(claim.text):
        said = cited.reader.features(claim.text)
        return any(_is_said(part.text, said, cited) for part in clauses(text) if _FORBIDS.search(part.text))
    bounded = any(o.place == place for m in matched for o in m.places)
    return not bounded and not _PERMITS.search(_FORBIDS.sub(" ", text))


def _names_forbidden(claim: Claim, place: Place, cited: Cited) -> bool:
    """True between languages where a claim without a denial says what a clause forbids: `never absorb with sawdust`."""
    if place.evidence.chunk.language == detect_language(claim.text):
        return False
    if _ONLY_ONCE.search(claim.text) and _UNTIL.search(place.statement.text):
        return False
    spoken = cited.reader.known_concepts(claim.text)
    forbidding = [p.text for p in clauses(place.statement.text) if _FORBIDS.search(p.text) and not _BUT.search(p.text)]
    return any(sum(names(text, concept) for concept in spoken) >= _TELLS for text in forbidding)


def _leaves_out(claim: str, statement: str) -> bool:
    """True where what a statement lets nothing go before (`PQ 전에`, `before the PQ`) has a code that a claim omits."""
    before = [m["ko"] or m["en"] for m in _BEFORE_CODE.finditer(statement)]
    return bool(before) and not any(re.search(rf"(?<![A-Za-z]){re.escape(code)}(?![A-Za-z])", claim) for code in before)


def _is_not_done(claim: str, statement: str) -> bool:
    """True when the verb on which a Korean claim ends is denied in a statement and nowhere affirmed there.

    `넘으면: 받지 않는다` does not carry `넘으면 탈수한 뒤 받습니다`.
    """
    ends = _VERB.search(claim)
    if ends is None or _BUT.search(statement) or _BUT.search(claim):
        return False
    stem = _stem(ends["verb"])
    affirmed = _DONE.sub(lambda m: f"{_stem(m['verb'])} ", _NOT_DONE.sub(" ", statement))
    denied = {m["verb"] for m in _NOT_DONE.finditer(statement)}
    return stem in denied and stem not in _AUXILIARY and not re.search(rf"(?<![가-힣]){stem}", affirmed)


def _stem(verb: str) -> str:
    """A Korean verb up to its ending: `받습니다`, `운전합니다`, `받는다` are `받`, `운전하`, `받`."""
    for end in ("습니다", "는다", "니다"):
        if verb.endswith(end):
            stem = verb[: -len(end)]
            last = ord(stem[-1]) - ord("가") if stem else 0
            # ㅂ of `합니다` belongs to the ending.
            return f"{stem[:-1]}{chr(ord(stem[-1]) - last % _FINALS)}" if end == "니다" and stem else stem
    return verb


def _is_said(clause: str, said: frozenset[str], cited: Cited) -> bool:
    """True when a claim holds most words of a clause that forbids."""
    words = cited.reader.features(NEGATION.sub(" ", _FORBIDS.sub(" ", clause)))
    total = cited.weight(words)
    return total > 0 and cited.weight(words & said) >= _SAID * total
