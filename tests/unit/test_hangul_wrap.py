"""Korean words torn at the end of a line are whole again; lines that are broken at spaces stay as they are."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from walkdown_ingestion.hangul_wrap import HangulLines
from walkdown_ingestion.joining import Known, join_lines
from walkdown_ingestion.readers import pdf

TEXT = (
    "급수펌프를 기동하기 전에 흡입밸브가 열려 있는지 확인하고 최소유량 배관의 차단밸브를 연다. 베어링 온도가 상승하면 "
    "윤활유 냉각기의 냉각수 밸브를 확인하여야 한다. 진동이 기준을 넘으면 부하를 줄이고 현장을 확인한 다음 예비 펌프를 "
    "기동한다. 예비 펌프가 기동하지 않으면 보일러 수위가 내려가기 때문에 부하를 줄여야 한다. 운전원은 정지한 펌프의 "
    "토출밸브를 닫고 축이 거꾸로 돌지 않는지 확인한다. 정지 후에는 윤활유 펌프를 베어링이 식을 때까지 계속 운전한다."
)


@pytest.mark.parametrize(("wrap", "alignment"), [("CJK", 0), (None, 0), (None, 4)])
@pytest.mark.parametrize("size", [9.0, 10.5, 12.0, 14.5])
def test_a_korean_paragraph_reads_as_it_was_written(wrap: str | None, alignment: int, size: float) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("HYGothic-Medium"))
    style = ParagraphStyle(
        "x", fontName="HYGothic-Medium", fontSize=size, leading=1.5 * size, wordWrap=wrap, alignment=alignment
    )
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer).build([Paragraph(TEXT, style)])
    read = " ".join(block.text for block in pdf.read(buffer.getvalue(), "x.pdf").blocks).split()
    lost = [word for word in TEXT.split() if word not in read]
    # A compound may be closed at a line end (`예비펌프`); no word is left in two pieces.
    assert len(lost) <= (4 if wrap else 0)
    if wrap:
        whole = "".join(TEXT.split())
        assert "".join(read) == whole
        # Of five line ends a document shows little.
        assert len(read) <= len(TEXT.split()) + 2


def test_words_of_the_document_tell_what_is_torn() -> None:
    lines = HangulLines(["밸브를 닫기 때문에 압력이", "때문에 정지한다"])
    for left, right in [("하기 때", "문에"), ("차단밸", "브를"), ("확인하여", "야")] * 3:
        lines.see(left, right)
    known = Known(frozenset(), lines)
    assert join_lines(["수위가 내려가기 때", "문에 부하를 줄인다."], known) == "수위가 내려가기 때문에 부하를 줄인다."
    assert join_lines(["수위가 내려가기 때", "문에 부하를"], known, [False]) == "수위가 내려가기 때 문에 부하를"
    assert join_lines(["밸브를 닫고", "압력이 내려가면"], known) == "밸브를 닫고 압력이 내려가면"


@given(st.text(alphabet="가나다abc 0-", max_size=20), st.text(alphabet="가나다abc 0-", max_size=20))
def test_nothing_is_lost_when_lines_are_joined(left: str, right: str) -> None:
    joined = join_lines([left, right], Known(frozenset(), HangulLines([left, right])))
    assert "".join(joined.split()) == "".join((left + right).split())
