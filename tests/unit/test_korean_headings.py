"""Korean headings that end like clipped steps (`유압 낮음`, `말하는 것`), and those that end in 요 (`개요`)."""

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from walkdown.documents import BlockKind
from walkdown_ingestion.readers import pdf

_FONT = "HYSMyeongJo-Medium"
_BODY = ["이 장은 증기터빈의 경보를 다루며 태그는 1호기를 기준으로 적는다.", "설정값이 다르면 목록을 따른다."]


def _headings(*headings: tuple[str, float]) -> list[str]:
    """What is read as headings of a page of such lines, each with two lines of prose and a step below."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=1)
    y = 780.0
    for text, size in headings:
        for line, own, drop in (
            (text, size, 24.0),
            *((t, 10.0, 14.0) for t in _BODY),
            ("1. 값을 비교한다.", 10.0, 14.0),
        ):
            canvas.setFont(_FONT, own)
            canvas.drawString(60, y, line)
            y -= drop
        y -= 20
    canvas.save()
    return [b.text for b in pdf.read(file.getvalue(), "test.pdf").blocks if b.kind is BlockKind.HEADING]


@pytest.mark.parametrize("last", ["3. SA-02 유압 낮음", "3. 신고할 때 말하는 것", "3. 소화전함", "3. 개요", "3. 바다"])
def test_a_larger_line_is_a_heading_whatever_noun_it_ends_in(last: str) -> None:
    assert _headings(("1. 쓰는 법", 13.0), ("2. SA-01 축 진동 높음", 13.0), (last, 13.0)) == [
        "1. 쓰는 법",
        "2. SA-01 축 진동 높음",
        last,
    ]


@pytest.mark.parametrize("last", ["3. 밸브를 닫는다", "3. 밸브를 닫으십시오", "3. 밸브를 닫으세요"])
def test_a_sentence_in_larger_type_is_none(last: str) -> None:
    assert _headings(("1. 쓰는 법", 13.0), (last, 13.0)) == ["1. 쓰는 법"]


def test_a_step_in_the_type_of_the_text_is_none() -> None:
    assert _headings(("1. 쓰는 법", 13.0), ("2. 조치 없음", 10.0)) == ["1. 쓰는 법"]
