"""Office files saved as "Strict Open XML": the same parts under other names, which the libraries do not know."""

import io
import re
import zipfile

from walkdown_ingestion.readers.mended_package import mended
from walkdown_ingestion.readers.package import Package

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_RELATIONS = "_rels/.rels"
_XML = (".xml", ".rels", ".vml")


def opened(data: bytes, name: str, kind: str) -> tuple[bytes, Package]:
    """A file under the names that programs commonly write, and its parts. Raises DocumentError as `Package` does."""
    package = Package(data, name, kind)
    if (whole := mended(package)) is not None:
        data, package = whole, Package(whole, name, kind)
    if _RELATIONS not in package or _STRICT.search(package.read(_RELATIONS)) is None:
        return data, package
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in package.names():
            inside = package.read(part)
            if part.lower().endswith(_XML):
                inside = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", inside)
            archive.writestr(part, inside)
    return held.getvalue(), Package(held.getvalue(), name, kind)
