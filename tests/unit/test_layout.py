"""Guards for the layout traps of a repository with several source roots."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE_ROOTS = ["platform", "ingestion", "ui", "eval"]


def test_platform_is_not_a_package() -> None:
    for root in SOURCE_ROOTS:
        assert not (ROOT / root / "__init__.py").exists(), f"{root}/__init__.py would hide a stdlib module"
    done = subprocess.run([sys.executable, "-c", "import uuid, platform; platform.system()"], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_tests_hold_no_packages_and_unique_names() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))
    names = [p.name for p in (ROOT / "tests").rglob("test_*.py")]
    assert len(names) == len(set(names))


def test_no_loose_module_in_a_source_root() -> None:
    loose = {str(p.relative_to(ROOT)) for root in SOURCE_ROOTS for p in (ROOT / root).glob("*.py")}
    assert loose <= {"ui/app.py"}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(p.relative_to(ROOT))
        for root in SOURCE_ROOTS
        for p in (ROOT / root).rglob("*.py")
        if not ast.get_docstring(ast.parse(p.read_text("utf-8")))
    ]
    assert not silent


def test_domains_hold_data_only() -> None:
    assert not list((ROOT / "domains").rglob("*.py"))
