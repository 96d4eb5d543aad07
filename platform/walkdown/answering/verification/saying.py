"""Which statements say the same as a claim, but for the one word that a check is about: a tag, a person."""

from collections.abc import Collection

from walkdown.answering.verification.reading import Cited, Place

_TOLD = 0.5
"""Share of the words, by rarity, that the statement which says the same must hold."""
_AS_WELL = 0.8
"""Share of the best statement's weight from which another one says it as well."""


def saying(words: Collection[str], cited: Cited) -> list[Place]:
    """The statements that hold most of some features of a claim; none where no statement holds half of them."""
    wanted = frozenset(words)
    scores = [cited.weight(wanted & cited.reader.features(p.statement.text)) for p in cited.places]
    best = max(scores, default=0.0)
    if not best or best < _TOLD * cited.weight(wanted):
        return []
    return [p for p, score in zip(cited.places, scores, strict=True) if score >= _AS_WELL * best]
