"""A wheel carries the packs, and an installation from it finds them."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = """
import json
import walkdown
from pathlib import Path
from walkdown.packs.loader import find_packs, get_pack
from walkdown.packs.new import new_pack
from walkdown.settings import Settings
settings = Settings(packs=None)
found = find_packs(settings)
files = {name: len(list(get_pack(name, settings).corpus_dir.iterdir())) for name in found}
print(json.dumps([walkdown.__file__, files, len(new_pack("skeleton", Path(".")))]))
"""


def test_packs_are_found_in_an_unpacked_wheel(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(tmp_path)]
    done = subprocess.run([*command, str(ROOT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("WALKDOWN_")}
    environment["PYTHONPATH"] = str(tmp_path / "site")
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    place, files, skeleton = json.loads(run.stdout)
    assert Path(place).is_relative_to(tmp_path)
    expected = {path.parent.name for path in (ROOT / "domains").glob("*/pack.yaml")}
    assert files.keys() == expected
    assert all(files.values())
    assert skeleton >= 10
