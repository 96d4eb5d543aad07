"""Mails that quote the mails before them: what somebody asked stands under who asked it, apart from the answer."""

from email.message import EmailMessage

import pytest

from walkdown.documents import Block
from walkdown_ingestion.readers import read_bytes


def blocks_of(text: str, subtype: str) -> tuple[Block, ...]:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Re: TK-905", "an@example.kr"
    mail.set_content(text, subtype=subtype)
    return read_bytes(mail.as_bytes(), "a.eml").blocks


def path_of(blocks: tuple[Block, ...], text: str) -> tuple[str, ...]:
    return next(block.heading_path for block in blocks if text in block.text)


HTML = """<p>Fill TK-905 to 82 % at most.</p>
<table border=1><tr><th>Tank<th>High (%)</tr><tr><td>TK-905<td>82</tr></table>
<div><p><b>{From}:</b> bae@example.kr<br><b>{Sent}:</b> {day}<br><b>{To}:</b> an@example.kr</p></div>
<p>May we fill it to 90 %?</p><table border=1><tr><th>Tank<th>High (%)</tr><tr><td>TK-905<td>90</tr></table>"""


@pytest.mark.parametrize(
    ("names", "day"),
    [
        ({"From": "From", "Sent": "Sent", "To": "To"}, "Friday, 4 July 2025 08:10"),
        ({"From": "보낸 사람", "Sent": "보낸 날짜", "To": "받는 사람"}, "2025년 7월 4일 금요일"),
        ({"From": "差出人", "Sent": "送信日時", "To": "宛先"}, "2025年7月4日"),
    ],
)
def test_the_mail_below_an_answer_stands_under_its_sender(names: dict[str, str], day: str) -> None:
    blocks = blocks_of(HTML.format(**names, day=day), "html")
    head = f"{names['From']}: bae@example.kr, {names['Sent']}: {day}"
    assert path_of(blocks, "82 % at most") == ("Re: TK-905",)
    assert path_of(blocks, "High (%): 82") == ("Re: TK-905",)
    assert path_of(blocks, "to 90 %") == path_of(blocks, "High (%): 90") == ("Re: TK-905", head)


PLAIN = "Use 3.1 bar.\n{mark}From: bae@example.kr\nSent: 4 July 2025\nTo: an@example.kr\n\nIs it 3.6 bar?\n"


@pytest.mark.parametrize("mark", ["-----Original Message-----\n", "", "----- 원본 메시지 -----\n\n"])
def test_a_quoted_mail_in_plain_text(mark: str) -> None:
    blocks = blocks_of(PLAIN.format(mark=mark), "plain")
    assert path_of(blocks, "3.1 bar") == ("Re: TK-905",)
    assert path_of(blocks, "3.6 bar")[1].startswith("From: bae@example.kr, Sent: 4 July 2025")


@pytest.mark.parametrize(
    "line",
    ["On Fri, 4 Jul 2025 at 08:10, Bae wrote:", "2025년 7월 4일 (금) 오전 8:10, 배OO 님이 작성:"],
)
def test_a_quoted_mail_below_a_line_that_names_its_writer(line: str) -> None:
    blocks = blocks_of(f"<p>Keep 61 °C.</p><div>{line}</div><blockquote><p>We keep 66 °C.</p></blockquote>", "html")
    assert path_of(blocks, "61 °C") == ("Re: TK-905",)
    assert path_of(blocks, "66 °C") == ("Re: TK-905", line)


def test_lines_that_only_look_like_the_head_of_a_mail() -> None:
    blocks = blocks_of("<p>From: TK-905 to TK-906, 40 m³ at most.</p><p>He wrote: 12 bar.</p><p>Then stop.</p>", "html")
    assert path_of(blocks, "Then stop") == ("Re: TK-905",)
