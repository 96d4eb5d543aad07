"""Hangul documents as plants write them: formulas in their script, numbers of captions, lowered figures."""

import io
import struct
import zipfile

import pytest

from walkdown.documents import ParsedDocument
from walkdown.text.quantities import find_quantities
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.readers.hangul.equations import equation_text
from walkdown_ingestion.readers.hangul.hwp5_records import CTRL_HEADER, Record
from walkdown_ingestion.readers.hangul.hwp5_text import counted

_NAMES = " ".join(
    f'xmlns:{short}="http://www.hancom.co.kr/hwpml/2011/{name}"'
    for short, name in (("hp", "paragraph"), ("hs", "section"), ("hh", "head"))
)
_HEAD = f"""<hh:head {_NAMES}><hh:refList><hh:charProperties><hh:charPr id="0" height="1000"/>
<hh:charPr id="1" height="1000"><hh:subscript/></hh:charPr></hh:charProperties></hh:refList></hh:head>"""


def run(inside: str, char: int = 0) -> str:
    return f'<hp:run charPrIDRef="{char}">{inside}</hp:run>'


def paragraph(*runs: str) -> str:
    return f'<hp:p paraPrIDRef="0" styleIDRef="0">{"".join(runs)}</hp:p>'


def text(written: str) -> str:
    return f"<hp:t>{written}</hp:t>"


def equation(script: str) -> str:
    return f"<hp:equation><hp:script>{script}</hp:script></hp:equation>"


def number(kind: str) -> str:
    return f'<hp:ctrl><hp:autoNum num="3" numType="{kind}"/></hp:ctrl>'


def lines(*paragraphs: str) -> list[str]:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/hwp+zip")
        archive.writestr("Contents/header.xml", _HEAD)
        archive.writestr("Contents/section0.xml", f"<hs:sec {_NAMES}>{''.join(paragraphs)}</hs:sec>")
    parsed: ParsedDocument = read_bytes(held.getvalue(), "a.hwpx")
    return [line for block in parsed.blocks for line in block.text.split("\n")]


@pytest.mark.parametrize(
    ("script", "shown"),
    [
        ("eta = {Q _{2} - Q _{1}} over {1.163}", "η = (Q_2 - Q_1)/(1.163)"),
        ("10 ^{5}", "10⁵"),
        ("sqrt {2gh}", "√(2 gh)"),
        ("x = {-b +- sqrt {b^2 -4ac}} over {2a}", "x = (-b ± √(b^2 - 4 ac))/(2 a)"),
        ("root 3 of {x}", "√[3](x)"),
        ("sum _{i=1} ^{n} x_i", "∑[i = 1..n] x_i"),
        ("LEFT ( a over b RIGHT )", "((a)/(b))"),
        ("P = 1.5 ~MPa", "P = 1.5 MPa"),
        ("cases{x=1#y=2}", "[x = 1; y = 2]"),
        ("T_{max} <= 85 ~DEG C", "T_max ≤ 85°C"),
        ('"급수" 2 times 10^-3', "급수 2 × 10⁻³"),
        ("-0.5", "-0.5"),
        ("{a over b", "(a)/(b)"),
        ("}} 12.5", "12.5"),
        ("over", "over"),
        ("^", ""),
        ("{" * 500, ""),
    ],
)
def test_formulas_in_one_line(script: str, shown: str) -> None:
    assert equation_text(script) == shown


def test_a_raised_figure_of_a_formula_is_no_amount_of_its_own() -> None:
    (line,) = lines(paragraph(run(text("압력 ") + equation("10 ^{5}") + text(" Pa"))))
    assert line == "압력 10⁵ Pa" and [q.value for q in find_quantities(line)] == [1e5]


def test_captions_keep_their_number_and_notes_their_place() -> None:
    cells = "".join(
        f'<hp:tc><hp:subList>{paragraph(run(text(t)))}</hp:subList><hp:cellAddr colAddr="{n}" rowAddr="0"/></hp:tc>'
        for n, t in enumerate(("PT-1", "4.5"))
    )
    caption = paragraph(run(text("표 ") + number("TABLE") + text(" 설정치")))
    table = f"<hp:tbl><hp:caption><hp:subList>{caption}</hp:subList></hp:caption><hp:tr>{cells}</hp:tr></hp:tbl>"
    page = paragraph(run(text("쪽 ") + number("PAGE") + text("끝")))
    assert lines(paragraph(run(table)), page) == ["표 3 설정치", "PT-1: 4.5", "쪽 끝"]


def test_lowered_figures_run_into_no_number() -> None:
    assert lines(paragraph(run(text("log")), run(text("10"), 1), run(text("5")))) == ["log₁₀5"]
    assert lines(paragraph(run(text("H")), run(text("2"), 1), run(text("S 10 ppm")))) == ["H2S 10 ppm"]


@pytest.mark.parametrize(("kind", "shown"), [(4, "12"), (3, "12"), (0, ""), (1, "")])
def test_numbers_that_hwp_counts(kind: int, shown: str) -> None:
    data = b"onta" + struct.pack("<IH", kind, 12)
    assert counted(Record(CTRL_HEADER, 0, data, [])) == shown and counted(Record(CTRL_HEADER, 0, data[:6], [])) == ""
