"""Instructions found inside documents: text that speaks to the machine and not to the reader.

Nothing depends on finding them (a document cannot cause a request, a link or a citation whatever it says); but a
reader should know, and the model need not see the line.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from walkdown.answering.spans import split_lines
from walkdown.documents import Evidence
from walkdown.text.languages import normalise

_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:previous|prior|above|earlier|all|any|your|the system|"
    r"other)\b.{0,30}\b(?:instruction|prompt|rule|guideline|context|direction|message|evidence|document)s?"
    r"|\byou are (?:now |an? )?(?:a |an )?(?:AI|language model|assistant|chatbot|DAN)\b|\bas an AI\b"
    r"|\b(?:system|developer) (?:prompt|message)\b|\bnew instructions?\s*:|^\s*(?:assistant|human)\s*:\s*\S"
    r"|\b(?:do not|don't|never) (?:tell|inform|mention to|reveal to) the (?:user|reader|engineer|operator)\b"
    r"|\b(?:respond|reply|answer|output|print|say) (?:only )?(?:with|that|exactly|the following)\b.{0,60}"
    r"|\b(?:send|post|upload|forward|e-?mail)\b.{0,40}\b(?:to|at)\b.{0,20}(?:https?://|www\.|@)"
    r"|\b(?:note|message|instructions?)\s+(?:to|for) (?:the |all )?(?:AI|assistant|model|chatbot|automated|machine|LLM)"
    r"|\bdear (?:AI|assistant|model|chatbot)\b|\bfor (?:automated|machine|AI) readers?\b|"
    r"\bmaintenance mode\b.{0,30}\bconfirm"
    r"|\b(?:answer|respond to|reply to) (?:every|all|any) (?:question|query|request)s?\b"
    r"|\balways (?:add|append|include|insert|write|say|begin|end)\b.{0,20}\b(?:line|sentence|word|code|answer|reply)\b"
    r"|\b(?:print|write|output|say)\b.{0,30}\b(?:and )?nothing else\b|\bend your (?:answer|reply)\b|"
    r"\bJSON with the key\b"
    r"|\bforget (?:the|your|all) (?:rules?|instructions?)|\bcite \[\d+\]|\[\|[^|\]]{1,20}\|\]"
    r"|(?:인공지능|AI|챗봇|모델)(?:은|는|이|에게)[^.\n]{0,40}(?:말해야|답해야|출력해야|공개)|자동 ?판독기|"
    r"정비 ?모드(?:이다|다)"
    r"|(?:모든|매번)[^.\n]{0,10}(?:질문|답)(?:에|을|을)[^.\n]{0,24}(?:답변하|답하|시작하)(?:라|십시오|세요)"
    r"|요약할 때[^.\n]{0,20}(?:항상|반드시)[^.\n]{0,30}(?:넣|추가)|(?:규칙|지침|지시)(?:은|는|을|를)? ?(?:모두 )?잊"
    r"|!\[[^\]]*\]\(https?://|<\|[^|>]{1,30}\|>|\[/?INST\]"
    r"|(?:이전|앞선|위의?|기존|지금까지의|모든)\s?(?:의 )?(?:지시|명령|프롬프트|규칙|지침|문서|"
    r"근거)[^.\n]{0,14}?(?:무시|잊|따르지)"
    r"|(?:너는|당신은|넌)\s?(?:이제|지금부터)|(?:AI|인공지능|언어 ?모델|챗봇|어시스턴트)(?:는|은|에게|이라면|"
    r"로서)[^.\n]{0,30}(?:답|말|출력|따르|하라|하십시오|해라)"
    r"|시스템 ?(?:프롬프트|메시지|지시)|(?:사용자|독자|운전원)에게[^.\n]{0,12}(?:알리지|말하지|밝히지)\s?(?:마|말)"
    r"|(?:다음|아래)(?:과 같이|의 문장|의 내용)?[^.\n]{0,10}(?:만|그대로)\s?(?:출력|답변|대답|말)하(?:라|세요|십시오)"
    r"|(?:전송|업로드|보내)[^.\n]{0,20}https?://",
    re.IGNORECASE,
)


class Instruction(NamedTuple):
    """A line of a passage that speaks to the machine."""

    number: int
    start: int
    end: int
    text: str


def find_instructions(evidence: Sequence[Evidence]) -> list[Instruction]:
    """Lines of the evidence that try to instruct the machine."""
    out = []
    for item in evidence:
        text = normalise(item.chunk.text)
        for start, end in split_lines(text):
            if _INSTRUCTION.search(text[start:end]):
                out.append(Instruction(item.number, start, end, text[start:end].strip()))
    return out


def without_instructions(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence with such lines blanked; all other characters keep their places."""
    found = find_instructions(evidence)
    out = []
    for item in evidence:
        text = normalise(item.chunk.text)
        for line in found:
            if line.number == item.number:
                text = f"{text[: line.start]}{' ' * (line.end - line.start)}{text[line.end :]}"
        blank = not text.strip()
        out.append(item if blank else item.model_copy(update={"chunk": item.chunk.model_copy(update={"text": text})}))
    return tuple(out)
