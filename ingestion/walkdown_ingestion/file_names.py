"""What the name of a file tells of the document: number and revision, and words that say it is no valid one."""

import re
from pathlib import PurePosixPath

FILE_NUMBER = re.compile(r"[A-Z][A-Z0-9]{1,5}(?:-[A-Z0-9]{1,5})+-\d{2,5}(?![0-9A-Za-z])")
_KIND_NUMBER = re.compile(
    r"(?:[A-Z]?OP|WI|SMP|PROC?|QP|SPEC|STD|PO|PNO)-\d{2,5}[A-Z]?(?=[_\s\-(\[.]+(?:rev|r|v|개정|제)[._\s-]?\d)",
    re.IGNORECASE,
)
"""A kind of document, its number and its revision: `OP-101_R3`. A tag with a revision is no number of a document."""
FILE_REVISION = re.compile(
    # A letter needs a sign before it: in HCC-RL-500 there is no revision L.
    # `lines vert.pdf` is no version T; `R5 line.pdf` and `V-10 inspection.pdf` tell of a reactor and a vessel.
    r"(?:(?:^|[\s_\-(\[.])(?:(?P<named>rev)[._\s-]?|(?:ver|개정)(?:[._\s-]|(?![A-Z])))|[\s_\-(\[.](?:[rv](?=\d)|[rv][._\s]|[rv]-(?=\w+$)))"
    r"(?P<value>(?(named)\d{1,2}(?:\.\d{1,2}|[A-Z])?|\d{1,2}(?:\.\d{1,2})?)|(?(named)[A-Z]\d{0,2}|[A-Z]))(?=$|[\s_\-)\].])",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"[제第]\s?(?P<value>\d{1,2})\s?[판版](?!\w)|(?<![\w.])(?P<print>\d{1,2})\s?[판版](?=$|[\s_\-)\].])"
)
_INVALID = re.compile(
    r"(?<![^\W_])(?:DRAFT|superseded|obsolete|outdated|old\s+revisions?|초안|검토[용본]|폐기(?:문서|본)?|폐지(?:문서)?"
    r"|구\s?버전|구판|이전\s?(?:버전|개정|문서)|草稿|作废(?:文件)?|旧版|廃止(?:文書)?|borrador(?:es)?|obsoletos?|anulados?)(?![^\W_])",
    re.IGNORECASE,
)


_OLD_FOLDER = re.compile(r"[\W\d_]*(?:old|archived?|backup|이전|과거|历史|過去|旧|antiguos?)[\W_]*", re.IGNORECASE)
CALLED = "called"
"""Under which the metadata of a document say what its name or folder calls it: no valid one."""


def number_in(stem: str) -> str:
    """The document number in the name of a file without its suffix, or ""."""
    found = FILE_NUMBER.search(stem) or _KIND_NUMBER.match(stem)
    return found.group() if found else ""


def revision_in(stem: str) -> str:
    """The revision in the name of a file without its suffix, or ""."""
    if found := FILE_REVISION.search(stem):
        return found["value"]
    edition = _EDITION.search(stem)
    return (edition["value"] or edition["print"]) if edition else ""


def invalid_in(relative: str) -> str:
    """What the name or a folder of a file says that a document in force is not: `its name says 'DRAFT'`; else ""."""
    path = PurePosixPath(relative)
    for who, text in (("its name", path.stem), *(("its folder", part) for part in path.parts[:-1])):
        word = _INVALID.search(text) or (_OLD_FOLDER.fullmatch(text) if who == "its folder" else None)
        if word is not None:
            return f"{who} says {word.group()!r}"
    return ""


_VERSION = re.compile(
    r"[\s_\-.]*(?:\(\d{1,2}\)|(?<![^\W_])(?:final|copy(?:\s*\d)?|최종본?|수정본?|복사본|사본|最终版?|修改版?|修正版?|最終版?|コピー|copia)(?![^\W_]))",
    re.IGNORECASE,
)


def without_version(stem: str) -> str:
    """The name of a file without revision, copy and `final`: what is left names the document."""
    for pattern in (FILE_REVISION, _EDITION, _VERSION):
        stem = pattern.sub("", stem)
    return stem.strip(" _-.()[]")
