"""Answers that code makes from the documents, without a model: a table, a checklist, a summary, a comparison.

Every line is the document's own, word for word, and cites its passage.
"""

import difflib
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from walkdown.answering.verification.outcome import passed
from walkdown.answering.verification.statements import Statement, split_statements
from walkdown.documents import Chunk, Claim, ClaimSpan, Evidence
from walkdown.text.languages import normalise
from walkdown.text.lexical import terms

MAX_LINES = 24
NOTHING: set[str] = set()
_ALIKE = 0.55
"""Likeness (difflib) from which two statements are versions of one."""


class Composed(NamedTuple):
    """Claims with the passages they cite, and how many lines were left out."""

    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...]
    left_out: int = 0


class _Line(NamedTuple):
    chunk: Chunk
    statement: Statement


def _lines(chunks: Sequence[Chunk]) -> list[_Line]:
    return [_Line(c, s) for c in chunks for s in split_statements(normalise(c.text))]


def _composed(groups: Sequence[tuple[str, Sequence[_Line]]]) -> Composed:
    """Claims of (text, lines it rests on); the passages are numbered in order of use."""
    numbers: dict[str, int] = {}
    used: dict[str, Chunk] = {}
    claims = []
    for text, lines in groups[:MAX_LINES]:
        for line in lines:
            numbers.setdefault(line.chunk.id, len(numbers) + 1)
            used[line.chunk.id] = line.chunk
        spans = tuple(
            ClaimSpan(number=numbers[x.chunk.id], start=x.statement.start, end=x.statement.end) for x in lines
        )
        cited = tuple(dict.fromkeys(numbers[x.chunk.id] for x in lines))
        claims.append(Claim(text=text, citations=cited, spans=spans, checks=(passed("quote", "verbatim"),)))
    evidence = tuple(Evidence(number=n, chunk=used[i], score=1.0 / n) for i, n in numbers.items())
    return Composed(tuple(claims), evidence, max(0, len(groups) - MAX_LINES))


def _section(chunk: Chunk, chunks: Sequence[Chunk]) -> list[Chunk]:
    """The passages under the same heading as one, in order."""
    same = [c for c in chunks if c.heading_path == chunk.heading_path and c.edition == chunk.edition]
    return sorted(same, key=lambda c: c.ordinal) or [chunk]


def whole_table(evidence: Sequence[Evidence], chunks: Sequence[Chunk], number: str = "") -> Composed | None:
    """The rows of the table that the best passage with one belongs to; `chunks` are the passages of its document.

    Of the tables of a section `number` names one by its caption: only its rows are shown, none where no caption has it.
    """
    best = next((e.chunk for e in evidence if any(s.kind == "row" for s in split_statements(e.chunk.text))), None)
    if number:
        found = _numbered(sorted(chunks, key=lambda c: c.ordinal), number)
        return _composed([(row.statement.text.strip(), [row]) for row in found]) if found else None
    if best is None:
        return None
    rows = [line for line in _lines(_section(best, chunks)) if line.statement.kind == "row"]
    return _composed([(row.statement.text.strip(), [row]) for row in rows])


_CAPTION = re.compile(r"(?:^|\n)\W*(?:표|Table|Tabla|表)\s?(?:No\.?\s?)?(?P<number>\d{1,2})(?!\d)", re.IGNORECASE)


def _numbered(chunks: Sequence[Chunk], number: str) -> list[_Line]:
    """The rows under the caption of a table, up to the next caption or the next section."""
    rows: list[_Line] = []
    for chunk in chunks:
        captions = [(m.start(), m["number"]) for m in _CAPTION.finditer(normalise(chunk.text))]
        for line in _lines([chunk]):
            above = [n for start, n in captions if start < line.statement.start]
            if line.statement.kind == "row" and above and above[-1] == number:
                rows.append(line)
    return rows


def checklist(evidence: Sequence[Evidence], chunks: Sequence[Chunk]) -> Composed | None:
    """The steps of the list that the best passage with one belongs to, in order, with their numbers."""
    best = next((e.chunk for e in evidence if sum(s.kind == "step" for s in split_statements(e.chunk.text)) > 1), None)
    if best is None:
        return None
    steps = [line for line in _lines(_section(best, chunks)) if line.statement.kind == "step"]
    return _composed([(_with_number(step), [step]) for step in steps])


def _with_number(line: _Line) -> str:
    """A statement; a step with its number."""
    return (f"{line.statement.step}. " if line.statement.step else "") + line.statement.text.strip()


def summary(chunks: Sequence[Chunk]) -> Composed | None:
    """For each section its heading and first statement, word for word."""
    groups: list[tuple[str, Sequence[_Line]]] = []
    seen: set[tuple[str, ...]] = set()
    for chunk in sorted(chunks, key=lambda c: c.ordinal):
        lines = _lines([chunk])
        if not chunk.heading_path or chunk.heading_path in seen or not lines:
            continue
        seen.add(chunk.heading_path)
        text = f"{chunk.heading_path[-1]}: {lines[0].statement.text.strip()}"
        groups.append((text, [lines[0]]))
    return _composed(groups) if groups else None


def section(chunks: Sequence[Chunk], number: str) -> Composed | None:
    """All statements of the section that bears a number, `3` or `3.2`; None where no heading does."""
    bears = re.compile(rf"^\W*(?:제\s?|第\s?|section |chapter )?{re.escape(number)}(?![\d])(?!\.\d)", re.IGNORECASE)
    own = [c for c in sorted(chunks, key=lambda c: c.ordinal) if any(bears.search(h) for h in c.heading_path)]
    return _composed([(_with_number(line), [line]) for line in _lines(own)]) if own else None


def _key(line: _Line) -> str:
    """What a row is about: its first cell."""
    return line.statement.parts[0].text.strip() if line.statement.kind == "row" and line.statement.parts else ""


def _partner(line: _Line, others: Sequence[_Line]) -> _Line | None:
    """The statement of the other document that is a version of this one."""
    if key := _key(line):
        return next((o for o in others if _key(o) == key), None)
    same = [o for o in others if o.statement.kind == line.statement.kind]
    scored = [(difflib.SequenceMatcher(None, line.statement.text, o.statement.text).ratio(), o) for o in same]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= _ALIKE else None


def _body(chunks: Sequence[Chunk]) -> list[_Line]:
    """The statements of a document but for its title block, which stands above all headings."""
    lines = _lines(sorted(chunks, key=lambda c: c.ordinal))
    return [line for line in lines if line.chunk.ordinal > 0 or line.chunk.heading_path]


def _differences(old: Sequence[_Line], new: Sequence[_Line]) -> Iterator[tuple[str, Sequence[_Line]]]:
    texts_old = {" ".join(x.statement.text.split()) for x in old}
    texts_new = {" ".join(x.statement.text.split()) for x in new}
    gone = [x for x in old if " ".join(x.statement.text.split()) not in texts_new]
    come = [x for x in new if " ".join(x.statement.text.split()) not in texts_old]
    matched: set[int] = set()
    for line in gone:
        partner = _partner(line, [x for x in come if id(x) not in matched])
        if partner is None:
            yield f"− {line.statement.text.strip()}", [line]
        else:
            matched.add(id(partner))
            yield f"{line.statement.text.strip()} → {partner.statement.text.strip()}", [line, partner]
    for line in come:
        if id(line) not in matched:
            yield f"+ {line.statement.text.strip()}", [line]


def _alternating(groups: Sequence[tuple[str, Sequence[_Line]]]) -> list[tuple[str, Sequence[_Line]]]:
    """The differences with those of the second document between those of the first, where no two are versions of one.

    In two languages nothing is: one after the other, the second would be left out for want of room.
    """
    if any(len(lines) > 1 for _, lines in groups):
        return list(groups)
    gone = [g for g in groups if g[0].startswith("−")]
    come = [g for g in groups if g[0].startswith("+")]
    return [g for pair in zip_longest(gone, come) for g in pair if g is not None]


def _about(groups: Sequence[tuple[str, Sequence[_Line]]], wanted: set[str]) -> list[tuple[str, Sequence[_Line]]]:
    """Only the differences that speak of what was asked, where some do; the rarer a word the more it tells."""
    held = [wanted & set(terms(text)) for text, _ in groups]
    counts = Counter(t for found in held for t in found)
    scores = [sum(math.log(1 + len(groups) / counts[t]) for t in found) for found in held]
    best = max(scores, default=0.0)
    return [g for g, s in zip(groups, scores, strict=True) if s >= 0.5 * best] if best > 0 else list(groups)


def comparison(old: Sequence[Chunk], new: Sequence[Chunk], wanted: set[str] = NOTHING) -> Composed:
    """What two documents or revisions say differently: changed, gone (−) and new (+) statements, word for word.

    `wanted` are the terms of the question; where some differences hold them, only those are shown.
    """
    return _composed(_alternating(_about(list(_differences(_body(old), _body(new))), wanted)))
