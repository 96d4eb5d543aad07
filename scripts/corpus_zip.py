"""Office files are zip archives that carry the time of writing; the same document must give the same bytes."""

import io
import re
import zipfile

_DATE = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_THUMBNAIL = "docProps/thumbnail.jpeg"


def fixed(data: bytes, stamp: str = "") -> bytes:
    """The archive with one date on all entries, in their order; an entry stored plainly stays so.

    With `stamp` (like 2025-01-02T00:00:00Z) the dates in its properties are that one. The preview picture of a
    template shows another document and is left out.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename == _THUMBNAIL:
                continue
            content = old.read(item)
            if stamp and item.filename.endswith(("core.xml", ".hpf")):
                content = _STAMP.sub(rb"\g<1>" + stamp.encode() + rb"\g<2>", content)
            new.writestr(zipfile.ZipInfo(item.filename, _DATE), content, item.compress_type)
    return out.getvalue()
