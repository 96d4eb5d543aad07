"""Whether a question asks who, and whether an answer names somebody: a role, a department, initials, a telephone."""

import re

_WHO = re.compile(r"\bwho(?:m|se)?\b|누가|누구|누굴", re.IGNORECASE)
_SOMEBODY = re.compile(
    r"\b(?:supervisors?|managers?|leads?|leaders?|operators?|officers?|engineers?|technicians?|heads?|directors?|"
    r"chemists?|inspectors?|analysts?|auditors?|contractors?|suppliers?|owners?|persons?|people|someone|somebody|"
    r"nobody|no one|anyone|everyone|teams?|crews?|brigades?|departments?|groups?|committees?|boards?|authorit(?:y|ies)|"
    r"dispatchers?|nurses?|doctors?|workers?|fitters?|electricians?|drivers?|attendants?|watch|guards?|staff|shift|"
    r"control room|laboratory|lab|safety|production|maintenance|instrumentation|security|quality|operations|plant|"
    r"he|she|they|we)\b",
    re.IGNORECASE,
)
_SOMEBODY_KO = re.compile(
    r"책임자|담당|팀|조장|반장|부장|과장|소장|공장장|실장|센터장|운전원|기사|관리자|감독|감시인|감시자|작업자|"
    r"사람|정비|안전|생산|당직|교대|대응조|품질|부서|실험실|분석실|제어실|의사|보건|소방|경비|업체|급전|"
    r"위원회|기관|전원|아무도|누구나|직원|요원|검사원"
)
_INITIALS = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{2,4}(?![A-Za-z0-9-])")
_TELEPHONE = re.compile(r"(?<![\d.,-])\d{3,4}(?!\d|[.,-]\d|\s?[A-Za-z%°℃가-힣])")


def asks_who(question: str) -> bool:
    """True where a question asks for a person, a role or whoever is in charge."""
    return bool(_WHO.search(question))


def names_nobody(answer: str) -> bool:
    """True where an answer holds no role, department, initials or telephone number."""
    return not any(pattern.search(answer) for pattern in (_SOMEBODY, _SOMEBODY_KO, _INITIALS, _TELEPHONE))
