"""Help in both languages: the text carries both, and what is shown follows --language or the terminal's language."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeVar

import click

from network.text import Language

F = TypeVar("F", bound=Callable[..., Any])

_BETWEEN = "\x1f"
_FRAME = {
    "Options": "Optionen",
    "Commands": "Befehle",
    "Show this message and exit.": "Zeigt diese Hilfe.",
}
"""What click says around our own words."""


def both(german: str, english: str) -> str:
    """A help text that holds both languages."""
    return f"{german}{_BETWEEN}{english}"


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """What --language says, else the terminal's language."""
    words = " ".join(arguments).replace("--language=", "--language ").split(" ")
    for before, word in pairwise(words):
        if before == "--language" and word in ("de", "en"):
            return "de" if word == "de" else "en"
    return terminal_language(environment)


def terminal_language(environment: Mapping[str, str]) -> Language:
    """English where the terminal is English, else German."""
    terminal = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "en" if terminal.casefold().startswith("en") else "de"


def in_language(text: str, language: Language) -> str:
    german, between, english = text.partition(_BETWEEN)
    return german if language == "de" or not between else english


def _shown(text: str | None) -> str | None:
    return text and in_language(text, language_of(sys.argv[1:], os.environ))


def _framed(english: str) -> str:
    return _shown(both(_FRAME[english], english)) or "" if english in _FRAME else english


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or f"{_shown(both('Aufruf', 'Usage'))}: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_framed(heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(name, _framed(words)) for name, words in rows], col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Formatter


class BilingualOption(click.Option):
    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        return record and (record[0], _shown(record[1]) or "")


class BilingualCommand(click.Command):
    context_class = _Context

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_shown(self.help) or "")

    def get_short_help_str(self, limit: int = 45) -> str:
        return _shown(self.help) or ""


class BilingualGroup(click.Group):
    command_class = BilingualCommand
    context_class = _Context

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_shown(self.help) or "")

    def get_short_help_str(self, limit: int = 45) -> str:
        return _shown(self.help) or ""


def command(german: str, english: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A click command with help in both languages."""
    return click.command(cls=BilingualCommand, help=both(german, english))


def option(*names: str, german: str, english: str, **settings: Any) -> Callable[[F], F]:
    """A click option with help in both languages."""
    return click.option(*names, cls=BilingualOption, help=both(german, english), **settings)
