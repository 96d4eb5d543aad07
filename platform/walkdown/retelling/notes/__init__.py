"""How a document stands, and what to know of one that was taken in, in five languages."""

from collections.abc import Mapping

from walkdown.documents import Language
from walkdown.retelling.notes.en import ENGLISH
from walkdown.retelling.notes.es import SPANISH
from walkdown.retelling.notes.ja import JAPANESE
from walkdown.retelling.notes.ko import KOREAN
from walkdown.retelling.notes.zh import CHINESE

NOTES: Mapping[Language, Mapping[str, str]] = {
    "ko": KOREAN,
    "en": ENGLISH,
    "zh": CHINESE,
    "ja": JAPANESE,
    "es": SPANISH,
}
