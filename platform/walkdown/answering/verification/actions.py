"""What is done: a claim that a membrane is replaced does not rest on the row which says how often it is tested.

Rows of duties and intervals share all words but the one of the work itself, so that one alone tells them apart.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Place
from walkdown.documents import Check, Claim

_WORK = {
    "replace": r"교체|교환|\breplac\w+|\bchang(?:e|ed|ing) out\b|更换|換装|交換|\b(?:reemplaz|sustitu)\w+",
    "test": r"시험|검사|점검|확인|点検|検査|試験|检查|检验|试验|"
    r"\b(?:test|inspect|check|verif)\w*|\b(?:prueba|inspec|verific)\w*",
    "measure": r"측정|분석|계측|채취|시료|\b(?:measur|analy[sz]|sampl)\w*|测量|分析|測定|取样|"
    r"\b(?:medi(?:r|ción)|anális)\w*",
    "calibrate": r"교정|보정|\bcalibrat\w*|校准|校正|\bcalibra\w*",
    "clean": r"세척|청소|세정|\b(?:clean|wash|rins|flush)\w*|清洗|清扫|洗浄|\b(?:limpi|lav)\w+",
    "lubricate": r"윤활|급유|주유|\b(?:lubricat|greas)\w*|润滑|注油|給油|\b(?:lubric|engras)\w*",
    "regenerate": r"재생|\bregenerat\w*|再生|\bregener\w*",
    "sterilise": r"멸균|\bsterili[sz]\w*|灭菌|滅菌|\besterili\w*",
}
"""Work on equipment, in five languages."""
_ALIKE = {"test": ("measure",), "measure": ("test",)}
_COMPILED = {name: re.compile(words, re.IGNORECASE) for name, words in _WORK.items()}


def check_action(claim: Claim, carriers: Sequence[Place]) -> Check:
    """The one work of a claim is among those of each row that carries it and names any."""
    said = _works(claim.text)
    if len(said) != 1 or " | " in claim.text:
        return skipped("action", "nothing_done")
    work, claimed = next(iter(said.items()))
    rows = [_works(p.statement.text) for p in carriers if p.statement.kind == "row"]
    if not rows or len(rows) < len(carriers):
        return skipped("action", "nothing_done")
    if all(row and not {work, *_ALIKE.get(work, ())} & set(row) for row in rows):
        return failed("action", "other_action", claimed=claimed, stated=next(iter(rows[0].values())))
    return passed("action")


def _works(text: str) -> dict[str, str]:
    found = {name: pattern.search(text) for name, pattern in _COMPILED.items()}
    return {name: match.group() for name, match in found.items() if match}
