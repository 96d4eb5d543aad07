"""What is said where no statement of a draft stands: a refusal, or the lines of the passages word for word.

A draft is written even where the passages do not hold what is asked, and then its number is made up or is that of other
equipment. So lines are quoted only where some passage bears the draft out in its numbers and tags, be it wrong in its
words, or speaks of the same subject in amounts of the same kind, which the model then misread. Else the lines nearest
to the question would be beside the point: the answer is a refusal, and the passages found are shown below it. It is one
too where passages and lines are unlikely to hold the answer, or, with too few passages to tell, where none of the lines
names most of what is asked.
"""

from collections.abc import Iterator, Sequence

from walkdown.answering import phrases
from walkdown.answering.asked_for import asked_property, gives
from walkdown.answering.finish import basis_of
from walkdown.answering.likely import carrying, check_likely, is_sharp
from walkdown.answering.nearest import QUOTED_SHARE, SHARE_ALONE, drafted_lines, headed, lines_of, nearest_lines
from walkdown.answering.quotes import quote_claims
from walkdown.answering.spans import share_of_first
from walkdown.answering.tag_rows import rows_of_tag
from walkdown.answering.turn import Turn
from walkdown.answering.verification import Basis
from walkdown.answering.verification.echo import check_echo
from walkdown.answering.verification.grounding import content_words
from walkdown.answering.verification.members import names_other_member
from walkdown.answering.verification.outcome import failed
from walkdown.answering.verification.reader import Reader
from walkdown.answering.verification.relevance import share_named
from walkdown.answering.verification.topic import check_topic
from walkdown.answering.verification.verify import check_claim
from walkdown.answering.wording import is_small
from walkdown.documents import Answer, AnswerStatus, Check, Claim, Verdict
from walkdown.outcomes import UNCERTAIN
from walkdown.reasons import say
from walkdown.retrieval.lexicon import WORDED
from walkdown.text.asked_amounts import asked_kinds, gives_no_amount, gives_no_rate, is_of_kind
from walkdown.text.asked_people import asks_who, names_nobody
from walkdown.text.codes import is_of_sibling
from walkdown.text.languages import detect_language
from walkdown.text.quantities import Quantity, same_quantity

_OF_WORDS = ("procedure", "reason", "definition")
"""What is asked for that no name of equipment answers."""
_OF_SUBSTANCE = frozenset({"numbers", "tags", "asked", "source"})
"""Checks that fail where a passage is not what a statement was made from."""
_FORM_ONLY = frozenset({"language", "citation"})
_SUBJECT_SHARE = 0.6
"""Share of a claim's words, by weight, that a line must hold to speak of its subject."""

_LIKELY = (0.5, 0.4)
"""Probability of the passages and of the likeliest line from which lines are quoted though the model found nothing."""
_DRAFTED = (0.4, 0.3)
"""The same where a passage bears out part of what the model wrote."""
_DOUBTED = (0.5, 0.2)
"""Either of the two where a small model wrote or found nothing that stands: its word tells little (decision 0056)."""
_ALONE = (0.6, 0.1)
"""The same where no other line comes near the likeliest one."""
_QUOTED_BEST, _QUOTED_LEAST = 0.6, 0.5
"""Share of what is asked that the best quote must name, and every other (dev questions: docs/verification.md)."""


def beside_the_point(claims: Sequence[Claim], turn: Turn) -> tuple[Claim, ...]:
    """All claims as failed where they do not answer at all, else those that are questions themselves.

    None of the documents they cite names a term of the question, or the lines they rest on are unlikely to answer, or
    an amount or a person is asked for and none of them holds one, or they only say the question again.
    """
    reader = basis_of(turn).reader
    fault = next((c for c in _faults(claims, turn, reader) if c.verdict is Verdict.FAILED), None) if claims else None
    if fault is not None:
        return tuple(c.model_copy(update={"checks": (*c.checks, fault)}) for c in claims)
    plan, glossary = turn.plan, turn.pack.glossary
    echoes = [check_echo(plan.question, claim, reader, glossary, plan.reading) for claim in claims]
    repeated = list(zip(claims, echoes, strict=True))
    if any(echo.verdict is not Verdict.FAILED for echo in echoes):
        repeated = [
            (c, e) for c, e in repeated if e.verdict is Verdict.FAILED and c.text.rstrip().endswith(("?", "？"))
        ]
    return tuple(c.model_copy(update={"checks": (*c.checks, echo)}) for c, echo in repeated)


def _faults(claims: Sequence[Claim], turn: Turn, reader: Reader) -> Iterator[Check]:
    """What can be said against all claims of an answer together."""
    yield topic_of(claims, turn, reader)
    yield check_likely(claims, turn)
    asked = turn.plan.compared
    # Roles are known in Korean and English: of an answer in another language nothing is said.
    if asks_who(asked) and all(detect_language(c.text) in WORDED and names_nobody(c.text) for c in claims):
        yield failed("asked", "nobody_named")
    if turn.plan.wants in _OF_WORDS and all(_only_names(c, reader) for c in claims):
        yield failed("asked", "only_names")
    kinds = asked_kinds(asked)
    if kinds:
        given = any(is_of_kind(q, kinds) for claim in claims for q in reader.quantities(claim.text))
    else:
        given = not all(gives_no_amount(asked, reader.without_tags(claim.text, asked)) for claim in claims)
    if not given:
        yield failed("asked", "no_amount_given")
    lines = [line.text for claim in claims for line in carrying(claim, turn)]
    amounts = [q for claim in claims for q in reader.quantities(claim.text)]
    if gives_no_rate(asked, "\n".join((*(claim.text for claim in claims), *lines)), amounts):
        yield failed("asked", "no_rate_given")


def _only_names(claim: Claim, reader: Reader) -> bool:
    """True for a claim that holds tags and neither a word nor an amount beside them."""
    text = claim.text
    for tag in reversed(reader.tags(text)):
        text = f"{text[: tag.start]} {text[tag.end :]}"
    return text != claim.text and not content_words(text) and not reader.quantities(claim.text)


def topic_of(claims: Sequence[Claim], turn: Turn, reader: Reader) -> Check:
    """Whether the documents that claims cite name every technical term of the question."""
    numbers = {n for claim in claims for n in claim.citations}
    # A table on its own page is headed by what another passage of its document names.
    documents = {e.chunk.document_id for e in turn.evidence if e.number in numbers}
    cited = [e for e in turn.evidence if e.chunk.document_id in documents]
    amounts = [q for claim in claims for q in reader.quantities(claim.text)]
    return check_topic(turn.plan, turn.pack, cited, amounts)


def fall_back(turn: Turn, struck: tuple[Claim, ...]) -> Answer:
    """The answer without a statement that stands; the struck ones are kept to be shown."""
    basis = basis_of(turn)
    drafted = drafted_lines(struck, basis)
    kinds = asked_kinds(turn.plan.compared)
    telling = [c for c in struck if not kinds or any(is_of_kind(q, kinds) for q in basis.reader.quantities(c.text))]
    if not any(_borne(claim, basis) or _misread(claim, basis) for claim in telling):
        reason = say("draft_nowhere", turn.language)
        noted = turn.noted("draft_nowhere", uncertain=not _are_likely(turn, *_LIKELY))
        found = _of_lines(noted, likely_lines(turn), reason, struck)
        return found or noted.refused(reason, struck=struck, nearest=nearest_lines(turn, drafted=drafted))
    quotes = _naming_all(_quotes(turn, struck, basis), turn)
    noted = turn.noted("draft_unverified", uncertain=is_sharp(turn) and not _are_likely(turn, *_DRAFTED))
    found = _of_lines(noted, quotes, say("draft_unverified", turn.language), struck)
    if found:
        return found
    reason = say("no_line_names", turn.language)
    return turn.noted("no_line_names").refused(reason, struck=struck, nearest=nearest_lines(turn, drafted=drafted))


def decline(turn: Turn) -> Answer:
    """What is said where the model finds no answer: rows of the asked equipment, lines that likely hold it, a refusal.

    A small model says `no` to much that stands before it, and the calibrated probability of the passages tells more
    than its word (decision 0032).
    """
    reason = say("model_found_none", turn.language)
    rows = _naming_all(rows_of_tag(turn), turn)
    noted = turn.noted("model_says_no", uncertain=not rows and not _are_likely(turn, *_LIKELY))
    found = _of_lines(noted, rows or likely_lines(turn), reason, ())
    return found or noted.refused(say("not_stated", turn.language), nearest=nearest_lines(turn))


def unfinished(turn: Turn, reason: str) -> Answer:
    """What is said where the model, or the checking of what it wrote, did not come to an end: the nearest passages."""
    sentence = phrases.INCOMPLETE[turn.language]
    return turn.noted("unfinished").quoted(AnswerStatus.INCOMPLETE, sentence, reason=reason)


def likely_lines(turn: Turn) -> tuple[Claim, ...]:
    """The likeliest lines, where passages and lines are likely enough to hold the answer; else none."""
    return _naming_all(_likeliest(turn, *(_DOUBTED if is_small(turn) else _LIKELY)), turn) if is_sharp(turn) else ()


def _likeliest(turn: Turn, passages: float, line: float) -> tuple[Claim, ...]:
    """The quotes with a line nearly as likely as the likeliest; none where passages or that line are less likely.

    A line of another thing of the kind asked about (`G3` for `G4`) is none, however likely its words are.
    """
    whole = headed(((s.number, s.text) for s in turn.spans), turn)
    own = (s for s, text in zip(turn.spans, whole, strict=True) if not is_of_sibling(turn.plan.compared, text))
    turn = turn.having(spans=tuple(own))
    if not _are_likely(turn, passages, line):
        return ()
    top = max(span.probability for span in turn.spans)
    quotes = quote_claims(turn.spans, turn.evidence)
    return tuple(q for q in quotes if max(s.probability for s in carrying(q, turn)) >= QUOTED_SHARE * top)


def _are_likely(turn: Turn, passages: float, line: float) -> bool:
    """True where the passages and their likeliest line are as likely as that to answer, or no other line comes near."""
    if turn.judged is None or not turn.spans:
        return False
    top = max(span.probability for span in turn.spans)
    least = [(passages, line), *([_ALONE] if share_of_first(turn.spans) >= SHARE_ALONE else [])]
    return any(turn.judged.probability >= p and top >= x for p, x in least)


def _naming_all(quotes: tuple[Claim, ...], turn: Turn) -> tuple[Claim, ...]:
    """The quotes, none where their documents leave out a technical term of the question or they the property asked."""
    quotes = tuple(q for q in quotes if not names_other_member(turn.plan.compared, q.text))
    if not quotes or topic_of(quotes, turn, basis_of(turn).reader).verdict is Verdict.FAILED:
        return ()
    asked = asked_property(turn.plan.compared, turn.pack)
    return (
        quotes
        if asked is None or gives(asked, headed(((q.citations[0], q.text) for q in quotes), turn), turn.pack.glossary)
        else ()
    )


def _of_lines(turn: Turn, lines: tuple[Claim, ...], reason: str, struck: tuple[Claim, ...]) -> Answer | None:
    """The lines as an answer, which says so where they are noted to be uncertain; None without lines."""
    if not lines:
        return None
    sentence = (phrases.UNSURE if turn.trace.fields[UNCERTAIN] else phrases.QUOTED)[turn.language]
    return turn.quoted(AnswerStatus.QUOTED, sentence, reason=reason, struck=struck, claims=lines)


def _to_the_point(turn: Turn) -> tuple[Claim, ...]:
    """The quotes that name half of what is asked, with what stands above them; none where no one names most of it."""
    quotes = quote_claims(turn.spans, turn.evidence)
    shares = [
        share_named(turn.plan.compared, text, turn.pack.glossary)
        for text in headed(((q.citations[0], q.text) for q in quotes), turn)
    ]
    if max(shares, default=0.0) < _QUOTED_BEST:
        return ()
    return tuple(q for q, share in zip(quotes, shares, strict=True) if share >= _QUOTED_LEAST)


def _failures(claim: Claim) -> set[str]:
    return {c.name for c in claim.checks if c.verdict is Verdict.FAILED}


def _borne(claim: Claim, basis: Basis) -> bool:
    """True when one passage holds the claim's numbers and tags, of which there are some, or the most of its words."""
    for evidence in basis.evidence:
        checked = check_claim(claim.model_copy(update={"citations": (evidence.number,)}), basis)
        found = {c.name for c in checked.checks if c.verdict is Verdict.PASSED}
        if not _failures(checked) & (_OF_SUBSTANCE | {"content"}) and found & {"numbers", "tags", "grounding"}:
            return True
    return False


def _misread(claim: Claim, basis: Basis) -> bool:
    """True when a number stands in no passage, but a line about the claim's subject holds an amount of its kind."""
    everything = basis.cited(tuple(e.number for e in basis.evidence))
    subject = basis.reader.features(claim.text)
    for quantity in basis.reader.quantities(claim.text):
        if any(_same(quantity, o.quantity) for o in everything.occurrences):
            continue
        near = [o for o in everything.occurrences if o.quantity.unit and o.quantity.dimension == quantity.dimension]
        lines = {o.place.statement.text: basis.reader.context(o.place.evidence) for o in near}
        if any(everything.share(subject, f"{above}\n{line}") >= _SUBJECT_SHARE for line, above in lines.items()):
            return True
    return False


def _same(claimed: Quantity, stated: Quantity) -> bool:
    return bool(claimed.unit) == bool(stated.unit) and same_quantity(claimed, stated)


def _quotes(turn: Turn, struck: Sequence[Claim], basis: Basis) -> tuple[Claim, ...]:
    """The lines that carry statements which failed for their form alone, then the nearest that are to the point."""
    stated = dict.fromkeys(q for claim in struck if _failures(claim) <= _FORM_ONLY for q in lines_of(claim, basis))
    least = _DOUBTED if is_small(turn) else _DRAFTED
    nearest = _likeliest(turn, *least) if is_sharp(turn) else _to_the_point(turn)
    more = [n for n in nearest if not any(c.text in n.text and c.citations == n.citations for c in stated)]
    first = [n for n in nearest if n not in more]
    return (*first, *more) if first else (*stated, *more)
