"""One question on its way to an answer: what is known of it so far, and the answers it can end in."""

import time
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from walkdown.answering import phrases
from walkdown.answering.answerable import Judged, judge
from walkdown.answering.claims import join_claims
from walkdown.answering.conversions import converted_line
from walkdown.answering.inert import inert
from walkdown.answering.quotes import quote_claims
from walkdown.answering.scanned import told
from walkdown.answering.spans import Span
from walkdown.documents import Answer, AnswerStatus, Claim, Evidence, Hit, Language
from walkdown.outcomes import BECAUSE, MISSING, UNCERTAIN, Because
from walkdown.packs.safety import SafetyTopic
from walkdown.packs.schema import Pack
from walkdown.reasons import in_language
from walkdown.retrieval.understanding import QueryPlan
from walkdown.text.asked_units import asked_units

_QUOTING = (AnswerStatus.QUOTED, AnswerStatus.REFUSED)
"""What shows lines as they stand; in an answer the values themselves are converted."""


def number_evidence(hits: Sequence[Hit], count: int) -> tuple[Evidence, ...]:
    """The first `count` hits, numbered from 1."""
    return tuple(
        Evidence(number=i, chunk=h.chunk, score=h.score, scores=h.scores) for i, h in enumerate(hits[:count], 1)
    )


def readings(plan: QueryPlan, language: Language) -> list[str]:
    """How tags of the question were read: one as its trains, one as left out."""
    told = [phrases.finding("trains", language, tag=t.tag, trains=", ".join(t.trains)) for t in plan.trains]
    if plan.excluded:
        told.append(phrases.finding("left_aside", language, tags=", ".join(plan.excluded)))
    return told


@dataclass
class Trace:
    """What is recorded besides the answer, so that it can be replayed: the requests' hashes and what went into them."""

    prompt_hashes: list[str] = field(default_factory=list)
    requests: int = 0
    seed: int = 0
    repaired: bool = False
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """One question on its way: what is known so far, and the clock."""

    question: str
    pack: Pack
    plan: QueryPlan
    language: Language
    evidence: tuple[Evidence, ...]
    started: float
    model: str
    billions: float = 0.0
    topics: tuple[SafetyTopic, ...] = ()
    spans: tuple[Span, ...] = ()
    findings: tuple[str, ...] = ()
    as_of: str = ""
    judged: Judged | None = None
    timings: dict[str, float] = field(default_factory=dict)
    trace: Trace = field(default_factory=Trace)

    def having(self, **fields: Any) -> "Turn":
        """The turn with some fields replaced."""
        return replace(self, **fields)

    def without(self, chunks: Collection[str]) -> "Turn":
        """The turn without some passages, by id; the others keep their numbers."""
        left = tuple(e for e in self.evidence if e.chunk.id not in chunks)
        numbers = {e.number for e in left}
        return self.having(evidence=left, spans=tuple(s for s in self.spans if s.number in numbers))

    def weighed(self) -> "Turn":
        """The turn with the probability that its passages answer; a safety topic is quoted whatever that is."""
        found = None if self.topics else judge(self.plan, self.evidence, self.pack)
        if found is not None:
            self.trace.fields["answerable"] = found._asdict()
        return self.having(judged=found)

    def answer(
        self,
        status: AnswerStatus,
        text: str,
        *,
        reason: str = "",
        claims: tuple[Claim, ...] = (),
        struck: tuple[Claim, ...] = (),
        **more: Any,
    ) -> Answer:
        """The answer of this turn, with notice, warnings, timings and a fresh record id."""
        return Answer(
            status=status,
            pack=self.pack.name,
            question=self.question,
            language=self.language,
            text=inert(text),
            reason=reason,
            claims=in_language(claims, self.language),
            struck=in_language(struck, self.language),
            evidence=self.evidence,
            notice=phrases.NOTICE[self.language],
            warnings=tuple(dict.fromkeys(t.warning.get(self.language) for t in self.topics)),
            contacts=tuple(dict.fromkeys(t.contact.get(self.language) for t in self.topics)),
            findings=(
                *self.findings,
                *told(claims, self.evidence, self.language),
                *(self._converted(claims or more.get("nearest", ())) if status in _QUOTING else ()),
            ),
            as_of=self.as_of,
            answerable=self.judged.probability if self.judged else None,
            timings=self.timings | {"total": time.perf_counter() - self.started},
            model=self.model,
            record_id=uuid.uuid4().hex,
            **more,
        )

    def _converted(self, claims: Sequence[Claim]) -> tuple[str, ...]:
        """The likeliest line shown, with its value in the unit asked for: what is quoted stands as it is written."""
        units = asked_units(self.plan.original or self.plan.question) or asked_units(self.plan.compared)
        texts = {e.number: e.chunk.text for e in self.evidence}
        lines = [texts[s.number][s.start : s.end].strip() for s in self.spans if s.number in texts]
        return converted_line(lines, [c.text for c in claims], units, self.language)

    def noted(self, because: Because, *, missing: Sequence[str] = (), uncertain: bool = False) -> "Turn":
        """The turn, with what the domain team is told of its outcome noted for the record."""
        self.trace.fields |= {BECAUSE: because, MISSING: list(missing), UNCERTAIN: uncertain}
        return self

    def refused(self, reason: str, sentence: str = "", *, nearest: tuple[Claim, ...] = (), **more: Any) -> Answer:
        """The documents do not hold it; the nearest passages stay attached, and the nearest lines stand in the text.

        Nothing tells an insult or a request for a poem from a question here: the documents do not answer either, and
        the same words do for both.
        """
        purpose = phrases.PURPOSE[self.language].format(pack=self.pack.manifest.title.get(self.language))
        text = sentence or f"{phrases.NOT_FOUND[self.language]} {purpose}"
        if nearest:
            text = f"{text}\n{phrases.NEAREST[self.language]}\n{join_claims(nearest)}"
        return self.answer(AnswerStatus.REFUSED, text, reason=reason, nearest=nearest, **more)

    def quoted(
        self,
        status: AnswerStatus,
        sentence: str,
        *,
        reason: str = "",
        struck: tuple[Claim, ...] = (),
        claims: tuple[Claim, ...] | None = None,
        **more: Any,
    ) -> Answer:
        """Verbatim passages only: the nearest lines, or the `claims` given."""
        quotes = claims if claims is not None else quote_claims(self.spans, self.evidence)
        text = f"{sentence}\n{join_claims(quotes)}"
        return self.answer(status, text, reason=reason, claims=quotes, struck=struck, **more)
