"""Korean words set with wide spaces between their letters, as in the labels of forms."""

import io

import docx
import pytest

from walkdown_ingestion.clean import set_close
from walkdown_ingestion.readers import read_bytes


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("품   명", "품명"),
        ("비\u3000\u3000고", "비고"),
        ("작 업 표 준 서", "작업표준서"),
        ("할 일", "할 일"),
        ("한 번 양", "한 번 양"),
        ("월 화 수", "월 화 수"),
        ("유  무", "유  무"),
        ("가 나 다", "가 나 다"),
        ("관 리 번호", "관 리 번호"),
    ],
)
def test_letters_apart_are_one_word(written: str, read: str) -> None:
    assert set_close(written) == read


def test_labels_of_a_word_form() -> None:
    document = docx.Document()
    document.add_heading("작 업 표 준 서", 1)
    table = document.add_table(3, 3)
    for r, row in enumerate((("품   명", "수   량", "비   고"), ("가스켓", "12 EA", "할 일"), ("볼트", "40 EA", ""))):
        for cell, text in zip(table.rows[r].cells, row, strict=True):
            cell.text = text
    held = io.BytesIO()
    document.save(held)
    heading, read = read_bytes(held.getvalue(), "a.docx").blocks
    assert heading.text == "작업표준서"
    assert read.text.splitlines()[0] == "품명: 가스켓 | 수량: 12 EA | 비고: 할 일"
