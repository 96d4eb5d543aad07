"""Why a file was refused, and what to do, in five languages."""

from collections.abc import Mapping

from walkdown.documents import Language
from walkdown.retelling.refused.en import ENGLISH
from walkdown.retelling.refused.es import SPANISH
from walkdown.retelling.refused.ja import JAPANESE
from walkdown.retelling.refused.ko import KOREAN
from walkdown.retelling.refused.zh import CHINESE

REFUSED: Mapping[Language, Mapping[str, str]] = {
    "ko": KOREAN,
    "en": ENGLISH,
    "zh": CHINESE,
    "ja": JAPANESE,
    "es": SPANISH,
}
