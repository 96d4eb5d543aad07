"""Checks a whole pack and reports every fault: its files, tag grammar, glossary, documents and questions."""

import csv
import io
import re
from difflib import get_close_matches
from pathlib import Path

import yaml

from walkdown.models.catalogue import load_catalogue
from walkdown.packs.corpus import REGISTER, REGISTER_COLUMNS, KnownDocuments, known_documents
from walkdown.packs.evaluation_file import LABEL, NumberedQuestion, read_questions
from walkdown.packs.faults import Fault
from walkdown.packs.files import line_of, read_text
from walkdown.packs.gate import read_gate
from walkdown.packs.glossary_file import delimiter, read_glossary, synonym_faults
from walkdown.packs.grammar import kind_faults, tag_faults
from walkdown.packs.leaks import Wording, same, wording
from walkdown.packs.loader import read_pack, safety_file
from walkdown.packs.public_sources import read_public_sources
from walkdown.packs.safety import read_safety
from walkdown.packs.schema import MANIFEST, QUESTION_TAGS, EvaluationEvidence, GlossaryEntry, Pack, PackManifest
from walkdown.packs.sources import Source, read_sources
from walkdown.retrieval.rerank import WEIGHTS
from walkdown.text.languages import normalise

__all__ = ["Fault", "quote_stands", "validate_pack"]

_MARKUP = re.compile(r"[|*`#>\\]|(?<=\s)[-:]{3,}(?=\s)")
_SPACE = re.compile(r"\s+")


def _plain(text: str) -> str:
    """Text without Markdown marks, table cell separators and runs of white space."""
    return _SPACE.sub(" ", _MARKUP.sub(" ", normalise(text))).strip()


def quote_stands(quote: str, text: str) -> bool:
    """True when `quote` stands in `text`, whatever the white space, markup and table cell separators between."""
    wanted = _plain(quote)
    return bool(wanted) and wanted in _plain(text)


def _glossary_faults(name: str, entries: list[tuple[int, GlossaryEntry]]) -> list[Fault]:
    """Terms given twice, and spellings that two terms share though neither says so in its note."""
    faults = []
    pairs: dict[tuple[str, str], int] = {}
    forms: dict[str, tuple[int, GlossaryEntry]] = {}
    for line, entry in entries:
        earlier = pairs.setdefault((entry.ko.casefold(), entry.en.casefold()), line)
        if earlier != line:
            message = f"{entry.ko} / {entry.en} is already the entry of line {earlier}."
            faults.append(Fault(name, line, message, "Join the two rows."))
            continue
        faults += synonym_faults(name, line, entry)
        for form in dict.fromkeys(normalise(f).casefold() for f in entry.forms()):
            other_line, other = forms.setdefault(form, (line, entry))
            if other_line != line and not (entry.note or other.note):
                message = f"{form!r} is also a form of {other.ko} / {other.en} in line {other_line}."
                remedy = "Remove it from one of the two, or say in the note of one how they are told apart."
                faults.append(Fault(name, line, message, remedy))
    return faults


def _document_faults(pack: Pack, sources: list[Source]) -> list[Fault]:
    types = {kind.id for kind in pack.manifest.document_types}
    faults = []
    for source in sources:
        if source.header.type not in types:
            message = f"The document type {source.header.type!r} is not among those of {MANIFEST}."
            faults.append(Fault(source.name, 2, message, f"Use one of {', '.join(sorted(types))}, or add it there."))
        built = f"{pack.manifest.corpus}/{source.header.file_name}"
        if not (pack.folder / built).is_file():
            message = f"The file {built} of this document is missing."
            faults.append(Fault(source.name, 0, message, f"Run `python scripts/build_corpus.py {pack.folder}`."))
    if not pack.corpus_dir.is_dir() and not sources:
        message = f"The pack has no folder {pack.manifest.corpus} of documents."
        faults.append(Fault(pack.manifest.corpus, 0, message, "Make it and put the documents there."))
    return faults


def _register_faults(pack: Pack) -> list[Fault]:
    """Rows of documents.csv whose file is not there."""
    name = f"{pack.manifest.corpus}/{REGISTER}"
    if not (pack.folder / name).is_file():
        return []
    faults: list[Fault] = []
    text = read_text(pack.folder, name, faults) or ""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text.split("\n", 1)[0], REGISTER_COLUMNS))
    column = None
    for row in reader:
        if column is None:
            head = [cell.strip().lower() for cell in row]
            if "file" not in head:
                faults.append(Fault(name, 1, "The column file is missing in the first row.", "Add it."))
                break
            if wrong := [cell for cell in head if cell not in REGISTER_COLUMNS]:
                remedy = f"The columns are {', '.join(REGISTER_COLUMNS)}."
                faults.append(Fault(name, 1, f"The column {wrong[0]!r} is not known.", remedy))
            column = head.index("file")
            continue
        file = row[column].strip().replace("\\", "/") if len(row) > column else ""
        if file and not (pack.corpus_dir / file).is_file():
            message = f"The file {file} is listed but missing."
            faults.append(Fault(name, reader.line_num, message, "Add the file, or remove its row."))
    return faults


def _evidence_fault(
    item: EvaluationEvidence, documents: KnownDocuments, name: str, line: int, question: str
) -> Fault | None:
    text = documents.text(item.document_id, item.revision)
    if text is None:
        revision = f" with the revision {item.revision!r}" if item.revision else ""
        message = f"{question}: the document {item.document_id!r}{revision} is not in the corpus."
        fault = Fault(name, line, message, "Give the id and revision that the document states in its front matter.")
        # A file that is read only when it is ingested may be the one.
        return None if documents.others else fault
    if item.quote is not None and not quote_stands(item.quote, text):
        revision = f" revision {item.revision}" if item.revision else ""
        message = f"{question}: the quote {item.quote!r} does not stand in {item.document_id}{revision}."
        return Fault(name, line, message, "Copy the words from the document exactly as they stand.")
    return None


def _leak_faults(sets: dict[str, list[NumberedQuestion]]) -> list[Fault]:
    """Ids and questions, nearly the same ones among them, that stand in both sets or in one of them twice."""
    faults = []
    ids: dict[str, str] = {}
    seen: list[tuple[Wording, str]] = []
    remedy = "Keep it in one set only; test questions are never tuned on."
    for name, questions in sets.items():
        for line, question in questions:
            place = f"{name}:{line}"
            if (other := ids.setdefault(question.id, place)) != place:
                faults.append(Fault(name, line, f"{question.id}: the same id is in {other}.", remedy))
            words = wording(question)
            found = next((there for known, there in seen if same(words, known)), None)
            if found is not None:
                message = f"{question.id}: the same question is in {found}, in the same words or nearly so."
                faults.append(Fault(name, line, message, remedy))
            seen.append((words, place))
    return faults


def _one_set_faults(manifest: PackManifest, node: yaml.Node | None) -> list[Fault]:
    """One file for both sets. Such a pack answers as well as any, so it is a fault and keeps it from nothing."""
    sets = manifest.evaluation
    if sets.dev != sets.test:
        return []
    message = f"evaluation: dev and test are both {sets.dev}; what is tuned on dev then measures itself."
    remedy = "Put some of the questions into a file of their own and name it as test."
    return [Fault(MANIFEST, line_of(node, ("evaluation", "test")), message, remedy)]


def _empty_faults(sets: dict[str, list[NumberedQuestion]], known: list[Fault]) -> list[Fault]:
    """Sets without a question, for no version can be measured on them; a file that cannot be read is known already."""
    wrong = {fault.file for fault in known}
    remedy = "Write one JSON object a line."
    return [
        Fault(name, 1, "The file holds no question.", remedy)
        for name, questions in sets.items()
        if not questions and name not in wrong
    ]


def _question_faults(sets: dict[str, list[NumberedQuestion]], documents: KnownDocuments) -> list[Fault]:
    """Evidence that does not stand, tags that mean nothing, and questions that nobody has labelled."""
    faults = []
    for name, questions in sets.items():
        for line, question in questions:
            if question.unlabelled is not None:
                faults.append(Fault(name, line, f"{question.id}: it is not labelled yet, and is not measured.", LABEL))
            for item in question.evidence:
                fault = _evidence_fault(item, documents, name, line, question.id)
                if fault:
                    faults.append(fault)
            for tag in sorted(set(question.tags) - QUESTION_TAGS):
                message = f"{question.id}: the tag {tag!r} is not known."
                faults.append(Fault(name, line, message, f"Use one of {', '.join(sorted(QUESTION_TAGS))}."))
    return faults


def _safety_faults(pack: Pack, documents: KnownDocuments) -> list[Fault]:
    """Topics that point to documents which are not there."""
    name = safety_file(pack.folder, pack.manifest)
    faults = []
    for line, topic in read_safety(pack.folder, name, []) if name else ():
        for identity in topic.documents:
            if documents.text(identity) is None and not documents.others:
                message = f"The topic {topic.id}: the document {identity!r} is not in the corpus."
                faults.append(Fault(name or "", line, message, "Give the id that the document states."))
    return faults


def _weight_faults(manifest: PackManifest, node: yaml.Node | None) -> list[Fault]:
    """Weights under misspelt names: they would count nothing, and nobody be told.

    An encoder may be of the site's own catalogue, so of these only names close to a known one are wrong for sure.
    """
    encoders = [name for name, entry in load_catalogue().items() if entry.role == "embedder"]
    weights = manifest.retrieval
    named = [("dense_weights", name, encoders) for name in weights.dense_weights]
    named += [("cross_weights", name, encoders) for name in weights.cross_weights]
    named += [("rerank_weights", name, list(WEIGHTS)) for name in weights.rerank_weights]
    faults = []
    for field, name, known in named:
        wrong = name not in known and (known is not encoders or get_close_matches(name, known))
        if wrong:
            line = line_of(node, ("retrieval", field, name))
            faults.append(
                Fault(MANIFEST, line, f"retrieval.{field}: there is no {name!r}.", f"Use {', '.join(known)}.")
            )
    return faults


def _translation_faults(manifest: PackManifest, node: yaml.Node | None) -> list[Fault]:
    examples = manifest.example_questions
    missing = [code for code in ("ko", "en") if examples and not examples.get(code)]
    remedy = "Give some in Korean and in English."
    return [
        Fault(
            MANIFEST,
            line_of(node, ("example_questions", code)),
            f"The example questions are missing in {code!r}.",
            remedy,
        )
        for code in missing
    ]


def validate_pack(folder: Path) -> list[Fault]:
    """All faults of the pack in a folder, by file and line; empty when it is valid.

    A manifest that cannot be read hides what depends on it, so mending it may bring further faults to light.
    """
    pack, node, faults = read_pack(folder)
    if pack is not None:
        manifest = pack.manifest
        faults += kind_faults(manifest, node)
        if len(pack.grammar) == len(manifest.tags):
            faults += tag_faults(manifest, node)
        faults += _weight_faults(manifest, node)
        faults += _one_set_faults(manifest, node)
        # What is wrong inside the glossary's rows has been reported by read_pack already.
        faults += _glossary_faults(manifest.glossary, read_glossary(folder, manifest.glossary, []))
        sources = read_sources(folder, faults)
        faults += _document_faults(pack, sources)
        sets = {
            name: read_questions(folder, name, faults) for name in (manifest.evaluation.dev, manifest.evaluation.test)
        }
        documents = known_documents(pack, sources)
        faults += _empty_faults(sets, faults)
        faults += _question_faults(sets, documents)
        faults += _leak_faults(sets)
        faults += _safety_faults(pack, documents)
        faults += _translation_faults(manifest, node)
        faults += _register_faults(pack)
        read_gate(folder, faults)
        read_public_sources(folder, faults)
    return sorted(faults, key=lambda fault: (fault.file, fault.line))
