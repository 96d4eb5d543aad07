"""Folders as they are found: links in circles, pipes and devices are told by name, and never keep the rest waiting."""

import csv
import os
import socket
from pathlib import Path

import pytest

from walkdown.errors import DocumentError
from walkdown.records.registry import Registry
from walkdown.retrieval.questions import check_question
from walkdown_ingestion import readers
from walkdown_ingestion.discovery import count_documents, discover
from walkdown_ingestion.ledger import Ledger
from walkdown_ingestion.metadata import FileFacts, identify
from walkdown_ingestion.prepare import FileJob, Outcome, Refused
from walkdown_ingestion.readers import html, jsonl, markdown
from walkdown_ingestion.sidecar import Sidecars
from walkdown_ingestion.sources import Options, Stream


def stream_of(folder: Path, home: Path) -> dict[str, str]:
    """What becomes of the files of a folder before they are read: the reason of those refused, "" for work."""
    ledger = Ledger(Registry(f"sqlite:///{home / 'registry.db'}"), "power")
    found = discover([folder])
    assert count_documents(found.files) >= len(found.files)
    told = {}
    for item in Stream(found.files, ledger, Options((), "", lambda _: "made")):
        if isinstance(item, FileJob):
            told[Path(item.facts.source).name] = ""
        elif isinstance(item, Outcome):
            told |= {Path(r.source).name: r.cause for r in item.items if isinstance(r, Refused)}
    return told


def test_what_is_no_file_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "good.txt").write_text("P-101A trips at 12 bar.")
    (folder / "round.txt").symlink_to("round.txt")
    (folder / "one.txt").symlink_to("two.txt")
    (folder / "two.txt").symlink_to("one.txt")
    (folder / "again").symlink_to(".")
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.jsonl")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "s.txt"))
    told = stream_of(folder, tmp_path)
    assert told.pop("good.txt") == ""
    assert "a pipe" in told.pop("pipe.txt") and "a pipe" in told.pop("pipe.jsonl")
    assert "a socket" in told.pop("s.txt")
    assert set(told) == {"round.txt", "one.txt", "two.txt"}
    for name in told:
        with pytest.raises(DocumentError, match="symbolic links"):
            readers.load(folder / name)


def test_a_device_is_no_document() -> None:
    with pytest.raises(DocumentError, match="a device"):
        readers.load(Path("/dev/zero"))


def test_links_out_of_a_folder_are_told_and_not_followed(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "docs", tmp_path / "elsewhere"
    (folder / "real").mkdir(parents=True)
    elsewhere.mkdir()
    (folder / "real" / "a.txt").write_text("P-101A trips at 12 bar.")
    (elsewhere / "secret.txt").write_text("The password is pump.")
    (folder / "inside.txt").symlink_to(folder / "real" / "a.txt")
    (folder / "out.txt").symlink_to(elsewhere / "secret.txt")
    (folder / "out").symlink_to(elsewhere, target_is_directory=True)
    (folder / "endless.pdf").symlink_to("/dev/zero")
    found = discover([folder])
    assert [f.relative for f in found.files] == ["inside.txt", "real/a.txt"]
    assert {Path(path).name for path in found.outside} == {"out.txt", "out", "endless.pdf"}
    assert [f.path for f in discover([folder / "out.txt"]).files] == [folder / "out.txt"]
    linked = tmp_path / "linked"
    linked.symlink_to(folder, target_is_directory=True)
    assert [f.relative for f in discover([linked]).files] == ["inside.txt", "real/a.txt"]


def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jsonl")
    with pytest.raises(DocumentError, match="a pipe"):
        readers.load(tmp_path / "a.jsonl")
    with pytest.raises(DocumentError, match="a pipe"):
        next(jsonl.records(tmp_path / "a.jsonl"))


def test_a_table_of_documents_that_is_no_csv_is_an_error_of_its_files(tmp_path: Path) -> None:
    # The reader of CSV documents allows more to a cell, and the limit is the process's.
    csv.field_size_limit(10_000_000)
    (tmp_path / "documents.csv").write_text('file,title\n"' + "x" * 200_000)
    with pytest.raises(DocumentError, match="cannot be read as CSV"):
        Sidecars().row(tmp_path / "a.txt", tmp_path)


def deep(levels: int) -> bytes:
    inner = "<p>P-101A trips at 12 bar.</p>"
    return f"<body><p>First.</p>{'<div>' * levels}{inner}{'</div>' * levels}<p>Last.</p></body>".encode()


def test_nothing_of_a_page_is_lost_for_its_depth() -> None:
    parsed = html.read(deep(400), "a.html")
    assert [b.text for b in parsed.blocks] == ["First.", "P-101A trips at 12 bar.", "Last."]
    with pytest.raises(DocumentError, match="deeper than can be read"):
        html.read(deep(3000), "a.html")


@pytest.mark.parametrize("text", ["".join(f"{'  ' * n}- level {n};\n" for n in range(25)), ">" * 60 + " level 24;\n"])
def test_nothing_of_a_markdown_text_is_lost_for_its_depth(text: str) -> None:
    parsed = markdown.read(text.encode(), "a.md")
    assert "level 24;" in parsed.text


def test_a_markdown_text_too_deep_to_be_read_is_refused() -> None:
    with pytest.raises(DocumentError, match="deeper than can be read"):
        markdown.read(b"Above.\n\n" + b">" * 500 + b" P-101A trips at 12 bar.\n", "a.md")


def test_a_file_name_cannot_turn_its_title_round(tmp_path: Path) -> None:
    facts = FileFacts("s", "x\u202egnp.txt", "0" * 64, "", {}, (), "")
    assert identify(readers.read_bytes(b"P-101A trips.", "x.txt"), facts, "power").title == "xgnp"


def test_bytes_of_a_command_line_that_are_no_text_do_not_fail_a_question() -> None:
    assert check_question("flow \udcff of P-101A", max_chars=100) == "flow of P-101A"


def test_a_reason_names_no_object_of_the_program() -> None:
    with pytest.raises(DocumentError) as caught:
        readers.read_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 50, "bad.jpg")
    assert "0x" not in caught.value.cause


def test_names_in_an_old_encoding_are_read_and_others_kept_apart(tmp_path: Path) -> None:
    home = tmp_path / "문서"
    home.mkdir()
    for raw in ("펌프.txt".encode("cp949"), b"a\xff.txt", b"a\xfe.txt"):
        Path(os.fsdecode(os.fsencode(home) + b"/" + raw)).write_text("P-101A trips at 12 bar.")
    told = stream_of(home, tmp_path)
    assert told == {"펌프.txt": "", "a\\xff.txt": "", "a\\xfe.txt": ""}
    assert {found.relative for found in discover([home]).files} == set(told)
