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


def of_browser(locale: str | None) -> Language:
    """The language to start in, by that of the browser (`ko-KR`): English for one not spoken, Korean for none."""
    asked = (locale or "ko").replace("_", "-").split("-")[0].lower()
    return next((known for known in TEXTS if known == asked), "en")


def in_language(texts: Mapping[Language, str], language: Language, default: str = "") -> str:
    """A pack's text in a language, in English where it has none, else the default."""
    return texts.get(language) or texts.get("en") or default
