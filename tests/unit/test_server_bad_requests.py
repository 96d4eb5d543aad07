"""Requests that are wrong, or merely strange: each is answered with a cause and a remedy, and none with 500."""

import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from walkdown.documents import DocumentStatus, Principal
from walkdown.records.blobs import BlobStore
from walkdown.records.registry import Registry
from walkdown.retrieval.search import Searcher
from walkdown.testing.memory import MemoryLibrary, MemoryStore, sample_document
from walkdown.testing.records_suite import commit, make_entry
from walkdown.wire import IngestQuery, IngestSummary
from walkdown_server.jobs import JobProgress
from walkdown_server.lazy import Lazy
from walkdown_server.library import RegistryLibrary
from walkdown_server.testing import fake_services, running

HALF = "minimum flow \\ud800 of P-101A"
QUESTION = "What is the minimum flow of P-101A?"


def take_in(query: IngestQuery, progress: JobProgress) -> IngestSummary:
    progress(query.paths[0], 0, 1)
    raise OSError(f"no such file: {query.paths[0]}")


@pytest.fixture
def http(tmp_path: Path) -> Iterator[httpx.Client]:
    with running(fake_services(tmp_path, ingest=take_in)) as url, httpx.Client(base_url=url) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/ask", f'{{"pack": "power", "question": "{HALF}"}}'),
        ("/v1/ask", f'{{"pack": "power", "question": "{HALF}", "stream": true}}'),
        ("/v1/ask", f'{{"pack": "power", "question": "{QUESTION}", "turns": ["{HALF}"]}}'),
        ("/v1/ask", f'{{"pack": "{HALF}", "question": "{QUESTION}"}}'),
        ("/v1/search", f'{{"pack": "power", "question": "{HALF}"}}'),
        ("/v1/search", f'{{"pack": "power", "question": "x", "filters": {{"document_id": ["{HALF}"]}}}}'),
        (
            "/v1/chat/completions",
            f'{{"model": "walkdown/power", "messages": [{{"role": "user", "content": "{HALF}"}}]}}',
        ),
        ("/v1/ingest", f'{{"pack": "{HALF}", "paths": ["/data/x.pdf"]}}'),
        ("/v1/ingest", f'{{"pack": "power", "paths": ["/data/{HALF}.pdf"]}}'),
        ("/v1/ingest", f'{{"pack": "power", "paths": ["/data/x.pdf"], "access": ["{HALF}"]}}'),
        ("/v1/ingest", f'{{"pack": "power", "paths": ["/data/x.pdf"], "site": "{HALF}"}}'),
        ("/v1/packs/power/rollback", f'{{"version": "{HALF}"}}'),
        ("/v1/packs/publish", f'{{"path": "{HALF}"}}'),
        ("/v1/records/x/gap", f'{{"note": "{HALF}"}}'),
    ],
)
def test_half_a_character_is_refused(http: httpx.Client, path: str, body: str) -> None:
    reply = http.post(path, content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code == 422
    assert "half a character" in reply.json()["error"]["cause"] or "unicode" in reply.json()["error"]["cause"]


def test_a_file_name_that_is_no_text_does_not_spoil_the_list_of_jobs(http: httpx.Client) -> None:
    body = '{"pack": "power", "paths": ["/data/\\udcff.pdf"]}'
    sent = http.post("/v1/ingest", content=body, headers={"Content-Type": "application/json"})
    assert sent.status_code == 202
    until = time.monotonic() + 5
    while http.get(f"/v1/jobs/{sent.json()['id']}").json()["state"] != "failed" and time.monotonic() < until:
        time.sleep(0.02)
    (job,) = http.get("/v1/jobs").json()["jobs"]
    assert (job["state"], job["current"]) == ("failed", "/data/\ufffd.pdf")


def test_the_api_describes_itself(http: httpx.Client) -> None:
    paths = http.get("/openapi.json").json()["paths"]
    assert "/v1/ask" in paths and "/v1/chunks/{pack}/{chunk_id}/page.png" in paths


def test_earlier_turns_count_to_the_length_of_a_question(http: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    search = Searcher.search

    def measured(self: Searcher, question: str, pack: object, principal: Principal, **more: object) -> object:
        seen.extend(len(turn) for turn in more["turns"])  # type: ignore[attr-defined]
        return search(self, question, pack, principal, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Searcher, "search", measured)
    body = {"pack": "power", "question": "and its maximum?", "turns": [QUESTION + " x" * 10_000]}
    assert http.post("/v1/ask", json=body).status_code == 200
    assert seen and max(seen) <= 5000


def test_two_files_of_one_name_in_an_upload_are_refused(http: httpx.Client) -> None:
    """Red where the second silently replaces the first; NFD is how a Mac writes the same name."""
    names = ("점검.md", unicodedata.normalize("NFD", "점검.md"))
    reply = http.post("/v1/documents", data={"pack": "power"}, files=[("files", (n, b"# A")) for n in names])
    assert reply.status_code == 422 and "would replace the first" in reply.json()["error"]["cause"]


@pytest.mark.parametrize("path", ["/data/" + "x" * 5000, "/data/" + "x" * 5000 + ".walkdownpack"])
def test_a_pack_at_a_place_that_cannot_be_is_not_there(http: httpx.Client, path: str) -> None:
    sent = http.post("/v1/packs/publish", json={"path": path})
    until = time.monotonic() + 10
    while (job := http.get(f"/v1/jobs/{sent.json()['id']}").json())["state"] != "failed" and time.monotonic() < until:
        time.sleep(0.02)
    assert job["error"]["code"] == "usage" and "There is no f" in job["error"]["cause"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"paths": [""]}, "a path is empty"),
        ({"paths": ["  "]}, "a path is empty"),
        ({"paths": ["/data"], "access": [""]}, "a group has no name"),
    ],
)
def test_what_an_unset_variable_leaves_empty_is_refused(http: httpx.Client, body: dict[str, object], said: str) -> None:
    # An empty path is the folder that the server runs in: all of it was taken in.
    reply = http.post("/v1/ingest", json={"pack": "power", **body})
    assert reply.status_code == 422 and said in reply.json()["error"]["cause"]


@pytest.mark.parametrize("disposition", ["", " filename*=UTF-8''%E2%80%AEtxt.exe;"])
def test_a_file_of_an_upload_without_a_name_is_told_in_words(http: httpx.Client, disposition: str) -> None:
    parts = [
        'Content-Disposition: form-data; name="pack"\r\n\r\npower',
        f'Content-Disposition: form-data;{disposition} name="files"\r\n\r\nx',
    ]
    body = "".join(f"--B\r\n{part}\r\n" for part in parts) + "--B--\r\n"
    reply = http.post("/v1/documents", content=body, headers={"Content-Type": "multipart/form-data; boundary=B"})
    assert reply.status_code == 422 and "has no name, or is no file" in reply.json()["error"]["cause"]


def test_an_empty_group_of_an_upload_is_refused(http: httpx.Client) -> None:
    reply = http.post("/v1/documents", data={"pack": "power", "access": " "}, files={"files": ("a.txt", b"x")})
    assert reply.status_code == 422 and "a group has no name" in reply.json()["error"]["cause"]


@pytest.mark.parametrize("body", [b"\xff", b"[" * 100_000, b'{"k": ' + b"9" * 10_000 + b"}"])
def test_a_body_that_cannot_be_read_says_what_to_send(http: httpx.Client, body: bytes) -> None:
    error = http.post("/v1/ask", content=body, headers={"Content-Type": "application/json"}).json()["error"]
    assert "cannot be read" in error["cause"] and "UTF-8" in error["remedy"]


@pytest.mark.parametrize("path", [".", "docs", "../x", "./a.md"])
def test_a_relative_path_is_not_taken_for_the_folder_of_the_server(tmp_path: Path, path: str) -> None:
    with running(fake_services(tmp_path)) as url:
        reply = httpx.post(f"{url}/v1/ingest", json={"pack": "power", "paths": [str(tmp_path), path]})
        assert httpx.get(f"{url}/v1/jobs").json() == {"jobs": []}
    assert reply.status_code == 422 and "whole path" in reply.json()["error"]["remedy"]


def test_a_pack_at_a_place_that_is_no_text_is_refused(http: httpx.Client) -> None:
    reply = http.post("/v1/packs/publish", json={"path": "/data/\0"})
    assert reply.status_code == 422 and "NUL" in reply.json()["error"]["cause"]


@pytest.mark.parametrize("group", ["ops,board", "ops; board", "ops|board"])
def test_several_groups_in_one_are_refused(tmp_path: Path, group: str) -> None:
    # Taken for the name of one group, nobody would be in it: the document would be hidden from everyone.
    with running(fake_services(tmp_path)) as url:
        form = {"pack": "power", "access": group}
        sent = httpx.post(f"{url}/v1/documents", data=form, files={"files": ("a.md", b"x")})
        named = httpx.post(f"{url}/v1/ingest", json={"pack": "power", "paths": ["/a"], "access": [group]})
    for reply in (sent, named):
        assert reply.status_code == 422 and "each group by itself" in reply.json()["error"]["cause"]


@pytest.mark.parametrize(
    "more", [{"question": "P-101A\0?"}, {"turns": ["a\0"]}, {"conversation_id": "c\0"}, {"filters": {"site": ["\0"]}}]
)
def test_a_nul_is_no_text(tmp_path: Path, more: dict[str, object]) -> None:
    # PostgreSQL takes none: the record of the answer would wait for ever, and those after it.
    with running(fake_services(tmp_path)) as url:
        reply = httpx.post(f"{url}/v1/ask", json={"pack": "power", "question": "P-101A?", **more})
    assert reply.status_code == 422 and "NUL" in reply.json()["error"]["cause"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_a_body_of_another_type_is_told_which_to_send(http: httpx.Client, kind: str) -> None:
    body = f'{{"pack": "power", "question": "{QUESTION}"}}'
    reply = http.post("/v1/ask", content=body, headers={"Content-Type": kind})
    assert reply.status_code == 422
    assert "Content-Type: application/json" in reply.json()["error"]["cause"]


@pytest.mark.parametrize("path", ["/health", "/ready", "/v1/packs", "/v1/packs/power/gaps", "/metrics"])
def test_head_is_answered_as_get_without_the_body(http: httpx.Client, path: str) -> None:
    seen, asked = http.get(path), http.head(path)
    assert (asked.status_code, asked.content) == (seen.status_code, b"") and asked.headers["content-length"]
    assert http.head("/v1/nothing").status_code == 404


def test_a_wrong_method_is_told_which_there_are(http: httpx.Client) -> None:
    reply = http.put("/health")
    assert reply.status_code == 405 and reply.headers["allow"] == "GET"
    http.request("BREW", "/health")
    assert "BREW" not in http.get("/metrics").text


def test_what_is_said_back_is_cut(http: httpx.Client) -> None:
    reply = http.post("/v1/search", json={"pack": "x" * 300_000, "question": QUESTION})
    assert reply.status_code == 404 and len(reply.text) < 6_000
    assert reply.json()["error"]["cause"].startswith("There is no pack named 'xx")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"turns": "x"}, "turns: Input should be a list."),
        ({"filters": []}, "filters: Input should be an object."),
        ({"qestion": "x"}, "there is no field 'qestion'."),
    ],
)
def test_a_fault_is_told_in_words_of_json(http: httpx.Client, body: dict[str, object], said: str) -> None:
    reply = http.post("/v1/search", json={"pack": "power", "question": QUESTION, **body})
    assert reply.json()["error"]["cause"] == f"The request is not valid: {said}"


def test_there_is_nothing_to_go_back_to_in_a_pack_that_is_none(http: httpx.Client) -> None:
    reply = http.post("/v1/packs/pawer/rollback", json={})
    assert reply.status_code == 404 and "pawer" in reply.json()["error"]["cause"]


@pytest.mark.parametrize("path", [".", "..", "domains/power"])
def test_a_pack_to_publish_is_not_looked_for_in_the_folder_of_the_server(http: httpx.Client, path: str) -> None:
    reply = http.post("/v1/packs/publish", json={"path": path})
    assert reply.status_code == 422 and "relative" in reply.json()["error"]["cause"]


@pytest.mark.parametrize("name", ["shift/2026-12-01", "급수", "a b?", "x" * 128])
def test_a_conversation_is_read_back_under_whatever_name_it_was_kept(http: httpx.Client, name: str) -> None:
    http.post("/v1/ask", json={"pack": "power", "question": QUESTION, "conversation_id": name}).raise_for_status()
    assert http.get(f"/v1/conversations/{quote(name, safe='')}").json()["turns"][0]["question"] == QUESTION


@pytest.mark.parametrize("name", [".", ".."])
def test_a_conversation_that_no_address_leads_to_is_refused(http: httpx.Client, name: str) -> None:
    reply = http.post("/v1/ask", json={"pack": "power", "question": QUESTION, "conversation_id": name})
    assert reply.status_code == 422 and "could not be read back" in reply.json()["error"]["cause"]


def test_a_record_that_rests_on_a_closed_document_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    services = fake_services(tmp_path, library=MemoryLibrary([sample_document()]))
    with running(services) as url, httpx.Client(base_url=url) as client:
        record = client.post("/v1/ask", json={"pack": "power", "question": QUESTION}).json()["record_id"]
        assert client.get(f"/v1/records/{record}").status_code == 200
        services.library = Lazy.of(MemoryLibrary([sample_document(access=("board",))]))
        for method, path in (("GET", ""), ("POST", "/gap"), ("POST", "/replay")):
            reply = client.request(method, f"/v1/records/{record}{path}", json={} if path == "/gap" else None)
            unknown = client.request(method, f"/v1/records/nothing{path}", json={} if path == "/gap" else None)
            assert reply.status_code == unknown.status_code == 404
            assert reply.text.replace(record, "nothing") == unknown.text


def test_a_document_is_found_by_its_number_as_a_mac_writes_it(tmp_path: Path) -> None:
    name = "급수 펌프"
    registry = Registry(f"sqlite:///{tmp_path}/w.db")
    commit(registry, make_entry(name))
    library = RegistryLibrary(registry, BlobStore(tmp_path), lambda: MemoryStore([]))
    apart = unicodedata.normalize("NFD", name)
    assert apart != name and library.get("power", apart).id == name
    assert library.withdraw("power", apart)[0].status is DocumentStatus.WITHDRAWN
    assert library.restore("power", apart)[0].id == name
