"""The property that a question asks for: `임펠러 재질이 뭐야?` a material, `what concentration is it?` a concentration.

Lines are quoted on their likelihood where no model vouches for them, and the likeliest line about a pump may give its
flow. So what is asked for must be named by what is quoted, with what stands above it, or stand there as an amount of
its kind.
"""

import re
from collections.abc import Sequence

from walkdown.packs.schema import GlossaryEntry, Pack
from walkdown.retrieval.lexicon import Concept
from walkdown.retrieval.naming import asked_concepts, names
from walkdown.text.asked_amounts import is_of_kind, kind_of_unit
from walkdown.text.quantities import find_quantities

_PARTICLE = r"(?:들?(?:이|가|은|는|을|를|의|도|만|이란|란)?)"
_ASKED_KO = re.compile(
    rf"{_PARTICLE}\s*(?:값|수치|기준)?{_PARTICLE}\s*(?:각각\s*)?"
    r"(?:뭐|뭔|뭘|뭡|무엇|무슨|얼마|몇|어떻게|어떤|알려|궁금|[?？]|$)"
)
"""What follows the noun that is asked for."""
_BEFORE_EN = re.compile(
    r"\b(?:what|which)(?:'?s| is| are| was| were)?(?: the| our| its| a)?"
    r"(?: (?!(?:of|for|in|on|at|to|from|is|are|do|does)\b)[\w-]+){0,3}?\s*$",
    re.IGNORECASE,
)
_AFTER_EN = re.compile(
    r"(?:\s(?:limits?|value|range|target|spec(?:ification)?|setting))?\s*(?:$|\?|(?:of|for|in|on|at|to|from|is|are|was|do|does|should|must|can|has|have)\b)",
    re.I,
)
_UNITS = {
    "temperature": "°C", "pressure": "bar", "flow rate": "m3/h", "flow": "m3/h", "concentration": "%", "volume": "m3",
    "weight": "kg", "mass": "kg", "speed": "rpm", "voltage": "V", "current": "A", "power": "kW", "output": "MW",
    "load": "MW", "frequency": "Hz", "vibration": "mm/s", "conductivity": "µS/cm", "thickness": "mm", "length": "m",
    "height": "m", "distance": "m", "diameter": "mm", "torque": "N·m", "density": "kg/m3", "resistance": "ohm",
    "freezing point": "°C", "melting point": "°C", "boiling point": "°C", "flash point": "°C", "dew point": "°C",
}  # fmt: skip
"""Properties that an amount states by its unit alone."""
_PROPERTIES = frozenset(_UNITS) | {
    "material", "colour", "color", "manufacturer", "maker", "supplier", "vendor", "viscosity", "hardness", "roughness",
    "efficiency", "capacity", "size", "price", "cost", "lifetime", "service life", "shelf life", "half-life", "ph",
}  # fmt: skip
"""What is asked of a thing. The list is closed: of 46 dev questions rightly quoted other nouns would have lost six."""


def asked_property(question: str, pack: Pack) -> Concept | None:
    """The property asked for, None where the question asks otherwise or names none that is known."""
    for concept in reversed([c for c in asked_concepts(question, pack.glossary) if _is_property(c)]):
        start = question.rfind(concept.written)
        if start < 0:
            continue
        before, after = question[:start], question[start + len(concept.written) :]
        if _ASKED_KO.match(after) and re.search("[가-힣]", concept.written):
            return concept
        if _BEFORE_EN.search(before) and _AFTER_EN.match(after):
            return concept
    return None


_NOW = frozenset({"지금", "현재", "현행", "요즘"})
"""Of these the English name is `current`, which is no current of amperes: `지금 몇 kPa야?`."""


def _is_property(concept: Concept) -> bool:
    """True for a name whose head is a property: `set pressure`, `임펠러 재질`."""
    return not _NOW & set(concept.ko) and any(
        name.lower() in _PROPERTIES or name.lower().split()[-1] in _PROPERTIES for name in concept.en
    )


def gives(concept: Concept, texts: Sequence[str], glossary: Sequence[GlossaryEntry]) -> bool:
    """Whether texts name a property or state an amount of its kind."""
    if any(names(text, concept) for text in texts):
        return True
    unit = next((e.unit for e in glossary if e.unit and e.en in concept.en), "")
    units = [unit, *(_UNITS[name] for name in concept.en if name in _UNITS)]
    kinds = [kind for u in units if u and (kind := kind_of_unit(u))]
    return bool(kinds) and any(is_of_kind(q, kinds) for text in texts for q in find_quantities(text))
