"""Office packages whose parts do not fit together as the libraries demand, mended in memory before these see them.

Programs open such files without a word: a relationship leads to a part that is not there or has other letter case, a
part has no content type, or a document that is taken in as a whole bears that of the main one.
"""

import io
import posixpath
import re
import zipfile
from typing import Any, NamedTuple
from urllib.parse import unquote

from lxml import etree

from walkdown_ingestion.readers.package import Package

_RELATIONS = ".rels"
_TYPES = "[Content_Types].xml"
_R = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MAIN = "officeDocument"
_UNKNOWN = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_MAINS = (
    (
        re.compile(
            r"application/vnd\.(?:ms-word\.\w+\.macroEnabled(?:Template)?|.*wordprocessingml\.template)\.main\+xml"
        ),
        f"{_OFFICE}.wordprocessingml.document.main+xml",
    ),
    (
        re.compile(
            r"application/vnd\.(?:ms-powerpoint\.\w+\.macroEnabled|.*presentationml\.(?:template|slideshow))\.main\+xml"
        ),
        f"{_OFFICE}.presentationml.presentation.main+xml",
    ),
)
"""Templates, shows and files with macros, which say the same in the same parts."""
_ZIPPED = ("docx", "docm", "dotx", "xlsx", "xlsm", "pptx", "pptm")
"""Files that may stand in a package as a whole; none of them is a part in XML."""


class _Links(NamedTuple):
    """What the relationships of a package show: their mended parts, the names they want, all that they lead to."""

    written: dict[str, bytes]
    renamed: dict[str, str]
    targets: set[str]


def mended(package: Package) -> bytes | None:
    """The package with its relationships and content types in order; None where they are."""
    names = set(package.names())
    slashed = {name: name.replace("\\", "/") for name in names if "\\" in name}
    there = (names - set(slashed)) | set(slashed.values())
    links = _links(package, there, slashed)
    types = _types(package, links.targets) if _TYPES in there else None
    changed = {**links.written, **({_TYPES: types} if types is not None else {})}
    if not (changed or links.renamed or slashed):
        return None
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in package.names():
            plain = slashed.get(name, name)
            archive.writestr(links.renamed.get(plain, plain), changed.get(plain) or package.read(name))
    return held.getvalue()


def _links(package: Package, there: set[str], slashed: dict[str, str]) -> _Links:
    """The relationships of all parts, those that lead nowhere taken out."""
    lower = {name.lower(): name for name in there}
    found = _Links({}, {}, set())
    actual = {plain: name for name, plain in slashed.items()}
    for name in there:
        if not name.lower().endswith(_RELATIONS):
            continue
        root = package.xml(actual.get(name, name))
        lost = []
        for relation in root.iter(_R):
            target = _target(name, relation)
            if target is None:
                continue
            if target not in there and target.lower() in lower:
                found.renamed[lower[target.lower()]] = target
            elif target not in there:
                lost.append(relation)
                continue
            found.targets.add(target)
        for relation in lost:
            relation.getparent().remove(relation)
        if lost:
            found.written[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return found


def _target(relations: str, relation: Any) -> str | None:
    """The part that a relationship leads to; None for one that leads out of the package or to its main part."""
    if relation.get("TargetMode") == "External" or relation.get("Type", "").endswith(f"/{_MAIN}"):
        return None
    written = unquote(relation.get("Target", "")).split("#")[0]
    folder = posixpath.dirname(posixpath.dirname(relations))
    return posixpath.normpath(posixpath.join("/", folder, written)).lstrip("/") if written else None


def _types(package: Package, targets: set[str]) -> bytes | None:
    """The list of content types, complete and without wrong ones; None where it is."""
    root = package.xml(_TYPES)
    known = {(e.get("Extension") or "").lower(): e for e in root.iter(f"{_CT}Default")}
    parts = {(e.get("PartName") or "").lstrip("/").lower(): e for e in root.iter(f"{_CT}Override")}
    changed = False
    for entry in root.iter(f"{_CT}Override", f"{_CT}Default"):
        told = entry.get("ContentType", "")
        plain = next((main for kind, main in _MAINS if kind.fullmatch(told)), told)
        changed |= plain != told
        entry.set("ContentType", plain)
    for target in sorted(targets):
        suffix = posixpath.splitext(target)[1].lstrip(".").lower()
        entry = parts.get(target.lower(), known.get(suffix))
        if entry is None:
            known[suffix] = etree.SubElement(root, f"{_CT}Default", Extension=suffix, ContentType=_UNKNOWN)
            changed = True
        elif suffix in _ZIPPED and entry.get("ContentType", "").endswith("+xml"):
            entry.set("ContentType", entry.get("ContentType", "").removesuffix(".main+xml").removesuffix("+xml"))
            changed = True
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) if changed else None
