"""Asks a person who sits at the terminal for a yes, in the language that the person reads."""

from __future__ import annotations

import click

from network.text import Language, Text

YES = frozenset({"j", "ja", "y", "yes"})


def agrees(question: Text, language: Language) -> bool:
    """Whether somebody says yes. Anything else is a no, also when nobody is there to answer."""
    choice = Text("[j/N]", "[y/N]").language(language)
    try:
        answer = click.prompt(f"{question.language(language)} {choice}", default="", show_default=False, err=True)
    except click.Abort:
        return False
    return str(answer).strip().casefold() in YES
