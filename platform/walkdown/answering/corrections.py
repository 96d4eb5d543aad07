"""A question that corrects the one before: `아 미안 2호기`, `oops, bottom temperature`, `不对，是2号机`.

The words that say so are taken away, before and behind; what is left is read as a follow-up. A bare `no`, `wait`
or `아니` begins many sentences: it counts only where what follows cannot go on from it (not "no load
current", "wait time").
"""

import re
from collections.abc import Sequence

from walkdown.retrieval.questions import plain

_SURE = (
    r"아\s?참|앗|어이쿠|이런|미안(?:해요?|한데요?|합니다)?|죄송(?:해요|합니다|한데요?)?|잠깐만?요?|"
    r"정정(?:합니다|할게요?|해서)?|"
    r"(?:질문\s?)?(?:잘못|실수로?)\s?(?:썼|쳤|적었|말했|물었|물어봤|입력했|눌렀|보냈)\S*|"
    r"(?:아[,.]?\s?)?(?:오타|실수)(?:네요?|야|였\S*|예요|입니다)?|"
    r"(?:내|제) 말은|그게 아니(?:라|고|야|고요)|그거 말고|아니 그게 아니라|아니고|아니라|틀렸[네다어]요?|"
    r"아니다|아닙니다|아니(?:요|야|지|여|라니까)|아녀|아뇨",
    r"actually,? i (?:need|want)(?:ed)?|"
    r"sorry(?: about that)?|apologies|my bad|my mistake|oops|whoops|hold on|correction|scratch that|"
    r"strike that|forget (?:that|it)|"
    r"never ?mind|typo|wrong (?:one|tag|unit|pump|question)|not that(?: one)?|make that|what i meant (?:was|is)|"
    r"(?:i|we) (?:meant?(?: to (?:say|ask|write|type)(?: about)?)?|was asking about|am asking about)|"
    r"i'?m asking about|i should have said",
    r"不对|不對|错了|錯了|(?:我)?(?:说|打|写|问)错了|我(?:是说|说的是|指的是|的意思是|要问的是)|抱歉|对不起|"
    r"不好意思|更正|应该是|等等|等一下",
    r"違(?:う|います|った|いました)|ちが(?:う|います)|間違え(?:ました|た)|間違い(?:です|でした)?|すみません|"
    r"ごめん(?:なさい)?|訂正|正しくは|そうじゃなくて",
    r"perd[oó]na?|disculpa|disculpe|me equivoqué|me he equivocado|quise decir|quer[íi]a decir|quiero decir|"
    r"me refer[íi]a a|"
    r"me refiero a|mejor dicho|corrección|lo siento",
)
_BARE = r"아니|아|어|음|참|ah|oh|no|nope|nah|wait|actually|rather|i mean|いや|いいえ|不是|不|digo|espera"
_GOES_ON = r"(?:the|unit|not|for|in|rev|my|a)\b|[A-Z]{1,5}-?\d|\d{1,2}[A-D]?\b|\d\s?호기|[가-힣]"
_LEAD = re.compile(
    rf"^\W*(?!no\.?\s?\d)(?:(?:{'|'.join(_SURE)})(?![a-z])[\s,.!:;、，。…~-]*|"
    rf"(?:{_BARE})(?:\s?[,.!:;、，。…~-]+\s*|\s+(?=(?:{'|'.join(_SURE)}|{_BARE})(?![a-z가-힣])))|"
    rf"(?:(?:{_BARE})\s+(?=(?-i:{_GOES_ON}))))+(?:是|a |to )?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:을|를|꺼|거)?\s?(?:말이(?:야|에요|었어)|말입니다|말한\s?(?:거|것)\S*|말하는\s?(?:거|것)\S*|"
    r"(?:이)?라고\s?(?:물어본|말한|한)\s?(?:거|것)\S*)\W*$|"
    r"(?:으)?로\s?(?:정정|다시|바꿔|변경)(?:\S*)\W*$|[\s,;.-]+(?:sorry|i mea?nt?|i said|quise decir|"
    r"perd[oó]n|digo|抱歉|でした|"
    r"のことです|的)\W*$",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?:(?<=호기)[꺼거]?|(?<=[A-Za-z0-9가-힣]))(?:이요|요|이라고|라고|이야|야|입니다|이에요|예요|だよ|"
    r"です(?:よ)?|の方です|のほうです)?\s*[.!?~。]*\s*$"
)
_INSTEAD = re.compile(
    r"^\s*(?P<old>\S+(?:\s\S+)?)\s?(?:말고|아니고|가 아니라|이 아니라|대신)\s+(?P<new>.+)$|"
    r"^\s*not (?P<eold>[\w .-]{1,24}?)[,;]?\s+(?:but|i mea?nt?)\s+(?P<enew>.+)$|"
    r"^\s*(?P<fnew>[\w .-]{1,24}?)[,;]?\s+(?:not|instead of|rather than)\s+(?P<fold>[\w .-]{1,24}?)[.?!]*\s*$|"
    r"^\s*不是(?P<zold>[^，,]{1,16})[，,]\s?(?:而?是)?(?P<znew>.+)$|"
    r"^\s*(?P<jold>.{1,16}?)(?:じゃなく(?:て)?|ではなく(?:て)?)[、,]?\s?(?P<jnew>.+)$|"
    r"^\s*no (?:el |la )?(?P<sold>[\w .-]{1,24}?),? sino (?P<snew>.+)$",
    re.IGNORECASE,
)
_NEW = ("new", "enew", "fnew", "znew", "jnew", "snew")


def corrected(question: str, turns: Sequence[str]) -> str:
    """The question without the words that only say it corrects the one before; itself where nothing came before."""
    text = plain(question).strip()
    if not turns:
        return text
    rest = _TAIL.sub("", _LEAD.sub("", text, count=1)).strip()
    if instead := _INSTEAD.match(rest):
        rest = next(instead[name] for name in _NEW if instead[name]).strip()
    if rest == text or not any(c.isalnum() for c in rest):
        return text
    return _ENDING.sub("", rest, count=1).strip() or text


def all_corrected(turns: Sequence[str]) -> list[str]:
    """Earlier questions, each read as what it corrected."""
    return [corrected(turn, turns[:i]) for i, turn in enumerate(turns)]
