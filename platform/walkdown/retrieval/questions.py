"""What a question must be before anything is made of it: not empty, not too long, and about something."""

from walkdown.errors import UsageError
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.languages import normalise
from walkdown.text.lexical import terms as lexical_terms


def check_question(question: str, *, max_chars: int) -> str:
    """The question as NFC without outer white space.

    Raises UsageError when it is empty, too long, or made of words that name nothing ("what is the?").
    """
    cleaned = normalise(question).strip()
    if not any(c.isalnum() for c in cleaned):
        raise UsageError("The question is empty.", "Type a question in Korean or English.")
    if len(cleaned) > max_chars:
        raise UsageError(
            f"The question has {len(cleaned):,} characters; at most {max_chars:,} are taken.",
            "Shorten it to what you need to know.",
        )
    return cleaned


_LINKS = frozenset(
    "그럼 그러면 그런데 근데 그래서 혹시 좀 제발 please ok so then and but well hi hello 안녕 안녕하세요".split()
)


def says_nothing(question: str) -> bool:
    """True when a question holds only words without a subject: nothing could be searched by them."""
    words = "".join(c if c.isalnum() else " " for c in question.lower()).split()
    return all(word in FUNCTION_WORDS or word in _LINKS for word in words) or not lexical_terms(question)
