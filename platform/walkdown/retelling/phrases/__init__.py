"""Words that stand in the blanks of other sentences, in five languages."""

from collections.abc import Mapping

from walkdown.documents import Language
from walkdown.retelling.phrases.en import ENGLISH
from walkdown.retelling.phrases.es import SPANISH
from walkdown.retelling.phrases.ja import JAPANESE
from walkdown.retelling.phrases.ko import KOREAN
from walkdown.retelling.phrases.zh import CHINESE

PHRASES: Mapping[Language, Mapping[str, str]] = {
    "ko": KOREAN,
    "en": ENGLISH,
    "zh": CHINESE,
    "ja": JAPANESE,
    "es": SPANISH,
}
