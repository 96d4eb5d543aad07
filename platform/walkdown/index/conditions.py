"""The filters of a search as plain data: a field holds one of some values, or a number in a span; all are ANDed.

Filters fail closed. A passage carries the keys of its readers (`public`, or one `group:NAME` per access group) and a
search asks for the keys of its principal; a passage without any key is found by nobody. A user's own filters are
further conditions, so they can only narrow.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from walkdown.documents import Language, Principal
from walkdown.errors import UsageError
from walkdown.index.standing import Scope, Span, spans
from walkdown.index.store import FILTER_FIELDS
from walkdown.text.tags import normal_form

PUBLIC = "public"


class Condition(NamedTuple):
    """The payload field `key` holds at least one of `values`."""

    key: str
    values: tuple[str, ...]


Conditions = tuple[Condition | Span, ...]


def reader_keys(access: Sequence[str]) -> list[str]:
    """Keys of a passage's readers; no access group means everyone who may use the pack."""
    return [f"group:{group}" for group in access] if access else [PUBLIC]


def of_pack(pack: str) -> Conditions:
    """Passages of one pack. Raises UsageError when no pack is named."""
    if not isinstance(pack, str) or not pack.strip():
        raise UsageError("No pack is named.", "Name the pack to search.")
    return (Condition("pack", (pack,)),)


def mandatory(
    pack: str, principal: Principal, scope: Scope, generation: int, languages: Sequence[Language] = ()
) -> Conditions:
    """What every branch of a search is filtered by.

    The pack, what the principal may read, what is in force (or the day or revisions asked for), the languages.
    """
    readers = (PUBLIC, *(f"group:{group}" for group in principal.groups))
    conditions: Conditions = (*of_pack(pack), Condition("readers", readers), *spans(scope, generation))
    if scope.revisions:
        conditions = (*conditions, Condition("revision", tuple(scope.revisions)))
    return (*conditions, Condition("language", tuple(languages))) if languages else conditions


def narrowing(filters: Mapping[str, Sequence[str]]) -> Conditions:
    """A user's filters; tags are brought into normal form.

    Raises UsageError for an unknown field, a field without values, and values that are not a list of strings: a
    filter that was meant to narrow is never ignored.
    """
    conditions = []
    for field, values in filters.items():
        if field not in FILTER_FIELDS:
            raise UsageError(f"There is no filter {field!r}.", f"Filter by {', '.join(FILTER_FIELDS)}.")
        listed = not isinstance(values, str) and isinstance(values, Sequence)
        if not listed or not values or not all(isinstance(value, str) for value in values):
            raise UsageError(f"The filter {field!r} has no list of values.", "Give values, or leave the filter out.")
        normal = tuple(normal_form(value) if field == "tags" else str(value) for value in values)
        conditions.append(Condition(field, normal))
    return tuple(conditions)
