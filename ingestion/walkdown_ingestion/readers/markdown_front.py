"""What the parser of Markdown does not tell: front matter under other names, cells beyond those of a header."""

import re
from collections.abc import Mapping

from walkdown_ingestion.label_dates import find_date
from walkdown_ingestion.label_revisions import find_revision, find_supersedes
from walkdown_ingestion.labels import find_number

_BAR = re.compile(r"(?<!\\)\|")
_GIVEN = {"number": ("id", "number"), "effective_date": ("effective_date", "effective")}


def fields_of(front: Mapping[str, str]) -> dict[str, str]:
    """Number, revision, effective date and the revision it replaces, as far as they are given under other names."""
    text = "\n".join(f"{key}: {value}" for key, value in front.items() if value)
    found = {
        "number": find_number(text),
        "revision": find_revision(text),
        "effective_date": str(find_date(text) or ""),
        "supersedes": find_supersedes(text),
    }
    given = {key for key in found if any(front.get(name) for name in _GIVEN.get(key, (key,)))}
    return {key: value for key, value in found.items() if value and key not in given}


def cells_beyond(line: str, width: int) -> list[str]:
    """The cells of a row of a table beyond the first `width`."""
    cells = [cell.strip().replace("\\|", "|") for cell in _BAR.split(line.strip().removeprefix("|"))]
    cells = cells[:-1] if cells and not cells[-1] else cells
    return cells[width:]
