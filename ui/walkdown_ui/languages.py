"""The languages the UI speaks, Korean first."""

from collections.abc import Mapping

from walkdown_ui.texts import Texts, UiLanguage
from walkdown_ui.texts_en import ENGLISH
from walkdown_ui.texts_ko import KOREAN

TEXTS: Mapping[UiLanguage, Texts] = {"ko": KOREAN, "en": ENGLISH}
LABELS: Mapping[UiLanguage, str] = {"ko": "한국어", "en": "English"}
