"""Text that people read, in both languages. What a machine reads (codes, keys) is not text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["de", "en"]


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """One sentence in German and in English."""

    de: str
    en: str

    def language(self, language: Language) -> str:
        return self.de if language == "de" else self.en

    def __str__(self) -> str:
        return self.de


NOTHING = Text("", "")
