"""What became of a question, and in a word why: for those who look after the documents, over many questions.

A record keeps the code of why beside the sentence that the reader saw, which is in the reader's language and may be
worded otherwise in the next version. A code has a few words in every language, for lists and tables.
"""

from collections.abc import Mapping
from typing import Any, Literal

from walkdown.documents import Answer, AnswerStatus, Language

Outcome = Literal["answered", "quoted", "uncertain", "partly", "refused", "incomplete"]
"""An answer's status, with the quotes that are not certain to answer set apart; `partly` where several questions were
asked at once and some of them got no sure answer."""
DOUBTFUL: tuple[Outcome, ...] = ("refused", "uncertain", "partly", "incomplete")
"""What the domain team should see."""

Because = Literal[
    "no_passage",
    "no_tag",
    "no_amount",
    "no_term",
    "below_gate",
    "shares_little",
    "model_says_no",
    "draft_nowhere",
    "draft_unverified",
    "no_line_names",
    "defeat",
    "unfinished",
]

UNCERTAIN, BECAUSE, MISSING, LINES, PARTS = "uncertain", "because", "missing", "lines", "parts"
"""Fields of a record's trace: whether its quotes are not certain, why, what no passage names, the likeliest lines, and
the traces of questions that were asked at once."""

WORDS: Mapping[Language, Mapping[str, str]] = {
    "ko": {
        "no_passage": "찾은 구절 없음",
        "no_tag": "구절에 없는 설비 번호",
        "no_amount": "그 종류의 수치 없음",
        "no_term": "구절에 없는 용어",
        "below_gate": "답이 있을 확률이 기준 미만",
        "shares_little": "질문과 겹치는 말이 적음",
        "model_says_no": "모델이 답을 찾지 못함",
        "draft_nowhere": "초안이 구절 어디에도 없음",
        "draft_unverified": "초안을 확인하지 못함",
        "no_line_names": "묻는 것을 말하는 줄 없음",
        "defeat": "보호 장치 무력화 질문",
        "unfinished": "모델이 끝내지 못함",
    },
    "en": {
        "no_passage": "no passage found",
        "no_tag": "no passage names the tag",
        "no_amount": "no amount of that kind",
        "no_term": "no passage names the term",
        "below_gate": "probability below the threshold",
        "shares_little": "few words of the question",
        "model_says_no": "the model found no answer",
        "draft_nowhere": "the draft stands in no passage",
        "draft_unverified": "the draft could not be verified",
        "no_line_names": "no line names what is asked",
        "defeat": "asks to defeat a protection",
        "unfinished": "the model did not finish",
    },
    "zh": {
        "no_passage": "未找到段落",
        "no_tag": "段落中没有该位号",
        "no_amount": "没有该类数值",
        "no_term": "段落中没有该术语",
        "below_gate": "概率低于阈值",
        "shares_little": "与问题相同的词太少",
        "model_says_no": "模型未找到答案",
        "draft_nowhere": "草稿不见于任何段落",
        "draft_unverified": "草稿无法核实",
        "no_line_names": "没有一行提到所问内容",
        "defeat": "询问如何使保护失效",
        "unfinished": "模型未能完成",
    },
    "ja": {
        "no_passage": "該当箇所なし",
        "no_tag": "箇所に機器番号なし",
        "no_amount": "その種類の数値なし",
        "no_term": "箇所に用語なし",
        "below_gate": "確率がしきい値未満",
        "shares_little": "質問と共通の語が少ない",
        "model_says_no": "モデルが答えを見つけず",
        "draft_nowhere": "下書きがどの箇所にもない",
        "draft_unverified": "下書きを確認できず",
        "no_line_names": "質問内容を述べる行なし",
        "defeat": "保護の無効化の質問",
        "unfinished": "モデルが完了できず",
    },
    "es": {
        "no_passage": "ningún pasaje encontrado",
        "no_tag": "ningún pasaje nombra el equipo",
        "no_amount": "ninguna cantidad de ese tipo",
        "no_term": "ningún pasaje nombra el término",
        "below_gate": "probabilidad bajo el umbral",
        "shares_little": "pocas palabras de la pregunta",
        "model_says_no": "el modelo no halló respuesta",
        "draft_nowhere": "el borrador no está en ningún pasaje",
        "draft_unverified": "el borrador no se pudo verificar",
        "no_line_names": "ninguna línea nombra lo preguntado",
        "defeat": "pide anular una protección",
        "unfinished": "el modelo no terminó",
    },
}


def words_of(because: str, language: Language) -> str:
    """A code in a few words; itself where this version does not know it."""
    return WORDS[language].get(because, because)


def outcome_of(answer: Answer, trace: Mapping[str, Any]) -> Outcome:
    """What became of a question, or of several that were asked at once."""
    if not answer.parts:
        return outcome_of_one(answer.status, trace)
    traces = [*trace.get(PARTS, ()), *({} for _ in answer.parts)]
    found = [outcome_of_one(part.status, own) for part, own in zip(answer.parts, traces, strict=False)]
    doubtful = [one for one in found if one in DOUBTFUL]
    if not doubtful:
        return outcome_of_one(answer.status, {})
    if len(doubtful) < len(found):
        return "partly"
    return next(one for one in ("incomplete", "uncertain", "refused") if one in doubtful)


def outcome_of_one(status: AnswerStatus, trace: Mapping[str, Any]) -> Outcome:
    """What became of one question, by its status and its own trace."""
    if status is AnswerStatus.QUOTED and trace.get(UNCERTAIN):
        return "uncertain"
    return status.value
