"""Originals that stand inside an archive or mail: lost ones come back with it, and the error names what to hand in."""

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from walkdown.documents import DocumentStatus
from walkdown.errors import UnknownItemError
from walkdown_ingestion.testing import Plant, procedure
from walkdown_server.library import RegistryLibrary
from walkdown_server.testing import fake_services, running


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    return Plant(tmp_path)


def archive(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in members.items():
            made.writestr(f"{name}.md", text)
    return out.getvalue()


def lose(plant: Plant, document_id: str) -> str:
    sha256 = plant.registry.get("power", document_id).sha256
    plant.blobs.fetch(sha256).unlink()
    return sha256


def test_a_lost_original_of_an_archive_is_named_and_comes_back_with_it(plant: Plant) -> None:
    plant.write(
        "set.zip",
        archive(a=procedure("OP-1", "1", "Trip at 12."), b=procedure("OP-2", "1", "Start."), c="# C\n\nWait."),
    )
    plant.ingest()
    plant.publisher.withdraw("OP-2", "recalled")
    sha256 = lose(plant, "OP-1")
    library = RegistryLibrary(plant.registry, plant.blobs, lambda: plant.store)
    with pytest.raises(UnknownItemError, match=r"OP-1 \(a\.md\)") as told:
        library.original(library.get("power", "OP-1"))
    assert "set.zip" in told.value.remedy
    report = plant.ingest()
    assert "originals of 1 documents" in report.warnings[0]
    assert plant.blobs.fetch(sha256).is_file()
    # The others of the archive stand as they did, also what a person withdrew.
    assert sorted(c.text for c in plant.chunks()) == ["Trip at 12.", "Wait."]
    assert plant.status("OP-2") is DocumentStatus.WITHDRAWN
    assert plant.ingest().unchanged == 3


def test_the_lost_original_of_a_mail_comes_back_though_its_attachment_is_there(plant: Plant) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "Trip of P-101A", "a@plant.example", "b@plant.example"
    mail.set_content("The trip of P-101A is 12.5 bar from today on.")
    mail.add_attachment(b"# Card\n\nDrain the trap.", maintype="text", subtype="markdown", filename="card.md")
    plant.write("mail.eml", mail.as_bytes())
    plant.ingest()
    ids = sorted(c.document_id for c in plant.chunks())
    sha256 = lose(plant, "mail")
    plant.ingest()
    assert plant.blobs.fetch(sha256).is_file()
    assert sorted(c.document_id for c in plant.chunks()) == ids


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ([("pack", "power"), ("pack", "bio")], "'pack' 2 times"),
        ([("pack", "power"), ("site", "a"), ("site", "b")], "'site' 2 times"),
        ([("pack", "power"), ("acess", "board")], "'acess' that means nothing"),
    ],
)
def test_no_field_of_an_upload_is_overlooked(tmp_path: Path, form: list[tuple[str, str]], told: str) -> None:
    parts = [(name, (None, value.encode())) for name, value in form]
    with running(fake_services(tmp_path)) as url:
        reply = httpx.post(f"{url}/v1/documents", files=[*parts, ("files", ("a.md", b"x"))])
    assert reply.status_code == 422 and told in reply.json()["error"]["cause"]
    assert not (tmp_path / "uploads").exists()
