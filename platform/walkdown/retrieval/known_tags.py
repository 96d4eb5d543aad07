"""Tags that no readable passage names, and the nearest that one does: "there is no P-109; did you mean P-101A?"."""

from collections.abc import Iterable, Mapping, Sequence

from walkdown.retrieval.spelling import distance
from walkdown.retrieval.understanding import UnknownTag

_SUGGESTED = 3
_MOST_EDITS = 2


def nearest_tags(tag: str, known: Iterable[str]) -> tuple[str, ...]:
    """The tags nearest to one: what begins with it first (P-101 -> P-101A), then by edits, at most two."""
    longer = sorted(other for other in known if other.startswith(tag) and len(other) <= len(tag) + _MOST_EDITS)
    most = _MOST_EDITS if len(tag) > 4 else 1
    near = sorted(
        (edits, _letters_differ(tag, other), other)
        for other in known
        if other not in longer and (edits := distance(tag, other, most)) <= most
    )
    return tuple((longer + [other for _, _, other in near])[:_SUGGESTED])


def _letters_differ(a: str, b: str) -> bool:
    """True when two tags differ in their letters: another number is nearer than another kind of thing."""
    return [c for c in a if c.isalpha()] != [c for c in b if c.isalpha()]


def unknown_tags(asked: Sequence[str], known: Mapping[str, int]) -> tuple[UnknownTag, ...]:
    """The asked tags that are not known, each with the nearest known ones."""
    return tuple(UnknownTag(tag=tag, nearest=nearest_tags(tag, known)) for tag in asked if tag not in known)
