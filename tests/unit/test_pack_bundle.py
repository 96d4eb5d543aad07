"""A pack as one file: what goes in comes out, and what was tampered with or would do harm does not."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from walkdown.errors import PackError, UsageError
from walkdown.packs import bundle as bundles
from walkdown.packs.bundle import Bundle, content_sha256, pack_files, unpack_bundle, write_bundle
from walkdown.packs.new import new_pack
from walkdown.packs.validation import validate_pack
from walkdown_server.cli.main import run


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    new_pack("plant", tmp_path)
    return tmp_path / "plant"


@pytest.fixture
def bundle(pack: Path, tmp_path: Path) -> Bundle:
    return write_bundle(pack, tmp_path / "plant.walkdownpack")


def test_what_goes_in_comes_out_and_the_same_bytes_come_again(pack: Path, bundle: Bundle, tmp_path: Path) -> None:
    (pack / ".secret").write_text("x", encoding="utf-8")
    (pack / "~$glossary.csv").write_text("x", encoding="utf-8")
    again = write_bundle(pack, tmp_path / "again.walkdownpack")
    assert again.path.read_bytes() == bundle.path.read_bytes()
    folder = unpack_bundle(bundle.path, tmp_path / "home", sha256=bundle.sha256.upper())
    assert validate_pack(folder) == []
    names = [path.relative_to(folder).as_posix() for path in pack_files(folder)]
    assert names == [path.relative_to(pack).as_posix() for path in pack_files(pack)]
    assert all((folder / name).read_bytes() == (pack / name).read_bytes() for name in names)
    assert content_sha256(folder) == bundle.sha256


Entries = dict[str, bytes]


def rewrite(bundle: Bundle, change: Callable[[Entries, dict[str, Any]], None]) -> Path:
    """The bundle with other entries or another manifest; the manifest's own hash is made to fit."""
    with zipfile.ZipFile(bundle.path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(entries.pop("manifest.json"))
    change(entries, manifest)
    files = tuple(bundles.BundledFile.model_construct(**file) for file in manifest["files"])
    manifest["sha256"] = bundles._digest(files)
    with zipfile.ZipFile(bundle.path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        for name, data in entries.items():
            archive.writestr(name, data)
    return bundle.path


def renamed(path: str) -> Callable[[Entries, dict[str, Any]], None]:
    def change(entries: Entries, manifest: dict[str, Any]) -> None:
        entries[path] = entries.pop("gate.yaml")
        next(file for file in manifest["files"] if file["path"] == "gate.yaml")["path"] = path

    return change


def changed(entries: Entries, _: dict[str, Any]) -> None:
    entries["glossary.csv"] = entries["glossary.csv"].replace(b"pump", b"bomb").replace(b"flow", b"flaw")


def longer(entries: Entries, _: dict[str, Any]) -> None:
    entries["glossary.csv"] += b"\n"


def shorter(entries: Entries, _: dict[str, Any]) -> None:
    entries["glossary.csv"] = entries["glossary.csv"][:-1]


def added(entries: Entries, _: dict[str, Any]) -> None:
    entries["more.txt"] = b"x"


def removed(entries: Entries, _: dict[str, Any]) -> None:
    del entries["gate.yaml"]


def bomb(entries: Entries, _: dict[str, Any]) -> None:
    entries["glossary.csv"] = b"0" * 50_000_000


def huge(_: Entries, manifest: dict[str, Any]) -> None:
    manifest["files"][0]["size"] = bundles.MAX_FILE_BYTES + 1


def other_version(_: Entries, manifest: dict[str, Any]) -> None:
    manifest["version"] = "9.0.0"


def other_format(_: Entries, manifest: dict[str, Any]) -> None:
    manifest["format"] = "walkdownpack/2"


PATHS = [
    "../gate.yaml",
    "/etc/gate.yaml",
    "a/../../gate.yaml",
    "a\\..\\gate.yaml",
    "C:gate.yaml",
    ".bashrc",
    "a//b",
    "x/.ssh/y",
]


@pytest.mark.parametrize(
    "change",
    [*map(renamed, PATHS), renamed("GLOSSARY.csv"), changed, longer, shorter, added, removed, bomb, huge, other_version,
     other_format],
)  # fmt: skip
def test_a_bundle_that_was_tampered_with_is_refused_and_leaves_nothing(
    bundle: Bundle, tmp_path: Path, change: Callable[[Entries, dict[str, Any]], None]
) -> None:
    path = rewrite(bundle, change)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(PackError, match="is not a sound bundle") as caught:
        unpack_bundle(path, tmp_path / "home")
    assert caught.value.remedy
    assert sorted(p for p in tmp_path.rglob("*") if p != tmp_path / "home") == before


def test_a_link_in_the_archive_becomes_no_link(bundle: Bundle, tmp_path: Path) -> None:
    with zipfile.ZipFile(bundle.path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(bundle.path, "w") as archive:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o120777 << 16
            archive.writestr(info, data)
    folder = unpack_bundle(bundle.path, tmp_path / "home")
    assert not any(path.is_symlink() for path in folder.rglob("*"))


def test_a_link_in_a_pack_is_not_packed(pack: Path, tmp_path: Path) -> None:
    (pack / "corpus" / "passwd.txt").symlink_to("/etc/passwd")
    with pytest.raises(PackError, match="is a link"):
        write_bundle(pack, tmp_path / "x.walkdownpack")
    assert not list(tmp_path.glob("*x.walkdownpack*"))


def test_the_content_must_be_the_one_that_is_asked_for(bundle: Bundle, tmp_path: Path) -> None:
    with pytest.raises(PackError, match="its content is"):
        unpack_bundle(bundle.path, tmp_path / "home", sha256="0" * 64)
    with pytest.raises(UsageError, match="no file"):
        unpack_bundle(tmp_path / "nowhere.walkdownpack", tmp_path / "home")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=st.floats(0, 1), data=st.binary(min_size=1, max_size=8))
def test_flipped_bytes_are_refused_or_change_nothing(bundle: Bundle, tmp_path: Path, place: float, data: bytes) -> None:
    whole = bundle.path.read_bytes()
    at = int(place * (len(whole) - len(data)))
    broken = tmp_path / "broken.walkdownpack"
    broken.write_bytes(whole[:at] + data + whole[at + len(data) :])
    try:
        folder = unpack_bundle(broken, tmp_path / "home")
    except PackError:
        return
    assert content_sha256(folder) == bundle.sha256


def test_no_archive_at_all_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.walkdownpack"
    for data in (b"", b"PK\x03\x04", b"name: plant\n", io.BytesIO().getvalue()):
        path.write_bytes(data)
        with pytest.raises(PackError, match="damaged or of another kind"):
            unpack_bundle(path, tmp_path / "home")


def test_on_the_command_line(pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "p.walkdownpack"
    assert run(["pack", "bundle", str(pack), "-o", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sha256"] == content_sha256(pack)
    (pack / "glossary.csv").write_text("ko\n", encoding="utf-8")
    out.unlink()
    assert run(["pack", "bundle", str(pack), "-o", str(out)]) == 1
    assert "glossary.csv:1" in capsys.readouterr().err
    assert not out.exists()
