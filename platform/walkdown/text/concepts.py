"""Words that turn a sentence round when one is put for the other: `open` and `close`, and so in five languages.

Each pair has two sides; a side lists the stems under which it is written, so that a Korean claim can be held against
an English passage. Stems are short on purpose: Korean verbs inflect (`열고`, `열어`, `연다`).
"""

import re
from functools import cache
from typing import NamedTuple

from walkdown.text.opposites_foreign import FOREIGN


class Pair(NamedTuple):
    """Two sides that exclude each other, as regular expressions."""

    name: str
    left: str
    right: str


_HEAD = r"(?<![가-힣])"
PAIRS: tuple[Pair, ...] = (
    Pair(
        "open/close",
        rf"\b(?:re)?open(?:s|ed|ing)?\b|{_HEAD}(?:열[고어린려면기릴지리며]|연다|여는|열\b)|개방|전개|열림|開",
        r"\b(?:clos(?:e|es|ed|ing)|shut(?:s|ting)?(?! ?down| ?off))\b|닫|폐쇄|전폐|밀폐|잠[그근가]",
    ),
    Pair(
        "start/stop",
        r"\b(?:re)?start(?:s|ed|ing)?(?![- ]?up\b)\b|기동(?:[하한합함해했되된됩됐됨시할을]|\s*[,.;|]|$)|"
        r"가동[하한합함해했시]|돌[리린려]|起動|启动|啟動",
        r"\b(?:stop(?:s|ped|ping)?|shut(?:s|ting)? ?down)\b|정지(?:[하한합함해했되된됩됐됨시할을]|\s*[,.;|]|$)|"
        r"멈[추춘춰]|세운다|세우|세[워웁]|停止|停机|停机|停運",
    ),
    Pair(
        "go on/stop",
        r"\b(?:continu(?:e|es|ed|ing)|keep(?:s|ing)?|carry on|go(?:es)? on|maintain\w*)\b|계속|지속|이어서|유지|"
        r"继续|続け",
        r"\b(?:stop(?:s|ped|ping)?|ceas(?:e|es|ed|ing)|halt\w*|interrupt\w*)\b|중단|중지|정지|멈[추춘춰]|停止|中止|中断",
    ),
    Pair(
        "before/after",
        r"\b(?:before|prior to)\b|(?:기|[가-힣]) ?(?<!직)전(?:에|까지|$)|이전",
        r"\bafter\b|(?:한|은|된|난|ㄴ|[가-힣]) ?(?:뒤|후)(?:에|로|$|,)?|다음에|(?:고|서) 나서",
    ),
    Pair(
        "increase/decrease",
        r"\b(?:increas|rais|rise|rising|ris(?:en|es))\w*|\b(?:higher|ramp(?:ed)? up|speed up)\b|올[리린려라]|"
        r"증가|높[이인여]|상승|늘[리린려]|증발",
        r"\b(?:decreas|reduc|lower(?:ed|ing|s)\b|drop|fall)\w*|\blower (?:the|it)\b|내[리린려]|감소|"
        r"낮[추춘춰]|하강|줄[이인여]|감발|저하",
    ),
    Pair(
        "high/low",
        r"\bhigh(?:er|est)?\b(?! pressure drum)|높음|높은|높으면|과대",
        r"\blow(?:er|est)?\b(?! the| it)|낮음|낮은|낮으면|부족|저하",
    ),
    Pair(
        "high alarm/low alarm",
        r"\bhigh(?:[ -]high)?[ -](?:\w+ )?alarms?\b|(?:상한|고고?|높음) ?경보",
        r"\blow(?:[ -]low)?[ -](?:\w+ )?alarms?\b|(?:하한|저저?|낮음) ?경보",
    ),
    Pair("high-high/low-low", r"\bhigh[ -]high\b|\bHH\b|(?<![가-힣])고고", r"\blow[ -]low\b|\bLL\b|(?<![가-힣])저저"),
    Pair(
        "maximum/minimum",
        r"\bmax(?:imum|\.)?(?![a-z])|최대|최고|상한|가장 [긴큰]|\b(?:upper limit|longest|largest|thickest|greatest)\b",
        r"\bmin(?:imum|\.)?(?![a-z/])(?<!\d min)|최소|최저|하한|가장 (?:짧은|작은)|"
        r"\b(?:lower limit|shortest|smallest|thinnest)\b",
    ),
    Pair(
        "warmest/coldest",
        r"\b(?:warm|hott)est\b|(?:가장|제일) (?:따뜻|뜨거|뜨겁|더운|덥)",
        r"\b(?:cold|cool)est\b|(?:가장|제일) (?:차가|차갑|추운|춥)",
    ),
    Pair("inlet/outlet", r"\b(?:inlet|intake)\b|입구|유입", r"\boutlet\b|출구|유출"),
    Pair("suction/discharge", r"\bsuction\b|흡입", r"\bdischarge[sd]?\b|토출"),
    Pair("upstream/downstream", r"\bupstream\b|상류", r"\bdownstream\b|하류"),
    Pair("upper/lower", r"\b(?:upper|top)\b|상부|위쪽", r"\b(?:lower (?!limit|the|it|than)|bottom\b)|하부|아래쪽"),
    Pair("automatic/manual", r"\bauto(?:matic(?:ally)?|mated)?\b|자동", r"\bmanual(?:ly)?\b|\bby hand\b|수동|손으로"),
    Pair("local/remote", r"\blocal(?:ly)?\b|현장", r"\bremote(?:ly)?\b|원격|중앙제어실|제어실"),
    Pair(
        "fill/drain", r"\b(?:re)?fill(?:s|ed|ing)?\b|충수|채[우운워]", r"\bdrain(?:s|ed|ing)?\b|배수|드레인|비[우운워]"
    ),
    Pair("connect/disconnect", r"\b(?:re)?connect(?:s|ed|ing)?\b|연결", r"\bdisconnect(?:s|ed|ing)?\b|분리|해체"),
    Pair("energise/de-energise", r"(?<!-)\benergi[sz]e[sd]?\b|가압|투입", r"\bde-?energi[sz]e[sd]?\b|차단|개로"),
    Pair("lock/unlock", r"(?<!un)\block(?:s|ed|ing)?\b|잠금", r"\bunlock(?:s|ed|ing)?\b|잠금 해제|해제"),
    Pair(
        "heat/cool",
        r"\bheat(?:s|ed|ing)?(?: up)?\b|가열|승온|데[우운워]",
        r"\bcool(?:s|ed|ing)?(?: down)?\b(?! water)|냉각(?!수)|식[히힌혀]",
    ),
    Pair("hot/cold", r"\b(?:hot|warm)\b|열간|뜨거|더운|온수", r"\bcold\b|냉간|차가|찬 |냉수"),
    Pair("wet/dry", r"\bwet\b|젖은|습식", r"\bdry\b|마른|건식|건조"),
    Pair(
        "add/remove",
        r"\badd(?:s|ed|ing)?\b|넣[는고어으]|첨가|추가",
        r"\b(?:remov(?:e|es|ed|ing)|withdraw)\b|빼[고내]|제거",
    ),
    Pair(
        "accept/reject",
        r"\b(?:accept(?:s|ed)?|approv(?:e|es|ed))\b|(?<!불)합격|승인",
        r"\breject(?:s|ed)?\b|불합격|반려|기각|폐기",
    ),
    Pair("release/reject", r"\breleas(?:e|ed|es)\b|출하", r"\breject(?:s|ed)?\b|불합격|반려|폐기"),
    Pair(
        "active/bypassed",
        r"\b(?:active|in force|effective)\b|유효|살아 ?있|有效|生效|有効|\bactiv[oa]s?\b",
        r"\bbypass(?:ed|es)?\b|우회|바이패스|旁路|バイパス|무효|\binhibited\b",
    ),
    Pair("pass/fail", r"\bpass(?:es|ed)\b|(?<!불)합격", r"\bfail(?:s|ed|ure)\b|불합격|실패"),
    Pair(
        "allow/forbid",
        r"\b(?:allow(?:s|ed)?|permit(?:s|ted)|permissible)\b|허용|해도 된|할 수 있|가능",
        r"\b(?:forbid(?:s|den)?|prohibit(?:s|ed)?)\b|금지|불가|할 수 없|안 된|안된",
    ),
    Pair(
        "must/may",
        r"\b(?:must|shall|is required|are required|mandatory)\b|하여야|해야|의무|반드시",
        r"\b(?:may(?! not)|optional(?:ly)?|can(?!not| not| be (?:seen|heard|read)))\b|할 수 있|해도 된|선택",
    ),
    Pair(
        "all/any",
        r"\b(?:all|every|each)\b|모두|모든|전부|전체",
        r"\b(?:any one|one of|either|some)\b|하나라도|일부|어느 하나|둘 중",
    ),
    Pair(
        "alert/action",
        r"\balert (?:level|limit)s?\b|(?:^|\| )(?:alert|경고|경계)(?=:|$| \w+: )|경[계고] ?(?:기준|한계|수준)",
        r"\baction (?:level|limit)s?\b|(?:^|\| )(?:action|조치)(?=:|$| \w+: )|조치 ?(?:기준|한계|수준)",
    ),
    Pair("alarm/trip", r"\balarms?\b|경보|알람", r"\b(?:trips?|tripped|shutdown)\b|트립|비상정지"),
    Pair(
        "normal/abnormal",
        r"\bnormal(?:ly)?\b|(?<!비)정상|평상",
        r"\b(?:abnormal|emergency)\b|비정상|이상(?= ?상태)|비상",
    ),
    Pair(
        "warm/standby", r"\b(?:running|on duty|in service)\b|운전 중", r"\b(?:standby|idle|out of service)\b|예비|대기"
    ),
    Pair("gas/liquid", r"\b(?:gas|vapou?r)\b|기체|증기|가스", r"\bliquid\b|액체"),
    Pair("left/right", r"\bleft\b|왼쪽|좌측", r"\bright(?:-hand)?\b|오른쪽|우측"),
    Pair(
        "inside/outside",
        r"\b(?:inside|internal|indoors?)\b|내부|안쪽|실내",
        r"\b(?:outside|external|outdoors?)\b|외부|바깥|실외|옥외",
    ),
    Pair("first/last", r"\b(?:first|earliest)\b|먼저|첫째|우선", r"\b(?:last|final(?:ly)?|latest)\b|마지막|나중"),
    Pair(
        "slow/fast",
        r"\b(?:slow(?:ly)?|gradual(?:ly)?)\b|천천히|서서히",
        r"\b(?:fast|quick(?:ly)?|rapid(?:ly)?|at once|immediately)\b|급하게|빠르게|즉시|곧바로|바로",
    ),
    Pair("gauge/absolute", r"\bgauge\b|게이지압", r"\babsolute\b|절대압"),
    Pair("daily/weekly", r"\bdaily\b|매일", r"\b(?:weekly|monthly|yearly|annual(?:ly)?)\b|매주|매월|매년"),
    Pair(
        "heavier/lighter",
        r"\bheav(?:y|ier)\b|무거[운우워]",
        r"\blighter\b|가벼[운우워]",
    ),
    Pair("summer/winter", r"\bsummer\b|하절기|여름|하계", r"\bwinter\b|동절기|겨울|동계"),
    Pair(
        "anode/cathode",
        r"\banod(?:e|es|ic)\b|(?<![가-힣])양극|\banolyte\b",
        r"\bcathod(?:e|es|ic)\b|(?<![가-힣])음극|\bcatholyte\b",
    ),
    Pair("before use/after use", r"\bbefore use\b|\bpre-use\b|사용 ?전", r"\bafter use\b|\bpost-use\b|사용 ?후"),
    Pair(
        "large/small",
        r"\b(?:large|major) (?=leak|spill|fire|release)|대(?:규모|량)|큰 (?=누출|누설|화재)",
        r"\b(?:small|minor) (?=leak|spill|fire|release)|소(?:규모|량)|작은 (?=누출|누설|화재)",
    ),
    Pair("and/or", r"\band\b|(?<=[가-힣])[와과] |및", r"\bor\b|또는|이나 |거나"),
)


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    out = []
    for name, left, right in PAIRS:
        more, others = FOREIGN.get(name, ("", ""))
        both = (f"{left}|{more}" if more else left), (f"{right}|{others}" if others else right)
        out.append((name, re.compile(both[0], re.I), re.compile(both[1], re.I)))
    return tuple(out)


@cache
def sides(text: str) -> dict[str, str]:
    """For each pair that a text touches: `left`, `right` or `both`."""
    out: dict[str, str] = {}
    for name, left, right in _compiled():
        on_left, on_right = bool(left.search(text)), bool(right.search(text))
        if on_left or on_right:
            out[name] = "both" if on_left and on_right else "left" if on_left else "right"
    return out


def words_of(name: str, side: str, text: str) -> str:
    """The word by which a text touches one side of a pair, for the reason shown."""
    for pair, left, right in _compiled():
        if pair == name and (match := (left if side == "left" else right).search(text)):
            return match.group().strip()
    return ""
