"""Rows of groups whose label stands once, fields below a table, titles between tables, values below each other."""

import io

import docx
import openpyxl
import pytest
from openpyxl.styles import Font

from walkdown.documents import ParsedDocument
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_cell, superscript
from walkdown_ingestion.file_names import FILE_REVISION
from walkdown_ingestion.readers import docx as word
from walkdown_ingestion.readers import html, xlsx
from walkdown_ingestion.tables import make_table, row_lines

Rows = list[list[str]]


def lines_of(rows: Rows) -> list[str]:
    """The lines of the blocks that a table of these cells becomes."""
    builder = BlockBuilder()
    builder.table(rows)
    return [line for block in builder.blocks for line in block.text.split("\n")]


def sheet(rows: list[list[object]], bold: tuple[int, ...] = ()) -> ParsedDocument:
    """A workbook of one sheet as it is read; `bold` are rows set in bold, counted from 1."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for r in bold:
        for cell in book.active[r]:
            cell.font = Font(bold=True)
    buffer = io.BytesIO()
    book.save(buffer)
    return xlsx.read(buffer.getvalue(), "a.xlsx")


def page(body: str, style: str = "") -> str:
    """The text of a page."""
    return html.read(f"<html><style>{style}</style><body>{body}</body></html>".encode(), "a.html").text


def test_label_of_a_group_is_on_each_of_its_rows() -> None:
    """Below the name of a machine, the rows that leave it blank are of the same one."""
    head = ["Machine", "Point", "Stop at"]
    assert lines_of([head, ["Fan A", "Rotor", "7 mm/s"], ["", "Motor", "95 °C"], ["Fan B", "Rotor", "9 mm/s"]]) == [
        "Machine: Fan A | Point: Rotor | Stop at: 7 mm/s",
        "Machine: Fan A | Point: Motor | Stop at: 95 °C",
        "Machine: Fan B | Point: Rotor | Stop at: 9 mm/s",
    ]


def test_items_that_come_again_tell_of_groups() -> None:
    """Where the same items stand below two labels, the label is needed."""
    head = ["Who", "Item", "Aim"]
    rows = [["X-1", "Oil", "40"], ["", "Water", "20"], ["X-2", "Oil", "50"], ["", "Water", "25"]]
    assert lines_of([head, *rows])[3] == "Who: X-2 | Item: Water | Aim: 25"


@pytest.mark.parametrize(
    "rows",
    [
        [["Machine", "Part", "kg"], ["A", "Cover", "3"], ["", "Total", "8"], ["B", "Cover", "4"]],
        [["Class", "Signal", "Set"], ["SIL 2", "PT-1", "8"], ["", "PT-2", "9"], ["SIL 1", "PT-3", "7"]],
        [["Machine", "Part", "Note"], ["A", "Cover", "old and"], ["", "", "worn"], ["B", "Shaft", "new"]],
    ],
    ids=["totals", "blank may mean none", "text that goes on"],
)
def test_blank_labels_that_are_not_certain_stay_blank(rows: Rows) -> None:
    """A line of totals, a signal without a class and the rest of a text belong to no label above."""
    assert not lines_of(rows)[1].startswith((f"{rows[0][0]}: {rows[1][0]}",))


def test_fields_below_a_table_are_no_row_of_it() -> None:
    """What a certificate says below its readings stands under none of their names."""
    read = sheet([["Input", "Shown", "Error"], [0, 0.1, 0.1], [50, 50.4, 0.4], ["Found:", "bad", "Left:"]])
    assert "Input: Found:" in read.text  # a label without its value is a cell of the table
    read = sheet(
        [["Input", "Shown", "Error", "By"], [0, 0.1, 0.1, "K"], [50, 50, 0, "K"], ["Found:", "bad", "Left:", "good"]]
    )
    assert read.text.endswith("Found: bad\nLeft: good")


def test_title_of_a_second_table_right_below_the_first() -> None:
    """A name in bold between two tables is the heading of the second."""
    read = sheet(
        [
            ["Part", "Length"],
            ["Bolt", 80],
            ["Stud", 95],
            ["Torques"],
            ["Bolt", "Dry Nm", "Oiled Nm"],
            ["M16", 210, 180],
        ],
        bold=(1, 4, 5),
    )
    heading = next(block for block in read.blocks if block.text == "Torques")
    assert heading.kind == "heading"
    assert read.blocks[-1].heading_path[-1] == "Torques"


def test_amounts_below_each_other_in_a_cell_stay_apart() -> None:
    """Three values in a cell are three; a unit on a line of its own belongs to the number above it."""
    assert clean_cell("6 t/h\n4 t/h\n9 t/h") == "6 t/h; 4 t/h; 9 t/h"
    assert clean_cell("240\nrpm") == "240 rpm"
    assert clean_cell("RV-\n7710B") == "RV-7710B"
    assert clean_cell("see -\n3 times") == "see - 3 times"
    assert clean_cell("3 to\n5 bar") == "3 to 5 bar"
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Case", "Flow"
    table.cell(1, 0).text, table.cell(1, 1).text = "usual\nleast", "31 kg/s\n18 kg/s"
    buffer = io.BytesIO()
    document.save(buffer)
    assert "31 kg/s; 18 kg/s" in word.read(buffer.getvalue(), "a.docx").text


def test_names_above_nothing_but_a_merged_cell_are_kept() -> None:
    """A table of names and one cell across all of them shows both."""
    table = make_table([["No. QX-12", "Issue 4"], ["Cooling of tank 9", "Cooling of tank 9"]], 1)
    assert table is not None
    assert "QX-12" in " ".join(row_lines(table))


def test_text_behind_a_block_in_a_cell_begins_anew() -> None:
    """A value behind a label in a block of its own, or made one by a style sheet, does not touch it."""
    assert "12; 5" in page("<table><tr><td>A<td>B<tr><td><div>12</div>5<td>x<tr><td>y<td>z</table>")
    cells = "<table><tr><td><small>Number</small>ZK-44<td><small>Issue</small>7</table>"
    assert "Number ZK-44" in page(cells, "small{display:block}").replace("\n", " ")


def test_boxes_of_a_grid_keep_their_lines_together() -> None:
    """A board of boxes with a name, a value and a limit is no table whose first row names the others."""
    box = "<div><div>{}</div><div>{}</div><div>{}</div></div>"
    boxes = [
        ("Kiln", "910 °C", "max 950 °C"),
        ("Fan", "740 rpm", "max 900 rpm"),
        ("Mill", "38 t/h", "-"),
        ("O2", "3 %", "-"),
    ]
    board = "".join(box.format(*one) for one in boxes)
    text = page(f"<div class=g>{board}</div>", ".g{display:grid;grid-template-columns:1fr 1fr}")
    assert "Kiln\n910 °C\nmax 950 °C" in text
    assert ": 38 t/h" not in text


def test_several_raised_letters_are_marks() -> None:
    """Two marks of footnotes behind a number are raised, each."""
    assert superscript("a,c") == "ᵃ,ᶜ"


def test_a_word_in_a_file_name_is_no_version() -> None:
    """`vert` holds `ver` and is none; `ver B` and `revC` are."""
    assert FILE_REVISION.search("pump curves_vert") is None
    for name, value in (("plan_ver_B", "B"), ("plan-revC", "C"), ("plan ver3", "3")):
        match = FILE_REVISION.search(name)
        assert match is not None
        assert match["value"] == value


@pytest.mark.parametrize(
    "rows",
    [
        [["性状", "粉末", "气味", "刺激性"], ["熔点(℃)", "318", "密度(g/cm³)", "2.13"]],
        [["外観", "白色粉末", "臭い", "なし"], ["融点", "801 ℃", "密度", "2.16"]],
        [["Equipo", "Bomba", "Fabricante", "Sulzer"], ["Caudal nominal", "45 m³/h", "Presión de prueba", "12 bar"]],
        [["점검표 번호", "CK-26-18", "점검 구역", "보일러실"], ["가스 농도", "0 %", "감시자", "정OO"]],
    ],
    ids=["zh", "ja", "es", "ko"],
)
def test_forms_in_other_languages(rows: Rows) -> None:
    """Labels and values that take turns are read label by label."""
    pairs = [f"{row[at]}: {row[at + 1]}" for row in rows for at in (0, 2)]
    assert lines_of(rows) == pairs


def test_names_of_columns_in_other_languages() -> None:
    """Names of properties beside each other name columns."""
    rows = [["名称", "型号", "数量", "材质"], ["泵", "IS80", "2", "铸铁"], ["阀", "J41H", "6", "铸钢"]]
    assert lines_of(rows)[0] == "名称: 泵 | 型号: IS80 | 数量: 2 | 材质: 铸铁"
