"""A question among others: corrections of the one before (`아니 2호기`), and several asked at once."""

import re
from collections.abc import Sequence

from walkdown.answering.each import of_each
from walkdown.packs.schema import Pack
from walkdown.retrieval.followup import condense, names_equipment, subject_of
from walkdown.retrieval.questions import plain

MAX_PARTS = 4
_SHORTEST = 6
_CORRECTION = re.compile(
    r"^\s*(?:아니(?:요|야|지|라)?[,.!]?\s+|아 ?참[,.]?\s*|정정(?:합니다|할게)?[,.:]?\s*|내 말은\s*|제 말은\s*|"
    r"no[,.!]\s+|nope[,.!]?\s+|sorry[,.!]?\s+|wait[,.!]?\s+|actually[,.!]?\s+|correction[,.:]?\s*)*"
    r"(?:(?:i|we) (?:meant?|was asking about|am asking about|mean to say)\s+|i'?m asking about\s+|rather\s+)?",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"^\s*(?P<old>\S+(?:\s\S+)?)\s?(?:말고|아니고|가 아니라|이 아니라|대신)\s+(?P<new>.+)$|"
    r"^\s*not (?P<eold>[\w .-]{1,24}?)[,;]?\s+(?:but|i meant?)\s+(?P<enew>.+)$|"
    r"^\s*(?P<fnew>[\w .-]{1,24}?)[,;]?\s+not\s+(?P<fold>[\w .-]{1,24}?)[.?!]*\s*$",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?:이요|요|이라고|라고|이야|야|말이야|말입니다|입니다|이에요|예요)?\s*[.!?~]*\s*$")
_QUESTION_END = re.compile(r"(?<=[?？])\s*(?=\S)|\n+(?=\s*\S)|(?:^|\s)(?:\(?[1-4][.)]|[①②③④])\s+")
_AND_ASK = re.compile(
    r"[,;]?\s+(?:and|also)[,]?\s+(?=(?:what|how|when|who|which|where|is|are|does|do|can|may|must)\b)|"
    r"\s*[,;.]?\s+(?:그리고|또한?)\s+",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\s(?:if|when|once|while|unless|in case)\s.{6,}$", re.IGNORECASE)
_HALVES = re.compile(r"(?<=[데고며])(?<!라고)\s*,?\s+")
"""Where one Korean sentence may ask twice (`몇 t/h인데 ... 몇 초에`): each half must then hold a word that asks."""
_ASKED_FOR = re.compile(r"몇|며칠|얼마|언제|누가|누구|어디|어느|어떤|어떻|무엇|뭐|왜|[은는]\s?[?？]\s*$")
_ASKS = re.compile(
    r"[?？]|\b(?:what|how|when|who|which|where|why|is|are|does|do|can|may|must)\b|"
    r"몇|며칠|얼마|언제|누가|누구|어디|어떻|무엇|뭐|왜|인가|되나|까요?|나요|지요?|알려|줘|야\s*$|해\s*$",
    re.IGNORECASE,
)


def corrected(question: str, turns: Sequence[str]) -> str:
    """The question without the words that only say it corrects the one before; itself where nothing came before."""
    text = plain(question).strip()
    if not turns:
        return text
    rest = _CORRECTION.sub("", text, count=1).strip()
    instead = _INSTEAD.match(rest)
    if instead:
        new = instead["new"] or instead["enew"] or instead["fnew"]
        rest = new.strip()
    if rest == text or not rest:
        return text
    return _ENDING.sub("", rest).strip() or text


def split_question(question: str, pack: Pack, turns: Sequence[str] = ()) -> list[str]:
    """The questions asked at once, in order; those after the first are made to stand alone.

    A part of one sentence that names no equipment takes the subject of the first; what is asked of several things
    is asked of each of them. `turns` are the earlier questions.
    """
    pieces = _pieces(_QUESTION_END, question)
    if _all_ask(pieces):
        return [pieces[0], *(condense(p, (*turns, *pieces[:i]), pack) for i, p in enumerate(pieces[1:], 1))]
    each = of_each(question, pack)
    if len(each) > 1:
        return each
    pieces = next((p for p in (_pieces(_AND_ASK, question), _halves(question)) if _all_ask(p)), [question])
    pieces = _under_one_condition(pieces)
    subject = subject_of(condense(pieces[0], turns, pack), pack)
    return [pieces[0], *(p if names_equipment(p, pack) else f"{subject}: {p}" for p in pieces[1:])]


def _under_one_condition(pieces: Sequence[str]) -> list[str]:
    """The pieces of one sentence, each with the condition at its end: `who is told and how fast if it trips`."""
    condition = _CONDITION.search(pieces[-1])
    if condition is None:
        return list(pieces)
    said = condition.group().rstrip(" ?.")
    return [p if i == len(pieces) - 1 or _CONDITION.search(p) else f"{p}{said}" for i, p in enumerate(pieces)]


def _all_ask(pieces: Sequence[str]) -> bool:
    return 2 <= len(pieces) <= MAX_PARTS and all(_ASKS.search(p) and len(p) >= _SHORTEST for p in pieces)


def _pieces(where: re.Pattern[str], question: str) -> list[str]:
    return [p.strip() for p in where.split(question) if p and p.strip()]


def _halves(question: str) -> list[str]:
    """The halves of a Korean sentence that asks twice; a half that asks for nothing belongs to the next."""
    out: list[str] = []
    held = ""
    for piece in _HALVES.split(question):
        held = f"{held} {piece}".strip()
        if _ASKED_FOR.search(piece):
            out.append(held)
            held = ""
    return out if not held else [question]
