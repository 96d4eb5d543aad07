"""Whether a text holds a word, where a Korean word may carry a particle that the text has not."""

import re
from collections.abc import Collection

from walkdown.text.languages import normalise
from walkdown.text.lexical import terms

PARTICLE = re.compile(r"(?<=[가-힣])(?:이다|입니다|이며|이고|인가요?|이야|여야|[은는이가을를의])$")
"""What may stand behind a Korean noun."""
_HANGUL = re.compile(r"[가-힣]+")


def holds(held: Collection[str], word: str) -> bool:
    """True when a passage's terms hold a word; a Korean word may carry a particle, so half its bigrams will do."""
    stem = PARTICLE.sub("", word)
    if len(stem) == 1:
        return stem in held
    wanted = terms(word)
    return bool(wanted) and sum(t in held for t in wanted) * 2 >= len(wanted)


def terms_of(text: str) -> set[str]:
    """The terms of a text, and its words of one syllable, which have no bigram of their own once a particle follows."""
    short = (PARTICLE.sub("", w) for w in _HANGUL.findall(normalise(text)) if len(w) <= 3)
    return {*terms(text), *(w for w in short if len(w) == 1)}
