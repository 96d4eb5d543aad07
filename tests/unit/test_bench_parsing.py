"""The benchmark of parsing: its scores, and a run over files made on the spot."""

import json
from pathlib import Path

import pytest

from walkdown_eval.bench.parsing import main
from walkdown_eval.bench.parsing_scores import cell_f1, markdown_tables, order, recall, tokens, uncounted

TABLE = "| Tag | Limit |\n|---|---|\n| PAH-1 | 1.8 barg |\n| PAH-2 | 0.9 barg |\n"


def test_scores_of_what_is_found_and_of_what_is_lost() -> None:
    truth = tokens("Open valve V-12 slowly and wait ten minutes before the pump starts.")
    assert recall(truth, truth) == order(truth, truth) == 1.0
    assert recall(truth, truth[: len(truth) // 2]) == pytest.approx(0.46, abs=0.1)
    turned = order(truth, truth[::-1])
    assert turned is not None
    assert turned < 0.3


def test_numbers_of_captions_count_only_where_the_truth_has_them() -> None:
    assert uncounted("표  한계 12 bar", "표 3 한계 12 bar") == "표 한계 12 bar"
    assert uncounted("표 3 한계", "표 4 한계") == "표 4 한계"


def test_a_cell_torn_from_its_row_does_not_count() -> None:
    truth = markdown_tables(TABLE)
    assert cell_f1(truth, truth) == 1.0
    assert cell_f1(truth, [[[cell] for row in truth[0] for cell in row]]) == 0.0
    assert cell_f1([], truth) is None


def test_a_run_counts_failures_and_what_is_silently_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "good.csv").write_text("Tag,Limit\nPAH-1,1.8 barg\nPAH-2,0.9 barg\n")
    (folder / "good.md").write_text(TABLE)
    (folder / "other.csv").write_text("a,b\nc,d\n")
    (folder / "bad.xlsx").write_text("no workbook")
    entries = [
        {"id": "1", "file": "good.csv", "gt_markdown": "good.md"},
        {"id": "2", "file": "other.csv", "gt_markdown": "good.md"},
        {"id": "3", "file": "bad.xlsx"},
    ]
    (folder / "files.jsonl").write_text("\n".join(map(json.dumps, entries)))
    assert main(["--data", str(tmp_path), "--no-ocr"]) == 0
    out = capsys.readouterr().out
    assert "| csv | walkdown | 2 | 0 | 1 | 2 |" in out
    assert "| xlsx | walkdown | 1 | 1 | 0 | 0 |" in out
    assert "- bad.xlsx: bad.xlsx is not a XLSX file" in out


def test_without_the_files_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path / "absent")]) == 2
    assert "not part of this repository" in capsys.readouterr().err
