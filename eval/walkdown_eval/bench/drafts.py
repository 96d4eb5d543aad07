"""What the checks do with a fluent model's answers: `python -m walkdown_eval.bench.drafts QUESTIONS.jsonl`.

Someone who has seen neither rules nor earlier sets writes documents, questions, right answers in words of his own and
answers made wrong in one place. Each goes through the whole engine in place of a model's draft, over the index under
WALKDOWN_HOME (no server may hold it) with the documents taken in. Each sentence cites the passages that hold its lines,
so no citation is chosen by the checks. Last, the model says that it finds nothing: what is shown then?

A line of the file: `id`, `pack`, `question`, `answerable`, `gold` (lines of the documents, word for word), `right` and
`wrong`: lists of `{"sentences": [...], "cites": [[0], [0, 1], ...]}`, which give the gold lines of each sentence.

A set is blind once: the first run over it foretells something, what is measured after rules were written from it does
not.
"""

import argparse
import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.progress import track
from rich.table import Table

from walkdown.answering.claims import is_answer_word
from walkdown.answering.engine import AnswerEngine
from walkdown.answering.events import EvidenceFound, Final
from walkdown.answering.llm import Delta, Message
from walkdown.carried import letters
from walkdown.documents import Answer, AnswerStatus, Evidence, Principal, Verdict
from walkdown.models.encoders import load_embedder
from walkdown.packs.loader import get_pack
from walkdown.retrieval.search import Searcher
from walkdown.settings import Settings
from walkdown_eval.bench.answering import Once
from walkdown_eval.bench.pack_sets import installation

_LONG = 600.0
_ENOUGH = 40
"""Letters at its end by which a sentence is known."""
_DRAFTS = ("right", "wrong")


class Draft(NamedTuple):
    """An answer by hand: its sentences, and for each the gold lines that it rests on."""

    sentences: tuple[str, ...]
    cites: tuple[tuple[int, ...], ...]


class Asked(NamedTuple):
    """A question of the set with its gold lines and the answers written for it."""

    id: str
    pack: str
    question: str
    answerable: bool
    gold: tuple[str, ...]
    right: tuple[Draft, ...]
    wrong: tuple[Draft, ...]


class Outcome(NamedTuple):
    """What became of one answer: `kind` is right, wrong or no; `result` one of the words that `main` counts."""

    id: str
    pack: str
    kind: str
    result: str
    status: str
    draft: str
    struck: tuple[tuple[str, str], ...]
    shown: str


class ByHand:
    """A model that writes one draft, citing the passages that hold its lines; without a draft it says `no`."""

    model = "by hand"

    def __init__(self, draft: Draft | None, gold: Sequence[str]) -> None:
        self._draft, self._gold = draft, gold
        self.evidence: Sequence[Evidence] = ()

    def written(self) -> str:
        """The draft with the numbers of the passages found."""
        if self._draft is None:
            return "no"
        lines = []
        for sentence, cites in zip(self._draft.sentences, self._draft.cites, strict=True):
            numbers = [n for i in cites for n in holding(self._gold[i], self.evidence)[:1]]
            lines.append(" ".join([sentence, *(f"[{n}]" for n in dict.fromkeys(numbers))]))
        return "yes\n" + "\n".join(lines)

    async def stream(
        self, messages: Sequence[Message], *, max_tokens: int, deadline: float, requests: int = 2
    ) -> AsyncIterator[Delta]:
        """The draft in one piece."""
        del messages, max_tokens, deadline, requests
        yield Delta(self.written(), {}, "stop")


def holding(line: str, evidence: Sequence[Evidence]) -> list[int]:
    """Numbers of the passages that hold a line of a document: all cells of a row in one line, or the line's words."""
    cells = [cell for c in line.strip().strip("|").split("|") if (cell := letters(c))]
    found = []
    for item in evidence:
        lines = [letters(x) for x in item.chunk.text.splitlines()] if len(cells) > 1 else [letters(item.chunk.text)]
        if any(all(cell in x for cell in cells) for x in lines):
            found.append(item.number)
    return found


def result_of(asked: Asked, kind: str, draft: Draft | None, answer: Answer) -> str:
    """One word for what a reader sees of a draft."""
    if draft is None:
        shown = letters(" ".join(c.text for c in answer.claims))
        near = letters(" ".join(c.text for c in answer.nearest))
        held = [_held(line, shown) for line in asked.gold]
        near_held = [_held(line, near) for line in asked.gold]
        with_line = " with the line" if any(held) else " with the line near" if any(near_held) else ""
        return f"{answer.status.value}{with_line}"
    others = {s for d in asked.right for s in d.sentences} if kind == "wrong" else set()
    telling = [s for s in draft.sentences if s not in others] or list(draft.sentences)
    telling = [s for s in telling if not is_answer_word(s)] or telling
    quoted = answer.status is not AnswerStatus.ANSWERED and not any(p.status.value == "answered" for p in answer.parts)
    # A yes or no before a sentence is not shown with it.
    stand = [s for s in telling if not quoted and letters(s)[-_ENOUGH:] in letters(answer.text)]
    if len(stand) == len(telling):
        return "stands"
    return "in part" if stand else answer.status.value if quoted else "struck"


def _held(line: str, text: str) -> bool:
    return all(letters(cell) in text for cell in line.strip().strip("|").split("|"))


async def _answer(searcher: Once, asked: Asked, model: ByHand) -> Answer:
    engine = AnswerEngine(searcher, model, timeout=_LONG)  # type: ignore[arg-type]
    async for event in engine.ask(asked.question, get_pack(asked.pack, Settings()), Principal(), marker="0" * 16):
        if isinstance(event, EvidenceFound):
            model.evidence = event.evidence
        elif isinstance(event, Final):
            return event.answer
    raise AssertionError("no answer")


def outcomes(searcher: Once, asked: Asked) -> list[Outcome]:
    """What becomes of every draft of a question, and of a model that finds nothing."""
    drafts = [(kind, draft) for kind in _DRAFTS for draft in getattr(asked, kind)]
    found = []
    for kind, draft in [*drafts, ("no", None)]:
        model = ByHand(draft, asked.gold)
        answer = asyncio.run(_answer(searcher, asked, model))
        result = result_of(asked, kind, draft, answer)
        if draft is not None and not all(holding(line, model.evidence) for line in asked.gold):
            result = f"{result}, a line not found"
        struck = tuple((c.text, f.name) for c in answer.struck for f in c.checks if f.verdict is Verdict.FAILED)
        text = " / ".join(draft.sentences) if draft else ""
        found.append(Outcome(asked.id, asked.pack, kind, result, answer.status.value, text, struck, answer.text))
    return found


def read_set(path: Path) -> list[Asked]:
    """The questions of a file."""
    return [_asked(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _asked(line: Mapping[str, object]) -> Asked:
    def drafts(name: str) -> tuple[Draft, ...]:
        given: list[dict[str, list[object]]] = line[name]  # type: ignore[assignment]  # JSON
        return tuple(
            Draft(tuple(map(str, d["sentences"])), tuple(tuple(c) for c in d["cites"]))  # type: ignore[arg-type]
            for d in given
        )

    gold = tuple(map(str, line["gold"]))  # type: ignore[call-overload]
    question = str(line["question"])
    wrong, right = drafts("wrong"), drafts("right")
    return Asked(str(line["id"]), str(line["pack"]), question, bool(line["answerable"]), gold, right, wrong)


def shown(found: Sequence[Outcome], questions: Sequence[Asked]) -> Table:
    """How often each result came, for each kind of draft."""
    held = {q.id for q in questions if q.answerable}
    table = Table("drafts", "result", "count", "of")
    kinds = {
        "right": [o for o in found if o.kind == "right"],
        "wrong": [o for o in found if o.kind == "wrong"],
        "no, answerable": [o for o in found if o.kind == "no" and o.id in held],
        "no, not answerable": [o for o in found if o.kind == "no" and o.id not in held],
    }
    for kind, own in kinds.items():
        for result, count in Counter(o.result for o in own).most_common():
            table.add_row(kind, result, str(count), str(len(own)))
    return table


def main(path: Path, only: Sequence[str], out: Path | None) -> None:
    """Run a set and print what became of it."""
    settings, console = Settings(), Console()
    questions = [q for q in read_set(path) if not only or q.id in only]
    embedders = [load_embedder(name, settings) for name in settings.embedders]
    found: list[Outcome] = []
    with installation(settings, embedders) as held:
        searcher = Once(Searcher(held.store, held.embedders))
        for question in track(questions, console=console, description="asking"):
            found += outcomes(searcher, question)
    console.print(shown(found, questions))
    if out is not None:
        rows = (json.dumps(o._asdict(), ensure_ascii=False) for o in found)
        out.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path, help="the set, a .jsonl file")
    parser.add_argument("--only", nargs="*", default=[], help="ids to ask")
    parser.add_argument("--out", type=Path, help="file for what became of each draft, a line each")
    given = parser.parse_args()
    main(given.questions, given.only, given.out)
