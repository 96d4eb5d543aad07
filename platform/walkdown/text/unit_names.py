"""The names of units: spelling -> expression in pint's terms. Gauge and absolute pressures are derived in `units`."""

PRESSURES: dict[str, str] = {
    "Pa": "1", "hPa": "1e2", "kPa": "1e3", "KPa": "1e3", "Kpa": "1e3", "kpa": "1e3", "MPa": "1e6", "Mpa": "1e6",
    "GPa": "1e9", "bar": "1e5", "Bar": "1e5", "BAR": "1e5", "mbar": "1e2", "psi": "6894.757293168361",
    "PSI": "6894.757293168361", "kgf/cm2": "98066.5", "kgf/cm²": "98066.5", "kgf/㎠": "98066.5", "kg/cm2": "98066.5",
    "kg/cm²": "98066.5", "kg/㎠": "98066.5", "㎩": "1", "㎪": "1e3", "㎫": "1e6", "atm": "101325",
    "mmH2O": "9.80665", "mmAq": "9.80665", "mmHg": "133.322387415", "torr": "133.322387415",
    "bars": "1e5", "밀리바": "1e2", "기압": "101325", "파스칼": "1", "킬로파스칼": "1e3",
    "메가파스칼": "1e6", "pascals": "1", "kilopascals": "1e3", "megapascals": "1e6", "millibars": "1e2",
    **dict.fromkeys(("inHg", "in Hg", "in. Hg", "inch Hg"), "3386.388640341"), "Torr": "133.322387415",
    **dict.fromkeys(("inH2O", "in H2O", "inWC", "in WC", "in. WC", "in W.C.", "in. W.C.", "inWG"), "249.08891"),
    **dict.fromkeys(
        ("㎏/㎠", "㎏/cm2", "㎏/cm²", "㎏f/㎠", "㎏f/cm2", "㎏f/cm²", "Kg/㎠", "Kg/cm2", "Kg/cm²", "Kgf/㎠", "Kgf/cm2",
         "Kgf/cm²", "kg/cm^2", "kgf/cm^2"), "98066.5"),
    **dict.fromkeys(("㎜H2O", "㎜Aq", "mmH₂O", "mmWC", "mmWG"), "9.80665"), "㎜Hg": "133.322387415",
    "㍱": "1e2", "㍴": "1e5", "㏔": "1e2",
}  # fmt: skip
"""Spelling of a pressure -> pascals."""

_DEGREES = {
    **dict.fromkeys(
        ("°C", "° C", "℃", "ºC", "˚C", "degC", "deg C", "deg. C", "degrees C", "degrees Celsius", "degree Celsius",
         "Celsius", "도", "度", "摄氏度", "grados", "degrees", "degree"), "degC"),
    **dict.fromkeys(("°F", "° F", "℉", "ºF", "degF", "deg F", "degrees F", "degrees Fahrenheit"), "degF"),
    "K": "kelvin",
}  # fmt: skip
_SHARES = {
    **dict.fromkeys(("%", "％", "퍼센트", "프로", "percent", "per cent", "pct"), "percent"),
    **dict.fromkeys(("wt%", "wt.%", "wt %", "wt.-%", "%w/w", "% w/w", "mass%", "mass %", "질량%", "중량%",
                     "% by weight", "% by mass"), "0.01*mass_share"),
    **dict.fromkeys(("vol%", "vol.%", "vol %", "%v/v", "% v/v", "부피%", "% by volume"), "0.01*volume_share"),
    **dict.fromkeys(("mol%", "mol.%", "mol %", "mol.-%", "mole %", "mole%", "몰%", "몰 %"), "0.01*mole_share"),
    **dict.fromkeys(("%LEL", "% LEL", "%LFL", "% LFL", "% of LEL", "% of the LEL"), "0.01*explosive_share"),
    **dict.fromkeys(("%RH", "% RH", "%rh", "% rh"), "0.01*humidity_share"),
    **dict.fromkeys(("ppm", "PPM", "ppmv", "ppmw", "ppmV"), "ppm"), "ppb": "1e-3*ppm", "ppt": "1e-6*ppm",
    **dict.fromkeys(("ppm by volume",), "ppm"),
}  # fmt: skip
_TIMES = {
    "ms": "millisecond",
    **dict.fromkeys(("s", "sec", "secs", "sec.", "second", "seconds", "초", "秒", "秒钟", "segundo", "segundos"),
                    "second"),
    **dict.fromkeys(("min", "mins", "min.", "minute", "minutes", "분", "分", "分钟", "分間", "minuto", "minutos"),
                    "minute"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "시간", "小时", "時間", "hora", "horas"), "hour"),
    **dict.fromkeys(("d", "day", "days", "일", "日", "天", "día", "días"), "day"),
    **dict.fromkeys(("week", "weeks", "주", "주일", "周", "週間", "semana", "semanas"), "week"),
    **dict.fromkeys(("month", "months", "개월", "달", "个月", "か月", "ヶ月", "mes", "meses"), "month"),
    **dict.fromkeys(("y", "yr", "year", "years", "년", "년간", "年", "año", "años"), "year"),
}  # fmt: skip
_LENGTHS = {
    "nm": "nanometer", **dict.fromkeys(("μm", "µm", "um", "㎛", "micron", "microns"), "micrometer"),
    **dict.fromkeys(("mm", "㎜", "밀리미터"), "millimeter"), **dict.fromkeys(("cm", "㎝", "센티미터"), "centimeter"),
    **dict.fromkeys(("m", "미터", "metre", "metres", "meter", "meters"), "meter"),
    **dict.fromkeys(("km", "㎞"), "kilometer"), **dict.fromkeys(("inch", "inches", "인치", '"', "″"), "inch"),
    **dict.fromkeys(("ft", "feet", "foot"), "foot"), "mil": "inch/1000", "mpy": "inch/1000/year",
    **dict.fromkeys(("mm2", "mm²", "㎟"), "mm**2"), **dict.fromkeys(("cm2", "cm²", "㎠"), "cm**2"),
    **dict.fromkeys(("m2", "m²", "㎡", "m^2", "제곱미터"), "m**2"),
}  # fmt: skip
_VOLUMES = {
    **dict.fromkeys(("m3", "m³", "㎥", "m^3", "세제곱미터", "cubic metre", "cubic metres", "cubic meter"), "m**3"),
    **dict.fromkeys(("cm3", "cm³", "㎤", "cc"), "cm**3"),
    **dict.fromkeys(("L", "l", "ℓ", "리터", "litre", "litres", "liter", "liters"), "liter"),
    **dict.fromkeys(("mL", "ml", "㎖", "밀리리터"), "milliliter"), "kL": "1000*liter", "㎘": "1000*liter",
    **dict.fromkeys(("μL", "µL", "㎕"), "microliter"), **dict.fromkeys(("gal", "gallon", "gallons"), "gallon"),
    **dict.fromkeys(("Nm3", "Nm³", "N㎥", "Nm^3"), "normal_cubic_metre"), "NL": "normal_cubic_metre/1000",
    **dict.fromkeys(("Sm3", "Sm³"), "standard_cubic_metre"), "CV": "column_volume",
    **dict.fromkeys(("LPM", "lpm"), "liter/min"), **dict.fromkeys(("gpm", "GPM", "USGPM", "usgpm"), "gallon/min"),
    "CMH": "m**3/hour", "cfm": "foot**3/min", **dict.fromkeys(("slpm", "SLPM"), "standard_cubic_metre/1000/min"),
}  # fmt: skip
_MASSES = {
    **dict.fromkeys(("μg", "µg", "ug", "㎍"), "microgram"), "ng": "nanogram", "pg": "picogram",
    **dict.fromkeys(("mg", "㎎", "밀리그램"), "milligram"), **dict.fromkeys(("g", "그램", "gram", "grams"), "gram"),
    **dict.fromkeys(("kg", "Kg", "KG", "㎏", "킬로그램", "킬로"), "kg"), "kDa": "kilodalton",
    **dict.fromkeys(("t", "ton", "tons", "tonne", "tonnes", "톤", "吨"), "metric_ton"),
    **dict.fromkeys(("lb", "lbs"), "pound"), "mg KOH/g": "mg*koh/g", "mgKOH/g": "mg*koh/g",
    "mol": "mole", "mmol": "millimole", "mM": "millimole/liter", "M": "mole/liter", "mol/L": "mole/liter",
}  # fmt: skip
_ELECTRIC = {
    "W": "watt", **dict.fromkeys(("kW", "KW", "Kw", "㎾"), "kilowatt"), "MW": "megawatt", "GW": "gigawatt",
    "MWe": "megawatt", "MWth": "megawatt", "VA": "volt*ampere", "kVA": "kilovolt*ampere", "MVA": "megavolt*ampere",
    "var": "volt*ampere", "kvar": "kilovolt*ampere", "Mvar": "megavolt*ampere", "MVAR": "megavolt*ampere",
    "MVAr": "megavolt*ampere", "Wh": "watt*hour", "kWh": "kilowatt*hour", "MWh": "megawatt*hour", "V": "volt",
    "mV": "millivolt", "VAC": "volt", "VDC": "volt", "V AC": "volt", "V DC": "volt",
    **dict.fromkeys(("kV", "KV"), "kilovolt"), "A": "ampere", "kA": "kiloampere", "mA": "milliampere", "Ah": "A*hour",
    "Ω": "ohm", "kΩ": "kiloohm", "MΩ": "megaohm", "GΩ": "gigaohm", "MΩ·cm": "megaohm*cm", "Hz": "hertz",
    "kHz": "kilohertz", "MHz": "megahertz", "㎐": "hertz",
    **dict.fromkeys(("μS/cm", "µS/cm", "uS/cm", "us/cm", "μS/㎝", "㎲/㎝", "㎲/cm"), "microsiemens/cm"),
    "mS/cm": "millisiemens/cm",
}  # fmt: skip
_OTHERS = {
    **dict.fromkeys(("rpm", "RPM", "r/min", "rev/min"), "rpm"), "J": "joule", "kJ": "kilojoule", "MJ": "megajoule",
    "GJ": "gigajoule", "cal": "calorie", "kcal": "kilocalorie", "N": "newton", "kN": "kilonewton",
    **dict.fromkeys(("N·m", "Nm", "N.m", "N m"), "newton*meter"), "kN·m": "kilonewton*meter", "cP": "centipoise",
    **dict.fromkeys(("mPa·s", "mPa.s", "mPas"), "centipoise"), "cSt": "centistokes", "mm2/s": "mm**2/s",
    **dict.fromkeys(("dB", "dBA", "dB(A)"), "dB_level"), **dict.fromkeys(("NTU", "FNU"), "ntu"),
    **dict.fromkeys(("CFU", "cfu", "UFC", "KBE"), "colony"), "plate": "plate",
    **dict.fromkeys(("CFU/4h", "CFU/4 h", "CFU/4 hours", "CFU/4시간", "cfu/4h"), "colony/(4*hour)"),
    "EU": "endotoxin_unit", "IU": "endotoxin_unit",
    **{
        f"{name}/{amount}{gap}mL": f"{unit}/({amount}*milliliter)"
        for name, unit in (("CFU", "colony"), ("cfu", "colony"), ("EU", "endotoxin_unit"), ("MPN", "colony"))
        for amount in (10, 100)
        for gap in (" ", "")
    },
    "cells": "cell", "cell": "cell", "viable cells": "cell", "live cells": "cell", "total cells": "cell",
     "lux": "lux", "lx": "lux", "OD": "optical_density", "mSv": "millisievert",
    "μSv": "microsievert", "µSv": "microsievert", "Bq": "becquerel", "vvm": "1/min",
}  # fmt: skip
_SPELLED = {
    **dict.fromkeys(("パーセント", "por ciento"), "percent"),
    **dict.fromkeys(("毫米", "ミリメートル", "milímetros"), "millimeter"),
    **dict.fromkeys(("メートル", "metros"), "meter"),
    **dict.fromkeys(("立方米", "立方メートル", "metros cúbicos"), "m**3"),
    **dict.fromkeys(("リットル", "litros"), "liter"),
    **dict.fromkeys(("公斤", "千克", "キログラム", "kilogramos"), "kg"),
    **dict.fromkeys(("トン", "toneladas"), "metric_ton"), **dict.fromkeys(("千瓦", "キロワット"), "kilowatt"),
    **dict.fromkeys(("兆瓦", "メガワット"), "megawatt"),
}  # fmt: skip
"""Units as answers in Chinese, Japanese and Spanish spell them."""

_SQUARES = {
    "㎾h": "kilowatt*hour",
    "㎸": "kilovolt",
    "㎹": "megavolt",
    "㎷": "millivolt",
    "㎶": "microvolt",
    "㎃": "milliampere",
    "㎂": "microampere",
    "㎄": "kiloampere",
    "㎿": "megawatt",
    "㎽": "milliwatt",
    "㏀": "kiloohm",
    "㏁": "megaohm",
    "㎑": "kilohertz",
    "㎒": "megahertz",
    "㎓": "gigahertz",
    "㎉": "kilocalorie",
    "㎈": "calorie",
    "㏈": "dB_level",
    "㎚": "nanometer",
    "㎲": "microsecond",
    "㎳": "millisecond",
    "㏄": "cm**3",
    "㎗": "0.1*liter",
    "㎢": "km**2",
    "㎧": "meter/second",
    "㏖": "mole",
}
"""Units that Korean writing systems set as one sign; those of mass, length and volume are above."""

_HEAT = {
    "W/m": "watt/meter", **dict.fromkeys(("W/m2", "W/m²", "W/㎡"), "watt/meter**2"),
    "kW/m2": "kilowatt/meter**2", "J/kg": "joule/kg", "J/g": "joule/gram", "kJ/kg": "kilojoule/kg",
    "J/mol": "joule/mole", "kJ/mol": "kilojoule/mole",
    **dict.fromkeys(("kcal/kg", "㎉/㎏", "㎉/kg", "kcal/㎏"), "kilocalorie/kg"),
    "cal/g": "calorie/gram", **dict.fromkeys(("kcal/m·h", "kcal/mh"), "kilocalorie/meter/hour"),
    **dict.fromkeys(("kcal/m2·h", "kcal/m²·h", "kcal/㎡·h", "kcal/m2h", "kcal/m²h", "kcal/㎡h"),
                    "kilocalorie/meter**2/hour"),
}  # fmt: skip
_KELVINS = {"K": "kelvin", "°C": "delta_degC", "℃": "delta_degC"}


def _per_degree() -> dict[str, str]:
    """Heat by degree: `W/m·K`, `W/(m·K)`, `W/m2K`, `kJ/kg.K`, `kcal/kg·℃`."""
    found: dict[str, str] = {}
    for head, expression in _HEAT.items():
        top, bottom = head.split("/")
        for sign, degree in _KELVINS.items():
            spelt = [f"{head}{dot}{sign}" for dot in ("·", "⋅", ".", "", "/")] + [f"{top}/({bottom}·{sign})"]
            found |= dict.fromkeys(spelt, f"{expression}/{degree}")
    return found


_RARER = {
    **dict.fromkeys(("DEG C", "DEGC", "Deg C", "DegC", "deg.C"), "degC"),
    **dict.fromkeys(("% (w/w)", "%(w/w)", "w/w %", "w/w%", "% m/m"), "0.01*mass_share"),
    **dict.fromkeys(("% (v/v)", "%(v/v)", "v/v %", "v/v%"), "0.01*volume_share"),
    **dict.fromkeys(("% w/v", "%w/v", "% (w/v)", "%(w/v)", "w/v %", "w/v%"), "10*gram/liter"),
    **dict.fromkeys(("% L.E.L", "% L.E.L.", "%L.E.L"), "0.01*explosive_share"),
    **dict.fromkeys(("%R.H.", "% R.H.", "%R.H"), "0.01*humidity_share"),
    **dict.fromkeys(("SCFM", "scfm"), "0.028316846592*standard_cubic_metre/min"),
    **dict.fromkeys(("TPH", "tph", "T/H", "T/h"), "metric_ton/hour"),
    "Ohm": "ohm", "kOhm": "kiloohm", "MOhm": "megaohm", **dict.fromkeys(("r.p.m.", "r.p.m"), "rpm"),
    **dict.fromkeys(("m/s²", "m/s2", "m/s^2", "㎨"), "meter/second**2"), "kgf": "9.80665*newton",
    **dict.fromkeys(("kgf·m", "kgf.m", "kgf-m", "kg·m", "kg-m"), "9.80665*newton*meter"), "N-m": "newton*meter",
    **dict.fromkeys(("kgf·cm", "kgf-cm", "kg·cm", "kg-cm"), "0.0980665*newton*meter"),
    **dict.fromkeys(("ft-lb", "ft·lb", "ft-lbf", "ft·lbf", "lbf·ft", "lb-ft"), "1.3558179483*newton*meter"),
    **dict.fromkeys(("kgf/mm2", "kgf/mm²", "kgf/㎟", "kg/mm2", "kg/mm²", "kg/㎟"), "9.80665e6*pascal"),
    **dict.fromkeys(("Pa·m3/s", "Pa·m³/s", "Pa.m3/s"), "pascal*meter**3/second"),
    **dict.fromkeys(("mbar·L/s", "mbar·l/s", "mbar.L/s", "mbar L/s"), "100*pascal*liter/second"),
    **dict.fromkeys(("mEq", "meq"), "milliequivalent"), **dict.fromkeys(("dB (A)", "㏈(A)", "㏈A"), "dB_level"),
    **dict.fromkeys(("°dH", "°DH"), "german_hardness"), **dict.fromkeys(("°fH", "°F.H."), "french_hardness"),
    "kBq": "kilobecquerel", "MBq": "megabecquerel", "GBq": "gigabecquerel", "Ci": "curie", "mCi": "millicurie",
}  # fmt: skip
"""Spellings of data sheets, leak tests, water analyses and exports."""

_PREFIXES = (
    ("", "", ""), ("milli", "밀리", "milli"), ("kilo", "킬로", "kilo"), ("mega", "메가", "mega"),
    ("giga", "기가", "giga"), ("micro", "마이크로", "micro"),
)  # fmt: skip
_WORDS = (
    ("watt", "와트", "watt"), ("ohm", "옴", "ohm"), ("volt", "볼트", "volt"), ("amp", "암페어", "ampere"),
    ("ampere", "", "ampere"), ("hertz", "헤르츠", "hertz"), ("metre", "미터", "meter"), ("meter", "", "meter"),
    ("gram", "그램", "gram"), ("litre", "리터", "liter"), ("liter", "", "liter"), ("newton", "뉴턴", "newton"),
    ("siemens", "지멘스", "siemens"), ("joule", "", "joule"), ("mole", "", "mole"),
)  # fmt: skip


def _spoken() -> dict[str, str]:
    """Units as people say them, with their prefixes: without these "5 킬로옴" is read as five kilograms."""
    out = {"kilohm": "kiloohm", "kilohms": "kiloohm", "megohm": "megaohm", "megohms": "megaohm"}
    out |= {f"{ko}{base}": f"{prefix}{unit}" for base, unit in (("줄", "joule"), ("몰", "mole"))
            for _, ko, prefix in _PREFIXES if ko}  # fmt: skip
    for en_prefix, ko_prefix, prefix in _PREFIXES:
        for en, ko, unit in _WORDS:
            out |= {f"{en_prefix}{en}": f"{prefix}{unit}", f"{en_prefix}{en}s": f"{prefix}{unit}"}
            if ko:
                out[f"{ko_prefix}{ko}"] = f"{prefix}{unit}"
    return out


_COLLOQUIAL = {
    **dict.fromkeys(("센티", "centimetre", "centimetres", "centimeter", "centimeters"), "centimeter"),
    **dict.fromkeys(("미크론", "마이크론"), "micrometer"), **dict.fromkeys(("루베", "입방미터"), "m**3"),
    **dict.fromkeys(("헤베", "평방미터"), "m**2"), "씨씨": "cm**3", "바게이지": "1e5*gauge_pascal", "갤런": "gallon",
    **dict.fromkeys(("배럴", "barrel", "barrels", "bbl"), "oil_barrel"), "노말루베": "normal_cubic_metre",
    "피피엠": "ppm", "피피비": "1e-3*ppm", "알피엠": "rpm", "밀리초": "millisecond",
    **dict.fromkeys(("millisecond", "milliseconds"), "millisecond"), "데시벨": "dB_level", "decibels": "dB_level",
    **dict.fromkeys(("마력", "horsepower"), "horsepower"), "럭스": "lux", "킬로칼로리": "kilocalorie",
}  # fmt: skip
"""Units as a shift says them, and documents write them now and then."""

EXPRESSIONS: dict[str, str] = (
    _spoken()
    | _COLLOQUIAL
    | _DEGREES
    | _SHARES
    | _TIMES
    | _LENGTHS
    | _VOLUMES
    | _MASSES
    | _ELECTRIC
    | _OTHERS
    | _SPELLED
    | _SQUARES
    | _RARER
    | _per_degree()
)
"""All names but those of pressures. Compound units are put together from them: `t/h`, `mg/L`, `°C/min`."""
