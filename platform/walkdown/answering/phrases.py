"""The fixed sentences an answer may carry, in the reader's language; everything else comes from documents."""

from walkdown.documents import Language

NOTICE: dict[Language, str] = {
    "ko": "이 답변은 참고용입니다. 조작 전에 인용된 원문과 현행 절차서를 반드시 확인하십시오.",
    "en": "This answer is advice. Check the cited passage and the procedure in force before you act on it.",
    "zh": "本回答仅供参考。操作前请务必核对所引原文和现行规程。",
    "ja": "この回答は参考情報です。操作の前に必ず引用箇所と現行の手順書を確認してください。",
    "es": "Esta respuesta es orientativa. Compruebe el pasaje citado y el procedimiento vigente antes de actuar.",
}

NOT_FOUND: dict[Language, str] = {
    "ko": "제공된 문서에서 찾을 수 없습니다. 가장 가까운 구절을 아래에 보여 드립니다.",
    "en": "I can't find that in your documents. The nearest passages are shown below.",
    "zh": "在所提供的文档中找不到该内容。下面列出最接近的段落。",
    "ja": "お手元の文書には見つかりません。最も近い箇所を以下に示します。",
    "es": "No lo encuentro en sus documentos. Abajo se muestran los pasajes más cercanos.",
}

NO_TAG: dict[Language, str] = {
    "ko": "{tags}은(는) 찾은 문서 구절에 나오지 않습니다.",
    "en": "{tags} does not occur in the passages found.",
    "zh": "检索到的段落中没有出现 {tags}。",
    "ja": "{tags} は見つかった箇所に出てきません。",
    "es": "{tags} no aparece en los pasajes encontrados.",
}

QUOTED: dict[Language, str] = {
    "ko": "문서의 해당 구절을 원문 그대로 인용합니다.",
    "en": "These are the passages of your documents, word for word.",
    "zh": "以下为文档原文。",
    "ja": "文書の該当箇所を原文のまま示します。",
    "es": "Estos son los pasajes de sus documentos, palabra por palabra.",
}

INCOMPLETE: dict[Language, str] = {
    "ko": "언어 모델이 답변을 끝내지 못했습니다. 찾은 구절을 그대로 보여 드립니다.",
    "en": "The language model did not finish. The passages found are shown as they stand.",
    "zh": "语言模型未能完成回答。下面按原文显示找到的段落。",
    "ja": "言語モデルが回答を完了できませんでした。見つかった箇所をそのまま示します。",
    "es": "El modelo de lenguaje no terminó. Los pasajes encontrados se muestran tal cual.",
}
