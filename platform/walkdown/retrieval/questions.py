"""What a question must be before anything is made of it: not empty, not too long, and about something."""

import re

from walkdown.errors import UsageError
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.languages import normalise
from walkdown.text.lexical import terms as lexical_terms


def check_question(question: str, *, max_chars: int) -> str:
    """The question as NFC without outer white space, its codes in plain letters.

    Raises UsageError when it is empty, too long, or made of words that name nothing ("what is the?").
    """
    cleaned = plain(question).strip()
    if not any(c.isalnum() for c in cleaned):
        raise UsageError("The question is empty.", "Type a question in Korean, English, Chinese, Japanese or Spanish.")
    if len(cleaned) > max_chars:
        raise UsageError(
            f"The question has {len(cleaned):,} characters; at most {max_chars:,} are taken.",
            "Shorten it to what you need to know.",
        )
    word = max(_WORD.findall(cleaned), key=len, default="")
    if len(word) > _LONGEST_WORD:
        raise UsageError(
            f"One word of the question has {len(word):,} characters ({word[:20]}…).",
            "Leave out what was pasted by mistake; name the equipment, the quantity or the procedure you mean.",
        )
    return cleaned


_LONGEST_WORD = 250
_WORD = re.compile("[0-9A-Za-zÀ-ɏ가-힣]+")
"""What is written with spaces in between: Chinese and Japanese sentences are one run of letters."""
_GAP = re.compile(r"\s{2,}")
_FULL_WIDTH = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}}
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\ud800-\udfff]")
"""Also bytes of a command line that are no UTF-8, which come as half characters."""
_DASH = re.compile(
    "(?<=[A-Za-z])[\u2010-\u2015\u2212\ufe63\uff0d](?=[A-Za-z0-9])|(?<=\\d)[\u2010-\u2015\u2212\ufe63\uff0d](?=[A-Za-z])"
)


def plain(question: str) -> str:
    """A question as NFC with the letters, digits and hyphens that codes are written with.

    Word sets a hyphen that does not break, an input method full-width letters: `P\u2011101A` is P-101A.
    """
    text = _DASH.sub("-", _UNSEEN.sub("", normalise(question)).translate(_FULL_WIDTH))
    # One gap is as good as a thousand, and rules that allow for gaps on both sides of a sign take the cube of them.
    return _GAP.sub(lambda gap: "\n" if "\n" in gap.group() else " ", text)


_LINKS = frozenset(
    "그럼 그러면 그런데 근데 그래서 혹시 좀 제발 또 그래 그런지 그런가 이거 그거 저거 이건 그건 이게 그게 이것 그것 "
    "뭐가 뭘 뭔지 어디에 어디서 있나요 있어 있어요 있나 있지 해줘 말해줘 안녕 안녕하세요 아 어 음 저 저기 "
    "저기요 네 예 응 여보세요 "
    "um uh er hmm hey test ok thanks thank 喂 嗯 那个 你好 えっと あの あのう すみません hola oye pues gracias "
    "please ok so then and but well hi hello me my i us he she here".split()
)


def says_nothing(question: str) -> bool:
    """True when a question holds only words without a subject: nothing could be searched by them."""
    words = "".join(c if c.isalnum() else " " for c in question.lower()).split()
    return all(word in FUNCTION_WORDS or word in _LINKS for word in words) or not lexical_terms(question)
