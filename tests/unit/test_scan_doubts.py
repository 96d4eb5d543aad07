"""Figures read from a scan: read twice, kept with their confidence, and told of in checks, answers and the command."""

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw

from walkdown.answering.scanned import told
from walkdown.answering.verification.scan import check_scan
from walkdown.documents import (
    Block,
    BlockKind,
    Box,
    Chunk,
    Claim,
    Evidence,
    Figure,
    ParsedDocument,
    SourceDocument,
    Table,
    Verdict,
)
from walkdown_ingestion.chunking import chunk_document
from walkdown_ingestion.readers.scan import tesseract
from walkdown_ingestion.readers.scan.figures import figures
from walkdown_ingestion.readers.scan.tesseract import Read


def figure(text: str, confidence: float = 0.95, other: str = "", y: float = 10) -> Figure:
    box = Box(page=3, x0=10, y0=y, x1=40, y1=y + 8)
    return Figure(text=text, confidence=confidence, other=other, box=box)


def evidence(text: str, *held: Figure, confidence: float | None = 0.9) -> Evidence:
    chunk = Chunk(
        id="c", document_id="D-1", pack="p", title="T", language="en", ordinal=0, text=text, confidence=confidence,
        figures=held, boxes=(Box(page=3, x0=0, y0=0, x1=500, y1=700),),
    )  # fmt: skip
    return Evidence(number=1, chunk=chunk, score=1.0)


def claim(text: str) -> Claim:
    return Claim(text=text, citations=(1,))


def test_a_number_that_two_readings_give_differently_is_not_passed() -> None:
    check = check_scan(claim("The flow is 22,140 kg/h."), [evidence("Flow 22140 kg/h", figure("22140", other="2140"))])
    assert check is not None
    assert check.verdict is Verdict.SKIPPED
    assert "page 3 of D-1: 22140 / 2140" in check.reason


def test_a_number_read_with_little_confidence_is_not_passed_either() -> None:
    check = check_scan(claim("It is 35 bar."), [evidence("35 bar", figure("35", 0.6))])
    assert check is not None
    assert (check.verdict, "60%" in check.reason) == (Verdict.SKIPPED, True)


def test_a_sure_number_passes_with_its_own_confidence_and_other_doubts_do_not_matter() -> None:
    item = evidence("35 bar, 99 rpm", figure("35", 0.93), figure("99", other="90"))
    check = check_scan(claim("It is 35 bar."), [item])
    assert check is not None
    assert (check.verdict, check.reason) == (Verdict.PASSED, "read twice alike, 93% sure")


def test_a_number_that_stands_only_with_the_mark_of_doubt_carries_no_claim() -> None:
    # Mutation: without this, a number without unit is taken from `35(?)`.
    item = evidence("Stages: 35(?)", figure("35", 0.4))
    failed, quoted = check_scan(claim("There are 35 stages."), [item]), check_scan(claim("Stages: 35(?)"), [item])
    assert failed is not None
    assert quoted is not None
    assert (failed.verdict, quoted.verdict) == (Verdict.FAILED, Verdict.SKIPPED)
    assert "page 3 of D-1" in failed.reason


def test_digital_text_has_no_such_check() -> None:
    assert check_scan(claim("It is 35 bar."), [evidence("35 bar", confidence=None)]) is None


def test_the_reader_is_told_which_figure_to_look_up() -> None:
    item = evidence("Flow 22140 kg/h at 35 bar", figure("22140", other="2140"), figure("35"))
    (doubt,) = told([claim("The flow is 22140 kg/h.")], [item], "en")
    assert doubt == "Not surely read from the scan: 22140 / 2140. Look at page 3 of D-1 before you use it."
    (plain,) = told([claim("It is at 35 bar.")], [item], "ko")
    assert "스캔" in plain
    assert "3쪽" in plain
    assert told([claim("It is 35 bar.")], [evidence("35 bar", confidence=None)], "en") == ()
    assert told([claim("The pump runs.")], [item], "en") == ()


def test_figures_go_with_the_row_they_stand_in() -> None:
    rows = (("P-101", "22140"), ("P-102", "35"))
    boxes = tuple(Box(page=3, x0=0, y0=y, x1=200, y1=y + 10) for y in (0, 10, 20))
    held = (figure("22140", other="2140", y=11), figure("35", y=21))
    table = Table(header=(("Tag", "Flow (kg/h)"),), rows=rows)
    block = Block(kind=BlockKind.TABLE, text="x", boxes=boxes, table=table, confidence=0.9, figures=held)
    source = SourceDocument(
        id="D-1", pack="p", title="T", language="en", sha256="0" * 64, media_type="x", file_name="f", source="s"
    )
    (chunk,) = chunk_document(ParsedDocument(title="T", blocks=(block,)), source, ())
    assert chunk.figures == held
    assert [f.other for f in chunk.figures_in("2,140 or 22,140 kg/h")] == ["2140"]


def sheet() -> tuple[Image.Image, list[Read]]:
    picture = Image.fromarray(np.full((200, 400), 255, dtype=np.uint8))
    words = []
    for i, text in enumerate(("2140", "35", "pump")):
        top = 20 + 60 * i
        ImageDraw.Draw(picture).rectangle((40, top, 120, top + 20), fill=0)
        words.append(Read(text, (0, 0, i), 40, top, 120, top + 20, 0.9))
    picture.info["dpi"] = (300, 300)
    return picture, words


def test_words_with_digits_are_read_again_and_only_other_digits_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    picture, words = sheet()

    def again(tall: Image.Image, wanted: Sequence[str], mode: int) -> list[Read]:
        assert tall.height > 1.4 * 2 * 40  # enlarged, both figures in it
        middles = [42.0, 108.0]
        return [
            Read(text, (0, 0, i), 20, 1.5 * y - 5, 90, 1.5 * y + 5, 0.9)
            for i, (text, y) in enumerate(zip(("22140", "35."), middles, strict=True))
        ]

    monkeypatch.setattr(tesseract, "recognise", again)
    assert [(r.word.text, r.other) for r in figures(picture, words, ["eng"])] == [("2140", "22140"), ("35", "")]
