"""Formulas in one line, and marks set above a line: parts that stand below each other never read as one number."""

import io

import docx
import pytest
from docx.oxml.parser import parse_xml
from sample_files import bytes_of

from walkdown.documents import ParsedDocument
from walkdown.text.quantities import find_quantities
from walkdown_ingestion.clean import superscript
from walkdown_ingestion.readers import read_bytes

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def text_of(parsed: ParsedDocument) -> str:
    return "\n".join(block.text for block in parsed.blocks)


def run(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def word(formula: str, before: str = "", after: str = "") -> str:
    """A paragraph of Word with a formula in it, as it is read."""
    document = docx.Document()
    paragraph = document.add_paragraph(before)
    paragraph._p.append(parse_xml(f'<m:oMath xmlns:m="{MATH}">{formula}</m:oMath>'))
    paragraph.add_run(after)
    return text_of(read_bytes(bytes_of(document.save), "a.docx"))


def page(body: str) -> str:
    return text_of(read_bytes(f"<html><body>{body}</body></html>".encode(), "a.html"))


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (f"<m:sSubSup><m:e>{run('x')}</m:e><m:sub>{run('1')}</m:sub><m:sup>{run('2')}</m:sup></m:sSubSup>", "x_1^2"),
        (f"<m:sPre><m:sub>{run('92')}</m:sub><m:sup>{run('238')}</m:sup><m:e>{run('U')}</m:e></m:sPre>", "²³⁸U_92"),
        (f"<m:rad><m:deg>{run('3')}</m:deg><m:e>{run('27')}</m:e></m:rad>", "√[3](27)"),
        (f"<m:rad><m:deg/><m:e>{run('2')}</m:e></m:rad>", "√(2)"),
        (f"<m:eqArr><m:e>{run('a=1')}</m:e><m:e>{run('2b=3')}</m:e></m:eqArr>", "a=1; 2b=3"),
        (
            f"<m:m><m:mr><m:e>{run('1')}</m:e><m:e>{run('2')}</m:e></m:mr>"
            f"<m:mr><m:e>{run('3')}</m:e><m:e>{run('4')}</m:e></m:mr></m:m>",
            "[1, 2; 3, 4]",
        ),
        (f"<m:limLow><m:e>{run('max')}</m:e><m:lim>{run('12')}</m:lim></m:limLow>{run('5')}", "max_12 5"),
        (f"<m:sSup><m:e>{run('e')}</m:e><m:sup>{run('−0.5t')}</m:sup></m:sSup>", "e^(−0.5t)"),
        (
            '<m:d><m:dPr><m:begChr m:val="|"/><m:endChr m:val="|"/></m:dPr>' + f"<m:e>{run('x')}</m:e></m:d>",
            "|x|",
        ),
    ],
)
def test_parts_of_a_formula_of_word_are_not_run_together(formula: str, shown: str) -> None:
    assert word(formula) == shown


def test_a_formula_keeps_apart_from_the_text_around_it() -> None:
    half = f"<m:f><m:num>{run('1')}</m:num><m:den>{run('2')}</m:den></m:f>"
    assert word(half, "2", " in") == "2 (1)/(2) in"
    log = f"<m:sSub><m:e>{run('log')}</m:e><m:sub>{run('10')}</m:sub></m:sSub>"
    assert word(log, "", "5") == "log_10 5"
    power = f"<m:sSup><m:e>{run('10')}</m:e><m:sup>{run('−6')}</m:sup></m:sSup>"
    shown = word(power, "leak 5×", " bar")
    assert shown == "leak 5×10⁻⁶ bar"
    assert find_quantities(shown)[0].value == pytest.approx(5e-6)


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("<mfrac><mn>12</mn><mn>5</mn></mfrac><mn>7</mn>", "(12)/(5) 7"),
        ("<mn>5</mn><mo>×</mo><msup><mn>10</mn><mrow><mo>-</mo><mn>3</mn></mrow></msup>", "5×10⁻³"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x_1^2"),
        ("<msqrt><mn>2</mn><mi>g</mi></msqrt>", "√(2g)"),
        ("<mmultiscripts><mi>U</mi><mprescripts/><mn>92</mn><mn>238</mn></mmultiscripts>", "²³⁸U_92"),
        ("<munderover><mo>∑</mo><mn>1</mn><mi>n</mi></munderover><mi>Q</mi>", "∑[1..n] Q"),
        ('<semantics><mi>x</mi><annotation encoding="application/x-tex">x=45</annotation></semantics>', "x"),
    ],
)
def test_formulas_of_a_web_page(formula: str, shown: str) -> None:
    assert page(f"<p>Set <math>{formula}</math> bar</p>") == f"Set {shown} bar"
    assert page(f"<table><tr><td>Set</td><td>P-1</td></tr><tr><td><math>{formula}</math></td><td>5</td></tr></table>")
    assert shown in page(
        f"<table><tr><th>A</th><th>B</th><th>C</th></tr><tr><td>P-1</td><td><math>{formula}</math></td>"
    )


def test_a_raised_letter_is_a_degree_or_a_mark_and_no_part_of_the_number() -> None:
    shown = page("<p>25<sup>o</sup>C, 25<sup>0</sup>C, 85<sup>a</sup> °C, 5<sup>th</sup></p>")
    assert shown == "25°C, 25°C, 85ᵃ °C, 5th"
    assert [(q.value, q.unit) for q in find_quantities(shown)][:3] == [(25, "°C"), (25, "°C"), (85, "°C")]
    assert superscript("n") == "ⁿ"
    assert page("<p>漢<ruby>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby></p>") == "漢字"


def test_a_hyphen_that_breaks_no_line_is_the_hyphen_of_a_tag() -> None:
    assert page("<p>P&#8209;101A, &#8209;5 °C</p>") == "P-101A, -5 °C"


def test_numbers_below_each_other_in_the_first_row_are_no_names_of_columns() -> None:
    rows = (
        "<table><tr><td>Flow</td><td>12<br>13</td><td>t/h</td></tr><tr><td>Head</td><td>50</td><td>m</td></tr></table>"
    )
    assert page(rows).splitlines() == ["Flow | 12; 13 | t/h", "Head | 50 | m"]


def test_what_a_tab_to_the_edge_sets_apart_stays_apart() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Rev. 6")
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    tab = f'<w:r xmlns:w="{name}"><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/></w:r>'
    paragraph._p.append(parse_xml(tab))
    paragraph.add_run("7 of 9")
    held = io.BytesIO()
    document.save(held)
    assert text_of(read_bytes(held.getvalue(), "a.docx")) == "Rev. 6 7 of 9"
