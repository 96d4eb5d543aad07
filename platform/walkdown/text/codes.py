"""Codes that look like those of equipment, whatever the pack's grammar says: `CTF-3`, autoclave `AC-02`, bay `D-4`."""

import re

from walkdown.text.labels import find_labels

EQUIPMENT_LIKE = re.compile(r"(?<![A-Za-z0-9-])((?:[A-Z]{2,5}-){1,3}|[A-Z]-)(\d{1,5}[A-Z]?)(?![A-Za-z0-9]|[-/]\w)")
"""Capitals and a number, as plants name things."""

PRODUCT = r"(?<![가-힣])[가-힣]{2,}-\d{1,3}(?!\d)"
"""A product or thing by its number: `하이포-12` is another one than `하이포-5`, whatever word they share."""


def spelled(code: re.Match[str]) -> re.Pattern[str]:
    """A code with or without its hyphens: `SIL-2` is `SIL 2` and `SIL2`, never `SIL 21`."""
    parts = [*code[1].strip("-").split("-"), code[2]]
    return re.compile(r"(?<![A-Za-z0-9])" + r"[\s\-_/]?".join(parts) + r"(?![A-Za-z0-9])", re.IGNORECASE)


def others_of_its_kind(code: re.Match[str], text: str) -> list[str]:
    """The codes of a text that have the letters of a code and another number, as written; each once."""
    letters, number = code[1].strip("-"), code[2]
    kind = re.compile(rf"(?<![A-Za-z0-9-]){re.escape(letters)}-?(\d{{1,5}}[A-Z]?)(?![A-Za-z0-9])")
    return list(dict.fromkeys(m.group() for m in kind.finditer(text) if m[1] != number))


_LETTERED = re.compile(r"(?<![A-Za-z0-9-])([A-Z]{1,5})-?(\d{1,5})([A-Z]?)(?![A-Za-z0-9])")
"""A thing by letters and a number, with or without a hyphen: `G4`, `VAX-3`, `P-101A`."""


_TRAIN = re.compile(r"(?<![A-Za-z0-9.,-])(?P<number>\d)(?P<letter>[A-F])(?![A-Za-z0-9/])")


def _is_of_other_train(asked: str, text: str) -> bool:
    """True for a text that names only other trains (`2A`, `2B` for `2C`), or only another unit of the plant."""
    wanted, told = ({(m["number"], m["letter"]) for m in _TRAIN.finditer(x)} for x in (asked, text))
    if wanted and told and not wanted & told and {n for n, _ in wanted} & {n for n, _ in told}:
        return True
    own, there = ({x.number for x in find_labels(t) if x.kind == "unit"} for t in (asked, text))
    return bool(own and there and not own & there)


def is_of_sibling(asked: str, text: str) -> bool:
    """True for a text that names another thing of the kind asked about and nothing asked about: `VAX-3` for `VAX-4`.

    `P-101A` is one of those that `P-101` asks about.
    """
    wanted, told = ([(m[1], m[2], m[3]) for m in _LETTERED.finditer(x)] for x in (asked, text))
    if _is_of_other_train(asked, text):
        return True
    if any(a[:2] == b[:2] and (a[2] == b[2] or not (a[2] and b[2])) for a in wanted for b in told):
        return False
    return any(a[0] == b[0] and len(a[1]) == len(b[1]) for a in wanted for b in told)
