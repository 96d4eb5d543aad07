"""Tags that a list writes in short: all that are meant, and nothing that is not."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdown.text.tags import compile_pattern, find_tags, normal_form

GRAMMAR = (
    compile_pattern("equipment", r"(?:BFP|EM|MOV|P|PSV|TIC|TK|TT|V|XV)-[A-D]?\d{1,3}[A-D]?"),
    compile_pattern("loop", r"(?:FIC|TT)-\d{3}-\d{1,2}"),
    compile_pattern("freezer", r"FZ-\d{3}"),
)


def names(text: str) -> list[str]:
    """The tags of a text, as spelled out, without their separators."""
    return [tag.normal for tag in find_tags(text, GRAMMAR)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("P-101A/B", ["P101A", "P101B"]),
        ("p-101a/b", ["P101A", "P101B"]),
        ("P-101B/A", ["P101B", "P101A"]),
        ("P-101A, B and C are idle", ["P101A", "P101B", "P101C"]),
        ("P-101A·B", ["P101A", "P101B"]),
        ("P-101A와 B는 예비다", ["P101A", "P101B"]),
        ("P-101(A/B)", ["P101", "P101A", "P101B"]),
        ("PSV-301A~D", ["PSV301A", "PSV301B", "PSV301C", "PSV301D"]),
        ("P-101A to C", ["P101A", "P101B", "P101C"]),
        ("FIC-202-1/-2", ["FIC2021", "FIC2022"]),
        ("FIC-202-1, -2 및 -3", ["FIC2021", "FIC2022", "FIC2023"]),
        ("FIC-202-1~-3", ["FIC2021", "FIC2022", "FIC2023"]),
        ("FIC-202-1 to FIC-202-3", ["FIC2021", "FIC2022", "FIC2023"]),
        ("FIC-202-1 ~ FIC-202-3", ["FIC2021", "FIC2022", "FIC2023"]),
        ("MOV-11, 12 and 13 are open", ["MOV11", "MOV12", "MOV13"]),
        ("MOV-11~13을 연다", ["MOV11", "MOV12", "MOV13"]),
        ("TT-101/102/103", ["TT101", "TT102", "TT103"]),
        ("EM-B03, 04", ["EMB03", "EMB04"]),
        ("P-101A, P-101B", ["P101A", "P101B"]),
    ],
)
def test_a_list_names_every_tag_it_means(text: str, meant: list[str]) -> None:
    assert names(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "P-101B, A new seal is fitted",
        "P-101A, B동 앞",
        "P-101A and BFP",
        "P-101A, B-214",
        "TIC-101 to 150",
        "TIC-101, 102 °C",
        "TIC-101 and 102 degrees",
        "XV-11, 12분 뒤",
        "XV-11, 12 and 13 bar",
        "XV-11, 500",
        "V-101, 2024-11-28",
        "V-101, 102.5",
        "V-101~199",
        "FZ-805, C2",
        "P-101A/B2",
    ],
)
def test_what_follows_a_tag_is_no_tag_unless_it_must_be(text: str) -> None:
    assert len([tag for tag in find_tags(text, GRAMMAR) if tag.normal != "B214"]) == 1


def test_from_tank_to_tank_is_no_range() -> None:
    assert names("Transfer from TK-101 to TK-103.") == ["TK101", "TK103"]


def test_a_part_of_a_list_keeps_its_place_and_is_spelled_out() -> None:
    text = "Close FIC-202-1/-2 first."
    tag = find_tags(text, GRAMMAR)[1]
    assert (tag.text, text[tag.start : tag.end], tag.kind) == ("FIC-202-2", "2", "loop")


@given(st.integers(100, 999), st.sets(st.sampled_from("ABCD"), min_size=1), st.sampled_from(["/", ", ", " and ", "·"]))
def test_letters_in_short_mean_the_same_as_in_full(number: int, letters: set[str], separator: str) -> None:
    ordered = sorted(letters)
    short = f"P-{number}{separator.join(ordered)}"
    assert names(short) == [f"P{number}{letter}" for letter in ordered]


@given(st.integers(100, 979), st.integers(1, 19))
def test_a_range_of_numbers_names_each(first: int, more: int) -> None:
    expected = [f"V{number}" for number in range(first, first + more + 1)]
    assert names(f"V-{first}~{first + more}") == expected
    assert names(f"V-{first} ~ V-{first + more}") == expected


@given(st.text(string.ascii_letters + string.digits + " /,~·()-와및", max_size=12))
def test_a_tag_never_becomes_its_neighbour(rest: str) -> None:
    """Whatever follows, P-101A is found as itself or not at all, and each tag found is one of the grammar."""
    found = find_tags(f"P-101A{rest}", GRAMMAR)
    assert not found or found[0].normal != "P101B"
    assert all(tag.normal == normal_form(tag.text) for tag in found)
    assert all(any(rule.regex.fullmatch(tag.text) for rule in GRAMMAR) for tag in found)
    assert [tag.start for tag in found] == sorted(tag.start for tag in found)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("BFP-1A/1B and MOV-11", ["BFP1A", "BFP1B", "MOV11"]),
        ("P-101A, 101B", ["P101A", "P101B"]),
        ("P-101A and -101B", ["P101A", "P101B"]),
        ("BFP-1A, 2 A", ["BFP1A"]),
        ("BFP-1A/3B", ["BFP1A"]),
        ("P–101A, P‑102, Ｐ－１０３ and PSV−302B", ["P101A", "P102", "P103", "PSV302B"]),
        ("V-101–103 bar", ["V101"]),
    ],
)
def test_numbers_said_again_and_hyphens_of_word_processors(text: str, meant: list[str]) -> None:
    assert names(text) == meant
