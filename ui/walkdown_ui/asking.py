"""One question on its way to an answer, in a thread of its own, so that pages can be changed while it is answered."""

import datetime as dt
import itertools
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from pydantic import TypeAdapter

from walkdown.client import HangUp, ServerEvent, WalkdownClient
from walkdown.documents import Answer, Evidence
from walkdown.errors import WalkdownError
from walkdown.wire_conversations import ConversationTurn

_EVIDENCE = TypeAdapter(tuple[Evidence, ...])
_numbers = itertools.count(1)

TurnState = Literal["asking", "done", "stopped", "failed"]


class Asker(Protocol):
    """The part of the client that answers questions."""

    def ask_stream(
        self,
        pack: str,
        question: str,
        *,
        conversation_id: str | None = None,
        turns: Sequence[str] = (),
        reader: str = "",
        hang_up: HangUp | None = None,
    ) -> Iterator[ServerEvent]:
        """Events as they come; the last is the answer. Raises WalkdownError."""
        ...


@dataclass
class Turn:
    """One question and what is known of its answer so far.

    Written by one thread, read by others: `state` is set last, and the fields it speaks of do not change after.
    """

    pack: str
    question: str
    conversation: str = ""
    reader: str = ""
    """Whose browser asks; the server gives the conversation back to it alone."""
    earlier: tuple[str, ...] = ()
    """The questions before it. The server forgets a conversation when it restarts, and would take a follow-up for a
    question of its own: about any pump, not about the one that was spoken of."""
    number: int = field(default_factory=lambda: next(_numbers))
    state: TurnState = "asking"
    stage: str = "searching"
    draft: str = ""
    evidence: tuple[Evidence, ...] = ()
    answer: Answer | None = None
    error: WalkdownError | None = None
    gap: WalkdownError | bool = False
    """True once the document team was told that the answer is missing; the error where that failed."""
    asked_at: dt.datetime | None = None
    """When it was asked, of a turn that was given back by the server."""
    outdated: tuple[int, ...] = ()
    """Citation numbers of an answer given back whose passages no longer stand."""
    started: float = field(default_factory=time.monotonic)
    _stop: threading.Event = field(default_factory=threading.Event, repr=False)
    _hang_up: HangUp = field(default_factory=HangUp, repr=False)

    @classmethod
    def given_back(cls, pack: str, conversation: str, kept: ConversationTurn) -> "Turn":
        """A turn of an earlier time; without an answer where that is closed to the reader by now."""
        return cls(
            pack=pack,
            question=kept.question,
            conversation=conversation,
            state="done",
            answer=kept.answer,
            asked_at=kept.asked_at,
            outdated=kept.outdated,
        )

    def bring_up_to_date(self, kept: ConversationTurn) -> "Turn":
        """Note what has become of its answer and passages since."""
        self.answer, self.asked_at, self.outdated = kept.answer, kept.asked_at, kept.outdated
        return self

    def stop(self) -> None:
        """Give the question up; the server stops when the connection closes, be it writing, reading or in its queue."""
        self._stop.set()
        self._hang_up()
        if self.state == "asking":
            self.draft, self.state = "", "stopped"

    def passage(self, number: int) -> Evidence | None:
        """The passage that a citation number stands for."""
        known = self.answer.evidence if self.answer else self.evidence
        return next((e for e in known if e.number == number), None)

    def carried(self, number: int) -> tuple[str, ...]:
        """The exact words of a passage that carry statements of the answer, in their order in the passage."""
        passage = self.passage(number)
        if passage is None or self.answer is None:
            return ()
        places = {
            (s.start, s.end) for c in (*self.answer.claims, *self.answer.nearest) for s in c.spans if s.number == number
        }
        return tuple(passage.chunk.text[a:b].strip() for a, b in sorted(places) if passage.chunk.text[a:b].strip())

    def take(self, event: ServerEvent) -> None:
        """Note what an event says; unknown events are passed over."""
        match event.event:
            case "stage":
                self.stage = str(event.data.get("name", ""))
            case "evidence":
                self.evidence = _EVIDENCE.validate_python(event.data["evidence"])
            case "token":
                self.draft += str(event.data.get("text", ""))
            case "answer":
                self.answer = WalkdownClient.answer_of(event)

    def follow(self, asker: Asker) -> None:
        """Ask and take in events until the answer, an error or a stop."""
        try:
            events = asker.ask_stream(
                self.pack,
                self.question,
                conversation_id=self.conversation or None,
                turns=self.earlier,
                reader=self.reader,
                hang_up=self._hang_up,
            )
            try:
                for event in events:
                    if self._stop.is_set():
                        return
                    self.take(event)
            finally:
                if isinstance(events, Generator):
                    events.close()
        except WalkdownError as error:
            self._end(error)
        except Exception as error:  # noqa: BLE001  # the boundary of a thread: without an end the page would wait for ever
            cause = f"The server's reply could not be read ({type(error).__name__})."
            self._end(WalkdownError(cause, "Check that server and UI are of the same version."))
        else:
            self._end(None)

    def _end(self, error: WalkdownError | None) -> None:
        # What a stop breaks off is no error of the server.
        if not self._stop.is_set():
            self.error = error
            self.state = "failed" if error else "done"


def start(asker: Asker, turn: Turn) -> threading.Thread:
    """Follow a turn in a daemon thread, which the server's own deadline bounds."""
    thread = threading.Thread(target=turn.follow, args=(asker,), name=f"turn-{turn.number}", daemon=True)
    thread.start()
    return thread
