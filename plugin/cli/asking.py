"""Asks a person who sits at the terminal, in the language that the person reads."""

from __future__ import annotations

import click

from network.text import Language, Text

YES = frozenset({"j", "ja", "y", "yes"})


def told(question: Text, language: Language) -> str:
    """What somebody types; click.Abort when nobody is there."""
    return str(click.prompt(question.language(language), err=True)).strip()


def agrees(question: Text, language: Language) -> bool:
    """Whether somebody says yes. Anything else is a no, also when nobody is there to answer."""
    choice = Text("[j/N]", "[y/N]").language(language)
    try:
        answer = click.prompt(f"{question.language(language)} {choice}", default="", show_default=False, err=True)
    except click.Abort:
        return False
    return str(answer).strip().casefold() in YES
