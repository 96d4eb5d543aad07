"""Names of what is asked of a thing, in five languages: a flow, a temperature, a limit, a name, a duration.

`온도는?` after a question about a pressure asks the same of the same thing, and `유량이랑 온도` asks two things. The
words are those that plants measure and look up; each group is one kind, so that two of a kind can be told.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

_KINDS = {
    "flow": "유량|토출량|순환량|flows?|flowrates?|流量|caudal(?:es)?|flujos?",
    "pressure": "차압|압력|진공도|[탑흡토입출]압|pressures?|差压|压力|差圧|圧力|presi(?:ón|ones)",
    "temperature": "온도|temperatures?|temps?|温度|temperaturas?",
    "level": "수위|액위|유위|레벨|levels?|液位|水位|レベル|nivel(?:es)?",
    "speed": "속도|회전수|rpm|speeds?|速度|转速|回転数|velocidad(?:es)?",
    "vibration": "진동|vibrations?|振动|振動|vibraci(?:ón|ones)",
    "time": "시간|기간|지연|time|duration|delay|时间|時間|tiempo|duración|retardo",
    "period": "주기|간격|빈도|횟수|intervals?|frequency|how often|周期|頻度|間隔|frecuencia|intervalo",
    "content": "농도|함량|순도|전도도|탁도|concentrations?|purity|conductivity|ph|toc|浓度|纯度|电导率|濃度|"
    "純度|導電率|"
    "concentraci(?:ón|ones)|pureza|conductividad",
    "electric": "전류|전압|전력|출력|부하|current|voltage|power|output|load|电流|电压|功率|電流|電圧|出力|"
    "corriente|tensión|potencia",
    "size": "두께|길이|높이|크기|구경|직경|무게|중량|용량|체적|thickness|length|height|size|diameter|weight|"
    "capacity|volume|"
    "厚度|长度|高度|尺寸|重量|容量|厚さ|長さ|高さ|espesor|longitud|altura|tamaño|peso|capacidad|volumen",
    "matter": "재질|재료|인화점|끓는점|비점|발화점|녹는점|어는점|밀도|점도|materials?|flash point|"
    "boiling point|melting point|"
    "density|viscosity|材质|闪点|沸点|密度|材質|引火点|material|punto de (?:inflamación|ebullición)|densidad",
    "who": "누가|누구|who|谁|誰|quién|담당자?|승인자|책임자|연락처|제조사|제조자|제작사|manufacturers?|"
    "supplier|owner|contact|制造商|负责人|担当者|メーカー|fabricante|responsable",
    "value": "설정값?|설정치|관리값|한계값?|한도|기준값?|상한|하한|경보값?|알람값?|트립값?|값|alarms?|trips?|"
    "limits?|set ?points?|settings?|values?|criteri(?:a|on)|"
    "报警|跳闸|警報|トリップ|alarma|disparo|定值|设定值?|限值|上限|下限|设定|設定値?|限界値?|límites?|"
    "valor(?:es)?|consigna",
}
_PARTICLE = r"(?:은|는|이|가|을|를|도|만|의|이랑|랑|하고|와|과|에|으로|로|이요|요|이야|야|이고|고|이며|며)?"
_KIND = {
    kind: re.compile(rf"(?<![A-Za-z])(?:{words}){_PARTICLE}(?![A-Za-z가-힣])", re.IGNORECASE)
    for kind, words in _KINDS.items()
}
_WORD = re.compile(r"\S+")
_VALUE = frozenset({"value"})
"""A limit, an alarm, a set point: at which level a measured thing is asked for, beside what is measured."""


def kinds_of(text: str) -> frozenset[str]:
    """The kinds of properties that a text names."""
    return frozenset(kind for kind, pattern in _KIND.items() if pattern.search(text))


def without_properties(text: str, instead: str) -> str:
    """A text without the words that name a property for which another text names its own.

    `CCP-1A 베어링 온도 경보` is `CCP-1A 베어링 경보` beside `진동은?`, and `CCP-1A 베어링 온도` beside `트립은?`.
    """
    named = kinds_of(instead)
    gone = [kind for kind in _KIND if (kind in _VALUE and named & _VALUE) or (kind not in _VALUE and named - _VALUE)]
    words = _WORD.findall(text)
    left = [not any(_ends_in(word, kind) for kind in gone) for word in words]
    qualifies = [w.lower() in _QUALIFIERS and not left[i + 1] for i, w in enumerate(words[:-1])] + [False]
    return " ".join(w for w, stays, of in zip(words, left, qualifies, strict=True) if stays and not of)


_QUALIFIERS = frozenset(
    "최소 최대 정격 정상 설계 최저 최고 minimum maximum min max normal rated design least highest lowest".split()
)
"""What goes with the name of the property behind it."""


def ends_in_property(text: str) -> bool:
    """True when a text ends in the name of a property."""
    return any(_ends_in(text, kind) for kind in _KIND)


def ends_in_level(text: str) -> bool:
    """True when a text ends in the name of a level: a limit, a set point, an alarm."""
    return all(_ends_in(text, kind) for kind in _VALUE)


def _ends_in(word: str, kind: str) -> bool:
    bare = word.rstrip("?!.,;:？。、，")
    return any(m.end() == len(bare) for m in _KIND[kind].finditer(bare))


def all_apart(texts: Sequence[str]) -> bool:
    """True when each of several texts names a property, and no two that follow each other are of the same kinds."""
    kinds = [kinds_of(text) - _VALUE or kinds_of(text) for text in texts]
    return all(kinds) and all(a != b for a, b in pairwise(kinds))
