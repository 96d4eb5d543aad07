"""Spellings of units in plant documents and what they mean to pint.

Gauge pressure and normal volume are dimensions of their own, because `5 barg` is not `5 bar` and pint would read
`Nm3` as cubic nanometres.
"""

from functools import cache

import pint

_DEFINITIONS = (
    "gauge_pascal = [gauge_pressure]",
    "normal_cubic_metre = [normal_volume]",
    "colony = [colonies]",
    "endotoxin_unit = [endotoxin]",
    "dB_level = [sound_level]",
    "ntu = [turbidity]",
    "cell = [cells]",
    "plate = [plates]",
)

UNITS: dict[str, str] = {
    "%": "percent", "％": "percent", "퍼센트": "percent", "percent": "percent", "wt%": "percent", "vol%": "percent",
    "%RH": "percent", "%LEL": "percent", "% LEL": "percent", "% RH": "percent",
    "°C": "degC", "℃": "degC", "degC": "degC", "deg C": "degC", "degrees C": "degC", "도": "degC",
    "°F": "degF", "℉": "degF", "degF": "degF", "K": "kelvin",
    "Pa": "pascal", "kPa": "kilopascal", "MPa": "megapascal", "hPa": "hectopascal", "bar": "bar", "mbar": "millibar",
    "bara": "bar", "bar(a)": "bar", "psi": "psi", "psia": "psi", "kgf/cm2": "kgf/cm**2", "kgf/cm²": "kgf/cm**2",
    "kg/cm2": "kgf/cm**2", "kg/cm²": "kgf/cm**2", "mmH2O": "mmH2O", "mmAq": "mmH2O", "mmHg": "mmHg", "torr": "torr",
    "barg": "1e5*gauge_pascal", "bar(g)": "1e5*gauge_pascal", "bar g": "1e5*gauge_pascal",
    "mbarg": "1e2*gauge_pascal", "MPag": "1e6*gauge_pascal", "MPa(g)": "1e6*gauge_pascal", "MPaG": "1e6*gauge_pascal",
    "kPag": "1e3*gauge_pascal", "kPa(g)": "1e3*gauge_pascal", "psig": "6894.757293168361*gauge_pascal",
    "psi(g)": "6894.757293168361*gauge_pascal", "kgf/cm2g": "98066.5*gauge_pascal", "kg/cm2g": "98066.5*gauge_pascal",
    "m3/h": "m**3/hour", "m³/h": "m**3/hour", "m3/hr": "m**3/hour", "㎥/h": "m**3/hour", "m3/min": "m**3/min",
    "m³/min": "m**3/min", "m3/s": "m**3/s", "m³/s": "m**3/s", "Nm3/h": "normal_cubic_metre/hour",
    "Nm³/h": "normal_cubic_metre/hour", "Nm3": "normal_cubic_metre", "Nm³": "normal_cubic_metre",
    "L/min": "liter/min", "l/min": "liter/min", "LPM": "liter/min", "L/h": "liter/hour", "mL/min": "milliliter/min",
    "L/s": "liter/s", "gpm": "gallon/min", "t/h": "metric_ton/hour", "t/hr": "metric_ton/hour",
    "ton/h": "metric_ton/hour", "kg/h": "kg/hour", "kg/hr": "kg/hour", "kg/s": "kg/s", "kg/min": "kg/min",
    "rpm": "rpm", "r/min": "rpm", "Hz": "hertz", "kHz": "kilohertz", "W": "watt", "kW": "kilowatt", "MW": "megawatt",
    "GW": "gigawatt", "VA": "volt*ampere", "kVA": "kilovolt*ampere", "MVA": "megavolt*ampere",
    "kvar": "kilovolt*ampere", "Mvar": "megavolt*ampere", "MVAR": "megavolt*ampere", "kWh": "kilowatt*hour",
    "MWh": "megawatt*hour", "V": "volt", "kV": "kilovolt", "mV": "millivolt", "A": "ampere", "kA": "kiloampere",
    "mA": "milliampere", "Ω": "ohm", "MΩ": "megaohm", "kΩ": "kiloohm", "μS/cm": "microsiemens/cm",
    "µS/cm": "microsiemens/cm", "uS/cm": "microsiemens/cm", "mS/cm": "millisiemens/cm",
    "ms": "millisecond", "s": "second", "sec": "second", "secs": "second", "second": "second", "seconds": "second",
    "초": "second", "min": "minute", "mins": "minute", "minute": "minute", "minutes": "minute", "분": "minute",
    "h": "hour", "hr": "hour", "hrs": "hour", "hour": "hour", "hours": "hour", "시간": "hour", "day": "day",
    "days": "day", "일": "day", "week": "week", "weeks": "week", "주": "week", "month": "month", "months": "month",
    "개월": "month", "year": "year", "years": "year", "년": "year",
    "nm": "nanometer", "μm": "micrometer", "µm": "micrometer", "um": "micrometer", "mm": "millimeter",
    "cm": "centimeter", "m": "meter", "km": "kilometer", "in": "inch", "inch": "inch", "inches": "inch", "ft": "foot",
    "feet": "foot", "mm/s": "mm/s", "m/s": "m/s", "mm/min": "mm/min", "mm/y": "mm/year", "mm/year": "mm/year",
    "mm2": "mm**2", "cm2": "cm**2", "cm²": "cm**2", "m2": "m**2", "m²": "m**2", "㎡": "m**2", "m3": "m**3",
    "m³": "m**3", "㎥": "m**3", "L": "liter", "l": "liter", "리터": "liter", "mL": "milliliter", "ml": "milliliter",
    "μL": "microliter", "µL": "microliter",
    "μg": "microgram", "µg": "microgram", "ng": "nanogram", "mg": "milligram", "g": "gram", "kg": "kilogram",
    "t": "metric_ton", "ton": "metric_ton", "tons": "metric_ton", "톤": "metric_ton", "lb": "pound",
    "mg/L": "mg/liter", "mg/l": "mg/liter", "g/L": "g/liter", "μg/L": "microgram/liter", "µg/L": "microgram/liter",
    "ug/L": "microgram/liter", "mg/m3": "mg/m**3", "mg/m³": "mg/m**3", "mg/kg": "mg/kg", "g/mL": "g/milliliter",
    "mg/mL": "mg/milliliter", "ng/mg": "ng/mg", "μg/mL": "microgram/milliliter",
    "ppm": "ppm", "ppmv": "ppm", "ppb": "1e-3*ppm",
    "J": "joule", "kJ": "kilojoule", "MJ": "megajoule", "kcal": "kilocalorie", "kJ/kg": "kJ/kg", "N": "newton",
    "kN": "kilonewton", "N·m": "newton*meter", "Nm": "newton*meter", "cP": "centipoise", "dB": "dB_level",
    "dBA": "dB_level", "NTU": "ntu", "CFU": "colony", "CFU/m3": "colony/m**3", "CFU/m³": "colony/m**3",
    "CFU/mL": "colony/milliliter", "CFU/plate": "colony/plate",
    "EU/mL": "endotoxin_unit/milliliter", "EU": "endotoxin_unit",
    "cells/mL": "cell/milliliter", "℃/h": "delta_degC/hour", "°C/h": "delta_degC/hour", "℃/min": "delta_degC/min",
    "°C/min": "delta_degC/min", "bar/min": "bar/min", "MPa/min": "megapascal/min", "MW/min": "megawatt/min",
    "%/min": "percent/min", "kDa": "kilodalton", "lux": "lux",
}  # fmt: skip


@cache
def _registry() -> pint.UnitRegistry[float]:
    registry: pint.UnitRegistry[float] = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
    for line in _DEFINITIONS:
        registry.define(line)
    return registry


@cache
def conversion(unit: str) -> tuple[str, float, float]:
    """(dimension, factor, offset) of a unit spelling: base = value * factor + offset."""
    if not unit:
        return "", 1.0, 0.0
    registry = _registry()
    expression = UNITS[unit]
    if expression in ("degC", "degF"):
        zero = registry.Quantity(0.0, expression).to("kelvin").magnitude
        one = registry.Quantity(1.0, expression).to("kelvin").magnitude
        return "[temperature]", one - zero, zero
    base = registry.parse_expression(expression).to_base_units()
    # Percent and ppm are dimensionless to pint; a bare number is not 100 of a percent, so they stay apart.
    dimension = str(base.dimensionality)
    if dimension == "dimensionless":
        dimension = "ratio"
    return dimension, float(base.magnitude), 0.0
