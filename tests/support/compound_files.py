"""Compound files (OLE2) as Outlook writes them, small enough for tests: streams by their paths."""

import struct
from collections.abc import Mapping

_SECTOR, _SMALL, _MINI = 512, 4096, 64
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def _padded(data: bytes, size: int) -> bytes:
    return data + bytes(-len(data) % size)


def _chain(start: int, count: int) -> list[int]:
    return [*range(start + 1, start + count), _END] if count else []


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A file with these streams; the path of one inside a storage has slashes."""
    nodes: list[tuple[str, str, bytes | None]] = [("", "", None)]
    for path, data in streams.items():
        parts = path.split("/")
        for depth in range(1, len(parts)):
            folder = "/".join(parts[:depth])
            if all(node[0] != folder for node in nodes):
                nodes.append((folder, "/".join(parts[: depth - 1]), None))
        nodes.append((path, "/".join(parts[:-1]), data))
    body, mini = b"", b""
    fat: list[int] = []
    mini_fat: list[int] = []
    starts: dict[str, int] = {}
    for path, content in ((path, held) for path, _, held in nodes if held is not None):
        if len(content) >= _SMALL:
            starts[path] = len(fat)
            fat += _chain(len(fat), -(-len(content) // _SECTOR))
            body += _padded(content, _SECTOR)
        else:
            starts[path] = len(mini_fat) if content else _END
            mini_fat += _chain(len(mini_fat), -(-len(content) // _MINI))
            mini += _padded(content, _MINI)
    places = []
    tables = (mini, struct.pack(f"<{len(mini_fat)}I", *mini_fat), _directory(nodes, starts, len(fat), len(mini)))
    for part in tables:
        places.append(len(fat) if part else _END)
        filled = part + b"\xff" * (-len(part) % _SECTOR)
        fat += _chain(len(fat), len(filled) // _SECTOR)
        body += filled
    first = len(fat)
    count = -(-(first + 8) // 128)
    fat += [_FAT] * count
    body += struct.pack(f"<{len(fat)}I", *fat) + b"\xff" * (-4 * len(fat) % _SECTOR)
    difat = [*range(first, first + count), *[_FREE] * (109 - count)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, count, places[2], 0, _SMALL, places[1], -(-4 * len(mini_fat) // _SECTOR), _END, 0)
    return head + struct.pack("<109I", *difat) + body


def _directory(
    nodes: list[tuple[str, str, bytes | None]], starts: Mapping[str, int], mini_start: int, mini_size: int
) -> bytes:
    """The entries, those of one storage as a chain to the right."""
    out = b""
    for number, (path, parent, data) in enumerate(nodes):
        children = [i for i, node in enumerate(nodes) if i and node[1] == path] if data is None else []
        later = [i for i, node in enumerate(nodes) if i > number and node[1] == parent] if number else []
        name = (path.split("/")[-1] or "Root Entry").encode("utf-16-le") + b"\0\0"
        kind = 5 if not number else 1 if data is None else 2
        links = (_NONE, later[0] if later else _NONE, children[0] if children else _NONE)
        start = mini_start if not number else starts.get(path, 0)
        size = mini_size if not number else len(data or b"")
        out += name.ljust(64, b"\0") + struct.pack("<HBB3I", len(name), kind, 1, *links) + bytes(36)
        out += struct.pack("<IQ", start, size)
    return out
