"""A tiny valid pack on disk, for tests that break it in one place."""

import json
from pathlib import Path

MANIFEST = """\
name: tiny
version: 0.1.0
title: {ko: 작은 팩, en: Tiny pack}
description: {ko: 시험용, en: For tests}
site: {ko: 가상 사업장, en: Fictional site}
languages: [ko, en]
document_types:
  - {id: procedure, title: {ko: 절차서, en: Procedure}}
tags:
  - kind: equipment
    pattern: '[A-Z]-\\d{3}[A-D]?'
    examples: [P-101A]
    counterexamples: [P-1011, XP-101]
prompts:
  ko: prompts/answer.ko.md
  en: prompts/answer.en.md
evaluation: {dev: eval/dev.jsonl, test: eval/test.jsonl}
example_questions:
  ko: ['P-101A의 정격 유량은?']
  en: ['What is the rated flow of P-101A?']
"""
DOCUMENT = """\
---
id: TINY-OP-001
title: Pump start
revision: "2"
effective_date: 2025-01-02
language: en
type: procedure
format: md
file: tiny-op-001-pump
---

# 1. Limits

Keep the **suction pressure** of P-101A
at or above 0.35 MPa.

| Pump | Rated flow |
|---|---|
| P-101A | 52 m3/h |
"""


def question(identity: str, text: str, quote: str | None = "52 m3/h", document: str = "TINY-OP-001") -> str:
    """A line of an evaluation set."""
    evidence = [{"document_id": document, "quote": quote}]
    return json.dumps({"id": identity, "question": text, "language": "en", "answer": "52 m3/h", "evidence": evidence})


def make_pack(folder: Path) -> Path:
    """Write the pack into a folder that is not there yet; the folder."""
    files = {
        "pack.yaml": MANIFEST,
        "prompts/answer.ko.md": "{site}의 문서로만 답한다.\n",
        "prompts/answer.en.md": "Answer from the documents of {site} ({title}) only. Braces: {{x}}\n",
        "glossary.csv": 'ko,en,abbreviation,synonyms,definition,unit,note\n펌프,pump,,펌푸;pumps,"옮기는, 기계",,\n',
        "eval/dev.jsonl": question("d1", "how much does P-101A deliver?") + "\n",
        "eval/test.jsonl": question("t1", "suction limit?", "suction pressure of P-101A at or above 0.35 MPa") + "\n",
        "sources/pump.md": DOCUMENT,
        "corpus/tiny-op-001-pump.md": DOCUMENT,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def edit(path: Path, old: str, new: str) -> int:
    """Replace once; the line on which it stood."""
    text = path.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise AssertionError(f"{old!r} stands {text.count(old)} times in {path}")
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
