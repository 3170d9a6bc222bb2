"""A problem: something that a person should know or do. Says where, what, and what to do; never raised."""

from __future__ import annotations

from dataclasses import dataclass

from network.text import NOTHING, Language, Text


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`code` is stable and documented; `where` is a place a person can go to (file:line, sheet and row, scope)."""

    code: str
    where: str
    message: Text
    remedy: Text = NOTHING

    def line(self, language: Language) -> str:
        """The problem as one line: where, what, what to do."""
        remedy = self.remedy.language(language)
        return f"{self.where}: {self.message.language(language)}" + (f" → {remedy}" if remedy else "")
