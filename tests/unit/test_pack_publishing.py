"""Publishing a pack: built beside the one in service, measured, switched in one step or not at all."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from walkdown.documents import DocumentStatus
from walkdown.errors import PackError, UnknownItemError, UsageError
from walkdown.index.edge import EdgeStore
from walkdown.packs.new import new_pack
from walkdown.packs.validation import validate_pack
from walkdown.records.releases import Releases
from walkdown.settings import Settings
from walkdown.testing.memory import HashEmbedder
from walkdown.testing.pack_sample import edit
from walkdown.wire import IngestQuery
from walkdown.wire_releases import PublishQuery, PublishSummary
from walkdown_ingestion.prepare import Job, Outcome, Recipe, prepare
from walkdown_server import composition, rollback
from walkdown_server.access import LOCAL
from walkdown_server.cli.main import run
from walkdown_server.publishing import PackPublisher
from walkdown_server.services import Services
from walkdown_server.testing import running

Make = Callable[[], Services]


class Here:
    """Parses in this process: starting another one for each of these small files would take most of the time."""

    def __init__(self, recipe: Recipe, **_: object) -> None:
        self._recipe = recipe

    def run(self, job: Job) -> Outcome:
        return prepare(job, self._recipe)

    def kill(self) -> None:
        return

    def __enter__(self) -> "Here":
        return self

    def __exit__(self, *_: object) -> None:
        return


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Makes the services of an installation anew, as a restart does: real index and registry, encoders by hashing."""
    monkeypatch.setattr(composition, "load_embedder", lambda name, _: HashEmbedder(name))
    monkeypatch.setattr("walkdown_ingestion.engines.local.ParsingProcess", Here)
    settings = Settings(home=tmp_path / "var", packs=tmp_path / "installed", llm="none", embedders=("e5-small",))
    (tmp_path / "installed").mkdir()
    made: list[Services] = []

    def stop() -> None:
        for services in made:
            asyncio.run(services.close())
        made.clear()

    def start() -> Services:
        stop()
        made.append(composition.build_services(settings))
        return made[0]

    yield start
    stop()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    new_pack("plant", tmp_path)
    return tmp_path / "plant"


def publish(services: Services, path: Path, **options: object) -> PublishSummary:
    query = PublishQuery.model_validate({"path": str(path), **options})
    return PackPublisher(services).publish(query, lambda *_: None)


def flow(services: Services) -> str:
    """What the version in service says of the minimum flow."""
    pack = services.packs.get("plant")
    hits = services.searcher.get().search("minimum flow of P-101A", pack, LOCAL, k=3).hits
    text = "\n".join(hit.chunk.text for hit in hits)
    return next((value for value in ("40 m3/h", "48 m3/h") if value in text), "")


def raise_version(pack: Path, version: str, value: str = "48 m3/h", old: str = "40 m3/h") -> None:
    text = (pack / "pack.yaml").read_text(encoding="utf-8")
    head, rest = text.split("version: ", 1)
    (pack / "pack.yaml").write_text(f"{head}version: {version} {rest.partition(' ')[2]}", encoding="utf-8")
    for name in ("corpus/my-op-001-feed-pump.md", "eval/dev.jsonl"):
        path = pack / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, value), encoding="utf-8")


def test_versions_are_switched_and_rolled_back(make: Make, pack: Path) -> None:
    services = make()
    first = publish(services, pack)
    assert (first.published, first.version, first.before, first.documents) == (True, "0.1.0", "", 1)
    assert services.packs.get("plant").name == "plant@0.1.0"
    assert services.packs.names() == ["plant"]
    assert flow(services) == "40 m3/h"
    raise_version(pack, "0.2.0")
    second = publish(services, pack)
    assert (second.published, second.before) == (True, "0.1.0")
    assert {f.figure: f.before is not None for f in second.figures}["R@5"]
    assert flow(services) == "48 m3/h"
    # What was published is a copy: editing the folder changes nothing.
    edit(pack / "corpus" / "my-op-001-feed-pump.md", "48 m3/h", "99 m3/h")
    services = make()
    assert flow(services) == "48 m3/h"
    gone_back = rollback.rollback(services, "plant")
    assert (gone_back.version, gone_back.before, gone_back.missing) == ("0.1.0", "0.2.0", ())
    assert flow(services) == "40 m3/h"
    assert [(v.version, v.in_service) for v in rollback.versions(services, "plant")] == [
        ("", False),
        ("0.1.0", True),
        ("0.2.0", False),
    ]
    rollback.rollback(services, "plant", "0.2.0")
    assert flow(services) == "48 m3/h"


def everything(services: Services, version: str) -> tuple[int, int, bool]:
    """Passages, entries and files of a version."""
    name = f"plant@{version}"
    folder = services.settings.home / "packs" / "plant" / version
    return services.store.get().count(name), len(services.registry.get().documents(name)), folder.exists()


def test_a_gate_that_does_not_hold_leaves_everything_as_it_was(make: Make, pack: Path) -> None:
    services = make()
    publish(services, pack)
    raise_version(pack, "0.2.0")
    (pack / "gate.yaml").write_text("least: {R@5: 0.5, number_match: 0.5}\n", encoding="utf-8")
    summary = publish(services, pack)
    assert not summary.published
    wrong = {figure.figure: figure.reason for figure in summary.figures if figure.reason}
    assert set(wrong) == {"number_match"}
    assert "was not measured" in wrong["number_match"]
    assert flow(services) == "40 m3/h"
    assert everything(services, "0.2.0") == (0, 0, False)
    # The same version may be tried again, with other content.
    (pack / "gate.yaml").unlink()
    assert publish(services, pack).published
    assert flow(services) == "48 m3/h"


def test_a_version_that_finds_less_than_the_one_in_service_is_refused(make: Make, pack: Path) -> None:
    services = make()
    publish(services, pack)
    raise_version(pack, "0.2.0")
    # Every question of the test part asks for what another document says, which the passages of these bury.
    for number in range(40):
        text = f"---\nid: MY-OP-{number + 100}\ntitle: Hang your own lock and tag\nlanguage: en\n---\n\n"
        text += f"# LOTO P-101A {number}\n\nSuction pressure trip LOTO P-101A "
        text += "펌프 정비 전에 흡입 압력이 얼마에서 트립되나.\n"
        (pack / "corpus" / f"noise-{number}.md").write_text(text, encoding="utf-8")
    summary = publish(services, pack)
    assert not summary.published
    assert any("below the" in figure.reason and "in service" in figure.reason for figure in summary.figures)
    assert flow(services) == "40 m3/h"
    assert everything(services, "0.2.0") == (0, 0, False)


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it, nothing is cleared away."""


STEPS = ((EdgeStore, ("upsert", "search", "count", "editions")), (Releases, ("begin", "put_in_service")))


def die_at(step: int, patch: pytest.MonkeyPatch) -> None:
    """Let the process "die" at the n-th of the calls that write or read the index, or name what is in service."""
    calls = iter(range(1, 1000))

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            if next(calls) == step:
                raise Killed
            return real(*args, **options)

        return call

    patch.setattr(PackPublisher, "_discard", lambda *_: None)
    for owner, names in STEPS:
        for name in names:
            patch.setattr(owner, name, dying(getattr(owner, name)))


@pytest.mark.parametrize("step", [1, 2, 3, 5, 7, 8, 9])
def test_a_publication_that_dies_anywhere_changes_nothing_and_can_be_repeated(
    make: Make, pack: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = make()
    publish(services, pack)
    raise_version(pack, "0.2.0")
    with monkeypatch.context() as patch:
        die_at(step, patch)
        with pytest.raises(Killed):
            publish(services, pack)
    services = make()
    assert flow(services) == "40 m3/h"
    assert services.packs.get("plant").name == "plant@0.1.0"
    assert publish(services, pack).published
    assert flow(services) == "48 m3/h"
    assert [path.name for path in (services.settings.home / "packs").glob(".*") if path.is_dir()] == []


def test_what_the_site_added_is_taken_along(make: Make, pack: Path, tmp_path: Path) -> None:
    services = make()
    publish(services, pack)
    added = tmp_path / "added"
    added.mkdir()
    for name in ("stays", "vanishes", "withdrawn"):
        (added / f"{name}.md").write_text(f"# {name}\n\nThe sump {name} holds 7 m3.\n", encoding="utf-8")
    query = IngestQuery(pack="plant", paths=(str(added),), access=("board",), site="east")
    services.ingest(query, lambda *_: None)
    services.library.get().withdraw("plant@0.1.0", "withdrawn", "wrong")
    (added / "vanishes.md").unlink()
    raise_version(pack, "0.2.0")
    summary = publish(services, pack)
    assert (summary.published, summary.carried) == (True, 2)
    found = {record.id: record for record in services.registry.get().documents("plant@0.2.0")}
    assert found["stays"].access == found["vanishes"].access == ("board",)
    assert (found["stays"].site, found["vanishes"].site) == ("east", "east")
    assert found["stays"].status is found["vanishes"].status is DocumentStatus.IN_FORCE
    assert "withdrawn" not in found
    # Taken in after the switch: a rollback says that the earlier version does not have it.
    (added / "late.md").write_text("# late\n\nThe late sump holds 8 m3.\n", encoding="utf-8")
    services.ingest(IngestQuery(pack="plant", paths=(str(added / "late.md"),)), lambda *_: None)
    assert rollback.rollback(services, "plant").missing == ("late",)


def test_a_withdrawn_document_of_the_pack_stays_withdrawn_until_its_content_changes(make: Make, pack: Path) -> None:
    services = make()
    publish(services, pack)
    services.library.get().withdraw("plant@0.1.0", "MY-OP-001", "wrong limit")
    raise_version(pack, "0.1.1", "40 m3/h")
    publish(services, pack, answers=False)
    record = services.registry.get().get("plant@0.1.1", "MY-OP-001")
    assert (record.status, record.reason) == (DocumentStatus.WITHDRAWN, "wrong limit")
    raise_version(pack, "0.2.0")
    publish(services, pack)
    assert services.registry.get().get("plant@0.2.0", "MY-OP-001").status is DocumentStatus.IN_FORCE


def test_documents_that_cannot_be_had_any_more_stop_a_publication(make: Make, pack: Path, tmp_path: Path) -> None:
    services = make()
    publish(services, pack)
    records = tmp_path / "records.jsonl"
    records.write_text('{"id": "r1", "title": "t", "text": "The sump holds 7 m3."}\n', encoding="utf-8")
    services.ingest(IngestQuery(pack="plant", paths=(str(records),)), lambda *_: None)
    records.unlink()
    raise_version(pack, "0.2.0")
    with pytest.raises(PackError, match="1 documents that the site added cannot be taken along") as caught:
        publish(services, pack)
    assert "withdraw" in caught.value.remedy
    assert flow(services) == "40 m3/h"
    assert everything(services, "0.2.0") == (0, 0, False)


def test_an_installed_pack_is_replaced_and_can_be_gone_back_to(make: Make, pack: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed" / "plant"
    installed.parent.mkdir(exist_ok=True)
    pack.rename(installed)
    services = make()
    services.ingest(IngestQuery(pack="plant", paths=(str(installed / "corpus"),)), lambda *_: None)
    assert services.packs.get("plant").name == "plant"
    new_pack("plant", tmp_path)
    raise_version(tmp_path / "plant", "0.2.0")
    assert publish(services, tmp_path / "plant").carried == 0
    assert flow(services) == "48 m3/h"
    assert rollback.rollback(services, "plant").version == ""
    assert flow(services) == "40 m3/h"
    with pytest.raises(UsageError, match="No published version"):
        rollback.rollback(services, "plant")


def test_what_cannot_be_published_is_named_and_nothing_is_kept(make: Make, pack: Path, tmp_path: Path) -> None:
    services = make()
    edit(pack / "glossary.csv", "최소 유량,minimum flow", "최소 유량,")
    with pytest.raises(PackError, match=r"glossary\.csv:2"):
        publish(services, pack)
    assert services.releases.get().all("plant") == []
    edit(pack / "glossary.csv", "최소 유량,", "최소 유량,minimum flow")
    (pack / "corpus" / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(PackError, match=r"broken\.pdf of the pack cannot be read"):
        publish(services, pack)
    assert everything(services, "0.1.0") == (0, 0, False)
    (pack / "corpus" / "broken.pdf").unlink()
    publish(services, pack)
    with pytest.raises(UsageError, match="published already"):
        publish(services, pack)
    raise_version(pack, "0.0.9")
    with pytest.raises(UsageError, match=r"not later than 0\.1\.0"):
        publish(services, pack)
    with pytest.raises(UsageError, match="no folder"):
        publish(services, tmp_path / "nowhere")
    with pytest.raises(UnknownItemError, match=r"no version '3\.0\.0'"):
        rollback.rollback(services, "plant", "3.0.0")
    with pytest.raises(UsageError, match="no version of plant before"):
        rollback.rollback(services, "plant")


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("eval/dev.jsonl", "MY-OP-001", "MY-OP-009", r"eval/dev\.jsonl:1: dev-01"),
        (
            "safety.yaml",
            "[MY-OP-001]\n    warning: {ko: 절차서를",
            "[MY-OP-009]\n    warning: {ko: 절차서를",
            r"safety\.yaml:6: the topic loto",
        ),
    ],
)
def test_documents_named_but_not_there_stop_a_publication(
    make: Make, pack: Path, name: str, old: str, new: str, place: str
) -> None:
    services = make()
    # Validation cannot know what a file says of itself that is read only when it is taken in.
    (pack / "corpus" / "readings.csv").write_text("Tag,Flow\nP-101A,44\n", encoding="utf-8")
    edit(pack / name, old, new)
    assert validate_pack(pack) == []
    with pytest.raises(
        PackError, match=place + r": the document 'MY-OP-009' is not among those of the pack\."
    ) as caught:
        publish(services, pack)
    assert "Add it to corpus" in caught.value.remedy
    assert everything(services, "0.1.0") == (0, 0, False)
    edit(pack / name, new, old)
    assert publish(services, pack).published


def test_only_the_last_versions_are_kept(make: Make, pack: Path) -> None:
    services = make()
    publish(services, pack)
    for minor in range(2, 6):
        raise_version(pack, f"0.{minor}.0", f"{40 + minor} m3/h", f"{39 + minor} m3/h" if minor > 2 else "40 m3/h")
        publish(services, pack)
    assert [release.version for release in services.releases.get().all("plant")] == ["0.3.0", "0.4.0", "0.5.0"]
    assert everything(services, "0.2.0") == (0, 0, False)
    assert services.store.get().count("plant@0.3.0") > 0


def test_through_a_running_server(
    make: Make, pack: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    services = make()
    services.warm_up()
    with running(services) as url:
        monkeypatch.setenv("WALKDOWN_PORT", url.rpartition(":")[2])
        monkeypatch.chdir(tmp_path)
        monkeypatch.delenv("WALKDOWN_HOME", raising=False)
        assert run(["pack", "publish", str(pack)]) == 0
        assert "plant 0.1.0 is in service: 1 documents" in capsys.readouterr().out
        raise_version(pack, "0.2.0")
        (pack / "gate.yaml").write_text("least: {R@1: 1.0, number_match: 1.0}\n", encoding="utf-8")
        assert run(["pack", "publish", str(pack)]) == 1
        captured = capsys.readouterr()
        assert "was not measured" in captured.out
        assert "Version 0.1.0 still answers" in captured.err
        (pack / "gate.yaml").unlink()
        assert run(["pack", "publish", str(pack), "--json"]) == 0
        capsys.readouterr()
        assert run(["search", "plant", "minimum flow of P-101A"]) == 0
        assert "48 m3/h" in capsys.readouterr().out
        assert run(["pack", "rollback", "plant"]) == 0
        assert run(["search", "plant", "minimum flow of P-101A"]) == 0
        assert "40 m3/h" in capsys.readouterr().out
        assert run(["pack", "versions", "plant"]) == 0
        assert "0.2.0" in capsys.readouterr().out
        assert run(["documents", "plant"]) == 0
        assert "MY-OP-001" in capsys.readouterr().out
        assert run(["pack", "versions", "nothing"]) == 2
