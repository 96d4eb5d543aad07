"""What every pack must fulfil: subclass `PackSuite` and give it a `folder` and a `reader`.

The suite looks at a pack as people use it: it loads, its documents can be read and say who they are, its questions'
evidence stands in what was read, its safety topics catch the questions they are for, and it survives being packed.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from walkdown.documents import Chunk, SourceDocument
from walkdown.packs.bundle import content_sha256, pack_files, unpack_bundle, write_bundle
from walkdown.packs.corpus import REGISTER
from walkdown.packs.gate import load_gate
from walkdown.packs.loader import load_pack, read_evaluation_set
from walkdown.packs.public_sources import read_public_sources
from walkdown.packs.safety import topics_of
from walkdown.packs.schema import EvaluationEvidence, EvaluationQuestion, Pack
from walkdown.packs.validation import validate_pack
from walkdown.text.tags import find_tags, normal_form

Read = tuple[SourceDocument, Sequence[Chunk]]
Reader = Callable[[Pack], Sequence[Read]]
"""Reads all documents of a pack's corpus, as an ingestion would."""
Carries = Callable[[Chunk, EvaluationEvidence], bool]

PROMPT_LINES, PROMPT_CHARS = 12, 1500
"""Longest prompt: small models lose track of more, and everything in it is read before each answer."""


SCAN_LOSS = 0.2
"""Share of the quotes from scanned documents that may be lost in recognition."""


class PackSuite:
    """Conformance suite of a pack. Fixtures to give: `folder` (of the pack), `reader`, `carries`."""

    @pytest.fixture
    def folder(self) -> Path:
        """Folder of the pack."""
        raise NotImplementedError("give the folder of the pack")

    @pytest.fixture
    def reader(self) -> Reader:
        """How documents are read."""
        raise NotImplementedError("give the reader of documents")

    @pytest.fixture
    def carries(self) -> Carries:
        """Whether a passage holds some evidence."""
        raise NotImplementedError("give the judge of evidence")

    @pytest.fixture
    def pack(self, folder: Path) -> Pack:
        """The loaded pack."""
        return load_pack(folder)

    @pytest.fixture
    def documents(self, pack: Pack, reader: Reader) -> Sequence[Read]:
        """Everything in the corpus, read."""
        return reader(pack)

    def _questions(self, pack: Pack) -> list[EvaluationQuestion]:
        sets = pack.manifest.evaluation
        return [q for name in (sets.dev, sets.test) for q in read_evaluation_set(pack.folder / name)]

    # -- files ---------------------------------------------------------------------------------------------------

    def test_it_has_no_fault(self, folder: Path) -> None:
        """Validation finds nothing."""
        assert validate_pack(folder) == []

    def test_its_name_and_its_folder_agree(self, folder: Path, pack: Pack) -> None:
        """A pack is found by the name of its folder."""
        assert pack.name == folder.name

    def test_its_prompts_are_short_and_complete(self, pack: Pack) -> None:
        """Korean and English, short, with nothing left to fill in."""
        assert {"ko", "en"} <= set(pack.prompts)
        for text in pack.prompts.values():
            assert len(text.splitlines()) <= PROMPT_LINES
            assert len(text) <= PROMPT_CHARS
            assert not re.search(r"\{\w+\}", text)

    def test_its_glossary_says_what_terms_mean(self, pack: Pack) -> None:
        """Every term has a definition, and no Korean form is a single syllable, which would be found everywhere."""
        assert pack.glossary
        assert [entry.en for entry in pack.glossary if not entry.definition] == []
        forms = [form for entry in pack.glossary for form in entry.forms()]
        assert [form for form in forms if len(form) == 1 and "가" <= form <= "힣"] == []

    def test_its_tags_are_told_apart(self, pack: Pack) -> None:
        """No example is taken for another one: a letter or digit more makes another tag."""
        examples = {normal_form(text) for rule in pack.manifest.tags for text in rule.examples}
        for example in (text for rule in pack.manifest.tags for text in rule.examples):
            found = {normal_form(tag.text) for tag in find_tags(f"({example})", pack.grammar)}
            assert found & examples == {normal_form(example)}

    def test_its_gate_and_its_sources_can_be_read(self, folder: Path) -> None:
        """Both are optional; where they are there they are right."""
        load_gate(folder)
        faults: list[object] = []
        read_public_sources(folder, faults)  # type: ignore[arg-type]  # only whether any is appended matters
        assert faults == []

    def test_it_can_be_carried_as_one_file(self, folder: Path, pack: Pack, tmp_path: Path) -> None:
        """Packed and unpacked it is the same pack, without a fault."""
        bundle = write_bundle(folder, tmp_path / "pack.walkdownpack")
        unpacked = unpack_bundle(bundle.path, tmp_path / "home", sha256=bundle.sha256)
        assert content_sha256(unpacked) == content_sha256(folder)
        assert len(pack_files(unpacked)) == len(pack_files(folder))
        assert load_pack(unpacked).manifest == pack.manifest

    # -- documents -----------------------------------------------------------------------------------------------

    def test_its_documents_can_be_read_and_say_who_they_are(self, pack: Pack, documents: Sequence[Read]) -> None:
        """Every file of the corpus is a document with passages, in a language of the pack; none is there twice."""
        files = [path for path in pack.corpus_dir.rglob("*") if path.is_file() and path.name != REGISTER]
        assert len(documents) >= len([path for path in files if not path.name.startswith(".")]) > 0
        assert [document.id for document, passages in documents if not passages] == []
        assert {document.language for document, _ in documents} <= set(pack.manifest.languages)
        identities = [(document.id, document.revision) for document, _ in documents]
        assert len(set(identities)) == len(identities)

    def test_the_evidence_of_its_questions_stands_in_what_was_read(
        self, pack: Pack, documents: Sequence[Read], carries: Carries
    ) -> None:
        """Not only in the source: in a passage, as a search finds it.

        Recognition of scans errs: of the quotes from a scan, one in five may be lost, and no other.
        """
        passages = [passage for _, found in documents for passage in found]
        scans = {document.id for document, found in documents if any(p.confidence is not None for p in found)}
        items = [(question.id, item) for question in self._questions(pack) for item in question.evidence]
        lost = [(name, item) for name, item in items if not any(carries(passage, item) for passage in passages)]
        whole = [(name, item.document_id, item.quote) for name, item in lost if item.document_id not in scans]
        if whole:
            raise AssertionError(f"not found as they stand: {whole}")
        scanned = [item for _, item in items if item.document_id in scans]
        if len(lost) > SCAN_LOSS * len(scanned):
            raise AssertionError(f"lost in scans: {[(name, item.quote) for name, item in lost]} of {len(scanned)}")

    def test_its_safety_topics_quote_from_documents_that_are_there(self, pack: Pack, documents: Sequence[Read]) -> None:
        """A topic points to documents of the corpus as they are known after reading."""
        known = {document.id for document, _ in documents}
        assert [(topic.id, name) for topic in pack.safety for name in topic.documents if name not in known] == []

    # -- questions -----------------------------------------------------------------------------------------------

    def test_it_asks_what_cannot_be_answered_too(self, pack: Pack) -> None:
        """A set in which everything can be answered rewards a model that invents."""
        questions = self._questions(pack)
        assert {True, False} == {question.answerable for question in questions}

    def test_its_safety_topics_catch_the_questions_they_are_for(self, pack: Pack) -> None:
        """Of the dev part only: the test part is never tuned on."""
        wrong = []
        for question in read_evaluation_set(pack.folder / pack.manifest.evaluation.dev):
            text = " ".join((*question.turns, question.question))
            handling = {topic.handling for topic in topics_of(pack.safety, text)}
            wanted = "quote" if question.expected == "quoted" else "refuse" if "defeat" in question.tags else ""
            if (wanted and wanted not in handling) or (question.expected != "refused" and "refuse" in handling):
                wrong.append((question.id, sorted(handling), question.expected))
        assert wrong == []
