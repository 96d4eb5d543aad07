"""Who asks, and what they may see."""

from collections.abc import Sequence

from walkdown.documents import Principal

LOCAL = Principal()
"""Who asks, until people sign in: everyone on this machine."""


def may_see(access: Sequence[str], principal: Principal) -> bool:
    """Whether a document or passage with these access groups is visible; no groups means everyone."""
    return not access or not set(access).isdisjoint(principal.groups)
