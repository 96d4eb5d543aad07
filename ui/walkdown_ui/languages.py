"""The languages the UI speaks, Korean first: those in which answers come, too."""

from collections.abc import Mapping

from walkdown.documents import Language
from walkdown_ui.texts import Texts
from walkdown_ui.texts_en import ENGLISH
from walkdown_ui.texts_es import SPANISH
from walkdown_ui.texts_ja import JAPANESE
from walkdown_ui.texts_ko import KOREAN
from walkdown_ui.texts_zh import CHINESE

TEXTS: Mapping[Language, Texts] = {"ko": KOREAN, "en": ENGLISH, "ja": JAPANESE, "zh": CHINESE, "es": SPANISH}
LABELS: Mapping[Language, str] = {"ko": "한국어", "en": "English", "ja": "日本語", "zh": "简体中文", "es": "Español"}


def in_language(texts: Mapping[Language, str], language: Language, default: str = "") -> str:
    """A pack's text in a language, in English where it has none, else the default."""
    return texts.get(language) or texts.get("en") or default
