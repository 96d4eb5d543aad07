"""The fixed sentences an answer may carry, in the reader's language; everything else comes from documents."""

from collections.abc import Sequence

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

NEAREST: dict[Language, str] = {
    "ko": "질문에 가장 가까운 줄입니다. 답이 아닐 수 있으니 원문을 확인하십시오.",
    "en": "The lines nearest to the question. They may not answer it: look at the page.",
    "zh": "以下是与问题最接近的原文，未必是答案，请查看原页。",
    "ja": "質問に最も近い行です。答えとは限りません。原文を確認してください。",
    "es": "Las líneas más cercanas a la pregunta. Puede que no la respondan: mire la página.",
}

PURPOSE: dict[Language, str] = {
    "ko": "저는 ‘{pack}’ 문서에 적힌 내용만 찾아 답합니다.",
    "en": "I only answer from what the documents of “{pack}” state.",
    "zh": "我只根据“{pack}”的文档内容作答。",
    "ja": "私は「{pack}」の文書に書かれた内容だけを探して答えます。",
    "es": "Solo respondo con lo que dicen los documentos de «{pack}».",
}
"""What the assistant is for, told with a refusal: whoever asked for a poem or a pill learns it, without a blacklist."""

NO_TAG: dict[Language, str] = {
    "ko": "{tags}은(는) 찾은 문서 구절에 나오지 않습니다.",
    "en": "{tags} does not occur in the passages found.",
    "zh": "检索到的段落中没有出现 {tags}。",
    "ja": "{tags} は見つかった箇所に出てきません。",
    "es": "{tags} no aparece en los pasajes encontrados.",
}

NO_TERM: dict[Language, str] = {
    "ko": "찾은 문서 구절에 ‘{terms}’에 관한 말이 없습니다.",
    "en": "None of the passages found speaks of “{terms}”.",
    "zh": "检索到的段落中没有提到“{terms}”。",
    "ja": "見つかった箇所には「{terms}」についての記述がありません。",
    "es": "Ninguno de los pasajes encontrados habla de «{terms}».",
}

NO_AMOUNT: dict[Language, str] = {
    "ko": "찾은 문서 구절에 질문한 종류의 수치가 없습니다.",
    "en": "None of the passages found holds an amount of the kind that is asked for.",
    "zh": "检索到的段落中没有所询问类型的数值。",
    "ja": "見つかった箇所には、質問された種類の数値がありません。",
    "es": "Ninguno de los pasajes encontrados contiene una cantidad del tipo que se pregunta.",
}

UNLIKELY: dict[Language, str] = {
    "ko": "찾은 구절에 답이 있을 가능성이 낮습니다(확률 {probability}, 기준 {threshold}).",
    "en": "The passages found are unlikely to hold the answer (probability {probability}, threshold {threshold}).",
    "zh": "检索到的段落不太可能包含答案（概率 {probability}，阈值 {threshold}）。",
    "ja": "見つかった箇所に答えがある可能性は低いです(確率 {probability}、しきい値 {threshold})。",
    "es": "Es poco probable que los pasajes encontrados contengan la respuesta (probabilidad {probability}, umbral "
    "{threshold}).",
}

QUOTED: dict[Language, str] = {
    "ko": "문서의 해당 구절을 원문 그대로 인용합니다.",
    "en": "These are the passages of your documents, word for word.",
    "zh": "以下为文档原文。",
    "ja": "文書の該当箇所を原文のまま示します。",
    "es": "Estos son los pasajes de sus documentos, palabra por palabra.",
}

UNSURE: dict[Language, str] = {
    "ko": "질문에 답하는지 확실하지 않습니다. 문서에서 가장 가까운 구절을 원문 그대로 보입니다.",
    "en": "It is not certain that your documents answer this. The nearest passages, word for word:",
    "zh": "不确定文档是否回答了此问题。以下为最接近的原文。",
    "ja": "質問への答えであるか確かではありません。文書中の最も近い箇所を原文のまま示します。",
    "es": "No es seguro que sus documentos respondan a esto. Los pasajes más cercanos, palabra por palabra:",
}
"""Above lines that may be beside the point."""

INCOMPLETE: dict[Language, str] = {
    "ko": "언어 모델이 답변을 끝내지 못했습니다. 찾은 구절을 그대로 보여 드립니다.",
    "en": "The language model did not finish. The passages found are shown as they stand.",
    "zh": "语言模型未能完成回答。下面按原文显示找到的段落。",
    "ja": "言語モデルが回答を完了できませんでした。見つかった箇所をそのまま示します。",
    "es": "El modelo de lenguaje no terminó. Los pasajes encontrados se muestran tal cual.",
}

DEFEAT: dict[Language, str] = {
    "ko": "보호 장치를 무력화하거나 기록을 바꾸는 방법은 답하지 않습니다. 아래 절차와 담당자를 따르십시오.",
    "en": "How to defeat a protection or change a record is not answered. Follow the procedure and the contact below.",
    "zh": "不回答如何使保护失效或篡改记录。请遵循以下规程并联系负责人。",
    "ja": "保護装置の無効化や記録の改変の方法には答えません。下記の手順と担当者に従ってください。",
    "es": "No se responde cómo anular una protección ni alterar registros. Siga el procedimiento y el contacto "
    "indicados.",
}

SAFETY_QUOTED: dict[Language, str] = {
    "ko": "안전 관련 내용이므로 시행 중인 절차서를 원문 그대로 인용합니다.",
    "en": "This is a matter of safety: the procedure in force is quoted word for word.",
    "zh": "此内容涉及安全，按原文引用现行规程。",
    "ja": "安全に関わるため、現行の手順書を原文のまま引用します。",
    "es": "Es un asunto de seguridad: se cita el procedimiento vigente palabra por palabra.",
}

COMPOSED: dict[str, dict[Language, str]] = {
    "table": {
        "ko": "표를 원문 그대로 보여 드립니다.",
        "en": "The table, word for word.",
        "zh": "以下为表格原文。",
        "ja": "表を原文のまま示します。",
        "es": "La tabla, palabra por palabra.",
    },
    "checklist": {
        "ko": "절차서의 단계를 원문 그대로 점검표로 만들었습니다.",
        "en": "The steps of the procedure, as a checklist.",
        "zh": "按规程原文列出步骤，作为检查表。",
        "ja": "手順書の手順を原文のままチェックリストにしました。",
        "es": "Los pasos del procedimiento, como lista de comprobación.",
    },
    "summary": {
        "ko": "절마다 첫 문장을 원문 그대로 모았습니다.",
        "en": "The first statement of each section, word for word.",
        "zh": "以下为各节的第一句原文。",
        "ja": "各節の最初の文を原文のまま集めました。",
        "es": "La primera frase de cada apartado, palabra por palabra.",
    },
    "section": {
        "ko": "그 절을 원문 그대로 보여 드립니다.",
        "en": "The section, word for word.",
        "zh": "以下为该节原文。",
        "ja": "その節を原文のまま示します。",
        "es": "El apartado, palabra por palabra.",
    },
    "comparison": {
        "ko": "두 문서에서 서로 다른 곳입니다. −는 앞 문서에만, +는 뒤 문서에만 있습니다.",
        "en": "Where the two documents differ. − stands in the first only, + in the second only.",
        "zh": "以下为两份文档的不同之处。− 仅在前一份中，+ 仅在后一份中。",
        "ja": "二つの文書の相違点です。− は前の文書だけ、+ は後の文書だけにあります。",
        "es": "En qué difieren los dos documentos. − solo figura en el primero, + solo en el segundo.",
    },
    "same": {
        "ko": "두 문서의 본문에서 다른 곳을 찾지 못했습니다.",
        "en": "No difference was found between the two documents.",
        "zh": "两份文档的正文没有发现不同之处。",
        "ja": "二つの文書の本文に相違点は見つかりません。",
        "es": "No se encontró ninguna diferencia entre los dos documentos.",
    },
}

FINDINGS: dict[str, dict[Language, str]] = {
    "conflict": {
        "ko": "시행 중인 문서가 서로 다릅니다: {one} ({one_source}) / {other} ({other_source}). 어느 쪽도 고르지 "
        "않았습니다.",
        "en": "Documents in force disagree: {one} ({one_source}) / {other} ({other_source}). Neither was chosen.",
        "zh": "现行文档不一致：{one}（{one_source}）/ {other}（{other_source}）。未作取舍。",
        "ja": "現行の文書が食い違っています: {one} ({one_source}) / {other} ({other_source})。どちらも選んでいません。",
        "es": "Los documentos vigentes no coinciden: {one} ({one_source}) / {other} ({other_source}). No se eligió "
        "ninguno.",
    },
    "said_to_differ": {
        "ko": "문서가 서로 다르다고 하셔서 다른 문서의 줄도 원문 그대로 보여 드립니다. 어느 쪽도 고르지 않았습니다.",
        "en": "You say that the documents differ, so the line of the other document is shown too, word for word. "
        "Neither was chosen.",
        "zh": "您说文档之间不一致，因此也按原文列出另一份文档的该行。未作取舍。",
        "ja": "文書が食い違うとのことなので、別の文書の行も原文のまま示します。どちらも選んでいません。",
        "es": "Dice que los documentos difieren, así que se muestra también la línea del otro documento, palabra por "
        "palabra. No se eligió ninguna.",
    },
    "other_units": {
        "ko": "질문에 호기가 없습니다. 문서의 값은 호기마다 다릅니다: {amounts}.",
        "en": "The question names no unit, and the documents differ by unit: {amounts}.",
        "zh": "问题未指明机组，文档中的数值因机组而异：{amounts}。",
        "ja": "質問に号機がありません。文書の値は号機ごとに違います: {amounts}。",
        "es": "La pregunta no nombra la unidad y los documentos difieren por unidad: {amounts}.",
    },
    "instruction": {
        "ko": "{source} 문서 안에 기계에 대한 지시로 보이는 글이 있어 모델에게 보이지 않았습니다: {text}",
        "en": "{source} holds text that looks like an instruction to the machine; the model was not shown it: {text}",
        "zh": "{source} 中有看似对机器下达指令的文字，未提供给模型：{text}",
        "ja": "{source} に機械への指示と見られる文があり、モデルには渡していません: {text}",
        "es": "{source} contiene un texto que parece una instrucción a la máquina; no se mostró al modelo: {text}",
    },
    "scan": {
        "ko": "{source} {page}쪽은 스캔을 읽은 것입니다(확신도 {sure}). 수치를 원본 쪽에서 확인하십시오.",
        "en": "{source}, page {page}, was read from a scan ({sure} sure): check the figures on the page.",
        "zh": "{source} 第 {page} 页由扫描识别（置信度 {sure}）：请在原页核对数值。",
        "ja": "{source} {page}ページはスキャンの読み取りです(確信度 {sure})。数値を原本で確認してください。",
        "es": "{source}, página {page}, se leyó de un escaneo ({sure}): compruebe las cifras en la página.",
    },
    "scan_doubt": {
        "ko": "스캔에서 확실히 읽지 못한 수치입니다: {figures}. {source} {page}쪽 원본을 보기 전에는 쓰지 마십시오.",
        "en": "Not surely read from the scan: {figures}. Look at page {page} of {source} before you use it.",
        "zh": "扫描件中未能确定读出：{figures}。使用前请查看 {source} 第 {page} 页。",
        "ja": "スキャンから確実に読み取れない数値: {figures}。使う前に {source} {page}ページを確認してください。",
        "es": "No se leyó con seguridad en el escaneo: {figures}. Mire la página {page} de {source} antes de usarlo.",
    },
    "trimmed": {
        "ko": "모델이 한 번에 읽을 수 있는 길이를 넘어 순위가 낮은 근거를 뺐습니다.",
        "en": "The evidence was longer than the model can read; the lowest ranked lines were left out.",
        "zh": "依据超出模型一次可读的长度，已去掉排在最后的内容。",
        "ja": "根拠がモデルの読める長さを超えたため、順位の低いものを除きました。",
        "es": "La evidencia era más larga de lo que el modelo puede leer; se omitieron las líneas peor clasificadas.",
    },
    "left_out": {
        "ko": "{count}줄을 더 보여 드리지 못했습니다.",
        "en": "{count} more lines are not shown.",
        "zh": "另有 {count} 行未显示。",
        "ja": "ほかに {count} 行を表示していません。",
        "es": "No se muestran {count} líneas más.",
    },
    "nearest_tag": {
        "ko": "{tag}: 문서에 없습니다. 비슷한 것: {nearest}",
        "en": "{tag} is in no document. Near it: {nearest}",
        "zh": "{tag}：文档中没有。相近的有：{nearest}",
        "ja": "{tag}: 文書にありません。近いもの: {nearest}",
        "es": "{tag} no está en ningún documento. Parecidos: {nearest}",
    },
    "trains": {
        "ko": "{tag}: {trains}(으)로 읽었습니다.",
        "en": "{tag} was read as {trains}.",
        "zh": "{tag}：按 {trains} 理解。",
        "ja": "{tag}: {trains} と読みました。",
        "es": "{tag} se leyó como {trains}.",
    },
    "left_aside": {
        "ko": "질문대로 {tags}은(는) 빼고 찾았습니다.",
        "en": "Searched without {tags}, as the question asks.",
        "zh": "按问题要求，检索时排除了 {tags}。",
        "ja": "質問のとおり {tags} を除いて探しました。",
        "es": "Se buscó sin {tags}, como pide la pregunta.",
    },
    "as_of": {
        "ko": "{date} 기준의 개정으로 답했습니다.",
        "en": "Answered from the revisions that held on {date}.",
        "zh": "按 {date} 时有效的版本作答。",
        "ja": "{date} 時点の改訂で答えました。",
        "es": "Se respondió según las revisiones vigentes el {date}.",
    },
    "not_recorded": {
        "ko": "이 답변은 기록되지 않았습니다. 관리자에게 알려 주십시오.",
        "en": "This answer could not be recorded; tell whoever runs the server.",
        "zh": "此回答未能记录，请告知管理员。",
        "ja": "この回答は記録できませんでした。管理者に知らせてください。",
        "es": "Esta respuesta no se pudo registrar; avise al administrador.",
    },
    "cut_off": {
        "ko": "모델의 답이 정해진 길이를 넘어, 끝맺지 못한 문장을 뺐습니다.",
        "en": "The model wrote more than is allowed; the sentence it did not finish was left out.",
        "zh": "模型的回答超出规定长度，未写完的句子已去掉。",
        "ja": "モデルの回答が決められた長さを超えたため、途中で切れた文を除きました。",
        "es": "El modelo escribió más de lo permitido; se omitió la frase que no terminó.",
    },
    "filtered": {
        "ko": "모델 서버의 내용 필터가 답을 끊어, 끝맺지 못한 문장을 뺐습니다. 관리자에게 알려 주십시오.",
        "en": "A content filter of the model's server cut the answer; the sentence it did not finish was left out. "
        "Tell whoever runs it.",
        "zh": "模型服务器的内容过滤器截断了回答，未写完的句子已去掉。请告知管理员。",
        "ja": "モデルサーバーの内容フィルターが回答を打ち切り、途中で切れた文を除きました。管理者に知らせてください。",
        "es": "Un filtro de contenido del servidor del modelo cortó la respuesta; se omitió la frase sin terminar. "
        "Avise al administrador.",
    },
    "looped": {
        "ko": "모델이 같은 말을 되풀이하여 멈추었습니다.",
        "en": "The model repeated itself and was stopped.",
        "zh": "模型反复重复，已停止。",
        "ja": "モデルが同じ言葉を繰り返したため、停止しました。",
        "es": "El modelo se repetía y se detuvo.",
    },
    "searched": {
        "ko": "문서 {documents}건의 구절 {passages}개를 보았습니다.",
        "en": "{passages} passages of {documents} documents were looked at.",
        "zh": "已查看 {documents} 份文档的 {passages} 个段落。",
        "ja": "{documents} 件の文書の {passages} 箇所を調べました。",
        "es": "Se miraron {passages} pasajes de {documents} documentos.",
    },
}


def finding(name: str, language: Language, **values: object) -> str:
    """A finding in the reader's language."""
    return FINDINGS[name][language].format(**values)


def unlikely(probability: float, threshold: float, unnamed: Sequence[str], language: Language) -> str:
    """Why the passages found are not asked any further, and which words of the question none of them names."""
    text = UNLIKELY[language].format(probability=f"{probability:.2f}", threshold=f"{threshold:.2f}")
    return f"{text} {NO_TERM[language].format(terms=', '.join(unnamed))}" if unnamed else text


def composed(name: str, language: Language) -> str:
    """The opening sentence of an answer made by code."""
    return COMPOSED[name][language]
