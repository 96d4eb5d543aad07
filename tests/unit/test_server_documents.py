"""Documents, pages and passages over HTTP: shown, marked, and hidden from those who may not see them."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from walkdown.client import WalkdownClient
from walkdown.documents import Box
from walkdown.errors import UnknownItemError, UnknownPackError
from walkdown.testing.memory import MemoryLibrary, sample_chunk, sample_document
from walkdown_server.testing import fake_services, running, wait_until

ODD_ID = "29 CFR/1910.119(f)?"
BOX = Box(page=2, x0=72, y0=100, x1=300, y1=130)


def two_pages() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 600))
    for page in (1, 2):
        canvas.drawString(72, 480, f"page {page}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[WalkdownClient]:
    documents = [sample_document(id="secret", access=("board",))]
    for name, content, kind in (
        (ODD_ID, two_pages(), "application/pdf"),
        ("OP-1", b"# Feed pump", "text/markdown"),
        ("broken", b"%PDF-1.7 nothing", "application/pdf"),
        ("page", b"<script>alert(1)</script>", "text/html"),
    ):
        digest = hashlib.sha256(content).hexdigest()
        (tmp_path / digest).write_bytes(content)
        documents.append(sample_document(id=name, media_type=kind, sha256=digest, file_name=f"한글 {name[:3]}.x"))
    chunks = [
        sample_chunk(0, "Before."),
        sample_chunk(1, "The passage."),
        sample_chunk(2, "Secret.", access=("board",)),
        sample_chunk(3, "After."),
        sample_chunk(9, "Clause.", id=f"{ODD_ID}:9", document_id=ODD_ID, boxes=[BOX]),
    ]
    services = fake_services(tmp_path, library=MemoryLibrary(documents, tmp_path), chunks=chunks)
    with running(services) as url, WalkdownClient(url) as made:
        wait_until(lambda: made.ready().ready)
        yield made


def test_documents_are_listed_without_the_hidden(client: WalkdownClient) -> None:
    assert [d.id for d in client.documents("power")] == [ODD_ID, "OP-1", "broken", "page"]
    assert client.document("power", ODD_ID).media_type == "application/pdf"
    with pytest.raises(UnknownPackError):
        client.documents("nuclear")


@pytest.mark.parametrize("name", ["secret", "absent"])
def test_hidden_and_absent_documents_look_alike(client: WalkdownClient, name: str) -> None:
    for call in (client.document, client.original):
        with pytest.raises(UnknownItemError, match=name):
            call("power", name)


def test_originals_come_as_inert_downloads(client: WalkdownClient) -> None:
    assert client.original("power", "OP-1") == b"# Feed pump"
    reply = httpx.get(f"{client.base_url}/v1/documents/power/page/original")
    assert reply.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in reply.headers["content-security-policy"]
    assert reply.headers["x-content-type-options"] == "nosniff"


def colours(png: bytes) -> tuple[tuple[int, int], set[tuple[int, int, int]]]:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return picture.size, {picture.getpixel((x, y)) for x in (75, 200, 295) for y in (103, 127)}  # type: ignore[misc]


WHITE = {(255, 255, 255)}


def test_pages_are_drawn_and_passages_marked_where_they_stand(client: WalkdownClient) -> None:
    size, plain = colours(client.page_png("power", ODD_ID, 2, dpi=72))
    assert size == (400, 600) and plain == WHITE
    _, marked = colours(client.chunk_page_png("power", f"{ODD_ID}:9", dpi=72).png)
    assert len(marked) == 1 and marked != WHITE
    png = httpx.get(
        f"{client.base_url}/v1/documents/power/{ODD_ID.replace('?', '%3F')}/pages/2.png",
        params={"dpi": 72, "highlight": "72,100,300,130"},
    )
    assert png.headers["content-type"] == "image/png"
    assert colours(png.content)[1] == marked


@pytest.mark.parametrize(("name", "page"), [(ODD_ID, 3), (ODD_ID, 0), (ODD_ID, -1), ("OP-1", 1), ("secret", 1)])
def test_pages_that_are_not_there_say_so(client: WalkdownClient, name: str, page: int) -> None:
    with pytest.raises(UnknownItemError):
        client.page_png("power", name, page)


def test_wrong_page_requests(client: WalkdownClient) -> None:
    base = f"{client.base_url}/v1/documents/power"
    for path, status in (
        ("broken/pages/1.png", 422),
        ("OP-1/pages/1.png?dpi=100000", 422),
        ("OP-1/pages/1.png?highlight=1,2,3", 422),
    ):
        reply = httpx.get(f"{base}/{path}")
        assert (reply.status_code, set(reply.json())) == (status, {"error"}), path


def test_a_passage_without_pages_is_shown_in_its_document(client: WalkdownClient) -> None:
    context = client.chunk_context("power", "OP-1:1")
    assert [p.text for p in context.passages] == ["Before.", "The passage.", "After."]
    assert context.passages[context.marked].id == "OP-1:1"
    assert client.chunk("power", "OP-1:1").text == "The passage."
    with pytest.raises(UnknownItemError, match="no page"):
        client.chunk_page_png("power", "OP-1:1")


@pytest.mark.parametrize("chunk_id", ["OP-1:2", "OP-1:77"])
def test_hidden_and_absent_passages_look_alike(client: WalkdownClient, chunk_id: str) -> None:
    for call in (client.chunk, client.chunk_context, client.chunk_page_png):
        with pytest.raises(UnknownItemError, match="no passage"):
            call("power", chunk_id)


def test_packs_tell_title_questions_and_counts(client: WalkdownClient) -> None:
    (pack,) = client.packs()
    assert (pack.name, pack.title["ko"], pack.documents, pack.chunks) == ("power", "발전", 5, 5)
    assert pack.example_questions["en"] == ("What is the minimum flow of P-101A?",)
    assert client.eval_reports() == {}
