"""One of a set put for another: the HP drum for the IP drum, the non-drive end for the drive end, SIP for CIP.

Such names differ in a letter, stand in neighbouring rows with values of one kind, and are often missing from the very
row that is asked for. The members are those that plants write in capitals or as fixed terms; roles, tags, units and
pairs of opposites have checks of their own.
"""

import re
from collections.abc import Mapping, Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Place
from walkdown.documents import Check, Claim
from walkdown.text.languages import normalise


def _abbr(letters: str, not_before: str = "A-Za-z") -> str:
    """An abbreviation as it stands before and behind Hangul, not as part of a word."""
    return rf"(?<![A-Za-z]){letters}(?![{not_before}])"


_PARTS = r"(?=drum|turbine|steam|feed|bypass|super|evap|econ)"
_PARTS_KO = r"\s?(?=드럼|터빈|증기|급수|바이패스|과열|증발|절탄)"
_SETS: tuple[Mapping[str, str], ...] = (
    {
        # Not the 500 HP of a motor.
        "HP": rf"(?<!\d)(?<!\d ){_abbr('HP')}|{_abbr('HP')}(?:{_PARTS_KO}| {_PARTS})|"
        rf"\bhigh[- ]pressure {_PARTS}|고압{_PARTS_KO}",
        "IP": rf"{_abbr('IP')}(?!\s?\d)|\bintermediate[- ]pressure\b|중압",
        "LP": rf"{_abbr('LP')}|\blow[- ]pressure {_PARTS}|저압{_PARTS_KO}",
    },
    {
        "DE": rf"{_abbr('DE')}|(?<!non-)(?<!non )(?<!opposite )\bdrive[- ]end\b|(?<!반)(?:구동|부하)측",
        "NDE": rf"{_abbr('NDE')}|\b(?:non[- ]?|opposite )drive[- ]end\b|반(?:구동|부하)측",
    },
    {"AC": rf"{_abbr('AC', 'A-Za-z-')}|교류", "DC": rf"{_abbr('DC', 'A-Za-z-')}|직류"},
    {
        "IQ": rf"{_abbr('IQ')}|설치적격성",
        "OQ": rf"{_abbr('OQ')}|운전적격성",
        "PQ": rf"{_abbr('PQ')}|성능적격성",
        "DQ": rf"{_abbr('DQ')}|설계적격성",
    },
    {"CIP": rf"{_abbr('CIP')}|정치\s?세척", "SIP": rf"{_abbr('SIP')}|정치\s?멸균"},
    {
        "TWA": rf"{_abbr('TWA')}|시간\s?가중\s?평균|\btime[- ]weighted average\b",
        "STEL": rf"{_abbr('STEL')}|단시간\s?노출|\bshort[- ]term exposure\b",
        "ceiling": r"\bceiling (?:limit|value)\b|최고\s?노출\s?(?:기준|농도)",
    },
    {
        "LEL": rf"{_abbr('(?:LEL|LFL)')}|폭발\s?하한|인화\s?하한|\blower (?:explosi|flammab)",
        "UEL": rf"{_abbr('(?:UEL|UFL)')}|폭발\s?상한|인화\s?상한|\bupper (?:explosi|flammab)",
    },
    {
        "flash point": r"\bflash point\b|인화점|闪点|引火点|\bpunto de inflamación\b",
        "boiling point": r"\bboiling (?:point|range)\b|끓는점|끓는\s?점|비점|沸点|\bpunto de ebullición\b",
        "melting point": r"\b(?:melting|freezing) point\b|녹는점|융점|어는점|熔点|融点|凝固点|"
        r"\bpunto de (?:fusión|congelación)\b",
        "auto-ignition": r"\bauto[- ]?ignition\b|자연\s?발화|自燃|自然発火|発火点|\bautoignición\b|\bautoinflamación\b",
        "dew point": r"\bdew ?point\b|노점|이슬점|露点|\bpunto de rocío\b",
    },
    {
        "cold start": r"\bcold[- ]start|냉간\s?기동|冷态启动|\barranque en frío\b",
        "warm start": r"\bwarm[- ]start|온간\s?기동|温态启动|\barranque en templado\b",
        "hot start": r"\bhot[- ](?:re)?start|열간\s?기동|热态启动|\barranque en caliente\b",
    },
    {
        "WFI": rf"{_abbr('WFI')}|주사용수|\bwater for injection\b|注射用水",
        "purified water": r"\bpurified water\b|정제수|(?<![A-Za-z])PW(?![A-Za-z-])|纯化水|精製水",
        "pure steam": r"\b(?:pure|clean) steam\b|순수\s?증기|청정\s?증기|순증기",
    },
)
_READ = tuple({name: re.compile(pattern, re.IGNORECASE) for name, pattern in one.items()} for one in _SETS)
_CAPITALS = re.compile(r"[A-Z]{2,4}")


def members_of(text: str, which: Mapping[str, re.Pattern[str]]) -> set[str]:
    """The members of a set that a text names; an abbreviation counts in capitals alone."""
    found = set()
    for name, pattern in which.items():
        hits = (m.group() for m in pattern.finditer(text))
        if any(not (_CAPITALS.fullmatch(name) and h.upper() == name and not h.isupper()) for h in hits):
            found.add(name)
    return found


def check_member(question: str, claim: Claim, cited: Cited, carriers: Sequence[Place]) -> Check:
    """The statements that carry a claim speak of the member it names, or the question where it names none.

    Statements and what stands above them that name no member of the set say nothing.
    """
    asked, text = normalise(question), normalise(claim.text)
    compared = False
    for which in _READ:
        said = members_of(text, which) or members_of(asked, which)
        own = {name for p in carriers for name in members_of(normalise(p.statement.text), which)}
        above = {name for p in carriers for name in members_of(normalise(cited.reader.context(p.evidence)), which)}
        if not said or not (own or above):
            continue
        compared = True
        if not said & (own | above):
            there = sorted(own or above)
            return failed("member", "other_member", stated=", ".join(there), claimed=", ".join(sorted(said)))
    return passed("member") if compared else skipped("member", "no_member")


def names_other_member(question: str, text: str) -> bool:
    """True for a line that speaks of another member of a set than the question, and not of that one."""
    asked, said = normalise(question), normalise(text)
    return any(
        bool(wanted := members_of(asked, which)) and bool(there := members_of(said, which)) and not wanted & there
        for which in _READ
    )
