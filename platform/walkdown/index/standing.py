"""Which revisions a search sees: marks on every passage, read against one number that changes in one step.

Every change of what is in force gets the next number of its pack, its generation. A passage is in force from the
generation `since` up to, but not including, `until`. New marks name the coming generation, so nobody sees them before
the registry moves the number on, in the same transaction that changes its entries: a search reads the number once and
sees the old revision or the new one, never both and never neither, on every engine and from every process.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from walkdown.documents import DocumentStatus
from walkdown.errors import UsageError

OPEN = 2**40
"""A generation or day that never comes."""
MARKS = ("since", "until", "shown", "hidden", "from_day", "to_day")
"""Payload fields of the marks; each has an integer index."""


def today() -> dt.date:
    """The day at the plant: the clock of this machine, in its time zone."""
    return day_at_plant(dt.datetime.now(dt.UTC))


def day_at_plant(moment: dt.datetime) -> dt.date:
    """The day at the plant of a moment: half the morning in Korea is still the day before in UTC."""
    return moment.astimezone().date()


class Marks(NamedTuple):
    """Generations and days of one edition of a document.

    In force in generations [since, until); found by searches of the past in [shown, hidden); it held on the days
    [from_day, to_day) as proleptic ordinals.
    """

    since: int = 0
    until: int = OPEN
    shown: int = 0
    hidden: int = OPEN
    from_day: int = 0
    to_day: int = OPEN

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> "Marks":
        """The marks in a stored payload. A passage without marks is seen by nobody."""
        return cls(*(int(payload.get(name, OPEN if name in ("since", "shown") else 0)) for name in MARKS))


class Scope(NamedTuple):
    """What a search may see: by default what is in force, and only that.

    `as_of`: the revisions that held on that day. `revisions`: those revisions, whether in force or not. `history`:
    every revision. Withdrawn documents and undecided conflicts are never seen.
    """

    as_of: dt.date | None = None
    revisions: tuple[str, ...] = ()
    history: bool = False

    @property
    def in_force(self) -> bool:
        """True when only what is in force is seen."""
        return self.as_of is None and not self.revisions and not self.history


IN_FORCE = Scope()


class Generations(Protocol):
    """Who knows the generation of a pack: the registry."""

    def current(self, pack: str) -> int:
        """The number of the last complete change."""
        ...


class Unchanging:
    """Generation 0 for ever: for an index that is written once, as in tests and benchmarks."""

    def current(self, pack: str) -> int:
        """0."""
        del pack
        return 0


class Span(NamedTuple):
    """The payload field `key` holds a number of at most `at_most` and above `above`."""

    key: str
    at_most: int | None = None
    above: int | None = None

    def holds(self, value: int) -> bool:
        """Whether a number fulfils it."""
        return (self.at_most is None or value <= self.at_most) and (self.above is None or value > self.above)


def spans(scope: Scope, generation: int) -> tuple[Span, ...]:
    """The conditions of a scope. Raises UsageError for a scope that is none: it must never mean "everything"."""
    if not isinstance(scope, Scope):
        raise UsageError("A search has no scope.", "Leave it at what is in force, or give a Scope.")
    if scope.in_force:
        return Span("since", at_most=generation), Span("until", above=generation)
    seen = (Span("shown", at_most=generation), Span("hidden", above=generation))
    if scope.as_of is None:
        return seen
    day = scope.as_of.toordinal()
    return (*seen, Span("from_day", at_most=day), Span("to_day", above=day))


def status_at(marks: Marks, generation: int) -> DocumentStatus:
    """What a passage with these marks is in a generation."""
    if marks.since <= generation < marks.until:
        return DocumentStatus.IN_FORCE
    if not marks.shown <= generation < marks.hidden:
        return DocumentStatus.WITHDRAWN
    return DocumentStatus.SUPERSEDED if marks.from_day <= today().toordinal() else DocumentStatus.PENDING


def day_of(ordinal: int) -> dt.date | None:
    """The date of an ordinal; None for one that is open."""
    return dt.date.fromordinal(ordinal) if 0 < ordinal <= dt.date.max.toordinal() else None
