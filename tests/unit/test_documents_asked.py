"""Documents as wholes: the table, section and revisions that a question names, and numbers written in short."""

import re
from typing import Any

import pytest

from walkdown.answering.composed import comparison, section, whole_table
from walkdown.answering.conversions import converted_line
from walkdown.answering.documents_asked import revisions_compared
from walkdown.documents import Chunk, Evidence
from walkdown.retrieval.followup import condense
from walkdown.retrieval.known_tags import with_document_numbers
from walkdown.testing import asking
from walkdown.testing.memory import sample_chunk
from walkdown.text.asked_units import asked_units
from walkdown.text.tags import TagPattern


def chunk(number: int, text: str, **fields: Any) -> Chunk:
    return sample_chunk(number, text, id=f"OP-1:{number}", document_id="OP-1", **fields)


TABLES = [
    chunk(1, "Table 1. Pumps\n\nItem: Flow | Value: 40 m3/h\n\nTable 2. Tanks\n\nItem: Level | Value: 2 m"),
    chunk(2, "Item: Volume | Value: 9 m3"),
    chunk(3, "표 3. 수질\n\n항목: pH | 값: 9"),
]


@pytest.mark.parametrize(
    ("number", "rows"),
    [
        ("1", ["Item: Flow | Value: 40 m3/h"]),
        ("2", ["Item: Level | Value: 2 m"]),
        ("3", ["항목: pH | 값: 9"]),
    ],
)
def test_a_table_is_found_by_its_number(number: str, rows: list[str]) -> None:
    made = whole_table([Evidence(number=1, chunk=TABLES[0], score=1.0)], TABLES, number)
    assert made is not None and [c.text for c in made.claims] == rows


def test_a_table_that_no_caption_numbers_is_not_made_up() -> None:
    assert whole_table([Evidence(number=1, chunk=TABLES[0], score=1.0)], TABLES, "7") is None


def test_a_section_is_shown_whole_by_its_number() -> None:
    chunks = [
        chunk(1, "Open the valve. Start the pump.", heading_path=("3. Start",)),
        chunk(2, "Stop the pump.", heading_path=("13. Stop",)),
        chunk(3, "Vent.", heading_path=("3.1 Vent",)),
    ]
    made = section(chunks, "3")
    assert made is not None and [c.text for c in made.claims] == ["Open the valve.", "Start the pump."]
    assert section(chunks, "4") is None


def test_a_change_in_the_first_section_is_shown_and_two_languages_take_turns() -> None:
    old, new = (
        [chunk(0, text, heading_path=("1. Scope",))] for text in ("Start within 8 hours.", "Start within 6 hours.")
    )
    assert [c.text for c in comparison(old, new).claims] == ["Start within 8 hours. → Start within 6 hours."]
    korean = [chunk(1, "유량은 340 m3/h이다. 압력은 5 barg이다.", heading_path=("1. 값",))]
    english = [chunk(1, "The flow is 360 m3/h. The pressure is 6 barg.", heading_path=("1. Values",))]
    assert [c.text[0] for c in comparison(korean, english).claims] == ["−", "+", "−", "+"]


GRAMMAR = (TagPattern("document", re.compile(r"(?<![A-Z0-9])HCC-[A-Z]{2}-\d{3}(?![A-Z0-9])")),)
KNOWN = {"HCCOP331": 3, "HCCAL271": 1, "BFP1A": 4}


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("HCC OP 331 최소 유량", "HCC-OP-331 최소 유량"),
        ("hcc op331 min flow", "HCC-OP-331 min flow"),
        ("OP-331 3장", "HCC-OP-331 3장"),
        ("HCC-OP-331 유량", "HCC-OP-331 유량"),
        ("OP-999 유량", "OP-999 유량"),
        ("BFP 1A 유량", "BFP 1A 유량"),
        ("set at 331 rpm", "set at 331 rpm"),
    ],
)
def test_a_document_number_in_short_is_put_in_full(question: str, meant: str) -> None:
    assert with_document_numbers(question, GRAMMAR, KNOWN) == meant


def test_a_short_number_of_two_documents_is_left_as_it_is() -> None:
    grammar = (TagPattern("document", re.compile(r"[A-Z]{3}-OP-\d{3}")),)
    assert with_document_numbers("OP-331 유량", grammar, {"HCCOP331": 1, "ABCOP331": 1}) == "OP-331 유량"


@pytest.mark.parametrize(
    ("turns", "question", "meant"),
    [
        (["P-101A 최소 유량은?"], "B도 같아?", "P-101B 최소 유량은?"),
        (["P-101A 최소 유량"], "psi로는?", "P-101A 최소 유량 psi로는?"),
        (["P-101A 최소 유량?"], "전 개정에선 얼마였는데?", "P-101A 최소 유량 전 개정에선 얼마였는데?"),
        (["P-101A minimum flow?"], "was it different before?", "P-101A minimum flow was it different before?"),
        (["BFP-1A的最小流量"], "2号机呢？", "BFP-2A的最小流量"),
        (["BFP-1A 베어링 온도 경보 몇 도야"], "트립은?", "BFP-1A 베어링 온도: 트립은?"),
        (["P-101A 알칼리 세척 온도는?"], "시간은?", "P-101A 알칼리 세척: 시간은?"),
        (["알칼리 세척 온도"], "시간", "알칼리 세척: 시간"),
        (["A1 사이클 유지시간은?"], "A3 것도 알려줘", "A3 사이클 유지시간은?"),
        (["P-101A 진동 트립은?"], "그리고 P-102A 설정값도", "그리고 P-102A 설정값도"),
        (["How long is the hold in cycle one?"], "and liquids?", "hold cycle one: and liquids?"),
        (["P-101A 최소 유량"], "P-102A 트립 온도는 몇 도야?", "P-102A 트립 온도는 몇 도야?"),
    ],
)
def test_a_follow_up_takes_over_what_it_leaves_out(turns: list[str], question: str, meant: str) -> None:
    assert condense(question, turns, asking.PACK) == meant


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("吐出圧力をMPaで", ("MPa",)),
        ("出口压力换算成MPa是多少", ("MPa",)),
        ("temperatura máxima en Fahrenheit", ("°F",)),
        ("top pressure limit, give me kPa", ("kPa",)),
        ("유량 리터/분으로 환산하면?", ("L/min",)),
        ("min flow gpm", ("gpm",)),
        ("limit of 5 bar", ()),
        ("10분으로 바꿔", ()),
        ("unit C", ()),
    ],
)
def test_a_unit_is_asked_for_in_many_words(question: str, units: tuple[str, ...]) -> None:
    assert asked_units(question) == units


def test_the_line_that_is_quoted_is_told_in_the_unit_asked_for() -> None:
    lines = ["Item: Flow | Value: 40 m3/h", "Item: Pressure | Value: 6 barg"]
    told = converted_line(lines, ["\n".join(lines)], ("MPa",), "en")
    assert told == ("Item: Pressure | Value: 6 barg (converted: 0.6 MPa(g))",)
    assert converted_line(lines, [lines[0]], ("MPa",), "en") == ()
    assert converted_line(lines, lines, (), "en") == ()


REVISIONS = [chunk(n, f"The flow is {n}0 m3/h.", revision=str(n), effective_date=f"202{n}-01-01") for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("question", "pair"),
    [
        ("what changed in OP-1", ("3", "4")),
        ("what changed in rev 2 of OP-1", ("1", "2")),
        ("rev 1 and rev 3 side by side", ("1", "3")),
        ("개정 2 이후 지금까지 바뀐 것", ("2", "4")),
        ("r2→r4 delta", ("2", "4")),
        ("rev 1에서 바뀐 것", ("3", "4")),
    ],
)
def test_the_revisions_that_are_compared(question: str, pair: tuple[str, str]) -> None:
    made = revisions_compared(question, REVISIONS)
    assert made is not None and (made[0][0].revision, made[1][0].revision) == pair


def test_one_revision_is_compared_with_nothing() -> None:
    assert revisions_compared("what changed", REVISIONS[:1]) is None
