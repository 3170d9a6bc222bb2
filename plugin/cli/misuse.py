"""Mistakes of usage in both languages: our own, and the usual ones of click. What click seldom says stays English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click

from network.text import Language, Text
from network.written.reasons import reason

_ENDINGS = {
    "does not exist": "gibt es nicht",
    "is a file": "ist eine Datei",
    "is a directory": "ist ein Ordner",
    "is not readable": "ist nicht lesbar",
    "is not writable": "ist nicht beschreibbar",
    "is not a valid integer": "ist keine ganze Zahl",
    "is not a valid integer range": "ist keine ganze Zahl",
}
_VALUE = re.compile(rf"(?:\w+ )?'(?P<value>.*)' (?P<ending>{'|'.join(_ENDINGS)})\.")
_RANGE = re.compile(r"(?P<value>\S+) is not in the range (?P<least>\d+)<=x<=(?P<most>\d+)\.")
_SENTENCES = (
    (re.compile(r"Got unexpected extra arguments? \((?P<words>.*)\)"), "Das ist zu viel: {words}"),
    (re.compile(r"Missing command\.?"), "Es fehlt der Befehl."),
    (re.compile(r"Option '(?P<option>.*)' requires an argument\."), "Die Option {option} braucht einen Wert."),
    (re.compile(r"Option '(?P<option>.*)' does not take a value\."), "Die Option {option} nimmt keinen Wert."),
)


class Misuse(click.UsageError):
    """A mistake of usage that we found ourselves."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def not_written(target: Path, error: OSError) -> Misuse:
    why = reason(error)
    return Misuse(Text(f"{target} lässt sich nicht schreiben: {why.de}", f"{target} can't be written: {why.en}"))


def sentence(error: click.ClickException) -> Text:
    """What is wrong."""
    if isinstance(error, Misuse):
        return error.text
    english = error.format_message()
    return Text(_german(error) or english, english)


def shown(error: click.ClickException, language: Language) -> str:
    """What is wrong, below how the command is called."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    lines = []
    if context is not None:
        call = " ".join((context.command_path, *context.command.collect_usage_pieces(context)))
        lines.append(f"{Text('Aufruf', 'Usage').language(language)}: {call}")
        lines.append(f"{Text('Hilfe', 'Help').language(language)}: {context.command_path} --help")
    lines.append(f"{Text('Fehler', 'Error').language(language)}: {sentence(error).language(language)}")
    return "\n".join(lines)


def _german(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            return f"Die Option {error.option_name} gibt es nicht." + _perhaps(error.possibilities)
        case click.exceptions.NoSuchCommand():
            return f"Den Befehl {error.command_name} gibt es nicht." + _perhaps(error.possibilities)
        case click.MissingParameter():
            return _missing(error)
        case click.BadParameter():
            return _bad_value(error)
    for pattern, german in _SENTENCES:
        found = pattern.fullmatch(error.message)
        if found:
            return german.format(**found.groupdict())
    return ""


def _perhaps(names: Sequence[str] | None) -> str:
    return f" Meinten Sie {' oder '.join(sorted(names))}?" if names else ""


def _missing(error: click.MissingParameter) -> str:
    what = "die Option" if isinstance(error.param, click.Option) else "die Angabe"
    return f"Es fehlt {what} {_name(error)}.{_allowed(error.param)}"


def _bad_value(error: click.BadParameter) -> str:
    """Empty for a kind of value that has no sentence here."""
    allowed = _allowed(error.param)
    found = _VALUE.fullmatch(error.message)
    if found:
        return f"{_name(error)}: „{found['value']}“ {_ENDINGS[found['ending']]}."
    found = _RANGE.fullmatch(error.message)
    if found:
        return f"{_name(error)}: „{found['value']}“ liegt nicht zwischen {found['least']} und {found['most']}."
    return f"{_name(error)}: Diesen Wert gibt es nicht.{allowed}" if allowed else ""


def _allowed(parameter: click.Parameter | None) -> str:
    kind = parameter.type if parameter is not None else None
    return f" Erlaubt: {', '.join(map(str, kind.choices))}." if isinstance(kind, click.Choice) else ""


def _name(error: click.BadParameter) -> str:
    """`--language` or `ANTWORT`, as the usage line has it."""
    parameter = error.param
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.make_metavar(error.ctx) if parameter is not None and error.ctx is not None else ""
