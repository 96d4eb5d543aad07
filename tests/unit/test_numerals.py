"""Numbers that programs count and write themselves, in the numerals of five languages, as a reader sees them."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree
from pptx import Presentation

from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.readers.counting import page_number, short_number, slide_number
from walkdown_ingestion.readers.hangul.numbers import Level, Numbering
from walkdown_ingestion.readers.numerals import NUMERALS


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            "chineseCounting",
            {1: "一", 10: "十", 11: "十一", 20: "二十", 101: "一百零一", 110: "一百一十", 1005: "一千零五"},
        ),
        ("japaneseCounting", {10: "十", 15: "十五", 111: "百十一", 205: "二百五"}),
        ("koreanCounting", {3: "삼", 12: "십이", 305: "삼백오"}),
        ("koreanLegal", {1: "하나", 11: "열하나", 20: "스물", 99: "아흔아홉"}),
        ("ganada", {1: "가", 14: "하", 15: "가"}),
        ("chosung", {1: "ㄱ", 2: "ㄴ"}),
        ("aiueo", {1: "ア", 6: "カ"}),
        ("irohaFullWidth", {1: "イ", 2: "ロ"}),
        ("ideographTraditional", {1: "甲", 10: "癸"}),
        ("decimalEnclosedParen", {3: "⑶", 21: "21"}),
        ("japaneseLegal", {12: "壱拾弐"}),
        ("ordinal", {1: "1st", 11: "11th", 22: "22nd"}),
    ],
)
def test_numerals_of_the_five_languages(name: str, shown: dict[int, str]) -> None:
    assert {number: NUMERALS[name](number) for number in shown} == shown


def test_numbers_beyond_what_words_are_for_are_figures() -> None:
    assert NUMERALS["chineseCounting"](10_000) == "10000"
    assert NUMERALS["koreanLegal"](100) == "100"


def test_names_that_other_formats_give_them() -> None:
    assert [short_number(2, style) for style in ("가, 나, 다, ...", "①, ②, ③, ...", "i", "01, 02, 03, ...")] == [
        "나", "②", "ii", "02",
    ]  # fmt: skip
    assert [page_number(3, style) for style in ("hangul", "cjk-ideographic", "lower-greek", "A", "Lower-Roman")] == [
        "다", "三", "γ", "C", "iii",
    ]  # fmt: skip
    assert [slide_number(2, scheme) for scheme in ("ea1ChsPeriod", "ea1JpnKorPlain", "circleNumDbPlain")] == [
        "二.", "二", "②",
    ]  # fmt: skip


_LEVEL = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{1}"/>{3}<w:lvlText w:val="{2}"/></w:lvl>'


def _numbered(definition: str, items: list[tuple[str, int]]) -> list[str]:
    document = docx.Document()
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for child in parse_xml(f"<w:numbering {nsdecls('w')}>{definition}</w:numbering>"):
        root.append(child)
    for number, (name, level) in enumerate(items):
        paragraph = document.add_paragraph(f"step{number}")
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>')
        )
    held = io.BytesIO()
    document.save(held)
    return [block.text.split(" step")[0] for block in read_bytes(held.getvalue(), "a.docx").blocks]


def _abstract(number: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def _list(number: int, abstract: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


def test_legal_numbers_of_word_are_plain_at_every_level() -> None:
    definition = _abstract(
        0, _LEVEL.format(0, "upperRoman", "%1", ""), _LEVEL.format(1, "decimal", "%1.%2", "<w:isLgl/>")
    )
    assert _numbered(definition + _list(1, 0), [("1", 0), ("1", 0), ("1", 1)]) == ["I", "II", "2.1"]


def test_a_level_of_word_that_does_not_begin_anew_counts_on() -> None:
    steps = _LEVEL.format(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')
    definition = _abstract(0, _LEVEL.format(0, "chineseCounting", "第%1章", ""), steps)
    items = [("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1)]
    assert _numbered(definition + _list(1, 0), items) == ["第一章", "1)", "2)", "第二章", "3)"]


def test_a_list_of_word_may_count_in_its_own_way_and_begin_elsewhere() -> None:
    own = (
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>{_LEVEL.format(0, "ganada", "%1.", "")}</w:lvlOverride>'
    )
    definition = _abstract(0, _LEVEL.format(0, "decimal", "%1.", "")) + _list(1, 0) + _list(2, 0, own)
    # The two share a definition, so that the first goes on where the second got to.
    assert _numbered(definition, [("1", 0), ("2", 0), ("2", 0), ("1", 0)]) == ["1.", "마.", "바.", "7."]


def test_a_list_of_word_that_rests_on_the_style_of_another() -> None:
    definition = (
        _abstract(0, more='<w:numStyleLink w:val="Steps"/>')
        + _abstract(1, _LEVEL.format(0, "upperLetter", "Step %1", ""), more='<w:styleLink w:val="Steps"/>')
        + _list(1, 0)
    )
    assert _numbered(definition, [("1", 0), ("1", 0)]) == ["Step A", "Step B"]


def test_a_format_of_words_own_keeps_its_leading_zeros() -> None:
    own = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    level = f'<w:lvl w:ilvl="0"><w:start w:val="9"/>{own}<w:lvlText w:val="T-%1"/></w:lvl>'
    assert _numbered(_abstract(0, level) + _list(1, 0), [("1", 0), ("1", 0)]) == ["T-009", "T-010"]


def test_numbers_of_slides_begin_anew_with_another_scheme() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    frame = slide.shapes.add_textbox(0, 0, 5_000_000, 3_000_000).text_frame
    kinds = [
        ("arabicPeriod", 3),
        ("arabicPeriod", 3),
        ("alphaUcParenBoth", 1),
        ("ea1ChsPeriod", 1),
        ("ea1ChsPeriod", 1),
    ]
    for number, (scheme, start) in enumerate(kinds):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = f"step{number}"
        tag = "{http://schemas.openxmlformats.org/drawingml/2006/main}buAutoNum"
        numbered = etree.SubElement(paragraph._p.get_or_add_pPr(), tag)
        numbered.set("type", scheme)
        numbered.set("startAt", str(start))
    held = io.BytesIO()
    presentation.save(held)
    blocks = read_bytes(held.getvalue(), "a.pptx").blocks
    assert [block.text.split(" step")[0] for block in blocks] == ["3.", "4.", "(A)", "一.", "二."]


def test_lists_of_pages_are_numbered_as_their_styles_say() -> None:
    page = (
        "<style>ol.plain{list-style:none}</style>"
        '<ol style="list-style-type:hangul"><li>a<li value=4>b</ol><ol class=plain><li>c</ol>'
        "<table><tr><td>x<td>y<tr><td>s<td><ol type=I start=3 ><li>p<li>q</ol></table>"
    )
    document = read_bytes(page.encode(), "a.html")
    assert [block.text for block in document.blocks if block.table is None] == ["가. a", "라. b", "- c"]
    table = next(block.table for block in document.blocks if block.table is not None)
    assert [*table.header, *table.rows][1][1] == "III. p IV. q"


def test_a_page_that_counts_by_its_style_sheet_keeps_its_numbers() -> None:
    page = (
        "<style>ol{list-style:none} li{counter-increment:n} li::before{content:counter(n)}</style><ol><li>a<li>b</ol>"
    )
    assert [block.text for block in read_bytes(page.encode(), "a.html").blocks] == ["1. a", "2. b"]


def test_lists_of_opendocument_in_their_numerals() -> None:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style")
    )
    style = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1"'
        ' style:num-format="一, 二, 三, ..." style:num-prefix="第" style:num-suffix="条"/></text:list-style>'
    )
    items = "".join(f"<text:list-item><text:p>step{n}</text:p></text:list-item>" for n in range(2))
    content = (
        f"<office:document-content {names}><office:automatic-styles>{style}</office:automatic-styles><office:body>"
        f'<office:text><text:list text:style-name="L">{items}</text:list></office:text></office:body>'
        "</office:document-content>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    blocks = read_bytes(held.getvalue(), "a.odt").blocks
    assert [block.text for block in blocks] == ["第一条 step0", "第二条 step1"]


def test_numbers_of_hangul_with_the_way_to_them_and_a_start_of_their_own() -> None:
    counting = Numbering({1: Level("^1.", start=3), 2: Level("^N"), 3: Level("^n)", "HANGUL_SYLLABLE")})
    assert [counting.next(level) for level in (1, 2, 2, 3)] == ["3.", "3.1.", "3.2.", "3.2.가)"]
    beyond = Numbering({1: Level("^1", "IDEOGRAPH", 11), 2: Level("^2", "HANGUL_PHONETIC", 11)})
    assert [beyond.next(1), beyond.next(2)] == ["十一", "십일"]


def test_a_style_of_word_counts_at_the_level_that_is_linked_to_it() -> None:
    document = docx.Document()
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    linked = _LEVEL.format(1, "decimal", "%1.%2", '<w:pStyle w:val="Heading2"/>')
    definition = _abstract(0, _LEVEL.format(0, "decimal", "%1.", '<w:pStyle w:val="Heading1"/>'), linked) + _list(1, 0)
    for child in parse_xml(f"<w:numbering {nsdecls('w')}>{definition}</w:numbering>"):
        root.append(child)
    for name in ("Heading 1", "Heading 2"):
        style = document.styles[name].element
        properties = style.find(qn("w:pPr"))
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>'))
    document.add_heading("Start", 1)
    document.add_heading("Warm", 2)
    held = io.BytesIO()
    document.save(held)
    assert [block.text for block in read_bytes(held.getvalue(), "a.docx").blocks] == ["1. Start", "1.1 Warm"]
