"""Right claims with the passages they cite, from the evaluation questions of the packs.

Five forms: the statement that holds a question's evidence, word for word; a table row said as a sentence; the gold
answer itself; an answer in free words; and a statement of one language's edition cited from the other's.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from walkdown.answering.claims import split_claims
from walkdown.answering.verification.statements import Statement, split_statements
from walkdown.documents import Chunk, Evidence, Language
from walkdown.packs.loader import read_evaluation_set
from walkdown.packs.schema import EvaluationEvidence, EvaluationQuestion, Pack
from walkdown.text.languages import detect_language, normalise
from walkdown.text.quantities import find_quantities
from walkdown_eval.bench.mutations.paraphrases import PARAPHRASES
from walkdown_eval.scorers import carries
from walkdown_ingestion.chunking.chunks import chunk_document
from walkdown_ingestion.metadata import FileFacts, identify
from walkdown_ingestion.readers import choose

DISTRACTORS = 5
"""Other passages retrieved together with the cited ones."""


class Right(NamedTuple):
    """A right claim: its text, form and language, the passages it cites and those retrieved with them.

    `question` is set where the claim is an answer to it and not merely a statement of its evidence.
    """

    id: str
    part: str
    pack: str
    form: str
    text: str
    language: Language
    cited: tuple[Chunk, ...]
    others: tuple[Chunk, ...]
    statement: Statement | None = None
    question: str = ""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Cited passages first, numbered from 1."""
        return tuple(Evidence(number=i, chunk=c, score=1 / i) for i, c in enumerate((*self.cited, *self.others), 1))

    @property
    def citations(self) -> tuple[int, ...]:
        """Numbers of the cited passages."""
        return tuple(range(1, len(self.cited) + 1))


def read_corpus(pack: Pack) -> dict[str, list[Chunk]]:
    """All passages of a pack's own documents, by document."""
    out: dict[str, list[Chunk]] = {}
    for path in sorted(pack.corpus_dir.iterdir()):
        data = path.read_bytes()
        form = choose(data, path.name)
        if path.suffix == ".csv" and path.stem == "documents":
            continue
        facts = FileFacts(
            source=str(path),
            relative=path.name,
            sha256=hashlib.sha256(data).hexdigest(),
            media_type=form.media_type,
        )
        parsed = form.read(data, path.name)
        document = identify(parsed, facts, pack.name)
        out.setdefault(document.id, []).extend(chunk_document(parsed, document, pack.grammar))
    return out


def near_passages(chunk: Chunk, corpus: dict[str, list[Chunk]]) -> tuple[Chunk, ...]:
    """Passages one would retrieve as well: the neighbours, and the same section of other documents."""
    own = corpus[chunk.document_id]
    at = own.index(chunk)
    near = [*own[max(1, at - 2) : at], *own[at + 1 : at + 3]]
    heading = chunk.heading_path[-1:] or ("",)
    words = set(re.findall(r"\w{2,}", heading[0]))
    scored = [
        (len(words & set(re.findall(r"\w{2,}", " ".join(c.heading_path)))), c)
        for doc, chunks in corpus.items()
        if doc != chunk.document_id
        for c in chunks
        if c.language == chunk.language
    ]
    near += [c for _, c in sorted(scored, key=lambda pair: -pair[0])[:2]]
    return tuple(near[:DISTRACTORS])


def _holding(statements: Sequence[Statement], chunk: Chunk, quote: EvaluationEvidence) -> Iterator[Statement]:
    for statement in statements:
        line = chunk.model_copy(update={"text": statement.text, "heading_path": ()})
        if quote.quote and carries(line, quote):
            yield statement


def sentences_of_row(statement: Statement, language: Language) -> Iterator[str]:
    """A table row said as sentences, `The LABEL of FIRST CELL is VALUE`."""
    cells = [(p.label, p.text.split(": ", 1)[-1].strip()) for p in statement.parts if p.label and ": " in p.text]
    if len(cells) < 2 or len(cells) != len(statement.parts):
        return
    subject = next(((i, v) for i, (_, v) in enumerate(cells) if re.search(r"[A-Za-z가-힣]{2}", v)), None)
    if subject is None:
        return
    for i, (label, value) in enumerate(cells):
        if i == subject[0] or not find_quantities(value):
            continue
        if language == "ko":
            yield f"{subject[1]}의 {label}은 {value}이다."
        else:
            yield f"The {label[0].lower()}{label[1:]} of {subject[1]} is {value}."


def _parallel(chunk: Chunk, statement: Statement, corpus: dict[str, list[Chunk]]) -> Chunk | None:
    """The passage of the other language's edition that holds the same statement; None where there is none for sure."""
    stem = re.sub(r"-(?:K|E|KO|EN)$", "", chunk.document_id)
    numbers = _amounts(statement.text)
    if len(numbers) < 1:
        return None
    editions = [d for d in corpus if d != chunk.document_id and re.sub(r"-(?:K|E|KO|EN)$", "", d) == stem]
    section = _section(chunk)
    found = [
        c
        for d in editions
        for c in corpus[d]
        if c.language != chunk.language and _section(c) == section
        and any(_amounts(s.text) == numbers and s.kind == statement.kind for s in split_statements(normalise(c.text)))
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _section(chunk: Chunk) -> str:
    return (re.match(r"[\d.]+", chunk.heading_path[-1]) or [""])[0] if chunk.heading_path else ""


def _amounts(text: str) -> tuple[tuple[str, float], ...]:
    return tuple(sorted((q.dimension, round(q.base, 6)) for q in find_quantities(text)))


def right_claims(pack: Pack, corpus: dict[str, list[Chunk]], part: str, every: int = 1) -> Iterator[Right]:
    """Right claims of every n-th question of one part (`dev` or `test`), each text and passage once."""
    sets = pack.manifest.evaluation
    seen: set[tuple[str, str]] = set()
    for question in read_evaluation_set(pack.folder / (sets.dev if part == "dev" else sets.test))[::every]:
        for right in _of_question(question, pack, corpus, part):
            if (right.text, right.cited[0].id) not in seen:
                seen.add((right.text, right.cited[0].id))
                yield right


def _of_question(
    question: EvaluationQuestion, pack: Pack, corpus: dict[str, list[Chunk]], part: str
) -> Iterator[Right]:
    cited: list[Chunk] = []
    made = partial(_right, question, pack, corpus, part)
    for item in question.evidence:
        chunks = [c for c in corpus.get(item.document_id, ()) if _of_revision(c, item) and carries(c, item)]
        for chunk in chunks[:1]:
            cited.append(chunk)
            for statement in _holding(split_statements(normalise(chunk.text)), chunk, item):
                text = statement.text.strip()
                yield made("verbatim", text, (chunk,), statement)
                for said in sentences_of_row(statement, chunk.language):
                    yield made("row", said, (chunk,), statement)
                other = _parallel(chunk, statement, corpus)
                if other is not None:
                    yield made("cross", text, (other,), statement)
    if question.id in PARAPHRASES and cited:
        yield made("free", PARAPHRASES[question.id], tuple(cited), None)
    if question.answer and cited and question.answerable and question.expect in (None, "answered"):
        # An answer is checked statement by statement, as the engine does.
        for claim in split_claims(question.answer):
            yield made("gold", claim.text, tuple(cited), None)


def _right(
    question: EvaluationQuestion,
    pack: Pack,
    corpus: dict[str, list[Chunk]],
    part: str,
    form: str,
    text: str,
    cited: tuple[Chunk, ...],
    statement: Statement | None,
) -> Right:
    near = near_passages(cited[0], corpus)
    asked = question.question if form in ("free", "gold") and not question.turns else ""
    return Right(question.id, part, pack.name, form, text, detect_language(text), cited, near, statement, asked)


def _of_revision(chunk: Chunk, item: EvaluationEvidence) -> bool:
    return item.revision is None or chunk.revision == item.revision
