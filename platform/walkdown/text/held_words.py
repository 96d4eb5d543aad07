"""Whether a text holds a word, where a Korean word may carry a particle that the text has not."""

import re
from collections.abc import Collection

from walkdown.text.languages import normalise
from walkdown.text.lexical import terms

PARTICLE = re.compile(r"(?<=[가-힣])(?:이다|입니다|이며|이고|인가요?|이야|여야|[은는이가을를의])$")
"""What may stand behind a Korean noun."""
_CASE = re.compile(r"(?<=[가-힣])(?:에서는?|에는?|에게|으로는?|로는?|와|과|도|만|까지|부터|보다|마다)$")
_VERB_END = re.compile(
    r"(?:(?<=[가-힣]{2})|(?<![가-힣]))(?:"
    r"(?:시키)?(?:하|되)(?:여야?|어야?|고|며|면|는|지|도록|십시오|세요|였다|었다|였습니다|었습니다|기)|"
    r"시(?:킨다|킵니다|키고|키며|켜야?|켜서)|"
    r"이었습니다|였습니다|이었다|였다|이었고|였고|이었으며|였으며|이었으나|였으나|"
    r"(?<=[가-힣]{2})이?므로(?![가-힣])|"
    r"(?:[했됐]|하였|되었|시켰)(?:기|지만|으나|으며|고|던|으므로|는데)|"
    r"합니다|한다|해서|해야|했다|했습니다|함|됩니다|된다|돼서|돼야|됐다|됐습니다|됨|입니다|이다|이며|이고"
    r")(?:만|서|요)?(?![가-힣])"
)
"""How a statement ends or goes on (`기동합니다`, `기동한다`, `기동하고`): it says nothing of what is done."""
_HANGUL = re.compile(r"[가-힣]+")


def without_endings(text: str) -> str:
    """A text whose Korean verbs are cut to what they say: `정지합니다` and `정지하고` are `정지`."""
    return _VERB_END.sub(" ", text)


def holds(held: Collection[str], word: str) -> bool:
    """True when a passage's terms hold a word; a Korean word may carry a particle, so half its bigrams will do."""
    stem = PARTICLE.sub("", word)
    if len(stem) == 1 or (len(bare := _CASE.sub("", word)) == 1 and bare != word):
        return (stem if len(stem) == 1 else bare) in held
    wanted = terms(word)
    return bool(wanted) and sum(t in held for t in wanted) * 2 >= len(wanted)


def terms_of(text: str) -> set[str]:
    """The terms of a text, and its words of one syllable, which have no bigram of their own once a particle follows."""
    short = (_CASE.sub("", PARTICLE.sub("", w)) for w in _HANGUL.findall(normalise(text)) if len(w) <= 3)
    return {*terms(text), *(w for w in short if len(w) == 1)}
