"""Names of what a form is filled in with, which stand beside each other with their values between them.

`Material | Carbon steel | Lining | Rubber` above `Service | Brine | Insulation | None` is a form, though no cell of it
holds a number: what stands in the places of labels below the first row names properties, and data does not.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from walkdown.text.units import is_unit

_KOREAN = re.compile(
    r"(?:(?:설계|운전|사용|정격|최고|최대|최소|시험|상용|상온|입구|출구|흡입|토출|주위|상대|공급|보관|제조|유효|포장|총|순|대상|제품|원료|시료|기기|설비|설치|"
    r"계기|작업|공사|점검|검사|허가|승인|담당|발급|교정|측정|운송|납품|입고|출고|연료|전동기|펌프|허용|부식)\s*){0,3}"
    r"(?:품\s*명|품\s*목|규\s*격|수\s*량|재\s*질|용\s*량|형\s*식|모\s*델|등\s*급|번\s*호|기\s*간|일\s*자|일\s*시|조건|단위|업체|처|회사|제조사|제작사|공급사|판\s*정|"
    r"발주처|시공사|시공자|원도급사|도급사|감독관?|현장\s*대리인|소장|포장|계약금액|금액|성\s*명|직\s*위|직\s*급|소\s*속|자격|면허|담당자|책임자|승인자|검사자|시험자|작업자|점검자|작성자|확인자|신청자|부\s*서|연락처|전\s*화|주\s*소|온\s*도|습\s*도|압\s*력|유\s*량|양\s*정|전\s*압|전\s*류|출\s*력|동력|"
    r"주파수|회전수|중\s*량|무\s*게|길\s*이|두\s*께|직\s*경|구\s*경|높이|색\s*상|외\s*관|냄\s*새|비\s*중|밀\s*도|점\s*도|순\s*도|함\s*량|농\s*도|유\s*체|매\s*체|"
    r"용\s*도|장\s*소|위\s*치|내\s*용|인\s*원|사\s*유|방\s*법|보\s*관|여유|명\s*칭|(?:기기|설비|계기|작업|공사|제품|시료|부품|물질)\s*명|방식|주기|범\s*위|정확도|정밀도)"
)
_ENGLISH = re.compile(
    r"(?:(?:design|operating|rated|normal|max(?:imum)?\.?|min(?:imum)?\.?|test|working|set|inlet|outlet|suction|discharge|ambient|relative|supply|"
    r"storage|shell|tube|nozzle|motor|pump|seal|body|trim|flange|net|gross|total|allowable|contact|emergency|product|sample|batch|lot|serial|model|"
    r"fluid|corrosion|tag|certificate|document|drawing|order|report|end|start|issue|expiry|retest|manufacturing|mfg\.?|calibration|due|valid|work|risk|line|paint|fail|control|signal)\s+){0,3}"
    r"(?:pressure|temperature|temp\.?|flow(?:\s*rate)?|head|level|density|viscosity|humidity|capacity|volume|power|voltage|current|frequency|speed|weight|"
    r"length|width|height|thickness|diameter|size|rating|class|type|grade|quantity|qty\.?|material|lining|insulation|coating|gasket|allowance|service|"
    r"fluid|medium|colou?r|appearance|odou?r|purity|assay|model|maker|manufacturer|supplier|vendor|customer|contractor|consultant|company|department|location|area|unit\s*no\.?|"
    r"(?:no|number|id)\.?|date|time|shift|operator|inspector|supervisor|issuer|holder|name|phone|address|position|enclosure|orientation|mounting|protection|code|"
    r"standard|connection|connections|ends|accuracy|range|output|supply|action|driver|coupling|lubrication|packaging|container|conditions?|period|session|node|"
    r"rev(?:ision)?\.?(?:\s*no\.?)?|by|(?:prepared|checked|approved|issued|reviewed)(?:\s+by)?|purchaser|client|owner|plant|project|job|tag|"
    r"item(?:\s+no\.?)|drawing|design\s+intent|result|status|validity|from|until|to)",
    re.IGNORECASE,
)
_EASTERN = re.compile(
    r"(?:(?:设计|設計|工作|操作|运行|運転|额定|定格|最高|最低|最大|最小|正常|常用|试验|試験|入口|出口|进口|吸入|吐出|相对|相対|临界|臨界|饱和|飽和|环境|公称|自燃|分解|引燃|"
    r"発火|燃焼|产品|製品|设备|設備|机器|機器|制造|製造|出厂|有效|有効|检定|校准|校正|点検)の?){0,3}"
    r"(?:压力|圧力|温度|湿度|流量|扬程|揚程|功率|出力|动力|動力|转速|回転数|电压|電圧|电流|電流|频率|周波数|容积|容積|容量|重量|质量|質量|长度|厚度|直径|口径|介质|流体|材质|材質|型号|型式|"
    r"形式|规格|規格|编号|番号|位号|名称|品名|数量|制造厂|厂家|メーカー|供应商|地址|电话|用途|主要用途|日期|日付|期|外观(?:与性状)?|外観|性状|气味|臭い|色|pH值?|熔点|融点|沸点|闪点|引火点|密度|"
    r"蒸[气気]密度|蒸[气気]压|蒸気圧|爆炸[上下]限|爆発[上下]限界?|燃烧热|溶解性|溶解度|粘度|蒸发速率|分子[量式]|化学式|纯度|純度|含量)%?"
)
_SPANISH = re.compile(
    r"(?:presión|temperatura|caudal|potencia|tensión|corriente|frecuencia|velocidad|peso|capacidad|volumen|densidad|viscosidad|diámetro|espesor|material|fluido|"
    r"servicio|modelo|fabricante|proveedor|cliente|tipo|clase|número|n\.?[º°]|fecha|hora|turno|área|ubicación|lote|código|cantidad|rango|precisión|equipo|producto|estado)"
    r"(?:\s+(?:de|del|la|el|los|en|diseño|operación|servicio|prueba|trabajo|entrada|salida|serie|fabricación|calibración|vencimiento|nominal|máxim[oa]|mínim[oa]|normal|equipo|lote)){0,4}",
    re.IGNORECASE,
)
_MOST = 0.6
_LEAST_ROWS = 3


def is_property(text: str) -> bool:
    """True for the name of something a form is filled in with: `재질`, `Design pressure`."""
    plain = re.sub(r"\s*[(\[（].*[)\]）]$", "", text.strip(" :：.*"))
    return any(names.fullmatch(plain) for names in (_KOREAN, _ENGLISH, _EASTERN, _SPANISH))


_LETTERS = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허"
_ITEM = re.compile(rf"(?:([{_LETTERS}])|([a-z])|(\d{{1,2}}))[.)]\s?[^\s\d].*")


def counts_on(names: Sequence[str]) -> bool:
    """True for names that are numbered one after the other, as the items of a form are: `가. 외관`, `나. 냄새`."""
    found = [_ITEM.fullmatch(name) for name in names]
    orders = [_LETTERS.index(m[1]) if m[1] else int(m[3] or ord(m[2]) - ord("a")) for m in found if m is not None]
    return len(orders) == len(names) > 1 and all(a < b for a, b in pairwise(orders))


_CODE = re.compile(r"([A-Z]{1,4})[-. ]?\d{1,5}[A-Z]?")
_LEAST_CODES = 3


def codes_count_on(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """True when a first row begins a list of codes that goes on below it: `S1` above `S2`, `S3` names nothing."""
    for c, cell in enumerate(first):
        code = _CODE.fullmatch(cell)
        below = [_CODE.fullmatch(row[c]) for row in body if row[c]]
        if code and len(below) >= _LEAST_CODES and all(m and m[1] == code[1] for m in below):
            return True
    return False


_POINT = re.compile(
    r"(?:stream|point|pos(?:ition)?|location|case|tray|stage|sample|test|run|channel|ch|tank|cell|nozzle"
    r"|스트림|흐름|측정점|지점|위치|시료|채널|탱크|단)\.?\s*(?:no\.?|number|#|번호)?",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"#?(\d{1,4})[A-Za-z]?")
_LEAST_COUNTED = 3
_LEAST_BANDS = 2


def names_by_count(rows: Sequence[Sequence[str]]) -> bool:
    """True when the columns are named by the numbers of streams or points: `Stream no. | | 1 | 2 | 3`.

    A column of units behind the labels has no number.
    """
    first, body = rows[0], rows[1:]
    if not _POINT.fullmatch(first[0]) or not body or not all(row[0] and not row[0][:1].isdigit() for row in body):
        return False
    behind = first[1:] if first[1] else first[2:]
    found = [_COUNTED.fullmatch(cell) for cell in behind]
    numbers = [int(m[1]) for m in found if m is not None]
    if len(numbers) < max(_LEAST_COUNTED, len(behind)) or len(set(behind)) < len(behind):
        return False
    return all(a <= b for a, b in pairwise(numbers))


_RANGE = re.compile(r"(?:(\d+(?:\.\d+)?)\s*[-–~～]|[<≤>≥]=?)\s*(\d+(?:\.\d+)?)\s*(?:%|[^\W\d_]{1,4})?")


def names_by_range(rows: Sequence[Sequence[str]]) -> bool:
    """True when the columns are named by ranges of one quantity that follow each other: `Load | 0-25 | 25-50 | 50-75`.

    A column of units behind the labels has none.
    """
    first, body = rows[0], rows[1:]
    if not first[0] or first[0][0].isdigit() or not body or not all(row[0] and not row[0][0].isdigit() for row in body):
        return False
    behind = first[1:] if first[1] else first[2:]
    found = [_RANGE.fullmatch(cell) for cell in behind]
    ranges = [(float(m[1] or m[2]), float(m[2])) for m in found if m is not None]
    if len(ranges) < max(_LEAST_COUNTED, len(behind)):
        return False
    return all(a[1] <= b[0] <= 2 * a[1] + 1 for a, b in pairwise(ranges))


def labels_stand_apart(rows: Sequence[Sequence[str]]) -> bool:
    """True when the first column and a later one hold names of properties only, each behind its own values.

    `Item no. | K-301 | Date | 3 May | 8 May` goes on from left to right, and its first row names nothing.
    """
    columns = list(zip(*rows, strict=True)) if len({len(row) for row in rows}) == 1 else []
    named = [i for i, column in enumerate(columns) if all(map(is_property, column)) and len(set(column)) == len(column)]
    if len(rows) < _LEAST_ROWS or len(named) < 2 or named[0] or named[1] < 2 or len(named) == len(columns):
        return False
    return not any(is_property(cell) for i, cell in enumerate(rows[0]) if i not in named)


def _labels(row: Sequence[str]) -> Iterator[tuple[int, str]]:
    return ((at, row[at]) for at in range(0, len(row), 2) if row[at])


def names_throughout(rows: Sequence[Sequence[str]]) -> bool:
    """True when the rows below the first hold names of properties in each place of a label, and the first no others.

    Where names stand in the places of values of the first row as well, they are those of columns.
    """
    if len(rows) < 2 or any(is_property(row) for row in rows[0][1::2]):
        return False
    first = [is_property(name) for _, name in _labels(rows[0])]
    below = [(at, is_property(name)) for row in rows[1:] for at, name in _labels(row)]
    places = {at for at, _ in below}
    if len(first) < 2 or len(places) < 2 or {at for at, named in below if named} != places:
        return False
    share = _MOST if len(rows) >= _LEAST_ROWS else 1.0
    return sum(first) >= len(first) / 2 and sum(named for _, named in below) >= share * len(below)


def unit_at_end(cell: str) -> str:
    """The unit at the end of a row's name: `Load, MW`, `압력 (bar)`; "" for none."""
    parts = (part.strip(" )]") for part in reversed(re.split(r"[,(\[/]\s*", cell)[1:]))
    return next((part for part in parts if is_unit(part)), "")


def labels_above(rows: Sequence[Sequence[str]]) -> bool:
    """True for a form whose labels stand above their values, in two bands or more: `Range | Class`, `0 - 25 | 0.2`."""
    if len(rows) < 2 * _LEAST_BANDS or len(rows) % 2 or len(rows[0]) < _LEAST_BANDS:
        return False
    labels = [cell for row in rows[::2] for cell in row if cell]
    values = [cell for row in rows[1::2] for cell in row if cell]
    filled = all(
        label or not value
        for a, b in zip(rows[::2], rows[1::2], strict=True)
        for label, value in zip(a, b, strict=True)
    )
    unlike = not any(map(is_property, values)) and len(set(labels)) == len(labels)
    numbered = any(any(map(str.isdigit, cell)) for row in rows[3::2] for cell in row)
    named = all(sum(map(is_property, row)) >= _MOST * len([cell for cell in row if cell]) for row in rows[::2])
    return filled and unlike and numbered and named and not any(map(str.isdigit, "".join(labels)))
