"""Old Word, Excel, PowerPoint and RTF files through the real LibreOffice and the parsing process that reads every file.

Each test names the change to the code that turns it red.
"""

import http.server
import os
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import psutil
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from office_files import alarms, needs_office, procedure, saved_as, slides
from PIL import Image

from walkdown.errors import DocumentError
from walkdown_ingestion.metadata import FileFacts
from walkdown_ingestion.prepare import FileJob, Prepared, Recipe, Refused
from walkdown_ingestion.readers import legacy, office
from walkdown_ingestion.worker import ParsingProcess

pytestmark = pytest.mark.integration

RECIPE = Recipe("power", ())


def read(*paths: Path, timeout: float = 120, memory: int = 6 * 2**30) -> list[Prepared | Refused]:
    """What the parsing process makes of these files, one after the other."""
    with ParsingProcess(RECIPE, timeout=timeout, memory=memory) as process:
        return [item for path in paths for item in process.run(_job(path)).items]


def text(item: Prepared | Refused) -> str:
    assert isinstance(item, Prepared), item
    return "\n".join((item.source.title, *(line for c in item.chunks for line in (*c.heading_path, c.text))))


def _job(path: Path) -> FileJob:
    return FileJob(path, FileFacts(str(path), path.name, "", ""))


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The made files, as LibreOffice saves them in the old formats."""
    needs_office()
    folder = tmp_path_factory.mktemp("old")
    made = {"doc": procedure(), "rtf": procedure(), "xls": alarms(), "ppt": slides()}
    newer = {"doc": "docx", "rtf": "docx", "xls": "xlsx", "ppt": "pptx"}
    paths = {suffix: folder / f"file.{suffix}" for suffix in made}
    for suffix, data in made.items():
        paths[suffix].write_bytes(saved_as(data, newer[suffix], suffix, folder))
    return paths


@pytest.mark.parametrize("suffix", ["doc", "rtf"])
def test_a_document_of_word_is_read_as_the_page_shows_it(old: dict[str, Path], suffix: str) -> None:
    """Red when `legacy` names another target, or docx reads raised figures or hidden runs as plain text."""
    (item,) = read(old[suffix])
    found = text(item)
    assert "급수펌프 BFP-1A 절차서" in found
    assert "Leak rate 10⁻⁶ Pa·m³/s, H2S below 10 ppm." in found
    assert "설정값 45 bar." in found
    assert "설비: BFP-1A | 한계 / Min (m³/h): 65 | 한계 / Max (m³/h): 180 | 비고: 운전" in found
    assert "설비: BFP-1B | 한계 / Min (m³/h): ± 0.5 | 한계 / Max (m³/h): ≤ 210 | 비고: 예비" in found
    assert "1. Open the suction valve." in found and "2. 밸브를 닫는다." in found
    assert "99" not in found and "30" not in found
    assert isinstance(item, Prepared) and any("struck through" in warning for warning in item.warnings)


def test_a_sheet_is_read_with_its_days_and_values_and_without_its_hidden_sheet(old: dict[str, Path]) -> None:
    """Red when xlsx reads hidden sheets, or days as numbers."""
    (item,) = read(old["xls"])
    found = text(item)
    assert "태그: TI-101 | 설명: 베어링 온도 | High (°C): 85 | Low (°C): -5 | 점검일: 2025-03-14 | 합계: 80" in found
    assert "태그: TI-102 | 설명: Oil temp | High (°C): 72.5 | Low (°C): 10 | 점검일: 2025-11-02 | 합계: 145" in found
    assert "비고: ≤ 85 °C" in found and "999" not in found
    assert isinstance(item, Prepared) and item.warnings == ("sheet Hidden is hidden and was left out",)


def test_a_formula_shows_what_it_showed_when_the_file_was_saved(old: dict[str, Path], tmp_path: Path) -> None:
    """Red without `biff.with_shown`: LibreOffice computes 145 anew, where the file was saved with 146."""
    data = old["xls"].read_bytes()
    assert data.count(struct.pack("<d", 145.0)) == 1
    path = tmp_path / "saved.xls"
    path.write_bytes(data.replace(struct.pack("<d", 145.0), struct.pack("<d", 146.0)))
    found = text(*read(path))
    assert "합계: 146" in found and "합계: 80" in found


def test_a_slide_is_read_with_its_table_and_without_hidden_slides(old: dict[str, Path]) -> None:
    """Red when pptx reads hidden slides."""
    found = text(*read(old["ppt"]))
    assert "냉각수 한계 Cooling water" in found and "777" not in found
    assert "Tag: P-301A | Flow (t/h): 120 | 온도 (°C): 32.5" in found
    assert "k = 10⁻³ per hour" in found


def test_two_conversions_at_once_do_not_disturb_each_other(old: dict[str, Path]) -> None:
    """Red when both share a profile: LibreOffice hands the second file to the first program and ends."""
    with ThreadPoolExecutor(2) as pool:
        items = [item for found in pool.map(read, [old["doc"], old["xls"]] * 2) for item in found]
    assert all("TI-101" in text(item) or "BFP-1A" in text(item) for item in items)


@pytest.mark.parametrize("suffix", ["doc", "xls", "ppt"])
def test_a_damaged_file_is_refused(old: dict[str, Path], tmp_path: Path, suffix: str) -> None:
    """Red when a file that LibreOffice does not make is taken for an empty one."""
    data = old[suffix].read_bytes()
    path = tmp_path / f"broken.{suffix}"
    path.write_bytes(data[:1024] + bytes(len(data) - 1024))
    (item,) = read(path)
    assert isinstance(item, Refused) and item.remedy


def test_a_locked_workbook_is_told_as_such(old: dict[str, Path], tmp_path: Path) -> None:
    """Red without `legacy._is_locked`: it was told to be damaged. The mark is put over a record of the same length."""
    data = old["xls"].read_bytes()
    mark = bytes.fromhex("e100 0200 b004")
    assert data.count(mark) == 1
    path = tmp_path / "locked.xls"
    path.write_bytes(data.replace(mark, bytes.fromhex("2f00 0200 b004")))
    (item,) = read(path)
    assert isinstance(item, Refused) and "protected by a password" in item.cause


def test_too_little_memory_refuses_the_file_and_no_other(old: dict[str, Path], tmp_path: Path) -> None:
    """Red when the programs of the parsing process have no limit. LibreOffice begins with some 500 MB."""
    page = tmp_path / "a.md"
    page.write_text("# Pump\n\nTrip at 12.5 MPa.\n")
    refused, fine = read(old["doc"], page, memory=450 * 2**20)
    assert isinstance(refused, Refused) and "LibreOffice cannot convert it" in refused.cause
    assert isinstance(fine, Prepared)


class _Listener:
    """A server that keeps what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(f"{self.command} {self.path}")
                self.send_response(404)
                self.end_headers()

            do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the names that the library calls

            def log_message(self, *_: object) -> None:
                return

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def outside() -> Iterator[_Listener]:
    listener = _Listener()
    yield listener
    listener.close()


def test_a_document_linked_to_outside_asks_for_nothing(outside: _Listener, tmp_path: Path) -> None:
    """Red without the settings of `office`: LibreOffice asks for the linked picture three times."""
    needs_office()
    Image.new("RGB", (20, 20)).save(tmp_path / "dot.png")
    document = docx.Document()
    document.add_paragraph("Trip at 12.5 MPa.")
    document.add_picture(str(tmp_path / "dot.png"))
    link = document.part.relate_to(f"{outside.url}/dot.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    for blip in document.element.body.iter(qn("a:blip")):
        del blip.attrib[qn("r:embed")]
        blip.set(qn("r:link"), link)
    document.save(str(tmp_path / "linked.docx"))
    path = tmp_path / "linked.doc"
    path.write_bytes(saved_as((tmp_path / "linked.docx").read_bytes(), "docx", "doc", tmp_path))
    assert outside.asked, "the file that was made holds no link"
    outside.asked.clear()
    assert "12.5 MPa" in text(*read(path))
    assert outside.asked == []


@pytest.fixture
def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `soffice` that starts a program, as the real one does, and waits for it; the file that tells its pids."""
    notes = tmp_path / "pids"
    script = tmp_path / "soffice"
    script.write_text(f"#!/bin/sh\nsleep 300 &\necho $$ $! >> {notes}\nwait\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    return notes


def test_a_conversion_that_hangs_ends_with_all_it_started(tmp_path: Path, hanging: Path) -> None:
    """Red when only the parsing process is killed: LibreOffice went on for ever, and the file stayed in the folder."""
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1 Trip at 12.5 MPa.\\par}")
    (item,) = read(path, timeout=4)
    assert isinstance(item, Refused) and "took longer than 4 s" in item.cause
    assert _gone([int(pid) for pid in hanging.read_text().split()])
    assert not list(tmp_path.glob("walkdown-*"))


def test_a_conversion_has_a_time_of_its_own(hanging: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Red when only the starting script is killed, and never done when its pipes are read: they stay open."""
    monkeypatch.setattr(office, "_SECONDS", 0.5)
    with pytest.raises(DocumentError, match="could not be converted by LibreOffice"):
        legacy.read_rtf(b"{\\rtf1 Trip at 12.5 MPa.\\par}", "a.rtf")
    assert _gone([int(pid) for pid in hanging.read_text().split()])


def test_a_conversion_ends_when_the_ingestion_is_killed(tmp_path: Path, hanging: Path) -> None:
    """Red without `end_with_parent`: the pipe closes, but nobody reads it in the middle of a job."""
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1 Trip at 12.5 MPa.\\par}")
    script = (
        "from pathlib import Path\n"
        "from walkdown_ingestion.metadata import FileFacts\n"
        "from walkdown_ingestion.prepare import FileJob, Recipe\n"
        "from walkdown_ingestion.worker import ParsingProcess\n"
        "process = ParsingProcess(Recipe('power', ()), timeout=60)\n"
        f"process.run(FileJob(Path({str(path)!r}), FileFacts('s', 'a.rtf', '', '')))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script])
    for _ in range(200):
        if hanging.is_file() and hanging.read_text().strip():
            break
        time.sleep(0.1)
    parent.kill()
    parent.wait()
    assert _gone([int(pid) for pid in hanging.read_text().split()])


def _gone(pids: list[int]) -> bool:
    for _ in range(50):
        if not any(psutil.pid_exists(p) and psutil.Process(p).status() != psutil.STATUS_ZOMBIE for p in pids):
            return True
        time.sleep(0.1)
    return False
