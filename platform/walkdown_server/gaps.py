"""What a domain team is told of the questions that its documents gave no sure answer to.

Nobody sees what he could not have asked himself: records of askers in groups that he is not in are as if they were not
there, and questions whose passages are closed to him by now are only counted.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from walkdown.documents import DocumentStatus, Principal
from walkdown.index.standing import day_at_plant, today
from walkdown.outcomes import DOUBTFUL
from walkdown.packs.calibration import product_calibration
from walkdown.packs.evaluation_file import read_questions
from walkdown.packs.leaks import plain
from walkdown.packs.schema import Pack
from walkdown.records.gaps import Asked
from walkdown.wire_records import GapInfo, GapReport, GapsQuery, NearLine, WeekOfQuestions
from walkdown_server.closed import Look, is_closed, look_into
from walkdown_server.services import Services


class Repeated(NamedTuple):
    """One question, every time that it was asked, the last time first."""

    asked: list[Asked]

    @property
    def shown(self) -> Asked:
        """The record that stands for all: one that a reader reported, else the last one that got no sure answer."""
        reported = (one for one in self.asked if one.reported_at)
        doubtful = (one for one in self.asked if one.outcome in DOUBTFUL)
        return next(reported, None) or next(doubtful, self.asked[0])


def gap_report(services: Services, name: str, query: GapsQuery, principal: Principal) -> GapReport:
    """The report of a pack for one who asks. Raises UnknownPackError, ResourceError."""
    pack = services.packs.get(name)
    monday = _monday(today()) - dt.timedelta(weeks=query.weeks - 1)
    since = dt.datetime.combine(monday, dt.time()).astimezone()
    log = services.answers.get()
    asked = log.asked_since(name if "@" in name else pack.manifest.name, since)
    asked = [one for one in asked if set(one.groups) <= set(principal.groups)]
    known = _of_evaluation(pack)
    used = [one for one in asked if one.reported_at or plain(one.question) not in known]
    wanted = [r for r in _repeated(used) if _is_wanted(r.shown, query)]
    listed = {r.shown.record_id: r for r in wanted[: query.limit]}
    kept = log.gaps(list(listed))
    look = look_into(services, pack.name)
    open_ones = {i: kept[i] for i in listed if i in kept and not is_closed(kept[i][1], look, principal)}
    threshold = pack.manifest.thresholds.evidence
    return GapReport(
        pack=pack.manifest.name,
        threshold=(pack.calibration or product_calibration()).threshold if threshold is None else threshold,
        weeks=tuple(_weeks(one for one in used if one.asked_at >= since)),
        gaps=tuple(_as_it_stands(gap, listed[i], look) for i, (gaps, _) in open_ones.items() for gap in gaps),
        more=len(wanted) - len(listed),
        closed=len(listed) - len(open_ones),
    )


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _of_evaluation(pack: Pack) -> frozenset[str]:
    """The pack's own questions: an evaluation asks them, and what is labelled needs nobody's attention any more."""
    sets = pack.manifest.evaluation
    questions = (q for name in {sets.dev, sets.test} for _, q in read_questions(pack.folder, name, []))
    return frozenset(plain(q.question) for q in questions if q.unlabelled is None)


def _repeated(asked: Sequence[Asked]) -> list[Repeated]:
    """The same questions together. What follows in a conversation leans on it: `and 2B?` is another one in each."""
    first: dict[str, str] = {}
    for one in sorted(asked, key=lambda a: a.asked_at):
        first.setdefault(one.conversation, plain(one.question))
    together: dict[tuple[str, str], list[Asked]] = {}
    for one in asked:
        text = plain(one.question)
        alone = not one.conversation or first[one.conversation] == text
        together.setdefault((text, "" if alone else one.conversation), []).append(one)
    return [Repeated(sorted(group, key=lambda a: a.asked_at, reverse=True)) for group in together.values()]


def _is_wanted(one: Asked, query: GapsQuery) -> bool:
    if query.only == "reported":
        return one.reported_at is not None
    if query.only is not None:
        return one.outcome == query.only
    return one.outcome in DOUBTFUL or one.reported_at is not None


def _weeks(asked: Iterable[Asked]) -> Iterator[WeekOfQuestions]:
    counts = Counter((_monday(day_at_plant(one.asked_at)), one.outcome) for one in asked)
    for monday in sorted({monday for monday, _ in counts}, reverse=True):
        yield WeekOfQuestions.model_validate(
            {"monday": monday} | {outcome: n for (week, outcome), n in counts.items() if week == monday}
        )


def _as_it_stands(gap: GapInfo, repeated: Repeated, look: Look) -> GapInfo:
    near = tuple(line.model_copy(update={"standing": _standing(line, look)}) for line in gap.nearest)
    latest = repeated.asked[0].outcome
    return gap.model_copy(update={"times": len(repeated.asked), "latest": latest, "nearest": near})


def _standing(line: NearLine, look: Look) -> DocumentStatus | str:
    now = look(line.document_id)
    if now is None:
        return "gone"
    revised = now.status is DocumentStatus.IN_FORCE and now.revision != line.revision
    return DocumentStatus.SUPERSEDED if revised else now.status
