"""What is wrong with a pack: one fault per place, with file, line and remedy."""

from pathlib import Path
from typing import NamedTuple

from walkdown.errors import PackError


class Fault(NamedTuple):
    """One thing that is wrong. `file` is relative to the pack's folder; `line` counts from 1; 0 is the whole file."""

    file: str
    line: int
    message: str
    remedy: str

    @property
    def place(self) -> str:
        """`pack.yaml:12`, or the file alone."""
        return f"{self.file}:{self.line}" if self.line else self.file


def error_of(faults: list[Fault], folder: Path) -> PackError:
    """The error of files that cannot be loaded: the first of `faults` (at least one), and how many more there are."""
    first, *others = faults
    more = f" ({len(others)} more: run `walkdown pack validate`.)" if others else ""
    return PackError(f"{folder / first.place}: {first.message}", f"{first.remedy}{more}")
