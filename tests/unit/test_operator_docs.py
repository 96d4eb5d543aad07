"""The operator's page names every setting with its default, and no other."""

import json
import re
from pathlib import Path

from walkdown.settings import Settings

PAGE = (Path(__file__).parents[2] / "docs" / "operator.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| `WALKDOWN_(\w+)` \| ([^|]+) \|", PAGE, re.MULTILINE))


def test_every_setting_is_documented_and_no_other() -> None:
    assert {name.lower() for name in ROWS} == set(Settings.model_fields)


def test_defaults_are_the_real_ones() -> None:
    for name, cell in ROWS.items():
        default = Settings.model_fields[name.lower()].default
        if cell.startswith("`"):
            shown = cell.strip("`")
            real = json.dumps(default) if isinstance(default, tuple) else str(default)
            assert shown == (real.lower() if isinstance(default, bool) else real), name
        else:
            assert not default or "Undefined" in repr(default), name
