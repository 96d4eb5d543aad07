"""What a reader meets when asking or looking something up, in five languages."""

from collections.abc import Mapping

from walkdown.documents import Language
from walkdown.retelling.asking.en import ENGLISH
from walkdown.retelling.asking.es import SPANISH
from walkdown.retelling.asking.ja import JAPANESE
from walkdown.retelling.asking.ko import KOREAN
from walkdown.retelling.asking.zh import CHINESE

ASKING: Mapping[Language, Mapping[str, str]] = {
    "ko": KOREAN,
    "en": ENGLISH,
    "zh": CHINESE,
    "ja": JAPANESE,
    "es": SPANISH,
}
