"""Text of models and documents reaches the browser letter by letter and is never interpreted."""

import html
import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from walkdown.testing.payloads import PAYLOADS
from walkdown_ui.inert import as_html, as_html_with_code, as_label, visible
from walkdown_ui.parts.passage import passage_html

_OWN_TAGS = {"p", "br", "div", "table", "tr", "th", "td"}
_MARKUP = re.compile(r"[<>&\"'`*_\[\]()!|\\#$:~/@.-]")
hostile_text = st.lists(
    st.one_of(st.text(max_size=12), st.sampled_from(PAYLOADS), st.sampled_from(list("<>&|*_`[]()!$:\\\n\u202e\x01"))),
    max_size=8,
).map("".join)


class _Reader(HTMLParser):
    """Collects what a browser would see: tags with attributes, and text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        if tag == "br":
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(("!--", ()))

    def handle_decl(self, decl: str) -> None:
        self.tags.append(("!", ()))


def read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader


@given(hostile_text)
def test_html_shows_the_text_exactly_and_holds_no_tag_of_it(text: str) -> None:
    seen = read(as_html(text))
    assert {tag for tag, _ in seen.tags} <= {"br"}
    assert seen.text == visible(text)


@given(hostile_text)
def test_code_is_the_only_tag_that_backticks_bring(text: str) -> None:
    seen = read(as_html_with_code(text))
    assert {tag for tag, _ in seen.tags} <= {"br", "code"}
    assert seen.text.replace("`", "") == visible(text).replace("`", "")


@given(hostile_text)
def test_a_passage_brings_only_our_own_tags(text: str) -> None:
    seen = read(passage_html(text))
    assert {tag for tag, _ in seen.tags} <= _OWN_TAGS
    assert all(attributes in ((), ("class",)) for _, attributes in seen.tags)


@given(st.lists(st.text(alphabet="ab가 <>&\"'*_[]()!.", max_size=15), max_size=6))
def test_a_passage_without_tables_loses_no_letter(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert "".join(read(passage_html(text)).text.split()) == "".join(visible(text).split())


@given(hostile_text)
def test_a_label_is_plain_text_to_a_markdown_reader(text: str) -> None:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    inline = [child for token in reader.parse(as_label(text)) for child in token.children or []]
    assert {child.type for child in inline} <= {"text", "text_special"}
    assert "".join(c.content for c in inline).replace("\u2060", "") == " ".join(visible(text).split())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_label_holds_no_address_that_a_reader_could_link(payload: str) -> None:
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    plain = re.sub(r"\\(.)", r"\1", as_label(payload))
    assert not re.search(r"(?i)https?://|www\.|[\w.+-]@\w", plain)
    assert "<a" not in reader.render(as_label(payload))


@given(st.text())
def test_nothing_invisible_is_left(text: str) -> None:
    assert all(unicodedata.category(c) not in {"Cf", "Cs"} for c in visible(text))
    assert all(c in "\n\t" for c in visible(text) if unicodedata.category(c) == "Cc")


@pytest.mark.parametrize(
    "text", ["T < 50 °C and P > 3 bar", "P_101*2 [A](B)", "$5 ~ 7$ & more", "a<b>c", "≤ 0.35 MPa \uf0a3"]
)
def test_what_plants_write_is_shown_as_written(text: str) -> None:
    assert html.unescape(as_html(text)) == text
    assert re.sub(r"\\(.)", r"\1", as_label(text)) == text


def test_a_direction_override_cannot_turn_a_number_round() -> None:
    assert visible("max \u202e021\u202c bar") == "max 021 bar"


def test_a_long_label_is_cut_with_an_ellipsis() -> None:
    assert as_label("가" * 50, 10) == "가" * 9 + "…"


def test_a_table_is_drawn_with_its_header() -> None:
    page = passage_html("limits:\n| pump | bar |\n|---|---|\n| P-1 | < 3 |\nend")
    assert "<th>pump</th><th>bar</th>" in page
    assert "<td>P-1</td><td>&lt; 3</td>" in page
    assert read(page).text.startswith("limits:") and read(page).text.endswith("end")


def test_rows_that_carry_their_header_are_drawn_under_one() -> None:
    page = passage_html("Cycles\nCycle: P1 | Time: 30 min\nCycle: P2 | Cooling: < 80 °C: slow")
    assert page.count("<th>") == 3
    assert "<tr><td>P1</td><td>30 min</td><td></td></tr>" in page
    assert "<tr><td>P2</td><td></td><td>&lt; 80 °C: slow</td></tr>" in page


@pytest.mark.parametrize("line", ["Time: 30 min", "a | b", "Limit: 1 | Limit: 2", "see | Limit: 2", "A:1 | B:2"])
def test_a_line_that_is_no_row_stays_a_line(line: str) -> None:
    assert passage_html(line) == f"<p>{line}</p>"


_NAME = st.text(alphabet="abc가나 ()/", min_size=1, max_size=8).map(str.strip).filter(bool)
_VALUE = st.text(alphabet="0189.,<> :-~가%", min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.lists(st.dictionaries(_NAME, _VALUE, min_size=2, max_size=4), min_size=1, max_size=4))
def test_every_value_of_a_row_stands_under_its_name(rows: list[dict[str, str]]) -> None:
    page = passage_html("\n".join(" | ".join(f"{k}: {v}" for k, v in row.items()) for row in rows))
    lines = [re.findall(r"<t[hd]>(.*?)</t[hd]>", line) for line in re.findall(r"<tr>(.*?)</tr>", page)]
    names, *values = [[html.unescape(cell) for cell in line] for line in lines]
    assert [{n: v for n, v in zip(names, line, strict=True) if v} for line in values] == rows


def test_the_payloads_are_many_and_differ() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60
    assert all(_MARKUP.search(p) for p in PAYLOADS)
