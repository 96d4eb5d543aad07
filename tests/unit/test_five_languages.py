"""Questions over passages in five languages, both ways, with a right answer and one that is wrong in one place.

Written for these tests and for no pack.
"""

from typing import NamedTuple

import pytest

from walkdown.answering.verification import Basis, verify_claim
from walkdown.answering.verification.relevance import share_named
from walkdown.documents import Claim, Evidence, Principal
from walkdown.retrieval.search import Searcher
from walkdown.retrieval.understanding import understand
from walkdown.testing.memory import MemoryStore, sample_chunk, sample_pack
from walkdown.text.languages import detect_language

PACK = sample_pack()


class Case(NamedTuple):
    """A question, the passage that answers it, and a right and a wrong statement in the question's language."""

    question: str
    passage: str
    right: str
    wrong: str


CASES = [
    # In one language.
    Case(
        "¿A qué presión se tara la válvula de seguridad de la caldera auxiliar?",
        "La válvula de seguridad de la caldera auxiliar se tara a 12,5 bar. La prueba se hace cada 12 meses.",
        "La válvula de seguridad de la caldera auxiliar se tara a 12,5 bar.",
        "La válvula de seguridad de la caldera auxiliar se tara a 15 bar.",
    ),
    Case(
        "¿Quién autoriza el trabajo en caliente dentro del cubeto?",
        "El trabajo en caliente dentro del cubeto lo autoriza el jefe de planta. El vigilante de incendios permanece "
        "60 minutos después de terminar.",
        "Dentro del cubeto el trabajo en caliente lo autoriza el jefe de planta.",
        "Dentro del cubeto el trabajo en caliente lo autoriza el vigilante de incendios.",
    ),
    Case(
        "¿Se puede abrir la esclusa durante la esterilización?",
        "Durante la esterilización no se abre la esclusa. Al terminar, se espera 15 minutos.",
        "No, durante la esterilización no se abre la esclusa.",
        "Sí, durante la esterilización se abre la esclusa.",
    ),
    Case(
        "Antes de arrancar la bomba de condensado, ¿qué válvula se abre?",
        "Antes de arrancar la bomba de condensado se abre la válvula de aspiración. La válvula de impulsión queda "
        "cerrada.",
        "Antes de arrancar la bomba de condensado se abre la válvula de aspiración.",
        "Antes de arrancar la bomba de condensado se cierra la válvula de aspiración.",
    ),
    Case(
        "离心机轴承温度报警值是多少？",
        "离心机轴承温度报警值为 85 ℃，跳闸值为 95 ℃。润滑油每 6 个月更换一次。",
        "离心机轴承温度报警值为 85 ℃。",
        "离心机轴承温度报警值为 95 ℃。",
    ),
    Case(
        "储罐可以用蒸汽加热吗？",
        "储罐不得用蒸汽加热，只允许用 40 ℃ 以下的温水循环。",
        "不得用蒸汽加热储罐。",
        "可以用蒸汽加热储罐。",
    ),
    Case(
        "采样由谁进行？",
        "采样由当班操作员进行，化验员只负责分析。夜间采样须两人在场。",
        "采样由当班操作员进行。",
        "采样由化验员进行。",
    ),
    Case(
        "换滤芯前要先做什么？",
        "更换滤芯前先关闭进口阀并泄压。泄压后等待 10 分钟。",
        "更换滤芯前先关闭进口阀并泄压。",
        "更换滤芯前先打开进口阀。",
    ),
    Case(
        "培養槽の攪拌速度の上限はいくつですか？",
        "培養槽の攪拌速度は 120 rpm を上限とする。通気量は 0.5 L/min とする。",
        "培養槽の攪拌速度の上限は 120 rpm です。",
        "培養槽の攪拌速度の上限は 150 rpm です。",
    ),
    Case(
        "緊急停止のあと誰が再起動を許可しますか？",
        "緊急停止の後の再起動は当直長が許可する。保全担当者は原因を記録する。",
        "緊急停止の後の再起動は当直長が許可します。",
        "緊急停止の後の再起動は保全担当者が許可します。",
    ),
    Case(
        "ドレン弁は運転中に開けてよいですか？",
        "運転中はドレン弁を開けない。停止後に開けて排水する。",
        "運転中はドレン弁を開けません。",
        "運転中はドレン弁を開けてもよいです。",
    ),
    # Korean and English questions over documents in the three.
    Case(
        "윤활유는 얼마나 자주 교체하나요?",
        "El aceite lubricante del compresor se cambia cada 4000 horas. El filtro se cambia cada 2000 horas.",
        "압축기 윤활유는 4000시간마다 교체합니다.",
        "압축기 윤활유는 2000시간마다 교체합니다.",
    ),
    Case(
        "How long must the tank be ventilated before entry?",
        "Antes de entrar en el tanque se ventila durante 45 minutos. El oxígeno debe estar entre 19,5 y 23 %.",
        "The tank is ventilated for 45 minutes before entry.",
        "The tank is ventilated for 30 minutes before entry.",
    ),
    Case(
        "탱크 내부에 스파크 나는 공구를 써도 되나요?",
        "Dentro del tanque está prohibido usar herramientas que produzcan chispas.",
        "탱크 안에서 불꽃이 나는 공구를 사용하는 것은 금지입니다.",
        "탱크 안에서 불꽃이 나는 공구를 사용해도 됩니다.",
    ),
    Case(
        "Who releases the batch?",
        "批次由质量保证部门放行，生产部门无权放行。",
        "The batch is released by quality assurance.",
        "The batch is released by production.",
    ),
    Case(
        "냉각수 온도가 몇 도를 넘으면 부하를 줄여야 해?",
        "冷却水温度超过 32 ℃ 时降低负荷，超过 36 ℃ 时停机。",
        "냉각수 온도가 32 ℃를 넘으면 부하를 줄입니다.",
        "냉각수 온도가 36 ℃를 넘으면 부하를 줄입니다.",
    ),
    Case(
        "May nitrogen be used to blanket the monomer tank?",
        "单体储罐严禁用氮气覆盖，因为阻聚剂需要溶解氧。",
        "Blanketing the monomer tank with nitrogen is prohibited, because the inhibitor needs dissolved oxygen.",
        "The monomer tank may be blanketed with nitrogen.",
    ),
    Case(
        "호스는 몇 개월까지 쓸 수 있나요?",
        "ホースの使用期限は 18 か月とする。亀裂があれば直ちに交換する。",
        "호스의 사용 기한은 18개월입니다.",
        "호스의 사용 기한은 24개월입니다.",
    ),
    Case(
        "What is the acid wash time?",
        "酸洗浄は 20 分、アルカリ洗浄は 35 分とする。",
        "The acid wash takes 20 minutes.",
        "The acid wash takes 35 minutes.",
    ),
    Case(
        "세척 후 배관에 물이 남아 있으면 멸균을 시작해도 되나요?",
        "洗浄後、配管に水が残っている場合は滅菌を開始してはならない。",
        "배관에 물이 남아 있으면 멸균을 시작하면 안 됩니다.",
        "배관에 물이 남아 있어도 멸균을 시작할 수 있습니다.",
    ),
    # The three over English and Korean documents.
    Case(
        "¿Cuál es el caudal mínimo de la bomba de alimentación?",
        "The minimum flow of the feed water pump is 72 t/h. The rated flow is 240 t/h.",
        "El caudal mínimo de la bomba de alimentación es de 72 t/h.",
        "El caudal mínimo de la bomba de alimentación es de 240 t/h.",
    ),
    Case(
        "¿Puede el operador rearmar el enclavamiento?",
        "The operator must not reset the interlock; the shift supervisor resets it.",
        "No, el operador no debe rearmar el enclavamiento; lo rearma el supervisor de turno.",
        "Sí, el operador puede rearmar el enclavamiento.",
    ),
    Case(
        "¿Cada cuánto se calibra el detector de gas?",
        "가스 감지기는 3개월마다 교정한다. 센서 수명은 2년이다.",
        "El detector de gas se calibra cada 3 meses.",
        "El detector de gas se calibra cada 2 años.",
    ),
    Case(
        "蒸汽轮机真空跳闸值是多少？",
        "The turbine trips when the condenser vacuum falls to 74 kPa. The alarm is at 82 kPa.",
        "凝汽器真空降到 74 kPa 时汽轮机跳闸。",
        "凝汽器真空降到 82 kPa 时汽轮机跳闸。",
    ),
    Case(
        "旁路联锁由谁批准？",
        "인터록 바이패스는 공장장이 승인한다. 교대 근무자는 기록만 한다.",
        "联锁旁路由厂长批准。",
        "联锁旁路由班组人员批准。",
    ),
    Case(
        "泄漏后可以用锯末吸收吗？",
        "Never absorb the spill with sawdust; use dry sand.",
        "泄漏物不得用锯末吸收，应使用干砂。",
        "泄漏物可以用锯末吸收。",
    ),
    Case(
        "ポンプの振動警報値はいくつですか？",
        "The vibration alarm of the pump is 7.1 mm/s and the trip is 11 mm/s.",
        "ポンプの振動警報値は 7.1 mm/s です。",
        "ポンプの振動警報値は 11 mm/s です。",
    ),
    Case(
        "バッファーの保管期限は何日ですか？",
        "완충액은 2~8 ℃에서 14일 동안 보관할 수 있다. 실온에서는 3일이다.",
        "バッファーは 2~8 ℃ で 14 日間保管できます。",
        "バッファーは 2~8 ℃ で 30 日間保管できます。",
    ),
    Case(
        "停電時に手動で弁を閉めますか？",
        "On a power failure the isolation valve closes automatically.",
        "停電時、遮断弁は自動で閉まります。",
        "停電時、遮断弁は手動で閉めます。",
    ),
    Case(
        "触媒の投入前に何を確認しますか？",
        "촉매를 투입하기 전에 반응기 온도가 60 ℃ 이하인지 확인한다.",
        "触媒の投入前に反応器の温度が 60 ℃ 以下であることを確認します。",
        "触媒の投入前に反応器の温度が 60 ℃ 以上であることを確認します。",
    ),
]
BESIDE = [
    "The fence around the site is painted green every spring.",
    "울타리는 매년 봄에 녹색으로 칠한다.",
    "La valla se pinta de verde cada primavera.",
    "围栏每年春天刷成绿色。",
    "フェンスは毎年春に緑色に塗る。",
]
"""Passages on something else, of the same five languages."""
CHUNKS = [
    sample_chunk(i, text, id=f"D{i}:0", document_id=f"D{i}", language=detect_language(text))
    for i, text in enumerate([*(case.passage for case in CASES), *BESIDE])
]
SEARCHER = Searcher(MemoryStore(CHUNKS), [])


@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_passage_is_found_and_names_what_is_asked(number: int) -> None:
    found = SEARCHER.search(CASES[number].question, PACK, Principal(), k=2)
    assert f"D{number}" in [hit.chunk.document_id for hit in found.hits]
    assert share_named(found.plan.compared, CASES[number].passage, PACK.glossary) >= 0.4


@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_right_answer_stands_and_a_wrong_one_does_not(number: int) -> None:
    case = CASES[number]
    plan = understand(case.question, PACK, ["ko", "en"])
    evidence = [Evidence(number=1, chunk=CHUNKS[number], score=1.0)]
    basis = Basis(evidence, PACK.grammar, PACK.glossary, plan.compared, plan.language)
    assert verify_claim(Claim(text=case.right, citations=(1,)), basis).supported
    assert not verify_claim(Claim(text=case.wrong, citations=(1,)), basis).supported


STEP = "3. Al acabar: parar el agitador, cerrar la válvula del reactor, lavar el filtro y abrir por último el venteo."


@pytest.mark.parametrize(
    ("claim", "stands"),
    [
        ("Primero para el agitador, luego cierra la válvula del reactor y abre por último el venteo.", True),
        ("Primero cierra la válvula del reactor, luego para el agitador y abre por último el venteo.", False),
        ("Para el agitador, abre el venteo y luego lava el filtro.", False),
    ],
)
def test_actions_of_one_step_are_told_in_its_order(claim: str, *, stands: bool) -> None:
    evidence = [Evidence(number=1, chunk=sample_chunk(0, STEP, language="es"), score=1.0)]
    basis = Basis(evidence, PACK.grammar, PACK.glossary, "what is the order at the end", "es")
    checks = {c.name: c.verdict.value for c in verify_claim(Claim(text=claim, citations=(1,)), basis).checks}
    assert (checks["sequence"] == "passed") is stands
