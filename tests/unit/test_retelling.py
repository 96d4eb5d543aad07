"""What readers meet of causes, remedies and notes is told in their language, and stays so where it is worded anew.

The English sentences are written where the fault is found; these tests read the sources, so that a sentence which is
changed there, or a new one, is noticed here.
"""

import ast
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import walkdown.errors
import walkdown_ingestion
import walkdown_server
import walkdown_ui
from walkdown.documents import LANGUAGES
from walkdown.errors import DocumentError
from walkdown.retelling import SENTENCES, is_retold, retold
from walkdown.retelling.phrases import PHRASES
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.readers.scan import tesseract
from walkdown_ingestion.sidecar import read_sidecar

OTHERS = tuple(code for code in LANGUAGES if code != "en")
PACKAGES = [
    Path(str(package.__file__)).parent for package in (walkdown, walkdown_ingestion, walkdown_server, walkdown_ui)
]
SOURCES = [path for package in PACKAGES for path in package.rglob("*.py") if "retelling" not in path.parts]
READERS = Path(walkdown_ingestion.__file__).parent / "readers"
MET = (
    *sorted(READERS.rglob("*.py")),
    *(
        Path(walkdown_ingestion.__file__).parent / f"{name}.py"
        for name in ("prepare", "worker", "stated_fields", "paths")
    ),
    *(
        Path(walkdown.__file__).parent / f"{name}.py"
        for name in ("retrieval/questions", "client_transport", "records/blobs")
    ),
    Path(walkdown_server.__file__).parent / "queueing.py",
)
"""Where everything that is raised may meet a reader."""
NOT_MET = {
    # For callers of the readers and of the client, who pass what these refuse.
    "1 holds several files.",
    "Read its members one by one.",
    "Read its records one by one.",
    "1 is no name or id.",
    "Give the one you mean.",
    # Put together from words that are looked at where they stand.
    "1: 1",
    "1 1.",
    "1 1, and text recognition (tesseract) is not installed.",
    "The front matter between the --- lines is not valid YAML1.",
    "1 Or install LibreOffice where Walkdown runs (apt-get install libreoffice-writer-nogui libreoffice-calc-nogui "
    "libreoffice-impress-nogui) and ingest it again.",
}
ASSEMBLED = {
    "on_pages", "qdrant_refused", "says_same", "says_other", "scan_unread", "picture_unread", "sidecar_no_file",
    "sidecar_unknown_column", "front_yaml", "front_yaml_somewhere", "llm_expired",
    "not_zip", "not_pdf", "not_image", "no_item",
}  # fmt: skip
"""Put together from more than one string of the sources, or said by a library: tests below make them."""
FILLED = "1"


def sample(node: ast.AST) -> str:
    """A string of the source, with `1` for what is filled in; "" for what is no string."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(str(v.value) if isinstance(v, ast.Constant) else FILLED for v in values)
    return ""


def samples(path: Path) -> Iterator[str]:
    """The strings of a source that are no docstrings and no parts of others."""
    tree = ast.parse(path.read_text("utf-8"))
    left_out = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    left_out |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    yield from filter(None, (sample(node) for node in ast.walk(tree) if id(node) not in left_out))


def raised(path: Path) -> Iterator[tuple[int, str]]:
    """What the errors made in a file say, where it stands in the call, or in a name that is given a string."""
    tree = ast.parse(path.read_text("utf-8"))
    named: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and (text := sample(node.value)):
            named.setdefault(node.targets[0].id, []).append(text)
    for node in ast.walk(tree):
        name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and name in walkdown.errors.__all__:
            for argument in node.args[:2]:
                texts = named.get(argument.id, []) if isinstance(argument, ast.Name) else [sample(argument)]
                yield from ((node.lineno, text) for text in texts if " " in text)


def pattern_of(sentence: str) -> re.Pattern[str]:
    parts = Formatter().parse(sentence)
    return re.compile("".join(re.escape(literal) + (".+?" if name else "") for literal, name, _, _ in parts), re.DOTALL)


def test_what_is_told_again_is_said_somewhere() -> None:
    said = [f"1 {text}." for path in SOURCES for text in samples(path)]
    unsaid = []
    for code, sentence in SENTENCES["en"].items():
        longest = max((literal for literal, *_ in Formatter().parse(sentence)), key=len).strip(" .")
        form = pattern_of(sentence)
        if code not in ASSEMBLED and not any(longest in line and form.search(line) for line in said):
            unsaid.append(sentence)
    assert unsaid == []


def met() -> list[tuple[str, str]]:
    """What readers may meet, and where it is raised."""
    found = [(f"{path.name}:{line}", text) for path in MET for line, text in raised(path)]
    return [(place, text) for place, text in found if text not in NOT_MET]


def test_what_a_reader_may_meet_is_told_in_every_language() -> None:
    assert [(place, text) for place, text in met() if not is_retold(text)] == []


def test_many_errors_are_looked_at() -> None:
    assert len(met()) > 90


def test_what_was_left_out_of_a_document_is_told_in_every_language() -> None:
    told = re.compile(r"\b(?:were|was) left out\b|could not be read$|is damaged")
    notes = [text for path in sorted(READERS.rglob("*.py")) for text in samples(path) if told.search(text)]
    assert len(notes) > 30
    # Where a place may stand before it, or the kind is filled in, the words themselves are looked at.
    plain = [text.removeprefix("1") if text.startswith("11") else text for text in notes]
    assert [text for text in plain if not is_retold(text.replace("1 1 were", "1 hidden rows were"))] == []


def without_parts() -> bytes:
    """A package in which nothing is that a document needs."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    return made.getvalue()


REFUSED_FILES = {
    "펌프.pdf": b"",
    "a b.docx": b"PK\x03\x04 cut",
    "Rev. A.docx": without_parts(),
    "x.rar": b"Rar!\x1a\x07\x00",
    "cut.pdf": b"%PDF-1.4\n1 0 obj\n<<",
    "p.png": b"\x89PNG\r\n\x1a\n cut",
    "f.md": b"---\ntitle: a: b\n---\ntext",
    "d.md": b"---\neffective_date: 2024-13-45\n---\ntext",
    "n.csv": b",,\n,,\n",
    "w.hwp": b"no such file",
    "z.txt": bytes(range(128, 256)) * 3,
}


@pytest.mark.parametrize("name", REFUSED_FILES)
def test_why_a_file_is_refused_is_told_with_its_name(name: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_bytes(REFUSED_FILES[name], name)
    said = f"{caught.value.cause} {caught.value.remedy}"
    assert is_retold(said)
    for language in OTHERS:
        told = retold(said, language)
        assert name in told or name == "d.md"
        assert not re.search(r"\b(?:is|There|cannot|PDF error|Open|Copy|Convert|Correct|Check|it)\b", told), told


def test_what_only_recognition_could_read_is_told() -> None:
    for what in ("is a picture", "has no text layer: its 3 pages are scanned images"):
        error = tesseract.missing("a b.pdf", what)
        assert is_retold(str(error))
        assert retold(str(error), "ko").startswith("a b.pdf: ")


@pytest.mark.parametrize("table", ["file,effektive\na.pdf,2\n", "number\n3\n", "file,language\na.pdf,tlh\n"])
def test_a_fault_of_the_table_of_documents_is_told(table: str, tmp_path: Path) -> None:
    place = tmp_path / "documents.csv"
    place.write_text(table)
    with pytest.raises(DocumentError) as caught:
        read_sidecar(place)
    assert is_retold(str(caught.value))
    assert retold(str(caught.value), "ko").startswith(str(place))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("page 3 and 2 more: stamped across the text: DRAFT", "3쪽 외 2쪽: 글 위에 찍힌 도장: DRAFT"),
        ("page 3: 12 characters that are struck through were left out", "3쪽: 줄을 그어 지운 글자 12자를 뺐습니다"),
        (
            "documents.csv gives the revision as 3, but its text says 4, its name says 5; 3 is taken.",
            "개정 불일치: documents.csv에는 3, 본문에는 4, 파일 이름에는 5. 읽은 값: 3.",
        ),
        (
            "The Walkdown server at http://a:1 cannot be reached. Start it with `walkdown up` or `walkdown serve`.",
            "Walkdown 서버(http://a:1): 연결할 수 없습니다. `walkdown up` 또는 `walkdown serve`로 시작하십시오.",
        ),
        ("a.md: front: Check the id.", "a.md: front: Check the id."),
        ("a.md: Check the id.", "a.md: 번호를 확인하십시오."),
        ("The valve sticks. Check the id.", "The valve sticks. 번호를 확인하십시오."),
    ],
)
def test_notes_behind_names(text: str, told: str) -> None:
    assert retold(text, "ko") == told
    assert retold(text, "en") == text


@pytest.mark.parametrize("phrase", PHRASES["en"].values())
def test_a_phrase_alone_is_no_sentence(phrase: str) -> None:
    # A document may be called so.
    assert retold(phrase.replace("{", "").replace("}", ""), "ko") == phrase.replace("{", "").replace("}", "")


def test_braces_and_long_names_of_files_do_no_harm() -> None:
    assert retold("{name} {0}.pdf holds no text.", "ko") == "{name} {0}.pdf: 글자가 없습니다."
    hostile = "says it is ; says it is the same revision, but " * 40 + "its content. " * 9
    assert retold(hostile[:2000], "ko") == hostile[:2000]
