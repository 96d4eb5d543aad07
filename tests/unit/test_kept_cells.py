"""Cells that a way of writing leaves out or runs together: tabs of Word, rows of Markdown, steps in cells of a page."""

import io
import zipfile

import docx
import pytest
from sample_files import bytes_of

from walkdown_ingestion.readers import read_bytes


def word(*lines: str) -> list[str]:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return [line for b in read_bytes(bytes_of(document.save), "a.docx").blocks for line in b.text.splitlines()]


def test_paragraphs_with_as_many_tabs_are_rows() -> None:
    read = word("Fans", "Tag\tFlow\tHead\tPower", "F-31\t900\t2.4\t75", "F-32\t\t1.9\t55", "F-33\t640\t\t45", "End")
    assert read == [
        "Fans", "Tag: F-31 | Flow: 900 | Head: 2.4 | Power: 75", "Tag: F-32 | Head: 1.9 | Power: 55",
        "Tag: F-33 | Flow: 640 | Power: 45", "End",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        ["Tag\tFlow\tHead", "F-31\t\t900\t2.4", "F-32\t840\t1.9"],
        ["Prepared\tChecked\tApproved", "Kim\tLee\tPark", "May\tJune\tJuly"],
        ["1\tScope\t3", "2\tSteps\t4", "3\tRecords\t9"],
        ["Pressure\t12 bar", "Flow\t4 t/h", "Level\t60 %"],
    ],
    ids=["tabs that make room", "no value", "no names", "two columns"],
)
def test_other_lines_with_tabs_stay_text(lines: list[str]) -> None:
    assert word(*lines) == [" ".join(line.split()) for line in lines]


def test_cells_of_markdown_beyond_the_header() -> None:
    text = "| Tag | Limit | Note |\n|---|---|---|\n| PT-9 | 4|5 bar | see \\| below |\n| PT-8 | 6 bar | x |\n"
    for end in ("\n", "\r\n", "\r"):
        parsed = read_bytes(text.replace("\n", end).encode(), "a.md")
        assert "see | below" in parsed.blocks[0].text and "PT-8 | Limit: 6 bar | Note: x" in parsed.blocks[0].text
        assert parsed.warnings == ("line 3: a row has more cells than the header of its table",)


def test_steps_in_a_cell_of_a_page_keep_their_numbers() -> None:
    page = """<table border=1><tr><th>Alarm<th>Steps</tr><tr><td>LAH-4<td>Do:<ol start=2><li>Cut the feed to 35 %
    <li>Wait 20 min</ol></tr><tr><td>LAL-4<td><ul><li>Open V-2<li>5 bar</ul></tr></table>"""
    assert read_bytes(page.encode(), "a.html").blocks[0].text.splitlines() == [
        "Alarm: LAH-4 | Steps: Do: 2. Cut the feed to 35 % 3. Wait 20 min",
        "Alarm: LAL-4 | Steps: Open V-2; 5 bar",
    ]


def test_memos_of_hangul_are_told() -> None:
    space = (
        'xmlns:s="http://www.hancom.co.kr/hwpml/2011/section" xmlns:p="http://www.hancom.co.kr/hwpml/2011/paragraph"'
    )
    memo = "<p:subList><p:p><p:run><p:t>81?</p:t></p:run></p:p></p:subList>"
    memo = f'<p:ctrl><p:fieldBegin type="MEMO">{memo}</p:fieldBegin></p:ctrl>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("mimetype", "application/hwp+zip")
        file.writestr(
            "Contents/section0.xml",
            f"<s:sec {space}><p:p><p:run><p:t>상한 </p:t>{memo}<p:t>84 bar</p:t></p:run></p:p></s:sec>",
        )
    parsed = read_bytes(held.getvalue(), "a.hwpx")
    assert [b.text for b in parsed.blocks] == ["상한 84 bar"] and parsed.warnings == ("1 memos were left out",)
