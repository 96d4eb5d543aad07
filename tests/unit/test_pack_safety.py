"""Safety topics: what a question is on, and what is wrong with the file that says so."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdown.packs.loader import load_pack
from walkdown.packs.safety import SafetyTopic, topics_of
from walkdown.packs.validation import validate_pack
from walkdown.testing.pack_sample import edit, make_pack

SAFETY = """\
topics:
  - id: loto
    title: {ko: 잠금·표지, en: Lock-out}
    handling: quote
    match:
      ko: [잠금, 밀폐 공간, 격리 + 작업]
      en: [lockout, lock-out, LOTO, isolate + work, SIS]
    unless: {ko: [화면 잠금], en: [screen]}
    documents: [TINY-OP-001]
    warning: {ko: 절차를 그대로 따르십시오., en: Follow the procedure.}
    contact: {ko: 당직 (2110), en: Shift (2110)}
  - id: defeat
    title: {ko: 보호 무력화, en: Defeating a protection}
    handling: refuse
    match: {ko: [우회], en: [bypass]}
    documents: [TINY-OP-001]
    warning: {ko: 답하지 않습니다., en: This is not answered.}
    contact: {ko: 당직 (2110), en: Shift (2110)}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = make_pack(tmp_path / "tiny")
    (folder / "safety.yaml").write_text(SAFETY, encoding="utf-8")
    return folder


@pytest.fixture
def topics(pack: Path) -> tuple[SafetyTopic, ...]:
    return load_pack(pack).safety


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who removes the LOTO tag?", ["loto"]),
        ("LOTO를 누가 푸나?", ["loto"]),
        ("lock out of P-101A", ["loto"]),
        ("LOCK-OUT?", ["loto"]),
        ("밀폐공간에 들어가기 전에?", ["loto"]),
        ("밀폐 공간에 들어가기 전에?", ["loto"]),
        ("격리하고 나서 작업은?", ["loto"]),
        ("격리 밸브는 몇 개인가?", []),
        ("how do I isolate P-101A before work?", ["loto"]),
        ("work before isolating?", []),
        ("is the SIS tested?", ["loto"]),
        ("my sister asks", []),
        ("the LOTO screen is dark", []),
        ("bypassing the interlock under lockout", ["defeat", "loto"]),
        ("인터록을 우회하려면?", ["defeat"]),
        ("what is the rated flow?", []),
        ("", []),
    ],
)
def test_a_question_is_on_the_topics_whose_items_occur(
    topics: tuple[SafetyTopic, ...], question: str, expected: list[str]
) -> None:
    assert [topic.id for topic in topics_of(topics, question)] == expected


@given(st.text())
def test_any_text_can_be_tried(question: str) -> None:
    fields = {"ko": "가", "en": "a"}
    topic = SafetyTopic.model_validate(
        {
            "id": "x",
            "title": fields,
            "handling": "refuse",
            "match": {"ko": ["가"], "en": ["pump + run"]},
            "warning": fields,
            "contact": fields,
        }
    )
    assert topic.covers(f"{question} 가")
    assert topic.covers(f"pump {question} 가 run")


def test_a_pack_without_the_file_has_no_topics_and_one_with_it_is_valid(pack: Path) -> None:
    assert validate_pack(pack) == []
    (pack / "safety.yaml").rename(pack / "rules.yaml")
    assert load_pack(pack).safety == ()
    edit(pack / "pack.yaml", "languages: [ko, en]", "languages: [ko, en]\nsafety: rules.yaml")
    assert [topic.id for topic in load_pack(pack).safety] == ["loto", "defeat"]
    (pack / "rules.yaml").unlink()
    assert ["The file is missing." in fault.message for fault in validate_pack(pack)] == [True]


FAULTS = [
    ("id: defeat", "id: loto", "already that of line 2"),
    ("    match: {ko: [우회], en: [bypass]}", "    match: {ko: [우회]}", "no items in en"),
    ("    match: {ko: [우회], en: [bypass]}", "    match: {ko: [], en: []}", "no items in ko and en"),
    ("    match: {ko: [우회], en: [bypass]}", "    match: {ko: [우회 +], en: [bypass]}", "lacks a word"),
    ("    match: {ko: [우회], en: [bypass]}\n", "", "required field is missing"),
    ("{ko: 답하지 않습니다., en: This is not answered.}", "{ko: 답하지 않습니다.}", "warning.en: required field"),
    ("handling: refuse", "handling: deny", "handling"),
    ("    match: {ko: [우회]", "\tmatch: {ko: [우회]", "tab"),
    ("    unless: {ko: [화면 잠금], en: [screen]}\n    documents: [TINY-OP-001]", "    documents: []", "names the doc"),
    ("id: defeat", "id: Defeat", "topics.1.id"),
]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS)
def test_each_fault_is_named_with_line_and_remedy(pack: Path, old: str, new: str, message: str) -> None:
    line = edit(pack / "safety.yaml", old, new)
    found = [fault for fault in validate_pack(pack) if message in fault.message]
    assert found, validate_pack(pack)
    assert found[0].file == "safety.yaml"
    assert found[0].remedy
    # A topic as a whole is named by the line it begins on.
    assert line - 12 <= found[0].line <= line + 2


def test_a_topic_that_points_to_an_unknown_document_is_named(pack: Path) -> None:
    text = (pack / "safety.yaml").read_text(encoding="utf-8")
    (pack / "safety.yaml").write_text(text.replace("TINY-OP-001", "TINY-OP-009", 1), encoding="utf-8")
    assert [(f.line, "'TINY-OP-009' is not in the corpus" in f.message) for f in validate_pack(pack)] == [(2, True)]
    # A file that is read only when it is ingested may be the one.
    (pack / "corpus" / "TINY-OP-009.pdf").write_bytes(b"%PDF-")
    assert validate_pack(pack) == []


def test_an_empty_file_and_one_that_is_no_list_are_faults(pack: Path) -> None:
    for text in ("", "# later\n", "topics: loto\n", "- loto\n"):
        (pack / "safety.yaml").write_text(text, encoding="utf-8")
        faults = validate_pack(pack)
        assert [fault.file for fault in faults] == ["safety.yaml"]
        assert faults[0].remedy
