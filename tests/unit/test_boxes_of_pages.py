"""Web pages whose style sheets make tables, text and CSV with places, units and lines of their own above the table."""

import pytest

from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.readers import read_bytes


def told(text: str, name: str) -> list[str]:
    return [line for block in read_bytes(text.encode(), name).blocks for line in block.text.splitlines()]


STYLE = """<style>.t{display:table}.r,.q{display:table-row}.c{display: table-cell}
.g{display:grid;grid-template-columns:repeat(2, minmax(0, 1fr))}.f{display:flex}.s{display:block}</style>"""


def test_boxes_shown_as_a_table() -> None:
    rows = [("Tag", "Flow", "Head"), ("P-1", "45", "60"), ("P-2", "50", "62")]
    inside = "".join("<div class=r>" + "".join(f"<span class=c>{c}</span>" for c in row) + "</div>" for row in rows)
    read = ["Tag: P-1 | Flow: 45 | Head: 60", "Tag: P-2 | Flow: 50 | Head: 62"]
    assert told(f"{STYLE}<div class=t>{inside}</div>", "a.html") == read
    styled = inside.replace("class=c", "style='display:table-cell'")
    assert told(f"{STYLE}<div style='display:table'>{styled}</div>", "a.html") == read


def test_boxes_in_a_grid_of_two_columns() -> None:
    cells = ("Design temperature", "210 °C", "Design pressure", "16 bar")
    inside = "".join(f"<div>{cell}</div>" for cell in cells)
    assert told(f"{STYLE}<div class=g>{inside}</div>", "a.html") == [
        "Design temperature: 210 °C",
        "Design pressure: 16 bar",
    ]


def test_labels_and_values_beside_each_other_are_apart() -> None:
    assert told(f"{STYLE}<div class=f><span>Mass</span><span>120 kg</span></div>", "a.html") == ["Mass 120 kg"]
    assert told("<p><span class=l>Mass</span><span class=v>120 kg</span></p>", "a.html") == ["Mass 120 kg"]
    assert told("<p><b>PT</b><i>101</i> in m<b>3</b></p>", "a.html") == ["PT101 in m3"]
    assert told(f"{STYLE}<p><span class=s>Open V-1.</span><span class=s>Close V-2.</span></p>", "a.html") == [
        "Open V-1.",
        "Close V-2.",
    ]


def test_a_page_laid_out_by_a_grid_keeps_its_blocks() -> None:
    page = f"{STYLE}<div class=g><div><h2>Limits</h2><p>Trip at 9 bar.</p></div><div><p>See below.</p></div></div>"
    assert told(page, "a.html") == ["Limits", "Trip at 9 bar.", "See below."]


def test_text_of_a_drawing() -> None:
    drawing = "<svg><text>HHLL <tspan>4.2 m</tspan></text><text>LLLL 0.4 m</text></svg>"
    assert told(f"<p>Levels</p>{drawing}<p>End</p>", "a.html") == ["Levels", "HHLL 4.2 m", "LLLL 0.4 m", "End"]
    assert told("<p>Levels</p><svg><text>0</text><text>20</text></svg>", "a.html") == ["Levels"]


REPORT = """RELIEF VALVES

TAG       SERVICE         SET     SIZE
                          (barg)
PSV-101   Feed drum       10.5    2J3
PSV-102                   18.0    3K4
PSV-103   Blow-down tank  7.0"""


def test_columns_of_plain_text_with_units_and_empty_cells() -> None:
    assert told(REPORT, "a.txt")[1:] == [
        "TAG: PSV-101 | SERVICE: Feed drum | SET (barg): 10.5 | SIZE: 2J3",
        "TAG: PSV-102 | SET (barg): 18.0 | SIZE: 3K4",
        "TAG: PSV-103 | SERVICE: Blow-down tank | SET (barg): 7.0",
    ]


@pytest.mark.parametrize("sign", ["^", "~"])
def test_other_signs_between_the_cells(sign: str) -> None:
    text = "Tag,Service,High\nFT-1,Feed; all,90\nFT-2,Steam,60\n".replace(",", sign)
    assert told(text, "a.csv")[0] == "Tag: FT-1 | Service: Feed; all | High: 90"


def test_lines_above_the_table_of_an_export_without_colons() -> None:
    text = "Report;Trend\nSite;East 2\nFrom;01.06.2025;To;02.06.2025\n\nTime;TI-1;PI-2\n;°C;bar\n00:00;85,2;4,15\n"
    assert told(text, "a.csv") == [
        "Report: Trend", "Site: East 2", "From: 01.06.2025", "To: 02.06.2025",
        "Time: 00:00 | TI-1 (°C): 85,2 | PI-2 (bar): 4,15",
    ]  # fmt: skip


def test_labels_below_the_lines_that_are_filled_in() -> None:
    builder = BlockBuilder()
    builder.table([["P-101A", "12.5 barg", "2025-06-11"], ["Tag number", "Set pressure", "Test date"]])
    assert builder.blocks[0].text == "Tag number: P-101A | Set pressure: 12.5 barg | Test date: 2025-06-11"


def test_leaders_before_a_colon() -> None:
    assert clean_line("Tag No.......: PSV-1") == "Tag No: PSV-1" and clean_line("1 Scope ........ 4") == "1 Scope … 4"
