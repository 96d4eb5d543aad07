"""Mails saved by Outlook: sender, day, text, struck words and tables of its formatted text, attachments."""

import struct

import pytest
from compound_files import compound_file

from walkdown.errors import DocumentError
from walkdown_ingestion import readers
from walkdown_ingestion.readers.containers import read_all
from walkdown_ingestion.readers.outlook_rtf import unpacked

SENT = 133549344000000000  # 2024-03-15 00:00 UTC
RTF = (
    rb"{\rtf1\ansi\ansicpg949\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}}{\colortbl;}\uc1\pard "
    rb"{\*\htmltag96 <p>}\htmlrtf {\htmlrtf0 \'be\'d0\'b7\'c2 {\*\htmltag84 <s>}\htmlrtf {\strike \htmlrtf0 9.5 "
    rb"{\*\htmltag92 </s>}\htmlrtf }\htmlrtf0 12.5 bar at 85 \u176 ?C{\*\htmltag104 </p>}\htmlrtf \par}\htmlrtf0 "
    rb"{\*\htmltag148 <table><tr><td>}Tag{\*\htmltag148 </td><td>}Low{\*\htmltag148 </td><td>}High"
    rb"{\*\htmltag148 </td></tr><tr><td>}PT-1{\*\htmltag148 </td><td>}1.0{\*\htmltag148 </td><td>}12.5"
    rb"{\*\htmltag148 </td></tr></table>}}"
)


def stored(rtf: bytes) -> bytes:
    return struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf


def properties(head: int, **values: tuple[int, int, int]) -> bytes:
    return bytes(head) + b"".join(
        struct.pack("<HHIQ", kind, number, 6, value) for kind, number, value in values.values()
    )


def mail(**changes: bytes) -> dict[str, bytes]:
    streams = {
        "__properties_version1.0": properties(32, sent=(0x40, 0x0039, SENT), page=(3, 0x3FFD, 949)),
        "__substg1.0_0037001F": "밸브 FV-110".encode("utf-16-le"),
        "__substg1.0_0C1A001E": "김 기사".encode("cp949"),
        "__substg1.0_5D01001F": "kim@plant.example".encode("utf-16-le"),
        "__substg1.0_1000001F": "압력 9.5 12.5 bar\r\n\r\nTag\r\nLow\r\n".encode("utf-16-le"),
    }
    return streams | changes


def test_a_mail_with_plain_text() -> None:
    parsed = readers.read_bytes(compound_file(mail()), "a.msg")
    assert parsed.title == "밸브 FV-110" and parsed.blocks[2].text == "압력 9.5 12.5 bar"
    assert parsed.blocks[1].text == "From: 김 기사 <kim@plant.example>\nDate: Fri, 15 Mar 2024 00:00:00 +0000"


def test_formatted_text_tells_what_is_struck_and_which_cells_make_a_row() -> None:
    parsed = readers.read_bytes(compound_file(mail(**{"__substg1.0_10090102": stored(RTF)})), "a.msg")
    assert [block.text for block in parsed.blocks[2:]] == [
        "압력 12.5 bar at 85 °C",
        "Tag: PT-1 | Low: 1.0 | High: 12.5",
    ]
    # Formatted text that was never a web page is read as plain text, and it is told what that loses.
    own = stored(rb"{\rtf1\ansi {\strike 9.5} 12.5 bar}")
    assert "struck" in readers.read_bytes(compound_file(mail(**{"__substg1.0_10090102": own})), "a.msg").warnings[0]


def test_compressed_text_is_unpacked() -> None:
    # A copy from the words known beforehand, letters, a copy that reaches into itself, a letter, the end.
    parts = bytes.fromhex("a1 0004 20575859 0d6d 7d 0e90".replace(" ", ""))
    text = rb"{\rtf1 WXYWXYWXYWXYWXYWXY}"
    assert unpacked(struct.pack("<II4sI", len(parts) + 12, len(text), b"LZFu", 0) + parts) == text
    assert unpacked(b"LZFu") == b"" and unpacked(struct.pack("<II4sI", 2, 9**9, b"LZFu", 0) + b"\xff") == b""


def test_attachments_and_mails_in_mails_are_documents_of_their_own() -> None:
    inner = {f"__attach_version1.0_#00000001/__substg1.0_3701000D/{k}": v for k, v in mail().items()}
    whole = "__attach_version1.0_#00000000/"
    csv = {
        f"{whole}__substg1.0_3707001F": "한계.csv".encode("utf-16-le"),
        f"{whole}__substg1.0_37010102": b"Tag,Low\nPT-1,1.0\n" * 300,
    }
    data = compound_file(mail() | csv | inner)
    parts = list(read_all(data, "a.msg", readers.choose(data, "a.msg")))
    assert [part.path for part in parts] == ["", "한계.csv", "밸브 FV-110.eml"]
    assert "PT-1" in parts[1].parsed.text  # type: ignore[union-attr]
    assert "12.5 bar" in parts[2].parsed.text  # type: ignore[union-attr]


@pytest.mark.parametrize("cut", [600, 1500, 3000])
def test_a_mail_that_is_cut_short_is_refused(cut: int) -> None:
    with pytest.raises(DocumentError):
        readers.read_bytes(compound_file(mail())[:cut], "a.msg")
