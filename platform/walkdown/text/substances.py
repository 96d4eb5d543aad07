"""Gases and chemicals by their names and formulas in five languages, where one put for another is a different danger.

Water, steam and oil are left out: plants call them by too many names.
"""

import re
from functools import lru_cache

from walkdown.text.languages import normalise

_NAMES = """
nitrogen|nitrógeno|질소|氮气|氮|窒素|N2|LN2|GN2
oxygen|oxígeno|산소|氧气|氧|酸素|O2
hydrogen|hidrógeno|수소|氢气|氢|水素|H2
carbon dioxide|dióxido de carbono|이산화탄소|탄산가스|二氧化碳|二酸化炭素|CO2|pCO2
carbon monoxide|monóxido de carbono|일산화탄소|一氧化碳|一酸化炭素|CO
argon|argón|아르곤|氩气|氩|アルゴン
helium|helio|헬륨|氦气|氦|ヘリウム
ammonia|amoníaco|암모니아|암모니아수|氨气|氨水|氨|アンモニア|NH3
chlorine|cloro|염소|氯气|塩素|Cl2
hydrogen chloride|hydrochloric acid|ácido clorhídrico|염화수소|염산|盐酸|氯化氢|塩酸|塩化水素|HCl
hydrogen sulfide|hydrogen sulphide|sulfuro de hidrógeno|황화수소|硫化氢|硫化水素|H2S
hydrogen fluoride|hydrofluoric acid|불화수소|불산|플루오린화수소|氟化氢|氢氟酸|フッ化水素|HF
hydrogen peroxide|peróxido de hidrógeno|과산화수소|과수|过氧化氢|双氧水|過酸化水素|H2O2|VHP
sulfuric acid|sulphuric acid|ácido sulfúrico|황산|硫酸|H2SO4
nitric acid|ácido nítrico|질산|硝酸|HNO3
phosphoric acid|ácido fosfórico|인산|磷酸|リン酸|H3PO4
acetic acid|ácido acético|초산|아세트산|醋酸|乙酸|酢酸
peracetic acid|ácido peracético|과초산|과아세트산|过氧乙酸|過酢酸|PAA
caustic soda|caustic|sodium hydroxide|sosa cáustica|가성소다|수산화나트륨|烧碱|氢氧化钠|苛性ソーダ|水酸化ナトリウム|NaOH
sodium hypochlorite|hipoclorito de sodio|차아염소산나트륨|차아염소산소다|락스|次氯酸钠|次亜塩素酸ナトリウム|NaOCl
hydrazine|hidracina|히드라진|하이드라진|联氨|ヒドラジン|N2H4
methane|metano|메탄|甲烷|メタン|CH4
propane|propano|프로판|丙烷|プロパン
ethylene|etileno|에틸렌|乙烯|エチレン
propylene|propileno|프로필렌|丙烯|プロピレン
ethylene oxide|óxido de etileno|산화에틸렌|环氧乙烷|酸化エチレン
methanol|metanol|메탄올|甲醇|メタノール|MeOH
ethanol|etanol|에탄올|乙醇|エタノール|EtOH
isopropanol|isopropyl alcohol|isopropanol|이소프로판올|이소프로필알코올|异丙醇|イソプロパノール|IPA
acetone|acetona|아세톤|丙酮|アセトン
benzene|benceno|벤젠|苯|ベンゼン
toluene|tolueno|톨루엔|甲苯|トルエン
xylene|xileno|자일렌|크실렌|二甲苯|キシレン
styrene|estireno|스티렌|스타이렌|苯乙烯|スチレン
phenol|fenol|페놀|苯酚|フェノール
acrylonitrile|acrilonitrilo|아크릴로니트릴|丙烯腈|アクリロニトリル
butadiene|butadieno|부타디엔|丁二烯|ブタジエン
phosgene|fosgeno|포스겐|光气|ホスゲン
sulfur dioxide|sulphur dioxide|dióxido de azufre|이산화황|아황산가스|二氧化硫|二酸化硫黄|SO2
sulfur hexafluoride|sulphur hexafluoride|육불화황|六氟化硫|六フッ化硫黄|SF6
hexane|hexano|헥산|노말헥산|己烷|ヘキサン
glycol|glicol|글리콜|에틸렌글리콜|ethylene glycol|乙二醇|グリコール
formaldehyde|formaldehído|포름알데히드|포르말린|甲醛|ホルムアルデヒド
"""
_KINDS = {
    "solvent": "methanol|ethanol|isopropanol|acetone|benzene|toluene|xylene|hexane",
    "alcohol": "methanol|ethanol|isopropanol",
    "acid": "sulfuric acid|nitric acid|hydrogen chloride|phosphoric acid|acetic acid|peracetic acid|hydrogen fluoride",
    "alkali": "caustic soda|ammonia",
    "caustic": "caustic soda",
    "inert gas": "nitrogen|argon|carbon dioxide|helium",
    "purge gas": "nitrogen|argon|carbon dioxide|helium",
    "insulating gas": "sulfur hexafluoride",
    "fuel gas": "methane|propane|hydrogen",
    "flammable gas": "hydrogen|methane|propane|ethylene|propylene|butadiene|carbon monoxide",
    "toxic gas": "ammonia|chlorine|hydrogen chloride|hydrogen sulfide|hydrogen fluoride|carbon monoxide|phosgene",
    "oxidizer": "oxygen|chlorine|hydrogen peroxide|nitric acid|sodium hypochlorite|peracetic acid",
    "disinfectant": "sodium hypochlorite|hydrogen peroxide|peracetic acid|isopropanol|ethanol|formaldehyde",
    "sporicide": "sodium hypochlorite|hydrogen peroxide|peracetic acid|formaldehyde",
    "monomer": "styrene|acrylonitrile|butadiene|ethylene|propylene",
    "antifreeze": "glycol",
}
"""What a substance is called for its kind or use, to the substances by their first names above."""
_HANGUL, _LATIN = re.compile(r"^[가-힣]"), re.compile(r"^[A-Za-zÀ-ɏ]")


def _pattern(name: str) -> str:
    if _HANGUL.match(name):
        # 황화수소 and 탄산수소나트륨 hold no 수소, 염소이온 is no 염소.
        return rf"(?<![화산])(?<!차아){re.escape(name)}(?!산화|산나|이온|나트륨|칼슘|칼륨|계|화)"
    if not _LATIN.match(name):
        return re.escape(name)
    if name.isascii() and (name.isupper() or any(c.isdigit() for c in name) or name[1:] != name[1:].lower()):
        return rf"(?-i:(?<![A-Za-z0-9-]){re.escape(name)}(?![A-Za-z0-9]))"
    return rf"(?<![A-Za-zÀ-ɏ]){re.escape(name)}(?![A-Za-zÀ-ɏ])"


_BY_NAME = {name: line.split("|")[0] for line in _NAMES.strip().splitlines() for name in line.split("|")}
_ALL = re.compile("|".join(f"(?:{_pattern(name)})" for name in sorted(_BY_NAME, key=len, reverse=True)), re.IGNORECASE)
_FOLDED = {name.casefold(): english for name, english in _BY_NAME.items()}


@lru_cache(maxsize=4096)
def substances(text: str) -> dict[str, str]:
    """The substances that a text names: English name to the words as written, first mention."""
    found: dict[str, str] = {}
    for match in _ALL.finditer(normalise(text)):
        found.setdefault(_FOLDED[match.group().casefold()], match.group())
    return found


def of_kind(name: str) -> frozenset[str]:
    """The substances, by their English names, of a kind that is named in English: those of `solvent` or `solvents`."""
    return frozenset(_KINDS.get(name.casefold().removesuffix("s"), "").split("|")) - {""}
