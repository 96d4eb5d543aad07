"""What a question wants to be done with a document: shown as a table, a checklist, a summary, or compared."""

import re
from typing import Literal

from walkdown.packs.schema import Pack
from walkdown.retrieval.questions import plain
from walkdown.retrieval.understanding import QueryPlan
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.request_words import asks, of_revisions, without_requests
from walkdown.text.tags import find_tags

Wish = Literal["table", "checklist", "summary", "section", "comparison"]
_WISHES: tuple[Literal["checklist", "comparison", "table", "summary"], ...] = (
    "checklist",
    "comparison",
    "table",
    "summary",
)


def wishes_of(plan: QueryPlan, pack: Pack) -> tuple[Wish, ...]:
    """What is wished, by the words of the question as typed, the surest first; empty for a plain question.

    A later one counts where nothing can be made of an earlier: `a table of the differences` may be just a table. A
    document's number alone asks what the document says.
    """
    typed = plain(plan.original or plan.question)
    changed = plan.time is not None and plan.time.kind == "changed"
    found: list[Wish] = [w for w in _WISHES if asks(w, typed) or (w == "comparison" and changed)]
    if any(t.kind == "document" for t in find_tags(plan.question, pack.grammar)):
        rest = _besides_documents(plan.question, pack)
        if section_asked(plan.question) and not _names_more(SECTION.sub(" ", rest)):
            return ("section", *found)
        if "summary" not in found and (asks("summary_of", typed) or not (of_revisions(rest) or _names_more(rest))):
            found.append("summary")
    return tuple(found)


SECTION = re.compile(
    r"(?:제\s?)?(?P<ko>\d{1,2}(?:\.\d{1,2})?)\s?[장절항조](?![가-힣]*[치비])|"
    r"(?:§|\b(?:section|sect?\.|chapter|clause|para(?:graph)?|sección|apartado|"
    r"capítulo))\s?(?P<en>\d{1,2}(?:\.\d{1,2})?)|"
    r"第?\s?(?P<zh>\d{1,2}(?:\.\d{1,2})?)\s?[章节節項条]",
    re.IGNORECASE,
)


def section_asked(question: str) -> str:
    """The number of the section that a question names, `3` or `3.2`; "" where it names none."""
    match = SECTION.search(question)
    return (match["ko"] or match["en"] or match["zh"]) if match else ""


def _besides_documents(question: str, pack: Pack) -> str:
    for tag in find_tags(question, pack.grammar):
        if tag.kind == "document":
            question = question.replace(tag.text, " ")
    return question


def _names_more(rest: str) -> bool:
    """True when a question says more than that something be shown."""
    words = re.findall(r"[^\W_]+", without_requests(rest).lower())
    return any(word not in FUNCTION_WORDS and word not in _SHOWN for word in words)


_SHOWN = frozenset(
    "쉽게 짧게 간단히 간단하게 간략히 한마디로 설명 설명해 설명해줘 소개 소개해줘 뭔데 뭐야 뭐지 뭐예요 "
    "뭐임 가 이 은 는 을 를 이게 좀 대해 대해서 관해 "
    "알려줘 봐 봐줘 quick short brief briefly simple rundown explain explained about everything what's s "
    "this it help understand plain words "
    "介绍 一下 讲讲 说明 简单 説明 説明して 簡単に 短く explica explícame breve de qué el la ".split()
) | frozenset(
    "내용 내용은 의 전체 다 전부 원문 그대로 좀 뭐야 읽어줘 content contents text full whole "
    "read show me the 内容 的 を の".split()
)
