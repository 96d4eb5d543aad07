"""Several properties of one thing asked at once: `CCP-1A 최소유량이랑 대기시간 알려줘`, `flash point and density of X`.

Each stands in a line of its own, and one search for all finds the line of one. Only a plain request is taken apart:
what happens *if flow and pressure fall*, or how two values *differ*, is one question.
"""

import re

from walkdown.packs.schema import Pack
from walkdown.retrieval.intent import unit_words
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.property_words import all_apart, ends_in_level, ends_in_property, without_properties
from walkdown.text.tags import find_tags

MOST = 4
_JOINED = re.compile(
    r"(?<=[가-힣A-Za-z)])(?:이?랑|하고|와|과)\s+|\s*[,，、]\s*(?:and\s+|그리고\s+|y\s+)?|\s+(?:및|그리고|"
    r"and|&|y|plus)\s+(?:the\s+)?|"
    r"(?<=[一-鿿])(?:以及|和|及|跟)(?=[一-鿿])|(?<=[ァ-ヿ一-鿿])と(?=[ァ-ヿ一-鿿A-Za-z])"
)
_ASKING = re.compile(
    r"(?:은|는|이|가|을|를|도)?\s*(?:각각|다|모두|전부|좀|둘\s?다|같이|한꺼번에)?\s*"
    r"(?:얼마\S*|몇\S*(?:\s?\S{1,4})?|뭐\S*|무엇\S*|알려\s?\S*|말해\S*|보여\S*|찾아\S*|궁금\S*|부탁\S*|을|"
    r"를|요)?\s*(?:줘|주세요|줄래|해줘|요)?|"
    r"(?:please|pls|again)?|(?:各)?(?:是|为)?(?:分别)?(?:是)?(?:多少|什么|几)?|(?:は|"
    r"を)?(?:それぞれ)?(?:いくら|いくつ|何)?(?:ですか|教えて(?:ください)?|か)?",
    re.IGNORECASE,
)
_OF = re.compile(r"\s(?:of|for|on|in|at|de|del|para|en)\s(?P<thing>.+?)[?.!]*$", re.IGNORECASE)
_TOGETHER = re.compile(
    r"차이|관계|비율|비교|합계|합[은이]|사이|중(?:에|에서)?\s|곱|더\s|대비|따라|"
    r"\b(?:differ\w*|ratio|between|relat\w+|versus|vs|compar\w+|sum|product|higher|lower|whichever|both|"
    r"either|depend\w*)\b|"
    r"区别|关系|差异|比|違い|関係|diferenc\w*|relación",
    re.IGNORECASE,
)


def of_properties(question: str, pack: Pack) -> list[str]:
    """The question for each of the properties it lists; itself alone where it lists none or asks for more than them."""
    pieces = [p.strip() for p in _JOINED.split(question) if p.strip()]
    if not 2 <= len(pieces) <= MOST or _TOGETHER.search(question):
        return [question]
    last, thing = _without_tail(pieces[-1])
    nouns = [*pieces[:-1], last]
    if not all(ends_in_property(noun) for noun in nouns) or not all_apart(nouns):
        return [question]
    if ends_in_level(last) and not all(ends_in_level(noun) for noun in nouns):
        return [question]  # `pressure and temperature limit`: the limit is of both
    if thing:
        return [p if _OF.search(f"{p} ") or _named(p, pack) else f"{p} of {thing}" for p in pieces]
    made = [_of_the_first(pieces[0], piece, pack) for piece in pieces[1:]]
    return [pieces[0], *made] if all(made) else [question]


def _without_tail(piece: str) -> tuple[str, str]:
    """The last of the things listed without what asks for it, and what it is of where that follows."""
    text = piece.rstrip("?？.!。 ")
    if of := _OF.search(text):
        head = text[: of.start()]
        return (head, of["thing"]) if ends_in_property(head) else (text, "")
    for start in range(len(text), 0, -1):
        if ends_in_property(text[:start]) and _ASKING.fullmatch(text[start:].strip()):
            return text[:start], ""
    return text, ""


def _named(piece: str, pack: Pack) -> str:
    """The tags and units of the plant that a piece names, as written."""
    return " ".join([*(t.text for t in find_tags(piece, pack.grammar)), *unit_words(piece).values()])


def _of_the_first(first: str, piece: str, pack: Pack) -> str:
    """A piece with what the first one was of: all of it where it names nothing but a property, else its equipment.

    "" where the first one names nothing.
    """
    if _named(piece, pack):
        return piece
    own = without_properties(_without_tail(piece)[0], piece).split()
    whole = [w for w in without_properties(first, first).split() if w not in FUNCTION_WORDS]
    subject = _named(first, pack) if own or not whole else " ".join(whole)
    return f"{subject} {piece}" if subject else ""
