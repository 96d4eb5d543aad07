"""Two parts of one question: they share the line that answers both."""

from walkdown.answering.claims import join_claims
from walkdown.answering.events import Final
from walkdown.answering.parts import joined
from walkdown.answering.verbatim import verbatim
from walkdown.documents import Answer, AnswerStatus, Claim, Evidence
from walkdown.testing.asking import PACK, chunk

ROW = "Cause: flow below minimum | Trip: 65 t/h | Delay: 30 s"


def part(question: str, status: AnswerStatus, *, claims: tuple[Claim, ...] = (), nearest: bool = False) -> Final:
    quotes = (verbatim(1, 0, len(ROW), ROW),) if nearest else ()
    evidence = (Evidence(number=1, chunk=chunk(1, ROW), score=1.0),)
    return Final(
        answer=Answer(
            status=status, pack="power", question=question, language="en", text=join_claims((*claims, *quotes)),
            claims=claims, nearest=quotes, evidence=evidence,
        )
    )  # fmt: skip


QUOTE = (verbatim(1, 0, len(ROW), ROW),)


def both(first: str) -> Answer:
    parts = [
        part(first, AnswerStatus.REFUSED, nearest=True),
        part("After how long?", AnswerStatus.QUOTED, claims=QUOTE),
    ]
    return joined(f"{first} After how long?", [first, "After how long?"], parts, PACK).answer


def test_a_part_quotes_the_line_on_which_the_other_rests() -> None:
    answer = both("At what flow does it trip?")
    assert [p.status for p in answer.parts] == [AnswerStatus.QUOTED, AnswerStatus.QUOTED]
    assert [c.text for c in answer.claims] == [ROW]
    assert not answer.nearest


def test_not_where_the_line_holds_no_amount_of_the_kind_asked_for() -> None:
    answer = both("At what temperature does it trip?")
    assert answer.parts[0].status is AnswerStatus.REFUSED
    assert [c.text for c in answer.nearest] == [ROW]


def test_not_where_no_other_part_rests_on_it() -> None:
    parts = [part("What trips it?", AnswerStatus.REFUSED, nearest=True), part("And then?", AnswerStatus.REFUSED)]
    answer = joined("What trips it? And then?", ["What trips it?", "And then?"], parts, PACK).answer
    assert answer.status is AnswerStatus.REFUSED


def test_the_row_that_gives_what_is_asked_beside_the_amount_of_the_other_part_is_quoted() -> None:
    prose = "Below the minimum for more than 30 s the pump trips."
    at = len(prose) + 1
    evidence = (Evidence(number=1, chunk=chunk(1, f"{prose}\n{ROW}"), score=1.0),)
    near = (verbatim(1, 0, len(prose), prose), verbatim(1, at, at + len(ROW), ROW))
    asked = ["Below how many t/h does it trip?", "After how long?"]
    refused = part(asked[0], AnswerStatus.REFUSED).answer.model_copy(update={"nearest": near, "evidence": evidence})
    quoted = part(asked[1], AnswerStatus.QUOTED, claims=near[:1]).answer.model_copy(update={"evidence": evidence})
    answer = joined(" ".join(asked), asked, [Final(answer=refused), Final(answer=quoted)], PACK).answer
    assert [p.status for p in answer.parts] == [AnswerStatus.QUOTED, AnswerStatus.QUOTED]
    assert [c.text for c in answer.claims] == [ROW, prose]
