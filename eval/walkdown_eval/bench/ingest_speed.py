"""How near an ingestion comes to its encoders: `python -m walkdown_eval.bench.ingest_speed power FOLDER`.

The whole of `walkdown ingest` (finding, parsing, cutting, enriching, encoding, writing, registering) is timed by its
own report, which leaves out the start of the process. Then the very passages it made are encoded once more alone,
sorted by length: the best the encoders can do. The share printed is encoders alone / documents to searchable.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from walkdown.index.edge import EdgeStore
from walkdown.index.moving import built_with
from walkdown.models.embedder import Embedder
from walkdown.models.encoders import load_embedder
from walkdown.settings import Settings
from walkdown.text.rows import names_once

_BATCH = 256


def ingested(pack: str, folder: Path, home: Path) -> dict[str, float]:
    """Run the command on an empty installation; its report."""
    command = [sys.executable, "-m", "walkdown_server", "ingest", pack, str(folder), "--json"]
    environment = os.environ | {"WALKDOWN_HOME": str(home), "WALKDOWN_PORT": "8797"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    try:
        report: dict[str, float] = json.loads(done.stdout)
    except ValueError:
        raise SystemExit(f"the ingestion failed: {done.stderr.strip()[-500:]}") from None
    return report


def encoded(texts: Sequence[str], embedders: Sequence[Embedder]) -> float:
    """Seconds that the encoders alone need for the texts, in order of length."""
    ordered = sorted(texts, key=len)
    for embedder in embedders:
        embedder.embed_passages(ordered[:8])
    began = time.perf_counter()
    for embedder in embedders:
        for start in range(0, len(ordered), _BATCH):
            embedder.embed_passages(ordered[start : start + _BATCH])
    return time.perf_counter() - began


def main(pack: str, folder: Path) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        report = ingested(pack, folder, home)
        settings = Settings(home=home)
        with EdgeStore(settings.index_dir, built_with(settings.index_dir)) as store:
            chunks = list(store.chunks(pack))
        embedders = [load_embedder(model, settings) for model in settings.embedders]
        alone = encoded([names_once(chunk.search_text) for chunk in chunks], embedders)
        total = report["seconds"]
        print(f"documents to searchable: {len(chunks)} passages in {total:.1f} s, {len(chunks) / total:.1f} /s")  # noqa: T201
        print(f"encoders alone:          {alone:.1f} s, {len(chunks) / alone:.1f} /s")  # noqa: T201
        print(f"share:                   {alone / total:.2f}")  # noqa: T201


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", help="name of an installed pack")
    parser.add_argument("folder", type=Path, help="documents to take in")
    arguments = parser.parse_args()
    main(arguments.pack, arguments.folder)
