"""Where a mail quotes the mails before it: their text stands under a heading that says whose it is and of when.

The question below an answer often holds the value that the answer corrects. Read as part of the answer it would be one.
"""

import re
from collections.abc import Sequence

from walkdown.documents import Block, BlockKind
from walkdown_ingestion.clean import clean_line

_MARK = re.compile(
    r"[-_—]{2,}\s*(?:original\s+(?:message|appointment)|forwarded\s+message|(?:원본|원래|전달된)\s?(?:메시지|메일)|元のメッセージ"
    r"|(?:原始|转发)的?(?:邮件|信件)|mensaje\s+(?:original|reenviado))\s*[-_—]{2,}",
    re.IGNORECASE,
)
_SENDER = re.compile(r"(?:from|보낸\s?(?:사람|이)|발신(?:자|인)|差出人|发件人|de)\s*[:：]\s*\S.*", re.IGNORECASE)
_SENT = re.compile(
    r"(?:sent|date|보낸\s?(?:날짜|시간)|날짜|送信日時|日付|发送时间|日期|enviado(?:\s+el)?|fecha)\s*[:：]\s*\S.*",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"(?:(?:on\s(?=.*\d).{6,140}\swrote|el\s(?=.*\d).{6,140}\sescribió)|(?=.*\d).{6,140}(?:님이|이|가)\s*(?:작성|쓴\s?글|보냄)"
    r"|(?=.*\d).{6,140}(?:のメール|写道)|\d{2,4}[-./]\d.{6,140}<\S+@\S+>)\s*[:：]",
    re.IGNORECASE,
)
_HEADING_CHARS = 160
_LOOKED_AT = 5
"""Lines below a sender in which the day stands."""


def split_history(text: str) -> str:
    """Plain text with an empty line above each line that begins a quoted mail, so that it begins a paragraph."""
    lines = text.split("\n")
    starts = {n for n in range(1, len(lines)) if lines[n - 1].strip() and _head(lines[n:])}
    # Below a mark the sender stands in the same paragraph.
    starts = {n for n in starts if not _MARK.fullmatch(lines[n - 1].strip())}
    return "\n".join(f"\n{line}" if n in starts else line for n, line in enumerate(lines))


def _head(lines: Sequence[str]) -> str:
    """What a quoted mail says of its sender and day where it begins in the first of some lines, else ""."""
    first = lines[0].strip()
    if _WROTE.fullmatch(first):
        return first
    if _MARK.fullmatch(first):
        return _head([line for line in lines[1:] if line.strip()] or [""]) or first.strip("-_— ")
    sent = next((line.strip() for line in lines[1 : 1 + _LOOKED_AT] if _SENT.fullmatch(line.strip())), "")
    return f"{first}, {sent}" if sent and _SENDER.fullmatch(first) else ""


def under_history(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a mail's text, those that are quoted under a heading for each mail before it."""
    out: list[Block] = []
    quoted = ""
    for block in blocks:
        text = block.kind is BlockKind.PARAGRAPH
        head = clean_line(_head(block.text.split("\n")))[:_HEADING_CHARS] if text and block.text else ""
        above = tuple(block.heading_path[:1])
        if head:
            quoted = head
            out.append(Block(kind=BlockKind.HEADING, text=head, level=2, heading_path=above))
            if block.text.strip() == head:
                continue
        path = (*above, quoted, *block.heading_path[1:]) if quoted else block.heading_path
        out.append(block.model_copy(update={"heading_path": path}))
    return out
