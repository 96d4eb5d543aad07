"""What is asked of seven o'clock is not answered from the row of four o'clock.

A log has a row for each hour, and the rows differ in nothing but their time and their amounts; so every other check
finds the amount of the wrong hour where it should be. Looked at only where a row of the asked time was found.
"""

from collections.abc import Iterable, Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Place
from walkdown.documents import Check
from walkdown.text.clock import Moment, moments_of


def check_moment(question: str, carriers: Sequence[Place], everything: Cited) -> Check:
    """A statement that carries the claim and names times of day names the one asked for, where another one does."""
    asked = moments_of(question)
    if not asked:
        return skipped("moment", "no_time_asked")
    timed = [(place, times) for place in carriers if (times := moments_of(place.statement.text))]
    if not timed or len(timed) < len(carriers) or any(_meet(asked, times) for _, times in timed):
        return passed("moment") if timed else skipped("moment", "no_time_there")
    if not any(_meet(asked, moments_of(place.statement.text)) for place in everything.places):
        return skipped("moment", "time_nowhere")
    minute = min(timed[0][1][0])
    return failed("moment", "other_time", time=f"{minute // 60:02}:{minute % 60:02}")


def _meet(asked: Iterable[Moment], named: Iterable[Moment]) -> bool:
    named = tuple(named)
    return any(one & other for one in asked for other in named)
