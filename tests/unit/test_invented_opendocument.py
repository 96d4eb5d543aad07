"""OpenDocument as LibreOffice saves it: numbers of chapters, margins, charts, titles and notes of slides."""

import io
import zipfile

import pytest

from walkdown.documents import ParsedDocument
from walkdown_ingestion.readers import read_bytes

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = " ".join(
    f'xmlns:{short}="{_URN}{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("chart", "chart"), ("presentation", "presentation"), ("fo", "xsl-fo-compatible"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip
OUTLINE = """<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>
<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>
<text:outline-level-style text:level="3" style:num-format=""/></text:outline-style>"""
LISTED = """<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"
style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="("
style:num-suffix=")"/></text:list-style>"""
CHART = """<chart:chart><chart:title><text:p>Curve</text:p></chart:title><chart:plot-area>
<chart:axis chart:name="primary-x"><chart:title><text:p>Flow (t/h)</text:p></chart:title>
<chart:categories table:cell-range-address="local-table.$A$2:.$A$3"/></chart:axis>
<chart:axis chart:name="primary-y"><chart:title><text:p>m</text:p></chart:title></chart:axis>
<chart:series chart:values-cell-range-address="local-table.$B$2:.$B$3" chart:label-cell-address="local-table.$B$1"/>
</chart:plot-area><table:table><table:table-row><table:table-cell/><table:table-cell><text:p>Head</text:p>
</table:table-cell></table:table-row>ROWS</table:table></chart:chart>"""
ROW = "<table:table-row>{}</table:table-row>"
CELL = "<table:table-cell><text:p>{}</text:p></table:table-cell>"


def packed(kind: str, body: str, styles: str = "", chart: str = "") -> ParsedDocument:
    inside = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}[kind]
    parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{inside}",
        "content.xml": f"<office:document-content {_NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{inside}>{body}</office:{inside}></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_NAMES}>{styles}</office:document-styles>",
        "Object 1/content.xml": f"<office:document-content {_NAMES}>{chart}</office:document-content>",
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return read_bytes(held.getvalue(), f"a.{kind}")


def lines(parsed: ParsedDocument) -> list[str]:
    return [line for block in parsed.blocks for line in block.text.split("\n")]


def heading(level: int, text: str, more: str = "") -> str:
    return f'<text:h text:outline-level="{level}" {more}>{text}</text:h>'


def test_chapters_have_the_numbers_that_the_program_counts() -> None:
    chapters = [
        heading(1, "Scope"), heading(2, "General"), heading(2, "Special"), heading(3, "Plain"), heading(1, "Limits"),
        heading(1, "Annex", 'text:is-list-header="true"'), heading(2, "High"),
        heading(2, "Low", 'text:start-value="7"'),
    ]  # fmt: skip
    plain = '<style:style style:name="P" style:parent-style-name="Q"/>'
    plain += '<style:style style:name="Q" style:list-style-name=""/>'
    assert lines(packed("odt", heading(1, "Foreword", 'text:style-name="P"'), OUTLINE + plain)) == ["Foreword"]
    assert lines(packed("odt", "".join(chapters), OUTLINE)) == [
        "1. Scope", "1.1 General", "1.2 Special", "Plain", "2. Limits", "Annex", "2.1 High", "2.7 Low",
    ]  # fmt: skip


def test_a_list_goes_on_on_its_level_after_a_text() -> None:
    def listed(*items: str, more: str = "") -> str:
        return f'<text:list text:style-name="L" {more}>{"".join(items)}</text:list>'

    def item(inside: str) -> str:
        return f"<text:list-item>{inside}</text:list-item>"

    def below(*texts: str) -> str:
        return f"<text:list>{''.join(item(f'<text:p>{text}</text:p>') for text in texts)}</text:list>"

    goes_on = 'text:continue-numbering="true"'
    body = (
        listed(item(heading(1, "Start") + below("Open V-1.")))
        + "<text:p>A note.</text:p>"
        + listed(item(below("Open V-2.")), item(heading(1, "Stop") + below("Close V-1.")), more=goes_on)
    )
    assert lines(packed("odt", body, LISTED)) == [
        "1. Start", "(a) Open V-1.", "A note.", "(b) Open V-2.", "2. Stop", "(a) Close V-1.",
    ]  # fmt: skip


def test_the_head_and_foot_of_pages_tell_number_and_revision() -> None:
    cells = "".join(CELL.format(text) for text in ("Doc. No.: OP-101", "Rev. 3"))
    master = f"""<style:master-page><style:header><text:p/><table:table>{ROW.format(cells)}</table:table></style:header>
    <style:footer><text:p>Page <text:page-number>5</text:page-number></text:p></style:footer></style:master-page>"""
    found = packed("odt", "<text:p>Open V-1.</text:p>", master)
    assert found.metadata["margins"] == "Doc. No.: OP-101 | Rev. 3" and lines(found) == ["Open V-1."]


def test_charts_titles_and_notes() -> None:
    rows = "".join(ROW.format(CELL.format(x) + CELL.format(y)) for x, y in ((0, 120), (85, 115)))
    chart, place = CHART.replace("ROWS", rows), '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    shown = ["Curve", "Flow (t/h): 0 | Head (m): 120", "Flow (t/h): 85 | Head (m): 115"]
    assert lines(packed("odt", f"<text:p>See:{place}</text:p>", chart=chart)) == ["See:", *shown]
    box = "<draw:text-box><text:p>{}</text:p></draw:text-box>"
    title = f'<draw:frame presentation:class="title">{box.format("Trip limits")}</draw:frame>'
    notes = f'<presentation:notes><draw:frame presentation:class="notes">{box.format("Unit 2.")}</draw:frame>'
    page = f"<draw:page>{title}{place}{notes}</presentation:notes></draw:page>"
    style = (
        '<style:style style:name="H"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    )
    hidden = f'<draw:page draw:style-name="H" draw:name="two">{title}</draw:page>'
    found = packed("odp", page + hidden, style, chart)
    assert lines(found) == ["Trip limits", *shown, "Speaker notes: Unit 2."] and found.title == "Trip limits"
    assert found.warnings == ("slide two is hidden and was left out",)
    # The numbers of a sheet stand in it.
    sheet = f"<table:table>{ROW.format(CELL.format('Flow') + CELL.format('Head'))}<table:shapes>{place}</table:shapes>"
    assert lines(packed("ods", f"{sheet}</table:table>", chart=chart))[-1] == "Curve (Flow (t/h), m)"


@pytest.mark.parametrize(
    ("value", "text", "shown"),
    [("-1.5", "(1.50)", "-1.50"), ("-1.5", "1.50", "-1.50"), ("-1.5", "-1.50", "-1.50"), ("1.5", "(1.50)", "(1.50)"),
     ("12500", "12 500", "12500"), ("-0.5", "50 %", "-50 %")],
)  # fmt: skip
def test_a_number_of_a_sheet_keeps_its_sign_and_is_in_one_piece(value: str, text: str, shown: str) -> None:
    cell = (
        f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{text}</text:p></table:table-cell>'
    )
    rows = ROW.format(CELL.format("Tag") + CELL.format("Low")) + ROW.format(CELL.format("PT-1") + cell)
    assert lines(packed("ods", f"<table:table>{rows}</table:table>"))[-1].endswith(f": {shown}")


def test_thousands_apart_by_a_space_that_breaks_no_line_are_one_number() -> None:
    for gap in "\u00a0\u2009\u202f":
        text = f"Weight 12{gap}500 kg, flow 1{gap}200{gap}300 kg, PN 16, P-1{gap}200, DN{gap}80{gap}500, 12{gap}5000."
        shown = "Weight 12500 kg, flow 1200300 kg, PN 16, P-1 200, DN 80 500, 12 5000."
        assert lines(packed("odt", f"<text:p>{text}</text:p>")) == [shown]
