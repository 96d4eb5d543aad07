r"""Charts of Word, slides and sheets with their numbers, and formulas that are fields (`EQ \\f(a;b)`)."""

import io
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from openpyxl.chart import LineChart, Reference
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from sample_files import bytes_of

from walkdown.documents import ParsedDocument
from walkdown_ingestion.clean import clean_line, lowered
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.readers.docx_equations import equation_text
from walkdown_ingestion.readers.legacy import lost_equations

W = nsdecls("w")
BARS: Any = CategoryChartData
CURVES: Any = XyChartData
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
_KIND = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


def lines(parsed: ParsedDocument) -> list[str]:
    return [line for block in parsed.blocks for line in block.text.split("\n")]


def bars(unit: str) -> tuple[Any, Any]:
    """A slide with a chart of bars, and the chart."""
    data: Any = BARS(number_format="0.0")
    data.categories = ["50 %", "100 %"]
    data.add_series("NOx", (21.5, 15.12))
    data.add_series("CO", (4, None))
    return with_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, data, "Emissions", ("Load", unit))


def with_chart(kind: Any, data: Any, title: str, axes: tuple[str, str]) -> tuple[Any, Any]:
    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    chart = slide.shapes.add_chart(kind, Inches(1), Inches(1), Inches(5), Inches(4), data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = title
    for axis, text in zip((chart.category_axis, chart.value_axis), axes, strict=True):
        axis.axis_title.text_frame.text = text
    return slides, chart


def test_the_titles_of_axes_name_the_numbers_of_a_slide() -> None:
    slides, _ = bars("ppm")
    assert lines(read_bytes(bytes_of(slides.save), "a.pptx")) == [
        "Emissions",
        "Load: 50 % | NOx (ppm): 21.5 | CO (ppm): 4.0",
        "Load: 100 % | NOx (ppm): 15.1",
    ]
    slides, _ = bars("Emission")
    assert (
        lines(read_bytes(bytes_of(slides.save), "a.pptx"))[1]
        == "Load: 50 % | Emission / NOx: 21.5 | Emission / CO: 4.0"
    )


def test_curves_with_places_of_their_own_are_tables_of_their_own() -> None:
    data: Any = CURVES()
    for name, points in (("P-1", ((0, 120), (85, 115))), ("P-2", ((10, 90), (60, 80)))):
        series = data.add_series(name)
        for x, y in points:
            series.add_data_point(x, y)
    slides, _ = with_chart(XL_CHART_TYPE.XY_SCATTER, data, "Curves", ("Flow (t/h)", "Head (m)"))
    assert lines(read_bytes(bytes_of(slides.save), "a.pptx")) == [
        "Curves",
        "Flow (t/h): 0 | Head (m) / P-1: 120",
        "Flow (t/h): 85 | Head (m) / P-1: 115",
        "Flow (t/h): 10 | Head (m) / P-2: 90",
        "Flow (t/h): 60 | Head (m) / P-2: 80",
    ]


def test_days_of_a_chart_are_days() -> None:
    data: Any = BARS()
    data.categories = ["a"]
    data.add_series("Level", (4,))
    slides, chart = with_chart(XL_CHART_TYPE.LINE, data, "Trend", ("Day", "m"))
    category = next(chart._chartSpace.iter("{*}cat"))
    namespace = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    numbers = f'<c:numRef xmlns:c="{namespace}"><c:f>A1</c:f><c:numCache><c:formatCode>yyyy\\-mm\\-dd</c:formatCode>'
    category[:] = [parse_xml(f'{numbers}<c:pt idx="0"><c:v>45366</c:v></c:pt></c:numCache></c:numRef>')]
    assert lines(read_bytes(bytes_of(slides.save), "a.pptx"))[1] == "Day: 2024-03-15 | Level (m): 4"


def word_with_chart(*, in_cell: bool) -> bytes:
    document = docx.Document()
    _, chart = bars("ppm")
    part = Part(PackURI("/word/charts/chart1.xml"), _KIND, chart.part.blob, document.part.package)
    name = document.part.relate_to(part, _REL)
    table = document.add_table(rows=2, cols=2)
    for n, text in enumerate(("Tag", "Note", "GT-1", "see chart")):
        table.cell(n // 2, n % 2).text = text
    paragraph = table.cell(1, 1).paragraphs[0] if in_cell else document.add_paragraph()
    place = f'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{name}"/>'
    data = f"<a:graphic><a:graphicData>{place}</a:graphicData></a:graphic>"
    drawing = f"<w:drawing><wp:inline>{data}</wp:inline></w:drawing>"
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w', 'wp', 'a', 'r')}>{drawing}</w:r>"))
    document.add_paragraph("End.")
    return bytes_of(document.save)


@pytest.mark.parametrize("in_cell", [False, True])
def test_a_chart_of_word(in_cell: bool) -> None:
    assert lines(read_bytes(word_with_chart(in_cell=in_cell), "a.docx")) == [
        "Tag: Note",
        "GT-1: see chart",
        "Emissions",
        "Load: 50 % | NOx (ppm): 21.5 | CO (ppm): 4.0",
        "Load: 100 % | NOx (ppm): 15.1",
        "End.",
    ]


def workbook(state: str) -> bytes:
    book = openpyxl.Workbook()
    sheet, other = book.active, book.create_sheet("Notes")
    assert sheet is not None
    other.append(["Measured at full load."])
    for row in (["Load", "NOx"], ["50 %", 21.5], ["100 %", 15.1]):
        sheet.append(row)
    for place in (other, book.create_chartsheet("Curve")):
        chart = LineChart()
        chart.title, chart.y_axis.title = "Emissions GT-1", "ppm"
        chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
        place.add_chart(chart)
    sheet.sheet_state = state
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_charts_of_a_workbook_name_what_they_show() -> None:
    found = lines(read_bytes(workbook("visible"), "a.xlsx"))
    assert found.count("Emissions GT-1 (ppm)") == 2 and "Load: 50 % | NOx: 21.5" in found
    # Numbers of a sheet that is not read come with the chart, where the file keeps them.
    assert lines(read_bytes(workbook("hidden"), "a.xlsx")).count("Emissions GT-1") == 2


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r"\f(Q2 - Q1;1,163)", "(Q2 - Q1)/(1,163)"),
        (r"\f(a,b)", "(a)/(b)"),
        (r"\r(3;x)", "√[3](x)"),
        (r"\r(,2gh)", "√(2gh)"),
        (r"\s\up6(5)", "⁵"),
        (r"\s\up6(k+1)", "^(k+1)"),
        (r"\s\do4(max)", "_max"),
        (r"\b\bc\[(\a\al\co2(1,2,3,4))", "[1, 2; 3, 4]"),
        (r"\b\lc\{(\a(x;y))", "{x; y"),
        (r"\i\su(i=1;n;x)", "∑[i=1..n](x)"),
        (r"\o\ac(○,3)", "③"),
        (r"\o\ad(\s\up 9(とう),東)", "東"),
        (r"\f(\r(2;a),\s\do4(b))", "(√(a))/(_b)"),
        (r"\f(a", "a"),
        ("\\", "\\"),
    ],
)
def test_fields_of_formulas(code: str, shown: str) -> None:
    assert shown in equation_text(code) if shown else equation_text(code) is not None


def test_a_formula_that_is_a_field_goes_with_the_number_before_it() -> None:
    def field(code: str, result: str = "") -> str:
        begin, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "end"))
        stored = f'<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r><w:r>' if result else ""
        return f"<w:r>{begin}<w:instrText> EQ {code} </w:instrText>{stored}{end}</w:r>"

    def text(inside: str) -> str:
        document = docx.Document()
        document.element.body.insert(0, parse_xml(f"<w:p {W}>{inside}</w:p>"))
        return lines(read_bytes(bytes_of(document.save), "a.docx"))[0]

    def run(written: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{written}</w:t></w:r>'

    assert text(run("Limit 10") + field(r"\s\up6(5)") + run(" Pa")) == "Limit 10⁵ Pa"
    assert text(run("is 2") + field(r"\f(a;b)") + run(" m")) == "is 2 (a)/(b) m"
    assert text(run("is ") + field(r"\f(a;b)", "a/b") + run(" m")) == "is a/b m"
    simple = r'<w:fldSimple w:instr=" EQ \f(a;b) "/>'
    assert text(run("is ") + simple) == "is (a)/(b)"


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (("log", "10", "5"), "log₁₀5"),
        (("CO", "2", " 50 ppm"), "CO2 50 ppm"),
        (("CO", "2", "50"), "CO₂50"),
        (("x", "i", "5"), "xi5"),
    ],
)
def test_lowered_digits_run_into_no_number(parts: tuple[str, str, str], shown: str) -> None:
    before, low, after = parts
    assert clean_line(before + lowered(low) + after) == shown
    page = f"<p>{before}<sub>{low}</sub>{after}</p>"
    assert lines(read_bytes(page.encode(), "a.html")) == [shown]
    document = docx.Document()
    paragraph = document.add_paragraph(before)
    paragraph.add_run(low).font.subscript = True
    paragraph.add_run(after)
    assert lines(read_bytes(bytes_of(document.save), "a.docx")) == [shown]


def test_each_description_of_a_term_is_read_by_itself() -> None:
    page = "<dl><dt>Trip</dt><dd>13 bar</dd><dd>after 5 s</dd><dt>Alarm</dt><dd>12 bar</dd></dl><p>End.</p>"
    assert lines(read_bytes(page.encode(), "a.html")) == ["Trip: 13 bar", "Trip: after 5 s", "Alarm: 12 bar", "End."]


@pytest.mark.parametrize(
    ("data", "suffix", "told"),
    [
        (rb"{\fldinst { EQ \\s\\up6(5) }}", ".rtf", True),
        (b"10\x13 EQ \\s\\up6(5) \x15 Pa", ".doc", True),
        ("10\x13 EQ \\f(a;b) \x15".encode("utf-16-le"), ".doc", True),
        (b"pump EQ 12 of PEQ \\ and IEQ", ".doc", False),
        (b"{ EQ \\f(a;b) }", ".xls", False),
    ],
)
def test_formulas_that_a_conversion_drops_are_told(data: bytes, suffix: str, told: bool) -> None:
    assert bool(lost_equations(data, suffix)) is told


def test_a_heading_that_is_an_item_of_a_list_keeps_its_number() -> None:
    page = "<ol start=3><li><h2>Start</h2><p>Open V-1.</p></li></ol><ul><li><h2>Stop</h2></li></ul>"
    assert lines(read_bytes(page.encode(), "a.html")) == ["3. Start", "Open V-1.", "Stop"]
