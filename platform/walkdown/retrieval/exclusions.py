"""Equipment and units that a question names to leave them out: `P-101A 말고 P-101B`, `all valves except PSV-301`.

What is left out is taken from the question before it is searched: it is no tag that was asked for, and its name is no
word to look for. But for `말고` and `아니라`, which say nothing else of a noun, words are read so only where something
else of its kind is asked for, or others are: in `PSV-301 제외하고 운전해도 돼?` the valve is what is asked about.
`Instead of` and `rather than` are never read so, since such a question speaks of both.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from walkdown.retrieval.questions import says_nothing
from walkdown.text.tags import TagPattern, find_tags, normal_form


class _Thing(NamedTuple):
    """What can be left out: its kind, its text as spelled out, and its span."""

    kind: str
    text: str
    start: int
    end: int


_CODE = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z]{1,6}(?:-[A-Za-z]{1,4})*-?\d{1,5}[A-Za-z]?(?:-\d+)*(?![A-Za-z0-9])")
"""A product, grade or code that the grammar does not know: `A-40`, `SUS316`."""
_UNIT = re.compile(r"(?<!\d)[1-9]\s?(?:호기|号机|號機|号機)|\b(?:unit|unidad)\s[1-9](?!\d)", re.IGNORECASE)
_OTHERS = re.compile(
    r"다른|나머지|모든|전체|전부|어떤|어느|각각|"
    r"\b(?:which|others?|rest|all|every|each|any|remaining|otr[oa]s?|demás|resto|tod[oa]s|cuál(?:es)?|cada|qué)\b|"
    r"其他|其它|其余|哪|所有|各|他の|ほかの|残り|すべて|全て|どの",
    re.IGNORECASE,
)
_BESIDES = r"(?!\s?도|에도|にも|も|也|还|還)"
_ALSO = re.compile(r"(?<![온정농속순습강경점밀각한빈조감용])도(?=[\s?？]|$)|也|还|還")
"""`P-101A 외에 다른 펌프도`: the others beside it, which leaves nothing out."""
_BEHIND = (
    r"(?P<denied>\s?(?:의 경우|쪽)?(?:은|는|이|가)?\s?(?:말고(?:는|요)?|아니고|아니라|아닌)(?![가-힣]))|"
    r"\s?(?:의 경우|쪽)?(?:은|는)?\s?(?:빼고(?:는)?|뺀)(?![가-힣])|"
    r"(?:을|를|은|는)?\s?제외\s?(?:하고|하면|하여|해서|한)(?:는|선)?(?![가-힣])|"
    rf"(?P<weak>\s?(?:이외|외)(?:에는|에|의|엔)?(?![가-힣]|\s?\d)){_BESIDES}|"
    r"\s?(?:ではなく|じゃなく)て?、?|\s?を?除(?:いて|いた|く|き)、?|"
    rf"(?P<rest>\s?(?:以外|之外)(?:的|の|で|は|に|を)?){_BESIDES}[，、,]?"
)
_SUFFIX = re.compile(_BEHIND)
_PREFIX = re.compile(
    r"(?:\b(?:except(?:ing)?(?: for)?|excluding|other than|apart from|aside from|but not(?: for)?|not counting|"
    r"excepto|salvo|menos|a excepción de|con excepción de|aparte de|sin contar)\s(?:(?:the|de|el|la|los|las)\s)?"
    r"(?:[a-zñáéíóú]+\s)?|"
    r"(?P<not>\bnot (?:(?:for|of|on|about|in|at)\s)?(?:the\s)?|不是|而非|并非)|"
    r"(?P<no>\bno (?:(?:de|en|para)\s)?(?:(?:del|el|la)\s)?))$",
    re.IGNORECASE,
)
_AROUND = re.compile(r"除了?\s?$")
_AROUND_END = re.compile(r"\s?(?:之外|以外|外)(?:的)?[，、,]?")
_JOINED = re.compile(
    r"\s?(?:/|·|・|、|&|및|와|과|이?랑|이?나|하고|と|や|和|及|或|\band\b|\bor\b|\bnor\b|\by\b|\bo\b|\bni\b)?\s?"
)
_COMMA = re.compile(r"\s?[,，]\s?")
_BUT = re.compile(r"\s?[,，]?\s?(?:\bbut\b|\bsino\b|而是|是)?\s?(?:\bfor\b|\ben\b)?\s?", re.IGNORECASE)
_NONE = re.compile(r"\b(?:no|not|nothing|none|never|nobody|nada|nadie|ning[uú]n\w*)\b", re.IGNORECASE)
_SINO = re.compile(r"\s?,?\s?sino\b", re.IGNORECASE)
_ENDS_IN_COMMA = re.compile(r",\s?$")
_PAPERS = frozenset({"document", "record", "change"})


class _Left(NamedTuple):
    """What the words around a thing leave out: the things, the span to take away, and what must be asked for besides.

    `others`: the words say by themselves that others are asked for; `another`: another thing must be named.
    """

    members: tuple[int, ...]
    start: int
    end: int
    others: bool = False
    another: bool = False


def without_excluded(question: str, grammar: Sequence[TagPattern]) -> tuple[str, tuple[str, ...]]:
    """The question without what it leaves out, and what that is, as written; itself where it leaves nothing out."""
    things = _things(question, grammar)
    out: set[int] = set()
    spans: list[tuple[int, int]] = []
    for at in range(len(things)):
        left = _around(question, things, at) or _behind(question, things, at) or _before(question, things, at)
        if left is None:
            continue
        around = question[: left.start] + question[left.end :]
        others = left.others or (not left.another and _OTHERS.search(around) is not None)
        if others or _another(things, out | set(left.members), at):
            out |= set(left.members)
            spans.append((left.start, left.end))
    if not out:
        return question, ()
    shorter = question
    for start, end in sorted(spans, reverse=True):
        shorter = f"{shorter[:start]} {shorter[end:]}"
    kept = _tidy(shorter)
    return (question, ()) if says_nothing(kept) else (kept, tuple(dict.fromkeys(things[i].text for i in sorted(out))))


def names_excluded(tags: Sequence[str], excluded: Sequence[str]) -> set[str]:
    """Those of some tags that are left out, by themselves or as a train of what is: P-101A where P-101 is left out."""
    normal = {normal_form(text) for text in excluded}
    return {
        tag for tag in tags if tag in normal or (tag[-1:].isalpha() and tag[-2:-1].isdigit() and tag[:-1] in normal)
    }


def is_of_excluded(head: str, excluded: Sequence[str]) -> bool:
    """True where headings name a code that is left out and no other: the data sheet of A-40."""
    codes = {normal_form(match.group()) for match in _CODE.finditer(head)}
    return bool(codes) and codes <= {normal_form(text) for text in excluded}


def _things(question: str, grammar: Sequence[TagPattern]) -> list[_Thing]:
    found = [_Thing(t.kind, t.text, t.start, t.end) for t in find_tags(question, grammar)]
    for kind, pattern in (("unit", _UNIT), ("code", _CODE)):
        for match in pattern.finditer(question):
            if all(match.end() <= t.start or match.start() >= t.end for t in found):
                found.append(_Thing(kind, match.group(), *match.span()))
    return sorted(found, key=lambda t: (t.start, t.end))


def _another(things: Sequence[_Thing], out: set[int], at: int) -> bool:
    """True where something else of the kind is asked for: equipment for equipment, a unit for a unit."""
    names = {normal_form(things[i].text) for i in out}
    rest = (t for i, t in enumerate(things) if i not in out and _sort(t.kind) == _sort(things[at].kind))
    return any(normal_form(t.text) not in names for t in rest)


def _sort(kind: str) -> str:
    return kind if kind == "unit" or kind in _PAPERS else "thing"


def _around(question: str, things: Sequence[_Thing], at: int) -> _Left | None:
    """`除P-101A外`, but not `除了P-101A以外，P-101B也`."""
    before = _AROUND.search(question, 0, things[at].start)
    members = _run_after(question, things, at)
    end = _AROUND_END.match(question, things[members[-1]].end)
    if not before or not end or _ALSO.search(question, end.end()):
        return None
    return _Left(members, before.start(), end.end(), others=True)


def _behind(question: str, things: Sequence[_Thing], at: int) -> _Left | None:
    match = _SUFFIX.match(question, things[at].end)
    if match is None or _AROUND.search(question, 0, things[at].start):
        return None
    if match["weak"] and (not _OTHERS.search(question, match.end()) or _ALSO.search(question, match.end())):
        return None
    members = _run_before(question, things, at)
    comma = _COMMA.match(question, match.end())
    return _Left(
        members,
        things[members[0]].start,
        comma.end() if comma else match.end(),
        others=bool(match["rest"] or match["denied"]),
    )


def _before(question: str, things: Sequence[_Thing], at: int) -> _Left | None:
    match = _PREFIX.search(question, 0, things[at].start)
    if match is None:
        return None
    members = _run_after(question, things, at)
    start, end = match.start(), things[members[-1]].end
    if match["no"] and not _SINO.match(question, end) and not _ENDS_IN_COMMA.search(question, 0, start):
        return None
    denied = bool(match["not"] or match["no"])
    if denied and (but := _BUT.match(question, end)):
        end = but.end()
    # "No pump other than P-101A" is about P-101A.
    others = not denied and not _NONE.search(question, 0, start)
    return _Left(members, start, end, others=others, another=not others)


def _run_before(question: str, things: Sequence[_Thing], at: int) -> tuple[int, ...]:
    """The list that ends with a thing; a bare comma joins only where another thing stays."""
    first = at
    while first and _JOINED.fullmatch(question[things[first - 1].end : things[first].start]):
        first -= 1
    wider = first
    while wider and _COMMA.fullmatch(question[things[wider - 1].end : things[wider].start]):
        wider -= 1
    stays = wider > 0 or at + 1 < len(things)
    return tuple(range(wider if stays else first, at + 1))


def _run_after(question: str, things: Sequence[_Thing], at: int) -> tuple[int, ...]:
    last = at
    while last + 1 < len(things) and _JOINED.fullmatch(question[things[last].end : things[last + 1].start]):
        last += 1
    return tuple(range(at, last + 1))


def _tidy(text: str) -> str:
    text = re.sub(r"\s+([,，.?？!、])", r"\1", text)
    text = re.sub(r"([,，、])(?:\s*[,，、])+", r"\1", text)
    text = re.sub(r"[,，、]\s*(?=[.?？!]|$)", "", text)
    return re.sub(r"\s{2,}", " ", text).strip(",，、 ")
