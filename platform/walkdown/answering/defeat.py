"""Recognises a request to defeat a protection, whatever the pack's own list holds.

Asking how to get round a trip, an interlock, an alarm or a record is refused; asking for the bypass procedure, who
signs it or how long it may last is an honest question. So a request is one when it names a protection, a way of
defeating it and wants to be told how, or says outright that the protection shall not act.
"""

import re
from collections.abc import Sequence

from walkdown.text.languages import normalise
from walkdown.text.tags import TagPattern, find_tags

_GUARDS = (
    r"trips?|interlocks?|alarms?|protections?|permissives?|safety (?:valve|system|device|switch|function|relay)s?|"
    r"relief valves?|psvs?|esd|shutdowns?|sifs?|detectors?|guards?|limit switch(?:es)?|fire eyes?|flame scanners?|"
    r"rupture discs?|audit trails?|overspeed|vibration probes?|safety plcs?"
)
_DEFEATS = (
    r"bypass(?:ing)?|defeat(?:ing)?|overrid(?:e|ing)|disabl(?:e|ing)|jumper(?:ing)?|forc(?:e|ing)|trick(?:ing)?|"
    r"fool(?:ing)?|cheat(?:ing)?|spoof(?:ing)?|silenc(?:e|ing)|mask(?:ing)?|inhibit(?:ing)?|suppress(?:ing)?|"
    r"get(?:ting)? (?:a)?round|work(?:ing)? around|disconnect(?:ing)?|block(?:ing)?|gag(?:ging)?|pin(?:ning)?|"
    r"tie(?:ing)? (?:down|off)|short(?:ing)?(?: out)?|kill(?:ing)?|plug(?:ging)?|unplug(?:ging)?|turn(?:ing)? off|"
    r"switch(?:ing)? off|take out|lift(?:ing)? the wires?|simulat(?:e|ing)|fak(?:e|ing)|tamper(?:ing)?"
)
_HOW = (
    r"how (?:do|can|could|would|should|to|might|does)|what(?:'s| is) the (?:trick|way|easiest|best)|ways? (?:to|of)|"
    r"(?:tell|show|explain|give) (?:me|us)|i (?:want|need|would like|have) to|help me|let(?:'s| us| me)|where do i|"
    r"which (?:terminals?|wires?|contacts?|pins?)|steps to|instructions"
)
_HONEST = re.compile(
    r"\b(?:permit|procedures?|approv\w+|authoris\w+|authoriz\w+|signs?|signature|who|whom|allowed|permitted|"
    r"forbidden|"
    r"forms?|register|rules?|policy|requirements?|how long|how many hours|maximum time|logged|log book|never|why|"
    r"test(?:ed|ing)?|proof test|reinstat\w+|restore)\b"
    r"|절차|승인|허가|누가|누구|몇 ?시간|얼마나 오래|서명|양식|허용|금지|규정|왜|기록|시험|복귀|해도 (?:되|"
    r"돼)|할 수 있는|못 ?하",
    re.IGNORECASE,
)
_ENGLISH = re.compile(rf"(?:{_HOW}).{{0,60}}?\b(?:{_DEFEATS})\b.{{0,50}}?\b(?:{_GUARDS})\b", re.IGNORECASE | re.DOTALL)
_OUTRIGHT = re.compile(
    rf"\b(?:keep|stop|prevent|hold)(?:ing)?\s+(?:the |that |this |an? |"
    rf"our )?(?:[\w-]+ ){{0,3}}?(?:{_GUARDS})\b.{{0,20}}?"
    r"(?:\bfrom\b|\boff\b|\bout\b|\bquiet\b)"
    rf"|\bget(?:ting)? (?:the |that |this )?(?:[\w-]+ ){{0,2}}?(?:{_GUARDS})\b.{{0,12}}?\bout of the way\b"
    rf"|\bways? (?:a?round|past|out of)\b.{{0,40}}?\b(?:{_GUARDS})\b"
    r"|\b(?:bypass|defeat|overrid|disabl|jumper|forc(?:e|ing)\b|trick|fool|spoof|mask|inhibit|simulat|"
    r"fak(?:e|ing)\b|freez|lift (?:the|a) )\w*.{0,50}?\bso (?:that )?(?:it |[\w-]+ ){0,4}?"
    r"(?:won'?t|doesn'?t|does not|can'?t|cannot|never) (?:trip|alarm|act|fire|go off|come in|shut|stop)"
    rf"|\bso (?:that )?(?:the |that |this )?(?:[\w-]+ ){{0,3}}?(?:{_GUARDS})\b.{{0,12}}?(?:won'?t|does ?n[o']t|"
    rf"doesn'?t|"
    r"never|can'?t|cannot|stays? (?:off|quiet|out)|do(?:es)? not)"
    r"|\bwithout (?:the )?(?:[\w-]+ ){0,2}?(?:interlock|trip|alarm)s? (?:tripping|coming|noticing|acting|going off)"
    rf"|\b(?:fool|trick|cheat|spoof|defeat|gag)(?:ing)?\b.{{0,40}}?\b(?:{_GUARDS}|sensors?|transmitters?|"
    rf"switch(?:es)?)\b"
    r"|\bjumper(?:s|ed|ing)?\b.{0,40}?\b(?:across|where|which terminal|which pins|to (?:keep|stop|avoid|clear))"
    r"|\b(?:delete|erase|alter|hide|backdate|falsif\w+|fake)\w*\b.{0,50}?\b(?:audit trail|records?|"
    r"log(?:book)?|results?|"
    r"signature|timestamps?)\b",
    re.IGNORECASE | re.DOTALL,
)
_KO_GUARDS = (
    r"트립|인터록|인터락|인터로크|경보|알람|보호(?:계전기| 장치| 기능| 신호|로직)?|안전밸브|안전 밸브|"
    r"비상정지|검지기|감지기|"
    r"허용 ?조건|퍼미시브|ESD|PSV|SIF|방호 ?장치|리밋 ?스위치|도어 ?스위치|문 ?스위치|화염 ?검출기|파열판|"
    r"감사 ?추적|오딧"
)
_KO_DEFEATS = (
    r"점퍼|강제|우회|바이패스|무력화|막(?:는|아|고|을|으)|죽이|죽여|끄(?:는|고|면|려|자|기)|꺼 ?(?:놓|두|버|"
    r"도)|빼(?:는|고|놓|버|면)|"
    r"풀(?:고|어|려)|속이|속여|묶(?:어|고|는)|고정|가려|가리|떼(?:어|고|는)|해제|차단|무시|눌러 ?놓|건너뛰"
)
_KO_HOW = (
    r"방법|어떻게|어떡|하려면|요령|[는할] ?법(?:\s|$|[?을좀])|고 ?싶|해 ?줘|알려|가르쳐|어디(?:에|를|다)|"
    r"하면 ?(?:되|돼)|면 ?(?:되|돼)|"
    r"(?:기|자)\s*[.!?]?\s*$|꿀팁|비결|편법"
)
_KOREAN = re.compile(
    rf"(?:{_KO_GUARDS}).{{0,25}}?(?:{_KO_DEFEATS})|(?:{_KO_DEFEATS}).{{0,25}}?(?:{_KO_GUARDS})", re.DOTALL
)
_KOREAN_OUTRIGHT = re.compile(
    rf"(?:{_KO_GUARDS})(?:이|가|을|를|은|는|도)?\s*(?:절대 |계속 )?안\s?(?:걸리|울리|뜨|들어오|나오|먹|떨어지|"
    rf"잡히|터지|열리|작동하|동작하)게"
    rf"|(?:{_KO_GUARDS})[^.?!]{{0,12}}?(?:걸리|울리|뜨|들어오|나오|동작하|작동하)지\s?(?:않|못하)(?:게|도록)"
    rf"|(?:{_KO_GUARDS})[^.?!]{{0,12}}?못\s?(?:걸리|울리|뜨|들어오|나오|먹|동작하|작동하)게"
    r"|점퍼(?:선|를|로)?\s?.{0,14}?(?:걸|꽂|물리|날리|연결|놓|쳐|치|띄|방법|어떻|어디|하면|해서|넣)"
    r"|강제로? ?.{0,10}?(?:신호|접점|입력|출력|운전)[^.?!]{0,12}?(?:넣|띄|만들|주|살리|인가)"
    r"|(?:신호|접점)[^.?!]{0,8}?강제(?:로|입력)? ?.{0,8}?(?:넣|띄|만들|주|하)"
    r"|(?:가짜|거짓)\s?(?:신호|값|입력)[^.?!]{0,8}?(?:넣|띄|주|만들)|(?:신호|접점|입력)[^.?!]{0,6}?(?:가짜|"
    r"거짓)로?\s?(?:넣|띄|주|만들)"
    r"|몰래.{0,20}?(?:기동|운전|우회|열|끄|빼|고치|지우)"
    r"|(?:감사 ?추적|오딧|기록|로그|결과|데이터|날짜|서명)[^.?!]{0,14}?(?:지우|삭제|조작|꾸미|고쳐|소급|"
    r"안 ?남게|위조)[^.?!]{0,14}?(?:방법|법|어떻|하면|려면|줘|싶)"
)


_NUISANCE = re.compile(
    rf"(?:keeps? (?:coming|tripping|going|alarming|popping)|annoying|nuisance|spurious|sick of|fed up|flaky|"
    rf"false)\b.{{0,60}}?"
    rf"\b(?:how|ways?|can i|can we|any)\b.{{0,30}}?\b(?:ignor\w+|mut(?:e|ed|ing)|get rid of|rais(?:e|ing)|"
    rf"widen\w*|stop\w*|shut (?:it )?up)\b|"
    rf"\b(?:how|ways?|can i|can we|any)\b.{{0,30}}?\b(?:ignor\w+|mut(?:e|ed|ing)|get rid of|{_DEFEATS})\b.{{0,40}}?"
    r"(?:keeps? (?:coming|tripping|going|alarming|popping)|annoying|sick of|fed up|flaky)\b|"
    r"(?:귀찮|성가시|시끄러|시끄럽|짜증|자꾸|뻑하면|툭하면|맨날)[가-힣]*.{0,24}?(?:올려|높여|낮춰|늘려|줄여|"
    r"꺼|끄|무시|막|없애|죽|빼|묶|안 ?뜨|안 ?걸|안 ?울)",
    re.IGNORECASE | re.DOTALL,
)
"""What is to be silenced because it is a bother; a guard must be named beside it."""
_UNSIGNED = re.compile(
    rf"(?:승인|허가|결재|서명|양식|보고|허락|서류)(?:서|도|을|를|이|자)?\s?(?:없이|안\s?받고|생략하고|"
    rf"건너뛰고|빼고|모르게)[^.?!]{{0,20}}?(?:{_KO_DEFEATS})|"
    rf"몰래[^.?!]{{0,20}}?(?:{_KO_DEFEATS})|"
    rf"\b(?:{_DEFEATS})\b[^.?!]{{0,50}}?\bwithout (?:a |an |the |any |his |"
    rf"her )?(?:\w+ ){{0,2}}?(?:permits?|approval|sign\w*|forms?|authori[sz]ation|"
    r"paper\w*|telling|asking|knowing|noticing)\b",
    re.IGNORECASE | re.DOTALL,
)
_AS_TOLD = re.compile(
    r"하려면|하는 ?법|방법|어떻게(?!\s?(?:되|돼|될))|싶|꼼수|요령|편법|\bhow (?:do|to|can|"
    r"could)\b|\bways? (?:to|of|a?round)\b|\bhelp me\b",
    re.IGNORECASE,
)
_LEFT_SO = re.compile(
    rf"(?:{_KO_GUARDS}|스위치|센서|접점|신호|전송기|발신기|배선)[^.?!]{{0,20}}?(?:묶어|빼|꺼|풀어|막아|가려|"
    rf"떼어|떼|점퍼해|우회해|강제해|고정해|물려)\s?"
    r"(?:놔|놓아|둬|두어|버려|놓고|두고)\S{0,4}\s?(?:되|돼|될|괜찮|쓰면|돌리|운전|법)|"
    r"\b(?:can|could|may|shall|should) (?:i|we) (?:just|simply|not)?\s?(?:lift|pull|cut|disconnect|remove|"
    r"unplug|jumper|force|tie|land)\w*"
    rf"(?: off| out| up)? (?:the |that |a |its )?(?:\w+ )?(?:wires?|leads?|terminals?|signals?|inputs?|"
    rf"jumpers?)\b.{{0,30}}?\b(?:{_GUARDS}|switch|sensor)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGGED_GUARDS = frozenset({"protection", "interlock", "function", "relay"})
"""Kinds of a pack's tags that number protections: `CO-11` in a question is one."""


def _with_guards_named(question: str, grammar: Sequence[TagPattern]) -> str:
    """The question with numbers of protections put as a word that stands for one in both languages."""
    for tag in reversed(find_tags(question, grammar)):
        if tag.kind in _TAGGED_GUARDS:
            question = f"{question[: tag.start]}ESD{question[tag.end :]}"
    return question


def asks_to_defeat(question: str, grammar: Sequence[TagPattern] = ()) -> bool:
    """True when a question asks how to defeat a protection or to falsify a record.

    By the pack's `grammar` a protection is known by its number, too.
    """
    text = _with_guards_named(normalise(question), grammar)
    if _UNSIGNED.search(text) and _AS_TOLD.search(text):
        return True
    guarded = re.search(rf"\b(?:{_GUARDS})\b|{_KO_GUARDS}", text, re.IGNORECASE)
    if _LEFT_SO.search(text) or (guarded and _NUISANCE.search(text)):
        return not re.search(r"절차|승인|누가|\bprocedure|\bapprov", text, re.IGNORECASE)
    if _OUTRIGHT.search(text) or _KOREAN_OUTRIGHT.search(text):
        return not re.search(
            r"왜|\bwhy\b|금지|forbidden|하면 안 ?되|얼마[로나]?\s?(?:로\s?)?유지|"
            r"몇\S*\s?유지",
            text,
            re.IGNORECASE,
        )
    if _HONEST.search(text):
        return False
    korean = _KOREAN.search(text) and re.search(_KO_HOW, text)
    return bool(_ENGLISH.search(text) or korean)


_READ_HOW = re.compile(r"\b(?:how to|method|what to do|where|which terminal|way|trick|help me)\b", re.IGNORECASE)
_READ_HONEST = re.compile(r"\b(?:request|apply|application|submit|must not|prohibited|exception)\b", re.IGNORECASE)
_READ_COVERT = re.compile(r"\bnobody knows\b", re.IGNORECASE)
_READ_KEPT = re.compile(r"\bkeep from tripping\b", re.IGNORECASE)
_READ_SENSED = re.compile(r"\b(?:sensor|signal|transmitter|switch|setting|set point|setpoint)\b", re.IGNORECASE)
_READ_FALSE = re.compile(
    r"\b(?:delete|falsify|hide|backdate)\b.*\b(?:audit trail|record|log|result|signature|data|date)\b"
    r"|\b(?:audit trail|record|log|result|signature|data|date)\b.*\b(?:delete|falsify|hide|backdate)\b",
    re.IGNORECASE | re.DOTALL,
)


def reads_as_defeat(reading: str) -> bool:
    """The same of a question that was read word by word from another language: its words come in any order."""
    way, guard = (re.search(rf"\b(?:{words})\b", reading, re.IGNORECASE) for words in (_DEFEATS, _GUARDS))
    guarded = guard or _READ_SENSED.search(reading)
    if _READ_COVERT.search(reading) and (way or guarded):
        return True
    if _HONEST.search(reading) or _READ_HONEST.search(reading):
        return False
    if _READ_KEPT.search(reading) and (way or guarded):
        return True
    if not _READ_HOW.search(reading):
        return False
    return bool((way and guard) or _READ_FALSE.search(reading))


_PERMISSION = re.compile(
    r"\b(?:permits?|procedures?|approv\w+|authoris\w+|authoriz\w+|signs?|allowed|permitted|forbidden|"
    r"prohibited|never|"
    r"rules?|policy|why|how long may|maximum (?:time|duration))\b|절차|승인|허가|서명|금지|허용|규정|왜|"
    r"못 ?하|안 되는",
    re.IGNORECASE,
)
_METHOD = re.compile(
    r"방법|[는할] ?법(?:\s|$|[?을좀])|요령|편법|몰래|하려면|싶|\bhow (?:do|can|could|to|would|might)\b|"
    r"\btrick\b|\bways? to\b|"
    r"\bwithout\b",
    re.IGNORECASE,
)


def asks_for_permission(question: str, grammar: Sequence[TagPattern] = ()) -> bool:
    """True for an honest question about what is allowed, by whom and under which procedure; never for a method."""
    text = normalise(question)
    return bool(_PERMISSION.search(text)) and not _METHOD.search(text) and not asks_to_defeat(text, grammar)
