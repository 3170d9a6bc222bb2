"""What can be told from a command line before it is read: errors have to be shown as they were asked for, too."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import click

from network.errors import DigitalnetzwerkError
from network.settings import load
from network.text import Language
from plugin.cli.options import Options

LANGUAGES: dict[str, Language] = {"de": "de", "en": "en"}


def spoken_of(arguments: Sequence[str], commands: Container[str]) -> Options:
    """The options that a command line seems to have, whether it can be understood or not."""
    config = _value_of(arguments, "-c", "--config")
    return Options(
        config=Path(config) if config else None,
        as_json="--json" in arguments,
        language=LANGUAGES.get(_value_of(arguments, "--language")),
        command=next((word for word in arguments if word in commands), ""),
    )


def in_the_configurations_language(options: Options) -> Options:
    """Where nobody said a language and the configuration can be read, its language counts."""
    if options.language is not None:
        return options
    try:
        settings = load(options.path, today=date.today()).settings  # noqa: DTZ011  # the administrator's own day
    except (DigitalnetzwerkError, click.UsageError):
        return options
    return replace(options, language=settings.network.language)


def _value_of(arguments: Sequence[str], *names: str) -> str:
    """The last value of an option, written `--name value` or `--name=value`."""
    found = ""
    for word, after in pairwise((*arguments, "")):
        name, is_joined, value = word.partition("=")
        if name in names:
            found = value if is_joined else after
    return found
