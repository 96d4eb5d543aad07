"""Several questions asked at once: each is asked on its own."""

import re
from collections.abc import Sequence

from walkdown.answering.each import of_each
from walkdown.answering.listed import of_properties
from walkdown.packs.schema import Pack
from walkdown.retrieval.followup import carried, condense, names_equipment
from walkdown.text.tags import find_tags

MAX_PARTS = 4
_SHORTEST = 6
_NUMBER = r"(?:^|\s)(?:\(?[1-4][.)]|[①②③④])\s*(?=\D)"
_QUESTION_END = re.compile(rf"(?<=[?？])\s*(?=\S)|\n+(?=\s*\S)|{_NUMBER}")
_ENUMERATED = re.compile(r"^(?:\(?[1-9][.)]|[①-⑨])\s*(?=\D)")
_NUMBERED = re.compile(_NUMBER)
_AND_ASK = re.compile(
    r"[,;]?\s+(?:and|also|plus)[,]?\s+(?:also\s+)?(?=(?:what|how|when|who|which|where|is|are|does|do|can|"
    r"may|must)\b)|"
    r"\s*[,;.]?\s+(?:그리고|또한?)\s+|\s+/\s+|[，,。]\s?(?:另外|还有|以及|それと|あと|また)、?|"
    r",?\s+(?:y|además|también)\s+(?=[¿]?(?:qué|cuál|cuánt|cómo|quién|cuándo|dónde))",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\s(?:if|when|once|while|unless|in case)\s.{6,}$", re.IGNORECASE)
_HALVES = re.compile(r"(?<=[데고며])(?<!라고)\s*,?\s+")
"""Where one Korean sentence may ask twice (`몇 t/h인데 ... 몇 초에`): each half must then hold a word that asks."""
_ASKED_FOR = re.compile(r"몇|며칠|얼마|언제|누가|누구|어디|어느|어떤|어떻|무엇|뭐|왜|[은는]\s?[?？]\s*$")
_ASKS = re.compile(
    r"[?？]|\b(?:what|how|when|who|which|where|why|is|are|does|do|can|may|must)\b|"
    r"몇|며칠|얼마|언제|누가|누구|어디|어떻|무엇|뭐|왜|인가|되나|까요?|나요|지요?|알려|줘|야\s*$|해\s*$|[은는도]\s*$|"
    r"多少|什么|怎么|谁|几|哪|吗|呢|いくら|いくつ|何|誰|どこ|いつ|どう|ですか|qué|cuál|cuánt|cómo|quién|cuándo|dónde",
    re.IGNORECASE,
)


def split_question(question: str, pack: Pack, turns: Sequence[str] = ()) -> list[str]:
    """The questions asked at once, in order; those after the first are made to stand alone.

    A part of one sentence that names no equipment takes the subject of the first; what is asked of several things
    is asked of each of them. `turns` are the earlier questions.
    """
    pieces = _pieces(_QUESTION_END, question)
    numbered = 2 <= len(pieces) == len(_NUMBERED.findall(question)) <= MAX_PARTS
    if numbered and not _all_ask(pieces):
        subject = " ".join(t.text for t in find_tags(pieces[0], pack.grammar))
        return [pieces[0], *(p if names_equipment(p, pack) else f"{subject} {p}".strip() for p in pieces[1:])]
    if _all_ask(pieces):
        return [pieces[0], *(condense(p, (*turns, *pieces[:i]), pack) for i, p in enumerate(pieces[1:], 1))]
    each = of_each(question, pack)
    if len(each) > 1:
        return each
    listed = of_properties(question, pack)
    if len(listed) > 1:
        return listed
    pieces = next((p for p in (_pieces(_AND_ASK, question), _halves(question)) if _all_ask(p)), [question])
    pieces = _under_one_condition(pieces)
    first = condense(pieces[0], turns, pack)
    return [pieces[0], *(p if names_equipment(p, pack) else _of_the_first(first, p, pack) for p in pieces[1:])]


def _of_the_first(first: str, piece: str, pack: Pack) -> str:
    subject = carried(first, piece, pack)
    return f"{subject}: {piece}" if subject else piece


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
    return [_ENUMERATED.sub("", p.strip(" /")) for p in where.split(question) if p and p.strip(" /")]


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
