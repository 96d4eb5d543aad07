"""Files made to do harm, and files that are only broken: each is refused with a cause and a remedy, in bounded time.

Each family names the change to the code that turns it red ("mutation").
"""

import io
import shutil
import stat
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from typing import NamedTuple

import olefile
import openpyxl
import pytest
import sample_files
from PIL import Image
from sample_files import bytes_of, mail_with, rezipped, word, zipped

from walkdown.errors import DocumentError
from walkdown_ingestion import readers
from walkdown_ingestion.readers import archive, legacy, package
from walkdown_ingestion.readers.containers import Part, read_all
from walkdown_ingestion.readers.scan import tesseract

MB = 2**20
SECONDS = 20.0
CELL = b"<table:table-cell"


PACKAGES: dict[str, tuple[Callable[[], bytes], str]] = {
    "docx": (word, "word/document.xml"),
    "xlsx": (sample_files.workbook, "xl/worksheets/sheet1.xml"),
    "pptx": (sample_files.slides, "ppt/slides/slide1.xml"),
    "odt": (sample_files.odf_text, "content.xml"),
    "ods": (sample_files.odf_sheet, "content.xml"),
    "hwpx": (sample_files.hwpx, "Contents/section0.xml"),
}
LAUGHS = "<!DOCTYPE a [" + "".join(
    f'<!ENTITY x{i} "{f"&x{i - 1};" * 10 if i else "ha"}">' for i in range(10)
) + "]>"  # fmt: skip
DECLARATIONS = {
    "bomb": LAUGHS.encode(),
    "file": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    "dtd": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
}


def declared(data: bytes, declaration: bytes) -> bytes:
    head, mark, rest = data.partition(b"?>")
    return head + mark + declaration + rest if mark else declaration + data


class Case(NamedTuple):
    """A file, its name, and words that its refusal must hold."""

    name: str
    data: Callable[[], bytes]
    said: str


def _overlong(kind: str) -> Callable[[], bytes]:
    make, part = PACKAGES[kind]
    return lambda: rezipped(make(), {part: lambda data: data + b" " * (package.MAX_INFLATED + MB)})


def _declaring(kind: str, which: str) -> Callable[[], bytes]:
    make, part = PACKAGES[kind]
    return lambda: rezipped(make(), {part: lambda data: declared(data, DECLARATIONS[which])})


def _cut(kind: str, share: float) -> Callable[[], bytes]:
    make, _ = PACKAGES[kind]
    return lambda: (data := make())[: int(share * len(data))]


def _without(kind: str) -> Callable[[], bytes]:
    make, part = PACKAGES[kind]

    def made() -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(make())) as old, zipfile.ZipFile(target, "w") as new:
            for item in old.infolist():
                if item.filename != part:
                    new.writestr(item, old.read(item))
        return target.getvalue()

    return made


def _broken_xml(kind: str) -> Callable[[], bytes]:
    make, part = PACKAGES[kind]
    return lambda: rezipped(make(), {part: lambda data: data[: len(data) // 2]})


def _deep_xml(kind: str) -> Callable[[], bytes]:
    make, part = PACKAGES[kind]
    return lambda: rezipped(make(), {part: lambda _: b"<a>" * 60_000 + b"</a>" * 60_000})


def _encrypted_flag(data: bytes) -> bytes:
    """Set the flag of encryption in every entry of an archive."""
    out = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(mark)
        while at >= 0:
            out[at + offset] |= 1
            at = out.find(mark, at + 4)
    return bytes(out)


def _flagged_hwp(flag: int) -> bytes:
    """The flags of the header of a Hangul file changed in place."""
    file = io.BytesIO(sample_files.hwp())
    with olefile.OleFileIO(file, write_mode=True) as ole:
        header = bytearray(ole.openstream("FileHeader").read())
        header[36:40] = struct.pack("<I", struct.unpack("<I", header[36:40])[0] | flag)
        ole.write_stream("FileHeader", bytes(header))
    return file.getvalue()


def _hwp_with(change: Callable[[bytes], bytes], stream: str = "BodyText/Section0") -> bytes:
    """A Hangul file with other bytes of the same length in a stream."""
    file = io.BytesIO(sample_files.hwp())
    with olefile.OleFileIO(file, write_mode=True) as ole:
        old = ole.openstream(stream).read()
        ole.write_stream(stream, change(old).ljust(len(old), b"\0")[: len(old)])
    return file.getvalue()


CASES = [
    *(Case(f"a.{k}", _declaring(k, w), "declares XML entities") for k in PACKAGES for w in DECLARATIONS),
    *(Case(f"a.{k}", _cut(k, share), "cannot be read|not a|of a kind") for k in PACKAGES for share in (0.5, 0.98)),
    *(Case(f"a.{k}", _without(k), "cannot be read|holds no text") for k in PACKAGES if k != "xlsx"),
    *(Case(f"a.{k}", _broken_xml(k), "cannot be read") for k in PACKAGES),
    *(Case(f"a.{k}", _deep_xml(k), "cannot be read|holds no text") for k in PACKAGES if k != "xlsx"),
    *(Case(f"a.{k}", lambda k=k: _encrypted_flag(PACKAGES[k][0]()), "protected by a password") for k in PACKAGES),  # type: ignore[misc]
    Case("a.hwp", lambda: _flagged_hwp(0x02), "protected by a password"),
    Case("a.hwp", lambda: _flagged_hwp(0x04), "배포용 문서"),
    Case("a.hwp", lambda: _flagged_hwp(0x10), "protected by a password"),
    Case("a.hwp", lambda: _hwp_with(lambda old: old[::-1]), "cannot be read|holds no text"),
    Case("a.hwp", lambda: _hwp_with(lambda _: zlib.compress(b"\xff" * 40)[2:-4]), "cannot be read|holds no text"),
    Case("a.hwp", lambda: sample_files.hwp()[:3000], "cannot be read"),
    Case("a.hwp", lambda: b"HWP Document File V3.00 \x1a\1\2\3\4\5" + b"\0" * 99, "of a kind that cannot be read"),
    Case("a.svg", lambda: b"<svg>" + DECLARATIONS["bomb"] + b"</svg>", "of a kind that cannot be read"),
    Case("a.png", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "cannot be read"),
    Case("a.tif", lambda: b"II*\0" + b"\xff" * 60, "cannot be read"),
    Case("a.jpg", lambda: bytes_of(lambda f: Image.new("L", (60, 60)).save(f, "JPEG"))[:200], "cannot be read|no text"),
    Case("a.pdf", lambda: b"%PDF-1.7\n" + b"1 0 obj <<" * 3000, "cannot be read"),
    Case("a.xlsx", lambda: b"just text", "does not begin as one"),
    Case("a.pptx", lambda: b"%!PS", "does not begin as one"),
    Case("a.eml", lambda: b"\0\1\2\3" * 100, "known encoding|no text|cannot be read"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name}-{case.said[:14]}")
def test_it_is_refused_with_cause_and_remedy(case: Case) -> None:
    # Mutation: take out `refuse_declarations`, the encryption flags, or the net around the readers.
    began = time.perf_counter()
    with pytest.raises(DocumentError, match=case.said) as error:
        readers.read_bytes(case.data(), case.name)
    assert error.value.cause.endswith(".")
    assert error.value.remedy.endswith(".")
    assert time.perf_counter() - began < SECONDS


@pytest.mark.parametrize("kind", PACKAGES)
def test_a_package_that_inflates_without_measure_is_refused(kind: str) -> None:
    # Mutation: believe the directory's sizes, or raise MAX_INFLATED.
    data = _overlong(kind)()
    assert len(data) < 2 * MB
    with pytest.raises(DocumentError, match="inflates to more than"):
        readers.read_bytes(data, f"bomb.{kind}")


def test_sizes_are_counted_and_not_believed() -> None:
    data = bytearray(zipped(("word/document.xml", b"a" * 5000)))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    with pytest.raises(DocumentError):
        readers.read_bytes(bytes(data), "lying.docx")


def test_one_cell_at_the_end_of_a_sheet_costs_nothing() -> None:
    # Mutation: walk over all rows and columns of the sheet's area.
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Limit", 12.5
    began = time.perf_counter()
    document = readers.read_bytes(bytes_of(book.save), "far.xlsx")
    assert time.perf_counter() - began < 5
    assert "12.5" in document.text


def test_a_range_merged_over_a_whole_sheet_is_cut_to_what_is_used() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B2"] = "Limit", 12.5
    book.active.merge_cells("C3:D4")
    vast = {"xl/worksheets/sheet1.xml": lambda data: data.replace(b"C3:D4", b"A1:XFD1048576")}
    began = time.perf_counter()
    assert readers.read_bytes(rezipped(bytes_of(book.save), vast), "merged.xlsx").blocks
    assert time.perf_counter() - began < 5


def test_a_sheet_that_repeats_a_cell_a_million_times_is_bounded() -> None:
    data = rezipped(
        sample_files.odf_sheet(),
        {"content.xml": lambda d: d.replace(CELL, CELL + b' table:number-columns-repeated="1000000"', 1)},
    )
    began = time.perf_counter()
    assert readers.read_bytes(data, "wide.ods").blocks
    assert time.perf_counter() - began < SECONDS


def test_an_office_file_under_a_password_is_told_by_its_streams() -> None:
    # A compound file that only holds the stream of an encrypted package.
    assert readers.sniff(sample_files.hwp()) == ".hwp"
    renamed = sample_files.hwp().replace("FileHeader".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")[:20])
    with pytest.raises(DocumentError):
        readers.read_bytes(renamed, "a.xlsx")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_drawn() -> None:
    if not tesseract.is_installed():
        pytest.skip("tesseract is not installed")
    data = bytes_of(lambda f: Image.new("1", (20_000, 8_000)).save(f, "PNG"))
    assert len(data) < MB
    with pytest.raises(DocumentError, match=r"million pixels|cannot be read"):
        readers.read_bytes(data, "vast.png")


def parts(data: bytes, name: str = "a.zip") -> list[Part]:
    return list(read_all(data, name, readers.choose(data, name)))


def faults(data: bytes, name: str = "a.zip") -> list[str]:
    return [part.parsed.cause for part in parts(data, name) if isinstance(part.parsed, DocumentError)]


def _linked() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        item = zipfile.ZipInfo("link.txt")
        item.create_system, item.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        target.writestr(item, "/etc/passwd")
    return file.getvalue()


def _nested(depth: int) -> bytes:
    data = zipped(("a.txt", b"Deep text that nobody needs."))
    for _ in range(depth):
        data = zipped(("inner.zip", data))
    return data


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: zipped(("../../etc/cron.d/x.txt", b"Open the valve.")), "leads out of the archive"),
        (lambda: zipped(("/etc/x.txt", b"Open the valve.")), "leads out of the archive"),
        (lambda: zipped(("C:/x.txt", b"Open the valve.")), "leads out of the archive"),
        (lambda: zipped(("..\\..\\x.txt", b"Open the valve.")), "leads out of the archive"),
        (_linked, "is a link"),
        (lambda: _nested(5), "nests archives"),
        (lambda: zipped(*((f"{i}.txt", b"x") for i in range(archive.MAX_MEMBERS + 1))), "holds more than"),
        (lambda: zipped(("a.txt", b"\0" * (30 * MB))), "times its size"),
        (lambda: _encrypted_flag(zipped(("a.txt", b"Open the valve."))), "protected by a password"),
        (lambda: zipped(("a.exe", b"MZ" + b"\0" * 99)), "of a kind that cannot be read"),
        (lambda: zipped(("a.txt", b"")), "is empty"),
        (lambda: zipped(("a.docx", _declaring("docx", "bomb")())), "declares XML entities"),
        (lambda: zipped(("a.txt", b"Open the valve."))[:60] + b"\0" * 30, "cannot be read"),
    ],
    ids="dots root drive backslash link nested many ratio locked exe empty bomb cut".split(),
)
def test_an_archive_cannot_escape_nest_hide_or_swell(make: Callable[[], bytes], said: str) -> None:
    # Mutation: take out `_fault`, MAX_DEPTH, MAX_MEMBERS or the ratio; each turns its case red.
    assert any(said in fault for fault in faults(make()))


def test_all_members_together_have_one_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive.Budget, "__init__", lambda self: self.__dict__.update(total=5000, members=99))
    inner = zipped(*((f"{i}.txt", b"0123456789 abcdefgh\n" * 60) for i in range(4)))
    # Mutation: a new budget for each inner archive.
    assert any("inflates to more than" in fault for fault in faults(zipped(("a.zip", inner), ("b.zip", inner))))


def test_good_members_of_a_bad_archive_are_read() -> None:
    found = parts(zipped(("../x.txt", b"Bad."), ("manual/pump.md", b"# Pump\n\nTrip at 12.5 barg.\n")))
    good = [part for part in found if not isinstance(part.parsed, DocumentError)]
    assert [part.path for part in good] == ["manual/pump.md"]


def test_an_archive_that_was_cut_off_is_not_taken_for_one_inside_it() -> None:
    inner = zipped(("limits.csv", b"Tag,Low\nP-1,2\n"))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as outer:
        outer.writestr("inner.zip", inner)
        outer.writestr("more.txt", b"Trip at 12.5 bar. " * 50)
    whole = held.getvalue()
    assert [m.path for m in archive.members(whole, "a.zip", archive.Budget())] == ["inner.zip", "more.txt"]
    with pytest.raises(DocumentError, match="its end is missing"):
        list(archive.members(whole[:-400], "a.zip", archive.Budget()))


def test_names_of_korean_windows_are_read() -> None:
    raw = "펌프/절차서.txt".encode("cp949")
    data = zipped(("x" * len(raw), "밸브를 닫는다.".encode())).replace(b"x" * len(raw), raw)
    assert [part.path for part in parts(data)] == ["펌프/절차서.txt"]


def test_a_mail_and_its_attachments_are_documents_of_their_own() -> None:
    data = mail_with(("절차서.docx", word()), ("../../evil.docx", word("Other.")), ("run.exe", b"MZ\0\0"))
    found = parts(data, "a.eml")
    assert [part.path for part in found] == ["", "절차서.docx", "_.._evil.docx", "run.exe"]
    texts = [part.parsed.text for part in found if not isinstance(part.parsed, DocumentError)]
    assert "PSV-301 시험" in texts[0]
    assert "12.5 barg이다" in texts[0]
    assert texts[1] == "Trip at 12.5 barg."
    assert len(texts) == 3


def test_a_mail_without_a_suffix_is_known_by_its_header() -> None:
    data = b"Received: by x\r\n" + mail_with()
    assert readers.choose(data, "message").name == readers.MAIL


@pytest.mark.parametrize("suffix", ["doc", "xls", "ppt", "rtf"])
def test_old_office_files_say_what_to_do_without_libreoffice(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    read = {"doc": legacy.read_doc, "xls": legacy.read_xls, "ppt": legacy.read_ppt, "rtf": legacy.read_rtf}[suffix]
    with pytest.raises(DocumentError, match="LibreOffice") as error:
        read(b"\xd0\xcf\x11\xe0", f"old.{suffix}")
    assert "apt-get install libreoffice" in error.value.remedy


def test_there_are_enough_hostile_files() -> None:
    assert len(CASES) + len(PACKAGES) + 13 >= 60
