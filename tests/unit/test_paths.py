"""Paths that a person gives: too long, or in a folder that may not be looked into."""

from pathlib import Path

import pytest

from walkdown_ingestion.discovery import discover


def test_a_name_longer_than_there_can_be_is_missing(tmp_path: Path) -> None:
    wrong = [tmp_path / ("a" * 300), tmp_path / "no\0ne", tmp_path / "absent"]
    assert discover(wrong).missing == tuple(map(str, wrong))


def test_what_may_not_be_looked_at_is_left_to_its_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, plain = tmp_path / "closed" / "a.md", Path.stat

    def stat(path: Path, **options: bool) -> object:
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return plain(path, **options)

    monkeypatch.setattr(Path, "stat", stat)
    found = discover([closed])
    assert [file.path for file in found.files] == [closed] and found.missing == ()
