"""Exports of old programs in the encodings of five languages, which decode each other's bytes without complaint."""

import pytest

from walkdown_ingestion.decoding import decode
from walkdown_ingestion.table_headers import looks_like_value

TEXTS = {
    "cp932": [
        "タグ名,名称,単位,下限,上限\nPT-101,吐出圧力,MPa,8.0,12.5\nTT-102,軸受温度,℃,,85\n",
        "点検結果一覧\n機器番号,点検日,判定\nP-101,令和6年,良\nポンプ,異常なし\n",
        "弁番号,状態\nHV-1,全開\nHV-2,全閉\n",
    ],
    "euc_jp": ["タグ名,名称,単位\nPT-101,吐出圧力,MPa\n"],
    "gb18030": [
        "位号,名称,单位\nPT-101,出口压力,MPa\nTT-1,轴承温度,℃\n",
        "给水泵操作规程 不得超过12.5 MPa",
        "编号;下限;上限\nP-101;8,0;12,5",
        "設備名稱,單位,壓力\nP-101,給水泵,MPa\n",
    ],
    "cp949": ["태그,한계\nP-1,12.5", "단위: °C ㎥/h 밸브", "뜨거운 햇볕", "가", "給水펌프 점검표"],
    "cp1252": ["Presión máxima, señal añadida, válvula: 12,5 bar", "Größe ±5 °C µm ²", "naïve café"],
}


@pytest.mark.parametrize(
    ("encoding", "text"), [(encoding, text) for encoding, texts in TEXTS.items() for text in texts]
)
def test_text_in_a_legacy_encoding(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "a.csv").text == text


def test_a_tag_that_begins_with_its_area_is_no_value() -> None:
    assert not any(map(looks_like_value, ("301TI3107", "10LAB20", "301LI302.PV")))
    assert all(map(looks_like_value, ("1.5E05", "12mmH2O", "50kg/cm2", "3X10", "4.2 Nm3/h", "2oo3")))
