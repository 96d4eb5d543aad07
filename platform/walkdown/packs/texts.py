"""Texts that a pack shows to people, in the languages it has them in."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from walkdown.documents import Language


class Texts(BaseModel):
    """A text shown to people: Korean and English are required, the other languages fall back to English."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ko: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]
    zh: str = ""
    ja: str = ""
    es: str = ""

    def get(self, language: Language) -> str:
        """The text in a language, or in English."""
        return str(getattr(self, language) or self.en)
