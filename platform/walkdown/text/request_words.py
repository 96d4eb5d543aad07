"""The words in which something is asked to be done with documents, in five languages: one table, compiled once.

A table to show, a checklist to make, a summary, two things set against each other, what changed, what held before. Who
types them says `경보표 띄워줘`, `tick boxes for start-up`, `tl;dr` and `改了什么`. What only sounds alike is kept out
where the words beside tell it: a value *in* table 3, what is *on* the checklist, what changed *the* pressure.
"""

import re
from typing import Literal

Request = Literal["checklist", "comparison", "table", "summary", "summary_of", "changed", "previous"]

_KO_TABLE = r"(?<![목대발지좌수투가-힣])표|(?<![가-힣])[가-힣]{1,4}(?<![목대발지좌수투])표"
_KO_SHOW = r"보여|보자|보기|볼래|볼 ?수|봐|띄[워우]|뽑|줘|줄래|주라|주세|주십|달라|출력|올려|펼쳐|열어|꺼내|알려|붙여"

WORDS: dict[Request, tuple[str, ...]] = {
    "checklist": (
        r"체크\s?(?:리스트|표|시트|박스)(?!에|의|상)|점검\s?(?:리스트|시트)(?!에|의|상)|투두|"
        r"점검표(?:로|를?\s?(?:하나 ?)?(?:만들|뽑|작성|정리|짜))|체크\s?(?:할\s?수\s?있|하면서|해\s?(?:가|"
        r"나가)면서|용으로)",
        r"(?<!on the )(?<!on a )(?<!on our )(?<!in the )(?<!of the )(?<!from the )\bcheck[- ]?(?:list|sheet)s?\b|"
        r"\btick[- ]?(?:box(?:es)?|list|sheet|off)\b|\bto-?do\b|\bcheck ?box(?:es)?\b",
        r"lista de (?:verificación|verificacion|chequeo|comprobación|control|tareas)\b",
        r"(?:检查|点检|核对|确认|操作)(?:清单|单|表)(?!上|中|里)|打勾|勾选",
        r"チェック(?:リスト|シート|表)(?!に|の)|点検表(?:に(?:し|ま)|を作|で)",
    ),
    "comparison": (
        r"틀려|틀린|똑같|동일|같은[지가거]|비교|차이|다른\s?[점지가데]|(?:뭐|뭔|무엇|무슨|어디|어떤|어떻게|"
        r"얼마나)[가이]?\s?[^?]{0,10}(?:달라|다른|다르)|대조(?!군)|나란히",
        r"\bcompar(?:e|es|ison|ing)\b|\bdiff(?:s|er|ers|erences?|ering|erent)?\b(?!\s+pressure)|\bversus\b|\bvs\b\.?|"
        r"\bside[- ]by[- ]side\b|\bthe same\b|\bidentical\b|\bdelta\b(?! ?[pPtT]\b)|\bmatch(?:es)?\b",
        r"\bdiferenci\w*|\bdifier\w*|\bcompar[aeo]\w*|\bdistint[oa]s?\b",
        r"一样|相同|区别|區別|差异|差別|差别|对比|比较|有何不同|哪里不同|不一样",
        r"同じ|違い|違う|比較|比べ|差分|相違",
    ),
    "table": (
        rf"(?:{_KO_TABLE})(?:를|로|도|만|좀|째|가|\s|있으면|전체|통째|통으로|그대로|다|하나|"
        rf"한번){{0,6}}(?:{_KO_SHOW})|"
        rf"(?<!문서 )(?<!절차서 )(?:리스트|목록)(?:를|도|만|좀|다|쫙|전체|\s){{0,5}}(?:보여|띄[워우]|뽑|출력|꺼내)|"
        r"(?<![가-힣])표로(?![가-힣])|(?:전체|그)\s?표(?:를|\s|$)|(?<![가-힣])표\s?(?:전체|통째)|"
        rf"(?<![가-힣])표\s?\d{{1,2}}(?:번)?(?:\s?(?:를|을|좀|전체|통째로|그대로)){{0,3}}\s?(?:{_KO_SHOW}|[.?!]*$)",
        r"\b(?:show|give|gimme|get|display|print|list|see|view|pull(?: up)?|tabulate|bring up|put up|send|"
        r"post|dump|want|"
        r"need|have)\b"
        r"[^.?!]{0,40}?(?<!in )(?<!from )(?<!per )(?<!to )(?<!in the )(?<!from the )(?<!per the )\btables?\b(?! says)|"
        r"\b(?:in|as) (?:a )?table(?: form(?:at)?)?(?! ?\d)\b|\b(?:whole|full|entire|complete) table\b|"
        r"\btabulated\b|\b(?:show|give|gimme|get|display|print|pull|send)\b[^.?!]{0,30}\b(?:alarm|trip|"
        r"valve|instrument|set ?point|limit|interlock) lists?\b|"
        r"^\W*(?:the )?table(?: no\.?)? ?\d{1,2}(?: (?:of|in|from)\b[^?]*)?\W*$",
        r"\b(?:mu[eé]str|mostr|d[aá]me|ver|quiero|ens[eé]ñ|saca|pon|imprim|"
        r"lista)\w*[^.?!]{0,40}?(?<!en la )\btablas?\b|"
        r"\b(?:en|como|en forma de) (?:una )?tabla\b|\btabla (?:completa|entera)\b",
        r"(?:显示|列出|给我|看|打开|调出|展示|发我|要)[^。？！]{0,16}?(?<![仪力电量度])表(?!示|明|面)|"
        r"(?<![仪力电量度])表(?:格)?[^。？！]{0,6}(?:给我|看一下|发|显示|调出|列出)|(?:用|以|做成|整理成)表",
        r"(?<![代発図])(?:表|一覧|リスト|テーブル)(?:全体|全部)?(?:を|も|だけ)?(?:そのまま|全部|まるごと)?"
        r"[^。？！]{0,4}(?:見せ|表示|出し|出せ|ください|くれ|見たい)|(?<![代発図])表(?:形式)?(?:で|に(?:し|ま))",
    ),
    "summary": (
        r"요약|간추|줄거리|절별(?:로)?|장별(?:로)?",
        r"\bsummar(?:y|i[sz]e[sd]?|ies)\b|\boverview\b|\btl;?\s?dr\b|\bsynopsis\b|\bgist\b|\bin a nutshell\b|"
        r"\b(?:section by|by) section\b",
        r"\bresum(?:en|ir|es|eme|a)\b|\bsíntesis\b|\bsintetiz\w+",
        r"总结|總結|概括|概述|摘要|概要|要約|要点|まとめ|サマリ",
    ),
    "summary_of": (
        r"핵심|정리|훑어|개요|(?:무슨|뭔|어떤|전체) ?내용|내용[이은]? ?(?:뭐|뭔|알려|설명)|뭐에 (?:대|관)한|"
        r"(?:뭐|무엇)(?:라고|가|이) ?(?:적혀|쓰여|써)|어떤 (?:문서|절차서)|무슨 (?:문서|절차서)",
        r"\bwhat(?:'s| is| does| do| are)?\b[^?]{0,40}\b(?:about|cover(?:s|ed)?|say(?:s)?|contain(?:s)?|"
        r"in it|for)\W*$|"
        r"\b(?:main|key) points\b|\bhighlights\b|\bbrief me\b|\bwalk me through\b|\boutline\b|\bdigest\b",
        r"\bde qué (?:trata|va|habla)\b|\bpuntos (?:principales|clave)\b|\bqué (?:dice|contiene)\W*$",
        r"主要内容|(?:讲|说|写)(?:的是|了)?(?:什么|啥)|什么内容|内容是什么|どんな内容|何が書いて|概略|内容を教",
    ),
    "changed": (
        r"(?:무엇|무슨|뭐|뭘|뭔|어디|어떤|어떻게|얼마)[^?]{0,16}(?:바뀌[었어나]|바뀐|바뀜|바꼈|바꿨|"
        r"변경(?:됐|되었|된|됨|했|[점\s?]|$)|"
        r"달라(?:졌|진|짐|[\s?요지]|$)|개정(?:됐|되었|된|됨|했)|고쳤|고친|수정(?:됐|되었|된|됨|했)|"
        r"추가(?:됐|되었|된|됨))|"
        r"(?:바뀐|변경된|달라진|개정된|수정된|고친|추가된|삭제된|빠진)\s?(?:것|거|게|건|점|내용|값|부분|"
        r"사항|데|곳|한도|항목)|"
        r"(?:개정|변경|수정)\s?(?:내용|사항|이력|내역|포인트|점(?![가-힣]))|신구\s?대비",
        r"\bwhat(?:'s| has| have| was| were| is| got)?(?: \w+){0,4}? chang(?:ed|es)\b"
        r"(?!\s+(?:the|my|our|its|his|this|that|if|when|above|below|into?o?|to)\b(?! last| latest| new|"
        r" previous| old| rev)|"
        r"\s+[a-z]+ (?:reasoning|behaviou?r))|"
        r"\bwhat(?:'s| is) (?:new|different)\b(?=\s+(?:in|with|about|for|since|now|from|between)\b|\W*$)|"
        r"\b(?:which|what)\b(?:(?!\b(?:when|if|once|after|before|while)\b)[^?]){0,40}?\b(?:was|were|been|"
        r"got|is|are|has|have)\s+(?:been )?"
        r"(?:changed|revised|modified|raised|lowered|updated|added|removed|different)\b(?! to| by| over)|"
        r"\bdifferences? between (?:rev|the (?:old|two|rev))|\bdid .{3,60} change\b|"
        r"\bchanges? (?:in|to|since|from|between|made (?:in|by|to)) (?:rev|the (?:last|new|latest|current|previous))|"
        r"\b(?:history|list|log|record|summary) of (?:the )?(?:changes|revisions|amendments)\b|\bchange ?log\b|"
        r"\b(?:revision|change) history\b|\b(?:latest|last|recent|new) (?:changes|updates|amendments)\b|"
        r"(?<![A-Za-z0-9-])r(?:ev\.?)?\s?\d{1,2}\s?(?:→|->|⇒|to|"
        r"vs\.?)\s?r(?:ev\.?)?\s?\d{1,2}\b",
        r"\bqué (?:se )?(?:ha |han )?(?:cambi|modific|actualiz)\w*|\bcambios? (?:de|en|entre|desde) la\b|"
        r"\bhistorial de (?:cambios|revisiones)\b|\bnovedades\b",
        r"(?:改|修改|变更|修订|更新|调整|改动)了?(?:什么|哪些|哪里|啥)|(?:有什么|有哪些|什么|哪些)(?:变化|"
        r"改动|变更|修改|更新|新增|调整)|"
        r"(?:变更|修订|修改)(?:内容|记录|历史|点)",
        r"(?:何|どこ|なに|どの[^。？]{1,4})(?:が|を|は|か)?[^。？]{0,8}(?:変わ|変更|改訂|修正)|"
        r"(?:変更|改訂|改定)(?:点|内容|履歴|箇所)",
    ),
    "previous": (
        r"(?:이전|예전|구|옛|직전|지난|개정 전|종전)\s?(?:개정|판|버전|절차서|기준|값|문서|양식|한도|설정)|"
        r"(?<![가-힣])[전앞]\s?(?:개정|판(?![가-힣]*[매단])|버전)|"
        r"개정\s?전|바뀌기\s?전|변경\s?전|(?:전|예전|옛날|그전|이전)에[는선]|(?:예전|옛날)엔|개정판? 이전",
        r"\b(?:previous|prior|former|old|superseded|earlier|last) (?:\w+ ){0,2}(?:rev\w*|version|edition|"
        r"issue|procedure|limit|value|setpoint|form)\b|\bbefore the (?:change|revision)\b|\bused to be\b|"
        r"\bbefore (?:it|they|that|this) (?:was|were|got) (?:changed|revised)\b|"
        r"\b(?:was|were)\b[^?]{0,40}\b(?:before|previously|formerly|originally)\W*$",
        r"\b(?:versión|revisión|edición) (?:anterior|previa)|\bantes (?:era|del cambio|de la revisión)\b",
        r"旧版|以前的版本|上一版|上个版本|(?:修改|修订|变更)前|(?:之前|以前|原来)(?:是|的值)",
        r"改訂前|変更前|前の版|前回の版|以前は|旧版",
    ),
}  # fmt: skip

PATTERNS = {request: re.compile("|".join(words), re.IGNORECASE) for request, words in WORDS.items()}

_REVISIONS = re.compile(
    r"개정|리비전|버전|[구신]판|\d\s?판|바뀌|바뀐|변경|이전|예전|최근|전후|"
    r"\brev\b|\brevis\w+|\bversions?\b|\beditions?\b|\bold\b|\bnew(?:est)?\b|\blatest\b|\bchang\w+|\bbefore\b|"
    r"\bprevious\b|(?<![A-Za-z0-9-])r\d{1,2}\b|\bedici\w+|\banterior\w*|版|改訂|改定|修订|変更|以前|之前",
    re.IGNORECASE,
)


def asks(request: Request, text: str) -> bool:
    """True when a text asks for that."""
    return PATTERNS[request].search(text) is not None


def of_revisions(text: str) -> bool:
    """True when a text speaks of editions of a document: a comparison in it is then one of those."""
    return _REVISIONS.search(text) is not None


def without_requests(text: str) -> str:
    """A text without the words that say what is to be done with documents: what it is about is left."""
    for pattern in PATTERNS.values():
        text = pattern.sub(" ", text)
    return _OF_EDITIONS.sub(" ", text)


_OF_EDITIONS = re.compile(
    r"(?:최신|최근에?|이번|지난|이전|현재|현행|지금|두|구|신)\s?(?:개정판?|판|버전|거|것)?|(?:개정|리비전|"
    r"버전|\brev(?:ision|isión)?\.?)\s?\d{0,3}|"
    r"\d{1,2}\s?(?:판|차)|第?\s?\d{1,2}\s?版|改訂\s?\d{0,2}|(?<![A-Za-z0-9-])r\d{1,2}\b|만들|뽑|정리|보여|"
    r"띄워|알려|해?\s?줘|"
    r"\b(?:latest|last|current|newest|new|old|two|revisions?|versions?|editions?|between|procedure|document|"
    r"please|show|me|make)\b",
    re.IGNORECASE,
)
