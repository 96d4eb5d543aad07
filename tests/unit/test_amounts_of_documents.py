"""Amounts as documents of five languages write them: value, upper end, comparator and unit, in lines and in tables."""

import math
import re

import pytest

from walkdown.documents import Measure, Table
from walkdown.text.heads import title_unit
from walkdown.text.quantities import find_quantities
from walkdown.text.units import conversion
from walkdown_ingestion.enrichment.measures import measures_of

LINES = """
압력 5∼7 bar => 5..7 bar
5...7 bar => 5..7 bar
5 … 7 bar => 5..7 bar
-20 ~ -10 ℃ => -20..-10 °C
−20 to +40 °C => -20..40 °C
2°C-8°C => 2..8 °C
entre 5 y 7 bar => 5..7 bar
between 5 and 7 bar => 5..7 bar
de 5 a 7 bar => 5..7 bar
0,05 bar a 0,10 bar => 0.05..0.10 bar
500 mm to 1 m => 500..1000 mm
5 and 7 bar => 5 bar; 7 bar
pressure 5 ± 0.5 bar => 5 bar; 0.5 bar
5±0.5 bar => 5 bar; 0.5 bar
압력 5.0(±0.2) bar => 5 bar; 0.2 bar
line size 3/4" => 0.75 inch
1-1/2 in pipe => 1.5 inch
1 1/2" nozzle => 1.5 inch
2½" hose => 2.5 inch
½ in drain => 0.5 inch
3/4 of the pumps in Hall 2 =>
≤ 0,5 mg/L => <= 0.5 mg/L
≦ 0.5 mg/L => <= 0.5 mg/L
≧ 3.0 bar => >= 3 bar
leak rate 10^-3 mbar => 0.001 mbar
10^5 CFU/mL => 100000 CFU/mL
1.2E-3 Pa·m3/s => 0.0012 Pa·m3/s
0.50 ± 0.05 × 10^6 cells/mL => 500000 cells/mL; 50000 cells/mL
0.3 ~ 0.5 × 10⁶ cells/mL => 300000..500000 cells/mL
1.250,5 kg => 1250.5 kg
10 s⁻¹ => 10 s⁻¹
5 m·s⁻¹ => 5 m/s
5 kg·m⁻³ => 5 kg/m3
8 mol·L⁻¹ => 8 mol/L
4 W·m⁻²·K⁻¹ => 4 W/m2·K
20 mL/kg·h => 20 mL/kg/h
40 m³/시 => 40 m3/h
45 % R.H. => 45 %RH
15–28 % (v/v) => 15..28 vol%
10 % w/v => 100 g/L
20 % L.E.L => 20 %LEL
3600 r.p.m. => 3600 rpm
9.8 m/s2 => 9.8 m/s²
소음 85 ㏈(A) 이하 => <= 85 dB(A)
alkalinity 2 meq/L => 2 mEq/L
경도 5 °dH 이하 => <= 5 °dH
760 Torr => 760 torr
29.9 in. Hg => 29.9 inHg
10 in. W.C. => 10 inH2O
12 TPH => 12 t/h
45 N-m => 45 N·m
45 kgf·m => 45 kgf·m
33 ft-lb => 33 ft-lb
40 kgf/mm2 => 40 kgf/mm2
100 MOhm => 100 MΩ
1h30min => 1.5 h
0.1 N NaOH =>
80℃를 초과하면 => > 80 °C
max. 120 °C => <= 120 °C
min. 30 bar => >= 30 bar
after 10 min: 38 bar => 10 min; 38 bar
NMT 0.5 % => <= 0.5 %
NLT 95.0 % => >= 95 %
5 ≤ P ≤ 7 bar => >= 5 bar; <= 7 bar
20 < T < 25 °C => > 20 °C; < 25 °C
最小 5 MPa => >= 5 MPa
不应大于80℃ => <= 80 °C
应不小于 5 MPa => >= 5 MPa
80℃を超えてはならない => <= 80 °C
80℃を下回らないこと => >= 80 °C
80℃を下回る場合 => < 80 °C
no debe superar 80 °C => <= 80 °C
no debe exceder de 80 °C => <= 80 °C
no inferior a 5 bar => >= 5 bar
mayor de 80 °C => > 80 °C
a partir de 5 bar => >= 5 bar
73 MW에서 -78 Mvar => 73 MW; -78 Mvar
"""
EXPECTED = re.compile(r"(?P<sign>[<>]=?)? ?(?P<low>-?[\d.]+?)(?:\.\.(?P<high>-?[\d.]+))? (?P<unit>.+)")


def is_as(measure: Measure, expected: str) -> bool:
    told = EXPECTED.fullmatch(expected)
    assert told is not None
    dimension, factor, offset = conversion(told["unit"])
    ends = [(measure.base, told["low"]), (measure.base_upper, told["high"])]
    same = all(
        (base is None) == (value is None)
        and (base is None or math.isclose(base, float(value) * factor + offset, rel_tol=1e-6))
        for base, value in ends
    )
    return same and measure.dimension == dimension and measure.comparator == (told["sign"] or "=")


def check(found: tuple[Measure, ...], expected: str) -> None:
    wanted = [part for part in expected.strip().split("; ") if part]
    assert len(found) == len(wanted), found
    assert all(is_as(measure, part) for measure, part in zip(found, wanted, strict=True)), found


@pytest.mark.parametrize("line", LINES.strip().splitlines())
def test_amounts_in_lines(line: str) -> None:
    text, _, expected = line.partition("=>")
    check(measures_of(text.strip()), expected)


@pytest.mark.parametrize(
    ("title", "names", "row", "expected"),
    [
        ("Table 3. Clearances (unit: mm)", ["Part", "Min", "Qty"], ["Shaft", "0.10", "4"], "0.10 mm"),
        ("표 2. 압력 설정값 (단위: kPa)", ["기기", "설정"], ["PSV-1", "350"], "350 kPa"),
        ("单位：MPa", ["位号", "设定"], ["PSV-1", "0.35"], "0.35 MPa"),
        ("（単位：kPa）", ["機器", "設定"], ["PSV-1", "350"], "350 kPa"),
        ("Unidades: bar", ["Equipo", "Ajuste"], ["PSV-1", "3.5"], "3.5 bar"),
        ("(단위: kPa) ... (단위: mm)", ["기기", "설정"], ["PSV-1", "350"], ""),
        ("(단위: kPa)", ["기기", "온도 (°C)"], ["E-1", "80"], "80 °C"),
        ("", ["기준(㎎/ℓ)"], ["0.5 미만"], "< 0.5 mg/L"),
        ("", ["Range", "EU"], ["0 ~ 100", "DEG C"], "0..100 °C"),
        ("", ["Leak rate (mbar·L/s)"], ["1E-6"], "0.000001 mbar·L/s"),
    ],
)  # fmt: skip
def test_amounts_in_tables(title: str, names: list[str], row: list[str], expected: str) -> None:
    check(measures_of(title, [Table(header=(tuple(names),), rows=(tuple(row),))]), expected)


def test_an_amount_is_shown_as_it_is_written() -> None:
    found = find_quantities('5.0(±0.2) bar, 3/4" and 1.250,5 kg')
    assert [q.text for q in found] == ["5.0", "0.2 bar", '3/4"', "1.250,5 kg"]
    assert measures_of("level −50 ~ +50 mm")[0].text == "−50 ~ +50 mm"
    assert measures_of("0.3 ~ 0.5 × 10⁶ cells/mL")[0].upper == pytest.approx(0.5)
    assert title_unit("unit: each") == ""
