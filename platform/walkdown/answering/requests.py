"""What a question wants to be done with a document: shown as a table, a checklist, a summary, or compared."""

import re
from typing import Literal

from walkdown.retrieval.understanding import QueryPlan

Wish = Literal["table", "checklist", "summary", "comparison"]

_WISHES: tuple[tuple[Wish, re.Pattern[str]], ...] = (
    (
        "checklist",
        re.compile(
            r"체크 ?리스트|점검표로 (?:만들|뽑|정리)|\bcheck-?list\b|lista de verificación|检查清单|チェックリスト",
            re.I,
        ),
    ),
    (
        "table",
        re.compile(
            r"표(?:를|로|를? ?전체|를? ?통째로?)?\s?(?:를 )?(?:보여|보기|보자|뽑아|줘)|(?:전체|그) ?표(?:를|\s|$)|"
            r"\bshow (?:me )?(?:the )?(?:whole |full |entire )?table\b|\b(?:whole|full|entire) table\b|"
            r"muestr\w+ la tabla|"
            r"显示表格|表を(?:見せ|表示)",
            re.I,
        ),
    ),
    (
        "summary",
        re.compile(r"요약|간추려|\bsummar(?:y|i[sz]e|ise)\b|\boverview of\b|\bresum(?:en|ir|e)\b|总结|要約", re.I),
    ),
    (
        "comparison",
        re.compile(
            r"비교|차이|다른 ?점|(?:뭐|무엇|무슨|어디|어떤)[가이]? ?[^?]{0,10}(?:달라|다른|바뀌|바뀐|변경)|"
            r"개정[^?]{0,10}(?:바뀌|달라|변경)|"
            r"\bcompar(?:e|ison|ing)\b|\bdifferen(?:ces?|t) (?:between|from)\b|\bdifferences?\b|\bversus\b|\bvs\b\.?|"
            r"\bwhat (?:has )?changed\b|\bdiferencias?\b|区别|違い",
            re.I,
        ),
    ),
)


def wish_of(plan: QueryPlan) -> Wish | None:
    """What is wished, by the words of the question as typed; None for a plain question."""
    typed = plan.original or plan.question
    return next((wish for wish, pattern in _WISHES if pattern.search(typed)), None)
