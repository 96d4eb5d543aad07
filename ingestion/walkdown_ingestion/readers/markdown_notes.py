"""Footnotes of Markdown: in brackets at the end of the paragraph or cell that refers to them.

Not behind their marks, which often stand between a number and its unit: `85[^1] °C`.
"""

import re
from collections.abc import Callable, Sequence

from markdown_it.token import Token

_DEFINED = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)


def has_notes(text: str) -> bool:
    """True for a text whose notes are all referred to; one that is not would be lost as a note."""
    labels = _DEFINED.findall(text)
    return bool(labels) and all(len(re.findall(rf"\[\^{re.escape(label)}\](?!:)", text)) for label in labels)


def placed(tokens: Sequence[Token], text_of: Callable[[Token], str]) -> list[Token]:
    """The tokens with each note behind the text that refers to it; `text_of` gives the text of an inline token."""
    kept: list[Token] = []
    notes: dict[int, list[str]] = {}
    note: int | None = None
    inside = False
    for token in tokens:
        if token.type in ("footnote_block_open", "footnote_block_close"):
            inside = token.nesting > 0
        elif token.type == "footnote_open":
            note = int(token.meta["id"])
        elif not inside:
            kept.append(token)
        elif token.type == "inline" and note is not None:
            notes.setdefault(note, []).append(text_of(token))
    for token in kept:
        if token.type == "inline" and token.children:
            token.children = _behind(token.children, notes)
    return kept


def _behind(children: Sequence[Token], notes: dict[int, list[str]]) -> list[Token]:
    referred = [child for child in children if child.type == "footnote_ref"]
    out = [child for child in children if child.type != "footnote_ref"]
    for child in referred:
        text = " ".join(notes.get(int(child.meta["id"]), ()))
        out.append(Token("text", "", 0, content=f" [{text}]" if text else ""))
    return out
