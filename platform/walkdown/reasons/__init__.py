"""Why a check came out as it did, and why an answer is what it is, in every language an answer may have.

A check keeps the code of its reason with what is filled in, so that a page in another language can tell it as well. A
language is a module with a sentence for each code.
"""

from collections.abc import Mapping

from walkdown.documents import Check, Claim, Language
from walkdown.reasons.en import ENGLISH
from walkdown.reasons.es import SPANISH
from walkdown.reasons.ja import JAPANESE
from walkdown.reasons.ko import KOREAN
from walkdown.reasons.zh import CHINESE

REASONS: Mapping[Language, Mapping[str, str]] = {
    "ko": KOREAN,
    "en": ENGLISH,
    "zh": CHINESE,
    "ja": JAPANESE,
    "es": SPANISH,
}


def say(code: str, language: Language, **values: str) -> str:
    """The reason with a code, in a language; "" for no code."""
    return REASONS[language][code].format(**values) if code else ""


def reason_of(check: Check, language: Language) -> str:
    """Why a check came out as it did, in a language; as it was recorded where this version does not know the code."""
    try:
        return say(check.code, language, **dict(check.values)) or check.reason
    except KeyError:
        return check.reason


def in_language(claims: tuple[Claim, ...], language: Language) -> tuple[Claim, ...]:
    """Claims with the reasons of their checks in a language."""
    return tuple(
        claim.model_copy(
            update={"checks": tuple(c.model_copy(update={"reason": reason_of(c, language)}) for c in claim.checks)}
        )
        for claim in claims
    )
