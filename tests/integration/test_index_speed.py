"""The benchmark of the index measures a real index, and its graph finds what the exact scan finds."""

from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from walkdown_eval.bench import index_speed

pytestmark = pytest.mark.integration


def test_the_benchmark_runs(tmp_path: Path) -> None:
    row: dict[str, Any] = {
        "points": 600,
        "load": 0.0,
        "write": index_speed.write(tmp_path, 600),
        "search": index_speed.search(tmp_path, 600),
        "optimise": index_speed.optimise(tmp_path, 600),
    }
    assert row["optimise"]["same_hits"] == 1.0, "so few points are scanned whole even with a graph"
    assert [path.name for path in tmp_path.glob("shard-*")] == ["shard-2"]
    for step, name in (
        ("write", "write_processor_s"),
        ("write", "disk_mb"),
        ("search", "p50"),
        ("search", "p95_of_8"),
        ("search", "processor"),
        ("search", "rss_mb"),
    ):
        assert row[step][name] > 0
    console = Console(record=True, width=100)
    index_speed.show([row], console)
    assert "600 points" in console.export_text()


def test_synthetic_vectors_have_near_neighbours() -> None:
    rows = index_speed.Synthetic(1).dense(2000)["small"]
    nearest = (rows @ rows.T - 2 * (rows @ rows.T > 0.9999)).max(axis=1)
    assert nearest.mean() > 0.6, "independent vectors of 384 dimensions would stay below 0.25"
