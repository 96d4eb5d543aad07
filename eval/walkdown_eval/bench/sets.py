"""Question sets for benches, all in one shape: passages, questions, and which passage answers which question.

Public sets come in the BEIR shape (corpus.jsonl, queries.jsonl, qrels.tsv); a pack's questions are judged by the
quotes of their evidence among the passages of its own documents and any number of distractors.
"""

import json
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

QUESTIONS = 300
"""Questions drawn of a larger set, with a fixed seed."""
PASSAGES = 1200
"""Passages kept of a larger set."""


class Set(NamedTuple):
    """A set: records (id, title, text, lang), questions (id, text), and per question the ids that answer it.

    `groups` are parts of the questions that are told apart, by what they are called; none is all of them together.
    """

    name: str
    records: list[dict[str, Any]]
    questions: list[tuple[str, str]]
    relevant: Mapping[str, frozenset[str]]
    groups: Mapping[str, frozenset[str]] = MappingProxyType({})


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip())


def _qrels(path: Path) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in path.read_text("utf-8").rstrip("\n").split("\n")[1:]:
        query, document, score = line.split("\t")
        if int(score) > 0:
            found.setdefault(query, set()).add(document)
    return {query: frozenset(documents) for query, documents in found.items()}


def read_set(
    folder: Path,
    name: str,
    *,
    documents: str = "",
    questions: str = "",
    qrels: str = "qrels.tsv",
    most: int = QUESTIONS,
) -> Set:
    """A set of the BEIR shape; `documents` and `questions` narrow it to one language each."""
    records = [r for r in _lines(folder / "corpus.jsonl") if not documents or r["lang"] == documents]
    relevant = _qrels(folder / qrels)
    held = {record["id"] for record in records}
    asked = [
        (q["id"], q["text"])
        for q in _lines(folder / "queries.jsonl")
        if (not questions or q["lang"] == questions) and relevant.get(q["id"], frozenset()) & held
    ]
    random.Random(0).shuffle(asked)  # noqa: S311  # a sample, not a secret
    return Set(name, records, asked[:most], relevant)


def narrowed(whole: Set, questions: int, passages: int) -> Set:
    """The first questions of a set over about that many passages: those that answer them, and others of it."""
    asked = whole.questions[:questions]
    needed = {document for question, _ in asked for document in whole.relevant[question]}
    others = [record["id"] for record in whole.records if record["id"] not in needed]
    random.Random(1).shuffle(others)  # noqa: S311  # a sample, not a secret
    kept = needed | set(others[: max(0, passages - len(needed))])
    return whole._replace(records=[r for r in whole.records if r["id"] in kept], questions=asked)


def public_sets(qa: Path) -> list[Set]:
    """The public sets of a folder; one that is not there is left out."""
    wanted: list[tuple[str, str, dict[str, Any]]] = [
        ("xquad", "xquad en", {"documents": "en", "questions": "en"}),
        ("xquad", "xquad es", {"documents": "es", "questions": "es"}),
        ("xquad", "xquad zh", {"documents": "zh", "questions": "zh"}),
        ("xquad", "xquad es to en", {"documents": "en", "questions": "es", "qrels": "qrels_xling_en.tsv"}),
        ("xquad", "xquad zh to en", {"documents": "en", "questions": "zh", "qrels": "qrels_xling_en.tsv"}),
        ("jsquad_valid", "jsquad ja", {}),
        ("cmrc2018_trial", "cmrc zh", {}),
        ("pubmedqa", "pubmedqa en", {}),
    ]
    return [read_set(qa / folder, name, **only) for folder, name, only in wanted if (qa / folder).is_dir()]
