"""Who: the role that a claim names is one that its passage names, not another of the same rank.

"Approved by the safety team leader" holds no amount and no tag, and most of its words stand where the production team
leader approves.
"""

import re
from collections.abc import Iterator

from walkdown.answering.verification.across import other_actor
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited
from walkdown.answering.verification.sources import evidence_text
from walkdown.documents import Check, Claim
from walkdown.text.languages import detect_language, normalise

_KOREAN = re.compile(
    r"(?P<of>[가-힣A-Za-z0-9]{1,12}?)\s?(?P<rank>팀장|과장|부장|반장|조장|실장|소장|공장장|본부장|책임자|관리자|감독자|담당자|센터장|당직자)"
)
_ENGLISH = re.compile(
    r"\b(?P<of>[A-Za-z]+)\s(?P<rank>managers?|supervisors?|engineers?|chemists?|leaders?|directors?|officers?|operators?|"
    r"physicians?|inspectors?|technicians?|superintendents?)\b",
    re.IGNORECASE,
)
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


def check_role(claim: Claim, cited: Cited, asked: bool = False) -> Check:
    """Each role of the claim stands in a cited passage of its language, where those name others of that rank.

    Where a person is asked for (`asked`), it stands there whatever the passages name.
    """
    if asked and (found := other_actor(claim, cited)) is not None:
        return failed("role", "other_role", who=found[0], stated=found[1])
    said = list(roles_of(claim.text))
    language = detect_language(claim.text)
    text = "\n".join(evidence_text(e) for e in cited.evidence if e.chunk.language == language)
    if not said or not text:
        return skipped("role", "no_role")
    stated = list(roles_of(text))
    held = "".join(text.lower().split())
    for of, rank, written in said:
        others = [w for o, r, w in stated if r == rank and o != of]
        if (others or asked) and "".join(written.lower().split()) not in held:
            return failed("role", "other_role", who=written, stated=", ".join(dict.fromkeys(others)))
    return passed("role")
