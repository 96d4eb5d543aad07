"""Tags written in short after a first one: `P-101A/B`, `FIC-202-1/-2`, `PSV-301A~D`, `MOV-11, 12 and 13`.

Each part is spelled out and must then be a tag of the same rule, so that "TK-101, MMA" or "FZ-805, C2" adds nothing.
A number after a tag is more often a quantity than a tag ("set TIC-101 to 150"): one counts only where it goes on in
order from the number before, with as many digits, and no unit follows.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

_AND = r"\s?(?:[/,&·、･]|\b(?:and|or)\b|및|또는|와|과|이나|나)\s?(?:\b(?:and|or)\b\s|및\s)?"
_THROUGH = r"\s?[~∼～〜]\s?"
_END = r"(?![A-Za-z0-9]|[-.][A-Za-z0-9]*[0-9])"
_PARTICLE = r"(?:[은는이가을를의에로와과도만중및]|까지|부터|으로|또는)"
_LETTER = re.compile(
    rf"(?:(?P<to>{_THROUGH}|\s?–\s?|\s(?:to|through)\s)|{_AND})"
    rf"-?(?P<again>\d{{1,4}})?(?P<part>[A-Z]|(?<=/)[a-z]){_END}(?![가-힣])(?<!\bA(?= [a-z]))"
    rf"|(?:(?P<to_>{_THROUGH})|{_AND})-?(?P<part_>[A-Z])(?={_PARTICLE})"
)
_BRACKETED = re.compile(r"\s?\((?P<first>[A-Z])(?=\s?[/,&·~∼～〜–])")
_POSITION = re.compile(rf"(?:(?P<to>{_THROUGH})|{_AND})-(?P<part>\d{{1,2}}){_END}")
_NUMBER = re.compile(rf"(?:(?P<to>{_THROUGH})|{_AND})(?P<part>\d{{1,4}}){_END}")
_TAIL = re.compile(r"(?P<stem>.*?)(?P<tail>[A-Z]|\d+)", re.IGNORECASE | re.DOTALL)
# What makes a number a quantity or a count: a unit, a noun, a Korean counter; a word that goes on with it does not.
_COUNTED = re.compile(
    r"\s?(?:[%°℃℉‰µμ×]|[A-Za-zΩ]|(?:개|대|명|분|초|시간|일|주|월|년|회|번|도|톤|리터|미터|호기|시)(?![가-힣]{2}))"
)
_GOES_ON = re.compile(
    r"\s(?:and|or|is|are|was|were|has|have|must|shall|should|may|will|can|opens?|closes?|on|in|at|of|to)\b"
)
_MOST = 20
"""What a range or a gap in a list may span: "V-101~199" is rather an area than a list."""


class Spelled(NamedTuple):
    """A tag of a list, spelled out, with the span of the part that stands for it."""

    text: str
    start: int
    end: int


def continued(text: str, tag: str, end: int, is_tag: Callable[[str], bool]) -> list[Spelled]:
    """The tags that follow `tag`, which ends at `end` of `text`, in short; `is_tag` says what a tag of its rule is.

    The end points of a range stand for all between them. The list ends before the first part that is no tag.
    """
    match = _TAIL.fullmatch(tag)
    if match is None:
        return []
    stem, tail = match["stem"], match["tail"]
    if not tail.isdigit():
        return _letters(text, stem, tail.upper(), end, is_tag)
    if opened := _BRACKETED.match(text, end):
        more = _letters(text, tag, opened["first"], opened.end(), is_tag)
        first = Spelled(tag + opened["first"], opened.start("first"), opened.end())
        return [first, *more] if more and is_tag(first.text) else []
    found = _numbers(text, stem, tail, end, is_tag, _POSITION) if stem.endswith("-") else []
    return found or _numbers(text, stem, tail, end, is_tag, _NUMBER)


def between(one: str, other: str, gap: str, is_tag: Callable[[str], bool]) -> list[str]:
    """The tags that a range of two whole tags stands for beside its ends: `FIC-202-1 ~ FIC-202-3` names the second.

    "to" is read so only between positions of one loop: from tank to tank it is a way, not a range.
    """
    first, last = _TAIL.fullmatch(one), _TAIL.fullmatch(other)
    if first is None or last is None or first["stem"].upper() != last["stem"].upper():
        return []
    position = first["tail"].isdigit() and re.fullmatch(r".*\d-", first["stem"], re.DOTALL)
    if not (re.fullmatch(_THROUGH, gap) or (position and gap == " to ")):
        return []
    return [text for text in _inner(first["stem"], first["tail"].upper(), last["tail"].upper()) if is_tag(text)]


def _inner(stem: str, first: str, last: str) -> list[str]:
    """What stands between two tails of one kind; nothing where they are too far apart."""
    if first.isdigit() and last.isdigit() and len(first) == len(last) and int(last) - int(first) <= _MOST:
        return [f"{stem}{number:0{len(last)}d}" for number in range(int(first) + 1, int(last))]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha():
        return [stem + chr(code) for code in range(ord(first) + 1, ord(last))]
    return []


def _letters(text: str, stem: str, last: str, at: int, is_tag: Callable[[str], bool]) -> list[Spelled]:
    found: list[Spelled] = []
    while (match := _LETTER.match(text, at)) is not None:
        group = "part" if match["part"] else "part_"
        part = match[group].upper()
        # `BFP-1A/1B` says the number again; `1 A` behind another number is an amount.
        if part == last or not stem.endswith(match["again"] or "") or not is_tag(stem + part):
            break
        inner = filter(is_tag, _inner(stem, last, part)) if match["to"] or match["to_"] else ()
        found += [Spelled(whole, match.start(group), match.end()) for whole in (*inner, stem + part)]
        last, at = part, match.end()
    return found


def _numbers(
    text: str, stem: str, last: str, at: int, is_tag: Callable[[str], bool], pattern: re.Pattern[str]
) -> list[Spelled]:
    found: list[Spelled] = []
    while (match := pattern.match(text, at)) is not None:
        part = match["part"]
        counted = _COUNTED.match(text, match.end()) and not _GOES_ON.match(text, match.end())
        if counted and text[at] != "/":
            return []  # "11, 12 and 13 bar" are no tags at all
        if len(part) != len(last) or not 0 < int(part) - int(last) <= _MOST or not is_tag(stem + part):
            break
        inner = filter(is_tag, _inner(stem, last, part)) if match["to"] else ()
        found += [Spelled(whole, match.start("part"), match.end()) for whole in (*inner, stem + part)]
        last, at = part, match.end()
    return found
